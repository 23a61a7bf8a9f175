/* A stage row by row: conditions, prediction, interval, verdict.
 * Tests: tests/unit/test_validate.c, test_band.c, tests/cli/validate.sh. */
#include "validate/validate.h"
#include "input/input.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "validate/interval.h"

enum { MOST_SETS = 24 };

static const struct {
  const char *name, *absent;
} STAGES[] = {
#define PERCUTA_STAGE(name, absent) {name, absent},
#include "validate/stages.def"
#undef PERCUTA_STAGE
};

size_t percuta_validate_stage_count(void) {
  return sizeof STAGES / sizeof *STAGES;
}

const char *percuta_validate_stage_name(size_t index) {
  return STAGES[index].name;
}

int percuta_validate_stage_index(const char *name) {
  for (size_t i = 0; i < percuta_validate_stage_count(); i++)
    if (strcmp(STAGES[i].name, name) == 0)
      return (int)i;
  return -1;
}

static enum percuta_status mistake(struct percuta_diag *diag,
                                   const struct percuta_evidence_row *row, const char *what) {
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                                        .place = {.file = "data/evidence"},
                                                        .key = row->id,
                                                        .what = what});
  return PERCUTA_BAD_INPUT;
}

/* Cuts "key=value; key=value" into its parts, in place. */
static size_t cut_sets(char *text, const char *sets[MOST_SETS]) {
  size_t count = 0;
  while (*text != '\0' && count < MOST_SETS) {
    text += strspn(text, " ;");
    if (*text == '\0')
      break;
    sets[count++] = text;
    text += strcspn(text, ";");
    if (*text == ';')
      *text++ = '\0';
  }
  return count;
}

/* What a row sets, cut up; `parts` borrow from it. */
struct row_sets {
  char text[1024];
  const char *parts[MOST_SETS];
  size_t count;
};

static enum percuta_status read_sets(const struct percuta_evidence_row *row,
                                     struct percuta_diag *diag, struct row_sets *out) {
  if (strlen(row->set) >= sizeof out->text)
    return mistake(diag, row, "sets more keys than fit");
  snprintf(out->text, sizeof out->text, "%s", row->set);
  out->count = cut_sets(out->text, out->parts);
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_conditions(const struct percuta_catalogue *catalogue,
                                                const struct percuta_evidence_row *row,
                                                struct percuta_diag *diag,
                                                struct percuta_scenario **out) {
  char path[1024];
  struct row_sets sets;
  snprintf(path, sizeof path, "%s/evidence/scenarios/%s.yaml", percuta_catalogue_folder(catalogue),
           row->scenario);
  PERCUTA_TRY(read_sets(row, diag, &sets));
  return percuta_input_read(catalogue, path, sets.parts, sets.count, diag, out);
}

enum percuta_status percuta_validate_conditions_like(const struct percuta_scenario *like,
                                                     const struct percuta_evidence_row *row,
                                                     struct percuta_diag *diag,
                                                     struct percuta_scenario **out) {
  struct row_sets sets;
  PERCUTA_TRY(read_sets(row, diag, &sets));
  return percuta_input_parse(like->catalogue, like->path, like->text, strlen(like->text),
                             sets.parts, sets.count, diag, out);
}

/* Predicts with an interval, in SI. */
static enum percuta_status predict(const struct percuta_predictor *predictor,
                                   const struct percuta_scenario *scenario, const char *specimen,
                                   int draws, struct percuta_diag *diag,
                                   struct percuta_prediction *out) {
  enum percuta_status status =
      percuta_validate_predictor_call(predictor, scenario, specimen, diag, out);
  if (status != PERCUTA_OK || isfinite(out->low) || *predictor->tables == '\0' || draws <= 0)
    return status;
  double interval[2] = {NAN, NAN};
  status = percuta_validate_interval_draw(predictor, scenario, specimen, draws, interval);
  out->low = interval[0];
  out->high = interval[1];
  return status;
}

double percuta_validate_in_unit(const struct percuta_scenario *scenario,
                                const struct percuta_predictor *predictor, const char *unit,
                                double value) {
  double converted = NAN;
  if (isfinite(value) && percuta_base_units_convert(scenario->units, value, predictor->unit, unit,
                                                    &converted) != PERCUTA_OK)
    return NAN;
  return converted;
}

/* Whether a row says anything of the model that was not put into it. */
static bool counts(const struct percuta_evidence_row *row) {
  return *row->kin == '\0' &&
         (strcmp(row->use, "calibration") == 0 || strcmp(row->use, "validation") == 0);
}

static void judge(struct percuta_comparison *item) {
  item->ratio = strcmp(item->row->scale, "amount") == 0 && item->band.centre != 0
                    ? item->predicted / item->band.centre
                    : NAN;
  item->verdict = !counts(item->row) ? PERCUTA_VERDICT_SHOWN
                  : percuta_validate_band_holds(&item->band, item->predicted)
                      ? PERCUTA_VERDICT_WITHIN
                      : PERCUTA_VERDICT_OUTSIDE;
}

static enum percuta_status compare(const struct percuta_catalogue *catalogue,
                                   struct percuta_comparison *item, int draws,
                                   struct percuta_diag *diag) {
  const struct percuta_evidence_row *row = item->row;
  item->verdict = PERCUTA_VERDICT_NOT_COMPARED;
  if (*row->predictor == '\0')
    return *row->why ? PERCUTA_OK : mistake(diag, row, "neither a predictor nor why there is none");
  const struct percuta_predictor *predictor = percuta_validate_predictor_find(row->predictor);
  if (predictor == NULL)
    return mistake(diag, row, "its predictor is not known");
  if (percuta_validate_band_read(row->value, row->spread, row->spread_kind, row->scale,
                                 &item->band) != PERCUTA_OK)
    return mistake(diag, row, "its value or scale cannot be read");
  struct percuta_scenario *scenario = NULL;
  struct percuta_prediction found = {0};
  enum percuta_status status = percuta_validate_conditions(catalogue, row, diag, &scenario);
  if (status == PERCUTA_OK)
    status = predict(predictor, scenario, row->specimen, draws, diag, &found);
  if (status == PERCUTA_OK) {
    item->predicted = percuta_validate_in_unit(scenario, predictor, row->unit, found.value);
    item->low = percuta_validate_in_unit(scenario, predictor, row->unit, found.low);
    item->high = percuta_validate_in_unit(scenario, predictor, row->unit, found.high);
    if (!isfinite(item->predicted))
      status = mistake(diag, row, "its unit is not of the kind that is predicted");
    judge(item);
  }
  percuta_scenario_destroy(&scenario);
  return status;
}

enum percuta_rank percuta_validate_rank(const struct percuta_comparison *item) {
  switch (item->verdict) {
  case PERCUTA_VERDICT_NOT_COMPARED:
    return PERCUTA_RANK_LEFT;
  case PERCUTA_VERDICT_SHOWN:
    return PERCUTA_RANK_SHOWN;
  default:
    return strcmp(item->row->use, "validation") == 0 ? PERCUTA_RANK_UNSEEN : PERCUTA_RANK_SEEN;
  }
}

/* Whether the interval of a prediction holds what was published; bounds say neither. */
static bool is_covered(const struct percuta_comparison *item) {
  return item->low <= item->band.centre && item->band.centre <= item->high;
}

static void count(struct percuta_validation *validation, const struct percuta_comparison *item) {
  const enum percuta_rank rank = percuta_validate_rank(item);
  const bool counted = rank == PERCUTA_RANK_UNSEEN || rank == PERCUTA_RANK_SEEN;
  struct percuta_tally *tally =
      rank == PERCUTA_RANK_UNSEEN ? &validation->unseen : &validation->seen;
  const bool within = item->verdict == PERCUTA_VERDICT_WITHIN;
  const bool bound = counted && (!isfinite(item->band.low) || !isfinite(item->band.high));
  tally->within += within;
  tally->counted += counted;
  tally->bounds += bound;
  tally->bounds_within += bound && within;
  if (counted && isfinite(item->low) && isfinite(item->band.low) && isfinite(item->band.high)) {
    tally->with_interval += 1;
    tally->covered += is_covered(item);
  }
  validation->shown += rank == PERCUTA_RANK_SHOWN;
  validation->not_compared += rank == PERCUTA_RANK_LEFT;
  validation->left += rank == PERCUTA_RANK_LEFT && counts(item->row);
}

void percuta_validate_add(const struct percuta_validation *stage, size_t count,
                          struct percuta_validation *out) {
  *out = (struct percuta_validation){.stage = "all"};
  for (size_t i = 0; i < count; i++) {
    const struct percuta_tally *from[] = {&stage[i].unseen, &stage[i].seen};
    struct percuta_tally *to[] = {&out->unseen, &out->seen};
    for (int t = 0; t < 2; t++) {
      to[t]->within += from[t]->within;
      to[t]->counted += from[t]->counted;
      to[t]->bounds += from[t]->bounds;
      to[t]->bounds_within += from[t]->bounds_within;
      to[t]->with_interval += from[t]->with_interval;
      to[t]->covered += from[t]->covered;
    }
    out->shown += stage[i].shown;
    out->not_compared += stage[i].not_compared;
    out->left += stage[i].left;
  }
}

enum percuta_status percuta_validate_stage(const struct percuta_catalogue *catalogue, size_t index,
                                           int draws, struct percuta_diag *diag,
                                           struct percuta_validation *out) {
  struct percuta_validation validation = {.stage = STAGES[index].name};
  if (!percuta_validate_evidence_exists(catalogue, validation.stage)) {
    validation.absent = STAGES[index].absent;
    *out = validation;
    return PERCUTA_OK;
  }
  enum percuta_status status =
      percuta_validate_evidence_read(catalogue, validation.stage, diag, &validation.evidence);
  if (status != PERCUTA_OK)
    return status;
  size_t rows = validation.evidence.count;
  validation.item = calloc(rows ? rows : 1, sizeof *validation.item);
  if (validation.item == NULL)
    status = PERCUTA_MEMORY;
  for (size_t i = 0; i < rows && status == PERCUTA_OK; i++) {
    struct percuta_comparison *item = &validation.item[i];
    *item = (struct percuta_comparison){.row = &validation.evidence.row[i],
                                        .predicted = NAN,
                                        .low = NAN,
                                        .high = NAN,
                                        .ratio = NAN};
    status = compare(catalogue, item, draws, diag);
    count(&validation, item);
  }
  if (status == PERCUTA_OK)
    *out = validation;
  else
    percuta_validate_clear(&validation);
  return status;
}

void percuta_validate_clear(struct percuta_validation *validation) {
  percuta_validate_evidence_clear(&validation->evidence);
  free(validation->item);
  *validation = (struct percuta_validation){.stage = validation->stage};
}
