/* Trials of studies: the analysis beside R's, power and type I error beside what is known of the t
 * test. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>

#include "cohort/trial.h"

enum { PEOPLE = 400 };

/* Student's sleep data, as in R's help of t.test (1908 Biometrika 6:1). */
static const double ONE[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
static const double TWO[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

static void the_analysis_is_that_of_r(void **state) {
  (void)state;
  struct percuta_cohort_analysis welch = percuta_cohort_trial_analyse(ONE, 10, TWO, 10, 0.05);
  assert_true(fabs(welch.estimate - 1.58) < 1e-9);
  assert_true(fabs(welch.low + 0.2054832) < 1e-6 && fabs(welch.high - 3.3654832) < 1e-6);
  assert_true(fabs(welch.p - 0.07939414) < 1e-6);
  double difference[10];
  for (int i = 0; i < 10; ++i)
    difference[i] = TWO[i] - ONE[i];
  struct percuta_cohort_analysis paired =
      percuta_cohort_trial_analyse(difference, 10, NULL, 0, 0.05);
  assert_true(fabs(paired.low - 0.7001142) < 1e-6 && fabs(paired.high - 2.4598858) < 1e-6);
  assert_true(fabs(paired.p - 0.00283289) < 1e-7);
  assert_true(isnan(percuta_cohort_trial_analyse(ONE, 1, TWO, 10, 0.05).estimate));
}

/* A study whose rows are given: two arms that differ by `shift`, people whose values are those of a
 * standard normal distribution. */
struct given {
  struct percuta_cohort_plan plan;
  struct percuta_cohort_arm arm[2];
  struct percuta_cohort_store *store;
  char file[64];
};

static void put_run(struct given *given, int arm, int person, double value) {
  struct percuta_cohort_reading reading = {.position = 0,
                                           .outcome = given->plan.design.endpoint,
                                           .day = NAN,
                                           .value = percuta_outcome_simulated(value)};
  const struct percuta_cohort_result result = {
      .run = 2 * (person - 1) + arm, .arm = arm, .person = person, .count = 1, .reading = &reading};
  assert_int_equal(percuta_cohort_store_put(given->store, &given->plan, &result), PERCUTA_OK);
}

static void give(struct given *given, double shift) {
  static char text[] = "", first[] = "first", second[] = "second";
  char words[200];
  *given = (struct given){.arm = {{.name = first}, {.name = second}}};
  given->plan =
      (struct percuta_cohort_plan){.text = text,
                                   .base_text = text,
                                   .title = "",
                                   .mode = PERCUTA_COHORT_TRIAL,
                                   .seed = 3,
                                   .arm = given->arm,
                                   .arms = 2,
                                   .people = PEOPLE,
                                   .design = {.endpoint = percuta_outcome_outcomes_find("pain_vas"),
                                              .visits = 1,
                                              .visit = {30},
                                              .group = 64,
                                              .responder = 0,
                                              .alpha = 0.05,
                                              .trials = 2000}};
  snprintf(given->file, sizeof given->file, "/tmp/percuta-trial-%ld.sqlite", (long)getpid());
  assert_int_equal(
      percuta_cohort_store_open(given->file, &given->plan, words, sizeof words, &given->store),
      PERCUTA_OK);
  for (int p = 1; p <= PEOPLE; ++p) {
    const double value = gsl_cdf_ugaussian_Pinv((p - 0.5) / PEOPLE);
    put_run(given, 1, p, value);
    put_run(given, 2, p, value + shift);
  }
}

static void take_back(struct given *given) {
  char path[80];
  percuta_cohort_store_close(&given->store);
  unlink(given->file);
  snprintf(path, sizeof path, "%s-wal", given->file);
  unlink(path);
  snprintf(path, sizeof path, "%s-shm", given->file);
  unlink(path);
}

static bool is_near(struct percuta_cohort_share share, double wanted) {
  return fabs(share.share - wanted) < 4 * share.error + 0.005;
}

/* 64 in each group find half a standard deviation in 80.1 % of trials, 32 in 50.4 %, 128 in 97.9 %
 * (Cohen 1988, Statistical power analysis; the noncentral t distribution). */
static void power_is_that_of_the_t_test(void **state) {
  (void)state;
  struct given given;
  struct percuta_cohort_trial trial;
  give(&given, 0.5);
  assert_int_equal(percuta_cohort_trial_make(&given.plan, given.store, &trial), PERCUTA_OK);
  const struct percuta_cohort_effect *effect = &trial.effect[1];
  assert_int_equal(effect->people, PEOPLE);
  assert_true(fabs(effect->difference - 0.5) < 1e-9);
  assert_true(fabs(trial.effect[0].responders - 0.5) < 1e-9);
  assert_true(fabs(effect->responders - gsl_cdf_ugaussian_P(0.5)) < 0.003);
  assert_true(is_near(effect->power[0], 0.504) && is_near(effect->power[1], 0.801) &&
              is_near(effect->power[2], 0.979));
  for (int s = 0; s < PERCUTA_COHORT_SIZES; ++s)
    assert_true(is_near(trial.false_found[s], 0.05));
  assert_int_equal(trial.subjects, 128);
  percuta_cohort_trial_clear(&trial);

  /* noise of one standard deviation: the effect is 0.354 of what is seen, of which 64 find 51 % */
  given.plan.design.instrument = 0.6;
  given.plan.design.rater = 0.8;
  assert_int_equal(percuta_cohort_trial_make(&given.plan, given.store, &trial), PERCUTA_OK);
  assert_true(is_near(trial.effect[1].power[1], 0.510));
  percuta_cohort_trial_clear(&trial);

  /* half of them gone: 64 are as 32 */
  given.plan.design.instrument = given.plan.design.rater = 0;
  given.plan.design.drop_out = 0.5;
  assert_int_equal(percuta_cohort_trial_make(&given.plan, given.store, &trial), PERCUTA_OK);
  assert_true(fabs(trial.effect[1].power[1].share - 0.504) < 0.05);
  percuta_cohort_trial_clear(&trial);
  take_back(&given);
}

/* Paired: people differ, but not from themselves; noise alone is in the way. 64 pairs with noise of
 * one on either side find 0.5: d = 0.5 / sqrt(2) = 0.354, power 79.5 %. */
static void pairs_take_people_out(void **state) {
  (void)state;
  struct given given;
  struct percuta_cohort_trial trial;
  give(&given, 0.5);
  given.plan.design.kind = PERCUTA_COHORT_SPLIT_FACE;
  given.plan.design.instrument = 1;
  assert_int_equal(percuta_cohort_trial_make(&given.plan, given.store, &trial), PERCUTA_OK);
  assert_true(is_near(trial.effect[1].power[1], 0.795));
  assert_true(is_near(trial.false_found[1], 0.05));
  assert_int_equal(trial.subjects, 64);
  assert_int_equal(trial.sides, 2);
  percuta_cohort_trial_clear(&trial);
  take_back(&given);
}

/* Equal seeds give equal trials; who failed is in none. */
static void a_trial_comes_again(void **state) {
  (void)state;
  struct given given;
  struct percuta_cohort_trial one, two;
  give(&given, 0.2);
  const struct percuta_cohort_result failed = {
      .run = 2, .arm = 2, .person = 1, .failed = true, .reason = "it did not go"};
  assert_int_equal(percuta_cohort_store_put(given.store, &given.plan, &failed), PERCUTA_OK);
  assert_int_equal(percuta_cohort_trial_make(&given.plan, given.store, &one), PERCUTA_OK);
  assert_int_equal(percuta_cohort_trial_make(&given.plan, given.store, &two), PERCUTA_OK);
  assert_int_equal(one.effect[1].people, PEOPLE - 1);
  assert_true(one.effect[1].p == two.effect[1].p);
  assert_memory_equal(one.subject, two.subject, (size_t)one.subjects * sizeof *one.subject);
  percuta_cohort_trial_clear(&one);
  percuta_cohort_trial_clear(&two);
  take_back(&given);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_analysis_is_that_of_r),
      cmocka_unit_test(power_is_that_of_the_t_test),
      cmocka_unit_test(pairs_take_people_out),
      cmocka_unit_test(a_trial_comes_again),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
