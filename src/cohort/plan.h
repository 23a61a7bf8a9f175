/* A study as its file says it: which changes of which scenario, for whom, and what is read off. */
#ifndef PERCUTA_COHORT_PLAN_H
#define PERCUTA_COHORT_PLAN_H

#include "cohort/axes.h"
#include "cohort/design.h"
#include "cohort/people.h"
#include "outcome/outcomes.h"
#include "scenario/scenario.h"

enum percuta_cohort_mode { PERCUTA_COHORT_SWEEP, PERCUTA_COHORT_COHORT, PERCUTA_COHORT_TRIAL };

/* Times at which outcomes are read, and columns of a timeline. */
enum {
  PERCUTA_COHORT_TIMES = 24,
#define PERCUTA_COHORT_COUNT(...) +1
  PERCUTA_COHORT_COLUMNS = 0 PERCUTA_COLUMN_LIST(PERCUTA_COHORT_COUNT)
#undef PERCUTA_COHORT_COUNT
};

struct percuta_cohort_plan {
  const struct percuta_catalogue *catalogue; /* borrowed */
  char *path, *text;                         /* owned; of its file */
  struct percuta_yaml_node *document;        /* owned; that text as a tree */
  char *base, *base_text;                    /* owned; path and text of the scenario */
  size_t base_length;
  char folder[4096]; /* of the study's file, with a slash at its end; "" is the working folder */
  const char *title; /* borrowed from the document */
  enum percuta_cohort_mode mode;
  uint64_t seed;
  struct percuta_cohort_set *set; /* owned, each; changes for all runs */
  int sets;
  struct percuta_cohort_arm *arm; /* owned, each */
  int arms;
  struct percuta_cohort_people population;
  int people; /* 0: the scenario's own person */
  bool wanted[PERCUTA_OUTCOME_COUNT];
  bool kept[PERCUTA_COHORT_COLUMNS]; /* columns of the timeline that are kept of each run */
  struct percuta_outcome_time time[PERCUTA_COHORT_TIMES];
  int times;
  bool end;                            /* timed outcomes are also read at the end of the course */
  struct percuta_cohort_design design; /* of a trial */
  int control;                         /* of a trial: its arm, from 0 */
  /* Of a study out of a page: what the page says of itself; the version is "" otherwise. */
  char page_version[32];
  uint64_t page_hash;
  uint64_t hash; /* of all but the number of people, of the data and of the program's version */
};

/* Reads and checks the study at `path` with every arm of it. All mistakes go to `diag`. */
enum percuta_status percuta_cohort_plan_read(const struct percuta_catalogue *catalogue,
                                             const char *path, struct percuta_diag *diag,
                                             struct percuta_cohort_plan **out);
void percuta_cohort_plan_destroy(struct percuta_cohort_plan **plan); /* accepts NULL */

/* Runs are numbered from 1, person by person and arm by arm within each, so that those of a study
 * of more people go on where those of fewer end. */
int percuta_cohort_plan_runs(const struct percuta_cohort_plan *plan);
int percuta_cohort_plan_arm(const struct percuta_cohort_plan *plan, int run);    /* from 0 */
int percuta_cohort_plan_person(const struct percuta_cohort_plan *plan, int run); /* 0: none */

/* The scenario of an arm for a person (0: none), read and checked. */
enum percuta_status percuta_cohort_plan_scenario(const struct percuta_cohort_plan *plan, int arm,
                                                 int person, struct percuta_diag *diag,
                                                 struct percuta_scenario **out);

/* A column of the timeline, in the words of outcome/record.h. Static. */
struct percuta_cohort_track {
  const char *name, *unit, *text;
  size_t offset; /* of a row */
};
const struct percuta_cohort_track *percuta_cohort_plan_track(int column);

const char *percuta_cohort_plan_mode(enum percuta_cohort_mode mode);

#endif
