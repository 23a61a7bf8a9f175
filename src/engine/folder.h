/* The result folder around a run: may it be used, what stands in it from the start, its log, what
 * is left when the run has ended. Rank 0. Internal to engine/. */
#ifndef PERCUTA_ENGINE_FOLDER_H
#define PERCUTA_ENGINE_FOLDER_H

#include "engine/job.h"

/* Makes the folder and takes it for this run, or PERCUTA_TAKEN, PERCUTA_IO with the job's words.
 * percuta_engine_folder_leave gives it back; one that was made for nothing is removed. */
enum percuta_status percuta_engine_folder_take(struct percuta_job *job);
void percuta_engine_folder_leave(struct percuta_job *job);

/* Looks at what is there and decides whether the run, which has been created, starts, resumes or
 * was done before: sets job->way. For one that starts it opens the log and writes
 * used_parameters.yaml. What another run has left is only replaced with --force, what is not of
 * Percuta's making never. PERCUTA_TAKEN, PERCUTA_BAD_INPUT or PERCUTA_IO with the job's words. */
enum percuta_status percuta_engine_folder_open(struct percuta_job *job);

/* Continues the log of a run whose checkpoint has been read and found to be its own. */
enum percuta_status percuta_engine_folder_resume(struct percuta_job *job);

/* A line in the log for the newest row of the timeline. */
enum percuta_status percuta_engine_folder_log(struct percuta_job *job);

/* Ends the log with how the run has ended, `status`; PERCUTA_IO when that fails and all was well,
 * else `status`. */
enum percuta_status percuta_engine_folder_close(struct percuta_job *job,
                                                enum percuta_status status);

/* Removes what only an unfinished run needs. */
void percuta_engine_folder_tidy(const char *folder);

#endif
