/* What a person or a program sees while a run goes on, and asking it to stop. */
#ifndef PERCUTA_COURSE_PROGRESS_H
#define PERCUTA_COURSE_PROGRESS_H

#include "engine/engine.h"

struct percuta_progress;

enum percuta_status percuta_course_progress_create(enum percuta_progress_style style, double end,
                                                   struct percuta_progress **out);
void percuta_course_progress_destroy(
    struct percuta_progress **progress); /* accepts NULL; ends the line */

/* Shows simulated `time` [s], step size [s] and the work done; at most a few times a second unless
 * `force`. */
void percuta_course_progress_show(struct percuta_progress *progress, double time, double step,
                                  long steps, int force);

/* Wall clock [s]. */
double percuta_course_progress_clock(void);

/* From now on SIGINT and SIGTERM only set a flag; percuta_course_progress_stop_signal returns it, 0
 * if none came. A second one ends the program at once. */
void percuta_course_progress_catch_signals(void);
int percuta_course_progress_stop_signal(void);

/* From now on a file that would grow past the user's limit is an error of writing, not a signal. */
void percuta_course_progress_ignore_file_limit(void);

#endif
