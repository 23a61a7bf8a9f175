/* Studies: the fit stands where its cost is least and says how sharply; rows kept back are refused;
 * elementary effects are those of the parameters that act, the same for the same seed. */
#include "../unit/catalogue_fixture.h"
#include "model_fixture.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/path.h"
#include "input/input.h"
#include "study/ask.h"
#include "study/fit.h"
#include "study/morris.h"

static const char LIST[] =
    "stage: healing\n"
    "parameters:\n"
    "  - {name: crosslinks.maturing, unit: 1/day, prior: 6.3e-4, low: 1e-4, high: 4e-3}\n"
    "  - {name: crosslinks.loss, unit: 1/day, prior: 7.0e-4, low: 1e-4, high: 5e-3}\n"
    "rows: [HEAL-129, %s]\n";

static enum percuta_status read_list(const char *row, struct percuta_diag *diag,
                                     struct percuta_fit *fit) {
  char path[] = P_tmpdir "/percuta-fit-XXXXXX", text[1024];
  snprintf(text, sizeof text, LIST, row);
  int file = mkstemp(path);
  assert_true(file >= 0);
  assert_true(write(file, text, strlen(text)) == (ssize_t)strlen(text));
  close(file);
  enum percuta_status status = percuta_study_fit_read(fixture_catalogue(), path, NULL, diag, fit);
  unlink(path);
  return status;
}

static double cost(const struct percuta_fit *fit, const double *z, double *residual) {
  double predicted[2], sum = 0;
  bool lost = true;
  assert_int_equal(PERCUTA_OK, percuta_study_fit_predict(fit, 1, z, predicted, &lost));
  assert_false(lost);
  for (int r = 0; r < fit->rows; ++r) {
    residual[r] = percuta_study_fit_residual(&fit->row[r], predicted[r]);
    sum += residual[r] * residual[r];
  }
  for (int p = 0; p < fit->parameters; ++p)
    sum += z[p] * z[p];
  return sum;
}

/* J'J + 1 by wider differences than the fit's own, and the slope of the cost. */
static void differentiate(const struct percuta_fit *fit, const double *at, double curve[2][2],
                          double slope[2]) {
  const double step = 0.08;
  double jacobian[2][2];
  for (int p = 0; p < 2; ++p) {
    double z[2] = {at[0], at[1]}, up[2], down[2];
    z[p] = at[p] + step;
    double above = cost(fit, z, up);
    z[p] = at[p] - step;
    double below = cost(fit, z, down);
    slope[p] = (above - below) / (2 * step);
    for (int r = 0; r < 2; ++r)
      jacobian[p][r] = (up[r] - down[r]) / (2 * step);
  }
  for (int i = 0; i < 2; ++i) {
    for (int j = 0; j < 2; ++j)
      curve[i][j] = (i == j) + jacobian[i][0] * jacobian[j][0] + jacobian[i][1] * jacobian[j][1];
  }
}

static void the_fit_is_the_least(void **state) {
  (void)state;
  struct percuta_diag *diag = NULL;
  struct percuta_fit fit;
  struct percuta_fit_result result;
  double residual[2], curve[2][2], slope[2];
  assert_int_equal(0, percuta_base_diag_create(&diag));
  assert_int_equal(PERCUTA_OK, read_list("HEAL-131", diag, &fit));
  assert_int_equal(PERCUTA_OK, percuta_study_fit_solve(&fit, &result));
  double least = cost(&fit, result.z, residual);
  assert_true(least < cost(&fit, (double[2]){0, 0}, residual));
  differentiate(&fit, result.z, curve, slope);
  /* a slope g where the curvature is c is a step of g/2c away from the least */
  for (int p = 0; p < 2; ++p)
    assert_true(fabs(slope[p]) / (2 * curve[p][p]) < 0.02);
  double determinant = curve[0][0] * curve[1][1] - curve[0][1] * curve[1][0];
  assert_true(fabs(result.sd[0] / sqrt(curve[1][1] / determinant) - 1) < 0.05);
  assert_true(fabs(result.sd[1] / sqrt(curve[0][0] / determinant) - 1) < 0.05);
  assert_true(fabs(result.correlation[1] + curve[0][1] / sqrt(curve[0][0] * curve[1][1])) < 0.05);
  percuta_study_fit_solve_clear(&result);
  percuta_study_fit_clear(&fit);
  percuta_base_diag_destroy(&diag);
}

static void rows_kept_back_are_refused(void **state) {
  (void)state;
  static const char *const rows[] = {"HEAL-002", "HEAL-999"}; /* for validation; no such row */
  for (int i = 0; i < 2; ++i) {
    struct percuta_diag *diag = NULL;
    struct percuta_fit fit;
    assert_int_equal(0, percuta_base_diag_create(&diag));
    assert_int_equal(PERCUTA_BAD_INPUT, read_list(rows[i], diag, &fit));
    assert_int_equal(1, percuta_base_diag_count(diag));
    percuta_base_diag_destroy(&diag);
  }
}

/* A day of one session, without cross-links: every parameter moves, in hundreds of courses. */
static struct percuta_scenario *short_course(void) {
  static const char *const sets[] = {"course.follow_up=1 day", "healing.crosslinks=off",
                                     "healing.elastin=off", "parameters.course.column_window=5 mm"};
  char path[4096];
  struct percuta_diag *diag = NULL;
  struct percuta_scenario *scenario = NULL;
  assert_int_equal(0, percuta_base_diag_create(&diag));
  assert_int_equal(PERCUTA_OK, percuta_base_path_data(NULL, path, sizeof path / 2));
  strcat(path, "/evidence/scenarios/healing.yaml");
  enum percuta_status status = percuta_input_read(fixture_catalogue(), path, sets,
                                                  sizeof sets / sizeof *sets, diag, &scenario);
  percuta_base_diag_print(diag, stderr);
  assert_int_equal(PERCUTA_OK, status);
  percuta_base_diag_destroy(&diag);
  return scenario;
}

static const struct percuta_morris_effect *effect_of(const struct percuta_morris *morris,
                                                     const char *name) {
  for (int i = 0; i < morris->count; ++i) {
    if (strcmp(morris->effect[i].parameter->name, name) == 0)
      return &morris->effect[i];
  }
  fail_msg("%s is not among the parameters that were moved", name);
  return NULL;
}

static void effects_are_those_of_what_acts(void **state) {
  (void)state;
  const char *sanitized = getenv("PERCUTA_SANITIZED");
  if (sanitized && strcmp(sanitized, "1") == 0)
    skip(); /* hundreds of times the course that the fit follows */
  struct percuta_scenario *scenario = short_course();
  struct percuta_morris once, again;
  double before =
      percuta_base_parameters_find(scenario->parameters, "koppenol.collagen_loss")->value;
  assert_int_equal(PERCUTA_OK, percuta_study_morris_compute(scenario, 2, 0.05, NULL, NULL, &once));
  assert_int_equal(PERCUTA_OK, percuta_study_morris_compute(scenario, 2, 0.05, NULL, NULL, &again));
  assert_true(percuta_base_parameters_find(scenario->parameters, "koppenol.collagen_loss")->value ==
              before);
  assert_int_equal(once.failed, 0);
  assert_int_equal(once.courses, 2 * (once.count + 1));
  assert_true(effect_of(&once, "koppenol.collagen_loss")->strength >
              1e-6); /* on the first day cells hardly answer */
  assert_int_equal(effect_of(&once, "koppenol.collagen_loss")->count, 2);
  assert_true(effect_of(&once, "crosslinks.maturing")->strength == 0);
  for (int i = 0; i < once.count; ++i) {
    assert_string_equal(once.effect[i].parameter->name, again.effect[i].parameter->name);
    assert_true(once.effect[i].strength == again.effect[i].strength);
    assert_true(i == 0 || once.effect[i].middle <= once.effect[i - 1].middle);
    assert_true(once.effect[i].middle >= 0);
  }
  percuta_study_morris_clear(&once);
  percuta_study_morris_clear(&again);
  percuta_scenario_destroy(&scenario);
}

/* The answers as published in docs/questions.md are those of the model as it is. */
static void answers_are_those_stored(void **state) {
  (void)state;
  char path[4096];
  struct percuta_diag *diag = NULL;
  struct percuta_csv stored;
  struct percuta_ask_answer *answer = calloc((size_t)percuta_study_questions_count, sizeof *answer);
  assert_non_null(answer);
  assert_int_equal(0, percuta_base_diag_create(&diag));
  assert_int_equal(PERCUTA_OK, percuta_base_path_data(NULL, path, sizeof path / 2));
  strcat(path, "/fit/questions.csv");
  assert_int_equal(PERCUTA_OK, percuta_base_csv_read(path, diag, &stored));
  assert_int_equal(stored.rows, percuta_study_questions_count);
  assert_int_equal(PERCUTA_OK, percuta_study_ask_all(fixture_catalogue(), 0, NULL, diag, answer));
  for (int q = 0; q < percuta_study_questions_count; ++q) {
    const struct percuta_questions_entry *entry = &percuta_study_questions_entry[q];
    assert_string_equal(percuta_base_csv_cell(&stored, (size_t)q, "question"), entry->name);
    double value = atof(percuta_base_csv_cell(&stored, (size_t)q, "value"));
    double width = atof(percuta_base_csv_cell(&stored, (size_t)q, "high")) -
                   atof(percuta_base_csv_cell(&stored, (size_t)q, "low"));
    assert_true(isfinite(answer[q].value));
    if (!(fabs(answer[q].value - value) <= 0.02 * width + 1e-3 * fabs(value)))
      fail_msg("%s: %g, stored %g", entry->name, answer[q].value, value);
    const char *word = percuta_base_csv_cell(&stored, (size_t)q, "answer");
    assert_true(strcmp(word, "open") == 0 ||
                strcmp(word, percuta_study_ask_word(answer[q].verdict)) == 0);
  }
  percuta_base_csv_clear(&stored);
  percuta_base_diag_destroy(&diag);
  free(answer);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_fit_is_the_least),
      cmocka_unit_test(rows_kept_back_are_refused),
      cmocka_unit_test(answers_are_those_stored),
      cmocka_unit_test(effects_are_those_of_what_acts),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
