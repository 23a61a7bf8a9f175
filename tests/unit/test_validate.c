#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "catalogue_fixture.h"
#include "input/input.h"
#include "numerics/petsc_compat.h"
#include "validate/coverage.h"
#include "validate/interval.h"
#include "validate/validate.h"

enum { FEW_DRAWS = 1 }; /* what intervals are is tested below */

static enum percuta_status read_text(const char *text, struct percuta_csv *out, size_t *mistakes) {
  char path[] = P_tmpdir "/percuta-csv-XXXXXX";
  struct percuta_diag *diag = NULL;
  int file = mkstemp(path);
  assert_true(file >= 0);
  assert_true(write(file, text, strlen(text)) == (ssize_t)strlen(text));
  close(file);
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  enum percuta_status status = percuta_base_csv_read(path, diag, out);
  *mistakes = percuta_base_diag_count(diag);
  percuta_base_diag_destroy(&diag);
  unlink(path);
  return status;
}

static void cells_may_hold_commas_and_quotes(void **state) {
  (void)state;
  struct percuta_csv csv;
  size_t mistakes = 0;
  assert_int_equal(read_text("a,b,c\n1,\"x, \"\"y\"\"\",\r\n,\"two\nlines\",3", &csv, &mistakes),
                   PERCUTA_OK);
  assert_int_equal(csv.rows, 2);
  assert_int_equal(csv.columns, 3);
  assert_string_equal(percuta_base_csv_cell(&csv, 0, "b"), "x, \"y\"");
  assert_string_equal(percuta_base_csv_cell(&csv, 0, "c"), "");
  assert_string_equal(percuta_base_csv_cell(&csv, 1, "b"), "two\nlines");
  assert_string_equal(percuta_base_csv_cell(&csv, 1, "c"), "3");
  assert_null(percuta_base_csv_cell(&csv, 0, "d"));
  assert_null(percuta_base_csv_cell(&csv, 2, "a"));
  percuta_base_csv_clear(&csv);
  assert_int_equal(read_text("a,b\n1,2,3\n", &csv, &mistakes), PERCUTA_BAD_INPUT);
  assert_int_equal(mistakes, 1);
}

/* A row that is not compared says why, one that is has a predictor: every stage's data is sound. */
static void every_stage_can_be_validated(void **state) {
  (void)state;
  struct percuta_diag *diag = NULL;
  size_t compared = 0;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  for (size_t i = 0; i < percuta_validate_stage_count(); i++) {
    struct percuta_validation v;
    enum percuta_status status =
        percuta_validate_stage(fixture_catalogue(), i, FEW_DRAWS, NULL, diag, &v);
    percuta_base_diag_print(diag, stderr);
    assert_int_equal(status, PERCUTA_OK);
    assert_int_equal(percuta_validate_stage_index(percuta_validate_stage_name(i)), (int)i);
    const size_t counted = v.unseen.counted + v.seen.counted;
    assert_int_equal(counted + v.shown + v.not_compared, v.evidence.count);
    assert_true(v.unseen.within <= v.unseen.counted && v.seen.within <= v.seen.counted);
    assert_true(v.unseen.covered <= v.unseen.with_interval &&
                v.unseen.with_interval <= v.unseen.counted && v.left <= v.not_compared);
    for (size_t k = 0; k < v.evidence.count; k++) {
      const struct percuta_comparison *item = &v.item[k];
      if (item->verdict == PERCUTA_VERDICT_NOT_COMPARED)
        continue;
      if (*item->row->kin != '\0')
        assert_int_equal(item->verdict, PERCUTA_VERDICT_SHOWN);
      assert_true(isfinite(item->predicted));
      assert_true(!isfinite(item->low) || item->low <= item->high);
      assert_true((item->verdict == PERCUTA_VERDICT_OUTSIDE) <=
                  !percuta_validate_band_holds(&item->band, item->predicted));
    }
    compared += counted;
    percuta_validate_clear(&v);
  }
  assert_true(compared > 10);
  assert_int_equal(percuta_validate_stage_index("planets"), -1);
  percuta_base_diag_destroy(&diag);
}

/* A prediction that is one parameter: its percentiles are those of that parameter's range. */
static void intervals_are_those_of_the_ranges(void **state) {
  (void)state;
  struct percuta_diag *diag = NULL;
  struct percuta_scenario *scenario = NULL;
  char path[1024];
  snprintf(path, sizeof path, "%s/evidence/scenarios/skin.yaml", getenv("PERCUTA_DATA"));
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_input_read(fixture_catalogue(), path, NULL, 0, diag, &scenario),
                   PERCUTA_OK);
  const struct percuta_predictor *predictor = percuta_validate_predictor_find("skin.plexus_depth");
  struct percuta_prediction before, now, after;
  struct percuta_interval drawn;
  double value[PERCUTA_INTERVAL_DRAWS], interval[2];
  assert_non_null(predictor);
  assert_int_equal(predictor->function(scenario, diag, &before), PERCUTA_OK);
  assert_int_equal(percuta_validate_interval_begin(scenario, predictor->tables, diag, &drawn),
                   PERCUTA_OK);
  for (int d = 0; d < PERCUTA_INTERVAL_DRAWS; d++) {
    assert_int_equal(percuta_validate_interval_draw(&drawn, d), PERCUTA_OK);
    assert_int_equal(predictor->function(scenario, diag, &now), PERCUTA_OK);
    value[d] = now.value;
  }
  percuta_validate_interval_ends(value, PERCUTA_INTERVAL_DRAWS, &interval[0], &interval[1]);
  assert_int_equal(percuta_validate_interval_end(&drawn), PERCUTA_OK);
  assert_int_equal(predictor->function(scenario, diag, &after), PERCUTA_OK);
  assert_true(fabs(after.value - before.value) <= 1e-15);
  const struct percuta_parameter *depth =
      percuta_base_parameters_find(scenario->parameters, "skin.plexus_depth");
  double factor = depth->value_si / depth->value, ratio = depth->high / depth->low;
  assert_true(interval[0] >= depth->low * factor && interval[1] <= depth->high * factor);
  /* 40 draws: the percentiles lie within a few draws of where they belong */
  assert_true(interval[0] < depth->low * factor * pow(ratio, 0.15));
  assert_true(interval[1] > depth->low * factor * pow(ratio, 0.80));
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
}

/* Three validation rows told by hand: one in the middle of its interval, one above it, one that is
 * a bound and does not count. */
static void coverage_is_counted(void **state) {
  struct percuta_evidence_row row = {.use = "validation", .kin = ""};
  struct percuta_comparison item[3];
  struct percuta_coverage c;
  (void)state;
  for (int i = 0; i < 3; i++)
    item[i] = (struct percuta_comparison){.row = &row,
                                          .verdict = PERCUTA_VERDICT_WITHIN,
                                          .band = {9, 11, 10},
                                          .low = 8,
                                          .high = 12,
                                          .below = NAN};
  item[1].low = 0;
  item[1].high = 1;
  item[1].below = 1;
  item[2].band.high = INFINITY;
  const struct percuta_validation stage = {
      .stage = "skin", .evidence = {.row = &row, .count = 3}, .item = item};
  assert_int_equal(percuta_validate_coverage_read(&stage, 1, &c), PERCUTA_OK);
  assert_int_equal(c.rows, 2);
  assert_int_equal(c.covered, 1);
  assert_int_equal(c.bin[2], 1);
  assert_int_equal(c.bin[4], 1);
  assert_true(fabs(c.width - (2 + 0.5) / 2) < 1e-12); /* of two: their mean */
  /* half bands of 1: variances of (2/1.645)^2 and (0.5/1.645)^2, and (1/1.645)^2 of what was
   * published */
  const double unit = 1 / (1.6448536269514722 * 1.6448536269514722), pi = acos(-1);
  const double first = -0.5 * log(2 * pi * 5 * unit),
               second = -0.5 * (9.5 * 9.5 / (1.25 * unit) + log(2 * pi * 1.25 * unit));
  assert_true(fabs(c.score - (first + second) / 2) < 1e-9);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(cells_may_hold_commas_and_quotes),
      cmocka_unit_test(every_stage_can_be_validated),
      cmocka_unit_test(coverage_is_counted),
      cmocka_unit_test(intervals_are_those_of_the_ranges),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL)) /* the clot's predictor solves with it */
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
