/* Adaptive time stepping of a reaction-diffusion problem by a Rosenbrock-W method. */
#ifndef PERCUTA_NUMERICS_STEPPER_H
#define PERCUTA_NUMERICS_STEPPER_H

#include <stdbool.h>

#include "numerics/mesh.h"
#include "numerics/problem.h"

struct percuta_stepper;

struct percuta_stepper_options {
  double tolerance;    /* relative and, times `scale`, absolute, of the error of a step */
  const double *scale; /* one typical size for each field; borrowed during create only */
  double first_step;   /* [s] */
  double longest_step; /* [s] */
};

/* What a step cost and did to the solution; running totals, part of the state. */
struct percuta_stepper_totals {
  long steps, rejected;
  double clipped[PERCUTA_PROBLEM_MAX_FIELDS]; /* amount of each field lifted from below zero */
  double most[PERCUTA_PROBLEM_MAX_FIELDS];    /* the largest total it ever had, to compare with */
};

/* With the state, all that a step depends on and leaves: a checkpoint of these goes on bit by bit.
 */
struct percuta_stepper_clock {
  double time, next_step; /* [s] reached; to be tried next */
  struct percuta_stepper_totals totals;
};

/* What was tried when no step was found, and the cell that stood in the way: the first whose value
 * became no number, else the one that changed most in the first try. */
struct percuta_stepper_failure {
  double time;              /* [s] from which no step leads on */
  double longest, shortest; /* [s] steps tried */
  long tried;
  bool finite;        /* false: `value` is no number, or absurd */
  int field, i, j, k; /* of the problem; of the whole grid, from 0 */
  double from, value; /* of the field there, before and in the try */
};

/* Collective. Mesh and problem are borrowed until destroy. */
PetscErrorCode percuta_numerics_stepper_create(const struct percuta_mesh *mesh,
                                               const struct percuta_problem *problem,
                                               struct percuta_stepper_options options,
                                               struct percuta_stepper **out);
PetscErrorCode
percuta_numerics_stepper_destroy(struct percuta_stepper **stepper); /* accepts NULL */

/* The state and the clock (borrowed; change them freely between steps, as after an event or when
 * going on from a checkpoint). A step may make another vector the state. */
Vec percuta_numerics_stepper_state(const struct percuta_stepper *stepper);
struct percuta_stepper_clock *percuta_numerics_stepper_clock(struct percuta_stepper *stepper);

/* Other typical sizes, from the next step on; borrowed during the call only. */
void percuta_numerics_stepper_scale(struct percuta_stepper *stepper, const double *scale);

/* Takes one step, which does not go past `end`; lands on it exactly when it comes near. Values that
 * fall below zero are lifted to it and the amount is booked in the totals. *ok is false, with the
 * state as it was, when no step size down to the smallest gives a solution; *why then says so. */
PetscErrorCode percuta_numerics_stepper_step(struct percuta_stepper *stepper, double end,
                                             PetscBool *ok, const char **why);

/* Where the last step began [s], or NaN. */
double percuta_numerics_stepper_from(const struct percuta_stepper *stepper);

/* A time within the last step and the state then, by the method's continuous extension of order
 * two, which is computed where it is asked for. Until the next step or change of the state. */
struct percuta_stepper_moment {
  const struct percuta_stages *stages; /* borrowed */
  const double *from;                  /* borrowed; the state before the step */
  double share;                        /* of the step */
};
PetscErrorCode percuta_numerics_stepper_between(const struct percuta_stepper *stepper, double time,
                                                struct percuta_stepper_moment *out);

/* `count` values of the state then, from number `at` of this rank's on; `moment` is a struct
 * percuta_stepper_moment. Any number of threads may ask. */
void percuta_numerics_stepper_moment(const void *moment, size_t at, size_t count, double *out);

/* What the last step that failed met (borrowed); the same on every rank. */
const struct percuta_stepper_failure *
percuta_numerics_stepper_failure_get(const struct percuta_stepper *stepper);

#endif
