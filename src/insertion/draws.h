/* Joint draws of the insertion parameters, as data/insertion/posterior.yaml holds them: what
 * calibration left of their ranges, with how they hang together. Theory: docs/theory/insertion.md.
 */
#ifndef PERCUTA_INSERTION_DRAWS_H
#define PERCUTA_INSERTION_DRAWS_H

#include "insertion/puncture.h"

enum { PERCUTA_DRAWN = 11, PERCUTA_DRAWS = 400 };

/* A parameter that is drawn. */
struct percuta_drawn {
  const char *name; /* "table.entry", the name of its column; static */
  double value;     /* SI, as used by the run */
  double one;       /* SI, of the unit of its table */
  bool known;       /* set by the scenario: every draw has the value used */
};

struct percuta_insertion_draws {
  struct percuta_drawn what[PERCUTA_DRAWN];
  int count;
  double value[PERCUTA_DRAWS][PERCUTA_DRAWN]; /* SI */
};

/* Reads the draws of the scenario's data folder. Mistakes in the file go to `diag`. */
enum percuta_status percuta_insertion_draws_read(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_insertion_draws *out);

/* Gives the parameters of `scenario` the values of draw number `index`, from 0. */
enum percuta_status percuta_insertion_draws_put(const struct percuta_insertion_draws *draws,
                                                int index, const struct percuta_scenario *scenario);

/* Number of the column of the parameter `name`, or -1 when it is not drawn. */
int percuta_insertion_draws_column(const char *name);

/* Laws and skins, one of each for every draw. */
struct percuta_ensemble {
  int count;
  struct percuta_puncture_law *law; /* owned */
  struct percuta_contact *contact;  /* owned */
};

/* `law` and `contact` changed as each draw says; `speed_ratio` is the needle's speed over that at
 * which moduli hold. Release with percuta_insertion_draws_clear. */
enum percuta_status percuta_insertion_draws_apply(const struct percuta_insertion_draws *draws,
                                                  const struct percuta_puncture_law *law,
                                                  const struct percuta_contact *contact,
                                                  double speed_ratio, struct percuta_ensemble *out);
void percuta_insertion_draws_clear(struct percuta_ensemble *ensemble);

#endif
