/* The long table of a study and what its columns mean, as files. */
#ifndef PERCUTA_COHORT_TABLE_H
#define PERCUTA_COHORT_TABLE_H

#include "cohort/store.h"

/* Writes table.csv and datapackage.json into `folder`, each whole or not at all. The same rows give
 * the same bytes. */
enum percuta_status percuta_cohort_table_write(struct percuta_cohort_store *store,
                                               const char *folder);

#endif
