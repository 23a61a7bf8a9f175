/* How red skin is after a session and how long that is seen. Theory: docs/theory/redness.md. */
#ifndef PERCUTA_OUTCOME_REDNESS_H
#define PERCUTA_OUTCOME_REDNESS_H

#include "insertion/channel.h"
#include "outcome/colour.h"
#include "skin/skin.h"

/* A value with the ends of its range. */
struct percuta_redness_range {
  double value, low, high;
};

struct percuta_redness_law {
  double flare_gain, flare_time, flare_reach;                          /* 1, [s], [m] */
  double inflammation_gain, inflammation_peak, inflammation_half_time; /* 1, [s], [s] */
  struct percuta_redness_range inflammation_reach;                     /* [m] */
  double just_visible;                                                 /* of CIE a* */
  double person_spread, melanin_spread; /* of logarithms, between people */
  double melanin;                       /* of this person's phototype */
  double blood_share, saturation;
  struct percuta_colour_law colour;
};

/* Of one session. */
struct percuta_redness {
  double inflamed;          /* share of the skin */
  double flare;             /* share of the skin in the flare of a needle */
  double index_day, a_day;  /* rise of the index of erythema and of CIE a* after a day */
  double ita;               /* [deg] typology angle of the skin at rest */
  double median, low, high; /* [s] until it is no longer seen; 10th and 90th percentile */
};

enum percuta_status percuta_outcome_redness_read(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_redness_law *out);

/* Blood that is added over that at rest, `since` [s] after needles that inflame and flare these
 * shares of the skin. */
double percuta_outcome_redness_blood(const struct percuta_redness_law *law, double inflamed,
                                     double flare, double since);

/* Share of the skin within `reach` [m] of cuts that go down into the red layer, from the junction
 * to the upper plexus, on a square of `width` [m]; a cut counts by how much of that layer it goes
 * through. */
double percuta_outcome_redness_reached(const struct percuta_skin *skin,
                                       const struct percuta_channels *channels, double width,
                                       double reach);

/* [s] until skin with these shares no longer looks redder by `just_visible`. */
double percuta_outcome_redness_seen(const struct percuta_redness_law *law,
                                    const struct percuta_skin *skin, double inflamed, double flare);

/* The redness of a session with these channels on a square of `width` [m]. */
struct percuta_redness percuta_outcome_redness_compute(const struct percuta_redness_law *law,
                                                       const struct percuta_skin *skin,
                                                       const struct percuta_channels *channels,
                                                       double width);

#endif
