/* Looking at a run between steps: its newest row, a column of its timeline, a field. Beyond these,
 * run->record is the books, from which outcomes are read. */
#ifndef PERCUTA_COURSE_LOOK_H
#define PERCUTA_COURSE_LOOK_H

#include "course/run.h"

/* How many rows the timeline has by now, and the newest (borrowed until the next advance), NULL
 * before the first session. The same on every rank; not collective. */
size_t percuta_course_look_rows(const struct percuta_run *run);
const struct percuta_timeline_row *percuta_course_look_newest(const struct percuta_run *run);

/* The column called `name` (PERCUTA_COLUMN_LIST) of all rows, in its unit, into the caller's array
 * of as many doubles. PERCUTA_BAD_INPUT for a name that there is not, or whose part of the model is
 * off. The same on every rank; not collective. */
enum percuta_status percuta_course_look_column(const struct percuta_run *run, const char *name,
                                               double *value);

/* The field called `name` (healing/fields.def) as it is now, on rank 0: in the order x, y, z with x
 * fastest, as many doubles as the grid has cells; `value` is not used on the other ranks.
 * Collective. PERCUTA_BAD_INPUT as above. */
enum percuta_status percuta_course_look_field(const struct percuta_run *run, const char *name,
                                              double *value);

/* The same as it was kept number `number` (from 0) at run->record.snapshot_time[number], with the
 * digits of a float. PERCUTA_BAD_INPUT for one that was not kept. */
enum percuta_status percuta_course_look_kept(const struct percuta_run *run, const char *name,
                                             int number, double *value);

#endif
