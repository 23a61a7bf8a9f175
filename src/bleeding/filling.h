/* How far the blood of a Poisson number of cut vessels fills a cut. */
#ifndef PERCUTA_BLEEDING_FILLING_H
#define PERCUTA_BLEEDING_FILLING_H

#include <stddef.h>

struct percuta_filling {
  double share;     /* of the cut that blood fills, 0..1 */
  double overflows; /* probability that more is shed than the cut holds */
};

/* Expected over independent Poisson numbers of cut vessels of `kinds` kinds, with means `hits`,
 * each vessel shedding shed[kind] [m^3] into a cut of volume `cut` > 0 [m^3]. */
struct percuta_filling percuta_bleeding_filling_expected(const double *hits, const double *shed,
                                                         size_t kinds, double cut);

#endif
