/* Lines of the verification table: every convergence test prints one and holds it to the asked
 * order. `make verify` (PERCUTA_VERIFY=long) adds a level of refinement and gathers the lines. */
#ifndef PERCUTA_TESTS_REPORT_FIXTURE_H
#define PERCUTA_TESTS_REPORT_FIXTURE_H

/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIXTURE_MOST_LEVELS = 6 };

struct fixture_convergence {
  const char *test, *fidelity;
  const char *what;  /* "space" or "time" */
  double asked;      /* order */
  int first, levels; /* cells or steps at the coarsest; doubled from one level to the next */
  double error[FIXTURE_MOST_LEVELS];
};

static inline bool fixture_is_long(void) {
  const char *form = getenv("PERCUTA_VERIFY");
  return form && strcmp(form, "long") == 0;
}

/* `levels`, one more in the long form, and one less (of more than two) under sanitizers. */
static inline int fixture_levels(int levels) {
  const char *sanitized = getenv("PERCUTA_SANITIZED");
  bool slow = sanitized && strcmp(sanitized, "1") == 0;
  return levels + (fixture_is_long() ? 1 : 0) - (slow && levels > 2 ? 1 : 0);
}

/* Prints the line and checks the order seen between every two levels. */
static inline void fixture_convergence_check(const struct fixture_convergence *c) {
  char sizes[80] = "", errors[80] = "", orders[80] = "";
  bool met = true;
  for (int l = 0; l < c->levels; ++l) {
    const char *comma = l ? ", " : "";
    size_t at = strlen(sizes);
    snprintf(sizes + at, sizeof sizes - at, "%s%d", comma, c->first << l);
    at = strlen(errors);
    snprintf(errors + at, sizeof errors - at, "%s%.1e", comma, c->error[l]);
    if (l == 0)
      continue;
    double order = log2(c->error[l - 1] / c->error[l]);
    met &= order >= c->asked;
    at = strlen(orders);
    snprintf(orders + at, sizeof orders - at, "%s%.2f", l > 1 ? ", " : "", order);
  }
  print_message("verify | %s | %s | %s | %s | %s | %s | %.1f\n", c->test, c->fidelity, c->what,
                sizes, errors, orders, c->asked);
  assert_true(met);
}

/* Prints a line about a bound that is met or not: no order to be seen. */
static inline void fixture_bound_check(const char *test, const char *fidelity, const char *what,
                                       double value, double bound) {
  print_message("bound | %s | %s | %s | %.1e | %.1e\n", test, fidelity, what, value, bound);
  assert_true(value <= bound);
}

#endif
