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

#endif
