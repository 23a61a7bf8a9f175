/* From channels to blood: vessels cut, blood shed, clot. */
#ifndef PERCUTA_BLEEDING_BLEEDING_H
#define PERCUTA_BLEEDING_BLEEDING_H

#include "bleeding/bed.h"
#include "insertion/channel.h"

/* One channel: as it went where vessels are drawn, expectations elsewhere. */
struct percuta_bleed {
  double hits[PERCUTA_VESSELS]; /* vessels cut, by kind */
  double bleed_probability;     /* that at least one is cut; 0 or 1 where they are drawn */
  double shed_volume;           /* [m^3] blood shed until plugging */
  double
      clot_fill; /* fraction of the open track and the torn tissue that blood fills and clots in */
};

/* Middle nine tenths of the draws of skin, vessels, blood and depth; NAN where none were made. */
struct percuta_bleeding_spread {
  double bleeding_low, bleeding_high; /* share of the new punctures that cut a vessel */
  double shed_low, shed_high;         /* [m] = m^3 of blood per m^2 of skin */
};

/* Sums over a session. */
struct percuta_bleeding {
  struct percuta_bleed *item; /* owned; one per channel; zeros where nothing was opened */
  size_t count;
  enum percuta_vessels_drawn vessels;
  double shed[PERCUTA_VESSELS];      /* [m^3] by one cut vessel of each kind, beside the others */
  double channels_bleeding;          /* number; expected where vessels are not drawn */
  double channels_bleeding_expected; /* over all draws of vessels */
  double channels_overflowing;       /* that shed more than this holds, as channels_bleeding */
  double shed_volume;                /* [m^3] */
  double shed_per_area;              /* [m] = m^3 of blood per m^2 of skin */
  double shed_per_area_expected;     /* over all draws of vessels */
  double demand;                     /* [m/s] what the cut vessels would shed if each were alone */
  double fed_share; /* of that, what they do shed until plugged; 1 when none is cut */
  struct percuta_bleeding_spread spread;
  double plug_time;       /* [s] until vessels are plugged */
  double clot_volume;     /* [m^3] */
  bool pinpoint_bleeding; /* blood reaches the surface in at least one channel */
};

/* Whether `scenario` draws vessels: in a patch, unless told otherwise. */
enum percuta_vessels_drawn percuta_bleeding_vessels(const struct percuta_scenario *scenario);

/* `vessels` need not be what the scenario says, `seed` is that of those that are drawn; `width` [m]
 * is the side of the square that the channels were laid on. Release with percuta_bleeding_clear. */
enum percuta_status percuta_bleeding_compute(const struct percuta_bed *bed,
                                             const struct percuta_channels *channels, double width,
                                             enum percuta_vessels_drawn vessels, uint64_t seed,
                                             struct percuta_bleeding *out);

/* Expected vessels of each kind that `channel` cuts, and the probability that it cuts any. */
double percuta_bleeding_expect(const struct percuta_bed *bed, const struct percuta_channel *channel,
                               double hits[PERCUTA_VESSELS]);
void percuta_bleeding_clear(struct percuta_bleeding *bleeding);

#endif
