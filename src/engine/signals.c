/* Signals while a run goes on. Between two steps a run can stop with a checkpoint of just then; in
 * the midst of a stage that takes minutes (a session's products, a step on a large grid, a report)
 * it cannot, and is ended by an alarm. Tests: tests/cli/restart.sh, tests/cli/signals.sh. */
#include "engine/signals.h"

#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "base/status.h"

enum { CAUGHT = 6, GRACE = 3, LONGEST = 10 }; /* [s]; so many times that while saving */
static const int NUMBER[CAUGHT] = {SIGINT, SIGTERM, SIGHUP, SIGXCPU, SIGALRM, SIGXFSZ};

/* Mutable statics: a signal handler can reach nothing else, and handlers are the process's. */
static volatile sig_atomic_t asked = 0, saving = 0, waited = 0;
static struct sigaction before[CAUGHT];
static char last_words[4096];

static void on_signal(int number) {
  if (asked == 0)
    alarm(GRACE);
  asked = number;
  if (number != SIGXCPU) /* which comes again every second */
    signal(number, SIG_DFL);
}

static void on_alarm(int number) {
  (void)number;
  if (saving && ++waited < LONGEST) {
    alarm(GRACE);
    return;
  }
  if (write(STDERR_FILENO, last_words, strlen(last_words)) < 0)
    waited = 0; /* nobody is there to be told */
  _exit(percuta_base_status_exit_code(asked == SIGINT ? PERCUTA_INTERRUPTED : PERCUTA_TERMINATED));
}

void percuta_engine_signals_catch(void) {
  for (int i = 0; i < CAUGHT; ++i) {
    struct sigaction action = {.sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    action.sa_handler = NUMBER[i] == SIGXFSZ   ? SIG_IGN
                        : NUMBER[i] == SIGALRM ? on_alarm
                                               : on_signal;
    sigaction(NUMBER[i], NULL, &before[i]);
    if (NUMBER[i] != SIGHUP || before[i].sa_handler != SIG_IGN)
      sigaction(NUMBER[i], &action, NULL);
  }
}

int percuta_engine_signals_asked(void) {
  return asked;
}

void percuta_engine_signals_last_words(const char *words) {
  sigset_t all, old;
  const size_t length = strlen(words) < sizeof last_words ? strlen(words) : sizeof last_words - 1;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, &old); /* so that nobody reads half of them */
  memcpy(last_words, words, length);
  last_words[length] = '\0';
  sigprocmask(SIG_SETMASK, &old, NULL);
}

void percuta_engine_signals_saving(bool now) {
  saving = now;
}

void percuta_engine_signals_release(void) {
  alarm(0);
  for (int i = 0; i < CAUGHT; ++i)
    sigaction(NUMBER[i], &before[i], NULL);
  asked = saving = waited = 0;
  last_words[0] = '\0';
}
