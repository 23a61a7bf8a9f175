/* Format: an HDF5 file with attributes that say which run it is of (format, hash, keys_hash,
 * program, petsc_options) on the root and one 1-D dataset of doubles per entry. No time stamps, so
 * that equal states give equal files. In front stands HDF5's user block, one line of text with the
 * size and the checksum of all that follows: a file is looked into only when it is whole, so that
 * HDF5 never meets a damaged one. Tests: tests/unit/test_checkpoint.c, tests/cli/kill.sh. */
#include "result/checkpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <hdf5.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/checksum.h"
#include "base/path.h"
#include "result/h5file.h"

enum { FORMAT = 4, PATH_SIZE = 4096, MOST_ENTRIES = 128, BLOCK = 512 };

struct percuta_checkpoint {
  uint64_t hash, keys_hash;
  char *program, *petsc_options; /* owned */
  size_t entries;
  char name[MOST_ENTRIES][64];
  double *value[MOST_ENTRIES]; /* owned */
  size_t count[MOST_ENTRIES];
};

/* Writes what the user block of the open file must say into `block`. */
static int describe(int file, char block[BLOCK]) {
  unsigned char piece[65536];
  uint64_t sum = PERCUTA_BASE_CHECKSUM_START, bytes = 0;
  for (;;) {
    ssize_t got = pread(file, piece, sizeof piece, (off_t)(BLOCK + bytes));
    if (got < 0)
      return 1;
    if (got == 0)
      break;
    sum = percuta_base_checksum_add(sum, piece, (size_t)got);
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

/* A text and its end. */
static int write_text(hid_t object, const char *name, const char *text) {
  hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, strlen(text) + 1);
  hid_t space = H5Screate(H5S_SCALAR);
  hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  int failed = attribute < 0 || H5Awrite(attribute, type, text) < 0;
  if (attribute >= 0)
    H5Aclose(attribute);
  H5Sclose(space);
  H5Tclose(type);
  return failed;
}

static int read_text(hid_t object, const char *name, char **out) {
  if (H5Aexists(object, name) <= 0)
    return 1;
  hid_t attribute = H5Aopen(object, name, H5P_DEFAULT);
  hid_t type = attribute >= 0 ? H5Aget_type(attribute) : -1;
  const size_t size = type >= 0 ? H5Tget_size(type) : 0;
  *out = calloc(size + 1, 1);
  int failed = size == 0 || !*out || H5Tget_class(type) != H5T_STRING ||
               H5Tis_variable_str(type) != 0 || H5Aread(attribute, type, *out) < 0;
  if (type >= 0)
    H5Tclose(type);
  if (attribute >= 0)
    H5Aclose(attribute);
  return failed;
}

static int write_owner(hid_t file, const struct percuta_checkpoint_owner *owner) {
  return write_number(file, "format", FORMAT) || write_number(file, "hash", owner->hash) ||
         write_number(file, "keys_hash", owner->keys_hash) ||
         write_text(file, "program", owner->program) ||
         write_text(file, "petsc_options", owner->petsc_options);
}

static int read_owner(hid_t file, struct percuta_checkpoint *out) {
  uint64_t format = 0;
  return read_number(file, "format", &format) || format != FORMAT ||
         read_number(file, "hash", &out->hash) || read_number(file, "keys_hash", &out->keys_hash) ||
         read_text(file, "program", &out->program) ||
         read_text(file, "petsc_options", &out->petsc_options);
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

static int write_file(const char *path, const struct percuta_checkpoint_owner *owner,
                      const struct percuta_checkpoint_entry *entry, size_t entries) {
  struct percuta_h5file h5;
  hid_t create = H5Pcreate(H5P_FILE_CREATE);
  H5Pset_obj_track_times(create, 0);
  H5Pset_userblock(create, BLOCK);
  percuta_result_h5file_create(path, create, &h5);
  H5Pclose(create);
  int failed = h5.file < 0 || write_owner(h5.file, owner);
  for (size_t i = 0; i < entries && !failed; ++i)
    failed = write_entry(h5.file, &entry[i]);
  return !percuta_result_h5file_close(&h5) || failed;
}

/* Fills in the user block and makes the file durable. */
static int seal(const char *path) {
  char block[BLOCK];
  int file = percuta_base_path_reopen(path, O_RDWR);
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

enum percuta_status percuta_result_checkpoint_write(const char *folder,
                                                    const struct percuta_checkpoint_owner *owner,
                                                    const struct percuta_checkpoint_entry *entry,
                                                    size_t entries) {
  char path[PATH_SIZE], previous[PATH_SIZE], draft[PATH_SIZE + 8];
  join(path, folder, PERCUTA_CHECKPOINT_FILE);
  join(previous, folder, PERCUTA_CHECKPOINT_PREVIOUS);
  PERCUTA_TRY(percuta_base_path_draft(path, draft, sizeof draft));
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  errno = 0;
  int failed = entries > MOST_ENTRIES || write_file(draft, owner, entry, entries) || seal(draft);
  if (!failed && percuta_base_path_kind(path) == PERCUTA_PATH_FILE)
    failed = rename(path, previous) != 0;
  if (!failed)
    failed = rename(draft, path) != 0;
  if (failed) {
    int reason = errno ? errno : EIO;
    unlink(draft);
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

/* Whether the user block holds true, and says that it is of this format: 1, 0 when it does not, -1
 * when it is of another format. errno is 0 unless the system failed. */
static int look_at(const char *path) {
  char block[BLOCK + 1] = "", expected[BLOCK];
  int format = FORMAT;
  int file = percuta_base_path_reopen(path, O_RDONLY);
  if (file < 0)
    return 0;
  errno = 0;
  const int read = pread(file, block, BLOCK, 0) == BLOCK;
  if (read && sscanf(block, "Percuta checkpoint %d,", &format) != 1)
    format = FORMAT;
  int whole = format != FORMAT
                  ? -1
                  : read && describe(file, expected) == 0 && memcmp(block, expected, BLOCK) == 0;
  int reason = errno;
  close(file);
  errno = reason;
  return whole;
}

static const char DAMAGED[] = "damaged";
static const char FOREIGN[] = "of another version of Percuta, which alone can resume from it";

/* NULL when the file is whole, with its content in *out; else what is wrong with it. */
static const char *read_file(const char *path, struct percuta_checkpoint **out) {
  const int whole = look_at(path);
  if (whole < 0)
    return FOREIGN;
  if (!whole)
    return errno ? strerror(errno) : DAMAGED;
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  struct percuta_checkpoint *checkpoint = calloc(1, sizeof *checkpoint);
  hid_t file = checkpoint ? H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT) : -1;
  int failed = file < 0 || read_owner(file, checkpoint) || read_all(file, checkpoint);
  if (file >= 0)
    H5Fclose(file);
  if (failed) {
    percuta_result_checkpoint_destroy(&checkpoint);
    return "it could not be read";
  }
  *out = checkpoint;
  return NULL;
}

/* The newest that is whole; else PERCUTA_IO, or PERCUTA_TAKEN of another format. */
static enum percuta_status read_newest(const char *folder, struct percuta_checkpoint **out,
                                       char *why, size_t why_size) {
  char path[PATH_SIZE], previous[PATH_SIZE], reason[256];
  join(path, folder, PERCUTA_CHECKPOINT_FILE);
  join(previous, folder, PERCUTA_CHECKPOINT_PREVIOUS);
  const char *wrong = read_file(path, out);
  if (!wrong)
    return PERCUTA_OK;
  snprintf(reason, sizeof reason, "%s", wrong); /* strerror's text ends with the next call */
  const char *wrong_too = read_file(previous, out);
  if (wrong_too) {
    snprintf(why, why_size, "no checkpoint to resume from: %s: %s; %s: %s", path, reason, previous,
             wrong_too);
    return wrong == FOREIGN || wrong_too == FOREIGN ? PERCUTA_TAKEN : PERCUTA_IO;
  }
  if (percuta_base_path_kind(path) != PERCUTA_PATH_NOTHING)
    snprintf(why, why_size, "%s: %s; resuming from %s", path, reason, previous);
  if (wrong == DAMAGED)
    unlink(path);
  return PERCUTA_OK;
}

/* Says in `why` what of the checkpoint's run is not this one's; false when all is. */
static bool is_other(const struct percuta_checkpoint *found, const char *folder,
                     const struct percuta_checkpoint_owner *owner, char *why, size_t why_size) {
  if (found->keys_hash != owner->keys_hash)
    snprintf(why, why_size, "the checkpoint in %s belongs to another scenario", folder);
  else if (strcmp(found->program, owner->program) != 0)
    snprintf(why, why_size,
             "the checkpoint in %s was written by another version of Percuta, %.200s, and this is "
             "%.200s: only the one that wrote it can resume it",
             folder, found->program, owner->program);
  else if (strcmp(found->petsc_options, owner->petsc_options) != 0)
    snprintf(why, why_size,
             "the checkpoint in %s was written with PETSc's options `%.400s`, and now they are "
             "`%.400s`: give the same after `--` or in PETSC_OPTIONS",
             folder, found->petsc_options, owner->petsc_options);
  else if (found->hash != owner->hash)
    snprintf(why, why_size,
             "the checkpoint in %s was written with other data: a parameter, site, condition, "
             "product or compound has changed since",
             folder);
  else
    return false;
  return true;
}

enum percuta_status percuta_result_checkpoint_read(const char *folder,
                                                   const struct percuta_checkpoint_owner *owner,
                                                   struct percuta_checkpoint **out, char *why,
                                                   size_t why_size) {
  *out = NULL;
  why[0] = '\0';
  PERCUTA_TRY(read_newest(folder, out, why, why_size));
  if (!is_other(*out, folder, owner, why, why_size))
    return PERCUTA_OK;
  percuta_result_checkpoint_destroy(out);
  return PERCUTA_TAKEN;
}

void percuta_result_checkpoint_destroy(struct percuta_checkpoint **checkpoint) {
  if (!*checkpoint)
    return;
  for (size_t i = 0; i < (*checkpoint)->entries; ++i)
    free((*checkpoint)->value[i]);
  free((*checkpoint)->program);
  free((*checkpoint)->petsc_options);
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
    if (percuta_base_path_kind(path) == PERCUTA_PATH_FILE)
      return names[i];
  }
  return NULL;
}

bool percuta_result_checkpoint_is(const char *path) {
  static const char words[] = "Percuta checkpoint ";
  char start[sizeof words - 1] = "";
  const int file = percuta_base_path_reopen(path, O_RDONLY);
  if (file < 0)
    return false;
  const bool is = pread(file, start, sizeof start, 0) == (ssize_t)sizeof start &&
                  memcmp(start, words, sizeof start) == 0;
  close(file);
  return is;
}

void percuta_result_checkpoint_remove(const char *folder) {
  /* in this order, so that what is left by a program killed in between is the older, not half */
  static const char *const names[] = {PERCUTA_CHECKPOINT_FILE, PERCUTA_CHECKPOINT_PREVIOUS};
  char path[PATH_SIZE], draft[PATH_SIZE + 8];
  join(path, folder, PERCUTA_CHECKPOINT_FILE);
  if (percuta_base_path_draft(path, draft, sizeof draft) == PERCUTA_OK)
    unlink(draft);
  for (size_t i = 0; i < sizeof names / sizeof names[0]; ++i) {
    join(path, folder, names[i]);
    unlink(path);
  }
}
