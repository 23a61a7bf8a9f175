/* SUNDIALS ARKODE: diagonally implicit Runge-Kutta of order 3, Newton's method with GMRES, and the
 * split inverse as preconditioner. Of the settings tried (left or right, looser or tighter solves)
 * these take the fewest evaluations. */
#include "stepping.h"

#include <arkode/arkode_arkstep.h>
#include <math.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_spgmr.h>

static int rate(realtype time, N_Vector u, N_Vector out, void *context) {
  struct stepping *job = context;
  return (int)percuta_numerics_motion_rate(job->motion, time, N_VGetArrayPointer(u),
                                           N_VGetArrayPointer(out));
}

/* I - gamma J = gamma (1/gamma I - J) */
static int set_up(realtype time, N_Vector u, N_Vector rate_there, booleantype may_keep,
                  booleantype *renewed, realtype gamma, void *context) {
  (void)rate_there, (void)may_keep;
  *renewed = SUNTRUE;
  return (int)stepping_factor(context, time, 1.0 / gamma, N_VGetArrayPointer(u));
}

static int solve(realtype time, N_Vector u, N_Vector rate_there, N_Vector r, N_Vector z,
                 realtype gamma, realtype delta, int side, void *context) {
  struct stepping *job = context;
  (void)time, (void)u, (void)rate_there, (void)delta, (void)side;
  const int failed = (int)percuta_numerics_splitting_solve(job->splitting, N_VGetArrayPointer(r),
                                                           N_VGetArrayPointer(z));
  N_VScale(1.0 / gamma, z, z);
  return failed;
}

static int lift(realtype time, N_Vector u, void *context) {
  double *value = N_VGetArrayPointer(u);
  (void)time, (void)context;
  for (sunindextype i = 0; i < N_VGetLength(u); ++i)
    value[i] = value[i] > 0 ? value[i] : 0;
  return 0;
}

static int follow(struct stepping *job, SUNContext sun, double *state) {
  const sunindextype n = (sunindextype)(job->mesh->local * (size_t)job->problem->fields);
  N_Vector u = N_VMake_Serial(n, state, sun), absolute = N_VNew_Serial(n, sun);
  void *ark = ARKStepCreate(NULL, rate, 0.0, u, sun);
  SUNLinearSolver gmres = SUNLinSol_SPGMR(u, SUN_PREC_RIGHT, 30, sun);
  long tested = 0;
  realtype reached;
  stepping_absolute(job, N_VGetArrayPointer(absolute));
  int failed = ARKStepSetUserData(ark, job) || ARKStepSetOrder(ark, 3) ||
               ARKStepSVtolerances(ark, job->tolerance, absolute) ||
               ARKStepSetLinearSolver(ark, gmres, NULL) ||
               ARKStepSetPreconditioner(ark, set_up, solve) || ARKStepSetNonlinConvCoef(ark, 0.5) ||
               ARKStepSetEpsLin(ark, 0.2) || ARKStepSetMaxNonlinIters(ark, 6) ||
               ARKStepSetInitStep(ark, 1.0) || ARKStepSetMaxNumSteps(ark, 1000000) ||
               ARKStepSetStopTime(ark, job->end) || ARKStepSetPostprocessStepFn(ark, lift) ||
               ARKStepEvolve(ark, job->end, u, &reached, ARK_NORMAL) < 0;
  ARKStepGetNumSteps(ark, &job->steps);
  ARKStepGetNumErrTestFails(ark, &tested);
  job->rejected = tested;
  ARKStepFree(&ark);
  SUNLinSolFree(gmres);
  N_VDestroy(absolute);
  N_VDestroy(u);
  return failed;
}

PetscErrorCode stepping_arkode(struct stepping *job) {
  PetscScalar *state;
  SUNContext sun;
  PetscFunctionBeginUser;
  PetscCheck(SUNContext_Create(NULL, &sun) == 0, PETSC_COMM_SELF, PETSC_ERR_LIB, "SUNDIALS");
  PetscCall(VecGetArray(job->state, &state));
  const int failed = follow(job, sun, state);
  PetscCall(VecRestoreArray(job->state, &state));
  SUNContext_Free(&sun);
  PetscCheck(!failed, PETSC_COMM_SELF, PETSC_ERR_CONV_FAILED, "ARKODE");
  PetscFunctionReturn(PETSC_SUCCESS);
}
