#include "stage_fixture.h"

#include <time.h>

#include "bleeding/bleeding.h"
#include "insertion/channel.h"
#include "skin/person.h"
#include "skin/variation.h"

static const struct percuta_variation_law LAW = {.deviation = 10e-6, .length = 0.3e-3};
static const double WIDTH = 3e-3;

static struct percuta_variation *create(const struct percuta_variation_law *law, double width,
                                        uint64_t seed) {
  struct percuta_variation *variation = NULL;
  assert_int_equal(percuta_skin_variation_create(law, width, seed, &variation), PERCUTA_OK);
  return variation;
}

/* Over many seeds, at pairs of points that are 0 to 5 lengths apart: mean 0 and the covariance of
 * the closed form, each within 4 standard errors. Of a product of two Gaussians with variance v and
 * covariance c the variance is v^2 + c^2; interpolation may take 1 % of v more. */
static void mean_and_covariance_are_the_closed_form(void **state) {
  (void)state;
  enum { SEEDS = 1500, PAIRS = 6 };
  const double apart[PAIRS] = {0, 0.1e-3, 0.3e-3, 0.5e-3, 0.9e-3, 1.5e-3};
  double product[PAIRS] = {0}, expected[PAIRS], sum = 0;
  for (int seed = 0; seed < SEEDS; seed++) {
    struct percuta_variation *variation = create(&LAW, WIDTH, (uint64_t)seed);
    double here = percuta_skin_variation_shift(variation, 2.345e-3, 0.678e-3);
    sum += here;
    for (int i = 0; i < PAIRS; i++) {
      double dx = 0.6 * apart[i], dy = -0.8 * apart[i];
      product[i] += here * percuta_skin_variation_shift(variation, 2.345e-3 + dx, 0.678e-3 + dy);
      expected[i] = percuta_skin_variation_covariance(variation, dx, dy);
    }
    percuta_skin_variation_destroy(&variation);
  }
  const double variance = expected[0];
  assert_true(fabs(sum / SEEDS) < 4 * sqrt(variance / SEEDS));
  for (int i = 0; i < PAIRS; i++) {
    double error = sqrt((variance * variance + expected[i] * expected[i]) / SEEDS);
    if (!(fabs(product[i] / SEEDS - expected[i]) < 4 * error + 0.01 * variance))
      fail_msg("covariance %g at %g mm is not %g", product[i] / SEEDS, 1e3 * apart[i], expected[i]);
  }
}

/* On a patch far wider than the correlation length the covariance is deviation^2 exp(-r^2/(2 l^2)),
 * less the variance of the patch's mean, deviation^2 2 pi l^2 / area. */
static void wide_patches_have_a_gaussian_correlation(void **state) {
  (void)state;
  struct percuta_variation *variation = create(&LAW, 18e-3, 1);
  const double square = LAW.deviation * LAW.deviation, l = LAW.length;
  for (double r = 0; r < 1.2e-3; r += 0.15e-3) {
    double expected = square * (exp(-0.5 * r * r / (l * l)) - 2 * FIXTURE_PI * l * l / 324e-6);
    assert_true(fabs(percuta_skin_variation_covariance(variation, r, 0) - expected) <
                1e-3 * square);
  }
  percuta_skin_variation_destroy(&variation);
}

static void field_is_periodic_with_mean_zero(void **state) {
  (void)state;
  const double width[] = {3e-3, 50e-3}; /* the second repeats a smaller one */
  for (int k = 0; k < 2; k++) {
    struct percuta_variation *variation = create(&LAW, width[k], 7);
    double sum = 0;
    for (int j = 0; j < 400; j++)
      for (int i = 0; i < 400; i++)
        sum += percuta_skin_variation_shift(variation, width[k] * i / 400, width[k] * j / 400);
    assert_true(fabs(sum / 160000) < 0.01 * LAW.deviation);
    for (int i = 0; i < 50; i++) {
      double x = 0.07e-3 * i, y = 0.031e-3 * i;
      double here = percuta_skin_variation_shift(variation, x, y);
      double there = percuta_skin_variation_shift(variation, x + width[k], y - width[k]);
      assert_true(fabs(there - here) < 1e-9 * LAW.deviation);
      double near = percuta_skin_variation_shift(variation, x + 1e-9, y);
      assert_true(fabs(near - here) < 1e-4 * LAW.deviation);
    }
    percuta_skin_variation_destroy(&variation);
  }
}

static void seeds_differ_and_repeat(void **state) {
  (void)state;
  struct percuta_variation *a = create(&LAW, WIDTH, 1), *again = create(&LAW, WIDTH, 1),
                           *b = create(&LAW, WIDTH, 2);
  assert_true(percuta_skin_variation_shift(a, 1e-3, 1e-3) ==
              percuta_skin_variation_shift(again, 1e-3, 1e-3));
  assert_true(percuta_skin_variation_shift(a, 1e-3, 1e-3) !=
              percuta_skin_variation_shift(b, 1e-3, 1e-3));
  percuta_skin_variation_destroy(&a);
  percuta_skin_variation_destroy(&again);
  percuta_skin_variation_destroy(&b);
}

/* Variance between people and within a site make up the atlas's. */
static void the_variance_is_shared_out(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_variation_law law;
  fixture_init(&f);
  fixture_skin(&f, &skin);
  assert_int_equal(percuta_skin_variation_read(&f.scenario, &skin, f.diag, &law), PERCUTA_OK);
  assert_true(law.deviation == 0);
  assert_true(percuta_skin_variation_between(&f.scenario) == 1);
  f.scenario.model.variation = PERCUTA_VARIATION_ON;
  assert_int_equal(percuta_skin_variation_read(&f.scenario, &skin, f.diag, &law), PERCUTA_OK);
  double published =
      skin.thickness_sd[PERCUTA_STRATUM_CORNEUM] * skin.thickness_sd[PERCUTA_STRATUM_CORNEUM] +
      skin.thickness_sd[PERCUTA_VIABLE_EPIDERMIS] * skin.thickness_sd[PERCUTA_VIABLE_EPIDERMIS];
  double between = percuta_skin_variation_between(&f.scenario);
  assert_near(law.deviation * law.deviation, 0.62 * published, 1e-9);
  assert_near(between * between, 0.38, 1e-9);
  f.scenario.person.draw = PERCUTA_DRAW_SAMPLED;
  double narrow =
      log(percuta_skin_person_draw(&f.scenario, PERCUTA_TRAIT_EPIDERMIS, 50e-6, 10e-6) / 50e-6);
  double dermis = percuta_skin_person_draw(&f.scenario, PERCUTA_TRAIT_DERMIS, 1e-3, 1e-4);
  f.scenario.model.variation = PERCUTA_VARIATION_OFF;
  double wide =
      log(percuta_skin_person_draw(&f.scenario, PERCUTA_TRAIT_EPIDERMIS, 50e-6, 10e-6) / 50e-6);
  assert_near(narrow / wide, sqrt(log1p(0.38 * 0.04) / log1p(0.04)), 1e-9);
  assert_true(percuta_skin_person_draw(&f.scenario, PERCUTA_TRAIT_DERMIS, 1e-3, 1e-4) == dermis);
  fixture_clear(&f);
}

static void resolve(struct fixture *f, const struct percuta_strikes *strikes,
                    struct percuta_channels *channels, struct percuta_bleeding *bleeding) {
  struct percuta_skin skin;
  fixture_skin(f, &skin);
  assert_int_equal(fixture_insert(f, &skin, strikes, WIDTH, channels), PERCUTA_OK);
  assert_int_equal(fixture_bleed(f, &skin, channels, WIDTH, PERCUTA_VESSELS_EXPECTED, bleeding),
                   PERCUTA_OK);
}

/* A cut that ends just below the mean loops reaches them where the epidermis is thin, and only
 * there. Off, every strike finds the mean. */
static void thin_spots_bleed_first(void **state) {
  (void)state;
  enum { STRIKES = 400 };
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_channels channels;
  struct percuta_bleeding bleeding;
  struct percuta_strike item[STRIKES] = {0};
  struct percuta_strikes strikes = {.item = item, .count = STRIKES};
  for (int i = 0; i < STRIKES; i++) {
    item[i].x = (i % 20 + 0.5) * WIDTH / 20;
    item[i].y = (i / 20 + 0.5) * WIDTH / 20;
  }
  fixture_init(&f);
  fixture_set(&f, "insertion.depth_spread", "0");
  fixture_set(&f, "skin.plexus_depth", "1.2 mm");
  fixture_device(&f, "roller-192-1.5mm");
  fixture_skin(&f, &skin);
  f.scenario.device.needle.taper = 0.2e-3;
  f.scenario.device.needle.length = 0.35e-3;
  f.scenario.model.variation = PERCUTA_VARIATION_ON;
  resolve(&f, &strikes, &channels, &bleeding);
  double depth = 0;
  for (int i = 0; i < STRIKES; i++)
    depth = fmax(depth, channels.item[i].depth);
  int reached = 0;
  for (int i = 0; i < STRIKES; i++) {
    bool above = skin.loop_top + channels.item[i].epidermis_shift < channels.item[i].depth;
    assert_true(channels.item[i].depth == depth || channels.item[i].depth == 0);
    assert_int_equal(bleeding.item[i].hits[PERCUTA_LOOP] > 0, above && !channels.item[i].reentered);
    reached += above;
  }
  assert_true(reached > 0);
  percuta_bleeding_clear(&bleeding);
  percuta_insertion_channel_clear(&channels);
  f.scenario.model.variation = PERCUTA_VARIATION_OFF;
  resolve(&f, &strikes, &channels, &bleeding);
  for (int i = 0; i < STRIKES; i++)
    assert_true(channels.item[i].epidermis_shift == 0);
  percuta_bleeding_clear(&bleeding);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

/* Over fat a needle feels how thick the skin is, which the epidermis changes; between the tabulated
 * shifts the depth is that of skin so thick, within a micrometre. */
static void layers_follow_the_epidermis(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_channels channels, given;
  struct percuta_strike item[40] = {0};
  struct percuta_strikes strikes = {.item = item, .count = 40}, one = {.item = item, .count = 1};
  for (int i = 0; i < 40; i++)
    item[i].x = item[i].y = i * WIDTH / 40;
  fixture_init(&f);
  fixture_set(&f, "insertion.depth_spread", "0");
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.support = PERCUTA_SUPPORT_SOFT_TISSUE;
  f.scenario.model.variation = PERCUTA_VARIATION_ON;
  fixture_skin(&f, &skin);
  assert_int_equal(fixture_insert(&f, &skin, &strikes, WIDTH, &channels), PERCUTA_OK);
  f.scenario.model.variation = PERCUTA_VARIATION_OFF;
  double most = 0;
  for (int i = 0; i < 40; i++) {
    struct percuta_skin here = skin;
    here.thickness[PERCUTA_VIABLE_EPIDERMIS] += channels.item[i].epidermis_shift;
    assert_int_equal(fixture_insert(&f, &here, &one, WIDTH, &given), PERCUTA_OK);
    assert_true(fabs(channels.item[i].depth - given.item[0].depth) < 1e-6);
    most = fmax(most, fabs(given.item[0].depth - channels.item[0].depth));
    percuta_insertion_channel_clear(&given);
  }
  assert_true(most > 2e-6); /* so that the test could fail */
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

/* 100,000 strikes on wrinkled, varied skin on layers within a second of processor time, ten where
 * sanitizers slow it down. */
static void a_hundred_thousand_strikes_take_less_than_a_second(void **state) {
  (void)state;
  enum { STRIKES = 100000 };
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_channels channels;
  const char *sanitized = getenv("PERCUTA_SANITIZED");
  const double limit = sanitized && strcmp(sanitized, "1") == 0 ? 60 : 5;
  struct percuta_strike *item = calloc(STRIKES, sizeof *item);
  assert_non_null(item);
  struct percuta_strikes strikes = {.item = item, .count = STRIKES};
  for (int i = 0; i < STRIKES; i++) {
    item[i].x = fmod(i * 0.618033988749895, 1) * 20e-3;
    item[i].y = (i + 0.5) / STRIKES * 20e-3;
  }
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  snprintf(f.kind, sizeof f.kind, "wrinkle");
  f.scenario.support = PERCUTA_SUPPORT_SOFT_TISSUE;
  f.scenario.model.variation = PERCUTA_VARIATION_ON;
  fixture_skin(&f, &skin);
  const clock_t start = clock();
  assert_int_equal(fixture_insert(&f, &skin, &strikes, 20e-3, &channels), PERCUTA_OK);
  const double taken = (double)(clock() - start) / CLOCKS_PER_SEC;
  print_message("100,000 strikes: %.3f s\n", taken);
  assert_true(taken < limit);
  percuta_insertion_channel_clear(&channels);
  free(item);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mean_and_covariance_are_the_closed_form),
      cmocka_unit_test(wide_patches_have_a_gaussian_correlation),
      cmocka_unit_test(field_is_periodic_with_mean_zero),
      cmocka_unit_test(seeds_differ_and_repeat),
      cmocka_unit_test(the_variance_is_shared_out),
      cmocka_unit_test(thin_spots_bleed_first),
      cmocka_unit_test(layers_follow_the_epidermis),
      cmocka_unit_test(a_hundred_thousand_strikes_take_less_than_a_second),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
