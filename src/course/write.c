/* Which files a result folder holds, in which order. Tests: tests/unit/test_run.c,
 * tests/cli/run.sh, tests/cli/kill.sh. */
#include "course/write.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "course/failure.h"
#include "course/keep.h"
#include "numerics/share.h"
#include "result/result.h"

#define REPORT "report.html"

/* In the order in which they are written, the report last; each writer writes its file alone but
 * that of the fields. */
static const struct file {
  const char *name;
  percuta_course_page *write; /* NULL: another's */
  bool in_folder;             /* takes the folder, not the file's path */
} FILES[] = {{"fields.h5", percuta_result_fields_write, true},
             {"fields.xdmf", NULL, false},
             {"fields.pvd", NULL, false},
             {"timeline.csv", percuta_result_timeline_write, false},
             {"channels.csv", percuta_result_channels_write, false},
             {"penetration.csv", percuta_result_penetration_write, false},
             {"numbing.csv", percuta_result_numbing_write, false},
             {"summary.json", percuta_result_summary_write, false},
             {"sources.html", NULL, false},
             {REPORT, NULL, true}};
enum { FILES_COUNT = sizeof FILES / sizeof *FILES };

const char *percuta_course_write_name(int index) {
  return index < FILES_COUNT ? FILES[index].name : NULL;
}

/* Whether a file tells how skin heals, which excised skin does not. */
static bool is_of_healing(const char *name) {
  return strncmp(name, "fields.", 7) == 0 || strcmp(name, "timeline.csv") == 0;
}

bool percuta_course_write_is_due(const struct percuta_scenario *scenario, const char *name) {
  const struct percuta_session *session = &scenario->session;
  const bool cream = session->numbing.product[0] != '\0';
  if (!percuta_scenario_is_alive(scenario) && is_of_healing(name))
    return false;
  if (strcmp(name, "numbing.csv") == 0)
    return cream;
  return strcmp(name, "penetration.csv") != 0 || cream || session->product_count > 0;
}

static enum percuta_status write_files(struct percuta_run *run, const struct percuta_record *record,
                                       const char *folder, percuta_course_page *report) {
  char path[4096];
  for (int i = 0; i < FILES_COUNT; ++i) {
    const struct file *file = &FILES[i];
    percuta_course_page *write = strcmp(file->name, REPORT) == 0 ? report : file->write;
    if (!write ||
        (is_of_healing(file->name) && !percuta_course_write_is_due(record->scenario, file->name)))
      continue;
    snprintf(path, sizeof path, "%s/%s", folder, file->name);
    errno = 0;
    const enum percuta_status status = write(record, file->in_folder ? folder : path);
    if (status == PERCUTA_IO)
      return percuta_course_failure_file(run, folder, file->name, errno);
    PERCUTA_TRY(status);
  }
  return PERCUTA_OK;
}

static enum percuta_status warn_of_lost(struct percuta_run *run, int lost) {
  struct percuta_warnings *list = &run->record.warnings;
  for (int i = 0; i < list->count; ++i)
    if (list->item[i].code == PERCUTA_WARNING_fields_lost)
      return PERCUTA_OK;
  const struct percuta_warning_value value[] = {{.number = lost},
                                                {.number = run->record.snapshot_count}};
  return percuta_outcome_warnings_add(list, PERCUTA_WARNING_fields_lost, value);
}

/* The record without those kept fields whose files are gone or damaged: what else was computed is
 * worth having. `time` and `number` are room for those that are left. */
static enum percuta_status leave_out_lost(struct percuta_run *run, const char *folder,
                                          struct percuta_record *view,
                                          double time[PERCUTA_CALENDAR_SNAPSHOTS],
                                          int number[PERCUTA_CALENDAR_SNAPSHOTS]) {
  const struct percuta_record *record = &run->record;
  const size_t cells = percuta_numerics_grid_cell_count(record->grid);
  float *value = malloc(cells * (size_t)record->layout.count * sizeof *value);
  enum percuta_status status = PERCUTA_OK;
  int left = 0;
  if (!value)
    return PERCUTA_MEMORY;
  for (int i = 0; i < record->snapshot_count; ++i) {
    if (percuta_result_snapshot_kept(record, folder, i, value) != PERCUTA_OK)
      continue;
    time[left] = record->snapshot_time[i];
    number[left++] = i;
  }
  free(value);
  if (left < record->snapshot_count)
    status = warn_of_lost(run, record->snapshot_count - left);
  *view = *record;
  view->snapshot_time = time;
  view->snapshot_number = number;
  view->snapshot_count = left;
  return status;
}

/* Writers of fields and report look for kept fields in the folder: puts them there for as long. */
static enum percuta_status write_all(struct percuta_run *run, const char *folder,
                                     percuta_course_page *report) {
  struct percuta_record view;
  double time[PERCUTA_CALENDAR_SNAPSHOTS];
  int number[PERCUTA_CALENDAR_SNAPSHOTS];
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
    status = leave_out_lost(run, folder, &view, time, number);
  if (status == PERCUTA_OK)
    status = write_files(run, &view, folder, report);
  if (!own)
    percuta_course_keep_remove(folder);
  return status;
}

enum percuta_status percuta_course_write(struct percuta_run *run, const char *folder,
                                         percuta_course_page *report) {
  enum percuta_status status = PERCUTA_OK;
  if (!run)
    return PERCUTA_OK;
  if (run->state.sessions_done == 0)
    return PERCUTA_BAD_INPUT;
  if (run->plan->rank == 0)
    status = write_all(run, folder, report);
  return percuta_numerics_share(run->plan->comm, status);
}
