/* Floating-point traps: between `set` and `lift` a division by zero, an undefined operation or an
 * overflow ends the program and says where. Only in builds that compute nothing ahead
 * (PERCUTA_TRAPS: those with sanitizers); elsewhere a compiler may divide where the program would
 * not, and they do nothing. The file that includes this defines _GNU_SOURCE first. */
#ifndef PERCUTA_TESTS_VERIFICATION_TRAPS_FIXTURE_H
#define PERCUTA_TESTS_VERIFICATION_TRAPS_FIXTURE_H

#include <execinfo.h>
#include <fenv.h>
#include <signal.h>
#include <stdbool.h>
#include <unistd.h>

#ifdef PERCUTA_TRAPS
static const bool traps_work = true;
#else
static const bool traps_work = false;
#endif

enum { TRAPS_DEEPEST = 24, TRAPS_EXIT = 3 };

static inline void traps_say_where(int number) {
  static const char words[] = "a floating-point trap in\n";
  void *frame[TRAPS_DEEPEST];
  const int count = backtrace(frame, TRAPS_DEEPEST);
  (void)number;
  (void)!write(STDERR_FILENO, words, sizeof words - 1);
  backtrace_symbols_fd(frame, count, STDERR_FILENO);
  _exit(TRAPS_EXIT);
}

static inline void traps_set(void) {
  if (!traps_work)
    return;
  signal(SIGFPE, traps_say_where);
  feclearexcept(FE_ALL_EXCEPT);
  feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
}

static inline void traps_lift(void) {
  fedisableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
}

#endif
