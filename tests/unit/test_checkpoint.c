/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "result/checkpoint.h"

static char folder[64];

static int make_folder(void **state) {
  (void)state;
  snprintf(folder, sizeof folder, "/tmp/percuta-checkpoint-XXXXXX");
  return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
  (void)state;
  percuta_checkpoint_remove(folder);
  return rmdir(folder);
}

static void write_value(double value, size_t count) {
  double values[100];
  for (size_t i = 0; i < count; ++i)
    values[i] = value + (double)i;
  const struct percuta_checkpoint_entry entry[] = {{"head", &value, 1}, {"state", values, count}};
  assert_int_equal(PERCUTA_OK, percuta_checkpoint_write(folder, 42, entry, 2));
}

/* The first value of the newest whole checkpoint, or -1. */
static double read_value(uint64_t hash, enum percuta_status expected, const char *said) {
  struct percuta_checkpoint *checkpoint = NULL;
  char why[1024];
  size_t count;
  double value = -1;
  assert_int_equal(expected, percuta_checkpoint_read(folder, hash, &checkpoint, why, sizeof why));
  if (said)
    assert_non_null(strstr(why, said));
  if (checkpoint) {
    value = percuta_checkpoint_get(checkpoint, "head", &count)[0];
    assert_int_equal(1, count);
    assert_non_null(percuta_checkpoint_get(checkpoint, "state", &count));
    assert_int_equal(100, count);
    assert_null(percuta_checkpoint_get(checkpoint, "nothing", &count));
  }
  percuta_checkpoint_destroy(&checkpoint);
  return value;
}

/* Flips one byte in the middle of a file. */
static void damage(const char *name) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "r+b");
  assert_non_null(file);
  assert_int_equal(0, fseek(file, 0, SEEK_END));
  long middle = ftell(file) - 300;
  assert_int_equal(0, fseek(file, middle, SEEK_SET));
  int byte = fgetc(file);
  assert_int_equal(0, fseek(file, middle, SEEK_SET));
  fputc(byte ^ 0x5a, file);
  assert_int_equal(0, fclose(file));
}

static void what_is_written_is_read(void **state) {
  (void)state;
  assert_false(percuta_checkpoint_exists(folder));
  write_value(3.25, 100);
  assert_true(percuta_checkpoint_exists(folder));
  assert_true(read_value(42, PERCUTA_OK, NULL) == 3.25);
}

static void another_scenario_is_refused(void **state) {
  (void)state;
  write_value(1, 100);
  read_value(43, PERCUTA_BAD_INPUT, "another scenario");
}

static void damaged_falls_back_to_the_previous(void **state) {
  (void)state;
  write_value(1, 100);
  write_value(2, 100);
  assert_true(read_value(42, PERCUTA_OK, NULL) == 2);
  damage(PERCUTA_CHECKPOINT_FILE);
  assert_true(read_value(42, PERCUTA_OK, "is damaged") == 1);
}

static void truncated_falls_back_too(void **state) {
  (void)state;
  char path[128];
  write_value(1, 100);
  write_value(2, 100);
  snprintf(path, sizeof path, "%s/%s", folder, PERCUTA_CHECKPOINT_FILE);
  assert_int_equal(0, truncate(path, 700));
  assert_true(read_value(42, PERCUTA_OK, "is damaged") == 1);
}

static void nothing_there_is_said(void **state) {
  (void)state;
  percuta_checkpoint_remove(folder);
  read_value(42, PERCUTA_IO, "no checkpoint");
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
      cmocka_unit_test(damaged_falls_back_to_the_previous),
      cmocka_unit_test(truncated_falls_back_too),
      cmocka_unit_test(nothing_there_is_said),
      cmocka_unit_test(equal_states_give_equal_bytes),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
