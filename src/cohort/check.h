/* Whether a study's arms and people hold. Internal to cohort/. */
#ifndef PERCUTA_COHORT_CHECK_H
#define PERCUTA_COHORT_CHECK_H

#include "cohort/plan.h"

/* Reads every arm (of very many a thousand) and some of the people as scenarios, and sets
 * plan->hash. Mistakes go to `diag`. */
enum percuta_status percuta_cohort_check(struct percuta_cohort_plan *plan,
                                         struct percuta_diag *diag);

#endif
