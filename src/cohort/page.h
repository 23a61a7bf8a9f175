/* The page of a study, report.html. */
#ifndef PERCUTA_COHORT_PAGE_H
#define PERCUTA_COHORT_PAGE_H

#include "cohort/summary.h"
#include "cohort/trial.h"

/* Writes report.html into `folder`, whole or not at all. `trial` (NULL: there is none) is of the
 * same rows. */
enum percuta_status percuta_cohort_page_write(const struct percuta_cohort_plan *plan,
                                              struct percuta_cohort_store *store,
                                              const struct percuta_cohort_trial *trial,
                                              const char *folder);

#endif
