/* Pain of needling, by published relations. Theory: docs/theory/outcome.md. */
#ifndef PERCUTA_OUTCOME_COMFORT_H
#define PERCUTA_OUTCOME_COMFORT_H

#include "insertion/channel.h"
#include "outcome/law.h"
#include "transport/numbing.h"

struct percuta_comfort {
  bool known;  /* false when no needle went in: nothing below is set then */
  double pain; /* of one application without numbing; 1 = one needle of the reference length */
  double pain_reference_length; /* [m] the shortest studied */
  double pain_low;              /* at the ends of the ranges of the law's values */
  double pain_high;
  bool pain_outside;  /* needles shorter, longer or more at a time than in the study */
  bool numbed;        /* skin was numb when the needles came: the next three are set */
  double pain_numbed; /* what is left of `pain`, on its scale */
  double pain_numbed_low, pain_numbed_high;
  double vas;        /* `pain` from 0, none, to 10, the worst that can be thought of; anchored on a
                        published session under cream; NAN: not known */
  double vas_numbed; /* the same of `pain_numbed`; NAN: not known, or not numbed */
  double vas_low, vas_high, vas_numbed_low, vas_numbed_high; /* over the ranges; NAN likewise */
  double left, left_low, left_high; /* share of the pain that the cream leaves, for the numb depth
                                       and the ends of its interval; when numbed */
};

/* The comfort of a session with these channels, under a cream that was followed until the needles
 * came; `numbing` may be NULL or unused. */
struct percuta_comfort percuta_outcome_comfort_compute(const struct percuta_outcome_law *law,
                                                       const struct percuta_device *device,
                                                       const struct percuta_channels *channels,
                                                       const struct percuta_numbing *numbing);

/* Share of the pain of a needle of `length` [m] that is left where skin is numb down to `numb` [m]:
 * it is felt as one shorter by that, ((length - numb) / length)^p. */
double percuta_outcome_comfort_left(double length, double numb, double length_exponent);

/* Pain of `count` needles of `length` [m] at a time over that of one needle of the reference
 * length, at the values of the table: (length / reference length)^p count^q. */
double percuta_outcome_comfort_pain(const struct percuta_outcome_law *law, double length,
                                    double count);

#endif
