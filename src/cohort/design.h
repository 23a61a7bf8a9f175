/* What a trial asks for: the section `trial:` of a study. */
#ifndef PERCUTA_COHORT_DESIGN_H
#define PERCUTA_COHORT_DESIGN_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/units.h"
#include "base/yaml.h"
#include "outcome/outcomes.h"

enum percuta_cohort_kind {
  PERCUTA_COHORT_PARALLEL,   /* each person is in one group */
  PERCUTA_COHORT_SPLIT_FACE, /* each person has control on one side, the other arm on the other */
  PERCUTA_COHORT_CROSSOVER   /* one after the other; nothing is carried over */
};

enum { PERCUTA_COHORT_VISITS = 24 };

struct percuta_cohort_design {
  enum percuta_cohort_kind kind;
  char control[128]; /* name of an arm; "": the first */
  const struct percuta_outcome *endpoint;
  int visits;
  double visit[PERCUTA_COHORT_VISITS]; /* days since the last session; the last one is analysed */
  int group; /* people in each group, or in all of a paired design; 0: as many as there are */
  double responder; /* value of the endpoint from which on somebody responds; NAN: not asked */
  double drop_out;  /* share who have left by the last visit */
  double instrument, rater; /* standard deviations of what is measured, in the endpoint's unit */
  double alpha;
  int trials;
};

/* Reads the section; mistakes go to `diag`. */
enum percuta_status percuta_cohort_design_read(const struct percuta_yaml_node *map,
                                               const char *path, const struct percuta_units *units,
                                               struct percuta_diag *diag,
                                               struct percuta_cohort_design *out);

#endif
