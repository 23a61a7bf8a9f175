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
  double pain_low;              /* at the ends of the ranges of the law's exponents */
  double pain_high;
  bool pain_outside;  /* needles shorter, longer or more at a time than in the study */
  bool numbed;        /* skin was numb when the needles came: the next three are set */
  double pain_numbed; /* what is left of `pain`, on its scale */
  double pain_numbed_low, pain_numbed_high;
  double vas;        /* `pain` from 0, none, to 10, the worst that can be thought of; anchored on a
                        published session under cream; NAN: not known */
  double vas_numbed; /* the same of `pain_numbed`; NAN: not known, or not numbed */
  double vas_low, vas_high, vas_numbed_low, vas_numbed_high; /* over the ranges; NAN likewise */
  double left, left_low,
      left_high; /* share of the nerves reached that cream and injection leave unblocked,
                    and at the ends of the range of its level; when numbed */
};

/* The comfort of a session with these channels in this skin, under a cream that was followed until
 * the needles came, and after an injection; both may be NULL or unused. */
struct percuta_comfort percuta_outcome_comfort_compute(const struct percuta_outcome_law *law,
                                                       const struct percuta_skin *skin,
                                                       const struct percuta_device *device,
                                                       const struct percuta_channels *channels,
                                                       const struct percuta_numbing *numbing,
                                                       const struct percuta_injection *injection);

/* Pain of `count` needles of `length` [m] at a time in skin that is `skin` [m] deep over that of
 * one needle of the reference length, at the values of the table: N(length)/N(reference length)
 * count^q; 0 without needles. */
double percuta_outcome_comfort_pain(const struct percuta_outcome_law *law, double skin,
                                    double length, double count);

/* Pain x on a scale that has no end, told on the one from 0 to 10: 10 x / (10 + x). */
double percuta_outcome_comfort_rated(double pain);

#endif
