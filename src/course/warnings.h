/* Warnings of a run that has ended. Internal to course/. */
#ifndef PERCUTA_COURSE_WARNINGS_H
#define PERCUTA_COURSE_WARNINGS_H

#include "course/run.h"

/* Adds them all to run->record. Mistakes in the data go to run->diag. */
enum percuta_status percuta_course_warnings_add(struct percuta_run *run);

#endif
