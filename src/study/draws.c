/* The file is a table: a line a draw, a column a parameter by its name, in the unit of its table;
 * `core` and `insertion` say which core and which draw of data/insertion/posterior.yaml belong to
 * it; what the calibration tells of itself (errors, likelihood) is left to it. Theory:
 * docs/theory/intervals.md. Test: tests/unit/test_draws.c. */
#include "study/draws.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/number.h"
#include "base/path.h"
#include "catalogue/catalogue.h"
#include "input/data.h"

static const char *const OF_CALIBRATION[] = {"error_study", "error_stage", "log_likelihood"};
static const char *const CORES[] = {"koppenol", "pensalfini"}; /* as enum percuta_core */

struct reading {
  const char *path;
  const struct percuta_scenario *scenario;
  struct percuta_diag *diag;
  struct percuta_draws *draws;
  struct percuta_insertion_draws insertion;
  bool failed;
};

/* One mistake; `row` from 0, -1: the line of the names. */
static void refuse(struct reading *reading, int row, struct percuta_mistake mistake) {
  mistake.place = (struct percuta_place){.file = reading->path, .line = row + 2};
  percuta_base_diag_add(reading->diag, &mistake);
  reading->failed = true;
}

static bool is_other(const char *name) {
  for (size_t i = 0; i < sizeof OF_CALIBRATION / sizeof *OF_CALIBRATION; ++i)
    if (strcmp(name, OF_CALIBRATION[i]) == 0)
      return true;
  return strcmp(name, "core") == 0 || strcmp(name, "insertion") == 0;
}

static void refuse_name(struct reading *reading, const char *name) {
  const struct percuta_parameters *set = reading->scenario->parameters;
  const char *near = NULL;
  char hint[160] = "";
  int best = -1;
  for (size_t i = 0; i < percuta_base_parameters_count(set); ++i) {
    const char *other = percuta_base_parameters_at(set, i)->name;
    const int distance = percuta_base_nearest_distance(name, other);
    if (distance >= 0 && (best < 0 || distance < best)) {
      best = distance;
      near = other;
    }
  }
  if (near)
    snprintf(hint, sizeof hint, "did you mean `%.100s`?", near);
  refuse(reading, -1,
         (struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_NAME,
                                  .key = name,
                                  .what = "there is no such parameter",
                                  .given = name,
                                  .allowed = "a parameter's name, `core` or `insertion`",
                                  .hint = hint});
}

static enum percuta_status read_names(struct reading *reading) {
  struct percuta_draws *draws = reading->draws;
  draws->count = (int)draws->csv.rows;
  draws->column = calloc(draws->csv.columns + 1, sizeof *draws->column);
  if (!draws->column)
    return PERCUTA_MEMORY;
  for (size_t c = 0; c < draws->csv.columns; ++c) {
    const char *name = draws->csv.cell[c];
    draws->has_core = draws->has_core || strcmp(name, "core") == 0;
    if (is_other(name))
      continue;
    if (percuta_base_parameters_find(reading->scenario->parameters, name))
      draws->column[draws->parameters++] = (int)c;
    else
      refuse_name(reading, name);
  }
  const size_t count = (size_t)draws->count;
  draws->value = calloc(count * (size_t)draws->parameters + 1, sizeof *draws->value);
  draws->core = calloc(count + 1, sizeof *draws->core);
  draws->insertion = calloc(count + 1, sizeof *draws->insertion);
  return draws->value && draws->core && draws->insertion ? PERCUTA_OK : PERCUTA_MEMORY;
}

static void read_core(struct reading *reading, int row) {
  const char *text = percuta_base_csv_cell(&reading->draws->csv, (size_t)row, "core");
  for (int core = 0; text && core < 2; ++core)
    if (strcmp(text, CORES[core]) == 0) {
      reading->draws->core[row] = (enum percuta_core)core;
      return;
    }
  if (text)
    refuse(reading, row,
           (struct percuta_mistake){.code = PERCUTA_CODE_NOT_A_CHOICE,
                                    .key = "core",
                                    .what = "is no core of healing",
                                    .given = text,
                                    .allowed = "koppenol, pensalfini"});
}

static void read_insertion(struct reading *reading, int row) {
  const char *text = percuta_base_csv_cell(&reading->draws->csv, (size_t)row, "insertion");
  double number = -1;
  if (text && (percuta_base_number_parse(text, &number) != PERCUTA_OK || !(number >= 0) ||
               number >= reading->insertion.count))
    refuse(reading, row,
           (struct percuta_mistake){.code = PERCUTA_CODE_OUT_OF_RANGE,
                                    .key = "insertion",
                                    .what = "is no number of a draw in insertion/posterior.yaml",
                                    .given = text});
  reading->draws->insertion[row] = (int)number;
}

static void read_row(struct reading *reading, int row) {
  const struct percuta_draws *draws = reading->draws;
  read_core(reading, row);
  read_insertion(reading, row);
  for (int p = 0; p < draws->parameters; ++p) {
    const char *text =
        draws->csv.cell[((size_t)row + 1) * draws->csv.columns + (size_t)draws->column[p]];
    double *value = &draws->value[(size_t)row * (size_t)draws->parameters + (size_t)p];
    if (*text == '\0')
      *value = NAN;
    else if (percuta_base_number_parse(text, value) != PERCUTA_OK || !isfinite(*value))
      refuse(reading, row,
             (struct percuta_mistake){.code = PERCUTA_CODE_WRONG_KIND,
                                      .key = percuta_study_draws_name(draws, p),
                                      .what = "is not a number",
                                      .given = text,
                                      .allowed = "a number in the unit of its table"});
  }
}

enum percuta_status percuta_study_draws_read_file(const char *path,
                                                  const struct percuta_scenario *scenario,
                                                  struct percuta_diag *diag,
                                                  struct percuta_draws *out) {
  *out = (struct percuta_draws){.count = 0};
  struct reading reading = {.path = path, .scenario = scenario, .diag = diag, .draws = out};
  PERCUTA_TRY(percuta_base_csv_read(path, diag, &out->csv));
  PERCUTA_TRY(percuta_insertion_draws_read(scenario, diag, &reading.insertion));
  PERCUTA_TRY(read_names(&reading));
  for (int row = 0; row < out->count && !reading.failed; ++row)
    read_row(&reading, row);
  return reading.failed ? PERCUTA_BAD_INPUT : PERCUTA_OK;
}

enum percuta_status percuta_study_draws_read(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag, struct percuta_draws *out) {
  char path[4096];
  *out = (struct percuta_draws){.count = 0};
  snprintf(path, sizeof path, "%s/%s", percuta_catalogue_folder(scenario->catalogue),
           PERCUTA_INPUT_DATA_DRAWS);
  if (percuta_base_path_kind(path) == PERCUTA_PATH_NOTHING)
    return PERCUTA_OK;
  return percuta_study_draws_read_file(path, scenario, diag, out);
}

void percuta_study_draws_clear(struct percuta_draws *draws) {
  percuta_base_csv_clear(&draws->csv);
  free(draws->column);
  free(draws->value);
  free(draws->core);
  free(draws->insertion);
  *draws = (struct percuta_draws){.count = 0};
}

const char *percuta_study_draws_name(const struct percuta_draws *draws, int parameter) {
  return draws->csv.cell[draws->column[parameter]];
}

int percuta_study_draws_kept(const struct percuta_draws *draws,
                             const struct percuta_scenario *scenario) {
  int kept = 0;
  for (int p = 0; p < draws->parameters; ++p) {
    const struct percuta_parameter *parameter =
        percuta_base_parameters_find(scenario->parameters, percuta_study_draws_name(draws, p));
    kept += parameter && parameter->overridden;
  }
  return kept;
}

int percuta_study_draws_choose(const struct percuta_draws *draws, const enum percuta_core *core,
                               int wanted, int *out) {
  int eligible = 0, taken = 0, seen = 0;
  for (int i = 0; i < draws->count; ++i)
    eligible += !core || !draws->has_core || draws->core[i] == *core;
  const int count = wanted < eligible ? wanted : eligible;
  for (int i = 0; i < draws->count && taken < count; ++i) {
    if (core && draws->has_core && draws->core[i] != *core)
      continue;
    if (seen++ == (int)((taken + 0.5) * eligible / count))
      out[taken++] = i;
  }
  return taken;
}

/* All that the draws move, as it was. */
static enum percuta_status restore(const struct percuta_draws *draws,
                                   const struct percuta_insertion_draws *insertion,
                                   const struct percuta_scenario *before,
                                   const struct percuta_scenario *scenario) {
  const int all = draws->parameters + PERCUTA_DRAWN;
  for (int i = 0; i < all; ++i) {
    const char *name = i < draws->parameters ? percuta_study_draws_name(draws, i)
                                             : insertion->what[i - draws->parameters].name;
    const struct percuta_parameter *was = percuta_base_parameters_find(before->parameters, name);
    PERCUTA_TRY(percuta_base_parameters_put(scenario->parameters, scenario->units, name,
                                            was ? was->value : NAN));
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_study_draws_put(const struct percuta_draws *draws, int index,
                                            const struct percuta_insertion_draws *insertion,
                                            const struct percuta_scenario *before,
                                            const struct percuta_scenario *scenario) {
  PERCUTA_TRY(restore(draws, insertion, before, scenario));
  if (index < 0)
    return PERCUTA_OK;
  if (draws->insertion[index] >= 0)
    PERCUTA_TRY(percuta_insertion_draws_put(insertion, draws->insertion[index], scenario));
  for (int p = 0; p < draws->parameters; ++p) {
    const char *name = percuta_study_draws_name(draws, p);
    const double value = draws->value[(size_t)index * (size_t)draws->parameters + (size_t)p];
    const struct percuta_parameter *was = percuta_base_parameters_find(before->parameters, name);
    if (isnan(value) || !was || was->overridden)
      continue;
    PERCUTA_TRY(percuta_base_parameters_put(scenario->parameters, scenario->units, name, value));
  }
  return PERCUTA_OK;
}
