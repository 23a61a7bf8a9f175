/* A line that rewrites itself, or JSON lines. Tests: tests/cli/run.sh, ranks.sh. */
#include "engine/progress.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/units.h"

struct percuta_progress {
  enum percuta_progress_style style;
  int shown;         /* something stands on the line */
  double end;        /* [s] simulated */
  double start;      /* [s] wall clock */
  double start_time; /* [s] simulated, at the first call: a resumed run starts late */
  double last;       /* [s] wall clock of the last show */
};

enum percuta_status percuta_engine_progress_create(enum percuta_progress_style style, double end,
                                                   struct percuta_progress **out) {
  struct percuta_progress *progress = calloc(1, sizeof *progress);
  if (!progress)
    return PERCUTA_MEMORY;
  progress->style = style;
  if (style == PERCUTA_PROGRESS_LINE && !isatty(STDERR_FILENO)) {
    progress->style = PERCUTA_PROGRESS_QUIET;
  }
  progress->end = end;
  progress->start = percuta_base_clock();
  progress->start_time = NAN;
  *out = progress;
  return PERCUTA_OK;
}

void percuta_engine_progress_clear(struct percuta_progress *progress) {
  if (progress->shown)
    fprintf(stderr, "\r\033[K");
  progress->shown = 0;
}

void percuta_engine_progress_destroy(struct percuta_progress **progress) {
  if (!*progress)
    return;
  percuta_engine_progress_clear(*progress);
  free(*progress);
  *progress = NULL;
}

/* Whether it is time to show something. */
static bool is_due(struct percuta_progress *progress, double now) {
  if (progress->style == PERCUTA_PROGRESS_QUIET || now - progress->last < 0.2)
    return false;
  progress->last = now;
  return true;
}

void percuta_engine_progress_show(struct percuta_progress *progress, double time, double step,
                                  long steps) {
  double now = percuta_base_clock();
  if (isnan(progress->start_time))
    progress->start_time = time;
  if (!is_due(progress, now))
    return;
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

void percuta_engine_progress_show_study(struct percuta_progress *progress,
                                        const struct percuta_progress_study *study) {
  if (!is_due(progress, percuta_base_clock()))
    return;
  fprintf(stderr, "\r\033[K%s: %d of %d runs done", study->what, study->done, study->count);
  if (study->time > 0)
    fprintf(stderr, "; this one at day %.4g of %.4g", study->time / PERCUTA_DAY,
            study->end / PERCUTA_DAY);
  fflush(stderr);
  progress->shown = 1;
}
