/* Every example, on coarser cells where it takes long, and as a column, and some as rings, under
 * floating-point traps: nowhere is anything divided by zero, undefined or too large on the way, not
 * even where the end does not show it. */
#define _GNU_SOURCE
#include "../unit/run_fixture.h"

#include <sys/wait.h>

#include "traps_fixture.h"

static void follow(const char *name, const char *set) {
  const struct percuta_run_options options = {.keep_fields = true};
  const char *const sets[] = {set, "model.tolerance=1e-2"}; /* the same laws in fewer steps */
  struct fixture f = fixture_read(name, sets, 2);
  print_message("%s, %s\n", name, set);
  traps_set();
  struct percuta_run *run = fixture_run(&f, &options, NULL);
  const enum percuta_status status = percuta_course_run_advance(run, INFINITY);
  traps_lift();
  assert_int_equal(status, PERCUTA_OK);
  percuta_course_run_destroy(&run);
  fixture_close(&f);
}

static void no_example_computes_what_is_no_number(void **state) {
  (void)state;
  const char *root = getenv("PERCUTA_ROOT");
  char path[512], name[256];
  int examples = 0;
  if (!traps_work)
    skip();
  snprintf(path, sizeof path, "%s/examples", root);
  DIR *folder = opendir(path);
  assert_non_null(folder);
  for (const struct dirent *entry = readdir(folder); entry; entry = readdir(folder)) {
    snprintf(name, sizeof name, "%s", entry->d_name);
    char *end = strstr(name, ".yaml");
    if (!end || strncmp(name, "cohort-", 7) == 0 || strncmp(name, "trial-", 6) == 0) /* studies */
      continue;
    *end = '\0';
    follow(name, "model.patch.cell=250 um");
    follow(name, "model.fidelity=column");
    if (examples % 3 == 0) /* rings take longest */
      follow(name, "model.fidelity=channel");
    ++examples;
  }
  closedir(folder);
  assert_true(examples > 8);
}

/* What a division by this does to a process with traps: its exit code. */
static int divide_by(volatile double number) {
  const pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    traps_set();
    const volatile double share = 1 / number;
    _exit(share > 0 ? 0 : 1);
  }
  int ended = 0;
  assert_int_equal(waitpid(child, &ended, 0), child);
  return WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
}

static void a_trap_is_a_trap(void **state) {
  (void)state;
  assert_int_equal(divide_by(2), 0);
  assert_int_equal(divide_by(0), traps_work ? TRAPS_EXIT : 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_trap_is_a_trap),
                                     cmocka_unit_test(no_example_computes_what_is_no_number)};
  if (percuta_engine_start(0, NULL, NULL) != PERCUTA_OK)
    return 1;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
