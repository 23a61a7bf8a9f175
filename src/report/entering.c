/* Courses of products as JSON in the page: what has passed by each time, and where it is at those
 * that the scenario names. Tests: tests/unit/test_report.c, tests/cli/report_browser.py. */
#include "report/entering.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "outcome/products.h"
#include "transport/flux.h"

#define UG_PER_CM2 1e-5 /* [kg/m^2] */
#define UG_PER_ML 1e-3  /* [kg/m^3] */

enum { MOST_PROFILES = 4 };

/* As text, since cJSON would print a number three times to find how short it may be. */
static void append(cJSON *array, double value) {
  char text[40];
  snprintf(text, sizeof text, "%.5g", isfinite(value) ? value : 0);
  cJSON_AddItemToArray(array, cJSON_CreateRaw(text));
}

cJSON *percuta_report_entering_hours(const struct percuta_penetration *penetration) {
  cJSON *array = cJSON_CreateArray();
  for (int i = 0; i < penetration->count; ++i)
    append(array, penetration->time[i] / PERCUTA_HOUR);
  return array;
}

typedef double amount_fn(const struct percuta_penetration *penetration,
                         const struct percuta_permeation *course, int output);

static double blood(const struct percuta_penetration *penetration,
                    const struct percuta_permeation *course, int output) {
  (void)penetration;
  return percuta_outcome_products_blood(course, output);
}

static void add_curve(cJSON *object, const char *name,
                      const struct percuta_penetration *penetration,
                      const struct percuta_permeation *course, amount_fn *amount) {
  cJSON *array = course != NULL ? cJSON_AddArrayToObject(object, name) : NULL;
  for (int i = 0; array != NULL && i < penetration->count; ++i)
    append(array, amount(penetration, course, i) / UG_PER_CM2);
}

/* A figure of compound `a` of product `d`; its place in the page is "<kind>-d-a" (penetration.c).
 */
static cJSON *begin(cJSON *list, const char *kind, int d, int a) {
  char plot[64];
  cJSON *object = cJSON_CreateObject();
  cJSON_AddItemToArray(list, object);
  snprintf(plot, sizeof plot, "%s-%d-%d", kind, d + 1, a + 1);
  cJSON_AddStringToObject(object, "plot", plot);
  return object;
}

static double flux(const struct percuta_penetration *penetration,
                   const struct percuta_permeation *course, int output) {
  return percuta_transport_flux_mean(penetration, course, output) * PERCUTA_HOUR;
}

/* Points of one place at the product's times, which have a mean of theirs; null where there is
 * none. */
static void add_points(cJSON *object, const char *name,
                       const struct percuta_penetration *penetration,
                       const struct percuta_measured *measured, bool intact) {
  const double unit = measured->flux ? UG_PER_CM2 / PERCUTA_HOUR : UG_PER_CM2;
  cJSON *array = cJSON_CreateArray();
  int all = 0;
  for (int i = 0; i < penetration->count; ++i) {
    double sum = 0;
    int count = 0;
    for (int p = 0; p < measured->count; ++p) {
      const struct percuta_measured_point *point = &measured->point[p];
      if (point->intact != intact ||
          fabs(point->time - penetration->time[i]) > 1e-9 * penetration->time[i])
        continue;
      sum += point->value / unit;
      ++count;
    }
    all += count;
    if (count > 0)
      append(array, sum / count);
    else
      cJSON_AddItemToArray(array, cJSON_CreateNull());
  }
  if (all > 0)
    cJSON_AddItemToObject(object, name, array);
  else
    cJSON_Delete(array);
}

static void fill_curves(cJSON *object, const struct percuta_penetration *penetration,
                        const struct percuta_penetration_active *active,
                        const struct percuta_measured *measured) {
  const struct percuta_permeation *needled = percuta_outcome_products_needled(penetration, active);
  const bool cell = penetration->piece.excised;
  char hours[40];
  snprintf(hours, sizeof hours, "%.6g",
           percuta_transport_penetration_end(&penetration->plan) / PERCUTA_HOUR);
  cJSON_AddRawToObject(object, "off_h", hours);
  if (cell)
    cJSON_AddTrueToObject(object, "cell");
  cJSON_AddItemToObject(object, "time_h", percuta_report_entering_hours(penetration));
  const bool fluxes = measured && measured->flux;
  if (fluxes)
    cJSON_AddTrueToObject(object, "flux");
  add_curve(object, "needled", penetration, needled, fluxes ? flux : percuta_transport_flux_passed);
  if (!cell && !fluxes)
    add_curve(object, "blood", penetration, needled ? needled : active->intact, blood);
  add_curve(object, "intact", penetration, active->intact,
            fluxes ? flux : percuta_transport_flux_passed);
  if (measured) {
    add_points(object, "measured_needled", penetration, measured, false);
    add_points(object, "measured_intact", penetration, measured, true);
  }
}

/* [m] Depth of the skin: of all layers but the receptor. */
static double depth_of(const struct percuta_penetration *penetration) {
  double depth = 0;
  for (int l = 0; l < penetration->layer_count; ++l) {
    if (strcmp(penetration->layer_name[l], "receptor") != 0 &&
        strcmp(penetration->layer_name[l], "subcutis") != 0)
      depth += penetration->thickness[l];
  }
  return depth;
}

/* Concentrations [ug/ml] by depth [um], of the rows in the middle of the skin, at up to
 * MOST_PROFILES of the times. */
static void fill_profiles(cJSON *object, const struct percuta_penetration *penetration,
                          const struct percuta_permeation *course,
                          const struct percuta_times *times) {
  const double depth = depth_of(penetration);
  cJSON *down = cJSON_AddArrayToObject(object, "depth_um");
  cJSON *hours = cJSON_AddArrayToObject(object, "time_h");
  cJSON *levels = cJSON_AddArrayToObject(object, "level");
  for (int row = 0; row < course->rows && course->face[row + 1] <= depth * (1 + 1e-9); ++row)
    append(down, 0.5 * (course->face[row] + course->face[row + 1]) / PERCUTA_UM);
  for (int t = 0, shown = 0; t < times->count && shown < MOST_PROFILES; ++t) {
    const int i = percuta_outcome_products_output(penetration, times->item[t]);
    if (i < 0)
      continue;
    const double *level = course->concentration + (size_t)i * (size_t)course->rows;
    cJSON *profile = cJSON_CreateArray();
    cJSON_AddItemToArray(levels, profile);
    append(hours, penetration->time[i] / PERCUTA_HOUR);
    for (int row = 0; row < course->rows && course->face[row + 1] <= depth * (1 + 1e-9); ++row)
      append(profile, level[row] / UG_PER_ML);
    ++shown;
  }
}

void percuta_report_entering_add(cJSON *root, const struct percuta_record *record) {
  cJSON *curves = cJSON_AddArrayToObject(root, "entering");
  cJSON *profiles = cJSON_AddArrayToObject(root, "profiles");
  for (int d = 0; d < record->penetration_count; ++d) {
    const struct percuta_penetration *penetration = &record->penetration[d];
    const struct percuta_times *times = &record->scenario->session.products[d].report_times;
    for (int a = 0; a < penetration->active_count; ++a) {
      const struct percuta_penetration_active *active = &penetration->active[a];
      const struct percuta_permeation *needled =
          percuta_outcome_products_needled(penetration, active);
      fill_curves(begin(curves, "entering", d, a), penetration, active,
                  a == 0 ? record->scenario->session.products[d].measured : NULL);
      cJSON *profile = begin(profiles, "profile", d, a);
      if (needled || active->intact)
        fill_profiles(profile, penetration, needled ? needled : active->intact, times);
      cJSON_AddBoolToObject(profile, "needled", needled != NULL);
    }
  }
}
