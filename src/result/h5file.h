/* HDF5 files whose writing may fail without harm. Internal to result/.
 *
 * HDF5 1.10 forgets to let go of a file whose closing fails, as on a full disk, and crashes at the
 * end of the program. Here a write that the system refuses is noted and all later ones are dropped,
 * while HDF5 goes on as if all were well; who made the file then looks at what was noted. */
#ifndef PERCUTA_RESULT_H5FILE_H
#define PERCUTA_RESULT_H5FILE_H

#include <hdf5.h>

/* Creates the file at `path`, emptied if it was there, with the creation properties `create`. The
 * first failure of the system leaves its errno in *reason, which is 0 until then and must live
 * until the file is closed with H5Fclose. Negative, with *reason set, when the file cannot be
 * made. */
hid_t percuta_result_h5file_create(const char *path, hid_t create, int *reason);

#endif
