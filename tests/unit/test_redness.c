/* Colour of skin with blood and melanin, and redness after needles: limits, directions, and the
 * rows that set it. */
#include "stage_fixture.h"

#include "outcome/redness.h"

struct bench {
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_redness_law law;
};

static void begin(struct bench *b, enum percuta_phototype phototype) {
  fixture_init(&b->f);
  b->f.scenario.person.phototype = phototype;
  fixture_skin(&b->f, &b->skin);
  assert_int_equal(percuta_outcome_redness_read(&b->f.scenario, b->f.diag, &b->law), PERCUTA_OK);
}

/* `count` needles of that depth on a square centimetre. */
static struct percuta_redness after(const struct bench *b, size_t count, double depth) {
  enum { MOST = 400 };
  static const double width = 0.01;
  struct percuta_channel item[MOST];
  for (size_t i = 0; i < count; i++)
    item[i] = (struct percuta_channel){.penetrated = true,
                                       .depth = depth,
                                       .radius_surface = 6e-5,
                                       .cylinder_depth = depth,
                                       .slit_share = 2};
  const struct percuta_channels channels = {.item = item, .count = count, .penetrated = count};
  return percuta_outcome_redness_compute(&b->law, &b->skin, &channels, width);
}

/* Types of skin in the order of their angle: the fairest light or very light, the darkest brown or
 * dark (OUTC-250). */
static void skin_has_its_colour(void **state) {
  (void)state;
  double before = 91;
  for (int type = PERCUTA_PHOTOTYPE_I; type <= PERCUTA_PHOTOTYPE_VI; type++) {
    struct bench b;
    begin(&b, (enum percuta_phototype)type);
    const double ita = after(&b, 0, 0).ita;
    assert_true(ita < before);
    assert_true(type != PERCUTA_PHOTOTYPE_I || ita > 41);
    assert_true(type != PERCUTA_PHOTOTYPE_VI || ita < 10);
    before = ita;
    fixture_clear(&b.f);
  }
}

/* The index rises alike in fair and dark skin; what is seen does not. */
static void melanin_hides_redness_but_not_the_index(void **state) {
  (void)state;
  struct bench fair, dark;
  begin(&fair, PERCUTA_PHOTOTYPE_I);
  begin(&dark, PERCUTA_PHOTOTYPE_VI);
  const struct percuta_redness seen = after(&fair, 100, 1e-3), hidden = after(&dark, 100, 1e-3);
  assert_near(seen.index_day, hidden.index_day, 1e-9);
  assert_true(seen.index_day > 0 && seen.a_day > hidden.a_day && hidden.a_day > 0);
  assert_true(seen.median > hidden.median);
  fixture_clear(&fair.f);
  fixture_clear(&dark.f);
}

static void redness_grows_with_density_and_not_with_depth_below_the_plexus(void **state) {
  (void)state;
  struct bench b;
  begin(&b, PERCUTA_PHOTOTYPE_II);
  const struct percuta_redness none = after(&b, 0, 0);
  assert_true(none.median == 0 && none.high == 0 && none.a_day == 0);
  double before = 0;
  for (size_t count = 50; count <= 400; count *= 2) {
    const struct percuta_redness redness = after(&b, count, 1e-3);
    assert_true(redness.median > before && redness.inflamed <= 1);
    assert_true(redness.low < redness.median && redness.median < redness.high);
    before = redness.median;
  }
  /* ANAL-109: from 0.7 to 2.1 mm the same */
  assert_near(after(&b, 200, 7e-4).median, after(&b, 200, 2.1e-3).median, 1e-12);
  /* needles that stay in the epidermis leave a flare of hours, short ones less than long ones */
  assert_true(after(&b, 200, 3e-5).inflamed == 0);
  assert_true(after(&b, 200, 3e-5).median < 4 * PERCUTA_HOUR);
  assert_true(after(&b, 200, 1.5e-4).median < after(&b, 200, 7e-4).median);
  fixture_clear(&b.f);
}

/* A flare alone fades as its exponential; inflammation alone halves from its peak on. */
static void both_parts_have_a_closed_form(void **state) {
  (void)state;
  struct bench b;
  begin(&b, PERCUTA_PHOTOTYPE_III);
  const struct percuta_redness_law *l = &b.law;
  assert_near(percuta_outcome_redness_blood(l, 0, 1, 0), l->flare_gain, 1e-12);
  assert_near(percuta_outcome_redness_blood(l, 0, 0.5, 2 * l->flare_time),
              0.5 * l->flare_gain * exp(-2), 1e-12);
  assert_near(percuta_outcome_redness_blood(l, 0.3, 0,
                                            l->inflammation_peak + 3 * l->inflammation_half_time),
              0.3 * l->inflammation_gain / 8, 1e-12);
  /* twice as much inflamed lasts a half-time longer */
  assert_near(percuta_outcome_redness_seen(l, &b.skin, 0.6, 0) -
                  percuta_outcome_redness_seen(l, &b.skin, 0.3, 0),
              l->inflammation_half_time, 1e-6);
  /* OUTC-233: the flare is gone after 90 to 120 min, or somewhat more where all is flare */
  const double flare = percuta_outcome_redness_seen(l, &b.skin, 0, 1);
  assert_true(90 * 60.0 <= flare && flare <= 150 * 60.0);
  fixture_clear(&b.f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(skin_has_its_colour),
      cmocka_unit_test(melanin_hides_redness_but_not_the_index),
      cmocka_unit_test(redness_grows_with_density_and_not_with_depth_below_the_plexus),
      cmocka_unit_test(both_parts_have_a_closed_form),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
