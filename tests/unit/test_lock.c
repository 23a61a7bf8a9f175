/* One process at a time has a folder; how it ends does not matter. */
/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/lock.h"

static char folder[64], path[128], words[1024];

static int make_folder(void **state) {
  (void)state;
  snprintf(folder, sizeof folder, P_tmpdir "/percuta-lock-XXXXXX");
  if (!mkdtemp(folder))
    return -1;
  snprintf(path, sizeof path, "%s/.lock", folder);
  return 0;
}

static int remove_folder(void **state) {
  (void)state;
  unlink(path);
  return rmdir(folder);
}

static enum percuta_status take(struct percuta_lock *lock) {
  words[0] = '\0';
  return percuta_engine_lock_take(folder, lock, words, sizeof words);
}

/* A process of its own that takes the folder and holds it until it is killed. */
static pid_t holder(void) {
  int ready[2];
  char byte;
  assert_int_equal(0, pipe(ready));
  const pid_t child = fork();
  if (child == 0) {
    struct percuta_lock lock;
    const char said = take(&lock) == PERCUTA_OK ? 'y' : 'n';
    if (write(ready[1], &said, 1) == 1)
      pause();
    _exit(1);
  }
  assert_true(child > 0);
  assert_int_equal(1, read(ready[0], &byte, 1));
  assert_int_equal('y', byte);
  close(ready[0]);
  close(ready[1]);
  return child;
}

static void one_at_a_time(void **state) {
  (void)state;
  struct percuta_lock first, second;
  assert_int_equal(PERCUTA_OK, take(&first));
  assert_int_equal(PERCUTA_TAKEN, take(&second));
  assert_non_null(strstr(words, "is in use by another run (percuta, process "));
  assert_non_null(strstr(words, "-o DIR"));
  percuta_engine_lock_release(&first);
  assert_int_equal(-1, access(path, F_OK));
  assert_int_equal(PERCUTA_OK, take(&second));
  percuta_engine_lock_release(&second);
  percuta_engine_lock_release(&second); /* once is enough */
}

static void a_dead_owner_locks_no_more(void **state) {
  (void)state;
  struct percuta_lock lock;
  const pid_t child = holder();
  assert_int_equal(PERCUTA_TAKEN, take(&lock));
  assert_int_equal(0, kill(child, SIGKILL));
  assert_int_equal(child, waitpid(child, NULL, 0));
  assert_int_equal(0, access(path, F_OK)); /* the file is still there */
  assert_int_equal(PERCUTA_OK, take(&lock));
  percuta_engine_lock_release(&lock);
}

static void what_is_not_ours_stays(void **state) {
  (void)state;
  struct percuta_lock lock;
  struct stat about;
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  fputs("mine", file);
  assert_int_equal(0, fclose(file));
  assert_int_equal(PERCUTA_TAKEN, take(&lock));
  assert_int_equal(0, stat(path, &about));
  assert_int_equal(4, about.st_size);
  assert_int_equal(0, unlink(path));
  assert_int_equal(0, symlink("elsewhere", path));
  assert_int_equal(PERCUTA_TAKEN, take(&lock));
  assert_int_equal(0, unlink(path));
  assert_int_equal(0, mkfifo(path, 0600));
  assert_int_equal(PERCUTA_TAKEN, take(&lock));
  assert_int_equal(0, unlink(path));
  char elsewhere[128];
  snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere", folder);
  assert_int_equal(-1, access(elsewhere, F_OK));
}

static void no_folder_is_told(void **state) {
  (void)state;
  struct percuta_lock lock;
  assert_int_equal(PERCUTA_IO,
                   percuta_engine_lock_take("/nowhere/at/all", &lock, words, sizeof words));
  assert_non_null(strstr(words, "No such file"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_at_a_time), cmocka_unit_test(a_dead_owner_locks_no_more),
      cmocka_unit_test(what_is_not_ours_stays), cmocka_unit_test(no_folder_is_told)};
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
