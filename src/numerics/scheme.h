/* The coefficients of the Rosenbrock-W method of numerics/stepper.h. */
#ifndef PERCUTA_NUMERICS_SCHEME_H
#define PERCUTA_NUMERICS_SCHEME_H

enum { PERCUTA_SCHEME_STAGES = 4 };

/* In the stages' transformed unknowns y, a step of size h from u solves, for each stage i,
 *   (1/(gamma h) I - J) y_i = f(t + when_i h, z_i) + sum_{j<i} history_ij y_j / h,
 *   z_i = u + sum_{j<i} state_ij y_j
 * and ends at the last z + the last y, the method being stiffly accurate. */
struct percuta_scheme {
  double gamma;
  double when[PERCUTA_SCHEME_STAGES];
  double state[PERCUTA_SCHEME_STAGES][PERCUTA_SCHEME_STAGES];
  double history[PERCUTA_SCHEME_STAGES][PERCUTA_SCHEME_STAGES];
  double error[PERCUTA_SCHEME_STAGES]; /* the new state less the embedded one is sum error_i y_i */
  /* u(t + theta h) = u + sum (between_i0 theta + between_i1 theta^2) y_i, of order two */
  double between[PERCUTA_SCHEME_STAGES][2];
};

/* ra34pw2 of Rang & Angermann 2005. */
void percuta_numerics_scheme_set(struct percuta_scheme *out);

#endif
