/* Published rates: each condition has its own and those of any; a pooled one has a range for a new
 * clinic that holds its interval, one that is not pooled has none. */
#include "stage_fixture.h"

#include <math.h>
#include <string.h>

#include "outcome/outcomes.h"
#include "outcome/rates.h"

static bool find(const struct fixture *f, const char *condition, const char *endpoint,
                 struct percuta_rate *out) {
  for (size_t i = 0; percuta_outcome_rates_at(f->scenario.catalogue, condition, i, out); ++i) {
    if (strcmp(out->endpoint, endpoint) == 0)
      return true;
  }
  return false;
}

/* docs/theory/rates.md: -0.90, a new study from -2.8 to +1.0. */
static void the_grade_of_acne_scars_is_pooled(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_rate rate;
  fixture_init(&f);
  assert_true(find(&f, "acne-scar", "grade_change", &rate));
  assert_near(rate.value, -0.90, 0.005);
  assert_near(rate.prediction_low, -2.8, 0.05);
  assert_near(rate.prediction_high, 1.0, 0.05);
  assert_int_equal(rate.studies, 4);
  assert_non_null(strstr(rate.quality, "uncontrolled"));
  fixture_clear(&f);
}

static void a_condition_has_its_own_and_those_of_any(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_rate rate;
  fixture_init(&f);
  assert_true(find(&f, "striae", "pih", &rate));
  assert_string_equal(rate.condition, "striae");
  assert_near(rate.value, 100 * 7.0 / 32, 0.01);
  assert_true(isnan(rate.prediction_low));
  assert_true(find(&f, "none", "pih", &rate));
  assert_string_equal(rate.raw, "2 of 115");
  assert_false(find(&f, "none", "grade_change", &rate));
  fixture_clear(&f);
}

static void every_rate_is_whole(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_rate rate;
  size_t count = 0;
  fixture_init(&f);
  for (; percuta_outcome_rates_at(f.scenario.catalogue, NULL, count, &rate); ++count) {
    assert_true(*rate.rows != '\0' && *rate.quality != '\0' && *rate.gap != '\0');
    assert_true(*rate.nearest == '\0' || percuta_outcome_outcomes_find(rate.nearest) != NULL);
    assert_true(isnan(rate.low) || (rate.low <= rate.value && rate.value <= rate.high));
    assert_int_equal(isnan(rate.prediction_low), rate.studies < 3);
    assert_false(rate.prediction_low > rate.low || rate.prediction_high < rate.high);
  }
  assert_true(count > 20);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_grade_of_acne_scars_is_pooled),
                                     cmocka_unit_test(a_condition_has_its_own_and_those_of_any),
                                     cmocka_unit_test(every_rate_is_whole)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
