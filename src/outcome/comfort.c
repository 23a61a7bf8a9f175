#include "outcome/comfort.h"

#include <math.h>
#include <string.h>

static const double WORST_PAIN = 10; /* end of the visual analogue scale */

/* Values of the table `outcome`, SI. */
struct law {
  double reference_length, length_exponent, count_exponent;
  double length_end, count_end;
  double vas_scale;
  double redness_low, redness_high, redness_length_low, redness_length_high;
};

static enum percuta_status read_law(const struct percuta_scenario *scenario,
                                    struct percuta_diag *diag, struct law *law) {
  const struct percuta_parameter_slot slots[] = {
      {"outcome.pain_reference_length", &law->reference_length},
      {"outcome.pain_length_exponent", &law->length_exponent},
      {"outcome.pain_count_exponent", &law->count_exponent},
      {"outcome.pain_length_end", &law->length_end},
      {"outcome.pain_count_end", &law->count_end},
      {"outcome.pain_vas", &law->vas_scale},
      {"outcome.redness_low", &law->redness_low},
      {"outcome.redness_high", &law->redness_high},
      {"outcome.redness_length_low", &law->redness_length_low},
      {"outcome.redness_length_high", &law->redness_length_high}};
  return percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots,
                                      diag);
}

static double pain(const struct law *law, double length, double count) {
  return pow(length / law->reference_length, law->length_exponent) *
         pow(count, law->count_exponent);
}

/* Lower or upper end of the range of a pure number of the table. */
static double range_end(const struct percuta_scenario *scenario, const char *name, bool upper) {
  const struct percuta_parameter *entry = percuta_base_parameters_find(scenario->parameters, name);
  return upper ? fmax(entry->high, entry->value) : fmin(entry->low, entry->value);
}

/* The law with its exponents at one end. Below the reference length a larger exponent makes less
 * pain, so that there the ends of the exponent change sides. */
static double pain_end(const struct percuta_scenario *scenario, const struct law *law,
                       double length, double count, bool upper) {
  struct law end = *law;
  bool shorter = length < law->reference_length;
  end.length_exponent = range_end(scenario, "outcome.pain_length_exponent", upper != shorter);
  end.count_exponent = range_end(scenario, "outcome.pain_count_exponent", upper);
  return pain(&end, length, count);
}

double percuta_outcome_comfort_left(double length, double numb, double length_exponent) {
  return pow(fmax(0, 1 - numb / length), length_exponent);
}

/* What a cream leaves of the pain, least where it numbs deepest. */
static void numb(const struct law *law, double length, const struct percuta_numbing *numbing,
                 struct percuta_comfort *comfort) {
  const double power = law->length_exponent;
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
static void rate(const struct percuta_scenario *scenario, const struct law *law,
                 struct percuta_comfort *comfort) {
  const double low = range_end(scenario, "outcome.pain_vas", false);
  const double high = range_end(scenario, "outcome.pain_vas", true);
  comfort->vas = on_scale(law->vas_scale, comfort->pain);
  comfort->vas_low = on_scale(low, comfort->pain);
  comfort->vas_high = on_scale(high, comfort->pain);
  if (!comfort->numbed)
    return;
  comfort->vas_numbed = on_scale(law->vas_scale, comfort->pain_numbed);
  comfort->vas_numbed_low = on_scale(low, comfort->pain_numbed_low);
  comfort->vas_numbed_high = on_scale(high, comfort->pain_numbed_high);
}

enum percuta_status percuta_outcome_comfort_compute(const struct percuta_scenario *scenario,
                                                    const struct percuta_skin *skin,
                                                    const struct percuta_channels *channels,
                                                    const struct percuta_numbing *numbing,
                                                    struct percuta_diag *diag,
                                                    struct percuta_comfort *out) {
  struct law law = {0};
  enum percuta_status status = read_law(scenario, diag, &law);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_comfort comfort = {.known = channels->penetrated > 0,
                                    .vas = NAN,
                                    .vas_low = NAN,
                                    .vas_high = NAN,
                                    .vas_numbed = NAN,
                                    .vas_numbed_low = NAN,
                                    .vas_numbed_high = NAN};
  if (comfort.known) {
    double length = scenario->device.needle.length;
    double count = fmax(1, channels->needles_in_contact);
    comfort.pain_reference_length = law.reference_length;
    comfort.pain = pain(&law, length, count);
    comfort.pain_low = pain_end(scenario, &law, length, count, false);
    comfort.pain_high = pain_end(scenario, &law, length, count, true);
    comfort.pain_outside =
        length < law.reference_length || length > law.length_end || count > law.count_end;
    if (numbing && numbing->used && !numbing->needles_first)
      numb(&law, length, numbing, &comfort);
    rate(scenario, &law, &comfort);
    comfort.redness_low = law.redness_low;
    comfort.redness_high = law.redness_high;
    comfort.redness_outside = strcmp(skin->region, "face") != 0 ||
                              length < law.redness_length_low || length > law.redness_length_high;
  }
  *out = comfort;
  return PERCUTA_OK;
}

double percuta_outcome_comfort_redness(const struct percuta_comfort *comfort) {
  return (comfort->redness_low + comfort->redness_high) / 2;
}

enum percuta_status percuta_outcome_comfort_pain(const struct percuta_scenario *scenario,
                                                 double length, double count,
                                                 struct percuta_diag *diag, double *out) {
  struct law law = {0};
  enum percuta_status status = read_law(scenario, diag, &law);
  if (status == PERCUTA_OK)
    *out = pain(&law, length, count);
  return status;
}
