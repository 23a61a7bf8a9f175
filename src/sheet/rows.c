/* Near is a device of the same kind with needles as long: a distance of 1 for twice the length, for
 * another kind, and for an animal. Predictions are those of validate/injury.c, with intervals drawn
 * as `percuta validate` draws them. Test: tests/cli/device.sh. */
#include "sheet/rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "device/device.h"
#include "sheet/place.h"
#include "validate/interval.h"
#include "validate/needling.h"

static const char *const STAGE[PERCUTA_SHEET_STAGES] = {"device", "insertion", "bleeding"};

static enum percuta_sheet_topic topic_of(const char *predictor) {
  static const struct {
    const char *name;
    enum percuta_sheet_topic topic;
  } all[] = {{"device.strike_density", PERCUTA_SHEET_RATE},
             {"insertion.depth", PERCUTA_SHEET_DEPTH},
             {"insertion.buried_share", PERCUTA_SHEET_DEPTH},
             {"insertion.residual_depth", PERCUTA_SHEET_OPEN},
             {"insertion.residual_diameter", PERCUTA_SHEET_OPEN},
             {"insertion.chance", PERCUTA_SHEET_ENTRY},
             {"insertion.puncture_force", PERCUTA_SHEET_FORCE},
             {"bleeding.onset_depth", PERCUTA_SHEET_BLOOD},
             {"bleeding.shed", PERCUTA_SHEET_BLOOD}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (strcmp(all[i].name, predictor) == 0)
      return all[i].topic;
  return PERCUTA_SHEET_TOPICS;
}

static double distance(const struct percuta_scenario *ours, const struct percuta_scenario *study,
                       const char *species) {
  return fabs(log(ours->device.needle.length / study->device.needle.length)) / log(2) +
         (ours->device.kind != study->device.kind) + (strncmp(species, "human", 5) != 0);
}

/* The interval of what a predictor knows none of. */
static enum percuta_status draw(const struct percuta_scenario *study,
                                const struct percuta_predictor *predictor,
                                struct percuta_diag *diag, struct percuta_prediction *found) {
  struct percuta_interval interval = {0};
  double value[PERCUTA_INTERVAL_DRAWS];
  int count = 0;
  enum percuta_status status =
      percuta_validate_interval_begin(study, predictor->tables, diag, &interval);
  for (int d = 0; d < PERCUTA_INTERVAL_DRAWS && status == PERCUTA_OK; d++) {
    struct percuta_prediction drawn;
    status = percuta_validate_interval_draw(&interval, d);
    if (status == PERCUTA_OK && predictor->function(study, diag, &drawn) == PERCUTA_OK)
      value[count++] = drawn.value;
  }
  const enum percuta_status ended = percuta_validate_interval_end(&interval);
  if (count > 0)
    percuta_validate_interval_ends(value, count, &found->low, &found->high);
  return status == PERCUTA_OK ? ended : status;
}

/* The interval of what stays open, read off all joint draws at once; NULL of other quantities. */
static const struct percuta_sheet_number *left_open(const char *predictor,
                                                    const struct percuta_sheet_place *place) {
  return strcmp(predictor, "insertion.residual_depth") == 0      ? &place->open
         : strcmp(predictor, "insertion.residual_diameter") == 0 ? &place->width
                                                                 : NULL;
}

/* Predicts the row under the conditions of its study. */
static enum percuta_status predict(const struct percuta_scenario *study, struct percuta_diag *diag,
                                   struct percuta_sheet_row *row) {
  const struct percuta_predictor *predictor =
      percuta_validate_needling_find(row->item.row->predictor);
  struct percuta_prediction found;
  PERCUTA_TRY(percuta_validate_row_open(row->item.row, predictor, diag, &row->item));
  PERCUTA_TRY(predictor->function(study, diag, &found));
  struct percuta_sheet_place place = {0};
  const struct percuta_sheet_number *open = left_open(predictor->name, &place);
  if (open != NULL) {
    PERCUTA_TRY(percuta_sheet_place_fill(study, diag, &place));
    found.low = open->low;
    found.high = open->high;
  } else if (!isfinite(found.low) && row->topic != PERCUTA_SHEET_RATE) { /* which is geometry */
    PERCUTA_TRY(draw(study, predictor, diag, &found));
  }
  return percuta_validate_row_conclude(study->units, predictor, &found, diag, &row->item);
}

/* A row that is compared with something the sheet speaks of, and the conditions of its study. */
struct candidate {
  struct percuta_sheet_row row;
  struct percuta_scenario *study; /* owned */
};

static int by_topic(const void *left, const void *right) {
  const struct percuta_sheet_row *a = &((const struct candidate *)left)->row;
  const struct percuta_sheet_row *b = &((const struct candidate *)right)->row;
  if (a->topic != b->topic)
    return a->topic < b->topic ? -1 : 1;
  if (a->distance != b->distance)
    return a->distance < b->distance ? -1 : 1;
  return strcmp(a->item.row->id, b->item.row->id);
}

/* Reads the conditions of all rows there are; *count of them. */
static enum percuta_status gather(const struct percuta_scenario *scenario,
                                  const struct percuta_sheet *sheet, struct percuta_diag *diag,
                                  struct candidate *out, size_t *count) {
  for (int s = 0; s < PERCUTA_SHEET_STAGES; s++) {
    for (size_t i = 0; i < sheet->evidence[s].count; i++) {
      const struct percuta_evidence_row *row = &sheet->evidence[s].row[i];
      struct candidate *next = &out[*count];
      if (percuta_validate_needling_find(row->predictor) == NULL ||
          topic_of(row->predictor) == PERCUTA_SHEET_TOPICS)
        continue;
      PERCUTA_TRY(percuta_validate_row_conditions(scenario->catalogue, row, diag, &next->study));
      next->row =
          (struct percuta_sheet_row){.topic = topic_of(row->predictor),
                                     .item = {.row = row},
                                     .kind = next->study->device.kind,
                                     .needles = percuta_device_needle_count(&next->study->device),
                                     .length = next->study->device.needle.length,
                                     .distance = distance(scenario, next->study, row->species)};
      ++*count;
    }
  }
  return PERCUTA_OK;
}

/* Predicts the nearest of each topic; the others are left out. */
static enum percuta_status keep_nearest(struct candidate *candidate, size_t count,
                                        struct percuta_diag *diag, struct percuta_sheet *sheet) {
  size_t of_topic = 0;
  if (count > 0)
    qsort(candidate, count, sizeof *candidate, by_topic);
  for (size_t i = 0; i < count; i++) {
    const bool same = i > 0 && candidate[i].row.topic == candidate[i - 1].row.topic;
    of_topic = same ? of_topic + 1 : 0;
    if (of_topic >= PERCUTA_SHEET_NEAREST)
      continue;
    PERCUTA_TRY(predict(candidate[i].study, diag, &candidate[i].row));
    sheet->row[sheet->rows++] = candidate[i].row;
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_sheet_rows_find(const struct percuta_scenario *scenario,
                                            struct percuta_diag *diag,
                                            struct percuta_sheet *sheet) {
  size_t total = 0, count = 0;
  for (int s = 0; s < PERCUTA_SHEET_STAGES; s++) {
    PERCUTA_TRY(
        percuta_validate_evidence_read(scenario->catalogue, STAGE[s], diag, &sheet->evidence[s]));
    total += sheet->evidence[s].count;
  }
  struct candidate *candidate = calloc(total + 1, sizeof *candidate);
  sheet->row = calloc(total + 1, sizeof *sheet->row);
  enum percuta_status status =
      candidate && sheet->row ? gather(scenario, sheet, diag, candidate, &count) : PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    status = keep_nearest(candidate, count, diag, sheet);
  for (size_t i = 0; i < count; i++)
    percuta_scenario_destroy(&candidate[i].study);
  free(candidate);
  return status;
}
