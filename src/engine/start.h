/* MPI and PETSc for this process. */
#ifndef PERCUTA_ENGINE_START_H
#define PERCUTA_ENGINE_START_H

#include "base/diag.h"
#include "base/status.h"

/* Starts MPI and PETSc, each unless somebody has started it; `option` are `count` options for
 * PETSc, without a program's name. What was started here is ended when the program ends. May be
 * called as often as one likes; options of later calls are added. PERCUTA_NUMERICS, with a
 * mistake in `diag` (may be NULL), when one of them does not start. Collective over MPI's world.
 *
 * In a process that no launcher started, MPI is told that it will stay alone (engine/alone.h): one
 * that wants MPI_Comm_spawn starts MPI himself. While MPI starts, no other thread may use the
 * environment. */
enum percuta_status percuta_engine_start(int count, char **option, struct percuta_diag *diag);

/* The same for the command line: what does not start is said on stderr. */
enum percuta_status percuta_engine_start_aloud(int count, char **option);

/* Ends what percuta_engine_start has started; called by itself at the program's end. Nothing can be
 * started after it: MPI runs once in a process. */
void percuta_engine_start_stop(void);

#endif
