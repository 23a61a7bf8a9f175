/* Pain of n needles of length L at a time over that of one of L_0, what numb skin of depth d leaves
 * of it, and the scale from 0 to 10:
 *   pain = (L/L_0)^p n^q,   left = (1 - d/L)^p,   vas = min(vas_0 pain, 10)
 * Theory: docs/theory/outcome.md, numbing.md. Tests: tests/unit/test_comfort.c,
 * test_numbing_rows.c. */
#include "outcome/comfort.h"

#include <math.h>

static const double WORST_PAIN = 10; /* end of the visual analogue scale */

/* (length/reference)^length_exponent count^count_exponent */
static double power_law(const struct percuta_outcome_law *law, double length, double count,
                        double length_exponent, double count_exponent) {
  return pow(length / law->reference_length, length_exponent) * pow(count, count_exponent);
}

double percuta_outcome_comfort_pain(const struct percuta_outcome_law *law, double length,
                                    double count) {
  return power_law(law, length, count, law->length_exponent.value, law->count_exponent.value);
}

/* The law with its exponents at one end. Below the reference length a larger exponent makes less
 * pain, so that there the ends of the exponent change sides. */
static double pain_end(const struct percuta_outcome_law *law, double length, double count,
                       bool upper) {
  const bool shorter = length < law->reference_length;
  return power_law(law, length, count,
                   upper != shorter ? law->length_exponent.high : law->length_exponent.low,
                   upper ? law->count_exponent.high : law->count_exponent.low);
}

double percuta_outcome_comfort_left(double length, double numb, double length_exponent) {
  return pow(fmax(0, 1 - numb / length), length_exponent);
}

/* What a cream leaves of the pain, least where it numbs deepest. */
static void apply_cream(const struct percuta_outcome_law *law, double length,
                        const struct percuta_numbing *numbing, struct percuta_comfort *comfort) {
  const double power = law->length_exponent.value;
  comfort->numbed = true;
  comfort->left = percuta_outcome_comfort_left(length, numbing->depth_at_needling, power);
  comfort->left_low = percuta_outcome_comfort_left(length, numbing->depth_high, power);
  comfort->left_high = percuta_outcome_comfort_left(length, numbing->depth_low, power);
  comfort->pain_numbed = comfort->pain * comfort->left;
  comfort->pain_numbed_low = comfort->pain * comfort->left_low;
  comfort->pain_numbed_high = comfort->pain * comfort->left_high;
}

/* Pain on the scale from 0 to 10, `scale` being that of one needle of the reference length. */
static double on_scale(double scale, double pain) {
  return fmin(scale * pain, WORST_PAIN);
}

/* Levels on that scale; their interval is that of the scale, and of what the cream leaves. */
static void rate(const struct percuta_outcome_range *scale, struct percuta_comfort *comfort) {
  comfort->vas = on_scale(scale->value, comfort->pain);
  comfort->vas_low = on_scale(scale->low, comfort->pain);
  comfort->vas_high = on_scale(scale->high, comfort->pain);
  if (!comfort->numbed)
    return;
  comfort->vas_numbed = on_scale(scale->value, comfort->pain_numbed);
  comfort->vas_numbed_low = on_scale(scale->low, comfort->pain_numbed_low);
  comfort->vas_numbed_high = on_scale(scale->high, comfort->pain_numbed_high);
}

struct percuta_comfort percuta_outcome_comfort_compute(const struct percuta_outcome_law *law,
                                                       const struct percuta_device *device,
                                                       const struct percuta_channels *channels,
                                                       const struct percuta_numbing *numbing) {
  struct percuta_comfort comfort = {.known = channels->penetrated > 0,
                                    .vas = NAN,
                                    .vas_low = NAN,
                                    .vas_high = NAN,
                                    .vas_numbed = NAN,
                                    .vas_numbed_low = NAN,
                                    .vas_numbed_high = NAN};
  if (!comfort.known)
    return comfort;
  const double length = device->needle.length;
  const double count = fmax(1, channels->needles_in_contact);
  comfort.pain_reference_length = law->reference_length;
  comfort.pain = percuta_outcome_comfort_pain(law, length, count);
  comfort.pain_low = pain_end(law, length, count, false);
  comfort.pain_high = pain_end(law, length, count, true);
  comfort.pain_outside =
      length < law->reference_length || length > law->length_end || count > law->count_end;
  if (numbing && numbing->used && !numbing->needles_first)
    apply_cream(law, length, numbing, &comfort);
  rate(&law->vas, &comfort);
  return comfort;
}
