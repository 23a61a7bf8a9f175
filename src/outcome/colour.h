/* The colour of skin with more or less blood in it, by three bands of light. Theory:
 * docs/theory/redness.md. */
#ifndef PERCUTA_OUTCOME_COLOUR_H
#define PERCUTA_OUTCOME_COLOUR_H

#include "scenario/scenario.h"

enum percuta_light { PERCUTA_BLUE, PERCUTA_GREEN, PERCUTA_RED, PERCUTA_BANDS };

/* [1/m] what each band meets. */
struct percuta_colour_law {
  double oxygenated[PERCUTA_BANDS], deoxygenated[PERCUTA_BANDS]; /* absorption of blood */
  double melanin[PERCUTA_BANDS];                                 /* absorption of melanosomes */
  double baseline[PERCUTA_BANDS];   /* absorption of the rest of skin */
  double scattering[PERCUTA_BANDS]; /* reduced, of the dermis */
};

/* What is in the skin. */
struct percuta_pigments {
  double epidermis;  /* [m] its thickness */
  double melanin;    /* melanosomes by volume of the epidermis */
  double blood;      /* blood by volume of the dermis */
  double saturation; /* of it with oxygen */
};

/* Colour as CIE L*, a*, b*, typology angle [deg], and index of erythema 100 log10(red/green), which
 * melanin shifts but whose rise by blood it leaves alone. */
struct percuta_colour {
  double lightness, a, b, ita, erythema;
};

enum percuta_status percuta_outcome_colour_read(const struct percuta_scenario *scenario,
                                                struct percuta_diag *diag,
                                                struct percuta_colour_law *out);

struct percuta_colour percuta_outcome_colour_of(const struct percuta_colour_law *law,
                                                const struct percuta_pigments *pigments);

#endif
