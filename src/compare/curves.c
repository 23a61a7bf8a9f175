/* What compare.js draws: for each plot, the days and values of each run that has the column.
 * Tests: tests/unit/test_compare.c, tests/cli/compare_browser.py. */
#include "compare/curves.h"

#include <cjson/cJSON.h>
#include <math.h>

#include "compare/timeline.h"
#include "report/fill.h"

enum { MOST_ROWS = 400 }; /* of a run's timeline */

/* How a column is shown: as it is, times 100, or as a change from 1 in per cent. */
enum form { PLAIN, SHARE, CHANGE };

static const struct {
  int column;
  enum form form;
  bool first, early; /* not folded away; over in weeks, so drawn until nothing happens any more */
  const char *title, *note;
} PLOT[] = {
#define COLUMN(name) PERCUTA_COMPARE_COLUMN_##name
    {COLUMN(collagen_total_rel), CHANGE, true, false, "All collagen", "change from before (%)"},
    {COLUMN(collagen_production_rel), CHANGE, true, false, "Collagen production",
     "per day, change from before (%)"},
    {COLUMN(macrophages_per_mm3), PLAIN, true, true, "Inflammation",
     "macrophages that the needles called, per mm³ of treated dermis"},
    {COLUMN(tewl_rel), PLAIN, true, true, "Water loss", "relative to before, 1 = unchanged"},
    {COLUMN(collagen_gain_um), PLAIN, false, false, "Collagen gained",
     "over the whole dermis, as a thickness (µm)"},
    {COLUMN(collagen_inside_rel), CHANGE, false, false, "Collagen inside the scar or stria",
     "change from before (%); of all skin where there is none"},
    {COLUMN(collagen_III_share), SHARE, false, false, "Collagen III", "share of all collagen (%)"},
    {COLUMN(fibroblast_rel), CHANGE, false, false, "Fibroblasts", "change from before (%)"},
    {COLUMN(myofibroblast_frac), SHARE, false, false, "Myofibroblasts",
     "share of fibroblasts and myofibroblasts (%)"},
    {COLUMN(signal_rel), SHARE, false, true, "Signal, mean",
     "in % of the level above which the model’s tissue scars without limit"},
    {COLUMN(cytokine_rel), CHANGE, false, true, "Cytokine", "change from before (%)"},
    {COLUMN(epidermis_um), PLAIN, false, false, "Epidermis", "thickness (µm)"},
    {COLUMN(elastin_rel), CHANGE, false, false, "Elastin",
     "all elastic fibre, change from before (%)"},
    {COLUMN(capillary_rel), CHANGE, false, false, "Capillaries", "change from before (%)"},
    {COLUMN(stiffness_rel), CHANGE, false, false, "Stiffness", "change from before (%)"},
    {COLUMN(tightness_rel), CHANGE, false, false, "Tightness", "change from before (%)"},
#undef COLUMN
};

static void append(cJSON *array, double value) {
  char text[40];
  snprintf(text, sizeof text, "%.6g", value);
  cJSON_AddItemToArray(array, isfinite(value) ? cJSON_CreateRaw(text) : cJSON_CreateNull());
}

static double shown(double value, enum form form) {
  return form == CHANGE ? 100 * (value - 1) : form == SHARE ? 100 * value : value;
}

/* NULL where the run lacks the column. */
static cJSON *list_values(const struct percuta_compare_run *run, int column, enum form form) {
  const size_t stride = run->timeline.count / MOST_ROWS + 1;
  if (!run->has[column])
    return cJSON_CreateNull();
  cJSON *list = cJSON_CreateArray();
  for (size_t row = 0; row < run->timeline.count; row += stride)
    append(list, shown(percuta_compare_timeline_value(run, row, column), form));
  return list;
}

static void add_run(cJSON *runs, const struct percuta_compare_run *run) {
  cJSON *object = cJSON_CreateObject();
  cJSON_AddItemToArray(runs, object);
  cJSON_AddStringToObject(object, "label", run->label);
  cJSON_AddItemToObject(object, "days", list_values(run, PERCUTA_COMPARE_COLUMN_time_d, PLAIN));
  cJSON *sessions = cJSON_AddArrayToObject(object, "sessions");
  for (int i = 0; i < run->given; ++i)
    append(sessions, run->session[i]);
}

static void add_plot(cJSON *plots, const struct percuta_comparison *comparison, size_t index) {
  bool any = false;
  for (int i = 0; i < comparison->count; ++i)
    any = any || comparison->run[i].has[PLOT[index].column];
  if (!any)
    return;
  cJSON *object = cJSON_CreateObject();
  cJSON_AddItemToArray(plots, object);
  cJSON_AddStringToObject(object, "id", percuta_compare_timeline_column(PLOT[index].column).name);
  cJSON_AddStringToObject(object, "title", PLOT[index].title);
  cJSON_AddStringToObject(object, "note", PLOT[index].note);
  cJSON_AddBoolToObject(object, "main", PLOT[index].first);
  cJSON_AddBoolToObject(object, "early", PLOT[index].early);
  cJSON *values = cJSON_AddArrayToObject(object, "values");
  for (int i = 0; i < comparison->count; ++i)
    cJSON_AddItemToArray(values,
                         list_values(&comparison->run[i], PLOT[index].column, PLOT[index].form));
}

enum percuta_status percuta_compare_curves_write(FILE *stream,
                                                 const struct percuta_comparison *comparison) {
  cJSON *root = cJSON_CreateObject();
  cJSON *runs = cJSON_AddArrayToObject(root, "runs");
  cJSON *plots = cJSON_AddArrayToObject(root, "plots");
  cJSON_AddNumberToObject(root, "baseline", comparison->baseline);
  for (int i = 0; i < comparison->count; ++i)
    add_run(runs, &comparison->run[i]);
  for (size_t i = 0; i < sizeof PLOT / sizeof *PLOT; ++i)
    add_plot(plots, comparison, i);
  const enum percuta_status status = percuta_report_fill_json(stream, root);
  cJSON_Delete(root);
  return status;
}
