/* Fields as they are while the run goes on: one raw file of floats per kept time, with a checksum
 * behind them. Test: tests/unit/test_snapshot.c. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/checksum.h"
#include "base/path.h"
#include "result/result.h"

#define PATH_SIZE 4096

static enum percuta_status name_file(const char *folder, int number, char path[PATH_SIZE]) {
  const int length = snprintf(path, PATH_SIZE, "%s/.snapshots/%03d.f32", folder, number);
  return number >= 0 && length > 0 && length < PATH_SIZE ? PERCUTA_OK : PERCUTA_IO;
}

/* Bytes of all values. */
static size_t size_of(const struct percuta_grid *grid, int fields) {
  return percuta_numerics_grid_cell_count(grid) * (size_t)fields * sizeof(float);
}

/* The folder of snapshots, which must be one: what is put behind a link goes elsewhere. */
static enum percuta_status make_inner(const char *folder) {
  char inner[PATH_SIZE];
  if (snprintf(inner, sizeof inner, "%s/.snapshots", folder) >= PATH_SIZE)
    return PERCUTA_IO;
  if (percuta_base_path_kind(inner) == PERCUTA_PATH_FOLDER)
    return PERCUTA_OK;
  if (percuta_base_path_kind(inner) == PERCUTA_PATH_NOTHING)
    return percuta_base_path_make_folder(inner);
  errno = ENOTDIR;
  return PERCUTA_IO;
}

enum percuta_status percuta_result_snapshot_write(const char *folder, int number,
                                                  const struct percuta_grid *grid, int fields,
                                                  const float *value) {
  char path[PATH_SIZE];
  FILE *stream = NULL;
  PERCUTA_TRY(name_file(folder, number, path));
  PERCUTA_TRY(make_inner(folder));
  PERCUTA_TRY(percuta_base_path_open(path, &stream));
  const size_t size = size_of(grid, fields);
  const uint64_t sum = percuta_base_checksum_add(PERCUTA_BASE_CHECKSUM_START, value, size);
  if (fwrite(value, 1, size, stream) != size || fwrite(&sum, sizeof sum, 1, stream) != 1) {
    percuta_base_path_abandon(path, &stream);
    return PERCUTA_IO;
  }
  return percuta_base_path_commit(path, &stream);
}

/* Reads `size` bytes in as many calls as it takes. */
static bool read_bytes(int file, void *out, size_t size) {
  char *to = out;
  while (size > 0) {
    const ssize_t got = read(file, to, size);
    if (got <= 0 && !(got < 0 && errno == EINTR))
      return false;
    to += got > 0 ? got : 0;
    size -= got > 0 ? (size_t)got : 0;
  }
  return true;
}

static bool read_whole(int file, float *value, size_t size) {
  struct stat about;
  uint64_t sum;
  /* A file of another size belongs to another grid: refuse it before the caller's array changes. */
  if (fstat(file, &about) != 0 || about.st_size != (off_t)(size + sizeof sum))
    return false;
  return read_bytes(file, value, size) && read_bytes(file, &sum, sizeof sum) &&
         sum == percuta_base_checksum_add(PERCUTA_BASE_CHECKSUM_START, value, size);
}

enum percuta_status percuta_result_snapshot_read(const char *folder, int number,
                                                 const struct percuta_grid *grid, int fields,
                                                 float *value) {
  char path[PATH_SIZE];
  PERCUTA_TRY(name_file(folder, number, path));
  const int file = percuta_base_path_reopen(path, O_RDONLY);
  if (file < 0)
    return PERCUTA_IO;
  const bool whole = read_whole(file, value, size_of(grid, fields));
  (void)close(file);
  return whole ? PERCUTA_OK : PERCUTA_IO;
}

enum percuta_status percuta_result_snapshot_kept(const struct percuta_record *record,
                                                 const char *folder, int index, float *value) {
  const int number = record->snapshot_number ? record->snapshot_number[index] : index;
  return percuta_result_snapshot_read(folder, number, record->grid, record->layout.count, value);
}
