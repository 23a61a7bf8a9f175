/* time = start + strikes + products + steps (a step + cells x a cell), every part a multiple of the
 * time that this machine takes for the rates of healing in one cell, which is measured. The
 * multiples, and the number of steps, are fitted to the examples and to runs with other cells and
 * tolerances. Test: tests/cli/memory.sh. */
#include "course/pace.h"

#include <math.h>

#include "base/clock.h"
#include "scenario/calendar.h"

/* What a run does, in rates of one cell. */
static const double START = 5e6, CELL = 15, STEP = 800, STRIKE = 50;
static const double PRODUCT[] = {0.6e6, 2.5e6, 60e6}; /* an active in a column, channel, patch */

/* Steps that a session asks for at the usual tolerance, by error of the third order; a core that
 * guides its cells is stricter. */
static const double STEPS = 150, USUAL_TOLERANCE = 1e-4, STRICTER = 0.02;

static const double EARLY =
    0.35; /* power of the time followed: most steps come in the first days */

static const double WITHIN = 2.5; /* times as long or short are nine of ten runs */

enum { BATCH = 20, BATCHES = 12 };

/* [s] for the rates of one cell at rest. */
static double measure(const struct percuta_cascade *cascade) {
  static const struct percuta_tissue site = {.dermal = true, .rest = 1};
  double value[PERCUTA_FIELD_COUNT], u[PERCUTA_FIELD_COUNT][PERCUTA_PIECE], rest[PERCUTA_PIECE];
  double rate[PERCUTA_FIELD_COUNT][PERCUTA_PIECE] = {{0}}, least = INFINITY;
  struct percuta_piece piece = {.count = PERCUTA_PIECE, .dermal = true, .rest = rest};
  percuta_healing_cascade_rest(cascade, &site, value);
  for (int i = 0; i < PERCUTA_PIECE; i++)
    rest[i] = 1;
  for (int f = 0; f < PERCUTA_FIELD_COUNT; f++) {
    for (int i = 0; i < PERCUTA_PIECE; i++)
      u[f][i] = value[f];
    piece.u[f] = u[f];
    piece.rate[f] = rate[f];
  }
  for (int batch = 0; batch < BATCHES; batch++) { /* the fastest is the one least disturbed */
    const double begin = percuta_base_clock();
    for (int i = 0; i < BATCH; i++)
      percuta_healing_cascade_rate(cascade, &piece);
    least = fmin(least, percuta_base_clock() - begin);
  }
  return least / (BATCH * PERCUTA_PIECE);
}

static double steps_of(const struct percuta_scenario *scenario,
                       const struct percuta_cascade *cascade) {
  const struct percuta_course *course = &scenario->course;
  const bool guided = percuta_healing_cascade_guided(cascade);
  const double tolerance = scenario->model.tolerance * (guided ? STRICTER : 1);
  const int sessions = percuta_scenario_calendar_count(course);
  const double shortest = percuta_scenario_calendar_shortest(course);
  const double each = fmin(course->follow_up / sessions, shortest);
  const double followed = sessions > 1 ? each : course->follow_up;
  const double share = pow(fmin(1, followed / PERCUTA_MONTH), EARLY);
  return course->follow_up / PERCUTA_WEEK +
         STEPS * sessions * share * cbrt(USUAL_TOLERANCE / tolerance);
}

/* Products and creams, each active once through intact and once through needled skin. */
static double products_of(const struct percuta_scenario *scenario) {
  const struct percuta_session *session = &scenario->session;
  const bool cream = session->numbing.product != NULL && session->numbing.product[0] != '\0';
  enum percuta_fidelity by =
      scenario->model.fidelity == PERCUTA_COLUMN ? PERCUTA_COLUMN : PERCUTA_CHANNEL;
  if (scenario->model.permeation != PERCUTA_PERMEATION_USUAL)
    by = scenario->model.permeation == PERCUTA_PERMEATION_COLUMN    ? PERCUTA_COLUMN
         : scenario->model.permeation == PERCUTA_PERMEATION_CHANNEL ? PERCUTA_CHANNEL
                                                                    : PERCUTA_PATCH;
  return PRODUCT[by] * (session->product_count + cream) *
         percuta_scenario_calendar_count(&scenario->course);
}

struct percuta_pace percuta_course_pace_predict(const struct percuta_scenario *scenario,
                                                const struct percuta_cascade *cascade,
                                                const struct percuta_grid *grid, double strikes) {
  const double cells = (double)percuta_numerics_grid_cell_count(grid);
  const double steps = steps_of(scenario, cascade);
  const double rates = START +
                       STRIKE * strikes * percuta_scenario_calendar_count(&scenario->course) +
                       products_of(scenario) + steps * (STEP + CELL * cells);
  const double seconds = rates * measure(cascade);
  return (struct percuta_pace){
      .steps = steps, .seconds = seconds, .low = seconds / WITHIN, .high = seconds * WITHIN};
}
