/* Method     Rosenbrock-W of order 3 with an embedded order 2 (ra34pw2, Rang & Angermann 2005, BIT
 *            45:761), L-stable; the step size follows the error estimate (TSAdapt basic).
 * Solves     one application of the splitting per stage (splitting.c); no iteration.
 * Restart    a step depends on nothing but time, state and next step, so that these three make a
 *            checkpoint from which a run goes on bit by bit.
 * Verified   tests/verification/test_stepper.c
 */
#include "numerics/stepper.h"

#include <math.h>

#include "numerics/motion.h"
#include "numerics/splitting.h"

struct percuta_stepper {
  const struct percuta_mesh *mesh;       /* borrowed */
  const struct percuta_problem *problem; /* borrowed */
  TS ts;                                 /* owned */
  Vec state;                             /* owned */
  Vec before;                            /* owned; the state at the start of a step */
  Mat matrix;                            /* owned; a shell that stands for shift I - J */
  struct percuta_motion_work *motion;    /* owned */
  struct percuta_splitting *splitting;   /* owned */
  struct percuta_stepper_clock clock;
  double shortest_step, longest_step;     /* [s] */
  struct percuta_stepper_failure failure; /* of the step being tried, or the last */
  bool looking;                           /* into a failed step */
  double largest_change;                  /* that looking has met */
};

/* No field of a sane problem comes near; squares of what is below can still be summed. */
static const double LARGEST_VALUE = 1e100;

/* F(t, u, u') = u' - rate(t, u), the form in which TS takes an implicit problem. */
static PetscErrorCode residual(TS ts, PetscReal time, Vec u, Vec derivative, Vec out,
                               void *context) {
  struct percuta_stepper *stepper = context;
  const PetscScalar *from, *slope;
  PetscScalar *to;
  PetscInt n;

  PetscFunctionBeginUser;
  (void)ts;
  PetscCall(VecGetLocalSize(u, &n));
  PetscCall(VecGetArrayRead(u, &from));
  PetscCall(VecGetArrayWrite(out, &to));
  PetscCall(percuta_numerics_motion_rate(stepper->motion, time, from, to));
  PetscCall(VecGetArrayRead(derivative, &slope));
  for (PetscInt i = 0; i < n; ++i)
    to[i] = slope[i] - to[i];
  PetscCall(VecRestoreArrayRead(derivative, &slope));
  PetscCall(VecRestoreArrayWrite(out, &to));
  PetscCall(VecRestoreArrayRead(u, &from));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode factor(TS ts, PetscReal time, Vec u, Vec derivative, PetscReal shift, Mat a,
                             Mat p, void *context) {
  struct percuta_stepper *stepper = context;
  const PetscScalar *from;

  PetscFunctionBeginUser;
  (void)ts, (void)derivative;
  PetscCall(VecGetArrayRead(u, &from));
  PetscCall(percuta_numerics_splitting_factor(stepper->splitting, time, shift, from));
  PetscCall(VecRestoreArrayRead(u, &from));
  PetscCall(MatAssemblyBegin(p, MAT_FINAL_ASSEMBLY));
  PetscCall(MatAssemblyEnd(p, MAT_FINAL_ASSEMBLY));
  if (a != p) {
    PetscCall(MatAssemblyBegin(a, MAT_FINAL_ASSEMBLY));
    PetscCall(MatAssemblyEnd(a, MAT_FINAL_ASSEMBLY));
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Notes value number `at` of this rank's state in the report of a failure. */
static void blame(struct percuta_stepper *stepper, size_t at, double from, double value) {
  const struct percuta_mesh *mesh = stepper->mesh;
  struct percuta_stepper_failure *failure = &stepper->failure;
  size_t cell = at % mesh->local, row = cell / (size_t)mesh->nx;
  failure->field = (int)(at / mesh->local);
  failure->i = (int)(cell % (size_t)mesh->nx);
  failure->j = mesh->y_start + (int)(row % (size_t)mesh->y_count);
  failure->k = (int)(row / (size_t)mesh->y_count);
  failure->from = from;
  failure->value = value;
}

/* Blames the first value of a stage that is no number; else, when a failed step is looked into, the
 * one that has changed most in its first try, measured by the tolerance. */
static PetscErrorCode look_into(struct percuta_stepper *stepper, const double *stage, PetscInt n,
                                bool bad) {
  const PetscScalar *before, *scale;
  PetscReal relative;
  Vec absolute;

  PetscFunctionBeginUser;
  PetscCall(TSGetTolerances(stepper->ts, NULL, &absolute, &relative, NULL));
  PetscCall(VecGetArrayRead(absolute, &scale));
  PetscCall(VecGetArrayRead(stepper->before, &before));
  for (PetscInt i = 0; i < n; ++i) {
    double change = fabs(stage[i] - before[i]) / (scale[i] + relative * fabs(before[i]));
    if (bad ? fabs(stage[i]) <= LARGEST_VALUE : change <= stepper->largest_change)
      continue;
    blame(stepper, (size_t)i, before[i], stage[i]);
    stepper->largest_change = change;
    stepper->failure.finite = !bad;
    if (bad)
      break;
  }
  PetscCall(VecRestoreArrayRead(stepper->before, &before));
  PetscCall(VecRestoreArrayRead(absolute, &scale));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Refuses a stage with a value that is no number or absurd, so that the step is tried again with a
 * smaller size. */
static PetscErrorCode check_stage(TS ts, PetscReal time, Vec stage, PetscBool *accept) {
  struct percuta_stepper *stepper;
  const PetscScalar *value;
  PetscInt n;
  double step;
  int bad = 0;

  PetscFunctionBeginUser;
  (void)time;
  PetscCall(TSGetApplicationContext(ts, &stepper));
  struct percuta_stepper_failure *failure = &stepper->failure;
  PetscCall(TSGetTimeStep(ts, &step));
  failure->longest = fmax(failure->longest, step);
  failure->shortest = fmin(failure->shortest, step);
  PetscCall(VecGetLocalSize(stage, &n));
  PetscCall(VecGetArrayRead(stage, &value));
  for (PetscInt i = 0; i < n; ++i)
    bad |= !(fabs(value[i]) <= LARGEST_VALUE);
  if (bad ? failure->finite : stepper->looking && step >= failure->longest)
    PetscCall(look_into(stepper, value, n, bad));
  PetscCall(VecRestoreArrayRead(stage, &value));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &bad, 1, MPI_INT, MPI_MAX, stepper->mesh->comm));
  *accept = bad ? PETSC_FALSE : PETSC_TRUE;
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode apply(PC pc, Vec b, Vec x) {
  struct percuta_stepper *stepper;
  const PetscScalar *from;
  PetscScalar *to;

  PetscFunctionBeginUser;
  PetscCall(PCShellGetContext(pc, &stepper));
  PetscCall(VecGetArrayRead(b, &from));
  PetscCall(VecGetArrayWrite(x, &to));
  PetscCall(percuta_numerics_splitting_solve(stepper->splitting, from, to));
  PetscCall(VecRestoreArrayWrite(x, &to));
  PetscCall(VecRestoreArrayRead(b, &from));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode set_solver(struct percuta_stepper *stepper) {
  SNES snes;
  KSP ksp;
  PC pc;

  PetscFunctionBeginUser;
  PetscCall(TSGetSNES(stepper->ts, &snes));
  PetscCall(SNESSetType(snes, SNESKSPONLY));
  PetscCall(SNESGetKSP(snes, &ksp));
  PetscCall(KSPSetType(ksp, KSPPREONLY));
  PetscCall(KSPGetPC(ksp, &pc));
  PetscCall(PCSetType(pc, PCSHELL));
  PetscCall(PCShellSetContext(pc, stepper));
  PetscCall(PCShellSetApply(pc, apply));
  PetscCall(PCShellSetName(pc, "approximate matrix factorisation"));
  PetscFunctionReturn(PETSC_SUCCESS);
}

static PetscErrorCode set_tolerances(struct percuta_stepper *stepper,
                                     struct percuta_stepper_options options) {
  Vec absolute;
  PetscScalar *array;
  TSAdapt adapt;

  PetscFunctionBeginUser;
  PetscCall(VecDuplicate(stepper->state, &absolute));
  PetscCall(VecGetArrayWrite(absolute, &array));
  for (int f = 0; f < stepper->problem->fields; ++f) {
    for (size_t i = 0; i < stepper->mesh->local; ++i) {
      array[(size_t)f * stepper->mesh->local + i] = options.tolerance * options.scale[f];
    }
  }
  PetscCall(VecRestoreArrayWrite(absolute, &array));
  PetscCall(TSSetTolerances(stepper->ts, PETSC_DECIDE, absolute, options.tolerance, NULL));
  PetscCall(VecDestroy(&absolute));
  PetscCall(TSGetAdapt(stepper->ts, &adapt));
  PetscCall(TSAdaptSetType(adapt, TSADAPTBASIC));
  PetscCall(TSAdaptSetStepLimits(adapt, stepper->shortest_step, options.longest_step));
  /* enough for a refused stage, which quarters the step, to come down from days to that */
  PetscCall(TSSetMaxStepRejections(stepper->ts, 25));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_stepper_create(const struct percuta_mesh *mesh,
                                               const struct percuta_problem *problem,
                                               struct percuta_stepper_options options,
                                               struct percuta_stepper **out) {
  struct percuta_stepper *stepper;

  PetscFunctionBeginUser;
  PetscCall(PetscNew(&stepper));
  stepper->mesh = mesh;
  stepper->problem = problem;
  stepper->clock.next_step = options.first_step;
  stepper->shortest_step = 1e-6 * options.first_step;
  stepper->longest_step = options.longest_step;
  PetscCall(percuta_numerics_mesh_create_state(mesh, &stepper->state));
  PetscCall(VecDuplicate(stepper->state, &stepper->before));
  PetscCall(percuta_numerics_motion_create(mesh, problem, &stepper->motion));
  PetscCall(percuta_numerics_splitting_create(mesh, problem, &stepper->splitting));
  PetscInt n = (PetscInt)(mesh->local * (size_t)problem->fields);
  PetscCall(MatCreateShell(mesh->comm, n, n, PETSC_DETERMINE, PETSC_DETERMINE, stepper,
                           &stepper->matrix));
  PetscCall(TSCreate(mesh->comm, &stepper->ts));
  PetscCall(TSSetProblemType(stepper->ts, TS_NONLINEAR));
  PetscCall(TSSetType(stepper->ts, TSROSW));
  PetscCall(TSRosWSetType(stepper->ts, TSROSWRA34PW2));
  PetscCall(TSSetIFunction(stepper->ts, NULL, residual, stepper));
  PetscCall(TSSetIJacobian(stepper->ts, stepper->matrix, stepper->matrix, factor, stepper));
  PetscCall(TSSetApplicationContext(stepper->ts, stepper));
  PetscCall(TSSetFunctionDomainError(stepper->ts, check_stage));
  PetscCall(TSSetSolution(stepper->ts, stepper->state));
  PetscCall(TSSetMaxSteps(stepper->ts, PETSC_MAX_INT - 1));
  PetscCall(TSSetMaxTime(stepper->ts, 0.5 * PETSC_MAX_REAL));
  PetscCall(TSSetExactFinalTime(stepper->ts, TS_EXACTFINALTIME_STEPOVER));
  PetscCall(TSSetErrorIfStepFails(stepper->ts, PETSC_FALSE));
  PetscCall(set_tolerances(stepper, options));
  PetscCall(set_solver(stepper));
  PetscCall(TSSetFromOptions(stepper->ts));
  PetscCall(TSSetTime(stepper->ts, 0.0));
  PetscCall(TSSetUp(stepper->ts));
  *out = stepper;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_stepper_destroy(struct percuta_stepper **stepper) {
  struct percuta_stepper *s = *stepper;

  PetscFunctionBeginUser;
  if (!s)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(TSDestroy(&s->ts));
  PetscCall(MatDestroy(&s->matrix));
  PetscCall(percuta_numerics_splitting_destroy(&s->splitting));
  PetscCall(percuta_numerics_motion_destroy(&s->motion));
  PetscCall(VecDestroy(&s->before));
  PetscCall(VecDestroy(&s->state));
  PetscCall(PetscFree(*stepper));
  PetscFunctionReturn(PETSC_SUCCESS);
}

Vec percuta_numerics_stepper_state(const struct percuta_stepper *stepper) {
  return stepper->state;
}

struct percuta_stepper_clock *percuta_numerics_stepper_clock(struct percuta_stepper *stepper) {
  return &stepper->clock;
}

/* Lifts values below zero and books how much that was of each field's total. */
static PetscErrorCode lift(struct percuta_stepper *stepper) {
  int fields = stepper->problem->fields;
  const struct percuta_mesh *mesh = stepper->mesh;
  size_t local = mesh->local, nx = (size_t)mesh->nx;
  double sums[2 * PERCUTA_PROBLEM_MAX_FIELDS] = {0}; /* lifted, total of each field */
  const double *face = mesh->grid->z_face;
  PetscScalar *array;

  PetscFunctionBeginUser;
  PetscCall(VecGetArray(stepper->state, &array));
  for (int f = 0; f < fields; ++f) {
    for (size_t row = 0; row < local / nx; ++row) {
      double *value = array + (size_t)f * local + row * nx;
      size_t k = row / (size_t)mesh->y_count;
      double height = face[k + 1] - face[k];
      double lifted = 0.0, total = 0.0;
      for (size_t i = 0; i < nx; ++i) {
        lifted -= mesh->weight[i] * fmin(value[i], 0.0);
        value[i] = fmax(value[i], 0.0);
        total += mesh->weight[i] * value[i];
      }
      sums[f] += height * lifted;
      sums[fields + f] += height * total;
    }
  }
  PetscCall(VecRestoreArray(stepper->state, &array));
  PetscCallMPI(
      MPI_Allreduce(MPI_IN_PLACE, sums, 2 * fields, MPI_DOUBLE, MPI_SUM, stepper->mesh->comm));
  for (int f = 0; f < fields; ++f) {
    stepper->clock.totals.clipped[f] += sums[f];
    stepper->clock.totals.most[f] = fmax(stepper->clock.totals.most[f], sums[fields + f]);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Lets PETSc try from `stepper->clock.time`, first with `step`. */
static PetscErrorCode try_step(struct percuta_stepper *stepper, double step,
                               TSConvergedReason *reason, long *rejected) {
  PetscInt before, after;

  PetscFunctionBeginUser;
  PetscCall(TSSetTime(stepper->ts, stepper->clock.time));
  PetscCall(TSSetTimeStep(stepper->ts, step));
  PetscCall(TSSetConvergedReason(stepper->ts, TS_CONVERGED_ITERATING));
  PetscCall(TSRestartStep(stepper->ts));
  PetscCall(TSGetStepRejections(stepper->ts, &before));
  PetscCall(TSStep(stepper->ts));
  PetscCall(TSGetConvergedReason(stepper->ts, reason));
  PetscCall(TSGetStepRejections(stepper->ts, &after));
  *rejected = after - before;
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Puts the state back and completes the report. If no value went out of bounds, the step is tried
 * once more for the sake of the report, now with an eye on every change. */
static PetscErrorCode give_up(struct percuta_stepper *stepper, double step) {
  MPI_Comm comm = stepper->mesh->comm;
  TSConvergedReason reason;
  long rejected;
  int finite = stepper->failure.finite;
  struct {
    double score;
    int rank;
  } worst;

  PetscFunctionBeginUser;
  PetscCall(VecCopy(stepper->before, stepper->state));
  PetscCallMPI(MPI_Comm_rank(comm, &worst.rank));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &finite, 1, MPI_INT, MPI_MIN, comm));
  if (finite) {
    stepper->looking = true;
    PetscCall(try_step(stepper, step, &reason, &rejected));
    PetscCall(VecCopy(stepper->before, stepper->state));
    stepper->looking = false;
    worst.score = stepper->largest_change;
  } else {
    worst.score = stepper->failure.finite ? 0.0 : 1.0;
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &worst, 1, MPI_DOUBLE_INT, MPI_MAXLOC, comm));
  PetscCallMPI(
      MPI_Bcast(&stepper->failure, (int)sizeof stepper->failure, MPI_BYTE, worst.rank, comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_stepper_step(struct percuta_stepper *stepper, double end,
                                             PetscBool *ok, const char **why) {
  double left = end - stepper->clock.time;
  double step = fmin(stepper->clock.next_step, stepper->longest_step);
  TSConvergedReason reason = TS_CONVERGED_ITERATING;
  PetscReal reached, next;
  PetscBool cut = PETSC_FALSE;
  long rejected = 0;

  PetscFunctionBeginUser;
  if (step >= left * (1 - 1e-9)) {
    step = left;
    cut = PETSC_TRUE;
  } else if (2 * step > left) {
    step = 0.5 * left; /* two equal steps rather than a long one and a sliver */
    cut = PETSC_TRUE;
  }
  stepper->failure = (struct percuta_stepper_failure){
      .time = stepper->clock.time, .longest = step, .shortest = step, .finite = true};
  stepper->largest_change = 0.0;
  PetscCall(VecCopy(stepper->state, stepper->before));
  PetscCall(try_step(stepper, step, &reason, &rejected));
  stepper->clock.totals.rejected += rejected;
  stepper->failure.tried = rejected + 1;
  PetscCall(TSGetTime(stepper->ts, &reached));
  PetscCall(TSGetTimeStep(stepper->ts, &next));
  PetscBool whole = rejected == 0 ? PETSC_TRUE : PETSC_FALSE;
  /* PETSc takes the shortest step whatever its error, and would crawl on */
  PetscBool crawls = !(cut && whole) && next <= stepper->shortest_step * (1 + 1e-9);
  *ok = reason >= 0 && !crawls ? PETSC_TRUE : PETSC_FALSE;
  *why = reason >= 0 ? "the asked accuracy would need still shorter ones" : "none was accepted";
  if (!*ok) {
    PetscCall(give_up(stepper, step));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  stepper->clock.time = cut && whole && step == left ? end : reached;
  /* a step cut short by `end` says nothing against the longer one that was wanted */
  stepper->clock.next_step = cut && whole ? fmax(next, stepper->clock.next_step) : next;
  stepper->clock.totals.steps += 1;
  PetscCall(lift(stepper));
  PetscFunctionReturn(PETSC_SUCCESS);
}

const struct percuta_stepper_failure *
percuta_numerics_stepper_failure_get(const struct percuta_stepper *stepper) {
  return &stepper->failure;
}
