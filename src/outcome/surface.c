/* The surface after treatment, by a mass balance: with c the collagen, s the share of what is new
 * that shows as volume and D the depth down to the end of defect or cuts, the floor has risen by
 *   s D [c_in (C_in - 1) - (C_out - 1)],   C = c/c(0), c_in = c(0) inside over that around.
 * Expression wrinkles are those of a film f on a ground g under a strain e (Huang 2005):
 *   L = 2 pi h (E_f/3 E_g)^(1/3),   e_c = (3 E_g/E_f)^(2/3)/4,   A = h sqrt(e/e_c - 1).
 * Theory: docs/theory/surface.md. Test: tests/unit/test_surface.c. */
#include "outcome/surface.h"

#include <math.h>

#include "base/units.h"
#include "outcome/law.h"
#include "outcome/outcomes.h"
#include "outcome/timeline.h"

#define MM3_PER_CM2 1e-5 /* [m] */

static const double PI = 3.14159265358979323846;

enum percuta_status percuta_outcome_surface_read(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_surface_law *out) {
  static const char *const share = "surface.volume_share";
  struct percuta_surface_law law = {0};
  const struct percuta_parameter_slot slots[] = {{share, &law.share.value},
                                                 {"surface.visible_depth", &law.visible_depth},
                                                 {"surface.visible_width", &law.visible_width},
                                                 {"surface.film_modulus", &law.film_modulus},
                                                 {"surface.expression", &law.expression},
                                                 {"surface.least_ratio", &law.least_ratio},
                                                 {"surface.most_ratio", &law.most_ratio}};
  PERCUTA_TRY(percuta_base_parameters_fill(scenario->parameters, slots,
                                           sizeof slots / sizeof *slots, diag));
  const struct percuta_parameter *parameter =
      percuta_base_parameters_find(scenario->parameters, share);
  law.share.low = fmin(parameter->low, parameter->value);
  law.share.high = fmax(parameter->high, parameter->value);
  *out = law;
  return PERCUTA_OK;
}

double percuta_outcome_surface_growth(const struct percuta_record *record, double share,
                                      double day) {
  const struct percuta_skin *skin = record->skin;
  if (!skin->has_defect)
    return 0;
  const struct percuta_timeline_row row = percuta_outcome_timeline_row_at(&record->timeline, day);
  const double deep = fmin(record->treated_bottom - record->treated_top, skin->defect_depth);
  return share * deep *
         (skin->defect_collagen_rel * (row.collagen_inside_rel - 1) -
          (row.collagen_around_rel - 1));
}

struct percuta_relief percuta_outcome_surface_after(const struct percuta_record *record,
                                                    double share, double day) {
  struct percuta_relief relief = record->relief;
  relief.growth = percuta_outcome_surface_growth(record, share, day);
  return relief;
}

struct percuta_expression percuta_outcome_surface_expression(const struct percuta_surface_law *law,
                                                             double thick, double ground) {
  const double ratio = law->film_modulus / ground;
  const double onset = pow(3 / ratio, 2.0 / 3) / 4;
  return (struct percuta_expression){
      .onset = onset,
      .wavelength = 2 * PI * thick * cbrt(ratio / 3),
      .height = 2 * thick * sqrt(fmax(0, law->expression / onset - 1)),
      .outside = ratio < law->least_ratio || ratio > law->most_ratio};
}

/* A measure of a relief, in the unit of its outcome. */
typedef double measure_fn(const struct percuta_relief *relief,
                          const struct percuta_surface_law *law);

/* A measure with its values at the ends of the range of the share. */
static struct percuta_outcome_value over_shares(const struct percuta_record *record, double day,
                                                measure_fn *measure) {
  const struct percuta_surface_law *law = &record->law->surface;
  const double share[] = {law->share.value, law->share.low, law->share.high};
  double found[3];
  for (int i = 0; i < 3; i++) {
    const struct percuta_relief relief = percuta_outcome_surface_after(record, share[i], day);
    found[i] = measure(&relief, law);
  }
  return (struct percuta_outcome_value){found[0], fmin(found[1], fmin(found[2], found[0])),
                                        fmax(found[1], fmax(found[2], found[0])), NAN, false};
}

static double recess_of(const struct percuta_relief *relief,
                        const struct percuta_surface_law *law) {
  (void)law;
  const double most = percuta_skin_relief_recess_max(relief) / PERCUTA_UM;
  return relief->form.recess < 0 ? -most : most;
}

static double volume_of(const struct percuta_relief *relief,
                        const struct percuta_surface_law *law) {
  (void)law;
  return percuta_skin_relief_mean(relief) / MM3_PER_CM2;
}

static double slope_of(const struct percuta_relief *relief, const struct percuta_surface_law *law) {
  (void)law;
  return atan(percuta_skin_relief_slope(relief)) * 180 / PI;
}

static double width_of(const struct percuta_relief *relief, const struct percuta_surface_law *law) {
  return percuta_skin_relief_width(relief, law->visible_depth) / PERCUTA_MM;
}

/* A scar, or furrows as many as lie side by side. */
static double visible_of(const struct percuta_relief *relief,
                         const struct percuta_surface_law *law) {
  const bool seen = percuta_skin_relief_width(relief, law->visible_depth) > law->visible_width;
  const bool furrows = relief->form.kind == PERCUTA_RELIEF_FURROWS;
  return !seen ? 0 : furrows ? round(relief->period / relief->form.wavelength) : 1;
}

static double ra_of(const struct percuta_relief *relief, const struct percuta_surface_law *law) {
  struct percuta_relief_texture texture;
  (void)law;
  return percuta_skin_relief_survey(relief, &texture) == PERCUTA_OK ? texture.ra / PERCUTA_UM
                                                                    : (double)NAN;
}

static double rz_of(const struct percuta_relief *relief, const struct percuta_surface_law *law) {
  struct percuta_relief_texture texture;
  (void)law;
  return percuta_skin_relief_survey(relief, &texture) == PERCUTA_OK ? texture.rz / PERCUTA_UM
                                                                    : (double)NAN;
}

#define OUTCOME(name, ...)                                                                         \
  struct percuta_outcome_value percuta_outcome_surface_##name(                                     \
      const struct percuta_record *record, const struct percuta_outcome *outcome, double day) {    \
    (void)outcome;                                                                                 \
    return __VA_ARGS__;                                                                            \
  }

OUTCOME(recess, over_shares(record, day, recess_of))
OUTCOME(volume, over_shares(record, day, volume_of))
OUTCOME(slope, over_shares(record, day, slope_of))
OUTCOME(width, over_shares(record, day, width_of))
OUTCOME(visible, over_shares(record, day, visible_of))
OUTCOME(ra, over_shares(record, day, ra_of))
OUTCOME(rz, over_shares(record, day, rz_of))

/* What the floor has risen by at one share. */
static struct percuta_outcome_value filled(const struct percuta_record *record, double share,
                                           double day) {
  return percuta_outcome_simulated(percuta_outcome_surface_growth(record, share, day) / PERCUTA_UM);
}

OUTCOME(filled_least, filled(record, record->law->surface.share.low, day))
OUTCOME(filled, filled(record, record->law->surface.share.value, day))
OUTCOME(filled_most, filled(record, record->law->surface.share.high, day))

/* Expression wrinkles of the stratum corneum on this dermis, as stiff as it is then. */
static struct percuta_expression expression(const struct percuta_record *record, double day) {
  const struct percuta_timeline_row row = percuta_outcome_timeline_row_at(&record->timeline, day);
  return percuta_outcome_surface_expression(&record->law->surface,
                                            record->skin->thickness[PERCUTA_STRATUM_CORNEUM],
                                            record->skin->stiffness * row.stiffness_rel);
}

static struct percuta_outcome_value said(double value, bool outside) {
  struct percuta_outcome_value found = percuta_outcome_simulated(value);
  found.extrapolated = outside;
  return found;
}

OUTCOME(onset, said(100 * expression(record, day).onset, expression(record, day).outside))
OUTCOME(length,
        said(expression(record, day).wavelength / PERCUTA_UM, expression(record, day).outside))
OUTCOME(height, said(expression(record, day).height / PERCUTA_UM, expression(record, day).outside))
