/* One row: the conditions of its study, the prediction in its unit, and the verdict. Knows no
 * solver, so that the light part of the program can ask. Tests: tests/unit/test_validate.c,
 * tests/cli/validate.sh, device.sh. */
#include "validate/row.h"

#include <math.h>
#include <string.h>

#include "input/input.h"

enum { MOST_SETS = 24 };

enum percuta_status percuta_validate_row_mistake(struct percuta_diag *diag,
                                                 const struct percuta_evidence_row *row,
                                                 const char *what) {
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
    return percuta_validate_row_mistake(diag, row, "sets more keys than fit");
  snprintf(out->text, sizeof out->text, "%s", row->set);
  out->count = cut_sets(out->text, out->parts);
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_row_conditions(const struct percuta_catalogue *catalogue,
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

enum percuta_status percuta_validate_row_conditions_like(const struct percuta_scenario *like,
                                                         const struct percuta_evidence_row *row,
                                                         struct percuta_diag *diag,
                                                         struct percuta_scenario **out) {
  struct row_sets sets;
  PERCUTA_TRY(read_sets(row, diag, &sets));
  return percuta_input_parse(like->catalogue, like->path, like->text, strlen(like->text),
                             sets.parts, sets.count, diag, out);
}

double percuta_validate_row_in_unit(const struct percuta_units *units,
                                    const struct percuta_predictor *predictor, const char *unit,
                                    double value) {
  double converted = NAN;
  if (isfinite(value) &&
      percuta_base_units_convert(units, value, predictor->unit, unit, &converted) != PERCUTA_OK)
    return NAN;
  return converted;
}

bool percuta_validate_row_counts(const struct percuta_evidence_row *row) {
  return *row->kin == '\0' &&
         (strcmp(row->use, "calibration") == 0 || strcmp(row->use, "validation") == 0);
}

static void judge(struct percuta_comparison *item) {
  item->ratio = strcmp(item->row->scale, "amount") == 0 && item->band.centre != 0
                    ? item->predicted / item->band.centre
                    : NAN;
  item->verdict = !percuta_validate_row_counts(item->row) ? PERCUTA_VERDICT_SHOWN
                  : percuta_validate_band_holds(&item->band, item->predicted)
                      ? PERCUTA_VERDICT_WITHIN
                      : PERCUTA_VERDICT_OUTSIDE;
}

enum percuta_status percuta_validate_row_open(const struct percuta_evidence_row *row,
                                              const struct percuta_predictor *predictor,
                                              struct percuta_diag *diag,
                                              struct percuta_comparison *out) {
  *out = (struct percuta_comparison){.row = row,
                                     .verdict = PERCUTA_VERDICT_NOT_COMPARED,
                                     .predicted = NAN,
                                     .low = NAN,
                                     .high = NAN,
                                     .ratio = NAN};
  if (predictor != NULL && percuta_validate_band_read(row->value, row->spread, row->spread_kind,
                                                      row->scale, &out->band) != PERCUTA_OK)
    return percuta_validate_row_mistake(diag, row, "its value or scale cannot be read");
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_row_conclude(const struct percuta_units *units,
                                                  const struct percuta_predictor *predictor,
                                                  const struct percuta_prediction *found,
                                                  struct percuta_diag *diag,
                                                  struct percuta_comparison *item) {
  const char *unit = item->row->unit;
  item->predicted = percuta_validate_row_in_unit(units, predictor, unit, found->value);
  item->low = percuta_validate_row_in_unit(units, predictor, unit, found->low);
  item->high = percuta_validate_row_in_unit(units, predictor, unit, found->high);
  if (!isfinite(item->predicted))
    return percuta_validate_row_mistake(diag, item->row,
                                        "its unit is not of the kind that is predicted");
  judge(item);
  return PERCUTA_OK;
}

enum percuta_rank percuta_validate_row_rank(const struct percuta_comparison *item) {
  switch (item->verdict) {
  case PERCUTA_VERDICT_NOT_COMPARED:
    return PERCUTA_RANK_LEFT;
  case PERCUTA_VERDICT_SHOWN:
    return PERCUTA_RANK_SHOWN;
  default:
    return strcmp(item->row->use, "validation") == 0 ? PERCUTA_RANK_UNSEEN : PERCUTA_RANK_SEEN;
  }
}
