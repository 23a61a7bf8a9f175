/* How much collagen do longer needles add? One session of a 0.5, 1 and 1.5 mm roller on the same
 * skin, followed for six months through the library.
 *
 *   cc needle_lengths.c $(pkg-config --cflags --libs percuta) -o needle_lengths
 *   ./needle_lengths first-session.yaml
 *
 * Prints one line for each length and each month. Longer needles reach more dermis; here each must
 * add more collagen per area of skin than the one before, or the program ends with exit code 1. */
#include <math.h>
#include <percuta/percuta.h>
#include <stdio.h>
#include <stdlib.h>

#define DAY 86400.0 /* [s] */

/* Prints what is wrong and ends the program. */
static void give_up(enum percuta_status status, struct percuta_mistakes *mistakes) {
  struct percuta_mistake_text mistake;
  for (size_t i = 0; percuta_mistakes_at(mistakes, i, &mistake) == PERCUTA_OK; i++)
    fprintf(stderr, "%s:%d: %s: %s\n", mistake.file, mistake.line, mistake.key, mistake.what);
  fprintf(stderr, "needle_lengths: %s\n", percuta_status_text(status));
  exit(2);
}

static void must(enum percuta_status status, struct percuta_mistakes **mistakes) {
  if (status != PERCUTA_OK)
    give_up(status, mistakes ? *mistakes : NULL);
}

static double outcome(const struct percuta_run *run, const char *name, double day) {
  struct percuta_reading reading;
  must(percuta_run_outcome(run, name, PERCUTA_SINCE_LAST_SESSION, day * DAY, &reading), NULL);
  return reading.value;
}

/* Follows one course; returns the collagen gained after six months [um of resting dermis]. */
static double follow(const struct percuta_scenario *scenario, const char *length) {
  struct percuta_mistakes *mistakes = NULL;
  struct percuta_run *run = NULL;
  must(percuta_run_create(scenario, NULL, &mistakes, &run), &mistakes);
  for (int month = 1; month <= 6; month++) {
    must(percuta_run_advance(run, 30 * month * DAY), NULL);
    printf("%s  month %d  collagen %+.2f %%\n", length, month,
           100 * (outcome(run, "collagen_total_rel", 30 * month) - 1));
  }
  const double depth = outcome(run, "treated_bottom_um", 0) - outcome(run, "treated_top_um", 0);
  const double gain = (outcome(run, "collagen_total_rel", 180) - 1) * depth;
  printf("%s  gain %.2f um of dermis\n", length, gain);
  percuta_run_destroy(&run);
  return gain;
}

int main(int argc, char **argv) {
  static const char *const lengths[] = {"0.5 mm", "1 mm", "1.5 mm"};
  struct percuta_mistakes *mistakes = NULL;
  struct percuta_catalogue *catalogue = NULL;
  struct percuta_scenario *scenario = NULL;
  double before = -INFINITY;
  int good = 1;
  if (argc != 2) {
    fprintf(stderr, "usage: needle_lengths SCENARIO\n");
    return 2;
  }
  must(percuta_open(NULL, &mistakes, &catalogue), &mistakes);
  must(percuta_scenario_read(catalogue, argv[1], &mistakes, &scenario), &mistakes);
  must(percuta_scenario_set(&scenario, "model.fidelity", "column", &mistakes), &mistakes);
  for (int i = 0; i < 3; i++) {
    must(percuta_scenario_set(&scenario, "device.needle.length", lengths[i], &mistakes), &mistakes);
    const double gain = follow(scenario, lengths[i]);
    good = good && gain > before;
    before = gain;
  }
  percuta_scenario_destroy(&scenario);
  percuta_close(&catalogue);
  percuta_shutdown();
  return good ? 0 : 1;
}
