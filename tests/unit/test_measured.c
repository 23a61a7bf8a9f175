/* Points beside curves: residuals, fold errors, and what was not followed. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "outcome/measured.h"
#include "transport/flux.h"

enum { OUTPUTS = 3 };
static double time_of[OUTPUTS] = {3600, 7200, 14400};
static double zeros[OUTPUTS], applied[OUTPUTS] = {1, 1, 1};
static double needled[OUTPUTS] = {1e-4, 3e-4, 4e-4}, intact[OUTPUTS] = {1e-6, 2e-6, 4e-6};

struct bench {
  struct percuta_scenario scenario;
  struct percuta_measured measured;
  struct percuta_permeation course[2];
  struct percuta_penetration penetration;
  struct percuta_record record;
};

/* Excised skin over a sink, with known amounts through it. */
static void begin(struct bench *b, struct percuta_measured_point *point, int count, bool flux) {
  memset(b, 0, sizeof *b);
  b->measured = (struct percuta_measured){.point = point, .count = count, .flux = flux};
  b->scenario.session.product_count = 1;
  b->scenario.session.products[0].measured = &b->measured;
  for (int i = 0; i < 2; i++)
    b->course[i] = (struct percuta_permeation){.output_count = OUTPUTS,
                                               .applied = applied,
                                               .sampled = zeros,
                                               .receptor = i ? intact : needled};
  b->penetration = (struct percuta_penetration){.met = PERCUTA_PENETRATION_PUNCTURED,
                                                .piece = {.excised = true},
                                                .count = OUTPUTS,
                                                .time = time_of,
                                                .active_count = 1};
  b->penetration.active[0].needled = &b->course[0];
  b->penetration.active[0].intact = &b->course[1];
  b->record = (struct percuta_record){
      .scenario = &b->scenario, .penetration = &b->penetration, .penetration_count = 1};
}

static void near(double a, double b) {
  assert_true(fabs(a - b) <= 1e-12 * fabs(b));
}

static void residuals_of_amounts(void **state) {
  (void)state;
  struct percuta_measured_point point[] = {
      {7200, 1.5e-4, 2e-4, false, 0}, /* half of what is there */
      {5400, 2e-4, NAN, false, 0},    /* between two outputs */
      {14400, 8e-6, 1e-6, true, 0},   /* twice that of intact */
      {20000, 1, NAN, false, 0}};     /* not followed */
  struct bench b;
  struct percuta_measured_fit fit;
  begin(&b, point, 4, false);
  near(percuta_outcome_measured_computed(&b.record, 0, &point[0]), 3e-4);
  near(percuta_outcome_measured_computed(&b.record, 0, &point[1]), 2e-4);
  near(percuta_outcome_measured_computed(&b.record, 0, &point[2]), 4e-6);
  assert_true(isnan(percuta_outcome_measured_computed(&b.record, 0, &point[3])));
  assert_true(percuta_outcome_measured_fit(&b.record, 0, &fit));
  assert_int_equal(fit.count, 3);
  near(fit.rmse, sqrt((1.5e-4 * 1.5e-4 + 4e-6 * 4e-6) / 3));
  near(fit.fold, pow(2, 2.0 / 3));
  near(fit.bias, 1);
  assert_int_equal(fit.within_two, 3);
  assert_int_equal(fit.spread, 2);
  assert_int_equal(fit.covered, 1);
}

static void residuals_of_fluxes(void **state) {
  (void)state;
  struct percuta_measured_point point[] = {{7200, 2e-4 / 3600, NAN, false, 0}};
  struct bench b;
  struct percuta_measured_fit fit;
  char text[256];
  begin(&b, point, 1, true);
  b.scenario.session.products[0].product = (char[]){"serum"};
  b.scenario.session.products[0].measured_file = (char[]){"mine.csv"};
  assert_true(percuta_outcome_measured_fit(&b.record, 0, &fit));
  assert_true(fit.rmse < 1e-16);
  near(fit.fold, 1);
  percuta_outcome_measured_say(&b.record, 0, &fit, text, sizeof text);
  assert_non_null(strstr(text, "serum beside mine.csv: 1 point, RMSE"));
  assert_non_null(strstr(text, "ug/cm^2/h"));
}

static void no_points_no_fit(void **state) {
  (void)state;
  struct percuta_measured_point late[] = {{1e6, 1, NAN, false, 0}};
  struct bench b;
  struct percuta_measured_fit fit;
  begin(&b, late, 1, false);
  assert_false(percuta_outcome_measured_fit(&b.record, 0, &fit));
  b.scenario.session.products[0].measured = NULL;
  assert_false(percuta_outcome_measured_fit(&b.record, 0, &fit));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(residuals_of_amounts),
      cmocka_unit_test(residuals_of_fluxes),
      cmocka_unit_test(no_points_no_fit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
