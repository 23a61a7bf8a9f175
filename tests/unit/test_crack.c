#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "insertion/crack.h"

#define PI 3.14159265358979323846

static void near(double value, double expected, double relative) {
  if (!(fabs(value - expected) <= relative * fabs(expected)))
    fail_msg("%.12g is not %.12g within a relative %g", value, expected, relative);
}

/* Energy over mu r^2 of a hole of radius r0 r opened to r in a one-term Ogden body, ring by ring in
 * the undeformed radius: no variable of crack.c. */
static double hole_energy(double alpha, double r0) {
  double sum = 0;
  const int n = 4000;
  for (int i = 0; i < n; i++) { /* R0 = r0 exp(u), to where nothing is left */
    const double h = 14.0 / n, radius = r0 * exp((i + 0.5) * h);
    const double stretch = sqrt(1 + (1 - r0 * r0) / (radius * radius));
    const double phi = 2 / (alpha * alpha) * (pow(stretch, alpha) + pow(stretch, -alpha) - 2);
    sum += 2 * PI * phi * radius * radius * h;
  }
  return sum;
}

/* Least of crack and stretch over the length of the crack, searched for. */
static double least_force(double alpha, double j, double *lips) {
  double low = 1e-4, high = 1;
  for (int i = 0; i < 60; i++) {
    const double a = low + 0.382 * (high - low), b = low + 0.618 * (high - low);
    if (PI * a + hole_energy(alpha, a) / j < PI * b + hole_energy(alpha, b) / j)
      high = b;
    else
      low = a;
  }
  *lips = (low + high) / 2;
  return PI * *lips + hole_energy(alpha, *lips) / j;
}

static void force_is_the_least_of_all_cracks(void **state) {
  (void)state;
  static const double alphas[] = {3, 3.6, 5, 9}, js[] = {0.1, 1, 10, 100, 1000};
  for (size_t a = 0; a < sizeof alphas / sizeof *alphas; a++) {
    struct percuta_crack crack;
    percuta_insertion_crack_tabulate(alphas[a], &crack);
    for (size_t i = 0; i < sizeof js / sizeof *js; i++) {
      double lips, expected_lips;
      const double force = percuta_insertion_crack_force(&crack, js[i], &lips);
      near(force, least_force(alphas[a], js[i], &expected_lips), 1e-3);
      near(lips, expected_lips, 2e-2);
    }
  }
}

/* alpha = 2, where the integral is pi X: w and j in closed form along X. */
static void neo_hookean_closed_form(void **state) {
  (void)state;
  struct percuta_crack crack;
  percuta_insertion_crack_tabulate(2, &crack);
  for (double x = 0.05; x < 6; x *= 1.5) {
    const double j = 2 * exp(-x) * x + 2 * sinh(x);
    near(percuta_insertion_crack_force(&crack, j, NULL),
         PI * exp(-x) + (1 - exp(-2 * x)) * PI * x / j, 1e-3);
  }
}

/* Tough and narrow: the lips line the needle and nothing is stretched; w = pi (1 - j/8). It falls
 * with j and rises with the hardening. */
static void limits(void **state) {
  (void)state;
  struct percuta_crack soft, hard;
  double lips;
  percuta_insertion_crack_tabulate(3, &soft);
  percuta_insertion_crack_tabulate(9, &hard);
  near(percuta_insertion_crack_force(&soft, 0, &lips), PI, 1e-12);
  near(lips, 1, 1e-12);
  near((PI - percuta_insertion_crack_force(&soft, 0.05, NULL)) / PI, 0.05 / 8, 0.05);
  double before = PI;
  for (double j = 0.01; j < 5e4; j *= 1.3) {
    const double force = percuta_insertion_crack_force(&soft, j, &lips);
    assert_true(force < before && force > 0 && lips > 0 && lips < 1);
    assert_true(percuta_insertion_crack_force(&hard, j, NULL) > force * (1 - 2e-3));
    assert_true(PI * lips < force);
    before = force;
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(force_is_the_least_of_all_cracks),
      cmocka_unit_test(neo_hookean_closed_form),
      cmocka_unit_test(limits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
