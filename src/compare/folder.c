/* What a folder is (no result, half of one, a whole one), and what is compared of it. Files in it
 * are opened for reading alone; links and pipes are not followed. Test: tests/cli/compare.sh. */
#include "compare/folder.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "base/path.h"
#include "compare/inputs.h"
#include "compare/stale.h"
#include "compare/summary.h"
#include "compare/timeline.h"

enum { PATH_SIZE = 4096, MOST_SUMMARY = 64 << 20, MOST_USED = 1 << 20 };

static bool holds(const char *folder, const char *name) {
  char path[PATH_SIZE];
  return snprintf(path, sizeof path, "%s/%s", folder, name) < PATH_SIZE &&
         percuta_base_path_kind(path) == PERCUTA_PATH_FILE;
}

static enum percuta_status refuse(struct percuta_diag *diag, const char *folder, const char *what,
                                  const char *hint) {
  percuta_compare_wrong(diag, folder, NULL, what, hint);
  return PERCUTA_BAD_INPUT;
}

/* Whether it is a whole result. report.html is what a run writes last. */
static enum percuta_status check_kind(const char *folder, struct percuta_diag *diag) {
  static const char HINT[] = "compare takes folders that `percuta run` has filled";
  struct stat info;
  if (stat(folder, &info) != 0)
    return refuse(diag, folder, "there is no such folder", NULL);
  if (!S_ISDIR(info.st_mode))
    return refuse(diag, folder, "is not a folder", HINT);
  const bool summary = holds(folder, "summary.json"), used = holds(folder, "used_parameters.yaml");
  if (summary && used && holds(folder, "timeline.csv") && holds(folder, "report.html"))
    return PERCUTA_OK;
  if (!summary && holds(folder, "checkpoint.h5"))
    return refuse(diag, folder, "is half a result: its run has not ended",
                  "`percuta run … --resume` ends it");
  if (summary && used && holds(folder, "penetration.csv") && !holds(folder, "timeline.csv") &&
      holds(folder, "report.html"))
    return refuse(diag, folder, "is of skin in a diffusion cell, which has no course to compare",
                  "its penetration.csv and report.html hold the products beside each other");
  if (summary || used || holds(folder, "run.log"))
    return refuse(diag, folder,
                  !summary ? "is half a result: it has no summary.json"
                  : !used  ? "is half a result: it has no used_parameters.yaml"
                  : !holds(folder, "timeline.csv")
                      ? "is half a result: it has no timeline.csv"
                      : "is half a result: it has no report.html, which a run writes last",
                  "run its scenario again");
  if (holds(folder, "compare.html"))
    return refuse(diag, folder, "is no result but a comparison", "leave it out of the list");
  return refuse(diag, folder, "is no result: it holds none of its files", HINT);
}

/* The text of a file of the folder, owned by the caller. */
static enum percuta_status read_text(const char *folder, const char *name, size_t most,
                                     struct percuta_diag *diag, char **text, size_t *length) {
  char path[PATH_SIZE];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  const enum percuta_status status = percuta_base_path_read(path, most, text, length);
  if (status == PERCUTA_OK || status == PERCUTA_MEMORY)
    return status;
  percuta_compare_wrong(diag, folder, name, "cannot be read, or is too large", NULL);
  return PERCUTA_BAD_INPUT;
}

enum percuta_status percuta_compare_folder_read(const struct percuta_catalogue *catalogue,
                                                const char *folder, struct percuta_diag *diag,
                                                struct percuta_compare_run *run) {
  char *summary = NULL, *used = NULL;
  size_t length = 0, used_length = 0;
  *run = (struct percuta_compare_run){.folder = folder};
  PERCUTA_TRY(check_kind(folder, diag));
  enum percuta_status status =
      read_text(folder, "summary.json", MOST_SUMMARY, diag, &summary, &length);
  if (status == PERCUTA_OK)
    status = percuta_compare_summary_read(summary, diag, run);
  if (status == PERCUTA_OK)
    status = read_text(folder, "used_parameters.yaml", MOST_USED, diag, &used, &used_length);
  if (status == PERCUTA_OK)
    status = percuta_compare_inputs_read(used, used_length, diag, run);
  if (status == PERCUTA_OK)
    status = percuta_compare_timeline_read(diag, run);
  if (status == PERCUTA_OK)
    status = percuta_compare_stale_check(catalogue, used, used_length, run);
  free(summary);
  free(used);
  return status;
}

void percuta_compare_folder_clear(struct percuta_compare_run *run) {
  for (size_t i = 0; i < run->input_count; ++i) {
    free(run->input[i].key);
    free(run->input[i].value);
    free(run->input[i].origin);
  }
  free(run->input);
  free(run->reading);
  free(run->session);
  free(run->timeline.row);
  free(run->stale);
  free(run->title);
  free(run->label);
  *run = (struct percuta_compare_run){.folder = NULL};
}
