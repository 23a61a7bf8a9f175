/* Format: attribute `format` (1) and `scenario_hash` on the root; one 1-D dataset of doubles per
 * entry with attribute `checksum`, FNV-1a over its bytes. No time stamps, so that equal states give
 * equal files. */
#include "result/checkpoint.h"

#include <fcntl.h>
#include <hdf5.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FORMAT = 1, PATH_SIZE = 4096, MOST_ENTRIES = 64 };

struct percuta_checkpoint {
  size_t entries;
  char name[MOST_ENTRIES][64];
  double *value[MOST_ENTRIES]; /* owned */
  size_t count[MOST_ENTRIES];
};

static uint64_t checksum(const void *bytes, size_t size) {
  const unsigned char *byte = bytes;
  uint64_t hash = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < size; ++i)
    hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
  return hash;
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
  if (!failed)
    failed = write_number(data, "checksum", checksum(entry->value, entry->count * 8));
  if (data >= 0)
    H5Dclose(data);
  H5Pclose(create);
  H5Sclose(space);
  return failed;
}

static int write_file(const char *path, uint64_t hash, const struct percuta_checkpoint_entry *entry,
                      size_t entries) {
  hid_t create = H5Pcreate(H5P_FILE_CREATE);
  H5Pset_obj_track_times(create, 0);
  hid_t file = H5Fcreate(path, H5F_ACC_TRUNC, create, H5P_DEFAULT);
  H5Pclose(create);
  if (file < 0)
    return 1;
  int failed = write_number(file, "format", FORMAT) || write_number(file, "scenario_hash", hash);
  for (size_t i = 0; i < entries && !failed; ++i)
    failed = write_entry(file, &entry[i]);
  if (H5Fflush(file, H5F_SCOPE_GLOBAL) < 0)
    failed = 1;
  if (H5Fclose(file) < 0)
    failed = 1;
  return failed;
}

static int sync_file(const char *path) {
  int descriptor = open(path, O_RDONLY);
  if (descriptor < 0)
    return 1;
  int failed = fsync(descriptor) != 0;
  close(descriptor);
  return failed;
}

static void join(char *out, const char *folder, const char *name) {
  snprintf(out, PATH_SIZE, "%s/%s", folder, name);
}

enum percuta_status percuta_checkpoint_write(const char *folder, uint64_t hash,
                                             const struct percuta_checkpoint_entry *entry,
                                             size_t entries) {
  char path[PATH_SIZE], previous[PATH_SIZE], temporary[PATH_SIZE];
  join(path, folder, PERCUTA_CHECKPOINT_FILE);
  join(previous, folder, PERCUTA_CHECKPOINT_PREVIOUS);
  join(temporary, folder, PERCUTA_CHECKPOINT_FILE ".tmp");
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  if (entries > MOST_ENTRIES || write_file(temporary, hash, entry, entries) ||
      sync_file(temporary)) {
    unlink(temporary);
    return PERCUTA_IO;
  }
  if (access(path, F_OK) == 0)
    rename(path, previous);
  return rename(temporary, path) == 0 ? PERCUTA_OK : PERCUTA_IO;
}

static int read_entry(hid_t file, const char *name, struct percuta_checkpoint *out) {
  size_t at = out->entries;
  if (at == MOST_ENTRIES)
    return 1;
  uint64_t expected = 0;
  hid_t data = H5Dopen2(file, name, H5P_DEFAULT);
  if (data < 0)
    return 1;
  hid_t space = H5Dget_space(data);
  hssize_t points = H5Sget_simple_extent_npoints(space);
  size_t count = points > 0 ? (size_t)points : 0;
  out->value[at] = malloc((count + 1) * sizeof *out->value[at]);
  int failed = !out->value[at] || read_number(data, "checksum", &expected);
  if (!failed && count) {
    failed = H5Dread(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, out->value[at]) < 0;
  }
  if (!failed)
    failed = checksum(out->value[at], count * sizeof *out->value[at]) != expected;
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

/* Whether the file is whole and, if so, its content; *found_hash is whose it is. */
static int read_file(const char *path, uint64_t *found_hash, struct percuta_checkpoint **out) {
  uint64_t format = 0;
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  struct percuta_checkpoint *checkpoint = calloc(1, sizeof *checkpoint);
  hid_t file = checkpoint ? H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT) : -1;
  int failed = file < 0 || read_number(file, "format", &format) || format != FORMAT ||
               read_number(file, "scenario_hash", found_hash) || read_all(file, checkpoint);
  if (file >= 0)
    H5Fclose(file);
  if (failed) {
    percuta_checkpoint_destroy(&checkpoint);
    return 1;
  }
  *out = checkpoint;
  return 0;
}

enum percuta_status percuta_checkpoint_read(const char *folder, uint64_t hash,
                                            struct percuta_checkpoint **out, char *why,
                                            size_t why_size) {
  static const char *const names[] = {PERCUTA_CHECKPOINT_FILE, PERCUTA_CHECKPOINT_PREVIOUS};
  char path[PATH_SIZE];
  uint64_t found = 0;
  *out = NULL;
  why[0] = '\0';
  for (size_t i = 0; i < 2; ++i) {
    join(path, folder, names[i]);
    if (access(path, F_OK) != 0)
      continue;
    if (read_file(path, &found, out) == 0)
      break;
    size_t used = strlen(why);
    snprintf(why + used, why_size - used, "%s is damaged; ", path);
  }
  size_t used = strlen(why);
  if (!*out) {
    snprintf(why + used, why_size - used, "no checkpoint to go on from in %s", folder);
    return PERCUTA_IO;
  }
  if (found == hash)
    return PERCUTA_OK;
  percuta_checkpoint_destroy(out);
  snprintf(why + used, why_size - used, "the checkpoint in %s belongs to another scenario", folder);
  return PERCUTA_BAD_INPUT;
}

void percuta_checkpoint_destroy(struct percuta_checkpoint **checkpoint) {
  if (!*checkpoint)
    return;
  for (size_t i = 0; i < (*checkpoint)->entries; ++i)
    free((*checkpoint)->value[i]);
  free(*checkpoint);
  *checkpoint = NULL;
}

const double *percuta_checkpoint_get(const struct percuta_checkpoint *checkpoint, const char *name,
                                     size_t *count) {
  for (size_t i = 0; i < checkpoint->entries; ++i) {
    if (strcmp(checkpoint->name[i], name) != 0)
      continue;
    *count = checkpoint->count[i];
    return checkpoint->value[i];
  }
  *count = 0;
  return NULL;
}

int percuta_checkpoint_exists(const char *folder) {
  char path[PATH_SIZE];
  join(path, folder, PERCUTA_CHECKPOINT_FILE);
  if (access(path, F_OK) == 0)
    return 1;
  join(path, folder, PERCUTA_CHECKPOINT_PREVIOUS);
  return access(path, F_OK) == 0;
}

void percuta_checkpoint_remove(const char *folder) {
  char path[PATH_SIZE];
  join(path, folder, PERCUTA_CHECKPOINT_FILE);
  unlink(path);
  join(path, folder, PERCUTA_CHECKPOINT_PREVIOUS);
  unlink(path);
}
