/* PETSc's steppers: TSROSW with the split inverse alone, as Percuta's own one solves its stages;
 * TSARKIMEX (all implicit) by Newton's method, with products with the Jacobian by differences and
 * the split inverse as preconditioner. */
#include "stepping.h"

#include <petscts.h>

/* F(t, u, u') = u' - rate(t, u) */
static PetscErrorCode residual(TS ts, PetscReal time, Vec u, Vec derivative, Vec out,
                               void *context) {
  struct stepping *job = context;
  const PetscScalar *from;
  PetscScalar *to;
  PetscFunctionBeginUser;
  (void)ts;
  PetscCall(VecGetArrayRead(u, &from));
  PetscCall(VecGetArrayWrite(out, &to));
  PetscCall(percuta_numerics_motion_rate(job->motion, time, from, to));
  PetscCall(VecRestoreArrayWrite(out, &to));
  PetscCall(VecRestoreArrayRead(u, &from));
  PetscCall(VecAYPX(out, -1.0, derivative));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode factor(TS ts, PetscReal time, Vec u, Vec derivative, PetscReal shift, Mat a,
                             Mat p, void *context) {
  const PetscScalar *from;
  PetscFunctionBeginUser;
  (void)ts, (void)derivative;
  PetscCall(VecGetArrayRead(u, &from));
  PetscCall(stepping_factor(context, time, shift, from));
  PetscCall(VecRestoreArrayRead(u, &from));
  PetscCall(MatAssemblyBegin(p, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(p, MAT_FINAL_ASSEMBLY));
  if (a != p) {
    PetscCall(MatAssemblyBegin(a, MAT_FINAL_ASSEMBLY));
    PetscCall(MatAssemblyEnd(a, MAT_FINAL_ASSEMBLY));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode apply(PC pc, Vec b, Vec x) {
  struct stepping *job;
  const PetscScalar *from;
  PetscScalar *to;
  PetscFunctionBeginUser;
  PetscCall(PCShellGetContext(pc, &job));
  PetscCall(VecGetArrayRead(b, &from));
  PetscCall(VecGetArrayWrite(x, &to));
  PetscCall(percuta_numerics_splitting_solve(job->splitting, from, to));
  PetscCall(VecRestoreArrayWrite(x, &to));
  PetscCall(VecRestoreArrayRead(b, &from));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Values below zero are lifted to it, as Percuta's stepper does. */
static PetscErrorCode lift(TS ts) {
  Vec u;
  PetscScalar *value;
  PetscInt n;
  PetscFunctionBeginUser;
  PetscCall(TSGetSolution(ts, &u));
  PetscCall(VecGetLocalSize(u, &n));
  PetscCall(VecGetArray(u, &value));
  for (PetscInt i = 0; i < n; ++i)
    value[i] = value[i] > 0 ? value[i] : 0;
  PetscCall(VecRestoreArray(u, &value));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* `newton`: the system of a stage is not linear; else one application of the inverse is all. */
static PetscErrorCode set_solver(struct stepping *job, TS ts, Mat shell, bool newton) {
  SNES snes;
  KSP ksp;
  PC pc;
  PetscFunctionBeginUser;
  PetscCall(TSGetSNES(ts, &snes));
  PetscCall(SNESGetKSP(snes, &ksp));
  if (newton) {
    PetscCall(PetscOptionsSetValue(NULL, "-snes_mf_operator", NULL)); /* by differences */
    PetscCall(SNESSetTolerances(snes, PETSC_DEFAULT, 1e-3, PETSC_DEFAULT, 10, PETSC_DEFAULT));
    PetscCall(KSPSetType(ksp, KSPGMRES));
    PetscCall(KSPSetTolerances(ksp, 1e-2, PETSC_DEFAULT, PETSC_DEFAULT, 30));
  } else {
    PetscCall(SNESSetType(snes, SNESKSPONLY));
    PetscCall(KSPSetType(ksp, KSPPREONLY));
  }
  PetscCall(KSPGetPC(ksp, &pc));
  PetscCall(PCSetType(pc, PCSHELL));
  PetscCall(PCShellSetContext(pc, job));
  PetscCall(PCShellSetApply(pc, apply));
  PetscCall(TSSetIJacobian(ts, shell, shell, factor, job));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode follow(struct stepping *job, TSType type, bool newton) {
  const PetscInt n = (PetscInt)(job->mesh->local * (size_t)job->problem->fields);
  PetscScalar *array;
  PetscInt steps, rejected;
  Vec absolute;
  Mat shell;
  TSAdapt adapt;
  TS ts;
  PetscFunctionBeginUser;
  PetscCall(MatCreateShell(PETSC_COMM_SELF, n, n, n, n, job, &shell));
  PetscCall(VecDuplicate(job->state, &absolute));
  PetscCall(VecGetArrayWrite(absolute, &array));
  stepping_absolute(job, array);
  PetscCall(VecRestoreArrayWrite(absolute, &array));
  PetscCall(TSCreate(PETSC_COMM_SELF, &ts));
  PetscCall(TSSetProblemType(ts, TS_NONLINEAR));
  PetscCall(TSSetType(ts, type));
  if (newton)
    PetscCall(TSARKIMEXSetFullyImplicit(ts, PETSC_TRUE));
  else
    PetscCall(TSRosWSetType(ts, TSROSWRA34PW2));
  PetscCall(TSSetIFunction(ts, NULL, residual, job));
  PetscCall(set_solver(job, ts, shell, newton));
  PetscCall(TSSetTolerances(ts, PETSC_DECIDE, absolute, job->tolerance, NULL));
  PetscCall(TSGetAdapt(ts, &adapt));
  PetscCall(TSAdaptSetType(adapt, TSADAPTBASIC));
  PetscCall(TSSetMaxStepRejections(ts, 25));
  PetscCall(TSSetMaxSNESFailures(ts, -1));
  PetscCall(TSSetTimeStep(ts, 1.0));
  PetscCall(TSSetMaxTime(ts, job->end));
  PetscCall(TSSetMaxSteps(ts, PETSC_MAX_INT - 1));
  PetscCall(TSSetExactFinalTime(ts, TS_EXACTFINALTIME_MATCHSTEP));
  PetscCall(TSSetPostStep(ts, lift));
  PetscCall(TSSetFromOptions(ts));
  PetscCall(TSSolve(ts, job->state));
  PetscCall(TSGetStepNumber(ts, &steps));
  PetscCall(TSGetStepRejections(ts, &rejected));
  job->steps = steps;
  job->rejected = rejected;
  PetscCall(TSDestroy(&ts));
  PetscCall(MatDestroy(&shell));
  PetscCall(VecDestroy(&absolute));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode stepping_rosw(struct stepping *job) {
  return follow(job, TSROSW, false);
}

PetscErrorCode stepping_arkimex(struct stepping *job) {
  return follow(job, TSARKIMEX, true);
}
