/* What the scenario puts on the skin: numbing cream and what is applied after the needles. Internal
 * to course/. */
#ifndef PERCUTA_COURSE_APPLIED_H
#define PERCUTA_COURSE_APPLIED_H

#include "course/course.h"

/* Reads models and products; mistakes go to `diag`. Lengthens what `reseal` counts as covered by
 * the covers of these products. *out is owned by the caller: percuta_applied_clear. */
enum percuta_status percuta_applied_read(const struct percuta_scenario *scenario,
                                         struct percuta_diag *diag, struct percuta_reseal *reseal,
                                         struct percuta_applied *out);
void percuta_applied_clear(struct percuta_applied *products);

/* The cream, if there is one that goes on before the needles; into the result. */
enum percuta_status percuta_applied_before(struct percuta_course_run *run,
                                           struct percuta_diag *diag);
/* What goes on after the needles of `session`: a cream that comes last, then the topicals; into the
 * result. Collective at fidelity `patch`. */
enum percuta_status percuta_applied_after(struct percuta_course_run *run,
                                          const struct percuta_session_result *session,
                                          struct percuta_diag *diag);

#endif
