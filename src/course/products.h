/* What the scenario puts on the skin: numbing cream and what is put on after them. Internal
 * to course/. */
#ifndef PERCUTA_COURSE_PRODUCTS_H
#define PERCUTA_COURSE_PRODUCTS_H

#include "course/run.h"

/* Reads models and products; mistakes go to `diag`. Lengthens what `reseal` counts as covered by
 * the covers of these products. *out is owned by the caller: percuta_course_products_clear. */
enum percuta_status percuta_course_products_read(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_reseal *reseal,
                                                 struct percuta_course_products *out);
void percuta_course_products_clear(struct percuta_course_products *products);

/* [m] Thickness of the piece of skin in a diffusion cell; 0 of living skin. */
double percuta_course_products_piece(const struct percuta_run_plan *plan);

/* The cream, if there is one that goes on before the needles; into the result. */
enum percuta_status percuta_course_products_before(struct percuta_run *run);
/* What goes on after the needles of `session`: a cream that comes last, then the other products;
 * into the result. Collective at fidelity `patch`. */
enum percuta_status percuta_course_products_after(struct percuta_run *run,
                                                  const struct percuta_session_record *session,
                                                  int index);

#endif
