/* A run never hands on what is not a number: it fails, and says which value it was. Internal to
 * course/. */
#ifndef PERCUTA_COURSE_SOUND_H
#define PERCUTA_COURSE_SOUND_H

#include "course/run.h"

/* PERCUTA_NUMERICS, with words in run->failure, when a column of a row of the timeline, of a
 * session's channels, or of what is on the skin in it is not finite. */
enum percuta_status percuta_course_sound_row(struct percuta_run *run,
                                             const struct percuta_timeline_row *row);
enum percuta_status percuta_course_sound_session(struct percuta_run *run,
                                                 const struct percuta_session_record *session);

#endif
