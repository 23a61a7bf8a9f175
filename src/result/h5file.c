/* A driver for HDF5 that notes what the system refuses and goes on.
 * Test: tests/cli/failure.sh, on a full disk. */
#include "result/h5file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/path.h"

/* What HDF5 hands to the driver: where failures are noted. */
struct settings {
  int *reason; /* borrowed */
};

struct file {
  H5FD_t shared; /* HDF5's part, which must come first */
  int descriptor;
  haddr_t end, allocated; /* of the file as it is, and as HDF5 will have it */
  int *reason;            /* borrowed */
};

static void note(const struct file *file) {
  if (*file->reason == 0)
    *file->reason = errno ? errno : EIO;
}

static H5FD_t *open_file(const char *path, unsigned flags, hid_t access, haddr_t most) {
  const struct settings *settings = H5Pget_driver_info(access);
  struct file *file = calloc(1, sizeof *file);
  (void)most;
  if (!file || !settings) {
    free(file);
    return NULL;
  }
  file->reason = settings->reason;
  file->descriptor = flags & H5F_ACC_CREAT ? percuta_base_path_create(path)
                                           : percuta_base_path_reopen(path, O_RDWR);
  off_t end = file->descriptor >= 0 ? lseek(file->descriptor, 0, SEEK_END) : -1;
  if (end < 0) {
    *file->reason = errno;
    if (file->descriptor >= 0)
      close(file->descriptor);
    free(file);
    return NULL;
  }
  *file->reason = 0; /* HDF5 first looks whether the file is there: no failure if not */
  file->end = (haddr_t)end;
  return &file->shared;
}

static herr_t close_file(H5FD_t *shared) {
  struct file *file = (struct file *)shared;
  if (close(file->descriptor) != 0)
    note(file);
  free(file);
  return 0;
}

static herr_t query(const H5FD_t *shared, unsigned long *features) {
  (void)shared;
  *features = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
              H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

static haddr_t get_allocated(const H5FD_t *shared, H5FD_mem_t type) {
  (void)type;
  return ((const struct file *)shared)->allocated;
}

static herr_t set_allocated(H5FD_t *shared, H5FD_mem_t type, haddr_t address) {
  (void)type;
  ((struct file *)shared)->allocated = address;
  return 0;
}

static haddr_t get_end(const H5FD_t *shared, H5FD_mem_t type) {
  (void)type;
  return ((const struct file *)shared)->end;
}

/* What was never written reads as zeros. */
static herr_t read_file(H5FD_t *shared, H5FD_mem_t type, hid_t transfer, haddr_t address,
                        size_t size, void *buffer) {
  struct file *file = (struct file *)shared;
  char *to = buffer;
  (void)type, (void)transfer;
  while (size > 0) {
    ssize_t got = pread(file->descriptor, to, size, (off_t)address);
    if (got <= 0) {
      if (got < 0)
        note(file);
      memset(to, 0, size);
      break;
    }
    to += got;
    address += (haddr_t)got;
    size -= (size_t)got;
  }
  return 0;
}

static herr_t write_file(H5FD_t *shared, H5FD_mem_t type, hid_t transfer, haddr_t address,
                         size_t size, const void *buffer) {
  struct file *file = (struct file *)shared;
  const char *from = buffer;
  (void)type, (void)transfer;
  if (address + size > file->end)
    file->end = address + size;
  while (size > 0 && *file->reason == 0) {
    ssize_t done = pwrite(file->descriptor, from, size, (off_t)address);
    if (done <= 0) {
      note(file);
      break;
    }
    from += done;
    address += (haddr_t)done;
    size -= (size_t)done;
  }
  return 0;
}

static herr_t truncate_file(H5FD_t *shared, hid_t transfer, hbool_t closing) {
  struct file *file = (struct file *)shared;
  (void)transfer, (void)closing;
  if (file->end == file->allocated)
    return 0;
  if (*file->reason == 0 && ftruncate(file->descriptor, (off_t)file->allocated) != 0)
    note(file);
  file->end = file->allocated;
  return 0;
}

static const H5FD_class_t DRIVER = {
    .name = "percuta",
    .maxaddr = INT64_MAX,
    .fc_degree = H5F_CLOSE_WEAK,
    .fapl_size = sizeof(struct settings),
    .open = open_file,
    .close = close_file,
    .query = query,
    .get_eoa = get_allocated,
    .set_eoa = set_allocated,
    .get_eof = get_end,
    .read = read_file,
    .write = write_file,
    .truncate = truncate_file,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

void percuta_result_h5file_create(const char *path, hid_t create, struct percuta_h5file *out) {
  const struct settings settings = {.reason = &out->reason};
  *out = (struct percuta_h5file){.file = -1, .driver = H5FDregister(&DRIVER)};
  hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  if (out->driver >= 0 && access >= 0 && H5Pset_driver(access, out->driver, &settings) >= 0)
    out->file = H5Fcreate(path, H5F_ACC_TRUNC, create, access);
  if (access >= 0)
    H5Pclose(access);
  if (out->file < 0 && out->reason == 0)
    out->reason = EIO;
}

bool percuta_result_h5file_close(struct percuta_h5file *file) {
  if (file->file >= 0 && H5Fclose(file->file) < 0 && file->reason == 0)
    file->reason = EIO;
  if (file->driver >= 0)
    H5FDunregister(file->driver);
  file->file = file->driver = -1;
  if (file->reason != 0)
    errno = file->reason;
  return file->reason == 0;
}
