/* Time for the permeation solvers: doses, closing, outputs, steps. What is between is a network of
 * cells given by the caller, on one process or spread over many:
 *
 *   capacity_i du_i/dt = sum of link_ij (u_j - u_i) + mouth_i (u_0 - u_i) - (loss_i + sink_i) u_i
 *
 * u = C / K is the activity, the same on both sides of an interface; u_0 that of the vehicle, whose
 * capacity is its volume, which grows by what flows into it. All per skin area.
 *
 * One step: backward Euler once over the step and twice over halves, which give the error and, as
 * 2 half - full, a result of second order whose stiff parts decay (both are L-stable and never
 * negative). Where that is below zero, in the tail of a front, it is set to zero and every cell of
 * the skin gives the same share of what it holds, less than the error of the step. Steps are 2^-k
 * of the time between two events, so that they end on events and factors serve again.
 */
#ifndef PERCUTA_PERMEATION_MARCH_H
#define PERCUTA_PERMEATION_MARCH_H

#include "permeation/domain.h"

/* What lies on the skin. */
struct percuta_march_surface {
  enum percuta_dose_kind kind; /* PERCUTA_DOSE_WASH: nothing */
  double volume;               /* [m] of a finite dose */
  double concentration;        /* [X/m^3] of a fixed one */
};

enum percuta_march_reduction { PERCUTA_MARCH_SUM, PERCUTA_MARCH_LEAST };

/* Where a step leads, as far as is known: activities the share `share` of the way from those before
 * it to those of `near`; NULL: nothing is known. */
struct percuta_march_guess {
  const double *near;
  double share;
};

/* Vectors have `count` + 1 entries: the vehicle's, the same on all ranks, then this rank's cells'.
 * The arrays are the network's, may change in `reshape` only and have their entry 0 unused. */
struct percuta_march_network {
  void *context;
  size_t count;
  const double *capacity;       /* [m] > 0 */
  const double *loss, *sink;    /* [m/s] to the blood, through the base */
  const double *mouth;          /* [m/s] to the vehicle */
  const double *space, *tissue; /* [m] volume per skin area; that which is not bore */
  const int *layer, *row;
  const double
      *dilution; /* [m/s] fluid without substance that flows into the vehicle; NULL: none */

  /* x: in, amounts; out, activities after one backward Euler step [s]. What solves by iteration may
   * begin at `guess`. */
  enum percuta_status (*solve)(void *context, double step,
                               const struct percuta_march_surface *surface,
                               const struct percuta_march_guess *guess, double *x);
  /* The bores are as `closing` says. */
  enum percuta_status (*reshape)(void *context, const struct percuta_closing *closing);
  /* Over all ranks, in place; NULL on one. */
  void (*reduce)(void *context, enum percuta_march_reduction how, double *values, int count);
};

/* Follows the domain's course from nothing. `course`: from percuta_permeation_domain_course;
 * filled. */
enum percuta_status percuta_permeation_march_run(const struct percuta_domain *domain,
                                                 const struct percuta_resolution *resolution,
                                                 const struct percuta_march_network *network,
                                                 struct percuta_permeation *course);

#endif
