/* Fields as they are while the run goes on: one raw file of floats per kept time.
 * Test: tests/unit/test_snapshot.c. */
#include <sys/stat.h>

#include "base/path.h"
#include "result/result.h"

#define PATH_SIZE 4096

static enum percuta_status name_file(const char *folder, int number, char path[PATH_SIZE]) {
  const int length = snprintf(path, PATH_SIZE, "%s/.snapshots/%03d.f32", folder, number);
  return number >= 0 && length > 0 && length < PATH_SIZE ? PERCUTA_OK : PERCUTA_IO;
}

enum percuta_status percuta_result_snapshot_write(const char *folder, int number,
                                                  const struct percuta_grid *grid, int fields,
                                                  const float *value) {
  char path[PATH_SIZE];
  enum percuta_status status = name_file(folder, number, path);
  if (status != PERCUTA_OK) {
    return status;
  }
  char inner[PATH_SIZE];
  snprintf(inner, sizeof inner, "%.4000s/.snapshots", folder);
  status = percuta_base_path_make_folder(inner);
  FILE *stream = NULL;
  if (status == PERCUTA_OK) {
    status = percuta_base_path_open(path, &stream);
  }
  if (status != PERCUTA_OK) {
    return status;
  }
  const size_t count = percuta_numerics_grid_cell_count(grid) * (size_t)fields;
  if (fwrite(value, sizeof(float), count, stream) != count) {
    percuta_base_path_abandon(path, &stream);
    return PERCUTA_IO;
  }
  return percuta_base_path_commit(path, &stream);
}

enum percuta_status percuta_result_snapshot_read(const char *folder, int number,
                                                 const struct percuta_grid *grid, int fields,
                                                 float *value) {
  char path[PATH_SIZE];
  enum percuta_status status = name_file(folder, number, path);
  if (status != PERCUTA_OK) {
    return status;
  }
  const size_t count = percuta_numerics_grid_cell_count(grid) * (size_t)fields;
  FILE *stream = fopen(path, "rb");
  if (stream == NULL) {
    return PERCUTA_IO;
  }
  /* A file of another size belongs to another grid: refuse it before the caller's arrays change. */
  struct stat about;
  const size_t bytes = count * sizeof(float);
  if (fstat(fileno(stream), &about) != 0 || about.st_size != (off_t)bytes) {
    status = PERCUTA_IO;
  }
  if (status == PERCUTA_OK && fread(value, sizeof(float), count, stream) != count) {
    status = PERCUTA_IO;
  }
  fclose(stream);
  return status;
}
