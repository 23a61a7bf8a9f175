/* What is followed beside a run: courses with drawn parameters, for its intervals. Internal to
 * engine/. */
#ifndef PERCUTA_ENGINE_BESIDE_H
#define PERCUTA_ENGINE_BESIDE_H

#include "engine/job.h"

/* Gives the record of rank 0 its bands. Collective over MPI's world, also over ranks without a run;
 * release with percuta_engine_beside_clear, also when it fails. */
enum percuta_status percuta_engine_beside_follow(struct percuta_job *job);
void percuta_engine_beside_clear(struct percuta_job *job);

#endif
