/* Joint draws beside a run that has been followed to its end, dealt over all ranks.
 * Test: tests/cli/draws.sh. */
#include "engine/beside.h"

#include <stdlib.h>

#include "base/clock.h"
#include "study/spread.h"

static void show(void *context, int done, int count) {
  const struct percuta_job *job = context;
  const struct percuta_progress_study study = {.what = "joint draws", .done = done, .count = count};
  if (job->progress && job->options->progress == PERCUTA_PROGRESS_LINE)
    percuta_engine_progress_show_study(job->progress, &study);
}

/* The times of rank 0's timeline on all ranks, owned by the caller. */
static enum percuta_status share_days(const struct percuta_job *job, size_t *rows, double **out) {
  const struct percuta_timeline *timeline = job->rank == 0 ? &job->run->record.timeline : NULL;
  int count = timeline ? (int)timeline->count : 0;
  MPI_Bcast(&count, 1, MPI_INT, 0, MPI_COMM_WORLD);
  double *day = calloc((size_t)count + 1, sizeof *day);
  const struct percuta_crew crew = {.comm = MPI_COMM_WORLD};
  const enum percuta_status status =
      percuta_numerics_deal_agree(&crew, day ? PERCUTA_OK : PERCUTA_MEMORY);
  if (status != PERCUTA_OK) {
    free(day);
    return status;
  }
  for (int i = 0; timeline && i < count; ++i)
    day[i] = timeline->row[i].time_d;
  MPI_Bcast(day, count, MPI_DOUBLE, 0, MPI_COMM_WORLD);
  *rows = (size_t)count;
  *out = day;
  return PERCUTA_OK;
}

enum percuta_status percuta_engine_beside_follow(struct percuta_job *job) {
  const struct percuta_crew crew = {
      .comm = MPI_COMM_WORLD, .context = job, .done = job->rank == 0 ? show : NULL};
  struct percuta_spread_request request = {.scenario = job->scenario,
                                           .record = job->rank == 0 ? &job->run->record : NULL};
  const double begin = percuta_base_clock();
  double *day = NULL;
  if (!percuta_scenario_is_alive(job->scenario))
    return PERCUTA_OK;
  PERCUTA_TRY(share_days(job, &request.rows, &day));
  request.day = day;
  job->spread = calloc(1, sizeof *job->spread);
  enum percuta_status status =
      percuta_numerics_deal_agree(&crew, job->spread ? PERCUTA_OK : PERCUTA_MEMORY);
  if (status == PERCUTA_OK)
    status = percuta_study_spread_follow(&request, &crew, job->diag, job->spread);
  status = percuta_numerics_deal_agree(&crew, status);
  free(day);
  if (status == PERCUTA_OK && job->run) {
    job->run->record.spread = job->spread;
    job->run->record.cost.wall_s += percuta_base_clock() - begin;
  }
  return status;
}

void percuta_engine_beside_clear(struct percuta_job *job) {
  if (job->spread)
    percuta_outcome_spread_clear(job->spread);
  free(job->spread);
  job->spread = NULL;
}
