/* The file of joint draws: read, refused with its lines, chosen from evenly, put on a scenario. */
#include "catalogue_fixture.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "input/input.h"
#include "study/draws.h"

static const char SCENARIO[] = "percuta: 1\n"
                               "person: {age: 35 years, sex: female}\n"
                               "skin: {site: cheek}\n"
                               "device: {preset: roller-192-1.5mm}\n"
                               "session: {passes: [{direction: 0 deg}]}\n"
                               "parameters: {crosslinks.loss: 9.0e-4 1/day}\n";

static struct percuta_scenario *scenario_of(struct percuta_diag *diag) {
  struct percuta_scenario *scenario = NULL;
  assert_int_equal(PERCUTA_OK, percuta_input_parse(fixture_catalogue(), "draws.yaml", SCENARIO,
                                                   strlen(SCENARIO), NULL, 0, diag, &scenario));
  return scenario;
}

static enum percuta_status read_text(const char *text, const struct percuta_scenario *scenario,
                                     struct percuta_diag *diag, struct percuta_draws *out) {
  char path[] = P_tmpdir "/percuta-draws-XXXXXX";
  const int file = mkstemp(path);
  assert_true(file >= 0);
  assert_true(write(file, text, strlen(text)) == (ssize_t)strlen(text));
  close(file);
  const enum percuta_status status = percuta_study_draws_read_file(path, scenario, diag, out);
  unlink(path);
  return status;
}

static double value_of(const struct percuta_scenario *scenario, const char *name) {
  return percuta_base_parameters_find(scenario->parameters, name)->value;
}

static const char GOOD[] = "core,insertion,crosslinks.maturing,crosslinks.loss,koppenol.secretion\n"
                           "koppenol,3,1e-3,2e-3,5e-13\n"
                           "pensalfini,4,2e-3,3e-3,\n"
                           "koppenol,5,3e-3,4e-3,6e-13\n";

static void a_draw_is_put_and_taken_away(void **state) {
  struct percuta_diag *diag = NULL;
  struct percuta_draws draws;
  struct percuta_insertion_draws insertion;
  (void)state;
  assert_int_equal(0, percuta_base_diag_create(&diag));
  struct percuta_scenario *before = scenario_of(diag), *scenario = scenario_of(diag);
  assert_int_equal(PERCUTA_OK, read_text(GOOD, before, diag, &draws));
  assert_int_equal(PERCUTA_OK, percuta_insertion_draws_read(before, diag, &insertion));
  assert_int_equal(3, draws.count);
  assert_int_equal(3, draws.parameters);
  assert_int_equal(PERCUTA_CORE_PENSALFINI, draws.core[1]);
  assert_int_equal(1, percuta_study_draws_kept(&draws, before));

  assert_int_equal(PERCUTA_OK, percuta_study_draws_put(&draws, 0, &insertion, before, scenario));
  assert_true(value_of(scenario, "crosslinks.maturing") == 1e-3);
  assert_true(value_of(scenario, "crosslinks.loss") == 9e-4); /* the scenario's own */
  assert_true(value_of(scenario, "koppenol.secretion") == 5e-13);
  const int column = percuta_insertion_draws_column("insertion.friction");
  assert_true(fabs(value_of(scenario, "insertion.friction") / insertion.value[3][column] *
                       insertion.what[column].one -
                   1) < 1e-12);
  /* the next one leaves nothing of it */
  assert_int_equal(PERCUTA_OK, percuta_study_draws_put(&draws, 1, &insertion, before, scenario));
  assert_true(value_of(scenario, "koppenol.secretion") == value_of(before, "koppenol.secretion"));
  assert_int_equal(PERCUTA_OK, percuta_study_draws_put(&draws, -1, &insertion, before, scenario));
  for (size_t i = 0; i < percuta_base_parameters_count(before->parameters); ++i)
    assert_true(percuta_base_parameters_at(before->parameters, i)->value ==
                percuta_base_parameters_at(scenario->parameters, i)->value);
  percuta_study_draws_clear(&draws);
  percuta_scenario_destroy(&before);
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
}

static void draws_are_chosen_evenly(void **state) {
  enum percuta_core core[10] = {0};
  struct percuta_draws draws = {.count = 10, .has_core = true, .core = core};
  int chosen[10];
  (void)state;
  for (int i = 0; i < 10; ++i)
    core[i] = i % 5 == 4 ? PERCUTA_CORE_PENSALFINI : PERCUTA_CORE_KOPPENOL;
  assert_int_equal(5, percuta_study_draws_choose(&draws, NULL, 5, chosen));
  for (int i = 0; i < 5; ++i)
    assert_int_equal(2 * i + 1, chosen[i]);
  assert_int_equal(10, percuta_study_draws_choose(&draws, NULL, 64, chosen));
  const enum percuta_core second = PERCUTA_CORE_PENSALFINI;
  assert_int_equal(2, percuta_study_draws_choose(&draws, &second, 64, chosen));
  assert_true(chosen[0] == 4 && chosen[1] == 9);
}

/* Each mistake on its line, one message each. */
static void mistakes_have_their_lines(void **state) {
  static const struct {
    const char *text, *key;
    int line;
  } bad[] = {
      {"crosslinks.matring\n1e-3\n", "crosslinks.matring", 1},
      {"core,crosslinks.maturing\nkoppenol,1e-3\nnobody,1e-3\n", "core", 3},
      {"insertion,crosslinks.maturing\n0,1e-3\n100000,1e-3\n", "insertion", 3},
      {"crosslinks.maturing\n1e-3\n2e-3\nmuch\n", "crosslinks.maturing", 4},
  };
  (void)state;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i) {
    struct percuta_diag *diag = NULL;
    struct percuta_draws draws;
    assert_int_equal(0, percuta_base_diag_create(&diag));
    struct percuta_scenario *scenario = scenario_of(diag);
    assert_int_equal(PERCUTA_BAD_INPUT, read_text(bad[i].text, scenario, diag, &draws));
    assert_int_equal(1, percuta_base_diag_count(diag));
    assert_string_equal(bad[i].key, percuta_base_diag_at(diag, 0)->key);
    assert_int_equal(bad[i].line, percuta_base_diag_at(diag, 0)->place.line);
    percuta_study_draws_clear(&draws);
    percuta_scenario_destroy(&scenario);
    percuta_base_diag_destroy(&diag);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_draw_is_put_and_taken_away),
      cmocka_unit_test(draws_are_chosen_evenly),
      cmocka_unit_test(mistakes_have_their_lines),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
