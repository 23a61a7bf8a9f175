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

#include "healing/injury.h"

enum { CHANNELS = 40, N = 30, NZ = 25 };

/* Punctures all over a 1.5 mm patch, some across its edges, some on top of each other. */
static void fill(struct percuta_channel *channel, struct percuta_bleed *bleed) {
  for (int c = 0; c < CHANNELS; ++c) {
    double depth = 2e-4 + 1.7e-5 * c;
    channel[c] = (struct percuta_channel){.x = 1.5e-3 * (c * 37 % 40) / 40.0,
                                          .y = 1.5e-3 * (c * 11 % 40) / 40.0,
                                          .direction = 0.3 * c,
                                          .penetrated = true,
                                          .depth = depth,
                                          .radius_surface = 8e-5,
                                          .radius_tip = 4e-6,
                                          .cylinder_depth = c % 3 ? 0.0 : 0.2 * depth,
                                          .tear_surface = 2e-6 * c};
    bleed[c] = (struct percuta_bleed){.clot_fill = c / (double)CHANNELS};
  }
}

static struct percuta_grid *make_grid(int n, double size) {
  double face[NZ + 1];
  struct percuta_grid *grid = NULL;
  for (int k = 0; k <= NZ; ++k)
    face[k] = 1e-3 * k / NZ;
  assert_int_equal(PERCUTA_OK,
                   percuta_numerics_grid_create(n, n, size / n, size / n, face, NZ, &grid));
  return grid;
}

static double exact_volume(const struct percuta_channel *channel) {
  double sum = 0;
  for (int c = 0; c < CHANNELS; ++c)
    sum += percuta_insertion_channel_volume(&channel[c], 0, INFINITY);
  return sum;
}

/* The grid's injured volume, from the field itself. */
static double field_volume(const struct percuta_injury *injury, const double *field) {
  const struct percuta_grid *grid = injury->grid;
  double sum = 0;
  size_t plane = (size_t)grid->nx * (size_t)injury->y_count;
  for (int k = 0; k < grid->nz; ++k) {
    for (size_t i = 0; i < plane; ++i) {
      double share = field[(size_t)k * plane + i];
      assert_true(share >= 0 && share <= 1);
      sum += share * percuta_numerics_grid_cell_volume(grid, (int)(i % (size_t)grid->nx), k);
    }
  }
  return sum;
}

static void check_volume(int n) {
  struct percuta_channel channel[CHANNELS];
  struct percuta_bleed bleed[CHANNELS];
  fill(channel, bleed);
  struct percuta_channels channels = {.item = channel, .count = CHANNELS};
  struct percuta_bleeding bleeding = {.item = bleed, .count = CHANNELS};
  struct percuta_grid *grid = make_grid(n, 1.5e-3);
  struct percuta_injury injury;
  assert_int_equal(PERCUTA_OK, percuta_healing_injury_compute(grid, 0, n, &channels, &bleeding,
                                                              1.5e-3, &injury));
  double exact = exact_volume(channel);
  double field = field_volume(&injury, injury.injured);
  assert_true(fabs(field - injury.injured_volume) < 1e-12 * exact);
  assert_true(fabs(field + injury.overlap_volume + injury.below_volume - exact) < 1e-12 * exact);
  if (n > 1)
    assert_true(injury.overlap_volume > 0 && injury.overlap_volume < 0.5 * exact);
  double clot = field_volume(&injury, injury.clotted);
  assert_true(clot > 0 && clot < field);
  percuta_healing_injury_clear(&injury);
  percuta_numerics_grid_destroy(&grid);
}

static void patch_keeps_the_volume(void **state) {
  (void)state;
  check_volume(N);
}

static void column_keeps_the_volume(void **state) {
  (void)state;
  check_volume(1);
}

/* Rings hold the mean puncture: in proportion to their area, the volume of the square. */
static void rings_keep_the_volume(void **state) {
  (void)state;
  struct percuta_channel channel[CHANNELS];
  struct percuta_bleed bleed[CHANNELS];
  double face[NZ + 1], radius = 1.3e-4;
  fill(channel, bleed);
  struct percuta_channels channels = {.item = channel, .count = CHANNELS};
  struct percuta_bleeding bleeding = {.item = bleed, .count = CHANNELS};
  struct percuta_grid *grid = NULL;
  struct percuta_injury injury;
  for (int k = 0; k <= NZ; ++k)
    face[k] = 1e-3 * k / NZ;
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create_rings(20, radius, face, NZ, &grid));
  assert_int_equal(PERCUTA_OK, percuta_healing_injury_compute(grid, 0, 1, &channels, &bleeding,
                                                              1.5e-3, &injury));
  double exact = exact_volume(channel);
  double field = field_volume(&injury, injury.injured) * 1.5e-3 * 1.5e-3 / (M_PI * radius * radius);
  assert_true(fabs(field - exact + injury.overlap_volume + injury.below_volume) < 1e-12 * exact);
  assert_true(injury.injured[0] == 1.0 && injury.injured[19] == 0.0);
  percuta_healing_injury_clear(&injury);
  percuta_numerics_grid_destroy(&grid);
}

static void slabs_are_parts_of_the_whole(void **state) {
  (void)state;
  struct percuta_channel channel[CHANNELS];
  struct percuta_bleed bleed[CHANNELS];
  fill(channel, bleed);
  struct percuta_channels channels = {.item = channel, .count = CHANNELS};
  struct percuta_bleeding bleeding = {.item = bleed, .count = CHANNELS};
  struct percuta_grid *grid = make_grid(N, 1.5e-3);
  struct percuta_injury whole, part;
  assert_int_equal(
      PERCUTA_OK, percuta_healing_injury_compute(grid, 0, N, &channels, &bleeding, 1.5e-3, &whole));
  assert_int_equal(
      PERCUTA_OK, percuta_healing_injury_compute(grid, 10, 7, &channels, &bleeding, 1.5e-3, &part));
  assert_true(part.injured_volume == whole.injured_volume);
  for (int k = 0; k < NZ; ++k) {
    for (int j = 0; j < 7; ++j) {
      for (int i = 0; i < N; ++i) {
        assert_true(part.injured[(k * 7 + j) * N + i] == whole.injured[(k * N + j + 10) * N + i]);
      }
    }
  }
  percuta_healing_injury_clear(&part);
  percuta_healing_injury_clear(&whole);
  percuta_numerics_grid_destroy(&grid);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(patch_keeps_the_volume),
      cmocka_unit_test(column_keeps_the_volume),
      cmocka_unit_test(rings_keep_the_volume),
      cmocka_unit_test(slabs_are_parts_of_the_whole),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
