/* What Percuta predicts for a published quantity: named functions of a scenario. */
#ifndef PERCUTA_VALIDATE_PREDICTOR_H
#define PERCUTA_VALIDATE_PREDICTOR_H

#include "scenario/scenario.h"

struct percuta_trial; /* course/trial.h */

/* A predicted quantity [SI]. `low` and `high` are NAN unless the stage itself knows an interval;
 * then one is drawn from the ranges of the parameters (interval.h). */
struct percuta_prediction {
  double value, low, high;
};

/* Predicts one quantity from `scenario`; mistakes are added to `diag`. A quantity that does not
 * come about, such as the depth of a needle that does not get in, is 0. */
typedef enum percuta_status percuta_predictor_fn(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_prediction *out);

/* The same of a specimen, a text as specimen.h reads it; the scenario gives the parameters. */
typedef enum percuta_status percuta_predictor_specimen_fn(const struct percuta_scenario *scenario,
                                                          const char *specimen,
                                                          struct percuta_diag *diag,
                                                          struct percuta_prediction *out);

/* What is read off a course that was followed, so that one course can answer several predictors.
 * 0 for what does not come about; NAN when it cannot be read. */
typedef double percuta_measure_fn(const struct percuta_trial *trial);

/* One of the three functions is not NULL. */
struct percuta_predictor {
  const char *name;
  percuta_predictor_fn *function;
  percuta_predictor_specimen_fn *of_specimen;
  percuta_measure_fn *of_course;
  const char *unit;    /* SI unit of the prediction, as UDUNITS-2 reads it; "1" for pure numbers */
  const char *tables;  /* parameter tables it rests on, between spaces: " skin insertion " */
  const char *meaning; /* one phrase */
};

/* The predictor called `name`, or NULL. */
const struct percuta_predictor *percuta_validate_predictor_find(const char *name);

/* Predicts by whichever function there is; `specimen` is not read where none is asked for, and a
 * course is followed for this prediction alone. */
enum percuta_status percuta_validate_predictor_call(const struct percuta_predictor *predictor,
                                                    const struct percuta_scenario *scenario,
                                                    const char *specimen, struct percuta_diag *diag,
                                                    struct percuta_prediction *out);

#define PERCUTA_PREDICTOR(name, function, unit, tables, meaning) percuta_predictor_fn function;
#define PERCUTA_PREDICTOR_OF_SPECIMEN(name, function, unit, tables, meaning)                       \
  percuta_predictor_specimen_fn function;
#define PERCUTA_PREDICTOR_OF_COURSE(name, function, unit, tables, meaning)                         \
  percuta_measure_fn function;
#include "validate/predictors.def"
#undef PERCUTA_PREDICTOR
#undef PERCUTA_PREDICTOR_OF_SPECIMEN
#undef PERCUTA_PREDICTOR_OF_COURSE

#endif
