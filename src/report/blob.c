/* Timelines, cross-sections and courses of products as JSON in the page.
 * Tests: tests/unit/test_report.c, tests/cli/report_browser.py. */
#include "report/blob.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>

#include "base/units.h"
#include "outcome/products.h"
#include "outcome/spread.h"
#include "report/entering.h"
#include "report/fill.h"
#include "report/plots.h"

#define MOST_ROWS 1200 /* of the timeline */
#define RESEALING_STEPS 80
#define UG_PER_CM2 1e-5 /* [kg/m^2] */
#define UG_PER_ML 1e-3  /* [kg/m^3] */
#define TAIL 0.02       /* share of the values at either end that the colour scale does not span */

/* What is shown of the fields; the order is that of the page. */
static const struct {
  enum percuta_field field;
  const char *id, *title, *unit;
} quantity[] = {
    {PERCUTA_FIELD_collagen, "collagen", "Collagen", "relative to healthy young dermis"},
    {PERCUTA_FIELD_signal, "signal", "Signal", "relative to the level in a fresh clot"},
    {PERCUTA_FIELD_inflammatory, "inflammatory", "Inflammatory signal",
     "relative to that in freshly cut tissue"},
    {PERCUTA_FIELD_cytokine, "cytokine", "Cytokine", "relative to healthy skin"},
    {PERCUTA_FIELD_fibroblast, "fibroblast", "Fibroblasts", "relative to rest"},
    {PERCUTA_FIELD_myofibroblast, "myofibroblast", "Myofibroblasts",
     "relative to resting fibroblasts"},
    {PERCUTA_FIELD_macrophage_M1, "macrophage-inflammatory", "Inflammatory macrophages (M1)",
     "relative to those attracted by a unit of cut tissue"},
    {PERCUTA_FIELD_macrophage_M2, "macrophage-repairing", "Repairing macrophages (M2)",
     "relative to those attracted by a unit of cut tissue"},
};
#define QUANTITIES (sizeof quantity / sizeof quantity[0])

enum { NUMBER_BYTES = 40 };

static const char *write_rounded(double value, int digits, char text[NUMBER_BYTES]) {
  snprintf(text, NUMBER_BYTES, "%.*g", digits, isfinite(value) ? value : 0);
  return text;
}

static double round_to(double value, int digits) {
  char text[NUMBER_BYTES];
  return strtod(write_rounded(value, digits, text), NULL);
}

/* As text, since cJSON would print a number three times to find how short it may be. */
static void append(cJSON *array, double value, int digits) {
  char text[NUMBER_BYTES];
  cJSON_AddItemToArray(array, cJSON_CreateRaw(write_rounded(value, digits, text)));
}

/* One end of a band; null where there is none. */
static void append_end(cJSON *array, double value) {
  if (isfinite(value))
    append(array, value, 4);
  else
    cJSON_AddItemToArray(array, cJSON_CreateNull());
}

/* Both ends of the bands that plots of the timeline show, as name_low and name_high. */
static void add_bands(cJSON *object, const struct percuta_record *record, size_t stride) {
  const struct percuta_spread *spread = record->spread;
  if (!spread || spread->rows != record->timeline.count)
    return;
#define PERCUTA_COLUMN_BAND(name, part, unit, text)                                                \
  if (PERCUTA_COLUMN_ON(&record->layout, part) && percuta_outcome_spread_has_column(#name)) {      \
    cJSON *low = cJSON_AddArrayToObject(object, #name "_low");                                     \
    cJSON *high = cJSON_AddArrayToObject(object, #name "_high");                                   \
    for (size_t i = 0; i < spread->rows; i += stride) {                                            \
      append_end(low, spread->low[i].name);                                                        \
      append_end(high, spread->high[i].name);                                                      \
    }                                                                                              \
  }
  PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_BAND)
#undef PERCUTA_COLUMN_BAND
}

static void add_timeline(cJSON *root, const struct percuta_record *record) {
  const struct percuta_timeline *timeline = &record->timeline;
  cJSON *object = cJSON_AddObjectToObject(root, "timeline");
  const size_t stride = timeline->count / MOST_ROWS + 1;
#define PERCUTA_COLUMN_BLOB(name, part, unit, text)                                                \
  if (PERCUTA_COLUMN_ON(&record->layout, part)) {                                                  \
    cJSON *column = cJSON_AddArrayToObject(object, #name);                                         \
    for (size_t i = 0; i < timeline->count; i += stride) {                                         \
      append(column, timeline->row[i].name, 6);                                                    \
    }                                                                                              \
  }
  PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_BLOB)
#undef PERCUTA_COLUMN_BLOB
  add_bands(object, record, stride);
}

/* What is left of the rise in water loss and of the open surface after the first session, until the
 * pores have closed; closer together at first, when it changes fastest. */
static void add_resealing(cJSON *root, const struct percuta_record *record) {
  const struct percuta_session_record *first = &record->session[0];
  if (!(first->opening.density > 0)) {
    return;
  }
  cJSON *object = cJSON_AddObjectToObject(root, "resealing");
  cJSON *time = cJSON_AddArrayToObject(object, "time_d");
  cJSON *water = cJSON_AddArrayToObject(object, "water_pct");
  cJSON *area = cJSON_AddArrayToObject(object, "open_pct");
  for (int i = 0; i <= RESEALING_STEPS; ++i) {
    const double part = (double)i / RESEALING_STEPS;
    const double since = part * part * fmax(first->closure.median, first->barrier.median);
    const double conductance =
        percuta_transport_reseal_conductance(record->reseal, &first->opening, since);
    const double loss = percuta_transport_reseal_loss_rel(record->reseal, conductance);
    append(time, since / PERCUTA_DAY, 6);
    append(water, 100 * (loss - 1) / (first->tewl_rel - 1), 5);
    append(area, 100 * percuta_transport_reseal_gap_share(record->reseal, &first->opening, since),
           5);
  }
}

static void add_plasma(cJSON *object, const struct percuta_numbing *numbing) {
  cJSON *list = cJSON_AddArrayToObject(object, "plasma");
  for (int a = 0; a < numbing->penetration.active_count; ++a) {
    const struct percuta_numbing_active *active = &numbing->active[a];
    if (active->plasma == NULL) {
      continue;
    }
    cJSON *item = cJSON_CreateObject();
    cJSON_AddItemToArray(list, item);
    cJSON_AddStringToObject(item, "name", numbing->penetration.active[a].of.compound.name);
    cJSON_AddNumberToObject(item, "warn", round_to(active->toxic / UG_PER_ML, 5));
    cJSON *level = cJSON_AddArrayToObject(item, "level");
    for (int i = 0; i < numbing->penetration.count; ++i) {
      append(level, active->plasma[i] / UG_PER_ML, 5);
    }
  }
}

static void add_numbing(cJSON *root, const struct percuta_page *page) {
  const struct percuta_numbing *numbing = &page->record->numbing;
  if (!numbing->used) {
    return;
  }
  cJSON *object = cJSON_AddObjectToObject(root, "numbing");
  cJSON_AddItemToObject(object, "time_h", percuta_report_entering_hours(&numbing->penetration));
  cJSON *depth = cJSON_AddArrayToObject(object, "depth_mm");
  cJSON *pain_free = cJSON_AddArrayToObject(object, "pain_free_mm");
  for (int i = 0; i < numbing->penetration.count; ++i) {
    append(depth, numbing->depth[i] / PERCUTA_MM, 5);
    append(pain_free, numbing->pain_free[i] / PERCUTA_MM, 5);
  }
  cJSON_AddNumberToObject(object, "off_h",
                          round_to(numbing->penetration.plan.apply / PERCUTA_HOUR, 6));
  if (!numbing->needles_first) {
    cJSON_AddNumberToObject(object, "needling_h", round_to(numbing->needling / PERCUTA_HOUR, 6));
    cJSON_AddNumberToObject(object, "needle_mm",
                            round_to(page->record->scenario->device.needle.length / PERCUTA_MM, 4));
  }
  add_plasma(object, numbing);
}

static void add_course(cJSON *root, const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  static const char *const name[PERCUTA_LAYER_COUNT] = {
      "stratum corneum", "viable epidermis", "papillary dermis", "reticular dermis", "hypodermis"};
  cJSON *sessions = cJSON_AddArrayToObject(root, "sessions_d");
  for (int i = 0; i < page->given; ++i) {
    append(sessions, record->session[i].start / PERCUTA_DAY, 6);
  }
  cJSON *layers = cJSON_AddArrayToObject(root, "layers");
  for (int i = 0; i < PERCUTA_LAYER_COUNT; ++i) {
    const double top = percuta_skin_layer_top(record->skin, (enum percuta_layer)i);
    cJSON *layer = cJSON_CreateObject();
    cJSON_AddItemToArray(layers, layer);
    cJSON_AddStringToObject(layer, "name", name[i]);
    cJSON_AddNumberToObject(layer, "top_um", round_to(top / PERCUTA_UM, 5));
    cJSON_AddNumberToObject(layer, "bottom_um",
                            round_to((top + record->skin->thickness[i]) / PERCUTA_UM, 5));
  }
}

static int compare_floats(const void *a, const void *b) {
  const float x = *(const float *)a, y = *(const float *)b;
  return (x > y) - (x < y);
}

/* The range that all but the TAIL of the dermal values of a field lie in. The pooled extremes are
 * given as well, so that the page can say what the colours leave out. */
static enum percuta_status find_range(const struct percuta_slice *slice, enum percuta_field field,
                                      double range[2], double extreme[2]) {
  const size_t panel = (size_t)slice->nx * (size_t)slice->nz;
  float *pool = malloc((panel * (size_t)slice->day_count + 1) * sizeof *pool);
  if (pool == NULL) {
    return PERCUTA_MEMORY;
  }
  size_t count = 0;
  for (int day = 0; day < slice->day_count; ++day) {
    const float *value = percuta_report_slice_values(slice, field, day);
    for (size_t i = 0; i < panel; ++i) {
      if (slice->dermal[i / (size_t)slice->nx]) {
        pool[count++] = value[i];
      }
    }
  }
  qsort(pool, count, sizeof *pool, compare_floats);
  for (int end = 0; end < 2 && count > 0; ++end) {
    const size_t skip = slice->nx > 1 ? (size_t)(TAIL * (double)count) : 0;
    range[end] = (double)pool[end == 0 ? skip : count - 1 - skip];
    extreme[end] = (double)pool[end == 0 ? 0 : count - 1];
  }
  /* What has decayed to next to nothing reads as nothing. */
  if (fabs(range[0]) < 1e-4 * range[1]) {
    range[0] = extreme[0] = 0;
  }
  free(pool);
  return PERCUTA_OK;
}

char *percuta_report_blob_encode(const unsigned char *byte, size_t count) {
  static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  char *text = malloc((count + 2) / 3 * 4 + 1);
  if (text == NULL) {
    return NULL;
  }
  char *out = text;
  for (size_t i = 0; i < count; i += 3) {
    const unsigned b = i + 1 < count ? byte[i + 1] : 0, c = i + 2 < count ? byte[i + 2] : 0;
    const unsigned word = (unsigned)byte[i] << 16 | b << 8 | c;
    *out++ = digit[word >> 18];
    *out++ = digit[word >> 12 & 63];
    *out++ = i + 1 < count ? digit[word >> 6 & 63] : '=';
    *out++ = i + 2 < count ? digit[word & 63] : '=';
  }
  *out = '\0';
  return text;
}

/* One panel as a base64 text of bytes; NULL when out of memory. */
static cJSON *quantise(const struct percuta_slice *slice, const float *value,
                       const double range[2]) {
  const size_t panel = (size_t)slice->nx * (size_t)slice->nz;
  unsigned char *byte = malloc(panel);
  if (byte == NULL) {
    return NULL;
  }
  const double span = range[1] > range[0] ? range[1] - range[0] : 1;
  for (size_t i = 0; i < panel; ++i) {
    const double share = ((double)value[i] - range[0]) / span;
    byte[i] = slice->dermal[i / (size_t)slice->nx]
                  ? (unsigned char)lround(254 * fmin(fmax(share, 0), 1))
                  : 255;
  }
  char *text = percuta_report_blob_encode(byte, panel);
  cJSON *item = text != NULL ? cJSON_CreateString(text) : NULL;
  free(text);
  free(byte);
  return item;
}

/* A column's values in the dermis, from the top. */
static cJSON *list_profile(const struct percuta_slice *slice, const float *value) {
  cJSON *array = cJSON_CreateArray();
  for (int k = 0; k < slice->nz; ++k) {
    if (slice->dermal[k]) {
      append(array, (double)value[k], 5);
    }
  }
  return array;
}

static enum percuta_status add_quantity(cJSON *list, const struct percuta_slice *slice,
                                        size_t index) {
  double range[2] = {0, 0}, extreme[2] = {0, 0};
  const enum percuta_status status = find_range(slice, quantity[index].field, range, extreme);
  if (status != PERCUTA_OK) {
    return status;
  }
  cJSON *object = cJSON_CreateObject();
  cJSON_AddItemToArray(list, object);
  cJSON_AddStringToObject(object, "id", quantity[index].id);
  cJSON_AddStringToObject(object, "title", quantity[index].title);
  cJSON_AddStringToObject(object, "unit", quantity[index].unit);
  cJSON_AddNumberToObject(object, "low", range[0]);
  cJSON_AddNumberToObject(object, "high", range[1]);
  cJSON_AddNumberToObject(object, "least", extreme[0]);
  cJSON_AddNumberToObject(object, "most", extreme[1]);
  cJSON *panels = cJSON_AddArrayToObject(object, "panels");
  for (int day = 0; day < slice->day_count; ++day) {
    const float *value = percuta_report_slice_values(slice, quantity[index].field, day);
    cJSON *panel = slice->nx == 1 ? list_profile(slice, value) : quantise(slice, value, range);
    if (panel == NULL) {
      return PERCUTA_MEMORY;
    }
    cJSON_AddItemToArray(panels, panel);
  }
  return PERCUTA_OK;
}

/* Where the defect of the skin is in the section, from its middle out [um]. */
static void add_defect(cJSON *object, const struct percuta_page *page) {
  const struct percuta_skin *skin = page->record->skin;
  const double top = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  if (!skin->has_defect || page->record->grid->metric == PERCUTA_CYLINDRICAL)
    return;
  cJSON *defect = cJSON_AddObjectToObject(object, "defect");
  cJSON_AddStringToObject(defect, "name", skin->defect_is_stripe ? "stripe" : "scar");
  cJSON_AddNumberToObject(defect, "width_um", round_to(skin->defect_width / PERCUTA_UM, 5));
  cJSON_AddNumberToObject(defect, "top_um", round_to(top / PERCUTA_UM, 5));
  cJSON_AddNumberToObject(defect, "bottom_um",
                          round_to((top + skin->defect_depth) / PERCUTA_UM, 5));
}

static enum percuta_status add_slice(cJSON *root, const struct percuta_page *page,
                                     const struct percuta_slice *slice) {
  cJSON *object = cJSON_AddObjectToObject(root, "slice");
  const struct percuta_grid *grid = page->record->grid;
  cJSON_AddNumberToObject(object, "nx", slice->nx);
  cJSON_AddNumberToObject(object, "nz", slice->nz);
  cJSON_AddNumberToObject(object, "width_um",
                          round_to(percuta_numerics_grid_x(grid, grid->nx) / PERCUTA_UM, 6));
  cJSON_AddBoolToObject(object, "rings", grid->metric == PERCUTA_CYLINDRICAL);
  cJSON_AddNumberToObject(object, "y_um", round_to(slice->y / PERCUTA_UM, 5));
  add_defect(object, page);
  cJSON *faces = cJSON_AddArrayToObject(object, "z_um");
  cJSON *dermal = cJSON_AddArrayToObject(object, "dermal");
  for (int k = 0; k <= slice->nz; ++k) {
    append(faces, slice->z_face[k] / PERCUTA_UM, 6);
    if (k < slice->nz) {
      append(dermal, slice->dermal[k], 1);
    }
  }
  cJSON *days = cJSON_AddArrayToObject(object, "days");
  for (int day = 0; day < slice->day_count; ++day) {
    append(days, slice->day[day], 4);
  }
  cJSON *list = cJSON_AddArrayToObject(object, "quantities");
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < QUANTITIES && status == PERCUTA_OK; ++i) {
    if (percuta_healing_layout_has(&slice->layout, quantity[i].field))
      status = add_quantity(list, slice, i);
  }
  return status;
}

enum percuta_status percuta_report_blob_write(FILE *stream, const struct percuta_page *page,
                                              const struct percuta_slice *slice) {
  cJSON *root = cJSON_CreateObject();
  add_timeline(root, page->record);
  add_resealing(root, page->record);
  percuta_report_entering_add(root, page->record);
  add_numbing(root, page);
  add_course(root, page);
  percuta_report_plots_add(root, page);
  enum percuta_status status = slice->day_count > 0 ? add_slice(root, page, slice) : PERCUTA_OK;
  if (status == PERCUTA_OK)
    status = percuta_report_fill_json(stream, root);
  cJSON_Delete(root);
  return status;
}
