/* Which parameters move an outcome most: elementary effects (Morris 1991). */
#ifndef PERCUTA_STUDY_MORRIS_H
#define PERCUTA_STUDY_MORRIS_H

#include "numerics/deal.h"
#include "scenario/scenario.h"

/* What one parameter does, in change of the outcome over the part of its range that is walked. */
struct percuta_morris_effect {
  const struct percuta_parameter *parameter; /* borrowed from the scenario */
  double strength;                           /* mean of the sizes of its elementary effects (mu*) */
  double spread; /* their standard deviation: large beside `strength` when it acts with others */
  double middle; /* median of the sizes, which a few runaway courses do not move */
  int count;     /* effects that could be taken */
};

enum { PERCUTA_MORRIS_WHY = 240 };

struct percuta_morris {
  struct percuta_morris_effect *effect; /* owned; the strongest first */
  int count;
  double span;                  /* share of the ranges that was walked */
  int courses, failed;          /* followed, and of them those that could not be */
  char why[PERCUTA_MORRIS_WHY]; /* the first could not; "" if none failed or it said nothing */
};

/* Takes `trajectories` walks through the parameters of the scenario, one parameter at a time, on
 * four levels, drawn with model.seed. `span` is the share of a range (of its logarithm, where it is
 * positive) that is walked, around the parameter's value: over whole ranges the healing model runs
 * away and nothing but that is seen. The outcome is collagen in the treated dermis at the end of
 * the course over that before it, on the scenario's own fidelity. Values are put back at the end.
 * PETSc must have been started. Collective over the crew (NULL: alone); what failed is in `diag`
 * (may be NULL). */
enum percuta_status percuta_study_morris_compute(const struct percuta_scenario *scenario,
                                                 int trajectories, double span,
                                                 const struct percuta_crew *crew,
                                                 struct percuta_diag *diag,
                                                 struct percuta_morris *out);
void percuta_study_morris_clear(struct percuta_morris *morris);

/* Writes sensitivity.csv, all parameters, and page.md, the strongest, into `folder`. */
enum percuta_status percuta_study_morris_write(const struct percuta_morris *morris,
                                               const char *folder);
void percuta_study_morris_print(const struct percuta_morris *morris, FILE *stream);

#endif
