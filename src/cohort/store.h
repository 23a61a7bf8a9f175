/* The rows of a study in a file of SQLite's: each is there, whole, as soon as its run has ended. */
#ifndef PERCUTA_COHORT_STORE_H
#define PERCUTA_COHORT_STORE_H

#include "cohort/follow.h"

struct percuta_cohort_store;

enum { PERCUTA_COHORT_WORDS = 600 };

/* How a run stands. */
enum percuta_cohort_state { PERCUTA_COHORT_OPEN, PERCUTA_COHORT_DONE, PERCUTA_COHORT_FAILED };

/* Opens the store `path`, made if there is none, for rows of the plan. PERCUTA_TAKEN, with the
 * reason in `words`, when it holds another study or one of another version; PERCUTA_IO when it
 * cannot be read or written. Several processes of one machine may have it open. */
enum percuta_status percuta_cohort_store_open(const char *path,
                                              const struct percuta_cohort_plan *plan, char *words,
                                              size_t size, struct percuta_cohort_store **out);
void percuta_cohort_store_close(struct percuta_cohort_store **store); /* accepts NULL */

/* What is wrong, after PERCUTA_IO; borrowed. */
const char *percuta_cohort_store_words(const struct percuta_cohort_store *store);

/* Writes all that a run has left, in place of what may be there of it. */
enum percuta_status percuta_cohort_store_put(struct percuta_cohort_store *store,
                                             const struct percuta_cohort_plan *plan,
                                             const struct percuta_cohort_result *result);

/* How each of `runs` runs stands, in `state`, run by run from the first. */
enum percuta_status percuta_cohort_store_states(struct percuta_cohort_store *store, int runs,
                                                enum percuta_cohort_state *state);

/* Takes over the runs in the store `path` of the same study that are done there and not here. */
enum percuta_status percuta_cohort_store_absorb(struct percuta_cohort_store *store,
                                                const char *path);

/* Takes the newest rows out of SQLite's log into the file itself. */
enum percuta_status percuta_cohort_store_settle(struct percuta_cohort_store *store);

/* A row of the long table; texts are borrowed for the call. */
struct percuta_cohort_row {
  int run, arm, person;    /* person 0: none */
  int position;            /* of its reading among the run's */
  const char *name;        /* of the arm */
  const char *outcome;     /* NULL: the run failed */
  double day;              /* NAN: of the course as a whole */
  double value, low, high; /* NAN: none */
  const char *unit, *status, *reason;
};
typedef enum percuta_status percuta_cohort_store_fn(void *context,
                                                    const struct percuta_cohort_row *row);
/* Calls `take` for every row, run by run, each run's in the order of the registry. */
enum percuta_status percuta_cohort_store_rows(struct percuta_cohort_store *store,
                                              percuta_cohort_store_fn *take, void *context);

#endif
