/* The folder of a study; merging parts, writing a person's scenario, printing a job for an array.
 * Test: tests/cli/study.sh. */
#include "engine/cohort_files.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "cohort/adam.h"
#include "cohort/page.h"
#include "cohort/table.h"
#include "input/input.h"

enum { PATH_SIZE = 4096, PARTS = 100000 };

/* Names in the folder of a study. */
static const char STUDY[] = "used_study.yaml", BASE[] = "scenario.yaml", ROWS[] = "rows.csv";

static enum percuta_status write_text(const char *folder, const char *name, const char *text,
                                      size_t length) {
  char path[PATH_SIZE];
  FILE *stream = NULL;
  snprintf(path, sizeof path, "%.4000s/%s", folder, name);
  PERCUTA_TRY(percuta_base_path_open(path, &stream));
  if (fwrite(text, 1, length, stream) == length)
    return percuta_base_path_commit(path, &stream);
  percuta_base_path_abandon(path, &stream);
  return PERCUTA_IO;
}

/* Where a node's text begins in the file. */
static const char *find(const char *text, const struct percuta_yaml_node *node) {
  for (int line = 1; line < node->line; ++line)
    text = strchr(text, '\n') + 1;
  return text + node->column - 1;
}

/* The text of the study with the names of files, in the order in which they stand there, replaced
 * by those under which they lie beside it. */
static enum percuta_status write_study(const struct percuta_cohort_plan *plan, const char *folder,
                                       const struct percuta_yaml_node *node[2],
                                       const char *const name[2], int count) {
  char path[PATH_SIZE];
  FILE *stream = NULL;
  const char *from = plan->text;
  snprintf(path, sizeof path, "%.4000s/%s", folder, STUDY);
  PERCUTA_TRY(percuta_base_path_open(path, &stream));
  for (int i = 0; i < count; ++i) {
    const char *at = find(plan->text, node[i]);
    const bool quoted = *at == '"' || *at == '\'';
    fwrite(from, 1, (size_t)(at - from), stream);
    fputs(name[i], stream);
    from = at + strlen(node[i]->text) + (quoted ? 2 : 0);
  }
  fputs(from, stream);
  return percuta_base_path_commit(path, &stream);
}

static enum percuta_status copy_rows(const struct percuta_cohort_plan *plan, const char *folder,
                                     const struct percuta_yaml_node *rows) {
  char path[PATH_SIZE];
  char *text = NULL;
  size_t length = 0;
  snprintf(path, sizeof path, "%.2000s%.2000s", *rows->text == '/' ? "" : plan->folder, rows->text);
  enum percuta_status status = percuta_base_path_read(path, (size_t)1 << 30, &text, &length);
  if (status == PERCUTA_OK)
    status = write_text(folder, ROWS, text, length);
  free(text);
  return status;
}

enum percuta_status percuta_engine_cohort_files_keep(const struct percuta_cohort_plan *plan,
                                                     const char *folder) {
  const struct percuta_yaml_node *base = percuta_base_yaml_get(plan->document, "scenario");
  const struct percuta_yaml_node *rows =
      percuta_base_yaml_get(percuta_base_yaml_get(plan->document, "vary"), "rows");
  const struct percuta_yaml_node *node[2] = {base, rows};
  const char *name[2] = {BASE, ROWS};
  if (rows &&
      (rows->line < base->line || (rows->line == base->line && rows->column < base->column))) {
    node[0] = rows, node[1] = base;
    name[0] = ROWS, name[1] = BASE;
  }
  if (rows)
    PERCUTA_TRY(copy_rows(plan, folder, rows));
  PERCUTA_TRY(write_text(folder, BASE, plan->base_text, plan->base_length));
  return write_study(plan, folder, node, name, rows ? 2 : 1);
}

enum percuta_status percuta_engine_cohort_files_forget(const char *folder) {
  static const char *const name[] = {"study.sqlite", "study.sqlite-wal", "study.sqlite-shm",
                                     "table.csv", "report.html"};
  char path[PATH_SIZE];
  for (size_t i = 0; i < sizeof name / sizeof *name; ++i) {
    snprintf(path, sizeof path, "%.4000s/%s", folder, name[i]);
    PERCUTA_TRY(percuta_base_path_remove(path));
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_engine_cohort_files_write(const struct percuta_cohort_plan *plan,
                                                      struct percuta_cohort_store *store,
                                                      const char *folder) {
  struct percuta_cohort_trial trial = {.plan = NULL};
  const bool tries = plan->mode == PERCUTA_COHORT_TRIAL;
  PERCUTA_TRY(percuta_cohort_table_write(store, folder));
  enum percuta_status status = tries ? percuta_cohort_trial_make(plan, store, &trial) : PERCUTA_OK;
  if (status == PERCUTA_OK && tries)
    status = percuta_cohort_adam_write(&trial, folder);
  if (status == PERCUTA_OK)
    status = percuta_cohort_page_write(plan, store, tries ? &trial : NULL, folder);
  percuta_cohort_trial_clear(&trial);
  return status;
}

/* The study that a folder's rows are of. */
static enum percuta_status read_plan(const struct percuta_cohort_request *request,
                                     const char *folder, struct percuta_cohort_plan **out) {
  char path[PATH_SIZE];
  struct percuta_diag *diag = NULL;
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  snprintf(path, sizeof path, "%.4000s/%s", folder, STUDY);
  const enum percuta_status status = percuta_cohort_plan_read(request->catalogue, path, diag, out);
  percuta_base_diag_print(diag, stderr);
  percuta_base_diag_destroy(&diag);
  return status;
}

/* Takes over the rows in the store of a part; *taken counts the parts. */
static enum percuta_status take_part(struct percuta_cohort_store *store,
                                     const struct percuta_cohort_plan *plan, const char *folder,
                                     int *taken) {
  char path[PATH_SIZE], words[PERCUTA_COHORT_WORDS];
  struct percuta_cohort_store *part = NULL;
  snprintf(path, sizeof path, "%.4000s/study.sqlite", folder);
  if (percuta_base_path_kind(path) != PERCUTA_PATH_FILE)
    return PERCUTA_OK;
  const enum percuta_status status =
      percuta_cohort_store_open(path, plan, words, sizeof words, &part);
  percuta_cohort_store_close(&part);
  if (status != PERCUTA_OK) {
    fprintf(stderr, "percuta study: %.600s %s\n", folder, words);
    return status;
  }
  ++*taken;
  return percuta_cohort_store_absorb(store, path);
}

/* The folders part-i-of-n in `folder`, whatever n is; NULL of `first`: only looks for one. */
static enum percuta_status take_parts_in(struct percuta_cohort_store *store,
                                         const struct percuta_cohort_plan *plan, const char *folder,
                                         int parts, int *taken) {
  char path[PATH_SIZE];
  for (int part = 1; part <= parts; ++part) {
    snprintf(path, sizeof path, "%.4000s/part-%d-of-%d", folder, part, parts);
    PERCUTA_TRY(take_part(store, plan, path, taken));
  }
  return PERCUTA_OK;
}

/* Into how many parts the study in `folder` was cut; 0 when there is none in it. `first` is one of
 * them. */
static int find_parts(const char *folder, char *first, size_t size) {
  for (int parts = 1; parts <= PARTS; ++parts) {
    for (int part = 1; part <= (parts < 4 ? parts : 4); ++part) {
      snprintf(first, size, "%.4000s/part-%d-of-%d", folder, part, parts);
      if (percuta_base_path_kind(first) == PERCUTA_PATH_FOLDER)
        return parts;
    }
  }
  snprintf(first, size, "%.4000s", folder);
  return 0;
}

static enum percuta_status take_all(const struct percuta_cohort_request *request,
                                    struct percuta_cohort_store *store,
                                    const struct percuta_cohort_plan *plan) {
  char first[PATH_SIZE];
  int taken = 0;
  for (int i = 0; i < request->part_folders; ++i) {
    const char *folder = request->part_folder[i];
    const int parts = find_parts(folder, first, sizeof first);
    PERCUTA_TRY(parts > 0 ? take_parts_in(store, plan, folder, parts, &taken)
                          : take_part(store, plan, folder, &taken));
  }
  printf("%d parts merged", taken);
  return PERCUTA_OK;
}

/* How many runs are there, and how many are missing. */
static enum percuta_status say_count(struct percuta_cohort_store *store,
                                     const struct percuta_cohort_plan *plan, const char *folder) {
  const int runs = percuta_cohort_plan_runs(plan);
  int count[3] = {0};
  enum percuta_cohort_state *state = calloc((size_t)runs + 1, sizeof *state);
  enum percuta_status status =
      state ? percuta_cohort_store_states(store, runs, state) : PERCUTA_MEMORY;
  for (int i = 0; i < runs && status == PERCUTA_OK; ++i)
    ++count[state[i]];
  if (status == PERCUTA_OK)
    printf(": %d runs, of which %d failed; %d are missing. %s/table.csv\n", runs - count[0],
           count[PERCUTA_COHORT_FAILED], count[PERCUTA_COHORT_OPEN], folder);
  free(state);
  return status;
}

static enum percuta_status merge(const struct percuta_cohort_request *request) {
  char path[PATH_SIZE], first[PATH_SIZE], words[PERCUTA_COHORT_WORDS] = "";
  struct percuta_cohort_plan *plan = NULL;
  struct percuta_cohort_store *store = NULL;
  (void)find_parts(request->part_folder[0], first, sizeof first);
  PERCUTA_TRY(read_plan(request, first, &plan));
  snprintf(path, sizeof path, "%.4000s/study.sqlite", request->folder);
  enum percuta_status status = percuta_base_path_make_folder(request->folder);
  if (status == PERCUTA_OK)
    status = percuta_cohort_store_open(path, plan, words, sizeof words, &store);
  if (*words)
    fprintf(stderr, "percuta study: %.600s %s\n", request->folder, words);
  if (status == PERCUTA_OK)
    status = percuta_engine_cohort_files_keep(plan, request->folder);
  if (status == PERCUTA_OK)
    status = take_all(request, store, plan);
  if (status == PERCUTA_OK)
    status = percuta_engine_cohort_files_write(plan, store, request->folder);
  if (status == PERCUTA_OK)
    status = percuta_cohort_store_settle(store);
  if (status == PERCUTA_OK)
    status = say_count(store, plan, request->folder);
  percuta_cohort_store_close(&store);
  percuta_cohort_plan_destroy(&plan);
  return status;
}

/* The scenario of a person in the study's first arm, complete, beside the study. */
static enum percuta_status write_person(const struct percuta_cohort_request *request) {
  char path[PATH_SIZE];
  struct percuta_cohort_plan *plan = NULL;
  struct percuta_scenario *scenario = NULL;
  struct percuta_diag *diag = NULL;
  PERCUTA_TRY(read_plan(request, request->folder, &plan));
  enum percuta_status status = percuta_base_diag_create(&diag) == 0 ? PERCUTA_OK : PERCUTA_MEMORY;
  if (status == PERCUTA_OK && plan->people == 0) {
    fprintf(stderr, "percuta study: %.600s has no people: its study has no `population`\n",
            request->folder);
    status = PERCUTA_BAD_INPUT;
  }
  if (status == PERCUTA_OK)
    status = percuta_cohort_plan_scenario(plan, 0, request->person, diag, &scenario);
  if (diag)
    percuta_base_diag_print(diag, stderr);
  snprintf(path, sizeof path, "%.4000s/person-%d.yaml", request->folder, request->person);
  if (status == PERCUTA_OK)
    status = percuta_input_write_used(scenario, NULL, path);
  if (status == PERCUTA_OK)
    printf("%s\n", path);
  percuta_scenario_destroy(&scenario);
  percuta_base_diag_destroy(&diag);
  percuta_cohort_plan_destroy(&plan);
  return status;
}

/* A job for an array of parts, to be edited and handed to sbatch. */
static enum percuta_status print_job(const struct percuta_cohort_request *request) {
  struct percuta_cohort_plan *plan = NULL;
  struct percuta_diag *diag = NULL;
  char file[PATH_SIZE], folder[PATH_SIZE];
  enum { PACK = 1000 }; /* runs that are worth a job */
  if (percuta_base_diag_create(&diag) != 0)
    return PERCUTA_MEMORY;
  const enum percuta_status status =
      percuta_cohort_plan_read(request->catalogue, request->file, diag, &plan);
  percuta_base_diag_print(diag, stderr);
  percuta_base_diag_destroy(&diag);
  if (status != PERCUTA_OK)
    return status;
  const int runs = percuta_cohort_plan_runs(plan), parts = (runs + PACK - 1) / PACK;
  percuta_cohort_plan_destroy(&plan);
  percuta_base_path_quote(request->file, file, sizeof file);
  percuta_base_path_quote(request->folder, folder, sizeof folder);
  printf(
      "#!/bin/bash\n"
      "# %d runs in %d parts of at most %d. What was done when a job ends is kept: the same job\n"
      "# goes on. When all parts are there: percuta study merge %s\n"
      "#SBATCH --job-name=percuta-study\n"
      "#SBATCH --array=1-%d\n"
      "#SBATCH --ntasks=1\n"
      "#SBATCH --cpus-per-task=2\n"
      "#SBATCH --mem-per-cpu=1G\n"
      "#SBATCH --time=02:00:00\n"
      "#SBATCH --requeue\n"
      "exec percuta study %s -o %s --part \"$SLURM_ARRAY_TASK_ID/%d\" --resume --quiet\n",
      runs, parts, PACK, folder, parts, file, folder, parts);
  return PERCUTA_OK;
}

enum percuta_status percuta_engine_cohort_files_task(const struct percuta_cohort_request *request) {
  return request->task == PERCUTA_COHORT_MERGE    ? merge(request)
         : request->task == PERCUTA_COHORT_PERSON ? write_person(request)
                                                  : print_job(request);
}
