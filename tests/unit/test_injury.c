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
                                          .tear_surface = 2e-6 * c,
                                          .slit_share = 0.8,
                                          .damage_width = 1e-6 * c,
                                          .residual_depth = 1.3e-4,
                                          .residual_radius_surface = 5e-5};
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
    sum += percuta_insertion_channel_damaged(&channel[c], 0, INFINITY);
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
  /* the open tracks, which lie above the grid's bottom and here hardly overlap */
  double open = field_volume(&injury, injury.open), tracks = 0;
  for (int c = 0; c < CHANNELS; ++c)
    tracks += percuta_insertion_channel_open(&channel[c], 0, INFINITY);
  assert_true(fabs(open - injury.open_volume) < 1e-12 * tracks);
  assert_true(open <= tracks * (1 + 1e-12) && open > (n > 1 ? 0.9 : 1 - 1e-12) * tracks);
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
  double open = field_volume(&injury, injury.open) * 1.5e-3 * 1.5e-3 / (M_PI * radius * radius);
  double tracks = 0;
  for (int c = 0; c < CHANNELS; ++c)
    tracks += percuta_insertion_channel_open(&channel[c], 0, INFINITY);
  assert_true(fabs(open - tracks) < 1e-12 * tracks);
  assert_true(fabs(injury.open_volume - tracks) < 1e-12 * tracks);
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

/* First and second moments of a field over a plane: its middle, and its spread in x and y. */
struct moments {
  double x, y, xx, yy;
};

static struct moments moments_of(const struct percuta_grid *grid, const double *field) {
  struct moments m = {0};
  double sum = 0;
  for (int pass = 0; pass < 2; ++pass) {
    double middle[2] = {m.x, m.y};
    m = (struct moments){.x = m.x, .y = m.y};
    sum = 0;
    for (int j = 0; j < grid->ny; ++j) {
      for (int i = 0; i < grid->nx; ++i) {
        double share = field[j * grid->nx + i];
        double x = (i + 0.5) * grid->dx - middle[0], y = (j + 0.5) * grid->dy - middle[1];
        sum += share;
        m.x += pass == 0 ? share * x : 0;
        m.y += pass == 0 ? share * y : 0;
        m.xx += share * x * x;
        m.yy += share * y * y;
      }
    }
    if (pass == 0) {
      m.x /= sum;
      m.y /= sum;
    }
  }
  m.xx /= sum;
  m.yy /= sum;
  return m;
}

/* The moments of what one puncture without a crack damages in a patch of cells of 25 um. */
static struct moments cut_of(double x, double y, double direction, double radius, double tear) {
  struct percuta_channel channel = {.x = x,
                                    .y = y,
                                    .direction = direction,
                                    .penetrated = true,
                                    .depth = 1e-3,
                                    .damage_width = radius,
                                    .tear_surface = tear};
  struct percuta_bleed bleed = {.clot_fill = 0.5};
  struct percuta_channels channels = {.item = &channel, .count = 1};
  struct percuta_bleeding bleeding = {.item = &bleed, .count = 1};
  struct percuta_grid *grid = make_grid(40, 1e-3);
  struct percuta_injury injury;
  assert_int_equal(
      PERCUTA_OK, percuta_healing_injury_compute(grid, 0, 40, &channels, &bleeding, 1e-3, &injury));
  for (int c = 0; c < 40 * 40; ++c)
    assert_true(fabs(injury.clotted[c] - 0.5 * injury.injured[c]) < 1e-14);
  struct moments m = moments_of(grid, injury.injured);
  percuta_healing_injury_clear(&injury);
  percuta_numerics_grid_destroy(&grid);
  return m;
}

/* The damage lies where its puncture is, wherever that falls in a cell, and has its shape: a disc's
 * spread is r^2/4 each way; a stadium's along the tear t is larger, across hardly other. Cells add
 * h^2/12. */
static void the_cut_lies_where_the_puncture_is(void **state) {
  (void)state;
  const double h = 25e-6, r = 1e-4, place[] = {5e-4, 5.04e-4, 5.1e-4, 5.19e-4};
  const double spread = r * r / 4 + h * h / 12;
  for (int i = 0; i < 4; ++i) {
    struct moments m = cut_of(place[i], place[(i + 1) % 4], 0.7, r, 0);
    assert_true(fabs(m.x - place[i]) < 0.02 * h);
    assert_true(fabs(m.y - place[(i + 1) % 4]) < 0.02 * h);
    assert_true(fabs(m.xx / spread - 1) < 0.02 && fabs(m.yy / spread - 1) < 0.02);
  }
  /* The tear falls to nothing at the deepest point: the first row is torn by 98 % of it. */
  const double t = 1.5e-4 * (1 - 0.5 / NZ);
  const double area = M_PI * r * r + 2 * r * t;
  const double along =
      (M_PI * r * r * (r * r / 4 + t * t / 4) + 4 * r * r * r * t / 3 + r * t * t * t / 6) / area;
  const double across = (M_PI * r * r * r * r / 4 + 2 * r * r * r * t / 3) / area;
  struct moments m = cut_of(5e-4, 5.1e-4, 0, r, 1.5e-4);
  assert_true(fabs(m.x - 5e-4) < 0.02 * h && fabs(m.y - 5.1e-4) < 0.02 * h);
  assert_true(fabs((m.xx - h * h / 12) / along - 1) < 0.02);
  assert_true(fabs((m.yy - h * h / 12) / across - 1) < 0.03);
  struct moments turned = cut_of(5e-4, 5e-4, 0.5 * M_PI, r, 1.5e-4);
  assert_true(fabs((turned.yy - h * h / 12) / along - 1) < 0.02);
  assert_true(fabs((turned.xx - h * h / 12) / across - 1) < 0.03);
}

/* A puncture finer than the samples is in the cell around its axis, also beyond the edge. */
static void a_fine_cut_is_in_its_cell(void **state) {
  (void)state;
  struct percuta_channel channel = {
      .x = 1.02e-3, .y = 2.6e-5, .penetrated = true, .depth = 1e-3, .damage_width = 1e-7};
  struct percuta_bleed bleed = {.clot_fill = 1};
  struct percuta_channels channels = {.item = &channel, .count = 1};
  struct percuta_bleeding bleeding = {.item = &bleed, .count = 1};
  struct percuta_grid *grid = make_grid(40, 1e-3);
  struct percuta_injury injury;
  assert_int_equal(
      PERCUTA_OK, percuta_healing_injury_compute(grid, 0, 40, &channels, &bleeding, 1e-3, &injury));
  for (int c = 0; c < 40 * 40; ++c)
    assert_int_equal(injury.injured[c] > 0, c == 40);
  percuta_healing_injury_clear(&injury);
  percuta_numerics_grid_destroy(&grid);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(patch_keeps_the_volume),
      cmocka_unit_test(column_keeps_the_volume),
      cmocka_unit_test(rings_keep_the_volume),
      cmocka_unit_test(slabs_are_parts_of_the_whole),
      cmocka_unit_test(the_cut_lies_where_the_puncture_is),
      cmocka_unit_test(a_fine_cut_is_in_its_cell),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
