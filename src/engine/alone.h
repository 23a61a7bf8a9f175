/* How MPI starts in a process that nobody has launched as one of several. */
#ifndef PERCUTA_ENGINE_ALONE_H
#define PERCUTA_ENGINE_ALONE_H

#include <stdbool.h>

/* Whether a launcher (mpiexec, srun and their like) has started this process, by what it leaves in
 * the environment. */
bool percuta_engine_alone_launched(void);

/* Puts what MPI_Init should know into the environment: how to be quiet where a container hides the
 * machine from it and, in a process that nobody has launched, to look for neither other machines
 * nor other processes. What the environment says already stands. Returns what was added, for
 * percuta_engine_alone_withdraw after MPI_Init, so that nothing of it reaches the processes that
 * this one starts. As with setenv, no other thread may use the environment meanwhile. */
unsigned percuta_engine_alone_prepare(void);
void percuta_engine_alone_withdraw(unsigned added);

#endif
