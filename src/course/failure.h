/* What went wrong in a run, in words a user can act on, for whoever runs it to show. Internal to
 * course/ and engine/. */
#ifndef PERCUTA_COURSE_FAILURE_H
#define PERCUTA_COURSE_FAILURE_H

#include "course/run.h"

/* Notes in run->failure that `file` of `folder` ("" for the folder itself) could not be written,
 * for the errno `reason` (0: not known), if nothing is noted yet; says PERCUTA_IO. */
enum percuta_status percuta_course_failure_file(struct percuta_run *run, const char *folder,
                                                const char *file, int reason);

/* Notes from when on no step was found, what was tried, and which field did what in which layer and
 * cell; `why` as the stepper says. */
void percuta_course_failure_step(struct percuta_run *run, const char *why);

#endif
