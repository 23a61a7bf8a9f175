/* For LD_PRELOAD: from when PETSc has started until it ends, a division by zero, an invalid operation
 * or an overflow ends the program with SIGFPE and says where it was. PERCUTA_TRAPS names a file that
 * is made when the traps are set. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <execinfo.h>
#include <fenv.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { DEEPEST = 24 };

static void say_where(int signal) {
  static const char words[] = "not a number: a floating-point trap in\n";
  void *frame[DEEPEST];
  const int count = backtrace(frame, DEEPEST);
  (void)signal;
  (void)!write(STDERR_FILENO, words, sizeof words - 1);
  backtrace_symbols_fd(frame, count, STDERR_FILENO);
  _exit(128 + SIGFPE);
}

/* The last step of starting PETSc: signals are the program's from then on. */
int PetscPopSignalHandler(void) {
  int (*real)(void);
  *(void **)&real = dlsym(RTLD_NEXT, "PetscPopSignalHandler");
  const int status = real();
  const char *mark = getenv("PERCUTA_TRAPS");
  FILE *made = mark ? fopen(mark, "w") : NULL;
  if (made)
    fclose(made);
  signal(SIGFPE, say_where);
  feenableexcept(FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW);
  return status;
}

int PetscFinalize(void) {
  int (*real)(void);
  *(void **)&real = dlsym(RTLD_NEXT, "PetscFinalize");
  fedisableexcept(FE_ALL_EXCEPT);
  return real();
}
