/* What is kept of a run as it goes: timeline rows, fields, the verdict "healed". Internal. */
#ifndef PERCUTA_COURSE_RECORD_H
#define PERCUTA_COURSE_RECORD_H

#include "course/run.h"

/* Adds a row for the present state and notes when the last session has healed. Collective. */
PetscErrorCode percuta_course_record_row(struct percuta_course_run *run,
                                         enum percuta_status *status);

/* Keeps all fields of the present state as the next snapshot. Collective. */
PetscErrorCode percuta_course_record_snapshot(struct percuta_course_run *run,
                                              enum percuta_status *status);

/* Whether the newest row says that the skin has healed. */
bool percuta_course_record_healed(const struct percuta_course_run *run);

/* Fills the columns of mechanics in all rows: they follow from the others, from the first row on.
 */
enum percuta_status percuta_course_record_mechanics(struct percuta_course_run *run);

#endif
