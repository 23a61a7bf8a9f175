#include "course/trial.h"

static const struct percuta_run_options NO_TRACE = {.progress = PERCUTA_PROGRESS_QUIET};

enum percuta_status percuta_trial_run(const struct percuta_scenario *scenario,
                                      struct percuta_diag *diag, struct percuta_trial *out) {
  *out = (struct percuta_trial){.run = {.scenario = scenario, .options = &NO_TRACE}};
  enum percuta_status status = percuta_course_prepare(&out->run, diag);
  if (status != PERCUTA_OK)
    return status;
  PetscErrorCode code = percuta_course_follow(PETSC_COMM_SELF, &out->run, &status);
  if (code)
    status = code == PETSC_ERR_MEM ? PERCUTA_MEMORY : PERCUTA_NUMERICS;
  if (status != PERCUTA_OK)
    percuta_trial_clear(out);
  return status;
}

void percuta_trial_clear(struct percuta_trial *trial) {
  (void)percuta_course_clear(&trial->run);
  *trial = (struct percuta_trial){.run = {.scenario = NULL}};
}
