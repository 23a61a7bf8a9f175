/* People of a population: marginals, how they hang together, and who is included. */
#ifndef PERCUTA_COHORT_PEOPLE_H
#define PERCUTA_COHORT_PEOPLE_H

#include <stdbool.h>
#include <stdint.h>

#include "cohort/axes.h"

enum percuta_cohort_family {
  PERCUTA_COHORT_NORMAL,    /* a mean, b standard deviation */
  PERCUTA_COHORT_LOGNORMAL, /* a median, b geometric standard deviation */
  PERCUTA_COHORT_UNIFORM,   /* between the limits */
  PERCUTA_COHORT_SHARES
};

/* What is drawn for one key of the scenario. */
struct percuta_cohort_trait {
  char *key;                  /* owned */
  struct percuta_place place; /* of its distribution */
  enum percuta_cohort_family family;
  double a, b, low, high; /* infinite limits: none */
  char unit[64];
  int choices;
  char **choice;      /* owned, each */
  double *upto;       /* owned; share of this choice and of those before it */
  bool *admitted;     /* owned; of a choice */
  double least, most; /* who is included; infinite: everybody */
};

struct percuta_cohort_people {
  int count;
  struct percuta_cohort_trait *trait; /* owned */
  double *factor; /* owned; lower Cholesky factor of the correlations of the normal scores, row by
                     row */
};

/* Reads `population` (a map; or the name of a file of data/study/, `named` then), with `include`
 * (may be NULL) of the study at `path`, borrowed. Release in every case. */
enum percuta_status percuta_cohort_people_read(const struct percuta_yaml_node *population,
                                               const struct percuta_yaml_node *include,
                                               const char *path, struct percuta_diag *diag,
                                               struct percuta_cohort_people *out);
void percuta_cohort_people_clear(struct percuta_cohort_people *people);

/* How many changes of the scenario make a person: the traits, and two that draw his skin. */
int percuta_cohort_people_sets(const struct percuta_cohort_people *people);

/* Person `number`, from 1, as so many changes in `set`, whose texts the caller frees: a function of
 * seed, number and population alone. PERCUTA_BAD_INPUT when nobody who is drawn is included. */
enum percuta_status percuta_cohort_people_draw(const struct percuta_cohort_people *people,
                                               uint64_t seed, int number,
                                               struct percuta_cohort_set *set);

#endif
