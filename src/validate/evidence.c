/* data/evidence/<stage>.csv as rows.
 * Tests: tests/unit/test_validate.c, test_numbing_rows.c. */
#include "validate/evidence.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void path_of(const struct percuta_catalogue *catalogue, const char *stage, char *out,
                    size_t size) {
  snprintf(out, size, "%s/evidence/%s.csv", percuta_catalogue_folder(catalogue), stage);
}

bool percuta_validate_evidence_exists(const struct percuta_catalogue *catalogue,
                                      const char *stage) {
  char path[1024];
  path_of(catalogue, stage, path, sizeof path);
  return access(path, R_OK) == 0;
}

static enum percuta_status mistake(struct percuta_diag *diag, const char *path, size_t row,
                                   const char *key, const char *what) {
  struct percuta_place place = {.file = path, .line = (int)row + 2};
  percuta_base_diag_add(
      diag, &(struct percuta_mistake){
                .code = PERCUTA_CODE_DATA_FAULT, .place = place, .key = key, .what = what});
  return PERCUTA_BAD_INPUT;
}

static enum percuta_status fill(const struct percuta_csv *table, size_t index, const char *path,
                                struct percuta_diag *diag, struct percuta_evidence_row *row) {
  const struct {
    const char *name, **text;
  } cells[] = {{"id", &row->id},
               {"stage", &row->stage},
               {"quantity", &row->quantity},
               {"species", &row->species},
               {"site", &row->site},
               {"condition", &row->condition},
               {"value", &row->value},
               {"unit", &row->unit},
               {"spread", &row->spread},
               {"spread_kind", &row->spread_kind},
               {"n", &row->n},
               {"source", &row->source},
               {"doi", &row->doi},
               {"use", &row->use},
               {"scale", &row->scale},
               {"predictor", &row->predictor},
               {"scenario", &row->scenario},
               {"set", &row->set},
               {"why", &row->why}};
  for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
    const char *text = percuta_base_csv_cell(table, index, cells[i].name);
    if (text == NULL)
      return mistake(diag, path, index, cells[i].name, "there is no such column");
    *cells[i].text = text;
  }
  const char *specimen = percuta_base_csv_cell(table, index, "specimen");
  row->specimen = specimen ? specimen : "";
  const char *kin = percuta_base_csv_cell(table, index, "kin");
  row->kin = kin ? kin : "";
  static const char *const uses[] = {"calibration", "validation", "parameter", "context"};
  for (size_t i = 0; i < sizeof uses / sizeof *uses; i++)
    if (strcmp(row->use, uses[i]) == 0)
      return PERCUTA_OK;
  return mistake(diag, path, index, row->id,
                 "its use is none of calibration, validation, parameter, context");
}

enum percuta_status percuta_validate_evidence_read(const struct percuta_catalogue *catalogue,
                                                   const char *stage, struct percuta_diag *diag,
                                                   struct percuta_evidence *out) {
  struct percuta_evidence evidence = {.count = 0};
  char path[1024];
  path_of(catalogue, stage, path, sizeof path);
  enum percuta_status status = percuta_base_csv_read(path, diag, &evidence.table);
  if (status != PERCUTA_OK)
    return status;
  evidence.count = evidence.table.rows;
  evidence.row = calloc(evidence.count ? evidence.count : 1, sizeof *evidence.row);
  if (evidence.row == NULL)
    status = PERCUTA_MEMORY;
  for (size_t i = 0; i < evidence.count && status == PERCUTA_OK; i++)
    status = fill(&evidence.table, i, path, diag, &evidence.row[i]);
  if (status == PERCUTA_OK)
    *out = evidence;
  else
    percuta_validate_evidence_clear(&evidence);
  return status;
}

void percuta_validate_evidence_clear(struct percuta_evidence *evidence) {
  percuta_base_csv_clear(&evidence->table);
  free(evidence->row);
  *evidence = (struct percuta_evidence){.count = 0};
}
