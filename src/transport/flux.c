/* Amounts through skin, mean fluxes, and of an infinite dose the steady flux J, its lag and Kp:
 *   J = [Q(t3) - Q(t2)]/(t3 - t2),  lag = t3 - Q(t3)/J,  Kp = J/C
 * t3 the end, t1 and t2 the outputs nearest half and three quarters of it; told only where the same
 * from t1 to t2 differs from J by less than a share STEADY.
 * Theory: docs/theory/franz.md. Tests: tests/unit/test_flux.c. */
#include "transport/flux.h"

#include <math.h>

static const double STEADY = 5e-3;

double percuta_transport_flux_permeated(const struct percuta_penetration *penetration,
                                        const struct percuta_permeation *course, int output) {
  const int last = course->layer_count - 1;
  const double fluid = penetration->piece.receptor > 0
                           ? course->layer[output * course->layer_count + last]
                           : course->receptor[output];
  return penetration->piece.excised
             ? percuta_transport_penetration_told(course, output, fluid + course->sampled[output])
             : 0;
}

double percuta_transport_flux_passed(const struct percuta_penetration *penetration,
                                     const struct percuta_permeation *course, int output) {
  return penetration->piece.excised ? percuta_transport_flux_permeated(penetration, course, output)
                                    : percuta_transport_penetration_entered(course, output, NULL);
}

double percuta_transport_flux_receptor(const struct percuta_penetration *penetration,
                                       const struct percuta_permeation *course, int output) {
  if (!(penetration->piece.receptor > 0))
    return 0;
  const double fluid = course->layer[(output + 1) * course->layer_count - 1];
  return percuta_transport_penetration_told(course, output, fluid) / penetration->piece.receptor;
}

/* [kg/m^2/s] From output `from`, -1 for the start, to output `to`. */
static double slope(const struct percuta_penetration *penetration,
                    const struct percuta_permeation *course, int from, int to) {
  const double time = penetration->time[to] - (from < 0 ? 0 : penetration->time[from]);
  const double before = from < 0 ? 0 : percuta_transport_flux_passed(penetration, course, from);
  return time > 0 ? (percuta_transport_flux_passed(penetration, course, to) - before) / time : 0;
}

double percuta_transport_flux_mean(const struct percuta_penetration *penetration,
                                   const struct percuta_permeation *course, int output) {
  return slope(penetration, course, output - 1, output);
}

/* The output nearest to a time. */
static int nearest(const struct percuta_penetration *penetration, double time) {
  int best = 0;
  for (int i = 1; i < penetration->count; i++)
    if (fabs(penetration->time[i] - time) < fabs(penetration->time[best] - time))
      best = i;
  return best;
}

static void read_steady(const struct percuta_penetration *penetration,
                        const struct percuta_penetration_active *active,
                        const struct percuta_permeation *course, struct percuta_flux *flux) {
  const int end = penetration->count - 1;
  const double until =
      fmin(penetration->time[end], percuta_transport_penetration_end(&penetration->plan));
  const int third = nearest(penetration, until), second = nearest(penetration, 0.75 * until);
  const int first = nearest(penetration, 0.5 * until);
  if (first >= second || second >= third)
    return;
  const double before = slope(penetration, course, first, second);
  const double steady = slope(penetration, course, second, third);
  if (!(steady > 0) || !(fabs(before - steady) <= STEADY * steady))
    return;
  flux->steady = steady;
  flux->lag =
      penetration->time[third] - percuta_transport_flux_passed(penetration, course, third) / steady;
  flux->permeability = steady / (active->of.concentration / active->undissolved);
}

struct percuta_flux percuta_transport_flux_read(const struct percuta_penetration *penetration,
                                                const struct percuta_penetration_active *active,
                                                const struct percuta_permeation *course) {
  struct percuta_flux flux = {0, NAN, NAN, NAN, NAN};
  for (int i = 0; i < penetration->count; i++) {
    const double mean = percuta_transport_flux_mean(penetration, course, i);
    if (!(mean > flux.most))
      continue;
    flux.most = mean;
    flux.most_time = 0.5 * (penetration->time[i] + (i > 0 ? penetration->time[i - 1] : 0));
  }
  if (penetration->plan.infinite)
    read_steady(penetration, active, course, &flux);
  return flux;
}
