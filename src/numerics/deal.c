/* Two counters on rank 0, which every rank moves on without its help (MPI's one-sided
 * communication): runs handed out, and runs done. As they are handed out in order, all those before
 * one that fails are made as well, and the first failure does not depend on the number of ranks.
 * Tests: tests/verification/test_ranks.c (several_ranks.sh), tests/cli/ranks.sh. */
#include "numerics/deal.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "numerics/share.h"
#include "numerics/try.h"

enum counter { HANDED_OUT, DONE, COUNTERS };

/* The counters, as one rank sees them. */
struct table {
  MPI_Comm comm;
  int rank, ranks;
  MPI_Win window;      /* of several ranks */
  int *shared;         /* its memory on rank 0 */
  int alone[COUNTERS]; /* of one rank */
};

enum percuta_status percuta_numerics_deal_agree(const struct percuta_crew *crew,
                                                enum percuta_status status) {
  return crew ? percuta_numerics_share(crew->comm, status) : status;
}

static void open_table(const struct percuta_crew *crew, struct table *table) {
  *table = (struct table){.comm = crew ? crew->comm : MPI_COMM_SELF};
  MPI_Comm_rank(table->comm, &table->rank);
  MPI_Comm_size(table->comm, &table->ranks);
  if (table->ranks == 1)
    return;
  const MPI_Aint bytes = table->rank == 0 ? (MPI_Aint)(COUNTERS * sizeof(int)) : 0;
  MPI_Win_allocate(bytes, sizeof(int), MPI_INFO_NULL, table->comm, &table->shared, &table->window);
  MPI_Win_lock_all(MPI_MODE_NOCHECK, table->window);
  if (table->rank == 0)
    memset(table->shared, 0, (size_t)bytes);
  MPI_Win_sync(table->window);
  MPI_Barrier(table->comm);
}

static void close_table(struct table *table) {
  if (table->ranks == 1)
    return;
  MPI_Win_unlock_all(table->window);
  MPI_Win_free(&table->window);
}

/* Moves a counter on; what it was before. */
static int move(struct table *table, enum counter which, int by) {
  int before = table->alone[which];
  if (table->ranks == 1) {
    table->alone[which] += by;
    return before;
  }
  MPI_Fetch_and_op(&by, &before, MPI_INT, 0, which, MPI_SUM, table->window);
  MPI_Win_flush(0, table->window);
  return before;
}

/* What went wrong within a run: mistakes, and what PETSc said of its first error ("": nothing). */
struct heard {
  struct percuta_diag *diag; /* owned */
  char text[240];
};

static PetscErrorCode hear(MPI_Comm comm, int line, const char *function, const char *file,
                           PetscErrorCode code, PetscErrorType type, const char *message,
                           void *context) {
  struct heard *heard = context;
  const char *text = NULL;
  (void)comm, (void)line, (void)function, (void)file;
  if (type == PETSC_ERROR_INITIAL && !heard->text[0]) {
    (void)PetscErrorMessage(code, &text, NULL);
    snprintf(heard->text, sizeof heard->text, "the solver's library failed: %s%s%s",
             text ? text : "unknown error", message && *message ? ": " : "",
             message ? message : "");
  }
  return code;
}

/* One run, whose mistakes and errors inside PETSc are heard instead of told. */
static enum percuta_status make(const struct percuta_deal *deal, int index, double *out,
                                struct heard *heard) {
  percuta_base_diag_destroy(&heard->diag);
  heard->text[0] = '\0';
  if (percuta_base_diag_create(&heard->diag) != 0)
    return PERCUTA_MEMORY;
  PERCUTA_PETSC(PetscPushErrorHandler(hear, heard));
  const enum percuta_status status =
      deal->run(deal->context, index, heard->diag, out + (size_t)index * (size_t)deal->width);
  PERCUTA_PETSC(PetscPopErrorHandler());
  return status;
}

/* Takes runs as long as there are any. Returns the number of the one that failed here, or their
 * count, and with which status. */
static int take_part(const struct percuta_crew *crew, const struct percuta_deal *deal,
                     struct table *table, double *out, struct heard *heard,
                     enum percuta_status *status) {
  int index;
  *status = PERCUTA_OK;
  while ((index = move(table, HANDED_OUT, 1)) < deal->count) {
    if (crew && crew->done)
      crew->done(crew->context, move(table, DONE, 0), deal->count);
    *status = make(deal, index, out, heard);
    if (*status != PERCUTA_OK) {
      move(table, HANDED_OUT, deal->count); /* no more for anybody */
      return index;
    }
    move(table, DONE, 1);
  }
  return deal->count;
}

/* The failure heard, and which run it was of unless a mistake says so already. */
static void pass_on(const struct percuta_deal *deal, int index, enum percuta_status status,
                    const struct heard *heard, struct percuta_diag *diag) {
  const char *why = heard->text[0] ? heard->text : percuta_base_status_text(status);
  const size_t kept = heard->diag ? percuta_base_diag_kept(heard->diag) : 0;
  char name[160];
  bool named = false;
  deal->name(deal->context, index, name, sizeof name);
  for (size_t i = 0; i < kept; ++i) {
    const struct percuta_mistake *mistake = percuta_base_diag_at(heard->diag, i);
    percuta_base_diag_add(diag, mistake);
    named = named || (mistake->key && strcmp(mistake->key, name) == 0);
  }
  if (!named)
    percuta_base_diag_add(
        diag, &(struct percuta_mistake){.code = PERCUTA_CODE_RUN_FAILED, .key = name, .what = why});
}

/* The first failure in rank 0's list. It may be another rank's, so rank 0 makes that run itself; a
 * failure that does not come again, such as another rank's want of memory, keeps its status. */
static void tell(const struct percuta_deal *deal, const struct table *table, int first,
                 enum percuta_status status, struct percuta_diag *diag, double *out,
                 struct heard *heard) {
  if (table->rank != 0 || !diag)
    return;
  if (table->ranks > 1) {
    memset(out + (size_t)first * (size_t)deal->width, 0, (size_t)deal->width * sizeof *out);
    (void)make(deal, first, out, heard);
  }
  pass_on(deal, first, status, heard, diag);
}

/* After all runs, or a failure: answers, or the failure, to all ranks. */
static enum percuta_status settle(const struct percuta_deal *deal, const struct table *table,
                                  int failed, enum percuta_status status, double *out, int *first) {
  const size_t bytes = (size_t)deal->count * (size_t)deal->width * sizeof *out;
  MPI_Allreduce(&failed, first, 1, MPI_INT, MPI_MIN, table->comm);
  if (*first < deal->count)
    return percuta_numerics_share(table->comm, failed == *first ? status : PERCUTA_OK);
  /* each number is 0, bit by bit, on all ranks but one */
  if (table->ranks > 1)
    MPI_Allreduce(MPI_IN_PLACE, out, (int)bytes, MPI_BYTE, MPI_BOR, table->comm);
  return PERCUTA_OK;
}

enum percuta_status percuta_numerics_deal(const struct percuta_crew *crew,
                                          const struct percuta_deal *deal,
                                          struct percuta_diag *diag, double *out) {
  struct table table;
  struct heard heard = {.text = ""};
  enum percuta_status status;
  int first;
  open_table(crew, &table);
  memset(out, 0, (size_t)deal->count * (size_t)deal->width * sizeof *out);
  const int failed = take_part(crew, deal, &table, out, &heard, &status);
  status = settle(deal, &table, failed, status, out, &first);
  if (status != PERCUTA_OK)
    tell(deal, &table, first, status, diag, out, &heard);
  close_table(&table);
  percuta_base_diag_destroy(&heard.diag);
  return status;
}
