/* All fields as they were at the days of the calendar: in files of the run's folder, so that a
 * killed run loses nothing, or in memory. Internal to course/ and engine/. */
#ifndef PERCUTA_COURSE_KEEP_H
#define PERCUTA_COURSE_KEEP_H

#include "course/run.h"

/* Keeps the fields of the present state as the next ones. Collective. */
enum percuta_status percuta_course_keep_fields(struct percuta_run *run);

/* Reads the fields kept as number `number` (from 0): `value` has room for as many floats as the
 * grid has cells for every field of the layout, field by field, x fastest, then y, then z. Rank 0
 * only. */
enum percuta_status percuta_course_keep_read(const struct percuta_run *run, int number,
                                             float *value);

/* Puts all that are kept into another folder, as result/snapshot.c lays them. Rank 0 only. */
enum percuta_status percuta_course_keep_copy(const struct percuta_run *run, const char *folder);

/* Removes them from a folder. */
void percuta_course_keep_remove(const char *folder);

#endif
