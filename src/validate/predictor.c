/* The table of predictors.def.
 * Tests: tests/unit/test_validate.c, test_permeation_rows.c. */
#include "validate/predictor.h"

#include <math.h>
#include <string.h>

#include "course/trial.h"

static const struct percuta_predictor PREDICTORS[] = {
#define PERCUTA_PREDICTOR(name, function, unit, tables, meaning)                                   \
  {name, function, NULL, NULL, unit, tables, meaning},
#define PERCUTA_PREDICTOR_OF_SPECIMEN(name, function, unit, tables, meaning)                       \
  {name, NULL, function, NULL, unit, tables, meaning},
#define PERCUTA_PREDICTOR_OF_COURSE(name, function, unit, tables, meaning)                         \
  {name, NULL, NULL, function, unit, tables, meaning},
#include "validate/predictors.def"
#undef PERCUTA_PREDICTOR
#undef PERCUTA_PREDICTOR_OF_SPECIMEN
#undef PERCUTA_PREDICTOR_OF_COURSE
};

const struct percuta_predictor *percuta_validate_predictor_find(const char *name) {
  for (size_t i = 0; i < sizeof PREDICTORS / sizeof *PREDICTORS; i++)
    if (strcmp(PREDICTORS[i].name, name) == 0)
      return &PREDICTORS[i];
  return NULL;
}

static enum percuta_status follow(const struct percuta_predictor *predictor,
                                  const struct percuta_scenario *scenario,
                                  struct percuta_diag *diag, struct percuta_prediction *out) {
  struct percuta_trial trial;
  PERCUTA_TRY(percuta_course_trial_run(scenario, NULL, diag, &trial));
  *out = (struct percuta_prediction){predictor->of_course(&trial), NAN, NAN};
  percuta_course_trial_clear(&trial);
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_predictor_call(const struct percuta_predictor *predictor,
                                                    const struct percuta_scenario *scenario,
                                                    const char *specimen, struct percuta_diag *diag,
                                                    struct percuta_prediction *out) {
  return predictor->function      ? predictor->function(scenario, diag, out)
         : predictor->of_specimen ? predictor->of_specimen(scenario, specimen, diag, out)
                                  : follow(predictor, scenario, diag, out);
}
