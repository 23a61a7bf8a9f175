/* A thousand courses in one process: neither memory nor open files grow, and the last is bit by bit
 * the first. */
#include "../unit/run_fixture.h"

#include <fcntl.h>

#include "base/clock.h"
#include "course/members.h"

enum { COURSES = 1000, WARM = 100, SANITIZED = 20 };

/* [bytes] that this process holds in memory. */
static double resident(void) {
  long pages = 0, held = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  assert_non_null(file);
  assert_int_equal(2, fscanf(file, "%ld %ld", &pages, &held));
  fclose(file);
  return (double)held * (double)sysconf(_SC_PAGESIZE);
}

static int open_files(void) {
  int count = 0;
  for (int descriptor = 0; descriptor < 1024; ++descriptor)
    count += fcntl(descriptor, F_GETFD) != -1;
  return count;
}

static struct percuta_run *follow(const struct fixture *f) {
  const struct percuta_run_options options = {.keep_fields = true};
  struct percuta_run *run = fixture_run(f, &options, NULL);
  assert_int_equal(PERCUTA_OK, percuta_course_run_advance(run, INFINITY));
  return run;
}

/* Every twentieth is another: with cream and serums, and of another length. */
static void a_thousand_leave_nothing_behind(void **state) {
  (void)state;
  static const char *const plain[] = {"course.sessions=1", "course.follow_up=2 days"};
  static const char *const rich[] = {"model.fidelity=column", "course.follow_up=3 days"};
  const char *sanitized = getenv("PERCUTA_SANITIZED");
  const bool strict = !sanitized || sanitized[0] != '1'; /* sanitizers keep what is freed */
  const int courses = strict ? COURSES : SANITIZED;
  struct fixture f[2] = {fixture_read("forearm-home-roller", plain, 2),
                         fixture_read("first-session", rich, 2)};
  struct percuta_run *first[2] = {follow(&f[0]), follow(&f[1])};
  double memory = 0, begin = percuta_base_clock();
  int files = 0;
  char words[256] = "";
  for (int n = 1; n <= courses; ++n) {
    const int which = n % 20 == 0;
    struct percuta_run *run = follow(&f[which]);
    if (!percuta_course_members_same(first[which], run, words, sizeof words))
      fail_msg("course %d: %s", n, words);
    percuta_course_run_destroy(&run);
    if (n == (strict ? WARM : SANITIZED / 2)) {
      memory = resident();
      files = open_files();
    }
  }
  const double grown = resident() - memory;
  print_message("%.1f ms a course; after %d of them %.0f kB more, %d files more\n",
                1e3 * (percuta_base_clock() - begin) / courses, courses, 1e-3 * grown,
                open_files() - files);
  assert_true(!strict || grown < 256e3); /* 300 bytes a course would be too much */
  assert_int_equal(files, open_files());
  for (int i = 0; i < 2; ++i) {
    assert_int_equal(0, percuta_base_diag_count(f[i].diag));
    percuta_course_run_destroy(&first[i]);
    fixture_close(&f[i]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_thousand_leave_nothing_behind)};
  if (percuta_engine_start(0, NULL, NULL) != PERCUTA_OK)
    return 1;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
