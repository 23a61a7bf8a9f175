/* A crack of half-length b, opened to the radius r of a needle, costs toughness G over its length
 * 2b and the energy of a hole whose girth 4b is stretched to 2 pi r (incompressible, one-term
 * Ogden, (2 mu/alpha^2)(lam^alpha + lam^-alpha - 2) per volume). With X = ln(pi r/2b), the stretch
 * of the lips, and lam = exp(x) elsewhere, the energy is
 *   mu r^2 (1 - exp(-2X)) H(X),
 *   H(X) = (4 pi/alpha^2) integral from 0 to X of [sinh(alpha x/2)/sinh x]^2 dx
 * and the crack is as long as makes the sum least:
 *   w = pi exp(-X) + (1 - exp(-2X)) H/j
 *   j = G/(mu r) = 2 exp(-X) H/pi + (8/alpha^2) sinh^2(alpha X/2)/sinh X
 * After Shergold & Fleck 2004, Proc R Soc A 460:3037.
 * Theory: docs/theory/insertion.md. Test: tests/unit/test_crack.c. */
#include "insertion/crack.h"

#include <math.h>

static const double PI = 3.14159265358979323846;

static const double STIFFEST = 1e5; /* the largest j tabulated */

/* [sinh(alpha x/2)/sinh x]^2, (alpha/2)^2 at 0 */
static double strain_energy(double alpha, double x) {
  if (x < 1e-6)
    return alpha * alpha / 4;
  const double ratio = sinh(alpha * x / 2) / sinh(x);
  return ratio * ratio;
}

/* Three points of Gauss over [from, to]. */
static double integrate(double alpha, double from, double to) {
  const double middle = (from + to) / 2, half = (to - from) / 2, node = sqrt(0.6);
  return half / 9 *
         (5 * strain_energy(alpha, middle - node * half) + 8 * strain_energy(alpha, middle) +
          5 * strain_energy(alpha, middle + node * half));
}

void percuta_insertion_crack_tabulate(double hardening, struct percuta_crack *out) {
  const double alpha = hardening;
  /* j grows as (4/alpha^2) exp((alpha - 1) X) */
  const double widest = log(alpha * alpha * STIFFEST / 4) / (alpha - 1);
  const double step = widest / (PERCUTA_CRACK_NODES - 1);
  double sum = 0;
  out->force[0] = PI;
  out->lips[0] = 1;
  out->slope[0] = 0;
  out->log_j[0] = -INFINITY;
  for (int i = 1; i < PERCUTA_CRACK_NODES; i++) {
    const double x = i * step, lips = exp(-x), sine = sinh(alpha * x / 2);
    sum += integrate(alpha, x - step, x);
    const double energy = 4 * PI / (alpha * alpha) * sum;
    const double j = 2 * lips * energy / PI + 8 / (alpha * alpha) * sine * sine / sinh(x);
    const double stretched = (1 - lips * lips) * energy / j;
    out->log_j[i] = log(j);
    out->force[i] = PI * lips + stretched;
    out->slope[i] = -stretched;
    out->lips[i] = lips;
  }
}

/* Cubic between nodes, from values and slopes. */
static double hermite(const struct percuta_crack *crack, int i, double t) {
  const double h = crack->log_j[i + 1] - crack->log_j[i], u = 1 - t;
  return u * u * (1 + 2 * t) * crack->force[i] + t * t * (1 + 2 * u) * crack->force[i + 1] +
         h * t * u * (u * crack->slope[i] - t * crack->slope[i + 1]);
}

double percuta_insertion_crack_force(const struct percuta_crack *crack, double j, double *lips) {
  const double place = log(j), first = crack->log_j[1];
  int low = 1, high = PERCUTA_CRACK_NODES - 1;
  if (!(place > first)) { /* linear in j from the start: w = pi (1 - j/8), lips = 1 - j/4 */
    const double share = j > 0 ? exp(place - first) : 0;
    if (lips)
      *lips = 1 - share * (1 - crack->lips[1]);
    return PI - share * (PI - crack->force[1]);
  }
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    *(crack->log_j[middle] <= place ? &low : &high) = middle;
  }
  const double t =
      fmin(1, (place - crack->log_j[low]) / (crack->log_j[low + 1] - crack->log_j[low]));
  if (lips)
    *lips = crack->lips[low] * pow(crack->lips[low + 1] / crack->lips[low], t);
  return hermite(crack, low, t);
}
