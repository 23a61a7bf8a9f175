/* When a session is over that ends with what is seen on the skin. */
#ifndef PERCUTA_COURSE_ENDPOINT_H
#define PERCUTA_COURSE_ENDPOINT_H

#include "base/diag.h"
#include "scenario/scenario.h"

/* How often each direction is gone over until blood appears at the surface, from 1 to the session's
 * repeat, which it is also where none appears. */
enum percuta_status percuta_course_endpoint_find(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag, int *out);

#endif
