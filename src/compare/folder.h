/* One result folder, read. Internal to compare/. */
#ifndef PERCUTA_COMPARE_FOLDER_H
#define PERCUTA_COMPARE_FOLDER_H

#include "compare/compare.h"

/* Reads the folder into *run, which percuta_compare_folder_clear releases in every case. */
enum percuta_status percuta_compare_folder_read(const struct percuta_catalogue *catalogue,
                                                const char *folder, struct percuta_diag *diag,
                                                struct percuta_compare_run *run);
void percuta_compare_folder_clear(struct percuta_compare_run *run);

#endif
