#include "course/progress.h"

#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/units.h"

struct percuta_progress {
  enum percuta_progress_style style;
  int shown;         /* something stands on the line */
  double end;        /* [s] simulated */
  double start;      /* [s] wall clock */
  double start_time; /* [s] simulated, at the first call: a resumed run starts late */
  double last;       /* [s] wall clock of the last show */
};

/* The one mutable static: a signal handler can reach nothing else. */
static volatile sig_atomic_t stop_signal = 0;

static void on_signal(int number) {
  stop_signal = number;
  signal(number, SIG_DFL);
}

void percuta_course_progress_catch_signals(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

void percuta_course_progress_ignore_file_limit(void) {
  signal(SIGXFSZ, SIG_IGN);
}

int percuta_course_progress_stop_signal(void) {
  return stop_signal;
}

double percuta_course_progress_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

enum percuta_status percuta_course_progress_create(enum percuta_progress_style style, double end,
                                                   struct percuta_progress **out) {
  struct percuta_progress *progress = calloc(1, sizeof *progress);
  if (!progress)
    return PERCUTA_MEMORY;
  progress->style = style;
  if (style == PERCUTA_PROGRESS_LINE && !isatty(STDERR_FILENO)) {
    progress->style = PERCUTA_PROGRESS_QUIET;
  }
  progress->end = end;
  progress->start = percuta_course_progress_clock();
  progress->start_time = NAN;
  *out = progress;
  return PERCUTA_OK;
}

void percuta_course_progress_destroy(struct percuta_progress **progress) {
  if (!*progress)
    return;
  if ((*progress)->shown)
    fprintf(stderr, "\r\033[K");
  free(*progress);
  *progress = NULL;
}

void percuta_course_progress_show(struct percuta_progress *progress, double time, double step,
                                  long steps, int force) {
  double now = percuta_course_progress_clock();
  if (isnan(progress->start_time))
    progress->start_time = time;
  if (progress->style == PERCUTA_PROGRESS_QUIET || (!force && now - progress->last < 0.2))
    return;
  progress->last = now;
  /* steps grow roughly with time, so the work left goes with its logarithm */
  double first = progress->start_time + PERCUTA_HOUR;
  double done = log((time + PERCUTA_HOUR) / first) / log((progress->end + PERCUTA_HOUR) / first);
  double eta = done > 0.02 ? (now - progress->start) * (1 / done - 1) : NAN;
  double percent = 100 * time / progress->end;
  if (progress->style == PERCUTA_PROGRESS_JSON) {
    printf("{\"time_d\":%.6g,\"percent\":%.4g,\"step_d\":%.4g,\"steps\":%ld,\"elapsed_s\":%.3g",
           time / PERCUTA_DAY, percent, step / PERCUTA_DAY, steps, now - progress->start);
    if (!isnan(eta))
      printf(",\"eta_s\":%.3g", eta);
    printf("}\n");
    fflush(stdout);
    return;
  }
  fprintf(stderr, "\r\033[Kday %.4g of %.4g  %3.0f %%  step %.2g d", time / PERCUTA_DAY,
          progress->end / PERCUTA_DAY, percent, step / PERCUTA_DAY);
  if (!isnan(eta))
    fprintf(stderr, "  about %.0f s left", eta);
  fflush(stderr);
  progress->shown = 1;
}
