/* A stage row by row: conditions, prediction, interval, verdict.
 * Tests: tests/unit/test_validate.c, test_band.c, tests/cli/validate.sh. */
#include "validate/validate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numerics/deal.h"
#include "validate/predict.h"

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

/* What there is to compare with, and by which function; none where the row says why. */
static enum percuta_status prepare(const struct percuta_evidence_row *row,
                                   struct percuta_comparison *item, struct percuta_predict *predict,
                                   struct percuta_diag *diag) {
  predict->row = row;
  if (*row->predictor == '\0' && *row->why == '\0')
    return percuta_validate_row_mistake(diag, row, "neither a predictor nor why there is none");
  if (*row->predictor != '\0') {
    predict->predictor = percuta_validate_predictor_find(row->predictor);
    if (predict->predictor == NULL)
      return percuta_validate_row_mistake(diag, row, "its predictor is not known");
  }
  return percuta_validate_row_open(row, predict->predictor, diag, item);
}

/* Where the published value lies among the draws. */
static double share_below(const struct percuta_units *units, const struct percuta_predict *predict,
                          const struct percuta_comparison *item) {
  int below = 0;
  for (int d = 0; d < predict->drawn_count; d++)
    below += percuta_validate_row_in_unit(units, predict->predictor, item->row->unit,
                                          predict->drawn[d]) < item->band.centre;
  return predict->drawn_count > 0 ? (double)below / predict->drawn_count : (double)NAN;
}

/* Whether the interval of a prediction holds what was published; bounds say neither. */
static bool is_covered(const struct percuta_comparison *item) {
  return item->low <= item->band.centre && item->band.centre <= item->high;
}

static void count(struct percuta_validation *validation, const struct percuta_comparison *item) {
  const enum percuta_rank rank = percuta_validate_row_rank(item);
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
  validation->left += rank == PERCUTA_RANK_LEFT && percuta_validate_row_counts(item->row);
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
    status = prepare(&out->evidence.row[i], &out->item[i], &predict[i], diag);
  }
  status = percuta_numerics_deal_agree(crew, status);
  if (status == PERCUTA_OK)
    status = percuta_validate_predict_rows(catalogue, crew, predict, rows, draws, diag);
  for (size_t i = 0; i < rows && status == PERCUTA_OK; i++) {
    if (predict[i].predictor != NULL)
      status =
          percuta_validate_row_conclude(percuta_catalogue_units(catalogue), predict[i].predictor,
                                        &predict[i].found, diag, &out->item[i]);
    out->item[i].below =
        share_below(percuta_catalogue_units(catalogue), &predict[i], &out->item[i]);
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
