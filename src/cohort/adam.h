/* A trial as files for statisticians. */
#ifndef PERCUTA_COHORT_ADAM_H
#define PERCUTA_COHORT_ADAM_H

#include "cohort/trial.h"

/* Writes ADSL.csv and ADEFF.csv, names as in CDISC's ADaM, and trial.csv, the comparisons, into
 * `folder`, each whole or not at all. */
enum percuta_status percuta_cohort_adam_write(const struct percuta_cohort_trial *trial,
                                              const char *folder);

#endif
