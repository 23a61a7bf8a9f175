/* One person out of the population: the mean person, or a drawn one. Both are the same code; the
 * mean person is the draw of zero. */
#ifndef PERCUTA_SKIN_PERSON_H
#define PERCUTA_SKIN_PERSON_H

#include "scenario/scenario.h"

/* The quantities that differ between people of one site, sex and age; each has its own draw. */
enum percuta_person_trait {
  PERCUTA_TRAIT_STRATUM_CORNEUM,
  PERCUTA_TRAIT_EPIDERMIS,
  PERCUTA_TRAIT_DERMIS,
  PERCUTA_TRAIT_HYPODERMIS,
  PERCUTA_TRAIT_LOOP_DENSITY,
  PERCUTA_TRAIT_COLLAGEN,
  PERCUTA_TRAIT_CLOSURE,
  PERCUTA_TRAIT_CAPILLARY_PRESSURE
};

/* This person's value of a positive quantity with median `mean` and standard deviation `sd`:
 * log-normal, mean * exp(sigma n) with sigma^2 = ln(1 + (sd/mean)^2) and n a standard normal
 * number, 0 for the mean person. Of the epidermis, only the share of the variance that lies between
 * people, where model.patch.variation draws the other. */
double percuta_skin_person_draw(const struct percuta_scenario *scenario,
                                enum percuta_person_trait trait, double mean, double sd);

/* Value at `age` of a quantity that is `young` up to `age_young`, `old` from `age_old` on, and
 * linear between. */
double percuta_skin_person_age_law(double age, double age_young, double young, double age_old,
                                   double old);

/* How dark the skin is, from 0, phototype I, to 1, phototype VI: as its individual typology angle
 * says where that is given, else its phototype. NAN where the parameters lack a class of the angle.
 */
double percuta_skin_person_tone(const struct percuta_scenario *scenario);

/* What both sexes differ in: this one's, or the mean of both. */
double percuta_skin_person_of_sex(enum percuta_sex sex, double female, double male);

#endif
