/* Many independent runs, each on one rank alone, dealt over ranks; all have all answers. */
#ifndef PERCUTA_NUMERICS_DEAL_H
#define PERCUTA_NUMERICS_DEAL_H

#include <stddef.h>

#include "base/diag.h"
#include "base/status.h"
#include "numerics/petsc_compat.h"

/* Who shares the runs of a study, and who is told how far they are. Where a pointer to one may be
 * NULL, that is this process alone, which nobody watches. */
struct percuta_crew {
  MPI_Comm comm;
  /* Borrowed; handed to both functions, either of which may be NULL. They are called on the ranks
   * that have them: rank 0, as a rule. */
  void *context;
  void (*done)(void *context, int runs, int count);       /* so many of so many are done */
  void (*within)(void *context, double time, double end); /* how far this rank's own is */
};

/* The worst of what the ranks of the crew (NULL: this process alone) bring, so that all of them go
 * on or none does; to be called before runs are dealt. Collective. */
enum percuta_status percuta_numerics_deal_agree(const struct percuta_crew *crew,
                                                enum percuta_status status);

/* Runs to be dealt. */
struct percuta_deal {
  int count, width; /* runs, and numbers that each of them leaves */
  void *context;    /* borrowed; handed to both functions */
  /* Run number `index`, from 0: its numbers to `out`, which holds 0s; mistakes to `diag`, where
   * they are lost unless the run fails. It must not depend on what its rank ran before. */
  enum percuta_status (*run)(void *context, int index, struct percuta_diag *diag, double *out);
  /* What a user calls it: "row HEAL-003, draw 7". */
  void (*name)(void *context, int index, char *out, size_t size);
};

/* Makes all runs, in the order of their numbers, each on the next rank of the crew that is free, so
 * that no run may need another rank. `out`, of count x width numbers, run by run, is then the same
 * on every rank, to the last bit, for any number of ranks. When runs fail, the first of them
 * counts, by its number, not by the clock: its status is returned on every rank and its mistakes,
 * with its name, are in rank 0's `diag` (may be NULL); `out` is then of no use. Collective. */
enum percuta_status percuta_numerics_deal(const struct percuta_crew *crew,
                                          const struct percuta_deal *deal,
                                          struct percuta_diag *diag, double *out);

#endif
