/* Cut vessels hang on one bed, whose pressure u above that outside they lower from u0. Blood comes
 * in by a resistance through which the supply s flows when u = 0, and from a store that holds v at
 * u0 and nothing at 0; per area, with q what would flow out at u0,
 *   (v/u0) du/dt = s (1 - u/u0) - q u/u0,    u(0) = u0
 * A vessel sheds Q u/u0, so that it bleeds as long as one alone in the time
 *   integral of u/u0 = a T + (1 - a) tau (1 - exp(-T/tau)),    a = s/(s+q),  tau = v/(s+q)
 * Limits: s -> inf: T; q -> inf: q times it is s T + v.
 * Theory: docs/theory/bleeding.md. Test: tests/unit/test_supply.c. */
#include "bleeding/supply.h"

#include <math.h>

double percuta_bleeding_supply_time(double demand, double supply, double stored, double time) {
  if (!(demand > 0) || isinf(supply))
    return time;
  const double both = supply + demand;
  const double settled = supply / both, constant = stored / both;
  const double spent = constant > 0 ? -constant * expm1(-time / constant) : 0;
  return settled * time + (1 - settled) * spent;
}
