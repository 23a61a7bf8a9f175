/* Times one day of permeation in one fidelity and prints what it took, as one line of JSON. A
 * finite dose, washed off after 5 h and put on again after 10, on a barrier, epidermis and dermis
 * that is cleared; 100 bores per cm2 of 70 um and 300 um deep; amounts every half hour. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "permeation/channel.h"
#include "permeation/column.h"
#include "permeation/patch.h"

enum { OUTPUTS = 48, ACROSS = 4 };

static const struct percuta_permeation_layer LAYERS[] = {
    {.name = "barrier", .thickness = 13e-6, .diffusivity = 1e-14, .partition = 10},
    {.name = "epidermis", .thickness = 1e-4, .diffusivity = 5e-11, .partition = 1},
    {.name = "dermis", .thickness = 2e-3, .diffusivity = 5e-11, .partition = 1, .loss = 2e-4}};
static const struct percuta_dose DOSES[] = {
    {.kind = PERCUTA_DOSE_FINITE, .time = 0, .volume = 1e-4, .concentration = 50},
    {.kind = PERCUTA_DOSE_WASH, .time = 18000},
    {.kind = PERCUTA_DOSE_FINITE, .time = 36000, .volume = 1e-4, .concentration = 50}};
static const double RADIUS[] = {35e-6};

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* The patch: 2 by 2 mm with 4 bores, 50 um cells. */
static int run(const char *fidelity, struct percuta_domain *domain,
               struct percuta_permeation **course) {
  const struct percuta_patch_window window = {2e-3, 2e-3, 40, 40};
  const struct percuta_resolution resolution = {0};
  enum percuta_status status = PERCUTA_BAD_INPUT;
  const char *wrong;
  if (strcmp(fidelity, "patch") == 0) {
    domain->bore_count = ACROSS;
    status = percuta_permeation_patch_run(PETSC_COMM_WORLD, domain, &window, &resolution, course,
                                          &wrong);
  } else if (strcmp(fidelity, "channel") == 0) {
    status = percuta_permeation_channel_run(domain, &resolution, course, &wrong);
  } else if (strcmp(fidelity, "column") == 0) {
    status = percuta_permeation_column_run(domain, &resolution, course, &wrong);
  } else if (strcmp(fidelity, "intact") == 0) {
    domain->density = 0;
    domain->bore_count = 0;
    status = percuta_permeation_column_run(domain, &resolution, course, &wrong);
  }
  return percuta_base_status_exit_code(status);
}

int main(int argc, char **argv) {
  const char *fidelity = argc > 1 ? argv[1] : "";
  double outputs[OUTPUTS];
  struct percuta_bore bores[ACROSS];
  struct percuta_permeation *course = NULL;
  for (int at = 0; at < OUTPUTS; ++at)
    outputs[at] = 1800.0 * (at + 1);
  for (int at = 0; at < ACROSS; ++at)
    bores[at] = (struct percuta_bore){.x = 5e-4 + 1e-3 * (at % 2),
                                      .y = 5e-4 + 1e-3 * (at / 2),
                                      .depth = 3e-4,
                                      .radius_count = 1,
                                      .radius = RADIUS};
  struct percuta_domain domain = {.layers = LAYERS,
                                  .layer_count = 3,
                                  .density = 1e6,
                                  .bores = bores,
                                  .bore_count = 1,
                                  .fill_diffusivity = 5e-10,
                                  .fill_partition = 1,
                                  .doses = DOSES,
                                  .dose_count = 3,
                                  .outputs = outputs,
                                  .output_count = OUTPUTS};
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 4;
  double start = now();
  int code = run(fidelity, &domain, &course);
  double seconds = now() - start;
  if (code == 0)
    printf("{\"fidelity\": \"%s\", \"seconds\": %.6f, \"steps\": %ld, \"factorisations\": %ld, "
           "\"balance\": %.1e, \"cleared_share\": %.6f}\n",
           fidelity, seconds, course->steps, course->factorisations, course->balance,
           course->cleared[3 * OUTPUTS - 1] / course->applied[OUTPUTS - 1]);
  else
    fprintf(stderr, "percuta_permeation: no result; fidelity: intact, column, channel or patch\n");
  percuta_permeation_domain_course_destroy(&course);
  return PetscFinalize() ? 4 : code;
}
