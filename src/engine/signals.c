/* Signals while a run goes on. Tests: tests/cli/restart.sh, tests/cli/failure.sh. */
#include "engine/signals.h"

#include <signal.h>
#include <stddef.h>

enum { CAUGHT = 3 };
static const int NUMBER[CAUGHT] = {SIGINT, SIGTERM, SIGXFSZ};

/* Mutable statics: a signal handler can reach nothing else, and handlers are the process's. */
static volatile sig_atomic_t asked = 0;
static struct sigaction before[CAUGHT];

static void on_signal(int number) {
  asked = number;
  signal(number, SIG_DFL);
}

void percuta_engine_signals_catch(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigemptyset(&action.sa_mask);
  for (int i = 0; i < CAUGHT; ++i) {
    if (NUMBER[i] == SIGXFSZ)
      action.sa_handler = SIG_IGN;
    sigaction(NUMBER[i], &action, &before[i]);
  }
}

int percuta_engine_signals_asked(void) {
  return asked;
}

void percuta_engine_signals_release(void) {
  for (int i = 0; i < CAUGHT; ++i)
    sigaction(NUMBER[i], &before[i], NULL);
  asked = 0;
}
