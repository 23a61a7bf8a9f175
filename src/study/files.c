/* A study's files, one after another, each complete or not there.
 * Test: tests/verification/test_study.c. */
#include "study/files.h"

#include "base/path.h"

static enum percuta_status write_one(const char *folder, const struct percuta_study_file *file,
                                     const void *results) {
  char path[4096];
  FILE *stream = NULL;
  snprintf(path, sizeof path, "%s/%s", folder, file->name);
  PERCUTA_TRY(percuta_base_path_open(path, &stream));
  const enum percuta_status status = file->write(results, stream);
  if (status == PERCUTA_OK)
    return percuta_base_path_commit(path, &stream);
  percuta_base_path_abandon(path, &stream);
  return status;
}

enum percuta_status percuta_study_files_write(const char *folder,
                                              const struct percuta_study_file *file, int count,
                                              const void *results) {
  PERCUTA_TRY(percuta_base_path_make_folder(folder));
  for (int i = 0; i < count; ++i)
    PERCUTA_TRY(write_one(folder, &file[i], results));
  return PERCUTA_OK;
}
