/* The door to studies of protocols and people (cohort/). */
#ifndef PERCUTA_ENGINE_COHORT_H
#define PERCUTA_ENGINE_COHORT_H

#include <stdbool.h>

#include "base/diag.h"
#include "catalogue/catalogue.h"

enum percuta_cohort_task {
  PERCUTA_COHORT_RUN,    /* the study `file` */
  PERCUTA_COHORT_MERGE,  /* what parts of it have left, in `part_folder` */
  PERCUTA_COHORT_PERSON, /* write the scenario of `person` of the study in `folder` */
  PERCUTA_COHORT_SLURM   /* print a job for an array of parts */
};

struct percuta_cohort_request {
  const struct percuta_catalogue *catalogue;
  enum percuta_cohort_task task;
  const char *file;   /* of the study */
  const char *folder; /* results go there, or lie there */
  const char *const *part_folder;
  int part_folders;
  int part, parts; /* every parts-th run from `part` on, from 1; parts 0: all */
  int person;      /* from 1 */
  int jobs;        /* processes; 0: as many as there are cores */
  bool resume, rerun_failed, force;
  bool quiet, json_progress;
};

#define PERCUTA_ENGINE_COHORT_SYMBOL "percuta_engine_cohort"
typedef enum percuta_status percuta_engine_cohort_fn(const struct percuta_cohort_request *request);
percuta_engine_cohort_fn percuta_engine_cohort;

/* Follows the study on the ranks of MPI's world where a launcher has started several, else on
 * processes of this machine. Messages go to standard output and standard error. */
enum percuta_status percuta_engine_cohort_run(const struct percuta_cohort_request *request);

#endif
