/* Method     Rosenbrock-W of order 3 with an embedded order 2 (numerics/scheme.c), L-stable.
 * Solves     one application of the splitting per stage (splitting.c); no iteration.
 * Step size  h (0.9 / error^(1/3)), within a tenth and ten times h; after two failures in a row
 *            half of that, and a quarter of h after a stage that was no number (as PETSc's basic
 *            controller, so that both can be timed side by side).
 * Restart    a step depends on nothing but time, state and next step, so that these three make a
 *            checkpoint from which a run goes on bit by bit.
 * Verified   tests/verification/test_stepper.c
 */
#include "numerics/stepper.h"

#include <math.h>

#include "numerics/stages.h"

enum { MOST_TRIES = 26 }; /* enough for a refused stage, which quarters the step, from days down */

static const double SAFETY = 0.9, AFTER_FAILURES = 0.5, AFTER_REFUSAL = 0.25;
static const double LEAST_CHANGE = 0.1, LARGEST_CHANGE = 10.0;

struct percuta_stepper {
  const struct percuta_mesh *mesh;       /* borrowed */
  const struct percuta_problem *problem; /* borrowed */
  struct percuta_stages *stages;         /* owned */
  Vec state;                             /* owned */
  Vec other; /* owned; in a step the value of its stages, then the state before it */
  struct percuta_stepper_clock clock;
  double from; /* [s] where the step began that led to the state; NaN: none did */
  struct percuta_stages_allowed allowed;
  double shortest_step, longest_step;     /* [s] */
  struct percuta_stepper_failure failure; /* of the step being tried, or the last */
};

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

/* Blames the first value of `z` that is no number, where `bad`; else the one that is farthest from
 * the state, measured by the tolerance. Returns that distance. */
static PetscErrorCode look_into(struct percuta_stepper *stepper, bool bad, double *most) {
  const PetscScalar *before, *after;
  const size_t local = stepper->mesh->local;

  PetscFunctionBeginUser;
  *most = 0.0;
  PetscCall(VecGetArrayRead(stepper->state, &before));
  PetscCall(VecGetArrayRead(stepper->other, &after));
  for (size_t i = 0; i < local * (size_t)stepper->problem->fields; ++i) {
    const double allowed =
        stepper->allowed.absolute[i / local] + stepper->allowed.relative * fabs(before[i]);
    const double change = fabs(after[i] - before[i]) / allowed;
    if (bad ? fabs(after[i]) <= PERCUTA_STAGES_LARGEST : change <= *most)
      continue;
    blame(stepper, i, before[i], after[i]);
    stepper->failure.finite = !bad;
    *most = bad ? 1.0 : change;
    if (bad)
      break;
  }
  PetscCall(VecRestoreArrayRead(stepper->other, &after));
  PetscCall(VecRestoreArrayRead(stepper->state, &before));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void percuta_numerics_stepper_scale(struct percuta_stepper *stepper, const double *scale) {
  for (int f = 0; f < stepper->problem->fields; ++f)
    stepper->allowed.absolute[f] = stepper->allowed.relative * scale[f];
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
  stepper->from = NAN;
  stepper->shortest_step = 1e-6 * options.first_step;
  stepper->longest_step = options.longest_step;
  stepper->allowed.relative = options.tolerance;
  percuta_numerics_stepper_scale(stepper, options.scale);
  PetscCall(percuta_numerics_mesh_create_state(mesh, &stepper->state));
  PetscCall(VecDuplicate(stepper->state, &stepper->other));
  PetscCall(percuta_numerics_stages_create(mesh, problem, &stepper->stages));
  *out = stepper;
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_stepper_destroy(struct percuta_stepper **stepper) {
  struct percuta_stepper *s = *stepper;

  PetscFunctionBeginUser;
  if (!s)
    PetscFunctionReturn(PETSC_SUCCESS);
  PetscCall(percuta_numerics_stages_destroy(&s->stages));
  PetscCall(VecDestroy(&s->other));
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

/* Tries one step of this size into `other`. */
static PetscErrorCode attempt(struct percuta_stepper *stepper, double step,
                              struct percuta_stages_end *end) {
  const PetscScalar *u;
  PetscScalar *z;
  double distance;

  PetscFunctionBeginUser;
  stepper->failure.longest = fmax(stepper->failure.longest, step);
  stepper->failure.shortest = fmin(stepper->failure.shortest, step);
  PetscCall(VecGetArrayRead(stepper->state, &u));
  PetscCall(VecGetArray(stepper->other, &z));
  PetscCall(percuta_numerics_stages_step(stepper->stages, stepper->clock.time, step,
                                         &stepper->allowed, u, z, end));
  PetscCall(VecRestoreArray(stepper->other, &z));
  PetscCall(VecRestoreArrayRead(stepper->state, &u));
  if (!end->finite && stepper->failure.finite)
    PetscCall(look_into(stepper, true, &distance));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* Completes the report of a failure. If no value went out of bounds, the first try is made once
 * more for the sake of the report, with an eye on every change. */
static PetscErrorCode give_up(struct percuta_stepper *stepper, double step) {
  MPI_Comm comm = stepper->mesh->comm;
  struct percuta_stages_end end;
  int met = !stepper->failure.finite;
  struct {
    double score;
    int rank;
  } worst = {.score = met};

  PetscFunctionBeginUser;
  PetscCallMPI(MPI_Comm_rank(comm, &worst.rank));
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &met, 1, MPI_INT, MPI_MAX, comm));
  if (!met) {
    PetscCall(attempt(stepper, step, &end));
    PetscCall(look_into(stepper, false, &worst.score));
  }
  PetscCallMPI(MPI_Allreduce(MPI_IN_PLACE, &worst, 1, MPI_DOUBLE_INT, MPI_MAXLOC, comm));
  PetscCallMPI(
      MPI_Bcast(&stepper->failure, (int)sizeof stepper->failure, MPI_BYTE, worst.rank, comm));
  PetscFunctionReturn(PETSC_SUCCESS);
}

/* How much longer a step should be than one of this error; `again` after a try that failed too. */
static double change_of(double error, bool again) {
  const double safety = error > 1.0 && again ? SAFETY * AFTER_FAILURES : SAFETY;
  const double best = error > 0.0 ? safety / cbrt(error) : INFINITY;
  return fmin(fmax(best, LEAST_CHANGE), LARGEST_CHANGE);
}

/* The new state becomes the state. */
static void accept(struct percuta_stepper *stepper, const struct percuta_stages_end *end) {
  struct percuta_stepper_totals *totals = &stepper->clock.totals;
  const Vec before = stepper->state;
  stepper->state = stepper->other;
  stepper->other = before;
  totals->steps += 1;
  for (int f = 0; f < stepper->problem->fields; ++f) {
    totals->clipped[f] += end->lifted[f];
    totals->most[f] = fmax(totals->most[f], end->total[f]);
  }
}

/* Tries steps from `*step` down until one is within the tolerance; *next is what the one after it
 * should be. *ok is false when none is. */
static PetscErrorCode search(struct percuta_stepper *stepper, double *step, double *next,
                             PetscBool *ok, const char **why) {
  struct percuta_stages_end end;
  bool failed = false;

  PetscFunctionBeginUser;
  *ok = PETSC_FALSE;
  for (int tries = 0; tries < MOST_TRIES; ++tries) {
    *why = "none was accepted";
    stepper->failure.tried = tries + 1;
    PetscCall(attempt(stepper, *step, &end));
    const double change = end.finite ? change_of(end.error, failed) : AFTER_REFUSAL;
    *next = fmin(*step * change, stepper->longest_step);
    if (end.finite && end.error <= 1.0) {
      *ok = PETSC_TRUE;
      accept(stepper, &end);
      break;
    }
    stepper->clock.totals.rejected += 1;
    *why = end.finite ? "the asked accuracy would need still shorter ones" : "none was accepted";
    if (*step <= stepper->shortest_step)
      break;
    failed = end.finite;
    *step = fmax(*next, stepper->shortest_step);
  }
  PetscFunctionReturn(PETSC_SUCCESS);
}

PetscErrorCode percuta_numerics_stepper_step(struct percuta_stepper *stepper, double end,
                                             PetscBool *ok, const char **why) {
  const double left = end - stepper->clock.time;
  double step = fmin(stepper->clock.next_step, stepper->longest_step), next;
  bool cut = false;

  PetscFunctionBeginUser;
  if (step >= left * (1 - 1e-9)) {
    step = left;
    cut = true;
  } else if (2 * step > left) {
    step = 0.5 * left; /* two equal steps rather than a long one and a sliver */
    cut = true;
  }
  const double first = step;
  stepper->failure = (struct percuta_stepper_failure){
      .time = stepper->clock.time, .longest = step, .shortest = step, .finite = true};
  PetscCall(search(stepper, &step, &next, ok, why));
  if (!*ok) {
    PetscCall(give_up(stepper, first));
    PetscFunctionReturn(PETSC_SUCCESS);
  }
  cut = cut && step == first;
  stepper->from = stepper->clock.time;
  stepper->clock.time = cut && step == left ? end : stepper->clock.time + step;
  /* a step cut short by `end` says nothing against the longer one that was wanted */
  stepper->clock.next_step = cut ? fmax(next, stepper->clock.next_step) : next;
  PetscFunctionReturn(PETSC_SUCCESS);
}

const struct percuta_stepper_failure *
percuta_numerics_stepper_failure_get(const struct percuta_stepper *stepper) {
  return &stepper->failure;
}

double percuta_numerics_stepper_from(const struct percuta_stepper *stepper) {
  return stepper->from;
}

PetscErrorCode percuta_numerics_stepper_between(const struct percuta_stepper *stepper, double time,
                                                struct percuta_stepper_moment *out) {
  const PetscScalar *u;

  PetscFunctionBeginUser;
  PetscCheck(time >= stepper->from && time <= stepper->clock.time, PETSC_COMM_SELF,
             PETSC_ERR_ARG_OUTOFRANGE, "not within the last step");
  PetscCall(VecGetArrayRead(stepper->other, &u));
  *out = (struct percuta_stepper_moment){.stages = stepper->stages,
                                         .from = u,
                                         .share = (time - stepper->from) /
                                                  (stepper->clock.time - stepper->from)};
  PetscCall(VecRestoreArrayRead(stepper->other, &u));
  PetscFunctionReturn(PETSC_SUCCESS);
}

void percuta_numerics_stepper_moment(const void *moment, size_t at, size_t count, double *out) {
  const struct percuta_stepper_moment *m = moment;
  percuta_numerics_stages_between(m->stages, m->share, m->from, at, count, out);
}
