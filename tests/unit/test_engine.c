/* The program's door called twice in one process, which MPI alone would not bear; what it starts
 * runs on until the process ends. */
#include "run_fixture.h"

#include <sys/stat.h>

#include "engine/engine.h"
#include "result/checkpoint.h"

static char *read_file(const char *folder, const char *name) {
  char path[128];
  static const size_t most = 1 << 20;
  char *text = calloc(most, 1);
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "r");
  assert_true(text && file);
  assert_true(fread(text, 1, most - 1, file) > 0);
  fclose(file);
  return text;
}

static void a_second_run_is_as_good_as_the_first(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL);
  char folder[2][64], *timeline[2];
  for (int i = 0; i < 2; ++i) {
    fixture_folder(folder[i]);
    char option[] = "-options_left", value[] = "no", *options[] = {option, value};
    const struct percuta_engine_options how = {.folder = folder[i],
                                               .progress = PERCUTA_PROGRESS_QUIET,
                                               .petsc_argc = 2,
                                               .petsc_argv = options};
    assert_int_equal(PERCUTA_OK, percuta_engine_execute(f.scenario, &how));
    int over = 1;
    PetscBool running = PETSC_FALSE;
    MPI_Finalized(&over);
    assert_int_equal(0, PetscInitialized(&running));
    assert_true(!over && running);
    timeline[i] = read_file(folder[i], "timeline.csv");
  }
  assert_string_equal(timeline[0], timeline[1]);
  for (int i = 0; i < 2; ++i) {
    char *log = read_file(folder[i], "run.log");
    assert_non_null(strstr(log, "ended: done"));
    free(log);
    free(timeline[i]);
    fixture_remove(folder[i]);
  }
  fixture_close(&f);
}

static enum percuta_status run_into(const struct fixture *f, const char *folder, bool resume,
                                    bool force) {
  const struct percuta_engine_options how = {
      .folder = folder, .progress = PERCUTA_PROGRESS_QUIET, .resume = resume, .force = force};
  return percuta_engine_execute(f->scenario, &how);
}

/* What is said to a user goes to stderr, which is not looked at here; the statuses tell. */
static void a_folder_is_of_one_scenario(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL), g = fixture_open("model.seed=7");
  char folder[64];
  fixture_folder(folder);
  assert_int_equal(PERCUTA_OK, run_into(&f, folder, true, false)); /* nothing there: starts */
  assert_int_equal(PERCUTA_OK, run_into(&f, folder, true, false)); /* nothing left to do */
  assert_int_equal(PERCUTA_OK, run_into(&f, folder, false, false));
  assert_int_equal(PERCUTA_TAKEN, run_into(&g, folder, false, false));
  assert_int_equal(PERCUTA_TAKEN, run_into(&g, folder, true, false));
  assert_int_equal(PERCUTA_OK, run_into(&g, folder, false, true));
  assert_int_equal(PERCUTA_TAKEN, run_into(&f, folder, false, false));
  fixture_remove(folder);
  fixture_close(&f);
  fixture_close(&g);
}

static void an_unfinished_run_is_not_lost(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL);
  char folder[64];
  fixture_folder(folder);
  const double number = 1;
  const struct percuta_checkpoint_entry entry = {"time", &number, 1};
  const struct percuta_checkpoint_owner owner = {
      .hash = 42, .keys_hash = 42, .program = "another", .petsc_options = ""};
  assert_int_equal(PERCUTA_OK, percuta_result_checkpoint_write(folder, &owner, &entry, 1));
  assert_int_equal(PERCUTA_TAKEN, run_into(&f, folder, true, false)); /* whose? */
  assert_int_equal(PERCUTA_TAKEN, run_into(&f, folder, false, false));
  assert_non_null(percuta_result_checkpoint_newest(folder));
  assert_int_equal(PERCUTA_OK, run_into(&f, folder, false, true));
  assert_null(percuta_result_checkpoint_newest(folder));
  fixture_remove(folder);
  fixture_close(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_second_run_is_as_good_as_the_first),
                                     cmocka_unit_test(a_folder_is_of_one_scenario),
                                     cmocka_unit_test(an_unfinished_run_is_not_lost)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
