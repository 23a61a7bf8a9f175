/* The table that `percuta validate` shows, and its files. Tests: tests/cli/validate.sh, ranks.sh.
 */
#include "engine/compare.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/nearest.h"
#include "base/path.h"
#include "engine/crew.h"
#include "validate/interval.h"
#include "validate/markdown.h"
#include "validate/show.h"

static enum percuta_status report_unknown(const char *name) {
  const char *nearest = NULL;
  int best = INT_MAX;
  for (size_t i = 0; i < percuta_validate_stage_count(); i++) {
    int now = percuta_base_nearest_distance(name, percuta_validate_stage_name(i));
    if (now >= 0 && now < best) {
      best = now;
      nearest = percuta_validate_stage_name(i);
    }
  }
  fprintf(stderr, "percuta validate: there is no stage `%.40s`; ", name);
  if (nearest != NULL)
    fprintf(stderr, "did you mean `%s`? ", nearest);
  fprintf(stderr, "Stages:");
  for (size_t i = 0; i < percuta_validate_stage_count(); i++)
    fprintf(stderr, " %s", percuta_validate_stage_name(i));
  fputc('\n', stderr);
  return PERCUTA_BAD_INPUT;
}

/* Marks the stages that `text` names; all when it is NULL. What there is not is said if `aloud`. */
static enum percuta_status choose(const char *text, bool aloud, bool *chosen) {
  size_t count = percuta_validate_stage_count();
  for (size_t i = 0; i < count; i++)
    chosen[i] = text == NULL;
  while (text != NULL && *text != '\0') {
    char name[64];
    size_t length = strcspn(text, ",");
    snprintf(name, sizeof name, "%.*s", (int)(length < sizeof name ? length : sizeof name - 1),
             text);
    int index = percuta_validate_stage_index(name);
    if (index < 0)
      return aloud ? report_unknown(name) : PERCUTA_BAD_INPUT;
    chosen[index] = true;
    text += length;
    text += *text == ',';
  }
  return PERCUTA_OK;
}

static enum percuta_status write_file(const struct percuta_catalogue *catalogue, const char *path,
                                      void (*write)(const struct percuta_catalogue *,
                                                    const struct percuta_validation *, size_t,
                                                    FILE *),
                                      const struct percuta_validation *stage, size_t count) {
  FILE *stream = NULL;
  errno = 0;
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status == PERCUTA_OK) {
    write(catalogue, stage, count, stream);
    status = percuta_base_path_commit(path, &stream);
  }
  if (status != PERCUTA_OK)
    fprintf(stderr, "percuta validate: %s could not be written: %s\n", path,
            errno ? strerror(errno) : percuta_base_status_text(status));
  return status;
}

static void write_csv(const struct percuta_catalogue *unused,
                      const struct percuta_validation *stage, size_t count, FILE *stream) {
  (void)unused;
  percuta_validate_show_csv_head(stream);
  for (size_t i = 0; i < count; i++)
    percuta_validate_show_csv_stage(&stage[i], stream);
}

static void print_total(const struct percuta_validation *stage, size_t count, FILE *stream) {
  struct percuta_validation all;
  percuta_validate_add(stage, count, &all);
  if (all.left > 0)
    fprintf(stream, "%zu more calibration and validation rows could not be simulated\n", all.left);
  fprintf(stream, "validation: %zu of %zu within; %zu of %zu published values in the intervals\n",
          all.unseen.within, all.unseen.counted, all.unseen.covered, all.unseen.with_interval);
  fprintf(stream, "calibration: %zu of %zu within\n", all.seen.within, all.seen.counted);
  fprintf(stream, "%zu of %zu within\n", all.unseen.within + all.seen.within,
          all.unseen.counted + all.seen.counted);
}

/* The files and the last lines. */
static enum percuta_status write_all(const struct percuta_compare_request *request,
                                     const struct percuta_validation *stage, size_t count) {
  if (request->csv != NULL)
    PERCUTA_TRY(write_file(request->catalogue, request->csv, write_csv, stage, count));
  if (request->markdown != NULL)
    PERCUTA_TRY(write_file(request->catalogue, request->markdown, percuta_validate_markdown_write,
                           stage, count));
  print_total(stage, count, stdout);
  return PERCUTA_OK;
}

static enum percuta_status compare_all(const struct percuta_compare_request *request,
                                       const bool *chosen, struct percuta_engine_crew *crew,
                                       struct percuta_validation *stage,
                                       struct percuta_diag *diag) {
  size_t count = 0;
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < percuta_validate_stage_count() && status == PERCUTA_OK; i++) {
    if (!chosen[i])
      continue;
    percuta_engine_crew_begin(crew, percuta_validate_stage_name(i));
    status = percuta_validate_stage(request->catalogue, i, PERCUTA_INTERVAL_DRAWS, &crew->crew,
                                    diag, &stage[count]);
    if (status != PERCUTA_OK)
      break;
    percuta_engine_crew_begin(crew, "");
    if (crew->speaks)
      percuta_validate_show_stage(&stage[count], stdout);
    count++;
  }
  percuta_engine_crew_clear(crew);
  if (status == PERCUTA_OK && crew->speaks)
    status = write_all(request, stage, count);
  for (size_t i = 0; i < count; i++)
    percuta_validate_clear(&stage[i]);
  return percuta_numerics_deal_agree(&crew->crew, status);
}

enum percuta_status percuta_engine_compare_run(const struct percuta_compare_request *request) {
  size_t stages = percuta_validate_stage_count();
  bool *chosen = calloc(stages, sizeof *chosen);
  struct percuta_validation *stage = calloc(stages, sizeof *stage);
  struct percuta_diag *diag = NULL;
  struct percuta_engine_crew crew;
  enum percuta_status status = percuta_engine_crew_init(request->quiet, &crew);
  if (chosen == NULL || stage == NULL || percuta_base_diag_create(&diag) != 0)
    status = PERCUTA_MEMORY;
  if (status == PERCUTA_OK)
    status = choose(request->stages, crew.speaks, chosen);
  status = percuta_numerics_deal_agree(&crew.crew, status);
  if (status == PERCUTA_OK)
    status = compare_all(request, chosen, &crew, stage, diag);
  percuta_engine_crew_clear(&crew);
  if (crew.speaks && diag != NULL && percuta_base_diag_count(diag) > 0)
    percuta_base_diag_print(diag, stderr);
  percuta_base_diag_destroy(&diag);
  free(stage);
  free(chosen);
  return status;
}
