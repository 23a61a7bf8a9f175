/* Format: an HDF5 file with attributes `format` and `scenario_hash` on the root and one 1-D dataset
 * of doubles per entry. No time stamps, so that equal states give equal files. In front stands
 * HDF5's user block, one line of text with the size and the checksum of all that follows: a file is
 * looked into only when it is whole, so that HDF5 never meets a damaged one.
 * Tests: tests/unit/test_checkpoint.c, tests/cli/kill.sh. */
#include "result/checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "result/h5file.h"

enum { FORMAT = 4, PATH_SIZE = 4096, MOST_ENTRIES = 128, BLOCK = 512 };

#define TEMPORARY PERCUTA_CHECKPOINT_FILE ".tmp"

struct percuta_checkpoint {
  size_t entries;
  char name[MOST_ENTRIES][64];
  double *value[MOST_ENTRIES]; /* owned */
  size_t count[MOST_ENTRIES];
};

/* FNV-1a over words of 8 bytes: a change of any one word changes the sum for certain. */
static uint64_t add_to_sum(uint64_t sum, const unsigned char *byte, size_t size) {
  for (size_t i = 0; i < size; i += 8) {
    uint64_t word = 0;
    memcpy(&word, byte + i, size - i < 8 ? size - i : 8);
    sum = (sum ^ word) * UINT64_C(1099511628211);
  }
  return sum;
}

/* Writes what the user block of the open file must say into `block`. */
static int describe(int file, char block[BLOCK]) {
  unsigned char piece[65536];
  uint64_t sum = UINT64_C(14695981039346656037), bytes = 0;
  for (;;) {
    ssize_t got = pread(file, piece, sizeof piece, (off_t)(BLOCK + bytes));
    if (got < 0)
      return 1;
    if (got == 0)
      break;
    sum = add_to_sum(sum, piece, (size_t)got);
    bytes += (uint64_t)got;
  }
  memset(block, 0, BLOCK);
  snprintf(block, BLOCK, "Percuta checkpoint %d, %" PRIu64 " bytes, checksum %016" PRIx64 "\n",
           FORMAT, bytes, sum);
  return 0;
}

static int write_number(hid_t object, const char *name, uint64_t value) {
  hid_t space = H5Screate(H5S_SCALAR);
  hid_t attribute = H5Acreate2(object, name, H5T_STD_U64LE, space, H5P_DEFAULT, H5P_DEFAULT);
  int failed = attribute < 0 || H5Awrite(attribute, H5T_NATIVE_UINT64, &value) < 0;
  if (attribute >= 0)
    H5Aclose(attribute);
  H5Sclose(space);
  return failed;
}

static int read_number(hid_t object, const char *name, uint64_t *value) {
  if (H5Aexists(object, name) <= 0)
    return 1;
  hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
  int failed = attribute < 0 || H5Aread(attribute, H5T_NATIVE_UINT64, value) < 0;
  if (attribute >= 0)
    H5Aclose(attribute);
  return failed;
}

static int write_entry(hid_t file, const struct percuta_checkpoint_entry *entry) {
  hsize_t size = entry->count;
  hid_t space = H5Screate_simple(1, &size, NULL);
  hid_t create = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_obj_track_times(create, 0);
  hid_t data =
      H5Dcreate2(file, entry->name, H5T_IEEE_F64LE, space, H5P_DEFAULT, create, H5P_DEFAULT);
  int failed = data < 0;
  if (!failed && entry->count) {
    failed = H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, entry->value) < 0;
  }
  if (data >= 0 && H5Dclose(data) < 0)
    failed = 1;
  H5Pclose(create);
  H5Sclose(space);
  return failed;
}

static int write_file(const char *path, uint64_t hash, const struct percuta_checkpoint_entry *entry,
                      size_t entries) {
  int reason;
  hid_t create = H5Pcreate(H5P_FILE_CREATE);
  H5Pset_obj_track_times(create, 0);
  H5Pset_userblock(create, BLOCK);
  hid_t file = percuta_result_h5file_create(path, create, &reason);
  H5Pclose(create);
  int failed =
      file < 0 || write_number(file, "format", FORMAT) || write_number(file, "scenario_hash", hash);
  for (size_t i = 0; i < entries && !failed; ++i)
    failed = write_entry(file, &entry[i]);
  if (file >= 0 && H5Fclose(file) < 0)
    failed = 1;
  errno = reason;
  return failed || reason;
}

/* Fills in the user block and makes the file durable. */
static int seal(const char *path) {
  char block[BLOCK];
  int file = open(path, O_RDWR);
  if (file < 0)
    return 1;
  int failed = describe(file, block) || pwrite(file, block, BLOCK, 0) != BLOCK || fsync(file) != 0;
  int reason = errno;
  if (close(file) != 0 && !failed)
    return 1;
  errno = reason;
  return failed;
}

/* Makes renames in a folder durable. Not every file system can; the run goes on all the same. */
static void sync_folder(const char *folder) {
  int descriptor = open(folder, O_RDONLY | O_DIRECTORY);
  if (descriptor < 0)
    return;
  (void)fsync(descriptor);
  close(descriptor);
}

static void join(char *out, const char *folder, const char *name) {
  snprintf(out, PATH_SIZE, "%s/%s", folder, name);
}

enum percuta_status percuta_result_checkpoint_write(const char *folder, uint64_t hash,
                                                    const struct percuta_checkpoint_entry *entry,
                                                    size_t entries) {
  char path[PATH_SIZE], previous[PATH_SIZE], temporary[PATH_SIZE];
  join(path, folder, PERCUTA_CHECKPOINT_FILE);
  join(previous, folder, PERCUTA_CHECKPOINT_PREVIOUS);
  join(temporary, folder, TEMPORARY);
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  int failed =
      entries > MOST_ENTRIES || write_file(temporary, hash, entry, entries) || seal(temporary);
  if (!failed && access(path, F_OK) == 0)
    failed = rename(path, previous) != 0;
  if (!failed)
    failed = rename(temporary, path) != 0;
  if (failed) {
    int reason = errno ? errno : EIO;
    unlink(temporary);
    errno = reason;
    return PERCUTA_IO;
  }
  sync_folder(folder);
  return PERCUTA_OK;
}

static int read_entry(hid_t file, const char *name, struct percuta_checkpoint *out) {
  size_t at = out->entries;
  hid_t data = at < MOST_ENTRIES ? H5Dopen2(file, name, H5P_DEFAULT) : -1;
  if (data < 0)
    return 1;
  hid_t space = H5Dget_space(data);
  hssize_t points = H5Sget_simple_extent_npoints(space);
  size_t count = points > 0 ? (size_t)points : 0;
  out->value[at] = malloc((count + 1) * sizeof *out->value[at]);
  int failed = !out->value[at];
  if (!failed && count) {
    failed = H5Dread(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, out->value[at]) < 0;
  }
  H5Sclose(space);
  H5Dclose(data);
  snprintf(out->name[at], sizeof out->name[at], "%s", name);
  out->count[at] = count;
  out->entries += out->value[at] != NULL;
  return failed;
}

static int read_all(hid_t file, struct percuta_checkpoint *out) {
  H5G_info_t info;
  char name[64];
  if (H5Gget_info(file, &info) < 0)
    return 1;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    ssize_t length = H5Lget_name_by_idx(file, ".", H5_INDEX_NAME, H5_ITER_INC, i, name, sizeof name,
                                        H5P_DEFAULT);
    if (length <= 0 || (size_t)length >= sizeof name || read_entry(file, name, out))
      return 1;
  }
  return 0;
}

/* Whether a file can be read and its user block holds true; errno is 0 when only the latter fails.
 */
static int is_whole(const char *path) {
  char block[BLOCK], expected[BLOCK];
  int file = open(path, O_RDONLY);
  if (file < 0)
    return 0;
  errno = 0;
  int whole = pread(file, block, BLOCK, 0) == BLOCK && describe(file, expected) == 0 &&
              memcmp(block, expected, BLOCK) == 0;
  int reason = errno;
  close(file);
  errno = reason;
  return whole;
}

/* Whether the user block says that the file is of another format than this one. */
static int is_foreign(const char *path) {
  FILE *file = fopen(path, "rb");
  int format = FORMAT;
  if (!file)
    return 0;
  if (fscanf(file, "Percuta checkpoint %d,", &format) != 1)
    format = FORMAT;
  fclose(file);
  return format != FORMAT;
}

static const char DAMAGED[] = "damaged";

/* NULL when the file is whole, with its content in *out and whose it is in *found_hash; else what
 * is wrong with it. */
static const char *read_file(const char *path, uint64_t *found_hash,
                             struct percuta_checkpoint **out) {
  uint64_t format = 0;
  if (is_foreign(path))
    return "of another version of Percuta, which alone can go on from it";
  if (!is_whole(path))
    return errno ? strerror(errno) : DAMAGED;
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  struct percuta_checkpoint *checkpoint = calloc(1, sizeof *checkpoint);
  hid_t file = checkpoint ? H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT) : -1;
  int failed = file < 0 || read_number(file, "format", &format) || format != FORMAT ||
               read_number(file, "scenario_hash", found_hash) || read_all(file, checkpoint);
  if (file >= 0)
    H5Fclose(file);
  if (failed) {
    percuta_result_checkpoint_destroy(&checkpoint);
    return "it could not be read";
  }
  *out = checkpoint;
  return NULL;
}

enum percuta_status percuta_result_checkpoint_read(const char *folder, uint64_t hash,
                                                   struct percuta_checkpoint **out, char *why,
                                                   size_t why_size) {
  char path[PATH_SIZE], previous[PATH_SIZE];
  uint64_t found = 0;
  *out = NULL;
  why[0] = '\0';
  join(path, folder, PERCUTA_CHECKPOINT_FILE);
  join(previous, folder, PERCUTA_CHECKPOINT_PREVIOUS);
  const char *wrong = read_file(path, &found, out);
  if (wrong) {
    char reason[256]; /* strerror's text ends with the next call */
    snprintf(reason, sizeof reason, "%s", wrong);
    const char *wrong_too = read_file(previous, &found, out);
    if (wrong_too) {
      snprintf(why, why_size, "no checkpoint to go on from: %s: %s; %s: %s", path, reason, previous,
               wrong_too);
      return PERCUTA_IO;
    }
    if (access(path, F_OK) == 0)
      snprintf(why, why_size, "%s: %s; going on from %s", path, reason, previous);
    if (wrong == DAMAGED)
      unlink(path);
  }
  if (found == hash)
    return PERCUTA_OK;
  percuta_result_checkpoint_destroy(out);
  snprintf(why, why_size, "the checkpoint in %s belongs to another scenario", folder);
  return PERCUTA_BAD_INPUT;
}

void percuta_result_checkpoint_destroy(struct percuta_checkpoint **checkpoint) {
  if (!*checkpoint)
    return;
  for (size_t i = 0; i < (*checkpoint)->entries; ++i)
    free((*checkpoint)->value[i]);
  free(*checkpoint);
  *checkpoint = NULL;
}

const double *percuta_result_checkpoint_get(const struct percuta_checkpoint *checkpoint,
                                            const char *name, size_t *count) {
  for (size_t i = 0; i < checkpoint->entries; ++i) {
    if (strcmp(checkpoint->name[i], name) != 0)
      continue;
    *count = checkpoint->count[i];
    return checkpoint->value[i];
  }
  *count = 0;
  return NULL;
}

const char *percuta_result_checkpoint_newest(const char *folder) {
  static const char *const names[] = {PERCUTA_CHECKPOINT_FILE, PERCUTA_CHECKPOINT_PREVIOUS};
  char path[PATH_SIZE];
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    join(path, folder, names[i]);
    if (access(path, F_OK) == 0)
      return names[i];
  }
  return NULL;
}

void percuta_result_checkpoint_remove(const char *folder) {
  /* in this order, so that what is left by a program killed in between is the older, not half */
  static const char *const names[] = {TEMPORARY, PERCUTA_CHECKPOINT_FILE,
                                      PERCUTA_CHECKPOINT_PREVIOUS};
  char path[PATH_SIZE];
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    join(path, folder, names[i]);
    unlink(path);
  }
}
