/* Published measurements of one stage, and how Percuta predicts each. */
#ifndef PERCUTA_VALIDATE_EVIDENCE_H
#define PERCUTA_VALIDATE_EVIDENCE_H

#include <stdbool.h>

#include "base/csv.h"
#include "catalogue/catalogue.h"

/* One row of data/evidence/<stage>.csv; texts are borrowed from the table, "" where nothing is
 * said. */
struct percuta_evidence_row {
  const char *id, *stage, *quantity, *species, *site, *condition;
  const char *value, *unit; /* as published; a unit that UDUNITS-2 reads where compared */
  const char *spread, *spread_kind, *n, *source, *doi;
  const char *use;       /* calibration | validation | parameter | context */
  const char *scale;     /* amount | log | change | sign: how band.h reads it */
  const char *predictor; /* name in predictors.def; "" when the row is not compared */
  const char *scenario;  /* file below data/evidence/scenarios/, without its ending */
  const char *set;       /* keys of it that this row changes: "key=value; key=value" */
  const char *specimen;  /* skin in a cell or of a study, as specimen.h reads it, or what else the
                            predictor must know; may be left out */
  const char *kin; /* "identity": a parameter is set by this row alone, or it follows from others;
                      "input", "twin of ID"; may be left out. Such rows are not counted. */
  const char *why; /* why not compared, or what to know of the comparison */
};

struct percuta_evidence {
  struct percuta_csv table;         /* owned */
  struct percuta_evidence_row *row; /* owned array */
  size_t count;
};

/* Whether there are rows for `stage` at all. */
bool percuta_validate_evidence_exists(const struct percuta_catalogue *catalogue, const char *stage);

/* Reads the rows of `stage`. A column that is missing and a use that is none of the four are
 * mistakes, added to `diag`. Release with percuta_validate_evidence_clear. */
enum percuta_status percuta_validate_evidence_read(const struct percuta_catalogue *catalogue,
                                                   const char *stage, struct percuta_diag *diag,
                                                   struct percuta_evidence *out);
void percuta_validate_evidence_clear(struct percuta_evidence *evidence);

#endif
