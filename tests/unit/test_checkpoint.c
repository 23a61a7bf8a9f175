/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "result/checkpoint.h"

static char folder[64];

static const struct percuta_checkpoint_owner OWNER = {
    .hash = 42, .keys_hash = 7, .program = "0.1.0 (build 0123)", .petsc_options = "-a b"};

static int make_folder(void **state) {
  (void)state;
  snprintf(folder, sizeof folder, P_tmpdir "/percuta-checkpoint-XXXXXX");
  return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
  (void)state;
  percuta_result_checkpoint_remove(folder);
  return rmdir(folder);
}

static void write_value(double value, size_t count) {
  double values[100];
  for (size_t i = 0; i < count; ++i)
    values[i] = value + (double)i;
  const struct percuta_checkpoint_entry entry[] = {{"head", &value, 1}, {"state", values, count}};
  assert_int_equal(PERCUTA_OK, percuta_result_checkpoint_write(folder, &OWNER, entry, 2));
}

/* The first value of the newest whole checkpoint, or -1. */
static double read_as(const struct percuta_checkpoint_owner *owner, enum percuta_status expected,
                      const char *said) {
  struct percuta_checkpoint *checkpoint = NULL;
  char why[1024];
  size_t count;
  double value = -1;
  assert_int_equal(expected,
                   percuta_result_checkpoint_read(folder, owner, &checkpoint, why, sizeof why));
  if (said)
    assert_non_null(strstr(why, said));
  if (checkpoint) {
    value = percuta_result_checkpoint_get(checkpoint, "head", &count)[0];
    assert_int_equal(1, count);
    assert_non_null(percuta_result_checkpoint_get(checkpoint, "state", &count));
    assert_int_equal(100, count);
    assert_null(percuta_result_checkpoint_get(checkpoint, "nothing", &count));
  }
  percuta_result_checkpoint_destroy(&checkpoint);
  return value;
}

static double read_value(enum percuta_status expected, const char *said) {
  return read_as(&OWNER, expected, said);
}

static void join(char path[128], const char *name) {
  snprintf(path, 128, "%s/%s", folder, name);
}

static long size_of(const char *name) {
  char path[128];
  struct stat about;
  join(path, name);
  assert_int_equal(0, stat(path, &about));
  return (long)about.st_size;
}

/* Flips some bits of byte number `at`. */
static void damage(const char *name, long at) {
  char path[128];
  join(path, name);
  FILE *file = fopen(path, "r+b");
  assert_non_null(file);
  assert_int_equal(0, fseek(file, at, SEEK_SET));
  int byte = fgetc(file);
  assert_int_equal(0, fseek(file, at, SEEK_SET));
  fputc(byte ^ 0x5a, file);
  assert_int_equal(0, fclose(file));
}

static void what_is_written_is_read(void **state) {
  (void)state;
  assert_null(percuta_result_checkpoint_newest(folder));
  write_value(3.25, 100);
  assert_string_equal(PERCUTA_CHECKPOINT_FILE, percuta_result_checkpoint_newest(folder));
  assert_true(read_value(PERCUTA_OK, NULL) == 3.25);
}

static void another_scenario_is_refused(void **state) {
  (void)state;
  write_value(1, 100);
  struct percuta_checkpoint_owner other = OWNER;
  other.keys_hash = 8;
  other.program = "0.2.0";
  read_as(&other, PERCUTA_TAKEN, "another scenario");
}

/* Each in words of its own: program, options, and what is left of the hash: the data. */
static void what_has_changed_is_said(void **state) {
  (void)state;
  struct percuta_checkpoint_owner program = OWNER, options = OWNER, data = OWNER;
  write_value(1, 100);
  program.program = "0.1.0 (build 4567)";
  program.hash = 43;
  read_as(&program, PERCUTA_TAKEN, "0.1.0 (build 0123), and this is 0.1.0 (build 4567)");
  options.petsc_options = "";
  options.hash = 43;
  read_as(&options, PERCUTA_TAKEN, "PETSc's options `-a b`, and now they are ``");
  data.hash = 43;
  read_as(&data, PERCUTA_TAKEN, "other data");
  assert_true(read_value(PERCUTA_OK, NULL) == 1);
}

/* A link or a pipe is neither read nor written through. */
static void links_and_pipes_are_left_alone(void **state) {
  (void)state;
  char path[128], draft[128], mine[128];
  percuta_result_checkpoint_remove(folder);
  join(path, PERCUTA_CHECKPOINT_FILE);
  join(draft, "." PERCUTA_CHECKPOINT_FILE ".tmp");
  join(mine, "mine");
  FILE *file = fopen(mine, "w");
  assert_non_null(file);
  assert_int_equal(0, fclose(file));
  assert_int_equal(0, symlink("mine", path));
  assert_int_equal(0, symlink("mine", draft));
  assert_null(percuta_result_checkpoint_newest(folder));
  read_value(PERCUTA_IO, "no checkpoint to resume from");
  write_value(5, 100);
  assert_true(read_value(PERCUTA_OK, NULL) == 5);
  assert_int_equal(0, size_of("mine"));
  percuta_result_checkpoint_remove(folder);
  assert_int_equal(0, mkfifo(path, 0600)); /* opening it would wait for ever */
  assert_false(percuta_result_checkpoint_is(path));
  read_value(PERCUTA_IO, "no checkpoint to resume from");
  assert_int_equal(0, unlink(path));
  assert_int_equal(0, unlink(mine));
}

/* Wherever the damage is, it is found, and what is written next keeps the good one. */
static void damaged_falls_back_to_the_previous(void **state) {
  (void)state;
  write_value(2, 100);
  long size = size_of(PERCUTA_CHECKPOINT_FILE);
  for (long at = 0; at < size; at += at < 64 ? 1 : 53) {
    write_value(1, 100);
    write_value(2, 100);
    damage(PERCUTA_CHECKPOINT_FILE, at);
    assert_true(read_value(PERCUTA_OK, "damaged; resuming from") == 1);
    assert_string_equal(PERCUTA_CHECKPOINT_PREVIOUS, percuta_result_checkpoint_newest(folder));
    assert_true(read_value(PERCUTA_OK, NULL) == 1);
  }
  write_value(3, 100);
  damage(PERCUTA_CHECKPOINT_FILE, size - 1);
  assert_true(read_value(PERCUTA_OK, "damaged") == 1);
}

static void truncated_falls_back_too(void **state) {
  (void)state;
  static const long kept[] = {0, 1, 511, 512, 513, 700, 2000};
  char path[128];
  join(path, PERCUTA_CHECKPOINT_FILE);
  for (size_t i = 0; i < sizeof kept / sizeof kept[0]; ++i) {
    write_value(1, 100);
    write_value(2, 100);
    assert_int_equal(0, truncate(path, kept[i]));
    assert_true(read_value(PERCUTA_OK, "damaged") == 1);
  }
}

static void both_damaged_is_said(void **state) {
  (void)state;
  write_value(1, 100);
  write_value(2, 100);
  damage(PERCUTA_CHECKPOINT_FILE, 900);
  damage(PERCUTA_CHECKPOINT_PREVIOUS, 900);
  read_value(PERCUTA_IO, "no checkpoint to resume from");
}

/* A file of another format is refused in words and left alone, not taken for a damaged one. */
static void another_version_is_refused(void **state) {
  (void)state;
  percuta_result_checkpoint_remove(folder);
  write_value(1, 100);
  char path[128];
  join(path, PERCUTA_CHECKPOINT_FILE);
  FILE *file = fopen(path, "r+b");
  assert_non_null(file);
  assert_int_equal(0, fseek(file, (long)strlen("Percuta checkpoint "), SEEK_SET));
  fputc('2', file);
  assert_int_equal(0, fclose(file));
  read_value(PERCUTA_TAKEN, "another version of Percuta");
  assert_int_equal(0, access(path, F_OK));
}

/* A file that cannot grow stands for a full disk. */
static void a_write_that_fails_keeps_what_was_there(void **state) {
  (void)state;
  double values[5000] = {0};
  const struct percuta_checkpoint_entry entry = {"state", values, 5000};
  struct rlimit limit, small;
  write_value(1, 100);
  write_value(2, 100);
  signal(SIGXFSZ, SIG_IGN);
  assert_int_equal(0, getrlimit(RLIMIT_FSIZE, &limit));
  small = limit;
  for (rlim_t most = 0; most < 40000; most += 1500) {
    small.rlim_cur = most;
    assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &small));
    errno = 0;
    enum percuta_status status = percuta_result_checkpoint_write(folder, &OWNER, &entry, 1);
    int reason = errno;
    assert_int_equal(0, setrlimit(RLIMIT_FSIZE, &limit));
    assert_int_equal(PERCUTA_IO, status);
    assert_int_equal(EFBIG, reason);
    assert_true(read_value(PERCUTA_OK, NULL) == 2);
  }
}

static void a_missing_folder_is_told(void **state) {
  (void)state;
  double value = 1;
  const struct percuta_checkpoint_entry entry = {"head", &value, 1};
  assert_int_equal(PERCUTA_IO,
                   percuta_result_checkpoint_write("/nowhere/at/all", &OWNER, &entry, 1));
  assert_int_equal(ENOENT, errno);
}

/* As after a kill between the two renames, and in the middle of a write. */
static void what_a_kill_leaves_is_used_and_removed(void **state) {
  (void)state;
  char path[128], left[128];
  write_value(1, 100);
  write_value(2, 100);
  join(path, PERCUTA_CHECKPOINT_FILE);
  join(left, "." PERCUTA_CHECKPOINT_FILE ".tmp");
  assert_int_equal(0, rename(path, left));
  assert_true(read_value(PERCUTA_OK, NULL) == 1);
  percuta_result_checkpoint_remove(folder);
  assert_null(percuta_result_checkpoint_newest(folder));
  assert_int_equal(-1, access(left, F_OK));
}

static void nothing_there_is_said(void **state) {
  (void)state;
  percuta_result_checkpoint_remove(folder);
  read_value(PERCUTA_IO, "no checkpoint");
}

static void equal_states_give_equal_bytes(void **state) {
  (void)state;
  char path[128], first[8192], second[8192];
  snprintf(path, sizeof path, "%s/%s", folder, PERCUTA_CHECKPOINT_FILE);
  char *into[2] = {first, second};
  size_t size[2];
  for (int i = 0; i < 2; ++i) {
    write_value(7, 100);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size[i] = fread(into[i], 1, sizeof first, file);
    fclose(file);
    sleep(1); /* a time stamp would differ */
  }
  assert_int_equal(size[0], size[1]);
  assert_memory_equal(first, second, size[0]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_written_is_read),
      cmocka_unit_test(another_scenario_is_refused),
      cmocka_unit_test(what_has_changed_is_said),
      cmocka_unit_test(links_and_pipes_are_left_alone),
      cmocka_unit_test(damaged_falls_back_to_the_previous),
      cmocka_unit_test(truncated_falls_back_too),
      cmocka_unit_test(both_damaged_is_said),
      cmocka_unit_test(another_version_is_refused),
      cmocka_unit_test(a_write_that_fails_keeps_what_was_there),
      cmocka_unit_test(a_missing_folder_is_told),
      cmocka_unit_test(what_a_kill_leaves_is_used_and_removed),
      cmocka_unit_test(nothing_there_is_said),
      cmocka_unit_test(equal_states_give_equal_bytes),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
