/* Solves of backward Euler steps in columns of boxes (spread.h). Arrays have the width `own`. */
#ifndef PERCUTA_PERMEATION_BOXES_H
#define PERCUTA_PERMEATION_BOXES_H

#include "permeation/spread.h"

struct percuta_boxes;
struct percuta_boxes_step; /* the matrix of a step, factored by columns */

/* `spread` is borrowed until destroy; `face`, nz + 1 depths [m], for the call. Collective, as are
 * all that follow. */
PetscErrorCode percuta_permeation_boxes_create(const struct percuta_spread *spread, double width_x,
                                               double width_y, const double *face,
                                               struct percuta_boxes **out);
PetscErrorCode percuta_permeation_boxes_destroy(struct percuta_boxes **boxes); /* accepts NULL */

/* Sets the links from what each box conducts [m^2/s]. */
PetscErrorCode percuta_permeation_boxes_link(struct percuta_boxes *boxes, const double *conduct);

/* The matrix diag(sum) + step L of the boxes as they are linked now, `sum` [m] being what a row of
 * it comes to. `into` from an earlier call is used again; NULL makes a new one. */
PetscErrorCode percuta_permeation_boxes_factor(const struct percuta_boxes *boxes, double step,
                                               const double *sum, struct percuta_boxes_step **into);
PetscErrorCode percuta_permeation_boxes_step_destroy(struct percuta_boxes_step **step);

/* Solves for `left`, which holds a guess, until what is wrong is `tolerance` of the whole, in the
 * norm of the matrix. *iterations: how many were needed, negative if they did not end. */
PetscErrorCode percuta_permeation_boxes_solve(struct percuta_boxes *boxes,
                                              const struct percuta_boxes_step *step,
                                              double tolerance, const double *right, double *left,
                                              int *iterations);

#endif
