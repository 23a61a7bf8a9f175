/* Loops whose turns may run on several cores of this machine. Turns write to places of their own
 * and nothing is added up across them, so that results do not depend on how many there are. */
#ifndef PERCUTA_BASE_THREADS_H
#define PERCUTA_BASE_THREADS_H

#include <stddef.h>
#include <unistd.h>

#ifdef _OPENMP
#include <omp.h>
#define PERCUTA_THREADS_PRAGMA(text) _Pragma(#text)
/* Before a for loop. */
#define PERCUTA_THREADS_LOOP(threads)                                                              \
  PERCUTA_THREADS_PRAGMA(omp parallel for num_threads(threads) schedule(dynamic))
#else
#define PERCUTA_THREADS_LOOP(threads)
#endif

/* How many threads of each of `processes` on this machine work on so many cells: all that it may
 * use
 * ($OMP_NUM_THREADS, the cores it is bound to), no more than its share of the machine, and none for
 * less than what waking it costs. */
static inline int percuta_threads_for(size_t cells, int processes) {
  enum { LEAST = 8192 };
  const size_t useful = cells / LEAST;
  int most = 1;
#ifdef _OPENMP
  const long share = sysconf(_SC_NPROCESSORS_ONLN) / processes;
  most = omp_get_max_threads();
  most = most < share ? most : share > 1 ? (int)share : 1;
#else
  (void)processes;
#endif
  return useful < 2 ? 1 : useful < (size_t)most ? (int)useful : most;
}

#endif
