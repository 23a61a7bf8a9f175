/* The result folder around a run: may it be used, what stands in it from the start, its log, what
 * is left when the run has ended. Rank 0. Internal to engine/. */
#ifndef PERCUTA_ENGINE_FOLDER_H
#define PERCUTA_ENGINE_FOLDER_H

#include "engine/job.h"

/* Makes the folder, writes used_parameters.yaml and opens the log, which goes on where it ended
 * when a run is resumed. PERCUTA_BAD_INPUT, with a message on stderr, when what is there does not
 * go with --resume or its absence; PERCUTA_IO with words in the run's failure. */
enum percuta_status percuta_engine_folder_open(struct percuta_job *job);

/* A line in the log for the newest row of the timeline. */
enum percuta_status percuta_engine_folder_log(struct percuta_job *job);

/* Ends the log with how the run has ended, `status`; PERCUTA_IO when that fails and all was well,
 * else `status`. */
enum percuta_status percuta_engine_folder_close(struct percuta_job *job,
                                                enum percuta_status status);

/* Removes what only an unfinished run needs. */
void percuta_engine_folder_tidy(const char *folder);

#endif
