/* A quantity between two steps of a solver, as the cubic through its values and slopes. */
#ifndef PERCUTA_CLOT_CURVE_H
#define PERCUTA_CLOT_CURVE_H

#include <stdbool.h>

struct percuta_curve {
  double start, end; /* [s] start < end */
  double value[2];   /* at start and end */
  double slope[2];   /* per second, there */
};

double percuta_clot_curve_value(const struct percuta_curve *curve, double time);
double percuta_clot_curve_slope(const struct percuta_curve *curve, double time);

/* Whether the curve rises from below `level` at its start to at least it at its end; *time is then
 * when it gets there. */
bool percuta_clot_curve_reaches(const struct percuta_curve *curve, double level, double *time);

/* Whether the curve rises at its start and no longer at its end; *time is then its highest point.
 */
bool percuta_clot_curve_peaks(const struct percuta_curve *curve, double *time);

#endif
