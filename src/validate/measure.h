/* What is read off a course that was followed: one number [SI] for each predictor of the stage
 * healing, so that one course can answer several of them. */
#ifndef PERCUTA_VALIDATE_MEASURE_H
#define PERCUTA_VALIDATE_MEASURE_H

#include "course/trial.h"
#include "outcome/outcomes.h"

/* 0 for what does not come about; NAN when it cannot be read. */
typedef double percuta_measure_fn(const struct percuta_trial *trial);

/* The measure of the predictor called `name`, or NULL when it is of another kind. */
percuta_measure_fn *percuta_validate_healing_find(const char *name);

/* The measure of the predictor called `name` read off a record alone, where it is one of the end of
 * a study at `time`; NAN when it takes more than a record, or this one does not have it. */
double percuta_validate_healing_off_record(const char *name, const struct percuta_record *record,
                                           struct percuta_outcome_time time);

#endif
