/* The balance of a needle is solved for every draw of the parameters; quantiles are those of the
 * draws. Theory: docs/theory/insertion.md. Test: tests/unit/test_insertion.c. */
#include "insertion/uncertainty.h"

#include <math.h>
#include <stdlib.h>

static const double LOW = 0.05, HIGH = 0.95;

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

/* Quantile of sorted draws; 0 of none. */
static double quantile(const double *sorted, int count, double share) {
  if (count == 0)
    return 0;
  const double at = share * (count - 1);
  const int below = (int)fmin(at, count - 2 > 0 ? count - 2 : 0);
  const int above = below + 1 < count ? below + 1 : below;
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

/* The ends of the middle 90 %, sorting them. */
static void ends_of(double *draws, int count, double *low, double *high) {
  qsort(draws, (size_t)count, sizeof *draws, compare);
  *low = quantile(draws, count, LOW);
  *high = quantile(draws, count, HIGH);
}

struct percuta_uncertainty
percuta_insertion_uncertainty_compute(const struct percuta_ensemble *ensemble,
                                      const struct percuta_needle *needle,
                                      const struct percuta_hand *hand) {
  double depth[PERCUTA_DRAWS], residual[PERCUTA_DRAWS], bearing[PERCUTA_DRAWS];
  double opening[PERCUTA_DRAWS], width[PERCUTA_DRAWS];
  int in = 0;
  for (int k = 0; k < ensemble->count; k++) {
    const struct percuta_puncture_law *law = &ensemble->law[k];
    const struct percuta_contact *contact = &ensemble->contact[k];
    bearing[k] = percuta_insertion_puncture_bearing(law, needle, contact, hand);
    opening[k] = percuta_insertion_puncture_opening(law, contact, needle);
    if (!percuta_insertion_puncture_enters(law, needle, contact, hand))
      continue;
    depth[in] = percuta_insertion_puncture_solve(law, needle, contact, hand).depth;
    residual[in] = fmin(depth[in], law->open_depth);
    width[in] = 2 * law->open_width * percuta_insertion_puncture_needle_radius(needle, depth[in]);
    in++;
  }
  struct percuta_uncertainty out = {.breaks_share = (double)in / ensemble->count};
  ends_of(depth, in, &out.depth_low, &out.depth_high);
  ends_of(residual, in, &out.residual_low, &out.residual_high);
  ends_of(width, in, &out.width_low, &out.width_high);
  ends_of(bearing, ensemble->count, &out.bearing_low, &out.bearing_high);
  ends_of(opening, ensemble->count, &out.opening_low, &out.opening_high);
  return out;
}

double percuta_insertion_uncertainty_chance(const struct percuta_ensemble *ensemble,
                                            const struct percuta_needle *needle,
                                            const struct percuta_hand *hand) {
  int in = 0;
  for (int k = 0; k < ensemble->count; k++)
    in += percuta_insertion_puncture_enters(&ensemble->law[k], needle, &ensemble->contact[k], hand);
  return (double)in / ensemble->count;
}
