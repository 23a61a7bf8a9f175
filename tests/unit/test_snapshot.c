#include "record_fixture.h"

static void reads_back_what_was_written(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 3);
  fixture_snapshots(&f);
  const size_t cells = percuta_numerics_grid_cell_count(f.grid);
  float *memory = calloc(cells * PERCUTA_FIELD_COUNT, sizeof *memory);
  const int fields = PERCUTA_FIELD_COUNT;
  assert_non_null(memory);
  for (int s = 0; s < FIXTURE_SNAPSHOTS; ++s) {
    assert_int_equal(percuta_result_snapshot_read(f.folder, s, f.grid, fields, memory), PERCUTA_OK);
    for (int i = 0; i < PERCUTA_FIELD_COUNT; ++i) {
      for (size_t c = 0; c < cells; ++c) {
        assert_true(memory[(size_t)i * cells + c] == fixture_value(i, s, c));
      }
    }
  }
  free(memory);
  fixture_destroy(&f);
}

/* Missing, cut short, or of another grid: refused, and the caller's arrays stay as they were. */
static void refuses_other_files(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 3);
  fixture_snapshots(&f);
  const size_t cells = percuta_numerics_grid_cell_count(f.grid);
  float *memory = malloc(cells * PERCUTA_FIELD_COUNT * sizeof *memory);
  const int fields = PERCUTA_FIELD_COUNT;
  assert_non_null(memory);
  memory[0] = -5;
  assert_int_equal(percuta_result_snapshot_read(f.folder, 77, f.grid, fields, memory), PERCUTA_IO);
  char path[512];
  snprintf(path, sizeof path, "%s/.snapshots/002.f32", f.folder);
  assert_int_equal(truncate(path, 1000), 0);
  assert_int_equal(percuta_result_snapshot_read(f.folder, 2, f.grid, fields, memory), PERCUTA_IO);
  struct percuta_grid *other = NULL;
  assert_int_equal(percuta_numerics_grid_create(2, 2, 1e-3, 1e-3, f.grid->z_face, 40, &other),
                   PERCUTA_OK);
  assert_int_equal(percuta_result_snapshot_read(f.folder, 1, other, fields, memory), PERCUTA_IO);
  assert_true(memory[0] == -5);
  percuta_numerics_grid_destroy(&other);
  free(memory);
  fixture_destroy(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_back_what_was_written),
      cmocka_unit_test(refuses_other_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
