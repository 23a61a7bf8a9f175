/* The keys of a study's file. Internal to cohort/. */
#ifndef PERCUTA_COHORT_FILE_H
#define PERCUTA_COHORT_FILE_H

#include "cohort/plan.h"

/* Takes all keys of plan->document into the plan, but checks no arm. All mistakes go to `diag`. */
enum percuta_status percuta_cohort_file_read(struct percuta_cohort_plan *plan,
                                             struct percuta_diag *diag);

#endif
