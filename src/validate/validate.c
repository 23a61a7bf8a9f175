/* A stage row by row: conditions, prediction, interval, verdict.
 * Tests: tests/unit/test_validate.c, test_band.c, tests/cli/validate.sh. */
#include "validate/validate.h"
#include "input/input.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/deal.h"
#include "validate/predict.h"

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

double percuta_validate_in_unit(const struct percuta_units *units,
                                const struct percuta_predictor *predictor, const char *unit,
                                double value) {
  double converted = NAN;
  if (isfinite(value) &&
      percuta_base_units_convert(units, value, predictor->unit, unit, &converted) != PERCUTA_OK)
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

/* What there is to compare with, and by which function; none where the row says why. */
static enum percuta_status prepare(struct percuta_comparison *item, struct percuta_predict *predict,
                                   struct percuta_diag *diag) {
  const struct percuta_evidence_row *row = item->row;
  if (*row->predictor == '\0')
    return *row->why ? PERCUTA_OK : mistake(diag, row, "neither a predictor nor why there is none");
  predict->predictor = percuta_validate_predictor_find(row->predictor);
  if (predict->predictor == NULL)
    return mistake(diag, row, "its predictor is not known");
  if (percuta_validate_band_read(row->value, row->spread, row->spread_kind, row->scale,
                                 &item->band) != PERCUTA_OK)
    return mistake(diag, row, "its value or scale cannot be read");
  return PERCUTA_OK;
}

/* The prediction in the row's unit, and the verdict. */
static enum percuta_status conclude(const struct percuta_units *units,
                                    const struct percuta_predict *predict,
                                    struct percuta_comparison *item, struct percuta_diag *diag) {
  const struct percuta_predictor *predictor = predict->predictor;
  const char *unit = item->row->unit;
  if (predictor == NULL)
    return PERCUTA_OK;
  item->predicted = percuta_validate_in_unit(units, predictor, unit, predict->found.value);
  item->low = percuta_validate_in_unit(units, predictor, unit, predict->found.low);
  item->high = percuta_validate_in_unit(units, predictor, unit, predict->found.high);
  if (!isfinite(item->predicted))
    return mistake(diag, item->row, "its unit is not of the kind that is predicted");
  judge(item);
  return PERCUTA_OK;
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

/* Fills the items of a stage whose evidence has been read. */
static enum percuta_status compare(const struct percuta_catalogue *catalogue,
                                   const struct percuta_crew *crew, int draws,
                                   struct percuta_diag *diag, struct percuta_validation *out) {
  const size_t rows = out->evidence.count;
  struct percuta_predict *predict = calloc(rows + 1, sizeof *predict);
  enum percuta_status status = PERCUTA_OK;
  out->item = calloc(rows + 1, sizeof *out->item);
  if (predict == NULL || out->item == NULL)
    status = PERCUTA_MEMORY;
  for (size_t i = 0; i < rows && status == PERCUTA_OK; i++) {
    predict[i].row = &out->evidence.row[i];
    out->item[i] = (struct percuta_comparison){.row = predict[i].row,
                                               .verdict = PERCUTA_VERDICT_NOT_COMPARED,
                                               .predicted = NAN,
                                               .low = NAN,
                                               .high = NAN,
                                               .ratio = NAN};
    status = prepare(&out->item[i], &predict[i], diag);
  }
  status = percuta_numerics_deal_agree(crew, status);
  if (status == PERCUTA_OK)
    status = percuta_validate_predict_rows(catalogue, crew, predict, rows, draws, diag);
  for (size_t i = 0; i < rows && status == PERCUTA_OK; i++) {
    status = conclude(percuta_catalogue_units(catalogue), &predict[i], &out->item[i], diag);
    count(out, &out->item[i]);
  }
  free(predict);
  return status;
}

enum percuta_status percuta_validate_stage(const struct percuta_catalogue *catalogue, size_t index,
                                           int draws, const struct percuta_crew *crew,
                                           struct percuta_diag *diag,
                                           struct percuta_validation *out) {
  struct percuta_validation validation = {.stage = STAGES[index].name};
  if (!percuta_validate_evidence_exists(catalogue, validation.stage)) {
    validation.absent = STAGES[index].absent;
    *out = validation;
    return PERCUTA_OK;
  }
  enum percuta_status status =
      percuta_validate_evidence_read(catalogue, validation.stage, diag, &validation.evidence);
  status = percuta_numerics_deal_agree(crew, status);
  if (status == PERCUTA_OK)
    status = compare(catalogue, crew, draws, diag, &validation);
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
