/* Line solves: the solution put back into the matrix gives the right-hand side. */
#include "problem_fixture.h"

#include "numerics/line.h"

static double noise(unsigned *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (*seed >> 8) / (double)(1u << 24);
}

static void periodic_rows(void **state) {
  (void)state;
  const int sizes[] = {2, 3, 7, 60};
  const double strengths[] = {1e-6, 0.3, 40, 1e4};
  for (int t = 0; t < 16; ++t) {
    int n = sizes[t / 4], rows = 11;
    double a = strengths[t % 4], x[11 * 60], b[11 * 60];
    unsigned seed = 7;
    for (int i = 0; i < n * rows; ++i)
      b[i] = x[i] = noise(&seed);
    percuta_numerics_line_solve_periodic_rows(a, n, rows, x);
    for (int l = 0; l < rows; ++l) {
      for (int i = 0; i < n; ++i) {
        const double *line = x + l * n;
        double back = (1 + 2 * a) * line[i] - a * line[(i + 1) % n] - a * line[(i + n - 1) % n];
        assert_true(fabs(back - b[l * n + i]) < 1e-13 * (1 + 4 * a));
      }
    }
  }
}

static void periodic_columns(void **state) {
  (void)state;
  enum { N = 9, WIDTH = 5 };
  double a = 3.7, x[N * WIDTH], b[N * WIDTH], carry[WIDTH];
  unsigned seed = 3;
  for (int i = 0; i < N * WIDTH; ++i)
    b[i] = x[i] = noise(&seed);
  percuta_numerics_line_solve_periodic_columns(a, N, WIDTH, x, carry);
  for (int i = 0; i < N; ++i) {
    for (int w = 0; w < WIDTH; ++w) {
      double back = (1 + 2 * a) * x[i * WIDTH + w] - a * x[(i + 1) % N * WIDTH + w] -
                    a * x[(i + N - 1) % N * WIDTH + w];
      assert_true(fabs(back - b[i * WIDTH + w]) < 1e-12);
    }
  }
}

static void depth_lines_with_closed_rows(void **state) {
  (void)state;
  enum { N = 12, WIDTH = 6 };
  double above[N], below[N], x[N * WIDTH], b[N * WIDTH];
  unsigned seed = 5;
  struct percuta_line line;
  for (int k = 0; k < N; ++k)
    above[k] = below[k] = 5 * noise(&seed);
  above[0] = below[N - 1] = 0;
  above[4] = below[3] = 0; /* a closed face */
  CHECK(percuta_numerics_line_create(N, &line));
  percuta_numerics_line_factor(&line, above, below);
  for (int i = 0; i < N * WIDTH; ++i)
    b[i] = x[i] = noise(&seed);
  percuta_numerics_line_solve_planes(&line, WIDTH, x);
  for (int k = 0; k < N; ++k) {
    for (int w = 0; w < WIDTH; ++w) {
      double back = (1 + above[k] + below[k]) * x[k * WIDTH + w];
      if (k > 0)
        back -= above[k] * x[(k - 1) * WIDTH + w];
      if (k < N - 1)
        back -= below[k] * x[(k + 1) * WIDTH + w];
      assert_true(fabs(back - b[k * WIDTH + w]) < 1e-13 * 20);
    }
  }
  CHECK(percuta_numerics_line_clear(&line));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(periodic_rows),
      cmocka_unit_test(periodic_columns),
      cmocka_unit_test(depth_lines_with_closed_rows),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
