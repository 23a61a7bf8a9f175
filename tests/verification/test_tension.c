/* Stretch of fibroblasts: what is held goes through what was measured, the gain is that of the
 * rates, and skin rests with every set of parameters in their ranges. */
#include "model_fixture.h"

#include "base/random.h"
#include "healing/parts/tension.h"

/* The rate of collagen in one cell of dermis that rests at `rest`, with all else at rest; what is
 * cross-linked keeps its share. */
static double collagen_rate(const struct percuta_cascade *cascade, double rest, double collagen) {
  double u[PERCUTA_FIELD_COUNT], rate[PERCUTA_FIELD_COUNT] = {0};
  struct percuta_piece piece = {.count = 1, .dermal = true, .rest = &rest};
  const struct percuta_tissue site = {.dermal = true, .rest = rest};
  percuta_healing_cascade_rest(cascade, &site, u);
  u[PERCUTA_FIELD_collagen_mature] *= collagen / rest;
  u[PERCUTA_FIELD_collagen] = collagen;
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    piece.u[f] = &u[f];
    piece.rate[f] = &rate[f];
  }
  percuta_healing_cascade_rate(cascade, &piece);
  return rate[PERCUTA_FIELD_collagen];
}

static void what_is_held_is_that_of_old_and_young(void **state) {
  (void)state;
  struct percuta_cascade c = fixture_cascade(FIXTURE_CORE | FIXTURE_PART(tension), NULL);
  const struct percuta_tension *t = PERCUTA_PART(&c, tension);
  assert_true(fabs(percuta_healing_tension_attached(t, 1) - 0.78) < 1e-14);
  assert_true(fabs(percuta_healing_tension_attached(t, 0.553 / 0.7328) - 0.58) < 1e-12);
  assert_true(percuta_healing_tension_attached(t, 0) == 0);
  assert_true(percuta_healing_tension_attached(t, 100) < 1);
  for (double r = 0; r < 2; r += 0.05)
    assert_true(percuta_healing_tension_attached(t, r + 0.05) >
                percuta_healing_tension_attached(t, r));
}

/* Above rest collagen comes back 1 - gain times as fast as below it, where stretch stays. */
static void gain_is_that_of_the_rates(void **state) {
  (void)state;
  const unsigned sets[] = {FIXTURE_CORE | FIXTURE_PART(tension),
                           FIXTURE_PART(pensalfini) | FIXTURE_PART(tension),
                           FIXTURE_CORE | FIXTURE_PART(tension) | FIXTURE_PART(trigger),
                           FIXTURE_CORE | FIXTURE_PART(tension) | FIXTURE_PART(crosslinks)};
  for (int i = 0; i < 4; ++i) {
    struct percuta_cascade c = fixture_cascade(sets[i], NULL);
    for (double rest = 0.4; rest < 1.3; rest += 0.2) {
      double step = 1e-5 * rest;
      double above = collagen_rate(&c, rest, rest + step);
      double twice = collagen_rate(&c, rest, rest + 2 * step);
      double slope = (4 * above - twice) / (2 * step); /* one side, second order */
      double below = collagen_rate(&c, rest, rest - step);
      double lower = (4 * below - collagen_rate(&c, rest, rest - 2 * step)) / (-2 * step);
      double gain = 1 - slope / lower;
      if (!(fabs(gain - percuta_healing_tension_gain(&c, rest)) < 1e-6))
        fail_msg("set %d at %g: gain %.9f, by the formula %.9f", i, rest, gain,
                 percuta_healing_tension_gain(&c, rest));
      assert_true(gain > 0.1 && gain < 1);
      if (i == 0)
        assert_true(fabs(lower / (-2 * percuta_healing_cascade_turnover(&c, rest)) - 1) < 1e-6);
    }
  }
}

/* A gain passes 1/(1 - gain) times as slowly as without. */
static void a_gain_lasts_longer(void **state) {
  (void)state;
  struct percuta_cascade with = fixture_cascade(FIXTURE_CORE | FIXTURE_PART(tension), NULL);
  struct percuta_cascade without = fixture_cascade(FIXTURE_CORE, NULL);
  double left[2], rest = 0.755;
  for (int w = 0; w < 2; ++w) {
    double collagen = rest * 1.001, step = PERCUTA_DAY / 4;
    for (double t = 0; t < 50 * PERCUTA_DAY; t += step) { /* midpoint rule */
      double half = collagen + 0.5 * step * collagen_rate(w ? &with : &without, rest, collagen);
      collagen += step * collagen_rate(w ? &with : &without, rest, half);
    }
    left[w] = log(1e-3 / (collagen / rest - 1));
  }
  assert_true(fabs(left[1] / left[0] - (1 - percuta_healing_tension_gain(&with, rest))) < 2e-3);
}

/* A parameter's value, in its own unit. */
static double value_of(const struct percuta_parameters *set, const char *name) {
  const struct percuta_parameter *p = percuta_base_parameters_find(set, name);
  assert_non_null(p);
  return p->value;
}

/* Draw `n`: what matters to collagen at rest, each drawn evenly from its whole range. */
static void draw_into(struct percuta_parameters *set, uint32_t n) {
  static const char *const NAME[] = {"tension.most",
                                     "tension.attached_young",
                                     "tension.attached_old",
                                     "tension.cutting",
                                     "crosslinks.maturing",
                                     "crosslinks.loss",
                                     "koppenol.collagen_secretion",
                                     "koppenol.collagen_loss",
                                     "skin.collagen_score_young",
                                     "skin.collagen_score_old"};
  const struct percuta_random_key key = {.seed = 7, .purpose = PERCUTA_RANDOM_PARAMETER};
  const struct percuta_units *units = percuta_catalogue_units(fixture_catalogue());
  for (size_t i = 0; i < sizeof NAME / sizeof *NAME; ++i) {
    const struct percuta_parameter *p = percuta_base_parameters_find(set, NAME[i]);
    double u[4];
    assert_non_null(p);
    percuta_base_random_uniform4(key, n, (uint32_t)i, u);
    assert_int_equal(PERCUTA_OK, percuta_base_parameters_put(set, units, NAME[i],
                                                             p->low + u[0] * (p->high - p->low)));
  }
  /* a little signal dies away: the one condition that the core keeps for itself */
  const double collagen =
      sqrt(value_of(set, "koppenol.collagen_secretion") / value_of(set, "koppenol.collagen_loss"));
  assert_int_equal(PERCUTA_OK, percuta_base_parameters_put(
                                   set, units, "koppenol.secretion",
                                   0.5 * collagen * value_of(set, "koppenol.signal_loss") *
                                       value_of(set, "koppenol.secretion_half_signal")));
}

static struct percuta_cascade draw(unsigned parts, uint32_t n) {
  struct percuta_layout layout = percuta_healing_layout_of(parts);
  struct percuta_parameters *set = NULL;
  struct percuta_diag *diag = NULL;
  struct percuta_cascade out;
  assert_int_equal(0, percuta_base_diag_create(&diag));
  assert_int_equal(PERCUTA_OK, percuta_base_parameters_overlay(
                                   percuta_catalogue_parameters(fixture_catalogue()), &set));
  draw_into(set, n);
  assert_int_equal(PERCUTA_OK, percuta_healing_cascade_read(&layout, set, NULL, diag, &out));
  percuta_base_parameters_destroy(&set);
  percuta_base_diag_destroy(&diag);
  return out;
}

/* More is lost than made wherever there is more collagen than at rest, near it and far from it, and
 * the gain is below one. */
static void skin_rests_with_all_parameters(void **state) {
  (void)state;
  const unsigned tension = FIXTURE_PART(tension), crosslinks = FIXTURE_PART(crosslinks);
  const unsigned sets[] = {FIXTURE_CORE | tension, FIXTURE_CORE | tension | crosslinks,
                           FIXTURE_PART(pensalfini) | tension,
                           FIXTURE_PART(pensalfini) | tension | crosslinks};
  double most = 0;
  for (uint32_t n = 0; n < 2000; ++n) {
    struct percuta_cascade c = draw(sets[n % 4], n);
    const double rest = 0.3 + (n % 101) / 100.0;
    const double gain = percuta_healing_tension_gain(&c, rest);
    assert_true(gain >= 0 && gain < 1);
    most = fmax(most, gain);
    for (double beyond = 1.001; beyond < 4; beyond *= 1.2) {
      if (!(collagen_rate(&c, rest, rest * beyond) < 0))
        fail_msg("draw %u: collagen at %g of rest %g does not fall", n, beyond, rest);
    }
  }
  assert_true(most > 0.9); /* the ranges hold what the law alone could not bear */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_held_is_that_of_old_and_young),
      cmocka_unit_test(gain_is_that_of_the_rates),
      cmocka_unit_test(a_gain_lasts_longer),
      cmocka_unit_test(skin_rests_with_all_parameters),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
