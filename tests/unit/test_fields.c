#include "record_fixture.h"

#include <hdf5.h>

static void read_text(hid_t file, const char *path, const char *name, char *out, size_t size) {
  const hid_t attribute = H5Aopen_by_name(file, path, name, H5P_DEFAULT, H5P_DEFAULT);
  if (attribute < 0) {
    fail_msg("%s has no attribute %s", path, name);
  }
  const hid_t type = H5Aget_type(attribute);
  assert_true(H5Tget_size(type) < size);
  memset(out, 0, size);
  assert_true(H5Aread(attribute, type, out) >= 0);
  H5Tclose(type);
  H5Aclose(attribute);
}

static hid_t write_and_open(struct fixture *f, int nx) {
  char path[512];
  fixture_create(f, nx);
  fixture_snapshots(f);
  assert_int_equal(percuta_result_fields_write(&f->record, f->folder), PERCUTA_OK);
  snprintf(path, sizeof path, "%s/fields.h5", f->folder);
  const hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
  assert_true(file >= 0);
  return file;
}

/* Reads the dataset at `path` as floats and checks its size; the values are owned by the caller. */
static float *read_field(hid_t file, const char *path, const struct percuta_grid *grid) {
  hsize_t size[3];
  const hid_t set = H5Dopen2(file, path, H5P_DEFAULT);
  assert_true(set >= 0);
  const hid_t space = H5Dget_space(set);
  assert_int_equal(H5Sget_simple_extent_ndims(space), 3);
  H5Sget_simple_extent_dims(space, size, NULL);
  assert_int_equal(size[0], grid->nz);
  assert_int_equal(size[1], grid->ny);
  assert_int_equal(size[2], grid->nx);
  float *value = malloc(percuta_numerics_grid_cell_count(grid) * sizeof *value);
  assert_non_null(value);
  assert_true(H5Dread(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, value) >= 0);
  H5Sclose(space);
  H5Dclose(set);
  return value;
}

static void holds_every_field(void **state) {
  (void)state;
  struct fixture f;
  const hid_t file = write_and_open(&f, 5);
  const size_t cells = percuta_numerics_grid_cell_count(f.grid);
  for (int i = 0; i < PERCUTA_FIELD_COUNT; ++i) {
    for (int s = 0; s < FIXTURE_SNAPSHOTS; ++s) {
      char path[100], text[200];
      const struct percuta_field_info *info =
          &percuta_healing_layout_field[f.record.layout.field[i]];
      snprintf(path, sizeof path, "/fields/%s/%03d", info->name, s);
      float *value = read_field(file, path, f.grid);
      for (size_t c = 0; c < cells; ++c) {
        assert_true(value[c] == fixture_value(i, s, c));
      }
      free(value);
      read_text(file, path, "name", text, sizeof text);
      assert_string_equal(text, info->name);
      read_text(file, path, "unit", text, sizeof text);
      assert_string_equal(text, "1");
      read_text(file, path, "description", text, sizeof text);
      assert_string_equal(text, info->text);
    }
  }
  H5Fclose(file);
  fixture_destroy(&f);
}

static void holds_geometry_and_provenance(void **state) {
  (void)state;
  struct fixture f;
  const hid_t file = write_and_open(&f, 5);
  char text[200];
  double face[41], value = 0;
  hid_t set = H5Dopen2(file, "/geometry/z", H5P_DEFAULT);
  assert_true(set >= 0);
  assert_true(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, face) >= 0);
  H5Dclose(set);
  assert_memory_equal(face, f.grid->z_face, sizeof face);
  set = H5Dopen2(file, "/times", H5P_DEFAULT);
  double times[FIXTURE_SNAPSHOTS];
  assert_true(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, times) >= 0);
  H5Dclose(set);
  assert_memory_equal(times, f.snapshot_time, sizeof times);
  set = H5Dopen2(file, "/parameters/sample/diffusivity", H5P_DEFAULT);
  assert_true(set >= 0);
  assert_true(H5Dread(set, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, &value) >= 0);
  H5Dclose(set);
  assert_true(value == 2.88e-3);
  read_text(file, "/parameters/sample/diffusivity", "unit", text, sizeof text);
  assert_string_equal(text, "cm^2/day");
  read_text(file, "/parameters/sample/diffusivity", "source", text, sizeof text);
  assert_string_equal(text, "A & B <2017>");
  read_text(file, "/parameters/sample/lysis", "status", text, sizeof text);
  assert_string_equal(text, "assumed");
  read_text(file, "/code", "version", text, sizeof text);
  assert_string_equal(text, PERCUTA_VERSION);
  read_text(file, "/scenario", "hash", text, sizeof text);
  assert_string_equal(text, "0123456789abcdef");
  set = H5Dopen2(file, "/scenario/text", H5P_DEFAULT);
  memset(text, 0, sizeof text);
  assert_true(H5Dread(set, H5T_NATIVE_UCHAR, H5S_ALL, H5S_ALL, H5P_DEFAULT, text) >= 0);
  H5Dclose(set);
  assert_string_equal(text, f.text);
  H5Fclose(file);
  fixture_destroy(&f);
}

/* A relief is kept as a map in um, with its size; a flat surface is not. */
static void keeps_the_height_map(void **state) {
  (void)state;
  struct fixture f;
  char path[512], text[256];
  hsize_t size[2];
  hid_t file = write_and_open(&f, 2);
  assert_true(H5Lexists(file, "/surface", H5P_DEFAULT) == 0);
  H5Fclose(file);
  fixture_wrinkle(&f);
  assert_int_equal(percuta_result_fields_write(&f.record, f.folder), PERCUTA_OK);
  snprintf(path, sizeof path, "%s/fields.h5", f.folder);
  file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
  assert_true(file >= 0);
  const hid_t set = H5Dopen2(file, "/surface/height", H5P_DEFAULT);
  assert_true(set >= 0);
  const hid_t space = H5Dget_space(set);
  assert_int_equal(H5Sget_simple_extent_dims(space, size, NULL), 2);
  assert_true(size[0] == size[1] && size[0] >= 100);
  float *height = malloc(size[0] * size[1] * sizeof *height);
  assert_non_null(height);
  assert_true(H5Dread(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, height) >= 0);
  assert_true(fabsf(height[size[0] / 2] + 250) < 1e-3F); /* the furrow in the middle */
  assert_true(height[size[0] / 4] == 0 && height[0] < -249);
  read_text(file, "/surface/height", "unit", text, sizeof text);
  assert_string_equal(text, "um");
  free(height);
  H5Sclose(space);
  H5Dclose(set);
  H5Fclose(file);
  char *xdmf = fixture_read(&f, "fields.xdmf");
  snprintf(text, sizeof text, "Dimensions=\"%llu %llu\" NumberType=\"Float\" Precision=\"4\"",
           (unsigned long long)size[0], (unsigned long long)size[1]);
  assert_non_null(strstr(xdmf, text));
  assert_non_null(strstr(xdmf, "fields.h5:/surface/height"));
  free(xdmf);
  fixture_destroy(&f);
}

/* Every path the XDMF names is in the HDF5 file, with the sizes it states. */
static void xdmf_fits_the_file(void **state) {
  (void)state;
  struct fixture f;
  const hid_t file = write_and_open(&f, 5);
  char *text = fixture_read(&f, "fields.xdmf");
  int items = 0;
  for (const char *at = strstr(text, "<DataItem"); at != NULL; at = strstr(at + 1, "<DataItem")) {
    hsize_t stated[3] = {0}, size[3] = {0};
    char path[100];
    const char *dimensions = strstr(at, "Dimensions=\"") + strlen("Dimensions=\"");
    const char *reference = strstr(at, "fields.h5:") + strlen("fields.h5:");
    int rank = 0;
    for (char *end; *dimensions != '"'; dimensions = end, ++rank) {
      assert_true(rank < 3);
      stated[rank] = strtoull(dimensions, &end, 10);
      assert_true(end > dimensions);
    }
    snprintf(path, sizeof path, "%.*s", (int)strcspn(reference, "<"), reference);
    const hid_t set = H5Dopen2(file, path, H5P_DEFAULT);
    if (set < 0) {
      fail_msg("fields.xdmf names %s, which is not in fields.h5", path);
    }
    const hid_t space = H5Dget_space(set);
    assert_int_equal(H5Sget_simple_extent_dims(space, size, NULL), rank);
    assert_memory_equal(stated, size, sizeof size);
    H5Sclose(space);
    H5Dclose(set);
    ++items;
  }
  assert_int_equal(items, FIXTURE_SNAPSHOTS * (3 + PERCUTA_FIELD_COUNT));
  char topology[80];
  snprintf(topology, sizeof topology, "3DRectMesh\" Dimensions=\"41 6 6\"");
  assert_non_null(strstr(text, topology));
  assert_non_null(strstr(text, "<Time Value=\"365\"/>"));
  free(text);
  H5Fclose(file);
  fixture_destroy(&f);
}

static char *read_bytes(const struct fixture *f, size_t *length) {
  char path[512], *bytes = NULL;
  snprintf(path, sizeof path, "%s/fields.h5", f->folder);
  FILE *stream = fopen(path, "rb");
  assert_non_null(stream);
  assert_int_equal(fseek(stream, 0, SEEK_END), 0);
  *length = (size_t)ftell(stream);
  rewind(stream);
  bytes = malloc(*length);
  assert_non_null(bytes);
  assert_int_equal(fread(bytes, 1, *length, stream), *length);
  fclose(stream);
  return bytes;
}

/* Equal runs give equal bytes, also more than a second later. */
static void has_no_time_stamps(void **state) {
  (void)state;
  struct fixture f;
  H5Fclose(write_and_open(&f, 2));
  size_t length[2];
  char *first = read_bytes(&f, &length[0]);
  sleep(1);
  assert_int_equal(percuta_result_fields_write(&f.record, f.folder), PERCUTA_OK);
  char *second = read_bytes(&f, &length[1]);
  assert_int_equal(length[0], length[1]);
  assert_memory_equal(first, second, length[0]);
  free(first);
  free(second);
  fixture_destroy(&f);
}

/* A column is a grid of one cell across. */
static void writes_a_column(void **state) {
  (void)state;
  struct fixture f;
  const hid_t file = write_and_open(&f, 1);
  free(read_field(file, "/fields/collagen/006", f.grid));
  H5Fclose(file);
  fixture_destroy(&f);
}

/* Without its snapshots nothing is published and nothing is left behind. */
static void leaves_nothing_on_failure(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 2);
  assert_int_equal(percuta_result_fields_write(&f.record, f.folder), PERCUTA_IO);
  char path[512];
  snprintf(path, sizeof path, "%s/fields.h5", f.folder);
  assert_int_not_equal(access(path, F_OK), 0);
  snprintf(path, sizeof path, "%s/.fields.h5.tmp", f.folder);
  assert_int_not_equal(access(path, F_OK), 0);
  fixture_destroy(&f);
}

static void documentation_has_every_field(void **state) {
  (void)state;
  char path[512], *text = NULL, row[200];
  size_t length = 0;
  snprintf(path, sizeof path, "%s/../docs/results.md", getenv("PERCUTA_DATA"));
  assert_int_equal(percuta_base_path_read(path, 1 << 20, &text, &length), PERCUTA_OK);
  for (int i = 0; i < PERCUTA_FIELD_COUNT; ++i) {
    const struct percuta_field_info *info = &percuta_healing_layout_field[i];
    snprintf(row, sizeof row, "| `%s` | %s | %s |", info->name, info->unit, info->text);
    if (strstr(text, row) == NULL) {
      fail_msg("docs/results.md lacks: %s", row);
    }
  }
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(holds_every_field),         cmocka_unit_test(holds_geometry_and_provenance),
      cmocka_unit_test(keeps_the_height_map),      cmocka_unit_test(xdmf_fits_the_file),
      cmocka_unit_test(has_no_time_stamps),        cmocka_unit_test(writes_a_column),
      cmocka_unit_test(leaves_nothing_on_failure), cmocka_unit_test(documentation_has_every_field),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
