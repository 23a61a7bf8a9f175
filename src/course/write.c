/* Which files a result folder holds, in which order. Tests: tests/unit/test_run.c,
 * tests/cli/run.sh, tests/cli/kill.sh. */
#include "course/write.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/path.h"
#include "course/failure.h"
#include "course/keep.h"
#include "numerics/share.h"
#include "result/result.h"

static enum percuta_status write_files(struct percuta_run *run, const char *folder,
                                       percuta_course_page *report) {
  const struct {
    const char *name;
    percuta_course_page *write;
    bool in_folder; /* takes the folder, not the file's path */
  } files[] = {{"fields.h5", percuta_result_fields_write, true},
               {"timeline.csv", percuta_result_timeline_write, false},
               {"channels.csv", percuta_result_channels_write, false},
               {"penetration.csv", percuta_result_penetration_write, false},
               {"numbing.csv", percuta_result_numbing_write, false},
               {"summary.json", percuta_result_summary_write, false},
               {"report.html", report, true}};
  char path[4096];
  for (size_t i = 0; i < sizeof files / sizeof files[0] && files[i].write; ++i) {
    snprintf(path, sizeof path, "%s/%s", folder, files[i].name);
    errno = 0;
    const enum percuta_status status =
        files[i].write(&run->record, files[i].in_folder ? folder : path);
    if (status == PERCUTA_IO)
      return percuta_course_failure_file(run, folder, files[i].name, errno);
    PERCUTA_TRY(status);
  }
  return PERCUTA_OK;
}

/* Writers of fields and report look for kept fields in the folder: puts them there for as long. */
static enum percuta_status write_all(struct percuta_run *run, const char *folder,
                                     percuta_course_page *report) {
  const bool own = run->plan->folder && strcmp(run->plan->folder, folder) == 0;
  errno = 0;
  enum percuta_status status = percuta_base_path_make_folder(folder);
  if (status == PERCUTA_IO)
    return percuta_course_failure_file(run, folder, "", errno);
  if (status == PERCUTA_OK && !own) {
    status = percuta_course_keep_copy(run, folder);
    if (status == PERCUTA_IO)
      (void)percuta_course_failure_file(run, folder, ".snapshots", errno);
  }
  if (status == PERCUTA_OK)
    status = write_files(run, folder, report);
  if (!own)
    percuta_course_keep_remove(folder);
  return status;
}

enum percuta_status percuta_course_write(struct percuta_run *run, const char *folder,
                                         percuta_course_page *report) {
  enum percuta_status status = PERCUTA_OK;
  if (!run)
    return PERCUTA_OK;
  if (run->record.timeline.count == 0)
    return PERCUTA_BAD_INPUT;
  if (run->plan->rank == 0)
    status = write_all(run, folder, report);
  return percuta_numerics_share(run->plan->comm, status);
}
