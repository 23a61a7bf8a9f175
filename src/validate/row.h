/* A published row beside its prediction. */
#ifndef PERCUTA_VALIDATE_ROW_H
#define PERCUTA_VALIDATE_ROW_H

#include "validate/band.h"
#include "validate/evidence.h"
#include "validate/predictor.h"

enum percuta_verdict {
  PERCUTA_VERDICT_WITHIN,
  PERCUTA_VERDICT_OUTSIDE,
  PERCUTA_VERDICT_SHOWN, /* predicted, but an input, an identity, a twin or context: not counted */
  PERCUTA_VERDICT_NOT_COMPARED
};

/* One row with its prediction, in the row's unit. */
struct percuta_comparison {
  const struct percuta_evidence_row *row; /* borrowed from the stage's evidence */
  enum percuta_verdict verdict;
  struct percuta_band band;
  double predicted, low, high; /* low and high are NAN where there is no interval */
  double ratio;                /* predicted over published; NAN where that means nothing */
  double below;                /* share of the draws below the published value; NAN without draws */
};

/* The order in which rows are shown: those that no value was set by, calibration rows, those that
 * are not counted. */
enum percuta_rank { PERCUTA_RANK_UNSEEN, PERCUTA_RANK_SEEN, PERCUTA_RANK_SHOWN, PERCUTA_RANK_LEFT };
enum percuta_rank percuta_validate_row_rank(const struct percuta_comparison *item);

/* Whether a row says anything of the model that was not put into it. */
bool percuta_validate_row_counts(const struct percuta_evidence_row *row);

/* The scenario that stands for the conditions of a row; owned by the caller. */
enum percuta_status percuta_validate_row_conditions(const struct percuta_catalogue *catalogue,
                                                    const struct percuta_evidence_row *row,
                                                    struct percuta_diag *diag,
                                                    struct percuta_scenario **out);
/* The same without opening a file: `like` was read for a row that names the same scenario. */
enum percuta_status percuta_validate_row_conditions_like(const struct percuta_scenario *like,
                                                         const struct percuta_evidence_row *row,
                                                         struct percuta_diag *diag,
                                                         struct percuta_scenario **out);
/* A predicted value [SI] in the unit of a row; NAN when it is of another kind. */
double percuta_validate_row_in_unit(const struct percuta_units *units,
                                    const struct percuta_predictor *predictor, const char *unit,
                                    double value);

/* *out for a row that is predicted by `predictor` (NULL: not at all), nothing predicted yet. A band
 * that cannot be read goes to `diag`. */
enum percuta_status percuta_validate_row_open(const struct percuta_evidence_row *row,
                                              const struct percuta_predictor *predictor,
                                              struct percuta_diag *diag,
                                              struct percuta_comparison *out);
/* Puts what was found [SI] into the row's unit, and judges it. */
enum percuta_status percuta_validate_row_conclude(const struct percuta_units *units,
                                                  const struct percuta_predictor *predictor,
                                                  const struct percuta_prediction *found,
                                                  struct percuta_diag *diag,
                                                  struct percuta_comparison *item);
/* Says what is wrong with a row; PERCUTA_BAD_INPUT. */
enum percuta_status percuta_validate_row_mistake(struct percuta_diag *diag,
                                                 const struct percuta_evidence_row *row,
                                                 const char *what);

#endif
