/* What insertion rests on: everything it takes from parameters and skin, read once. */
#ifndef PERCUTA_INSERTION_MODEL_H
#define PERCUTA_INSERTION_MODEL_H

#include "insertion/contact.h"
#include "insertion/draws.h"
#include "insertion/puncture.h"
#include "skin/variation.h"

struct percuta_insertion_model {
  struct percuta_puncture_law law;
  struct percuta_contact contact;
  double speed_ratio;                     /* of a needle, over that at which moduli hold */
  struct percuta_relief_form relief;      /* of the skin */
  double conformity;                      /* share of a recess that is pressed flat */
  struct percuta_variation_law variation; /* of the epidermis */
  struct percuta_insertion_draws draws;
};

enum percuta_status percuta_insertion_model_read(const struct percuta_scenario *scenario,
                                                 const struct percuta_skin *skin,
                                                 struct percuta_diag *diag,
                                                 struct percuta_insertion_model *out);

#endif
