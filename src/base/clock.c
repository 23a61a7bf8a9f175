/* A clock that nobody sets: differences of it are what something took.
 * Test: tests/unit/test_run.c, by the cost of a run. */
#include "base/clock.h"

#include <time.h>

double percuta_base_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
