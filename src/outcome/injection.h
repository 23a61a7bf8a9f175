/* Injected lidocaine in its simplest published form: numb from an onset to the end of a duration,
 * doses up to a limit. Theory: docs/theory/numbing.md. */
#ifndef PERCUTA_OUTCOME_INJECTION_H
#define PERCUTA_OUTCOME_INJECTION_H

#include "scenario/scenario.h"

/* A value with the ends of its range, never within it. */
struct percuta_outcome_range {
  double value, low, high;
};

struct percuta_injection_law {
  struct percuta_outcome_range onset[3];    /* [s] since it; alone, with adrenaline, tumescent */
  struct percuta_outcome_range duration[3]; /* [s] likewise */
  struct percuta_outcome_range left;        /* share of nerves not blocked meanwhile */
  double per_mass[3], most[3];              /* [1], [kg] largest doses, likewise */
  double body_mass;                         /* [kg] */
};

struct percuta_injection {
  bool used; /* false: nothing was injected; nothing below is set then */
  bool adrenaline;
  bool tumescent;                        /* dilute, with adrenaline */
  double dose, limit;                    /* [kg] */
  double wait;                           /* [s] from the injection to the first strike */
  struct percuta_outcome_range onset;    /* [s] since the injection */
  struct percuta_outcome_range duration; /* [s] likewise */
  struct percuta_outcome_range left;     /* share of nerves not blocked when the needles come */
};

enum percuta_status percuta_outcome_injection_read(const struct percuta_scenario *scenario,
                                                   struct percuta_diag *diag,
                                                   struct percuta_injection_law *out);

struct percuta_injection
percuta_outcome_injection_compute(const struct percuta_injection_law *law,
                                  const struct percuta_injection_plan *plan);

#endif
