/* The files that a study leaves. */
#ifndef PERCUTA_STUDY_FILES_H
#define PERCUTA_STUDY_FILES_H

#include <stdio.h>

#include "base/status.h"

/* A file of the folder, and what writes it from the study's results. */
struct percuta_study_file {
  const char *name;
  enum percuta_status (*write)(const void *results, FILE *stream);
};

/* Writes `count` files into `folder`, which is made if it is not there; each is seen when all of it
 * is written, and none after the first that fails. */
enum percuta_status percuta_study_files_write(const char *folder,
                                              const struct percuta_study_file *file, int count,
                                              const void *results);

#endif
