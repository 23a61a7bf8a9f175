/* Nerves reached and blocked: limits that hold whatever the values. */
#include "stage_fixture.h"

#include "transport/nerves.h"

static const struct percuta_nerves NERVES = {
    .exponent = 2, .fat_share = 0.25, .steepness = 4, .skin = 1.5e-3};

static struct percuta_nerves_levels levels_of(double level) {
  struct percuta_nerves_levels levels = {.step = 5e-5};
  for (int i = 0; i < PERCUTA_NERVES_DEPTHS; i++)
    levels.level[i] = level;
  return levels;
}

/* A power in skin, a line with the share of its slope in the fat, and no step between. */
static void nerves_grow_with_depth(void **state) {
  (void)state;
  assert_true(percuta_transport_nerves_reached(&NERVES, 0) == 0);
  assert_near(percuta_transport_nerves_reached(&NERVES, 1e-3), 1e-6, 1e-12);
  assert_near(percuta_transport_nerves_reached(&NERVES, 1.5e-3), 2.25e-6, 1e-12);
  assert_near(percuta_transport_nerves_reached(&NERVES, 2.5e-3), 2.25e-6 + 0.25 * 3e-3 * 1e-3,
              1e-12);
}

/* Half at the level, odds that grow with its power, none without, all at no end of it. */
static void block_is_a_sigmoid_of_the_level(void **state) {
  (void)state;
  double before = -1;
  assert_true(percuta_transport_nerves_block(&NERVES, 0) == 0);
  assert_near(percuta_transport_nerves_block(&NERVES, 1), 0.5, 1e-12);
  assert_near(percuta_transport_nerves_block(&NERVES, 2), 16.0 / 17, 1e-12);
  assert_true(percuta_transport_nerves_block(&NERVES, 1e12) == 1);
  for (double level = 0; level < 5; level += 0.1) {
    const double block = percuta_transport_nerves_block(&NERVES, level);
    assert_true(block > before && block < 1);
    before = block;
  }
}

/* No cream blocks nothing, endless cream all of it, one level everywhere its own share. */
static void what_is_felt_has_its_limits(void **state) {
  (void)state;
  const struct percuta_nerves_levels none = levels_of(0), half = levels_of(1),
                                     endless = levels_of(1e9);
  const double depth[] = {0.1e-3, 1.25e-3, 4e-3, 30e-3}; /* the last beyond the levels */
  for (int i = 0; i < 4; i++) {
    const double all = percuta_transport_nerves_reached(&NERVES, depth[i]);
    assert_near(percuta_transport_nerves_felt(&NERVES, &none, 1, depth[i]), all, 1e-12);
    assert_near(percuta_transport_nerves_felt(&NERVES, &half, 1, depth[i]), 0.5 * all, 1e-12);
    assert_near(percuta_transport_nerves_felt(&NERVES, &half, 0.5, depth[i]), all / 17, 1e-12);
    assert_true(percuta_transport_nerves_felt(&NERVES, &endless, 1, depth[i]) < 1e-20 * all);
  }
  assert_true(percuta_transport_nerves_felt(&NERVES, &none, 1, 0) == 0);
}

/* A sharp edge at 1 mm: what is below it is felt, N(L) - N(1 mm); the pain-free depth follows. */
static void an_edge_is_integrated(void **state) {
  (void)state;
  struct percuta_nerves sharp = NERVES;
  struct percuta_nerves_levels edge = {.step = 5e-5};
  sharp.steepness = 400;
  for (int i = 0; i < PERCUTA_NERVES_DEPTHS; i++)
    edge.level[i] = i < 20 ? 2 : i > 20 ? 0.5 : 1;
  const double felt = percuta_transport_nerves_felt(&sharp, &edge, 1, 1.4e-3);
  assert_near(felt, 1.4e-3 * 1.4e-3 - 1e-6, 0.02);
  /* down to 1.2 mm without, N = 1.44; with it N(L) = 2.44, which is beyond the skin's 2.25 */
  const double depth = percuta_transport_nerves_depth(&sharp, &edge, 1, 1.2e-3, 20e-3);
  assert_near(depth, 1.5e-3 + 0.19e-6 / 0.75e-3, 0.01);
}

static void pain_free_depth_has_its_limits(void **state) {
  (void)state;
  const struct percuta_nerves_levels none = levels_of(0), half = levels_of(1),
                                     endless = levels_of(1e9);
  assert_near(percuta_transport_nerves_depth(&NERVES, &none, 1, 1.9e-3, 20e-3), 1.9e-3, 1e-9);
  assert_near(percuta_transport_nerves_depth(&NERVES, &endless, 1, 1.9e-3, 20e-3), 20e-3, 1e-12);
  const double middle = percuta_transport_nerves_depth(&NERVES, &half, 1, 1.9e-3, 20e-3);
  assert_true(middle > 1.9e-3 && middle < 20e-3);
  assert_true(percuta_transport_nerves_depth(&NERVES, &half, 0.8, 1.9e-3, 20e-3) > middle);
  assert_true(percuta_transport_nerves_depth(&NERVES, &half, 1.2, 1.9e-3, 20e-3) < middle);
}

static void laws_are_read(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_nerves nerves;
  fixture_init(&f);
  fixture_set(&f, "numbing.fat_nerves", "0.3");
  fixture_set(&f, "numbing.block_steepness", "5");
  fixture_set(&f, "outcome.pain_length_exponent", "1.5");
  assert_int_equal(percuta_transport_nerves_read(&f.scenario, f.diag, &nerves), PERCUTA_OK);
  assert_near(nerves.fat_share, 0.3, 1e-12);
  assert_near(nerves.steepness, 5, 1e-12);
  assert_near(nerves.exponent, 1.5, 1e-12);
  assert_true(isinf(nerves.skin));
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nerves_grow_with_depth),
      cmocka_unit_test(block_is_a_sigmoid_of_the_level),
      cmocka_unit_test(what_is_felt_has_its_limits),
      cmocka_unit_test(an_edge_is_integrated),
      cmocka_unit_test(pain_free_depth_has_its_limits),
      cmocka_unit_test(laws_are_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
