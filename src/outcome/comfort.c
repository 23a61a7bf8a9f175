/* Pain of n needles of length L at a time over that of one of L_0, N being the nerves that a needle
 * reaches (transport/nerves.h); what a cream leaves of it; and the scale from 0 to 10, which no
 * pain leaves:
 *   pain = N(L)/N(L_0) n^q,   left = felt(L)/N(L),   vas = 10 x/(10 + x),   x = vas_0 site pain
 * left The interval of x: its factors taken as independent, in the logarithm. Theory:
 * docs/theory/numbing.md, outcome.md. Tests: tests/unit/test_comfort.c, test_numbing_rows.c. */
#include "outcome/comfort.h"

#include <math.h>

static const double WORST_PAIN = 10; /* end of the visual analogue scale */

/* What a number may be lower and higher by, in its logarithm. */
struct spread {
  double below, above; /* sums of squares */
};

static void widen(struct spread *spread, double value, double low, double high) {
  const double below = fmax(0, log(value / low)), above = fmax(0, log(high / value));
  spread->below += below * below;
  spread->above += above * above;
}

/* N(length)/N(reference) with an exponent. */
static double reached(const struct percuta_outcome_law *law, double skin, double length,
                      double exponent) {
  struct percuta_nerves nerves = law->nerves;
  nerves.skin = skin;
  nerves.exponent = exponent;
  return percuta_transport_nerves_reached(&nerves, length) /
         percuta_transport_nerves_reached(&nerves, law->reference_length);
}

double percuta_outcome_comfort_pain(const struct percuta_outcome_law *law, double skin,
                                    double length, double count) {
  return count > 0 ? reached(law, skin, length, law->length_exponent.value) *
                         pow(count, law->count_exponent.value)
                   : 0;
}

/* What the two exponents leave open. Below the reference length a larger exponent makes less pain.
 */
static struct spread spread_of_law(const struct percuta_outcome_law *law, double skin,
                                   double length, double count) {
  const double at = reached(law, skin, length, law->length_exponent.value);
  const double one = reached(law, skin, length, law->length_exponent.low);
  const double other = reached(law, skin, length, law->length_exponent.high);
  const struct percuta_outcome_range *q = &law->count_exponent;
  struct spread spread = {0};
  widen(&spread, at, fmin(one, other), fmax(one, other));
  widen(&spread, pow(count, q->value), pow(count, q->low), pow(count, q->high));
  return spread;
}

static double low_end(double value, const struct spread *spread) {
  return value * exp(-sqrt(spread->below));
}

static double high_end(double value, const struct spread *spread) {
  return value * exp(sqrt(spread->above));
}

/* What a cream leaves of the nerves, least where its anaesthetic blocks at the lowest level. */
static void apply_cream(double length, const struct percuta_numbing *numbing,
                        struct percuta_comfort *comfort) {
  const struct percuta_nerves *nerves = &numbing->nerves;
  const struct percuta_nerves_levels *levels = &numbing->levels;
  const double all = percuta_transport_nerves_reached(nerves, length);
  comfort->left = percuta_transport_nerves_felt(nerves, levels, 1, length) / all;
  comfort->left_low =
      percuta_transport_nerves_felt(nerves, levels, numbing->lowest_level, length) / all;
  comfort->left_high =
      percuta_transport_nerves_felt(nerves, levels, numbing->highest_level, length) / all;
}

/* What cream and injection leave, each of what the other does. */
static void numb(double length, const struct percuta_numbing *numbing,
                 const struct percuta_injection *injection, struct percuta_comfort *comfort) {
  comfort->numbed = true;
  comfort->left = comfort->left_low = comfort->left_high = 1;
  if (numbing)
    apply_cream(length, numbing, comfort);
  if (injection) {
    comfort->left *= injection->left.value;
    comfort->left_low *= injection->left.low;
    comfort->left_high *= injection->left.high;
  }
  comfort->pain_numbed = comfort->pain * comfort->left;
  comfort->pain_numbed_low = comfort->pain * comfort->left_low;
  comfort->pain_numbed_high = comfort->pain * comfort->left_high;
}

double percuta_outcome_comfort_rated(double pain) {
  return WORST_PAIN * pain / (WORST_PAIN + pain);
}

/* Levels on the scale with their intervals, `spread` being that of the pain without cream. */
static void rate(const struct percuta_outcome_law *law, struct spread spread,
                 struct percuta_comfort *comfort) {
  const struct percuta_outcome_range *scale = &law->vas, *site = &law->site;
  const double bare = scale->value * site->value * comfort->pain;
  widen(&spread, scale->value, scale->low, scale->high);
  widen(&spread, site->value, site->low, site->high);
  comfort->vas = percuta_outcome_comfort_rated(bare);
  comfort->vas_low = percuta_outcome_comfort_rated(low_end(bare, &spread));
  comfort->vas_high = percuta_outcome_comfort_rated(high_end(bare, &spread));
  if (!comfort->numbed)
    return;
  const double numbed = bare * comfort->left;
  widen(&spread, comfort->left, comfort->left_low, comfort->left_high);
  comfort->vas_numbed = percuta_outcome_comfort_rated(numbed);
  comfort->vas_numbed_low = percuta_outcome_comfort_rated(low_end(numbed, &spread));
  comfort->vas_numbed_high = percuta_outcome_comfort_rated(high_end(numbed, &spread));
}

struct percuta_comfort percuta_outcome_comfort_compute(const struct percuta_outcome_law *law,
                                                       const struct percuta_skin *skin,
                                                       const struct percuta_device *device,
                                                       const struct percuta_channels *channels,
                                                       const struct percuta_numbing *numbing,
                                                       const struct percuta_injection *injection) {
  struct percuta_comfort comfort = {.known = channels->penetrated > 0,
                                    .vas = NAN,
                                    .vas_low = NAN,
                                    .vas_high = NAN,
                                    .vas_numbed = NAN,
                                    .vas_numbed_low = NAN,
                                    .vas_numbed_high = NAN};
  if (!comfort.known)
    return comfort;
  const double length = device->needle.length, bottom = percuta_transport_nerves_skin(skin);
  const double count = fmax(1, channels->needles_in_contact);
  const struct spread spread = spread_of_law(law, bottom, length, count);
  comfort.pain_reference_length = law->reference_length;
  comfort.pain = percuta_outcome_comfort_pain(law, bottom, length, count);
  comfort.pain_low = low_end(comfort.pain, &spread);
  comfort.pain_high = high_end(comfort.pain, &spread);
  comfort.pain_outside =
      length < law->reference_length || length > law->length_end || count > law->count_end;
  if (numbing && (!numbing->used || numbing->needles_first))
    numbing = NULL;
  if (injection && !injection->used)
    injection = NULL;
  if (numbing || injection)
    numb(length, numbing, injection, &comfort);
  rate(law, spread, &comfort);
  return comfort;
}
