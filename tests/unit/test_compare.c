#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/inputs.h"
#include "compare/notes.h"
#include "compare/rows.h"
#include "compare/show.h"
#include "compare/summary.h"
#include "outcome/numerical.h"

#define assert_near(value, wanted, most) assert_true(fabs((value) - (wanted)) < (most))

/* Where the comment begins, past signs within quotes. */
static void finds_comments(void **state) {
  static const struct {
    const char *line, *comment;
  } CASES[] = {{"  age: 52 years # scar.yaml:5", "# scar.yaml:5"},
               {"  title: \"a # b\" # x", "# x"},
               {"  title: \"a \\\" # b\" # x", "# x"},
               {"  title: 'a # b' # x", "# x"},
               {"  name: l'oréal # x", "# x"},
               {"  passes: [{direction: 0 deg}] # a # b", "# a # b"},
               {"  name: a#b", NULL},
               {"  name: b", NULL}};
  (void)state;
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; ++i) {
    const char *found = percuta_compare_inputs_comment(CASES[i].line, strlen(CASES[i].line));
    if (CASES[i].comment == NULL)
      assert_null(found);
    else
      assert_string_equal(found, CASES[i].comment);
  }
}

static const char USED[] = "# Percuta 0.1.0: every value as used\n"
                           "# PETSc: -- -ts_rtol 1e-4\n"
                           "percuta: 1\n"
                           "title: \"a title\"\n"
                           "person:\n"
                           "  age: 52 years # scar.yaml:5\n"
                           "session:\n"
                           "  passes: [{direction: 0 deg}, {direction: 90 deg}] # scar.yaml:9\n"
                           "  topicals: [] # default: convention\n"
                           "model:\n"
                           "  fidelity: column # --fidelity\n"
                           "  seed: 7 # default: convention\n"
                           "parameters:\n"
                           "  clot.window: 10 min # changed from 20 # --set:1\n"
                           "  clot.threshold: 10 nmol/l # cited # A & B 2017\n";

static void clear(struct percuta_compare_run *run) {
  for (size_t i = 0; i < run->input_count; ++i) {
    free(run->input[i].key);
    free(run->input[i].value);
    free(run->input[i].origin);
  }
  free(run->input);
  free(run->reading);
  free(run->session);
  free(run->title);
}

static void assert_input(const struct percuta_compare_run *run, const char *key, const char *value,
                         const char *origin, bool given) {
  const struct percuta_compare_input *input = percuta_compare_inputs_find(run, key);
  assert_non_null(input);
  assert_string_equal(input->value, value);
  assert_string_equal(input->origin, origin);
  assert_int_equal(percuta_compare_inputs_given(key, input->origin), given);
}

static void reads_inputs(void **state) {
  struct percuta_compare_run run = {.folder = "x"};
  struct percuta_diag *diag = NULL;
  (void)state;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  assert_int_equal(percuta_compare_inputs_read(USED, strlen(USED), diag, &run), PERCUTA_OK);
  assert_input(&run, "person.age", "52 years", "scar.yaml:5", true);
  assert_input(&run, "session.passes[1].direction", "90 deg", "scar.yaml:9", true);
  assert_input(&run, "session.topicals", "none", "default: convention", false);
  assert_input(&run, "parameters.clot.window", "10 min", "changed from 20 # --set:1", true);
  assert_input(&run, "parameters.clot.threshold", "10 nmol/l", "cited # A & B 2017", false);
  assert_input(&run, "PETSc options", "-ts_rtol 1e-4", "", true);
  assert_null(percuta_compare_inputs_find(&run, "title"));
  assert_string_equal(run.fidelity, "column");
  assert_string_equal(run.seed, "7");
  clear(&run);
  percuta_base_diag_destroy(&diag);
}

/* A summary with `outcomes`; whether it is read. */
static bool reads(const char *outcomes, struct percuta_compare_run *run) {
  struct percuta_diag *diag = NULL;
  char text[1024];
  *run = (struct percuta_compare_run){.folder = "x"};
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  snprintf(
      text, sizeof text,
      "{\"schema_version\": 2, \"program_version\": \"0.1.0\", \"title\": \"a\\u001b[1m\","
      "\"scenario_hash\": \"00000000000000ff\", \"sessions\": [{\"start_d\": 0}, {\"start_d\": 42},"
      "{\"given\": false}], \"course\": {\"sessions_planned\": 3, \"follow_up_d\": 365},"
      "\"outcomes\": [%s]}",
      outcomes);
  const enum percuta_status status = percuta_compare_summary_read(text, diag, run);
  assert_true((status == PERCUTA_OK) == (percuta_base_diag_count(diag) == 0));
  percuta_base_diag_destroy(&diag);
  return status == PERCUTA_OK;
}

static void reads_summaries(void **state) {
  static const char *const WRONG[] = {"{\"name\": \"=cmd\", \"unit\": \"1\", \"value\": 1}",
                                      "{\"name\": \"a\", \"value\": \"1\"}",
                                      "{\"name\": \"a\", \"unit\": \"<b>\", \"value\": 1}",
                                      "{\"name\": \"a\", \"unit\": \"-1\", \"value\": 1}", "7"};
  struct percuta_compare_run run;
  (void)state;
  assert_true(
      reads("{\"name\": \"collagen_total_rel\", \"unit\": \"1\", \"value\": 1.02, \"low\": 1,"
            "\"high\": 1.1, \"level\": 0.9, \"time_d\": 90, \"since\": \"first-session\"}",
            &run));
  assert_int_equal(run.hash, 0xff);
  assert_int_equal(run.planned, 3);
  assert_int_equal(run.given, 2);
  assert_true(run.last_session == 42 && run.reading_count == 1);
  assert_true(run.reading[0].day == 90 && run.reading[0].value.high == 1.1);
  assert_null(strchr(run.title, '\x1b'));
  clear(&run);
  for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; ++i) {
    assert_false(reads(WRONG[i], &run));
    clear(&run);
  }
}

/* ---- differences of made-up runs: scenarios a and b, with seeds 1 and 2 ---- */

enum { RUNS = 4 };
struct fixture {
  struct percuta_comparison comparison;
  struct percuta_compare_reading reading[RUNS];
  struct percuta_compare_input input[RUNS][2];
  char length[RUNS][16], seed[RUNS][16], none[1];
};

static void set_up(struct fixture *f, const double value[RUNS]) {
  static char KEY[2][32] = {"device.needle.length", "model.seed"};
  *f = (struct fixture){.comparison = {.count = RUNS}};
  for (int i = 0; i < RUNS; ++i) {
    struct percuta_compare_run *run = &f->comparison.run[i];
    f->reading[i] = (struct percuta_compare_reading){.name = "collagen_total_rel",
                                                     .unit = "1",
                                                     .since = "first-session",
                                                     .day = 90,
                                                     .value = percuta_outcome_simulated(value[i])};
    snprintf(f->length[i], sizeof f->length[i], "%d mm", 1 + i / 2);
    snprintf(f->seed[i], sizeof f->seed[i], "%d", 1 + i % 2);
    f->input[i][0] = (struct percuta_compare_input){KEY[0], f->length[i], f->none};
    f->input[i][1] = (struct percuta_compare_input){KEY[1], f->seed[i], f->none};
    *run = (struct percuta_compare_run){.folder = "x",
                                        .version = "1",
                                        .fidelity = "column",
                                        .planned = 1,
                                        .given = 1,
                                        .input = f->input[i],
                                        .input_count = 2,
                                        .reading = &f->reading[i],
                                        .reading_count = 1};
    snprintf(run->seed, sizeof run->seed, "%d", 1 + i % 2);
  }
  percuta_compare_rows_group(&f->comparison);
  assert_int_equal(percuta_compare_rows_fill(&f->comparison), PERCUTA_OK);
  assert_int_equal(f->comparison.row_count, 1);
}

static void tear_down(struct fixture *f) {
  free(f->comparison.row[0].cell);
  free(f->comparison.row);
  free(f->comparison.derived);
  free(f->comparison.difference);
}

/* Differences 0.10 and 0.14: mean 0.12, s = 0.04/sqrt(2), t(0.975, 1) = 12.706: half-width
 * 12.706 s / sqrt(2) = 0.25412. Seeds differ by 0.02 and 0.06: variances 2e-4 and 1.8e-3. */
static void pairs_seeds(void **state) {
  static const double VALUE[] = {1.00, 1.02, 1.10, 1.16};
  struct fixture f;
  (void)state;
  set_up(&f, VALUE);
  const struct percuta_compare_row *row = &f.comparison.row[0];
  assert_int_equal(f.comparison.scenarios, 2);
  assert_true(isnan(row->cell[0].difference));
  assert_near(row->cell[1].difference, 0.02, 1e-12); /* of its own scenario: the seeds' */
  assert_int_equal(row->cell[1].pairs, 0);
  assert_near(row->cell[2].difference, 0.10, 1e-12);
  assert_near(row->cell[3].difference, 0.14, 1e-12); /* to run 2, which has its seed */
  for (int i = 2; i < RUNS; ++i) {
    assert_int_equal(row->cell[i].pairs, 2);
    assert_near(row->cell[i].mean, 0.12, 1e-12);
    assert_near(row->cell[i].high - row->cell[i].mean, 0.25412, 1e-9);
    assert_near(row->cell[i].mean - row->cell[i].low, 0.25412, 1e-9);
    assert_false(percuta_compare_rows_resolved(row, &row->cell[i])); /* zero lies in it */
  }
  assert_near(row->seed_sd, sqrt((2e-4 + 1.8e-3) / 2), 1e-12);
  assert_int_equal(row->seeds, 4);
  /* A column's bound: 5 % of gains of 0 (of a point where it is less) and of 10 %. */
  assert_near(row->cell[2].error, 0.05 * 0.01 + 0.05 * 0.10, 1e-12);
  tear_down(&f);
}

/* Differences that hardly vary between seeds stand clear of zero. */
static void tells_what_is_resolved(void **state) {
  static const double VALUE[] = {1.00, 1.02, 1.10, 1.1201};
  struct fixture f;
  (void)state;
  set_up(&f, VALUE);
  assert_true(percuta_compare_rows_resolved(&f.comparison.row[0], &f.comparison.row[0].cell[2]));
  assert_false(percuta_compare_rows_resolved(&f.comparison.row[0], &f.comparison.row[0].cell[1]));
  tear_down(&f);
}

/* No seeds, no noise; and no interval, whatever intervals the runs have. */
static void invents_no_interval(void **state) {
  static const double VALUE[] = {1.00, 1.02, 1.10, 1.16};
  struct fixture f;
  (void)state;
  set_up(&f, VALUE);
  tear_down(&f);
  for (int i = 0; i < RUNS; ++i) {
    snprintf(f.length[i], sizeof f.length[i], "%d mm", i);
    f.reading[i].value.low = 0.9;
    f.reading[i].value.high = 1.2;
  }
  f.comparison.scenarios = 0;
  f.comparison.row_count = 0;
  percuta_compare_rows_group(&f.comparison);
  assert_int_equal(percuta_compare_rows_fill(&f.comparison), PERCUTA_OK);
  const struct percuta_compare_row *row = &f.comparison.row[0];
  assert_true(isnan(row->seed_sd));
  for (int i = 0; i < RUNS; ++i)
    assert_true(isnan(row->cell[i].low) && isnan(row->cell[i].mean));
  char *reading = percuta_compare_notes_reading(&f.comparison);
  assert_non_null(strstr(reading, "Interval of a difference: none."));
  assert_non_null(strstr(reading, "Seed noise: not known"));
  free(reading);
  tear_down(&f);
}

static void finds_what_differs(void **state) {
  static const double VALUE[] = {1, 1, 1, 1};
  struct fixture f;
  (void)state;
  set_up(&f, VALUE);
  static char origin[] = "default: convention";
  f.input[0][1].origin = origin;
  assert_int_equal(percuta_compare_inputs_differ(&f.comparison), PERCUTA_OK);
  assert_int_equal(f.comparison.difference_count, 2);
  assert_int_equal(f.comparison.equal_count, 0);
  assert_string_equal(f.comparison.difference[0].key, "device.needle.length");
  assert_string_equal(f.comparison.difference[0].unit, "mm");
  assert_true(f.comparison.difference[1].given); /* in some of the runs */
  tear_down(&f);
}

/* Runs that are unlike are told in words, each kind once. */
static void tells_what_is_unlike(void **state) {
  static const double VALUE[] = {1, 1, 1, 1};
  struct fixture f;
  (void)state;
  set_up(&f, VALUE);
  for (int i = 0; i < RUNS; ++i)
    f.comparison.run[i].hash = (uint64_t)i;
  char *text = percuta_compare_notes_runs(&f.comparison);
  assert_string_equal(text, "");
  free(text);
  snprintf(f.comparison.run[3].fidelity, sizeof f.comparison.run[3].fidelity, "patch");
  snprintf(f.comparison.run[1].version, sizeof f.comparison.run[1].version, "2");
  f.comparison.run[2].planned = 3;
  f.comparison.run[0].end = f.comparison.run[0].follow_up = 90;
  text = percuta_compare_notes_runs(&f.comparison);
  assert_non_null(strstr(text, "column (runs 1, 2 and 3); patch (run 4)."));
  assert_non_null(strstr(text, "Percuta: 1 (runs 1, 3 and 4); 2 (run 2)."));
  assert_non_null(strstr(text, "run 3. 1 of 3 sessions were given"));
  assert_non_null(strstr(text, "90 days (run 1); 0 days (runs 2, 3 and 4)."));
  free(text);
  tear_down(&f);
}

static void shows_numbers(void **state) {
  const struct percuta_compare_key change = {"a", "A", 0, true};
  (void)state;
  assert_string_equal(percuta_compare_show_value(&change, 1.0204).text, "+2.0");
  assert_string_equal(percuta_compare_show_value(&change, 0.9932).text, "-0.68");
  assert_string_equal(percuta_compare_show_difference(&change, -0.026).text, "-2.6");
  assert_string_equal(percuta_compare_show_value(NULL, 1309.4).text, "1309");
  assert_string_equal(percuta_compare_show_value(NULL, 0.0003634).text, "0.000363");
  assert_string_equal(percuta_compare_show_value(NULL, NAN).text, "-");
  assert_string_equal(percuta_compare_show_origin("/home/a/scar.yaml:5"), "scar.yaml:5");
  assert_string_equal(percuta_compare_show_origin("default: a/b"), "default: a/b");
  assert_int_equal(percuta_compare_show_width("3×4 ü"), 5);
}

/* Text in its places: filled up, or cut before its end, whole characters at a time. */
static void fits_texts(void **state) {
  static const struct {
    const char *text;
    bool right;
    const char *fitted;
  } CASES[] = {{"ab", false, "ab   "}, {"ab", true, "   ab"}, {"3×4 üß", true, "…4 üß"}};
  (void)state;
  for (size_t i = 0; i < sizeof CASES / sizeof *CASES; ++i) {
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    percuta_compare_show_fitted(stream, CASES[i].text, 5, CASES[i].right);
    fclose(stream);
    assert_string_equal(text, CASES[i].fitted);
    free(text);
  }
}

/* The bounds that docs/verification.md states. */
static void knows_the_error(void **state) {
  const struct percuta_outcome *collagen =
      percuta_outcome_outcomes_at(PERCUTA_OUTCOME_collagen_total_rel);
  const struct percuta_outcome *pain = percuta_outcome_outcomes_at(PERCUTA_OUTCOME_pain_vas);
  const struct percuta_numerical column = {PERCUTA_COLUMN, 5}, channel = {PERCUTA_CHANNEL, 5},
                                 once = {PERCUTA_CHANNEL, 1}, patch = {PERCUTA_PATCH, 1};
  (void)state;
  assert_near(percuta_outcome_numerical_error(collagen, &column, 1.10), 0.005, 1e-12);
  assert_near(percuta_outcome_numerical_error(collagen, &column, 1.001), 0.0005, 1e-12);
  assert_near(percuta_outcome_numerical_error(collagen, &channel, 1.10), 0.015, 1e-12);
  assert_near(percuta_outcome_numerical_error(collagen, &once, 0.90), 0.006, 1e-12);
  assert_true(isnan(percuta_outcome_numerical_error(collagen, &patch, 1.10)));
  assert_true(isnan(percuta_outcome_numerical_error(pain, &column, 5)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(finds_comments),         cmocka_unit_test(reads_inputs),
      cmocka_unit_test(reads_summaries),        cmocka_unit_test(pairs_seeds),
      cmocka_unit_test(tells_what_is_resolved), cmocka_unit_test(invents_no_interval),
      cmocka_unit_test(finds_what_differs),     cmocka_unit_test(tells_what_is_unlike),
      cmocka_unit_test(shows_numbers),          cmocka_unit_test(fits_texts),
      cmocka_unit_test(knows_the_error)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
