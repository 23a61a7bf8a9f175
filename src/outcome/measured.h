/* Points that the user measured, beside what was computed. */
#ifndef PERCUTA_OUTCOME_MEASURED_H
#define PERCUTA_OUTCOME_MEASURED_H

#include "outcome/record.h"

/* How a product's points lie beside the curves of its first compound. */
struct percuta_measured_fit {
  int count;      /* of points that were followed */
  double rmse;    /* [kg/m^2] or, of fluxes, [kg/m^2/s]: root mean square of the residuals */
  double fold;    /* geometric mean of the larger over the smaller; NAN: none of both is above 0 */
  double bias;    /* geometric mean of computed over measured; NAN likewise */
  int within_two; /* points of which neither is more than twice the other */
  int spread, covered; /* points with a spread; those whose spread holds what was computed */
};

/* What was computed at a point of product `index` (of those after the needles), in its unit; NAN
 * where it was not followed. Between outputs linear; a flux is the mean since the output before. */
double percuta_outcome_measured_computed(const struct percuta_record *record, int index,
                                         const struct percuta_measured_point *point);

/* False when the product has no points, or none was followed. */
bool percuta_outcome_measured_fit(const struct percuta_record *record, int index,
                                  struct percuta_measured_fit *out);

/* One sentence about it, for whoever reads the screen. */
void percuta_outcome_measured_say(const struct percuta_record *record, int index,
                                  const struct percuta_measured_fit *fit, char *out, size_t size);

#endif
