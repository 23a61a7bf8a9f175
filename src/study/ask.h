/* The questions answered: each with a number, its interval from what the calibration leaves open,
 * and yes, no or open. */
#ifndef PERCUTA_STUDY_ASK_H
#define PERCUTA_STUDY_ASK_H

#include "base/diag.h"
#include "numerics/deal.h"
#include "study/questions.h"

enum percuta_ask_verdict { PERCUTA_ASK_YES, PERCUTA_ASK_NO, PERCUTA_ASK_OPEN };

struct percuta_ask_answer {
  double value, low, high;          /* as shipped; 5th and 95th percentile of the draws */
  double probability;               /* share of the draws that say yes; without draws 0 or 1 */
  enum percuta_ask_verdict verdict; /* yes or no: nine draws in ten, and the model as shipped */
};

/* Answers all questions into `out` (percuta_study_questions_count of them). The interval comes from
 * up to `draws` of the joint draws of data/fit/draws.csv, spread evenly over them, each with its
 * core; with 0 draws, or without that file, it is the value.
 * Mistakes go to `diag`. PETSc must have been started. Collective over the crew (NULL: alone). */
enum percuta_status percuta_study_ask_all(const struct percuta_catalogue *catalogue, int draws,
                                          const struct percuta_crew *crew,
                                          struct percuta_diag *diag,
                                          struct percuta_ask_answer *out);

const char *percuta_study_ask_word(enum percuta_ask_verdict verdict);

/* Writes questions.csv and page.md into `folder`. */
enum percuta_status percuta_study_ask_write(const struct percuta_ask_answer *answer,
                                            const char *folder);

#endif
