/* What predictors of the stage healing read off a course (percuta_measure_fn), read off a record.
 */
#ifndef PERCUTA_VALIDATE_MEASURE_H
#define PERCUTA_VALIDATE_MEASURE_H

#include "outcome/outcomes.h"

/* The measure of the predictor called `name` read off a record alone, where it is one of the end of
 * a study at `time`; NAN when it takes more than a record, or this one does not have it. */
double percuta_validate_healing_off_record(const char *name, const struct percuta_record *record,
                                           struct percuta_outcome_time time);

#endif
