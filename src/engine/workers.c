/* Processes that share a counter of runs in common memory. PETSc is not to be used by several
 * threads, so that these are processes; one that dies takes no more than its run with it.
 * Test: tests/cli/study.sh. */
#define _GNU_SOURCE
#include "engine/workers.h"

#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "engine/signals.h"
#include "engine/start.h"

enum { MOST = 256, IDLE = -1 };

/* What the processes have in common. */
struct board {
  atomic_int next, done, failed, stop;
  atomic_int at[MOST]; /* the run that each is at */
  char words[MOST][600];
};

int percuta_engine_workers_most(void) {
  cpu_set_t set;
  const int cores = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return cores < 1 ? 1 : cores > MOST ? MOST : cores;
}

static enum percuta_status asked(void) {
  const int signal_number = percuta_engine_signals_asked();
  return signal_number == 0        ? PERCUTA_OK
         : signal_number == SIGINT ? PERCUTA_INTERRUPTED
                                   : PERCUTA_TERMINATED;
}

/* Takes runs until there are none, one goes wrong, or all are to stop. */
static enum percuta_status take_part(const struct percuta_engine_work *work, struct board *board,
                                     int worker) {
  enum percuta_status status = work->open(work->context);
  while (status == PERCUTA_OK && !atomic_load(&board->stop)) {
    bool failed = false;
    const int index = atomic_fetch_add(&board->next, 1);
    if (index >= work->count)
      break;
    atomic_store(&board->at[worker], index);
    status = work->run(work->context, index, &failed);
    atomic_store(&board->at[worker], IDLE);
    if (status == PERCUTA_OK) {
      atomic_fetch_add(&board->failed, failed);
      atomic_fetch_add(&board->done, 1);
      status = asked();
    }
    if (worker == 0 && work->show)
      work->show(work->context, atomic_load(&board->done), atomic_load(&board->failed));
  }
  if (status != PERCUTA_OK) {
    atomic_store(&board->stop, 1);
    snprintf(board->words[worker], sizeof *board->words, "%s", work->words(work->context));
  }
  work->close(work->context);
  return status;
}

/* Another process, from its beginning to its end. It does not outlive the first. */
static _Noreturn void be_worker(const struct percuta_engine_work *work, struct board *board,
                                int worker, pid_t first) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != first)
    _exit(0);
  const enum percuta_status status = take_part(work, board, worker);
  percuta_engine_start_stop();
  _exit((int)status);
}

static void rest(void) {
  nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
}

/* Waits for one process to end, or sees that it has not yet. */
static bool has_ended(const struct percuta_engine_work *work, struct board *board, int worker,
                      pid_t process, enum percuta_status *status) {
  int how = 0;
  if (waitpid(process, &how, WNOHANG) == 0)
    return false;
  const int index = atomic_load(&board->at[worker]);
  if (WIFEXITED(how))
    *status = (enum percuta_status)WEXITSTATUS(how);
  else if (index != IDLE && asked() == PERCUTA_OK) {
    *status = work->died(work->context, index, WTERMSIG(how));
    atomic_fetch_add(&board->failed, 1);
    atomic_fetch_add(&board->done, 1);
  }
  return true;
}

static enum percuta_status worst_of(enum percuta_status a, enum percuta_status b) {
  return a == PERCUTA_OK ? b : a;
}

/* Waits for all, and takes over what the others have not done where one of them died. */
static enum percuta_status gather(const struct percuta_engine_work *work, struct board *board,
                                  const pid_t *process, int processes, enum percuta_status status) {
  bool ended[MOST] = {false};
  for (int left = processes - 1; left > 0;) {
    for (int i = 1; i < processes; ++i) {
      enum percuta_status own = PERCUTA_OK;
      if (ended[i] || (process[i] > 0 && !has_ended(work, board, i, process[i], &own)))
        continue;
      ended[i] = true;
      --left;
      status = worst_of(status, own);
    }
    if (asked() != PERCUTA_OK)
      atomic_store(&board->stop, 1);
    if (work->show)
      work->show(work->context, atomic_load(&board->done), atomic_load(&board->failed));
    rest();
  }
  return worst_of(status, asked());
}

enum percuta_status percuta_engine_workers_run(const struct percuta_engine_work *work,
                                               int processes, struct percuta_engine_worked *out) {
  pid_t process[MOST] = {0};
  const pid_t first = getpid();
  struct board *board =
      mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  *out = (struct percuta_engine_worked){.done = 0};
  if (board == MAP_FAILED)
    return PERCUTA_MEMORY;
  for (int i = 0; i < MOST; ++i)
    atomic_store(&board->at[i], IDLE);
  processes = processes > MOST ? MOST : processes;
  fflush(NULL); /* nothing is to be written twice */
  for (int i = 1; i < processes; ++i) {
    process[i] = fork();
    if (process[i] == 0)
      be_worker(work, board, i, first);
  }
  enum percuta_status status = take_part(work, board, 0);
  status = gather(work, board, process, processes, status);
  out->done = atomic_load(&board->done);
  out->failed = atomic_load(&board->failed);
  for (int i = 0; i < processes && !*out->words; ++i)
    snprintf(out->words, sizeof out->words, "%s", board->words[i]);
  munmap(board, sizeof *board);
  return status;
}
