#include "stage_fixture.h"

#include "base/random.h"
#include "device/coverage.h"
#include "insertion/reentry.h"

/* `count` independent strikes on a patch of `width`. */
static void poisson_strikes(uint64_t seed, size_t count, double width,
                            struct percuta_strikes *out) {
  struct percuta_random_key key = {.seed = seed, .purpose = PERCUTA_RANDOM_STRIKE};
  *out = (struct percuta_strikes){.item = calloc(count, sizeof *out->item), .count = count};
  assert_non_null(out->item);
  for (size_t i = 0; i < count; i++) {
    double uniform[4];
    percuta_base_random_uniform4(key, 0, (uint32_t)i, uniform);
    out->item[i].x = uniform[0] * width;
    out->item[i].y = uniform[1] * width;
  }
}

static void coverage_of(struct fixture *f, const struct percuta_strikes *strikes, double width,
                        struct percuta_coverage *out) {
  assert_int_equal(percuta_device_coverage_compute(&f->scenario, strikes, width, out), PERCUTA_OK);
}

/* Comparing all pairs gives the same, however few strikes there are. */
static void nearest_agrees_with_all_pairs(void **state) {
  (void)state;
  struct fixture f;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  for (size_t n = 2; n < 400; n += n / 3 + 1) {
    struct percuta_strikes strikes;
    struct percuta_coverage coverage;
    double sum = 0;
    poisson_strikes(n, n, 1, &strikes);
    for (size_t i = 0; i < n; i++) {
      double nearest = 2;
      for (size_t j = 0; j < n; j++) {
        double dx = fabs(strikes.item[i].x - strikes.item[j].x);
        double dy = fabs(strikes.item[i].y - strikes.item[j].y);
        if (i != j)
          nearest = fmin(nearest, hypot(fmin(dx, 1 - dx), fmin(dy, 1 - dy)));
      }
      sum += nearest;
    }
    coverage_of(&f, &strikes, 1, &coverage);
    assert_near(coverage.nearest_mean, sum / (double)n, 1e-12);
    percuta_device_strikes_clear(&strikes);
  }
  fixture_clear(&f);
}

/* Independent strikes: mean 1/(2 sqrt(density)) and the whole distribution, within sampling error.
 */
static void poisson_strikes_have_the_closed_forms(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_strikes strikes;
  struct percuta_coverage coverage;
  const size_t n = 40000;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  poisson_strikes(7, n, 0.1, &strikes);
  coverage_of(&f, &strikes, 0.1, &coverage);
  assert_near(coverage.nearest_poisson, 0.5 * 0.1 / 200, 1e-12);
  assert_near(coverage.nearest_mean, coverage.nearest_poisson, 0.01);
  assert_true(coverage.cdf_gap < 1.63 * 1.5 / sqrt((double)n)); /* 1 % level, for paired points */
  assert_near(percuta_device_coverage_poisson_cdf(4, 0.25), 1 - exp(-FIXTURE_PI / 4), 1e-12);
  percuta_device_strikes_clear(&strikes);
  fixture_clear(&f);
}

/* A square lattice: every nearest neighbour is one spacing away, twice the Poisson mean. */
static void a_lattice_is_far_from_poisson(void **state) {
  (void)state;
  enum { SIDE = 20 };
  struct fixture f;
  struct percuta_strike item[SIDE * SIDE] = {0};
  struct percuta_strikes strikes = {.item = item, .count = SIDE * SIDE};
  struct percuta_coverage coverage;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  for (int i = 0; i < SIDE * SIDE; i++) {
    item[i].x = (i % SIDE + 0.5) / SIDE;
    item[i].y = (i / SIDE + 0.5) / SIDE;
  }
  coverage_of(&f, &strikes, 1, &coverage);
  assert_near(coverage.nearest_mean, 1.0 / SIDE, 1e-12);
  assert_near(coverage.nearest_mean, 2 * coverage.nearest_poisson, 1e-12);
  assert_near(coverage.cdf_gap, 1 - exp(-FIXTURE_PI), 1e-9);
  fixture_clear(&f);
}

/* One pass of a roller is regular; many passes in all directions approach the Poisson limit. */
static void many_passes_approach_poisson(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_strikes strikes = {0};
  struct percuta_coverage one, many;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 0, 0.1, &strikes), PERCUTA_OK);
  coverage_of(&f, &strikes, 0.1, &one);
  percuta_device_strikes_clear(&strikes);
  f.scenario.session.pass_count = 4;
  f.scenario.session.repeat = 8;
  f.scenario.session.angle_jitter = 0.05;
  for (int i = 0; i < 4; i++)
    f.scenario.session.passes[i].direction = FIXTURE_PI / 4 * i;
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 0, 0.1, &strikes), PERCUTA_OK);
  coverage_of(&f, &strikes, 0.1, &many);
  percuta_device_strikes_clear(&strikes);
  assert_near(one.density_expected, 192 / (FIXTURE_PI * 4e-4), 1e-12);
  assert_near(many.density_expected, 32 * one.density_expected, 1e-12);
  assert_near(many.density, many.density_expected, 0.03);
  assert_true(one.nearest_mean > 1.5 * one.nearest_poisson && one.cdf_gap > 0.4);
  assert_near(many.nearest_mean, many.nearest_poisson, 0.05);
  assert_true(many.cdf_gap < 0.05);
  fixture_clear(&f);
}

static void too_few_strikes_have_no_neighbour(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_strike item = {.x = 0.5, .y = 0.5};
  struct percuta_strikes strikes = {.item = &item, .count = 1};
  struct percuta_coverage coverage;
  fixture_init(&f);
  fixture_device(&f, "stamp-35-1.0mm");
  coverage_of(&f, &strikes, 1, &coverage);
  assert_true(coverage.nearest_mean == 0 && coverage.nearest_poisson == 0.5);
  strikes.count = 0;
  coverage_of(&f, &strikes, 1, &coverage);
  assert_true(coverage.density == 0 && coverage.nearest_poisson == 0);
  fixture_clear(&f);
}

/* The share of independent strikes that re-enter, counted, against the closed form. */
static void reentry_of_poisson_strikes(void **state) {
  (void)state;
  const double per_opening[] = {0.01, 0.1, 0.3, 1};
  const size_t n = 100000;
  for (size_t k = 0; k < sizeof per_opening / sizeof *per_opening; k++) {
    struct percuta_strikes strikes;
    struct percuta_reentry *open = NULL;
    double radius = sqrt(per_opening[k] / (FIXTURE_PI * (double)n));
    size_t reentered = 0;
    poisson_strikes(11 + k, n, 1, &strikes);
    assert_int_equal(percuta_insertion_reentry_create(1, radius, n, &open), PERCUTA_OK);
    for (size_t i = 0; i < n; i++) {
      if (percuta_insertion_reentry_hits(open, strikes.item[i].x, strikes.item[i].y))
        reentered++;
      else
        percuta_insertion_reentry_add(open, strikes.item[i].x, strikes.item[i].y, radius);
    }
    double share = (double)reentered / (double)n;
    double expected = percuta_device_coverage_reentry((double)n, radius);
    double error = sqrt(expected * (1 - expected) / (double)n);
    if (fabs(share - expected) > 4 * error + 0.002 * expected)
      fail_msg("%g re-entered instead of %g", share, expected);
    percuta_insertion_reentry_destroy(&open);
    percuta_device_strikes_clear(&strikes);
  }
  /* few strikes: half of the openings' share, as each meets those before it */
  assert_near(percuta_device_coverage_reentry(1e-3, 1), FIXTURE_PI * 1e-3 / 2, 0.01);
  assert_true(percuta_device_coverage_reentry(0, 1) == 0 &&
              percuta_device_coverage_reentry(1, 0) == 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nearest_agrees_with_all_pairs),
      cmocka_unit_test(poisson_strikes_have_the_closed_forms),
      cmocka_unit_test(a_lattice_is_far_from_poisson),
      cmocka_unit_test(many_passes_approach_poisson),
      cmocka_unit_test(too_few_strikes_have_no_neighbour),
      cmocka_unit_test(reentry_of_poisson_strikes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
