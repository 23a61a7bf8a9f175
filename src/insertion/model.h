/* What insertion rests on: everything it takes from parameters and skin, read once. */
#ifndef PERCUTA_INSERTION_MODEL_H
#define PERCUTA_INSERTION_MODEL_H

#include "insertion/contact.h"
#include "insertion/puncture.h"
#include "skin/variation.h"

/* A value with the range that it is drawn from. */
struct percuta_insertion_prior {
  double value;             /* SI */
  bool known;               /* set by the scenario, or outside its range: it keeps its value */
  double one;               /* SI units in the unit of … */
  double low, middle, high; /* … the range and the value within it */
};

/* What is drawn for the interval of the depth: the values of the law in the order of their slots,
 * then the stiffness of the skin and of the layers below it. */
enum {
  PERCUTA_PRIOR_SKIN = PERCUTA_PUNCTURE_SLOTS,
  PERCUTA_PRIOR_DERMIS,
  PERCUTA_PRIOR_HYPODERMIS,
  PERCUTA_PRIORS
};

struct percuta_insertion_model {
  struct percuta_puncture_law law;
  struct percuta_contact contact;
  struct percuta_relief_form relief;      /* of the skin */
  double conformity;                      /* share of a recess that is pressed flat */
  struct percuta_variation_law variation; /* of the epidermis */
  struct percuta_insertion_prior prior[PERCUTA_PRIORS];
};

enum percuta_status percuta_insertion_model_read(const struct percuta_scenario *scenario,
                                                 const struct percuta_skin *skin,
                                                 struct percuta_diag *diag,
                                                 struct percuta_insertion_model *out);

#endif
