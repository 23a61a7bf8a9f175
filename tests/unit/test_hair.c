#include "record_fixture.h"

#include "outcome/hair.h"
#include "outcome/outcomes.h"

static const struct percuta_hair_cycle cycle = {3.6, 2.4, 2};

static void near(double found, double expected, double relative) {
  if (!(fabs(found - expected) <= relative * fabs(expected)))
    fail_msg("%.12g is not %.12g", found, expected);
}

/* 150 follicles per cm^2 that wait one month in place of two: 16 hairs more. */
static void rest_is_the_share_of_the_durations(void **state) {
  (void)state;
  const struct percuta_hair_state before = percuta_outcome_hair_rest(&cycle);
  const struct percuta_hair_cycle woken = {3.6, 2.4, 1};
  const struct percuta_hair_state after = percuta_outcome_hair_rest(&woken);
  near(before.anagen, 0.45, 1e-12);
  near(before.telogen, 0.3, 1e-12);
  near(150 * (after.anagen + after.telogen - before.anagen - before.telogen), 16.07, 1e-3);
  struct percuta_hair_state still = before;
  for (int i = 0; i < 1000; i++)
    percuta_outcome_hair_step(&cycle, 0.02, &still);
  near(still.anagen, before.anagen, 1e-12);
}

/* Equal durations m: seen from rest, a disturbance turns and dies out as
 * exp(-3 t/(2 m)) cos(sqrt(3) t/(2 m)), the eigenvalues of a ring of three. */
static void a_ring_of_three_has_the_closed_form(void **state) {
  (void)state;
  const struct percuta_hair_cycle ring = {1, 1, 1};
  struct percuta_hair_state s = {1, 0, 0};
  for (int i = 1; i <= 200; i++) {
    percuta_outcome_hair_step(&ring, 0.01, &s);
    const double t = 0.01 * i;
    const double exact = 1.0 / 3 + 2.0 / 3 * exp(-1.5 * t) * cos(sqrt(3) / 2 * t);
    assert_true(fabs(s.anagen - exact) < 1e-9);
    assert_true(fabs(s.anagen + s.telogen + s.latent - 1) < 1e-12);
  }
}

/* The mean of the automaton itself: follicles one by one, each phase of a random length. */
static void the_automaton_has_this_mean(void **state) {
  (void)state;
  enum { FOLLICLES = 40000 };
  const double mean[] = {cycle.anagen, cycle.telogen, cycle.latent}, end = 2;
  unsigned long long seed = 88172645463325252ULL;
  int seen[3] = {0};
  for (int f = 0; f < FOLLICLES; f++) {
    int phase = 2; /* all wait at first */
    for (double now = 0;;) {
      seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17; /* Marsaglia's xorshift */
      now -= mean[phase] * log(((double)(seed >> 11) + 0.5) / 9007199254740992.0);
      if (now > end)
        break;
      phase = (phase + 1) % 3;
    }
    seen[phase]++;
  }
  struct percuta_hair_state s = {0, 0, 1};
  for (int i = 0; i < 200; i++)
    percuta_outcome_hair_step(&cycle, end / 200, &s);
  const double share[] = {s.anagen, s.telogen, s.latent};
  for (int i = 0; i < 3; i++) /* four standard errors */
    assert_true(fabs((double)seen[i] / FOLLICLES - share[i]) < 4 * 0.5 / sqrt(FOLLICLES));
}

/* Without a session that opened the scalp nothing comes; minoxidil alone gives what it was set by.
 */
static void needling_and_minoxidil_add(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_scalp(&f);
  const struct percuta_outcome_time at = {PERCUTA_SINCE_FIRST_SESSION, 126};
  const double gain =
      percuta_outcome_outcomes_number_on(&f.record, PERCUTA_OUTCOME_hair_gain_per_cm2, at);
  const double both = percuta_outcome_outcomes_number_on(
      &f.record, PERCUTA_OUTCOME_hair_gain_minoxidil_per_cm2, at);
  const double over = percuta_outcome_outcomes_number_on(
      &f.record, PERCUTA_OUTCOME_hair_gain_over_minoxidil_per_cm2, at);
  assert_true(gain > 0 && over > 0 && both > gain && both > over);
  for (int s = 0; s < 2; s++)
    f.session[s].channels.penetrated = 0;
  assert_true(fabs(percuta_outcome_outcomes_number_on(&f.record, PERCUTA_OUTCOME_hair_gain_per_cm2,
                                                      at)) < 1e-9);
  near(percuta_outcome_outcomes_number_on(&f.record, PERCUTA_OUTCOME_hair_gain_minoxidil_per_cm2,
                                          at),
       both - over, 1e-9);
  fixture_destroy(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rest_is_the_share_of_the_durations),
      cmocka_unit_test(a_ring_of_three_has_the_closed_form),
      cmocka_unit_test(the_automaton_has_this_mean),
      cmocka_unit_test(needling_and_minoxidil_add),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
