/* Response surfaces: what a model answers, as a quadratic function of parameters that are standard
 * normal before anything is known. In Hermite polynomials, which are orthogonal then, so that the
 * coefficients also tell how the answer's variance is shared among parameters. */
#ifndef PERCUTA_INFERENCE_SURFACE_H
#define PERCUTA_INFERENCE_SURFACE_H

#include <stdbool.h>

#include "base/status.h"

/* One answer of the model. */
struct percuta_surface {
  double *coefficient; /* owned; of the terms, in their order */
  double error;        /* standard deviation of errors at points left out of the fit */
  double ridge;        /* the penalty with which that is least */
};

/* All answers of a model over the same points. */
struct percuta_surfaces {
  int dims, answers;
  int terms;
  bool mixed;                      /* products of two parameters are terms */
  struct percuta_surface *surface; /* owned array */
};

/* Fits `answers` surfaces to `count` points: point[i * dims + d], answer[i * answers + a]. Terms
 * are a constant, every parameter, its square, and, where there are at least twice as many points
 * as then terms, all products of two. What cannot be told apart is left near zero (ridge
 * regression; the penalty is the one with the least leave-one-out error). Release with
 * percuta_inference_surface_clear, also when it fails.
 * Sources: Hoerl & Kennard 1970, Technometrics 12:55; Allen 1974, Technometrics 16:125. */
enum percuta_status percuta_inference_surface_fit(int dims, int answers, int count,
                                                  const double *point, const double *answer,
                                                  struct percuta_surfaces *out);
void percuta_inference_surface_clear(struct percuta_surfaces *surfaces);

/* What all surfaces answer at a point. `term` has room for `terms` numbers. */
void percuta_inference_surface_at(const struct percuta_surfaces *surfaces, const double *point,
                                  double *term, double *answer);

/* Share of an answer's variance that goes when parameter `d` becomes known last: its index of total
 * effect. 0 when the answer does not vary. Source: Sudret 2008, Reliab Eng Syst Saf 93:964. */
double percuta_inference_surface_total_effect(const struct percuta_surfaces *surfaces, int answer,
                                              int d);

#endif
