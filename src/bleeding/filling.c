/* Mean filling of a cut of volume V over independent Poisson numbers n_k of vessels that shed s_k:
 *   share = 1 - E[max(0, V - sum n_k s_k)] / V,   overflows = 1 - P(sum n_k s_k <= V)
 * summed over the n_k whose blood the cut holds.
 * Theory: docs/theory/bleeding.md. Test: tests/unit/test_vessels.c. */
#include "bleeding/filling.h"

#include <math.h>

static const double NEGLIGIBLE = 1e-18; /* probability */

/* Expected room that stays empty, and probability that the blood fits. */
struct rest {
  double empty, fits;
};

/* Only numbers of vessels whose blood fits are summed over, so the sum is finite. */
static struct rest rest_of(const double *hits, const double *shed, size_t kinds, double room) {
  if (kinds == 0)
    return (struct rest){.empty = room, .fits = 1};
  if (!(shed[0] > 0))
    return rest_of(hits + 1, shed + 1, kinds - 1, room);
  struct rest sum = {0};
  double probability = exp(-hits[0]);
  for (double n = 0; n * shed[0] <= room; n++) {
    if (n > hits[0] && probability < NEGLIGIBLE)
      break;
    struct rest others = rest_of(hits + 1, shed + 1, kinds - 1, room - n * shed[0]);
    sum.empty += probability * others.empty;
    sum.fits += probability * others.fits;
    probability *= hits[0] / (n + 1);
  }
  return sum;
}

struct percuta_filling percuta_bleeding_filling_expected(const double *hits, const double *shed,
                                                         size_t kinds, double cut) {
  struct rest rest = rest_of(hits, shed, kinds, cut);
  return (struct percuta_filling){.share = fmax(0, 1 - rest.empty / cut),
                                  .overflows = fmax(0, 1 - rest.fits)};
}
