/* Bands beside a run: the percentiles of courses that are followed here one by one, moved from a
 * column to the run; nothing where draws are what the run has; courses that cannot be followed. */
#include "../unit/catalogue_fixture.h"
#include "model_fixture.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "course/trial.h"
#include "input/input.h"
#include "study/spread.h"
#include "validate/interval.h"

enum { DRAWS = 12 };
static const char SCENARIO[] = "percuta: 1\n"
                               "person: {age: 35 years, sex: female}\n"
                               "skin: {site: cheek}\n"
                               "device: {preset: roller-192-1.5mm}\n"
                               "session: {passes: [{direction: 0 deg}], repeat: 8}\n"
                               "course: {follow_up: 40 days}\n"
                               "model: {fidelity: column, draws: 12}\n";

struct case_of {
  struct percuta_diag *diag;
  struct percuta_scenario *scenario;
  struct percuta_trial trial;
  struct percuta_record record; /* the trial's, with its bands */
  double *day;
  char file[64];
  struct percuta_spread spread;
};

static struct percuta_scenario *parse(struct percuta_diag *diag) {
  struct percuta_scenario *scenario = NULL;
  assert_int_equal(PERCUTA_OK, percuta_input_parse(fixture_catalogue(), "spread.yaml", SCENARIO,
                                                   strlen(SCENARIO), NULL, 0, diag, &scenario));
  return scenario;
}

static void begin(struct case_of *c, const char *draws) {
  memset(c, 0, sizeof *c);
  assert_int_equal(0, percuta_base_diag_create(&c->diag));
  c->scenario = parse(c->diag);
  assert_int_equal(PERCUTA_OK, percuta_course_trial_run(c->scenario, NULL, c->diag, &c->trial));
  c->record = *c->trial.record;
  c->day = calloc(c->record.timeline.count, sizeof *c->day);
  for (size_t i = 0; i < c->record.timeline.count; ++i)
    c->day[i] = c->record.timeline.row[i].time_d;
  snprintf(c->file, sizeof c->file, P_tmpdir "/percuta-spread-XXXXXX");
  const int file = mkstemp(c->file);
  assert_true(file >= 0 && write(file, draws, strlen(draws)) == (ssize_t)strlen(draws));
  close(file);
  const struct percuta_spread_request request = {.scenario = c->scenario,
                                                 .record = &c->record,
                                                 .day = c->day,
                                                 .rows = c->record.timeline.count,
                                                 .file = c->file};
  assert_int_equal(PERCUTA_OK, percuta_study_spread_follow(&request, NULL, c->diag, &c->spread));
  c->record.spread = &c->spread;
}

static void end(struct case_of *c) {
  unlink(c->file);
  percuta_outcome_spread_clear(&c->spread);
  percuta_course_trial_clear(&c->trial);
  percuta_scenario_destroy(&c->scenario);
  percuta_base_diag_destroy(&c->diag);
  free(c->day);
}

static double drawn(int k) {
  return 0.05 + 0.01 * k;
}

/* A course with one parameter set, by hand. */
static double collagen_with(double value, struct percuta_diag *diag) {
  struct percuta_scenario *scenario = parse(diag);
  struct percuta_trial trial;
  assert_int_equal(PERCUTA_OK, percuta_base_parameters_put(scenario->parameters, scenario->units,
                                                           "activation.switching_on", value));
  assert_int_equal(PERCUTA_OK, percuta_course_trial_run(scenario, NULL, diag, &trial));
  const double found =
      percuta_outcome_outcomes_number(trial.record, PERCUTA_OUTCOME_collagen_peak_rel);
  percuta_course_trial_clear(&trial);
  percuta_scenario_destroy(&scenario);
  return found;
}

static void bands_are_percentiles_of_courses(void **state) {
  struct case_of c;
  char text[1024] = "activation.switching_on\n";
  double value[DRAWS], low, high;
  (void)state;
  for (int k = 0; k < DRAWS; ++k)
    snprintf(text + strlen(text), sizeof text - strlen(text), "%.17g\n", drawn(k));
  begin(&c, text);
  assert_int_equal(PERCUTA_SPREAD_DRAWN, c.spread.state);
  assert_int_equal(DRAWS, c.spread.followed);
  assert_int_equal(0, c.spread.lost);
  for (int k = 0; k < DRAWS; ++k)
    value[k] = collagen_with(drawn(k), c.diag);
  percuta_validate_interval_ends(value, DRAWS, &low, &high);
  const struct percuta_band *band =
      &c.spread.band[PERCUTA_OUTCOME_collagen_peak_rel][PERCUTA_SPREAD_TIMES - 1];
  /* the run is a column itself: nothing is moved, but 5 % of a gain, or of a point, is added */
  const double below = 0.05 * fmax(fabs(low - 1), 0.01), above = 0.05 * fmax(fabs(high - 1), 0.01);
  assert_true(fabs(band->low - (low - below)) < 1e-9);
  assert_true(fabs(band->high - (high + above)) < 1e-9);
  assert_true(band->numerics > 0 && band->numerics < 0.01);
  /* the timeline at its end is the outcome there */
  const size_t last = c.spread.rows - 1;
  const struct percuta_band *then =
      &c.spread.band[PERCUTA_OUTCOME_collagen_total_rel][PERCUTA_SPREAD_TIMES - 1];
  assert_true(fabs(c.spread.low[last].collagen_total_rel - then->low) < 1e-9);
  assert_true(fabs(c.spread.high[last].collagen_total_rel - then->high) < 1e-9);
  end(&c);
}

/* Draws of what the run has anyway: only the numerics' width is left. */
static void draws_of_the_same_give_no_width(void **state) {
  struct case_of c;
  char text[1024] = "activation.switching_on\n";
  (void)state;
  for (int k = 0; k < DRAWS; ++k)
    strcat(text, "0.1\n");
  begin(&c, text);
  const double now =
      percuta_base_parameters_find(c.scenario->parameters, "activation.switching_on")->value;
  const struct percuta_band *band =
      &c.spread.band[PERCUTA_OUTCOME_shed_ul_per_cm2][PERCUTA_SPREAD_TIMES - 1];
  assert_true(fabs(now - 0.1) > 0 || band->high - band->low < 1e-9 * band->high);
  assert_null(percuta_outcome_spread_band(
      &c.record, percuta_outcome_outcomes_at(PERCUTA_OUTCOME_shed_ul_per_cm2),
      percuta_outcome_outcomes_end(&c.record)));
  end(&c);
}

/* Parameters that no skin at rest bears are lost, counted, and do not end the run. */
static void lost_courses_are_counted(void **state) {
  struct case_of c;
  char text[2048] = "koppenol.collagen_loss\n";
  (void)state;
  for (int k = 0; k < DRAWS; ++k)
    strcat(text, k < 2 ? "-1\n" : "6e-6\n");
  begin(&c, text);
  assert_int_equal(2, c.spread.lost);
  assert_int_equal(PERCUTA_SPREAD_DRAWN, c.spread.state);
  assert_true(c.spread.why[0] != '\0');
  assert_int_equal(0, percuta_base_diag_count(c.diag));
  end(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(bands_are_percentiles_of_courses),
                                     cmocka_unit_test(draws_of_the_same_give_no_width),
                                     cmocka_unit_test(lost_courses_are_counted)};
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
