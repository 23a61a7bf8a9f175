/* What a person or a program sees while a run goes on. Internal to engine/. */
#ifndef PERCUTA_ENGINE_PROGRESS_H
#define PERCUTA_ENGINE_PROGRESS_H

#include "engine/engine.h"

struct percuta_progress;

enum percuta_status percuta_engine_progress_create(enum percuta_progress_style style, double end,
                                                   struct percuta_progress **out);
void percuta_engine_progress_destroy(
    struct percuta_progress **progress); /* accepts NULL; ends the line */

/* Shows simulated `time` [s], step size [s] and the work done; at most a few times a second. */
void percuta_engine_progress_show(struct percuta_progress *progress, double time, double step,
                                  long steps);

/* Takes away what stands on the line, before something else is written to the terminal. */
void percuta_engine_progress_clear(struct percuta_progress *progress);

/* Shows, in a study, how many of how many runs of `what` are done and how far this process's own
 * is: at time [s] of `end`, 0 when it has just begun. At most a few times a second. */
struct percuta_progress_study {
  const char *what;
  int done, count;
  double time, end;
};
void percuta_engine_progress_show_study(struct percuta_progress *progress,
                                        const struct percuta_progress_study *study);

#endif
