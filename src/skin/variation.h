/* How the thickness of the epidermis differs from spot to spot within a site: a Gaussian random
 * field, periodic on the patch, keyed by model.seed. Theory: docs/theory/skin.md. */
#ifndef PERCUTA_SKIN_VARIATION_H
#define PERCUTA_SKIN_VARIATION_H

#include "skin/skin.h"

struct percuta_variation; /* owns its waves */

/* Standard deviation and correlation length [m] of a field. */
struct percuta_variation_law {
  double deviation; /* of stratum corneum and viable epidermis together, within a site */
  double length;    /* l of the correlation exp(-r^2 / (2 l^2)) */
};

/* The law for this skin: the published share of the atlas's variance that lies within a site, 0
 * with model.patch.variation off. Mistakes in the data go to `diag`. */
enum percuta_status percuta_skin_variation_read(const struct percuta_scenario *scenario,
                                                const struct percuta_skin *skin,
                                                struct percuta_diag *diag,
                                                struct percuta_variation_law *out);

/* What of the atlas's standard deviation of a thickness of the epidermis is left between people:
 * sqrt(1 - share), 1 with model.patch.variation off. */
double percuta_skin_variation_between(const struct percuta_scenario *scenario);

/* A field on a periodic square of side `width` [m]. The mean over the square is 0:
 * the person's own thickness is the square's mean. Squares wider than 64 correlation lengths repeat
 * a smaller one. Release with percuta_skin_variation_destroy. */
enum percuta_status percuta_skin_variation_create(const struct percuta_variation_law *law,
                                                  double width, uint64_t seed,
                                                  struct percuta_variation **out);
void percuta_skin_variation_destroy(struct percuta_variation **variation); /* accepts NULL */

/* How much thicker [m] the epidermis is at (x, y) [m] than on average; negative where thinner. */
double percuta_skin_variation_shift(const struct percuta_variation *variation, double x, double y);

/* The closed form: covariance [m^2] of the field at two points (dx, dy) [m] apart; at (0, 0) its
 * variance, law.deviation^2 less what patches differ by among each other. */
double percuta_skin_variation_covariance(const struct percuta_variation *variation, double dx,
                                         double dy);

#endif
