/* HDF5 files whose writing may fail without harm. Internal to result/.
 *
 * HDF5 1.10 forgets to let go of a file whose closing fails, as on a full disk, and crashes at the
 * end of the program. Here a write that the system refuses is noted and all later ones are dropped,
 * while HDF5 goes on as if all were well; who made the file then looks at what was noted. */
#ifndef PERCUTA_RESULT_H5FILE_H
#define PERCUTA_RESULT_H5FILE_H

#include <stdbool.h>

#include <hdf5.h>

struct percuta_h5file {
  hid_t file;   /* negative: it could not be made */
  hid_t driver; /* which must outlive the open file */
  int reason;   /* errno of the system's first failure; 0: none so far */
};

/* Creates the file at `path` with the creation properties `create`; what was there is taken away,
 * never written into. `out` must stay where it is until percuta_result_h5file_close, which is to be
 * called in every case. */
void percuta_result_h5file_create(const char *path, hid_t create, struct percuta_h5file *out);

/* Closes the file, then lets go of its driver. False, with errno set, when anything has failed
 * since it was made. */
bool percuta_result_h5file_close(struct percuta_h5file *file);

#endif
