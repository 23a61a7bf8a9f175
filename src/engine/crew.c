/* Two levels of progress: runs of the study, and the run that rank 0 is at.
 * Test: tests/cli/ranks.sh. */
#include "engine/crew.h"

static void show(struct percuta_engine_crew *crew) {
  percuta_engine_progress_show_study(crew->progress, &crew->shown);
}

static void count(void *context, int runs, int of) {
  struct percuta_engine_crew *crew = context;
  crew->shown.done = runs;
  crew->shown.count = of;
  crew->shown.time = 0;
  show(crew);
}

static void follow(void *context, double time, double end) {
  struct percuta_engine_crew *crew = context;
  crew->shown.time = time;
  crew->shown.end = end;
  show(crew);
}

enum percuta_status percuta_engine_crew_init(bool quiet, struct percuta_engine_crew *out) {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  *out = (struct percuta_engine_crew){.crew = {.comm = MPI_COMM_WORLD}, .speaks = rank == 0};
  if (rank != 0 || quiet)
    return PERCUTA_OK;
  out->crew.context = out;
  out->crew.done = count;
  out->crew.within = follow;
  return percuta_engine_progress_create(PERCUTA_PROGRESS_LINE, 0, &out->progress);
}

void percuta_engine_crew_begin(struct percuta_engine_crew *crew, const char *what) {
  crew->shown = (struct percuta_progress_study){.what = what};
  if (crew->progress)
    percuta_engine_progress_clear(crew->progress);
}

void percuta_engine_crew_clear(struct percuta_engine_crew *crew) {
  percuta_engine_progress_destroy(&crew->progress);
  crew->crew.done = NULL;
  crew->crew.within = NULL;
}
