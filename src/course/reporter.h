/* What a run tells whoever started it while it goes on: the only way in which course/ speaks. */
#ifndef PERCUTA_COURSE_REPORTER_H
#define PERCUTA_COURSE_REPORTER_H

#include "base/status.h"

struct percuta_run;

/* Any of the functions may be NULL, then on all ranks of the run. */
struct percuta_reporter {
  void *context; /* borrowed; handed to each of them */
  /* After every step, on every rank. */
  void (*step)(void *context, const struct percuta_run *run);
  /* After every new row of the timeline, on every rank. What is not PERCUTA_OK on one of them ends
   * the advance on all. */
  enum percuta_status (*row)(void *context, const struct percuta_run *run);
  /* Between two steps, but never between the time of an event and the event: when to save a
   * checkpoint, or to stop by returning what is not PERCUTA_OK. Collective: all ranks must return
   * the same. */
  enum percuta_status (*between)(void *context, struct percuta_run *run);
  /* Something that a user should know, in a sentence; on rank 0. */
  void (*notice)(void *context, const char *sentence);
};

#endif
