/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <math.h>
#include <stdlib.h>

#include "numerics/grid.h"

static void interfaces_are_faces(void **state) {
  (void)state;
  const double depth[] = {0, 1.5e-5, 7e-5, 2.7e-4, 1.4e-3, 2.2e-3};
  double *face;
  int nz, found = 0;
  assert_int_equal(PERCUTA_OK,
                   percuta_numerics_grid_depth_faces(depth, 5, 5e-5, 8e-4, 1.2, &face, &nz));
  for (int k = 0; k <= nz; ++k) {
    for (int i = 0; i < 6; ++i)
      found += face[k] == depth[i];
  }
  assert_int_equal(6, found);
  for (int k = 0; k < nz; ++k) {
    double height = face[k + 1] - face[k];
    assert_true(height > 0);
    if (face[k + 1] <= 8e-4)
      assert_true(height <= 5e-5 * (1 + 1e-12));
    if (k > 0)
      assert_true(height <= 1.2 * fmax(face[k] - face[k - 1], 5e-5) * (1 + 1e-9));
  }
  free(face);
}

static void volumes_add_up(void **state) {
  (void)state;
  const double face[] = {0, 1e-4, 3e-4, 1e-3};
  struct percuta_grid *grid;
  double volume = 0;
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create(4, 5, 1e-4, 2e-4, face, 3, &grid));
  assert_int_equal(60, percuta_numerics_grid_cell_count(grid));
  for (int k = 0; k < 3; ++k)
    volume += 20 * percuta_numerics_grid_cell_volume(grid, 0, k);
  assert_true(fabs(volume / (4e-4 * 1e-3 * 1e-3) - 1) < 1e-14);
  percuta_numerics_grid_destroy(&grid);
  assert_null(grid);
  percuta_numerics_grid_destroy(&grid);
}

static void nonsense_is_refused(void **state) {
  (void)state;
  const double depth[] = {0, 1e-3, 1e-3};
  double *face = NULL;
  int nz = 0;
  assert_int_equal(PERCUTA_BAD_INPUT,
                   percuta_numerics_grid_depth_faces(depth, 2, 5e-5, 1, 1.2, &face, &nz));
  assert_int_equal(PERCUTA_BAD_INPUT,
                   percuta_numerics_grid_depth_faces(depth, 1, 0, 1, 1.2, &face, &nz));
  assert_null(face);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(interfaces_are_faces),
      cmocka_unit_test(volumes_add_up),
      cmocka_unit_test(nonsense_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
