/* Results of runs beside each other: what differs in their inputs, and by how much their outcomes
 * do. Reads result folders and touches nothing in them. Light: no PETSc. */
#ifndef PERCUTA_COMPARE_COMPARE_H
#define PERCUTA_COMPARE_COMPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/status.h"
#include "catalogue/catalogue.h"
#include "outcome/outcomes.h"

enum { PERCUTA_COMPARE_LEAST = 2, PERCUTA_COMPARE_MOST = 40 };

/* Columns of timeline.csv. */
enum percuta_compare_column {
#define PERCUTA_COMPARE_NUMBER(name, part, unit, text) PERCUTA_COMPARE_COLUMN_##name,
  PERCUTA_COLUMN_LIST(PERCUTA_COMPARE_NUMBER)
#undef PERCUTA_COMPARE_NUMBER
      PERCUTA_COMPARE_COLUMNS
};

/* One value of used_parameters.yaml; owned texts that a terminal and JSON may show. */
struct percuta_compare_input {
  char *key, *value;
  char *origin; /* where it came from, as the run wrote it; "" when it did not */
};

/* One outcome of summary.json. */
struct percuta_compare_reading {
  char name[64], unit[24], since[24]; /* since "": of the course as a whole */
  double day;                         /* NAN: of the course as a whole */
  struct percuta_outcome_value value;
};

/* One result folder. */
struct percuta_compare_run {
  const char *folder;    /* borrowed; as it was given */
  char *label;           /* owned; the folder without what is before all of them, to be shown */
  char *title;           /* owned; to be shown */
  char version[32];      /* of the program that made it */
  char fidelity[16];     /* as in the scenario; "" unknown */
  char seed[32];         /* of model.seed; "" unknown */
  uint64_t hash;         /* of values, data, version and options of PETSc */
  int planned, given;    /* sessions */
  double last_session;   /* [d] */
  double follow_up, end; /* [d] by the plan, and the last row of the timeline */
  double *session;       /* owned; [d] of each session given */
  char *stale;  /* owned; why the present program would give another run; NULL: it would not */
  int scenario; /* runs that differ in nothing but the seed have the same, from 0 */
  struct percuta_compare_input *input; /* owned */
  size_t input_count;
  struct percuta_compare_reading *reading; /* owned */
  size_t reading_count;
  struct percuta_compare_reading
      *derived; /* borrowed from the comparison: after the last session */
  size_t derived_count;
  struct percuta_timeline timeline;  /* owned; NAN in columns that the run lacks */
  bool has[PERCUTA_COMPARE_COLUMNS]; /* columns */
};

/* An input that is not the same in all runs. */
struct percuta_compare_difference {
  const char *key;                                                        /* borrowed from a run */
  const char *value[PERCUTA_COMPARE_MOST], *origin[PERCUTA_COMPARE_MOST]; /* NULL: not there */
  char unit[24]; /* what all values end in; "": there is no such unit */
  bool given;    /* someone gave it in at least one run; else it follows from others */
};

/* An outcome at one time in one run, beside the run that all are compared with. */
struct percuta_compare_cell {
  struct percuta_outcome_value value; /* NAN: the run does not have it */
  double difference;                  /* to the baseline at the same seed; NAN: none */
  double error;           /* what the numerics may change the difference by; NAN: not known */
  int pairs;              /* seeds given of both scenarios; below 2 no interval */
  double mean, low, high; /* of the differences at these seeds, with its 95 % interval */
};

struct percuta_compare_row {
  const struct percuta_compare_reading *reading; /* borrowed: name, unit and time */
  const struct percuta_outcome *outcome;         /* of the registry; NULL: this program lacks it */
  double seed_sd;                    /* of one run, over seeds of one scenario; NAN: not known */
  int seeds;                         /* runs behind it */
  struct percuta_compare_cell *cell; /* owned; one for each run */
};

struct percuta_comparison {
  int count, baseline;
  struct percuta_compare_run run[PERCUTA_COMPARE_MOST];
  struct percuta_compare_difference *difference; /* owned; those that were given first */
  size_t difference_count, equal_count;
  struct percuta_compare_row *row; /* owned */
  size_t row_count;
  struct percuta_compare_reading *derived; /* owned; read off timelines, after the last session */
  size_t derived_count;
  int scenarios;
};

/* Reads the folders, of which `baseline` (NULL: the first) is the one to compare with, into *out,
 * to be destroyed by percuta_compare_destroy. Whatever is wrong with any of them goes to `diag`;
 * then *out is NULL and the result PERCUTA_BAD_INPUT. `folder` must outlive *out. */
enum percuta_status percuta_compare_create(const struct percuta_catalogue *catalogue,
                                           const char *const *folder, int count,
                                           const char *baseline, struct percuta_diag *diag,
                                           struct percuta_comparison **out);
void percuta_compare_destroy(struct percuta_comparison **comparison);

/* Adds that something is wrong with `file` (NULL: the folder itself). */
void percuta_compare_wrong(struct percuta_diag *diag, const char *folder, const char *file,
                           const char *what, const char *hint);

/* Whether `path`, which need not exist yet, is one of the folders or lies in one. */
bool percuta_compare_is_inside(const struct percuta_comparison *comparison, const char *path);

#endif
