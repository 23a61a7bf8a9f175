/* A person drawn from the published spread, log-normal, the law of age: linear between two ages,
 * constant beyond, and the tone of skin by phototype or individual typology angle.
 * Theory: docs/theory/skin.md. Tests: tests/unit/test_skin.c, test_variation.c. */
#include "skin/person.h"

#include <math.h>

#include "base/random.h"
#include "skin/variation.h"

/* mean exp(sigma n), sigma^2 = ln(1 + (sd/mean)^2), n standard normal */
double percuta_skin_person_draw(const struct percuta_scenario *scenario,
                                enum percuta_person_trait trait, double mean, double sd) {
  if (!(mean > 0))
    return mean;
  double normal[2] = {0, 0};
  if (scenario->person.draw == PERCUTA_DRAW_SAMPLED) {
    struct percuta_random_key key = {.seed = scenario->model.seed,
                                     .purpose = PERCUTA_RANDOM_PERSON};
    percuta_base_random_normal2(key, (uint32_t)trait, 0, normal);
  }
  if (trait == PERCUTA_TRAIT_STRATUM_CORNEUM || trait == PERCUTA_TRAIT_EPIDERMIS)
    sd *= percuta_skin_variation_between(scenario); /* the rest is drawn from spot to spot */
  double ratio = sd / mean;
  return mean * exp(sqrt(log1p(ratio * ratio)) * normal[0]);
}

double percuta_skin_person_age_law(double age, double age_young, double young, double age_old,
                                   double old) {
  double share = fmin(1, fmax(0, (age - age_young) / (age_old - age_young)));
  return young + share * (old - young);
}

double percuta_skin_person_of_sex(enum percuta_sex sex, double female, double male) {
  return sex == PERCUTA_OTHER_SEX ? (female + male) / 2 : sex == PERCUTA_MALE ? male : female;
}

/* Phototype from 0, I, to 5, VI: halfway between two where the angle is at the end of a class,
 * linear between the ends of classes and, as steep, beyond. */
static double phototype_of_angle(const double *end, int ends, double angle) {
  int i = 0;
  while (i < ends - 2 && angle < end[i + 1])
    i++;
  return i + 0.5 + (angle - end[i]) / (end[i + 1] - end[i]);
}

double percuta_skin_person_tone(const struct percuta_scenario *scenario) {
  static const char *const names[] = {"skin.ita_I_II", "skin.ita_II_III", "skin.ita_III_IV",
                                      "skin.ita_IV_V", "skin.ita_V_VI"};
  enum { ENDS = sizeof names / sizeof *names };
  double end[ENDS];
  if (scenario->person.ita == 0)
    return (double)scenario->person.phototype / PERCUTA_PHOTOTYPE_VI;
  for (int i = 0; i < ENDS; i++) {
    const struct percuta_parameter *found =
        percuta_base_parameters_find(scenario->parameters, names[i]);
    if (!found)
      return NAN;
    end[i] = found->value_si;
  }
  return fmin(1, fmax(0, phototype_of_angle(end, ENDS, scenario->person.ita) / ENDS));
}
