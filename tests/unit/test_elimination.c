/* The direct solver without subtractions, against its equations and a stiff chain's known answer.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
/* clang-format off */
#include <cmocka.h>
/* clang-format on */

#include "permeation/elimination.h"

enum { NODES = 40, WIDEST = 9 };

/* A number of 10^-spread to 10^spread that depends on `at` alone. */
static double spread_number(int at, double spread) {
  return pow(10, spread * sin(12.9898 * (at + 1) * (at + 1)));
}

/* Fills links and excess; links past the last node are 0. */
static void make_network(int band, double spread, double *link, double *excess) {
  for (int k = 0; k < NODES; ++k) {
    excess[k] = spread_number(k, 1);
    for (int d = 1; d <= band; ++d)
      link[k * band + d - 1] = k + d < NODES ? spread_number(100 + k * WIDEST + d, spread) : 0;
  }
}

static void equations_are_met(void **state) {
  (void)state;
  for (int band = 1; band <= WIDEST; ++band) {
    double link[NODES * WIDEST], factor[NODES * WIDEST], excess[NODES], used[NODES];
    double inverse[NODES], x[NODES], residual[NODES], size[NODES];
    make_network(band, 1, link, excess);
    memcpy(factor, link, sizeof factor);
    memcpy(used, excess, sizeof used);
    percuta_permeation_elimination_factor(NODES, band, factor, used, inverse);
    for (int k = 0; k < NODES; ++k)
      x[k] = k % 3;
    percuta_permeation_elimination_solve(NODES, band, factor, inverse, x);
    for (int k = 0; k < NODES; ++k) {
      residual[k] = excess[k] * x[k] - k % 3;
      size[k] = excess[k] * x[k];
    }
    for (int k = 0; k < NODES; ++k) {
      for (int d = 1; d <= band && k + d < NODES; ++d) {
        double flow = link[k * band + d - 1] * (x[k] - x[k + d]);
        residual[k] += flow;
        residual[k + d] -= flow;
        size[k] += link[k * band + d - 1] * x[k];
        size[k + d] += link[k * band + d - 1] * x[k];
      }
    }
    for (int k = 0; k < NODES; ++k)
      assert_true(fabs(residual[k]) < 1e-13 * (1 + size[k]));
  }
}

/* Links of 1e-12 to 1e12: sum of excess * x is the sum of the right-hand side all the same. */
static void amounts_balance_however_stiff(void **state) {
  (void)state;
  for (int band = 1; band <= WIDEST; ++band) {
    double link[NODES * WIDEST], excess[NODES], used[NODES], inverse[NODES], x[NODES] = {0};
    double sum = 0;
    make_network(band, 12, link, excess);
    memcpy(used, excess, sizeof used);
    percuta_permeation_elimination_factor(NODES, band, link, used, inverse);
    x[3] = 1;
    percuta_permeation_elimination_solve(NODES, band, link, inverse, x);
    for (int k = 0; k < NODES; ++k) {
      assert_true(x[k] >= 0);
      sum += excess[k] * x[k];
    }
    assert_true(fabs(sum - 1) < 1e-13);
  }
}

/* Two nodes whose link is 1e20 times what they hold: the answer to full relative precision. */
static void nearly_singular_pair(void **state) {
  double link[2] = {1, 0}, excess[2] = {1e-20, 3e-20}, inverse[2], x[2] = {8e-20, 0};
  (void)state;
  percuta_permeation_elimination_factor(2, 1, link, excess, inverse);
  percuta_permeation_elimination_solve(2, 1, link, inverse, x);
  assert_true(fabs(x[0] / 2 - 1) < 1e-15);
  assert_true(fabs(x[1] / 2 - 1) < 1e-15);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(equations_are_met),
      cmocka_unit_test(amounts_balance_however_stiff),
      cmocka_unit_test(nearly_singular_pair),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
