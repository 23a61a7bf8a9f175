/* When things happen: outputs, kept fields, sessions. Pure functions of time. */
#ifndef PERCUTA_COURSE_CALENDAR_H
#define PERCUTA_COURSE_CALENDAR_H

#include <stdbool.h>

/* The next output time [s] after `now`, counted from the last session at `session`: often at first,
 * weekly later on; daily while a session is waiting for the skin to heal. */
double percuta_course_calendar_next_output(double now, double session, bool waiting);

/* The times at which fields are kept [s]: days 0, 1, 7, 30, 90, 180, 365 and the end. Returns how
 * many of them there are up to `end`; `times` has room for PERCUTA_CALENDAR_SNAPSHOTS. */
#define PERCUTA_CALENDAR_SNAPSHOTS 8
int percuta_course_calendar_snapshots(double end, double *times);

#endif
