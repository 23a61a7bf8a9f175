/* Runs dealt over processes of this machine, where no launcher has started several. Internal to
 * engine/. */
#ifndef PERCUTA_ENGINE_WORKERS_H
#define PERCUTA_ENGINE_WORKERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/* What the workers do. `context` is borrowed and handed to all functions; each process has its own
 * copy of what it points to from when the workers start. */
struct percuta_engine_work {
  int count; /* runs, numbered from 0 */
  void *context;
  /* Before the first run and after the last, in each process. */
  enum percuta_status (*open)(void *context);
  void (*close)(void *context);
  /* One run, from beginning to end; *failed when it could not be followed, which does not end the
   * work as another status than PERCUTA_OK does. */
  enum percuta_status (*run)(void *context, int index, bool *failed);
  /* In the first process: run `index` died with its process, by that signal. */
  enum percuta_status (*died)(void *context, int index, int signal);
  /* In the first process, now and then. */
  void (*show)(void *context, int done, int failed);
  const char *(*words)(void *context); /* what is wrong, after a status of open or run */
};

struct percuta_engine_worked {
  int done, failed;
  char words[600]; /* what is wrong, after another status than PERCUTA_OK */
};

/* How many processes this one may keep busy: the cores it may run on. */
int percuta_engine_workers_most(void);

/* Does the work in `processes` processes, of which this one is one; each takes the next run that
 * nobody has taken. Before it starts nothing may have started MPI. After a signal that asks to stop
 * the runs that are under way are ended; PERCUTA_INTERRUPTED or PERCUTA_TERMINATED then. */
enum percuta_status percuta_engine_workers_run(const struct percuta_engine_work *work,
                                               int processes, struct percuta_engine_worked *out);

#endif
