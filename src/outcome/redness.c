/* Blood over that at rest, of skin of which a share n lies in the flares of needles and a share phi
 * is inflamed by them, and how long it is seen: until CIE a* has risen by less than a step.
 *   B/B_0 - 1 = g_1 n exp(-t/t_1) + g_2 phi I(t),   I = t/t_p up to t_p, then 2^(-(t - t_p)/t_2)
 *   phi = 1 - exp(-(1/A) sum w (pi r^2 + 2 r c)),   w = min(1, (h - z_j)/(z_p - z_j))
 * c the cut at the junction z_j, h the depth, z_p the upper plexus, r the reach.
 * Theory: docs/theory/redness.md. Test: tests/unit/test_redness.c. */
#include "outcome/redness.h"

#include <math.h>

#include "base/units.h"
#include "skin/person.h"

static const double TENTH_PERCENTILE = 1.2815515655446004; /* of the normal distribution, above 0 */
static const double END_OF_RANGE = 1.6448536269514722;     /* of ranges of 90 % */
static const double MOST_BLOOD = 100; /* over that at rest: redness that needs more is not seen */
static const double LONGEST = 60 * PERCUTA_DAY;

enum { BISECTIONS = 60 };

enum percuta_status percuta_outcome_redness_read(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_redness_law *out) {
  struct percuta_redness_law law = {0};
  double fair = 0, dark = 0;
  const char *const reach = "redness.inflammation_reach";
  const struct percuta_parameter_slot slots[] = {
      {"redness.flare_gain", &law.flare_gain},
      {"redness.flare_time", &law.flare_time},
      {"redness.flare_reach", &law.flare_reach},
      {"redness.inflammation_gain", &law.inflammation_gain},
      {"redness.inflammation_peak", &law.inflammation_peak},
      {"redness.inflammation_half_time", &law.inflammation_half_time},
      {reach, &law.inflammation_reach.value},
      {"redness.just_visible", &law.just_visible},
      {"redness.person_spread", &law.person_spread},
      {"redness.melanin_I", &fair},
      {"redness.melanin_VI", &dark},
      {"redness.melanin_spread", &law.melanin_spread},
      {"redness.blood_share", &law.blood_share},
      {"redness.saturation", &law.saturation}};
  PERCUTA_TRY(percuta_base_parameters_fill(scenario->parameters, slots,
                                           sizeof slots / sizeof *slots, diag));
  PERCUTA_TRY(percuta_outcome_colour_read(scenario, diag, &law.colour));
  const struct percuta_parameter *parameter =
      percuta_base_parameters_find(scenario->parameters, reach);
  const double unit = parameter->value_si / parameter->value;
  law.inflammation_reach.low = fmin(parameter->low, parameter->value) * unit;
  law.inflammation_reach.high = fmax(parameter->high, parameter->value) * unit;
  law.melanin = fair * pow(dark / fair, percuta_skin_person_tone(scenario));
  *out = law;
  return PERCUTA_OK;
}

double percuta_outcome_redness_blood(const struct percuta_redness_law *law, double inflamed,
                                     double flare, double since) {
  const double after = since - law->inflammation_peak;
  const double inflammation =
      after < 0 ? since / law->inflammation_peak : exp2(-after / law->inflammation_half_time);
  return law->flare_gain * flare * exp(-since / law->flare_time) +
         law->inflammation_gain * inflamed * inflammation;
}

double percuta_outcome_redness_reached(const struct percuta_skin *skin,
                                       const struct percuta_channels *channels, double width,
                                       double reach) {
  const double junction = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  const double layer = fmax(skin->plexus_depth - junction, PERCUTA_UM);
  double area = 0;
  for (size_t i = 0; i < channels->count; i++) {
    const struct percuta_channel *channel = &channels->item[i];
    if (!channel->penetrated || channel->reentered || channel->depth <= junction)
      continue;
    const double cut = percuta_insertion_channel_cut(channel, junction);
    area += fmin(1, (channel->depth - junction) / layer) * (M_PI * reach * reach + 2 * reach * cut);
  }
  return width > 0 ? -expm1(-area / (width * width)) : 0;
}

/* Colour with that much blood over that at rest. */
static struct percuta_colour colour_with(const struct percuta_redness_law *law,
                                         const struct percuta_skin *skin, double blood) {
  const struct percuta_pigments pigments = {.epidermis = skin->thickness[PERCUTA_VIABLE_EPIDERMIS],
                                            .melanin = fmin(1, law->melanin),
                                            .blood = fmin(1, law->blood_share * (1 + blood)),
                                            .saturation = law->saturation};
  return percuta_outcome_colour_of(&law->colour, &pigments);
}

/* Least blood over that at rest that is seen; infinite where none is. */
static double least_seen(const struct percuta_redness_law *law, const struct percuta_skin *skin) {
  const double rest = colour_with(law, skin, 0).a;
  double low = 0, high = 0.01;
  while (high < MOST_BLOOD && colour_with(law, skin, high).a - rest < law->just_visible)
    high *= 2;
  if (high >= MOST_BLOOD)
    return INFINITY;
  for (int i = 0; i < BISECTIONS; i++) {
    const double middle = (low + high) / 2;
    *(colour_with(law, skin, middle).a - rest < law->just_visible ? &low : &high) = middle;
  }
  return high;
}

double percuta_outcome_redness_seen(const struct percuta_redness_law *law,
                                    const struct percuta_skin *skin, double inflamed,
                                    double flare) {
  const double least = least_seen(law, skin), peak = law->inflammation_peak;
  const bool lasts = percuta_outcome_redness_blood(law, inflamed, flare, peak) > least;
  if (!lasts && percuta_outcome_redness_blood(law, inflamed, flare, 0) <= least)
    return 0;
  /* from the peak on it falls; before it, where inflammation is not seen, the flare does */
  double early = lasts ? peak : 0, late = lasts ? LONGEST : peak;
  for (int i = 0; i < BISECTIONS; i++) {
    const double middle = (early + late) / 2;
    *(percuta_outcome_redness_blood(law, inflamed, flare, middle) > least ? &early : &late) =
        middle;
  }
  return late;
}

/* Time with another reach and with other melanin, over people and what is not known of them. */
struct other {
  double reach, melanin;
};

static double time_of(const struct percuta_redness_law *law, const struct percuta_skin *skin,
                      const struct percuta_channels *channels, double width, double flare,
                      const struct other *other) {
  struct percuta_redness_law varied = *law;
  varied.melanin *= other->melanin;
  return percuta_outcome_redness_seen(
      &varied, skin, percuta_outcome_redness_reached(skin, channels, width, other->reach), flare);
}

/* An end of the interval: logarithms of its causes add as squares. */
static double end_of(double median, const double *others, int count, double spread) {
  double squares = spread * spread;
  for (int i = 0; i < count; i++) {
    const double step = others[i] > 0 && median > 0 ? log(others[i] / median) : 0;
    squares += step * step;
  }
  return sqrt(squares);
}

struct percuta_redness percuta_outcome_redness_compute(const struct percuta_redness_law *law,
                                                       const struct percuta_skin *skin,
                                                       const struct percuta_channels *channels,
                                                       double width) {
  const struct percuta_redness_range *reach = &law->inflammation_reach;
  const double share = TENTH_PERCENTILE / END_OF_RANGE;
  const double darker = exp(TENTH_PERCENTILE * law->melanin_spread);
  struct percuta_redness redness = {
      .inflamed = percuta_outcome_redness_reached(skin, channels, width, reach->value),
      .flare = !(width > 0) ? 0
                            : -expm1(-(double)channels->penetrated / (width * width) * M_PI *
                                     law->flare_reach * law->flare_reach)};
  const struct percuta_colour rest = colour_with(law, skin, 0);
  const struct percuta_colour day = colour_with(
      law, skin, percuta_outcome_redness_blood(law, redness.inflamed, redness.flare, PERCUTA_DAY));
  redness.index_day = day.erythema - rest.erythema;
  redness.a_day = day.a - rest.a;
  redness.ita = rest.ita;
  const struct other less[] = {{reach->value * pow(reach->low / reach->value, share), 1},
                               {reach->value, darker}};
  const struct other more[] = {{reach->value * pow(reach->high / reach->value, share), 1},
                               {reach->value, 1 / darker}};
  double below[2], above[2];
  for (int i = 0; i < 2; i++) {
    below[i] = time_of(law, skin, channels, width, redness.flare, &less[i]);
    above[i] = time_of(law, skin, channels, width, redness.flare, &more[i]);
  }
  const double person = TENTH_PERCENTILE * law->person_spread;
  redness.median = percuta_outcome_redness_seen(law, skin, redness.inflamed, redness.flare);
  redness.low = redness.median * exp(-end_of(redness.median, below, 2, person));
  redness.high = redness.median * exp(end_of(redness.median, above, 2, person));
  return redness;
}
