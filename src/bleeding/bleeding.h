/* From channels to blood: vessels hit (stochastic geometry), blood shed, clot. */
#ifndef PERCUTA_BLEEDING_BLEEDING_H
#define PERCUTA_BLEEDING_BLEEDING_H

#include "insertion/channel.h"

/* Expectations for one channel. */
struct percuta_bleed {
  double loop_hits;         /* expected capillary loops cut */
  double plexus_hits;       /* expected vessels of the upper plexus cut */
  double bleed_probability; /* that at least one vessel is cut */
  double shed_volume;       /* [m^3] expected blood shed until plugging */
  double clot_fill;         /* fraction of the in-place cut that blood fills and clots in, 0..1 */
};

/* Sums over a session. */
struct percuta_bleeding {
  struct percuta_bleed *item; /* owned; one per channel; zeros where nothing was opened */
  size_t count;
  double channels_bleeding; /* expected number */
  double shed_volume;       /* [m^3] */
  double shed_per_area;     /* [m] = m^3 of blood per m^2 of skin */
  double clot_volume;       /* [m^3] */
  bool pinpoint_bleeding;   /* blood reaches the surface somewhere: shed more than a cut holds */
};

enum percuta_status percuta_bleeding_compute(const struct percuta_scenario *scenario,
                                             const struct percuta_skin *skin,
                                             const struct percuta_channels *channels, double width,
                                             struct percuta_diag *diag,
                                             struct percuta_bleeding *out);
/* Lets every cut vessel bleed `factor` times as long until it is plugged: more blood is shed and
 * fills more of the cuts. 1 changes nothing. `width` [m] as above. */
void percuta_bleeding_prolong(const struct percuta_channels *channels, double width, double factor,
                              struct percuta_bleeding *bleeding);
void percuta_bleeding_clear(struct percuta_bleeding *bleeding);

#endif
