/* What stands in the folder of a study beside its rows, and what is made of rows that are there.
 * Internal to engine/. */
#ifndef PERCUTA_ENGINE_COHORT_FILES_H
#define PERCUTA_ENGINE_COHORT_FILES_H

#include "cohort/store.h"
#include "engine/cohort.h"

/* Writes used_study.yaml, which gives the same study, with the files that it names beside it. */
enum percuta_status percuta_engine_cohort_files_keep(const struct percuta_cohort_plan *plan,
                                                     const char *folder);
/* Removes the rows of whatever study was there. */
enum percuta_status percuta_engine_cohort_files_forget(const char *folder);
/* Writes all that shows the rows: the table and the page. */
enum percuta_status percuta_engine_cohort_files_write(const struct percuta_cohort_plan *plan,
                                                      struct percuta_cohort_store *store,
                                                      const char *folder);
/* Merging, a person, a job for an array: no run. */
enum percuta_status percuta_engine_cohort_files_task(const struct percuta_cohort_request *request);

#endif
