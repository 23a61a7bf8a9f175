/* Short runs of one column of skin, for tests of the run object. */
#ifndef PERCUTA_TESTS_UNIT_RUN_FIXTURE_H
#define PERCUTA_TESTS_UNIT_RUN_FIXTURE_H

/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "catalogue_fixture.h"
#include "course/run.h"
#include "engine/start.h"
#include "input/input.h"

struct fixture {
  struct percuta_diag *diag;
  struct percuta_scenario *scenario;
};

/* An example, with changes. */
static inline struct fixture fixture_read(const char *example, const char *const *sets,
                                          size_t count) {
  const char *root = getenv("PERCUTA_ROOT");
  char path[4096];
  struct fixture f = {.scenario = NULL};
  assert_non_null(root);
  snprintf(path, sizeof path, "%s/examples/%s.yaml", root, example);
  assert_int_equal(0, percuta_base_diag_create(&f.diag));
  const enum percuta_status status =
      percuta_input_read(fixture_catalogue(), path, sets, count, f.diag, &f.scenario);
  percuta_base_diag_print(f.diag, stderr);
  assert_int_equal(PERCUTA_OK, status);
  return f;
}

/* Two sessions in six weeks on one column, without joint draws beside them; `set` (NULL: none) is
 * one more change. */
static inline struct fixture fixture_open(const char *set) {
  const char *sets[] = {"model.fidelity=column",    "course.sessions=2", "course.interval=3 weeks",
                        "course.follow_up=6 weeks", "model.draws=0",     set};
  return fixture_read("first-session", sets, sizeof sets / sizeof *sets - (set == NULL));
}

static inline void fixture_close(struct fixture *f) {
  percuta_scenario_destroy(&f->scenario);
  percuta_base_diag_destroy(&f->diag);
}

static inline struct percuta_run *fixture_run(const struct fixture *f,
                                              const struct percuta_run_options *options,
                                              const struct percuta_reporter *reporter) {
  struct percuta_run *run = NULL;
  assert_int_equal(PERCUTA_OK, percuta_course_run_create(f->scenario, PETSC_COMM_SELF, options,
                                                         reporter, f->diag, &run));
  return run;
}

static inline void fixture_folder(char folder[64]) {
  snprintf(folder, 64, P_tmpdir "/percuta-run-XXXXXX");
  assert_non_null(mkdtemp(folder));
}

/* Removes a folder of files, and that of kept states in it. */
static inline void fixture_remove(const char *folder) {
  char path[512];
  DIR *open = opendir(folder);
  assert_non_null(open);
  for (const struct dirent *entry = readdir(open); entry; entry = readdir(open)) {
    snprintf(path, sizeof path, "%.100s/%.256s", folder, entry->d_name);
    if (strcmp(entry->d_name, "fields") == 0)
      fixture_remove(path);
    else if (entry->d_name[0] != '.')
      unlink(path);
  }
  closedir(open);
  assert_int_equal(0, rmdir(folder)); /* nothing was left that should not be there */
}

#endif
