/* What is kept of a run as it goes: timeline rows, the verdict "healed", warnings. Internal. */
#ifndef PERCUTA_COURSE_RECORD_H
#define PERCUTA_COURSE_RECORD_H

#include "course/run.h"

/* Empty books of a run whose plan is made; and what they own released. */
enum percuta_status percuta_course_record_open(struct percuta_run *run);
void percuta_course_record_clear(struct percuta_record *record);

/* Adds a row for the present state, notes when the last session has healed and tells the reporter.
 * Collective. */
enum percuta_status percuta_course_record_row(struct percuta_run *run);

/* Adds the rows that were due within the step just taken, or at its end where that is no stop.
 * Collective. */
enum percuta_status percuta_course_record_rows_between(struct percuta_run *run);

/* Whether the newest row says that the skin has healed. */
bool percuta_course_record_healed(const struct percuta_run *run);

/* Fills the columns of mechanics in all rows: they follow from the others, from the first row on.
 * Not collective. */
enum percuta_status percuta_course_record_mechanics(struct percuta_run *run);

#endif
