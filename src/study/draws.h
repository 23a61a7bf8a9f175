/* Joint draws of the models' parameters, as data/fit/draws.csv holds them: what calibration left of
 * their ranges, with how they hang together. */
#ifndef PERCUTA_STUDY_DRAWS_H
#define PERCUTA_STUDY_DRAWS_H

#include "base/csv.h"
#include "insertion/draws.h"
#include "scenario/scenario.h"

struct percuta_draws {
  struct percuta_csv csv; /* owned; the names */
  int count, parameters;
  int *column;   /* owned; of each parameter in the file */
  double *value; /* owned, count x parameters, in their units; NAN: not drawn with its core */
  bool has_core; /* else draws go with any core */
  enum percuta_core *core; /* owned, of each draw */
  int *insertion; /* owned; number of the draw of insertion, from 0; -1: the file draws none */
};

/* Reads the draws of the data folder, or none where it has no such file; each mistake goes to
 * `diag` with its line: a column that is neither a parameter nor `core`, `insertion` or an error of
 * the calibration, and what is no number, core or number of a draw. Release with
 * percuta_study_draws_clear, also when it fails. */
enum percuta_status percuta_study_draws_read(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag, struct percuta_draws *out);
/* The same of any file. */
enum percuta_status percuta_study_draws_read_file(const char *path,
                                                  const struct percuta_scenario *scenario,
                                                  struct percuta_diag *diag,
                                                  struct percuta_draws *out);
void percuta_study_draws_clear(struct percuta_draws *draws);

const char *percuta_study_draws_name(const struct percuta_draws *draws, int parameter);

/* How many of the drawn parameters the scenario sets: they are not drawn. */
int percuta_study_draws_kept(const struct percuta_draws *draws,
                             const struct percuta_scenario *scenario);

/* Numbers of up to `wanted` draws, spread evenly over those of `core` (NULL: of any); how many. */
int percuta_study_draws_choose(const struct percuta_draws *draws, const enum percuta_core *core,
                               int wanted, int *out);

/* Gives the parameters of `scenario` the values of draw `index`; those that it sets itself and
 * those that are not drawn with this core those of `before`, the same scenario untouched.
 * `insertion` are the draws of its data folder. A negative index: all as before. */
enum percuta_status percuta_study_draws_put(const struct percuta_draws *draws, int index,
                                            const struct percuta_insertion_draws *insertion,
                                            const struct percuta_scenario *before,
                                            const struct percuta_scenario *scenario);

#endif
