/* Bands beside values: which end counts, which interval is people's, what is said, and the shares
 * of a variance that can be told by hand. */
#include "record_fixture.h"

#include "outcome/spread.h"

static const struct percuta_outcome *of(enum percuta_outcome_id id) {
  return percuta_outcome_outcomes_at(id);
}

static struct percuta_spread *spread_of(struct fixture *f) {
  struct percuta_spread *spread = calloc(1, sizeof *spread);
  assert_non_null(spread);
  *spread = (struct percuta_spread){.asked = 64, .followed = 64, .lost = 3, .level = 0.9};
  snprintf(spread->why, sizeof spread->why, "no time step led on");
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i)
    for (int t = 0; t < PERCUTA_SPREAD_TIMES; ++t)
      spread->band[i][t] = (struct percuta_band){.low = NAN, .high = NAN};
  f->record.spread = spread;
  return spread;
}

static void without_draws_values_are_their_own(void **state) {
  struct fixture f;
  struct percuta_outcome_value people;
  (void)state;
  fixture_create(&f, 1);
  f.session[0].opening.density = 2e6;
  const struct percuta_outcome_value found = percuta_outcome_outcomes_compute_apart(
      &f.record, of(PERCUTA_OUTCOME_closed_h), percuta_outcome_outcomes_end(&f.record), &people);
  assert_true(found.low == people.low && found.high == people.high && found.level == people.level);
  fixture_destroy(&f);
}

static void people_are_kept_apart(void **state) {
  struct fixture f;
  struct percuta_outcome_value people;
  (void)state;
  fixture_create(&f, 1);
  f.session[0].opening.density = 2e6;
  struct percuta_spread *spread = spread_of(&f);
  const struct percuta_outcome_time end = percuta_outcome_outcomes_end(&f.record);
  struct percuta_outcome_value found =
      percuta_outcome_outcomes_compute_apart(&f.record, of(PERCUTA_OUTCOME_closed_h), end, &people);
  assert_true(isnan(found.low) && isnan(found.high) &&
              isfinite(people.low)); /* not moved by draws */
  spread->band[PERCUTA_OUTCOME_closed_h][PERCUTA_SPREAD_TIMES - 1] =
      (struct percuta_band){.low = 0.1, .high = 99};
  found =
      percuta_outcome_outcomes_compute_apart(&f.record, of(PERCUTA_OUTCOME_closed_h), end, &people);
  assert_true(found.low == 0.1 && found.high == 99 && found.level == 0.9);
  assert_true(people.level == 0.8);
  free(spread);
  fixture_destroy(&f);
}

static void the_wider_end_counts(void **state) {
  struct fixture f;
  (void)state;
  fixture_create(&f, 1);
  f.session[0].opening.density = 2e6;
  const struct percuta_outcome_time end = percuta_outcome_outcomes_end(&f.record);
  const struct percuta_outcome *depth = of(PERCUTA_OUTCOME_depth_mean_um);
  const struct percuta_outcome_value own = percuta_outcome_outcomes_compute(&f.record, depth, end);
  struct percuta_spread *spread = spread_of(&f);
  assert_true(own.low < own.high);
  spread->band[PERCUTA_OUTCOME_depth_mean_um][PERCUTA_SPREAD_TIMES - 1] =
      (struct percuta_band){.low = own.low + 1, .high = own.high + 1};
  const struct percuta_outcome_value found =
      percuta_outcome_outcomes_compute(&f.record, depth, end);
  assert_true(found.low == own.low && found.high == own.high + 1);
  free(spread);
  fixture_destroy(&f);
}

static void bands_belong_to_their_times(void **state) {
  struct fixture f;
  (void)state;
  fixture_create(&f, 1);
  f.session[0].opening.density = 2e6;
  struct percuta_spread *spread = spread_of(&f);
  const struct percuta_outcome *collagen = of(PERCUTA_OUTCOME_collagen_total_rel);
  spread->band[PERCUTA_OUTCOME_collagen_total_rel][1] =
      (struct percuta_band){.low = 0.9, .high = 1.2};
  const struct percuta_outcome_value at_three = percuta_outcome_outcomes_compute(
                                         &f.record, collagen, percuta_outcome_outcomes_time[1]),
                                     at_one = percuta_outcome_outcomes_compute(
                                         &f.record, collagen, percuta_outcome_outcomes_time[0]);
  assert_true(at_three.low == 0.9 && at_three.high == 1.2);
  assert_true(isnan(at_one.low) && isnan(at_one.high));
  free(spread);
  fixture_destroy(&f);
}

/* Of variances 3 within and 1 between cores three quarters and a quarter, less the numerics. */
static void shares_add_up(void **state) {
  struct fixture f;
  struct percuta_shares shares;
  (void)state;
  fixture_create(&f, 1);
  f.session[0].opening.density = 2e6;
  struct percuta_spread *spread = spread_of(&f);
  const struct percuta_outcome *collagen = of(PERCUTA_OUTCOME_collagen_total_rel);
  const struct percuta_outcome_time time = percuta_outcome_outcomes_time[1];
  assert_false(percuta_outcome_spread_shares(&f.record, collagen, time, &shares));
  spread->koppenol = 40;
  spread->pensalfini = 20;
  spread->band[PERCUTA_OUTCOME_collagen_total_rel][1] =
      (struct percuta_band){.low = 0.9, .high = 1.2, .parameters = 3, .form = 1};
  assert_true(percuta_outcome_spread_shares(&f.record, collagen, time, &shares));
  assert_true(isnan(shares.people));
  assert_true(fabs(shares.parameters + shares.form + shares.numerics - 1) < 1e-12);
  assert_true(fabs(shares.parameters / shares.form - 3) < 1e-12);
  assert_true(shares.numerics > 0 && shares.numerics < 1e-3);
  spread->pensalfini = 0; /* one core alone says nothing of the form */
  assert_true(percuta_outcome_spread_shares(&f.record, collagen, time, &shares));
  assert_true(isnan(shares.form));
  free(spread);
  fixture_destroy(&f);
}

static void words_say_what_was_lost(void **state) {
  char text[640];
  struct percuta_spread spread = {.state = PERCUTA_SPREAD_DRAWN,
                                  .asked = 64,
                                  .followed = 64,
                                  .lost = 3,
                                  .why = "no time step led on",
                                  .koppenol = 41,
                                  .pensalfini = 20,
                                  .drawn = 30,
                                  .kept = 2,
                                  .level = 0.9};
  (void)state;
  percuta_outcome_spread_say(&spread, text, sizeof text);
  assert_non_null(strstr(text, "90 % of 61 courses"));
  assert_non_null(strstr(text, "41 with the core koppenol and 20 with pensalfini"));
  assert_non_null(strstr(text, "of 64 draws 3 were lost: no time step led on."));
  assert_non_null(strstr(text, "2 of 30 drawn parameters keep the value"));
  assert_null(strstr(text, "another model"));
  spread.koppenol = 61;
  spread.pensalfini = 0;
  percuta_outcome_spread_say(&spread, text, sizeof text);
  assert_non_null(strstr(text, "all with the core koppenol: what another model of healing gives"));
  percuta_outcome_spread_say(NULL, text, sizeof text);
  assert_non_null(strstr(text, "No intervals of the model were computed"));
  spread.state = PERCUTA_SPREAD_NO_FILE;
  percuta_outcome_spread_say(&spread, text, sizeof text);
  assert_non_null(strstr(text, "fit/draws.csv"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(without_draws_values_are_their_own),
      cmocka_unit_test(people_are_kept_apart),
      cmocka_unit_test(the_wider_end_counts),
      cmocka_unit_test(bands_belong_to_their_times),
      cmocka_unit_test(shares_add_up),
      cmocka_unit_test(words_say_what_was_lost),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
