/* A person drawn from the published spread, log-normal, and the law of age: linear between two
 * ages, constant beyond.
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
