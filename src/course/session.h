/* One session: from the strikes to the injury in the state. Internal to course/. */
#ifndef PERCUTA_COURSE_SESSION_H
#define PERCUTA_COURSE_SESSION_H

#include "course/run.h"

/* Computes session `index` (from 0): strikes, channels, bleeding, and the injury on this rank. The
 * same on every rank and every time. Fills run->record.session[index]; the caller clears *injury.
 */
enum percuta_status percuta_course_session_compute(struct percuta_run *run, int index,
                                                   struct percuta_injury *injury);

/* Gives the session now: cuts the state, and at the first one settles over which depths averages
 * are taken and what they are at rest. Collective. */
enum percuta_status percuta_course_session_give(struct percuta_run *run, int index);

#endif
