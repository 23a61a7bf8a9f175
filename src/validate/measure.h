/* What is read off a course that was followed: one number [SI] for each predictor of the stage
 * healing, so that one course can answer several of them. */
#ifndef PERCUTA_VALIDATE_MEASURE_H
#define PERCUTA_VALIDATE_MEASURE_H

#include "course/trial.h"

/* 0 for what does not come about; NAN when it cannot be read. */
typedef double percuta_measure_fn(const struct percuta_trial *trial);

/* The measure of the predictor called `name`, or NULL when it is of another kind. */
percuta_measure_fn *percuta_validate_healing_find(const char *name);

/* Whether it reads nothing but the timeline of a run with these parts of the model: then it can be
 * asked of a trial that has no track and no state. */
bool percuta_validate_healing_in_timeline(const char *name, unsigned parts);

#endif
