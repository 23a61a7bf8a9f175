/* A trajectory starts at a point of a grid with four levels in each parameter and moves one
 * parameter after the other, in a drawn order, by two levels up or down. Levels are shares of a
 * part of the range around the parameter's value, of its logarithm where the range is positive.
 * Strength, spread: Morris 1991, Campolongo 2007.
 * Test: tests/verification/test_study.c. */
#include "study/morris.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "course/trial.h"
#include "study/files.h"

enum { SHOWN = 20 };                /* rows of the page */
static const double MOVE = 2.0 / 3; /* of the part that is walked */

/* The parameters that are moved and what is kept of the effects. */
struct walk {
  const struct percuta_scenario *scenario;
  const struct percuta_crew *crew;
  int count, trajectories;
  double span;                                /* share of a range that is walked */
  const struct percuta_parameter **parameter; /* owned */
  double *original, *share;                   /* owned */
  int *order;                                 /* owned */
  double *size, *signed_effect; /* owned, trajectories to a parameter; NAN: not taken */
  int courses, failed;
  char why[PERCUTA_MORRIS_WHY];
};

static void clear_walk(struct walk *walk) {
  free(walk->parameter);
  free(walk->original);
  free(walk->share);
  free(walk->order);
  free(walk->size);
  free(walk->signed_effect);
}

/* How published findings are read, and the window a column samples, are no part of the model. */
static bool moves(const struct percuta_parameter *parameter) {
  return parameter->high > parameter->low && strncmp(parameter->name, "reading.", 8) != 0 &&
         strcmp(parameter->name, "course.column_window") != 0;
}

/* Release with clear_walk, also when it fails. */
static enum percuta_status open_walk(const struct percuta_scenario *scenario, int trajectories,
                                     double span, const struct percuta_crew *crew,
                                     struct walk *walk) {
  size_t total = percuta_base_parameters_count(scenario->parameters);
  size_t effects = total * (size_t)trajectories + 1;
  *walk = (struct walk){.scenario = scenario,
                        .crew = crew,
                        .trajectories = trajectories,
                        .span = span,
                        .parameter = calloc(total + 1, sizeof *walk->parameter),
                        .original = calloc(total + 1, sizeof *walk->original),
                        .share = calloc(total + 1, sizeof *walk->share),
                        .order = calloc(total + 1, sizeof *walk->order),
                        .size = calloc(effects, sizeof *walk->size),
                        .signed_effect = calloc(effects, sizeof *walk->signed_effect)};
  if (!walk->parameter || !walk->original || !walk->share || !walk->order || !walk->size ||
      !walk->signed_effect)
    return PERCUTA_MEMORY;
  for (size_t i = 0; i < total; ++i) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(scenario->parameters, i);
    if (!moves(parameter))
      continue;
    walk->original[walk->count] = parameter->value;
    walk->parameter[walk->count++] = parameter;
  }
  return PERCUTA_OK;
}

static enum percuta_status put(const struct walk *walk, int p, double value) {
  return percuta_base_parameters_put(walk->scenario->parameters, walk->scenario->units,
                                     walk->parameter[p]->name, value);
}

/* Value at a share of the part of the range that is walked: `span` of it, around the value in the
 * scenario, pushed back where it would leave the range. */
static double at_share(const struct walk *walk, int p, double share) {
  const struct percuta_parameter *parameter = walk->parameter[p];
  bool positive = parameter->low > 0;
  double low = positive ? log(parameter->low) : parameter->low;
  double high = positive ? log(parameter->high) : parameter->high;
  double here = positive ? log(walk->original[p]) : walk->original[p];
  double width = walk->span * (high - low);
  double from = fmin(fmax(here - width / 2, low), high - width);
  double value = from + share * width;
  return positive ? fmin(fmax(exp(value), parameter->low), parameter->high) : value;
}

/* What a run leaves: collagen at the end of the course, NAN when it cannot be followed. */
enum answer { COLLAGEN, FAILED, ANSWERS };

static void follow(const struct walk *walk, struct percuta_diag *diag, double *out) {
  struct percuta_trial trial;
  out[COLLAGEN] = NAN;
  out[FAILED] = percuta_course_trial_run(walk->scenario, walk->crew, diag, &trial) != PERCUTA_OK;
  if (out[FAILED] > 0)
    return;
  const struct percuta_timeline *timeline = &trial.record->timeline;
  if (timeline->count)
    out[COLLAGEN] = timeline->row[timeline->count - 1].collagen_total_rel;
  percuta_course_trial_clear(&trial);
}

/* Draws the levels where a trajectory starts and the order in which parameters move. */
static void start(struct walk *walk, int trajectory) {
  const struct percuta_random_key key = {.seed = walk->scenario->model.seed,
                                         .purpose = PERCUTA_RANDOM_TRAJECTORY};
  for (int p = 0; p < walk->count; ++p) {
    double u[4];
    percuta_base_random_uniform4(key, (uint32_t)trajectory, (uint32_t)p, u);
    walk->share[p] = floor(4 * u[0]) / 3;
    walk->order[p] = p;
    int other = (int)(u[1] * (p + 1));
    walk->order[p] = walk->order[other];
    walk->order[other] = p;
  }
}

/* The next step of it moves parameter `p`, by so much. */
static double move(struct walk *walk, int p) {
  const double by = walk->share[p] < 0.5 ? MOVE : -MOVE;
  walk->share[p] += by;
  return by;
}

/* Points of a trajectory: its start and one after every step. */
static int points(const struct walk *walk) {
  return walk->count + 1;
}

/* The course at one point of a trajectory. */
static enum percuta_status visit(void *context, int index, struct percuta_diag *diag, double *out) {
  struct walk *walk = context;
  enum percuta_status status = PERCUTA_OK;
  start(walk, index / points(walk));
  for (int step = 0; step < index % points(walk); ++step)
    (void)move(walk, walk->order[step]);
  for (int p = 0; p < walk->count && status == PERCUTA_OK; ++p)
    status = put(walk, p, at_share(walk, p, walk->share[p]));
  if (status == PERCUTA_OK)
    follow(walk, diag, out);
  return status;
}

static void name_point(void *context, int index, char *out, size_t size) {
  const struct walk *walk = context;
  snprintf(out, size, "trajectory %d, step %d", index / points(walk) + 1, index % points(walk));
}

/* The effects of the steps of a trajectory, from what came of its points. */
static void take_effects(struct walk *walk, int trajectory, const double *answer) {
  start(walk, trajectory);
  for (int step = 0; step < walk->count; ++step) {
    const int p = walk->order[step];
    const double by = move(walk, p);
    const double before = answer[step * ANSWERS + COLLAGEN];
    const double after = answer[(step + 1) * ANSWERS + COLLAGEN];
    const size_t place = (size_t)p * (size_t)walk->trajectories + (size_t)trajectory;
    walk->signed_effect[place] = (after - before) / by;
    walk->size[place] = fabs(walk->signed_effect[place]);
  }
}

/* Why the course at a point that failed does: it is followed once more, for its words. */
static void ask_why(struct walk *walk, int index) {
  struct percuta_diag *own = NULL;
  double answer[ANSWERS];
  if (percuta_base_diag_create(&own) != 0)
    return;
  (void)visit(walk, index, own, answer);
  if (percuta_base_diag_kept(own) > 0)
    snprintf(walk->why, sizeof walk->why, "%s", percuta_base_diag_at(own, 0)->what);
  percuta_base_diag_destroy(&own);
}

/* Visits all points of all trajectories, and puts the parameters back. */
static enum percuta_status go(struct walk *walk, struct percuta_diag *diag) {
  const struct percuta_deal deal = {.count = walk->trajectories * points(walk),
                                    .width = ANSWERS,
                                    .context = walk,
                                    .run = visit,
                                    .name = name_point};
  double *answer = calloc((size_t)deal.count * ANSWERS, sizeof *answer);
  enum percuta_status status =
      percuta_numerics_deal_agree(walk->crew, answer ? PERCUTA_OK : PERCUTA_MEMORY);
  if (status == PERCUTA_OK)
    status = percuta_numerics_deal(walk->crew, &deal, diag, answer);
  walk->courses = deal.count;
  for (int i = 0; i < deal.count && status == PERCUTA_OK; ++i) {
    if (answer[(size_t)i * ANSWERS + FAILED] > 0 && walk->failed++ == 0)
      ask_why(walk, i);
  }
  for (int p = 0; p < walk->count; ++p) {
    const enum percuta_status back = put(walk, p, walk->original[p]);
    status = status == PERCUTA_OK ? back : status;
  }
  for (int t = 0; t < walk->trajectories && status == PERCUTA_OK; ++t)
    take_effects(walk, t, answer + (size_t)t * (size_t)points(walk) * ANSWERS);
  free(answer);
  return status;
}

static int ascending(const void *left, const void *right) {
  const double *a = left, *b = right;
  return (*a > *b) - (*a < *b);
}

/* Mean, median and spread of the effects that could be taken. */
static struct percuta_morris_effect summarise(struct walk *walk, int p) {
  struct percuta_morris_effect effect = {.parameter = walk->parameter[p]};
  double *size = walk->size + (size_t)p * (size_t)walk->trajectories;
  double *with_sign = walk->signed_effect + (size_t)p * (size_t)walk->trajectories;
  double sum = 0, square = 0;
  for (int t = 0; t < walk->trajectories; ++t) {
    if (!isfinite(size[t]))
      continue;
    effect.strength += size[t];
    sum += with_sign[t];
    square += with_sign[t] * with_sign[t];
    size[effect.count++] = size[t];
  }
  if (effect.count == 0)
    return effect;
  double n = effect.count, mean = sum / n;
  effect.strength /= n;
  effect.spread = n > 1 ? sqrt(fmax(0, (square - n * mean * mean) / (n - 1))) : 0;
  qsort(size, (size_t)effect.count, sizeof *size, ascending);
  effect.middle = (size[(effect.count - 1) / 2] + size[effect.count / 2]) / 2;
  return effect;
}

/* By the median, then by the mean: one course that runs away must not lead the list. */
static int strongest_first(const void *left, const void *right) {
  const struct percuta_morris_effect *a = left, *b = right;
  if (a->middle != b->middle)
    return a->middle < b->middle ? 1 : -1;
  return (a->strength < b->strength) - (a->strength > b->strength);
}

enum percuta_status percuta_study_morris_compute(const struct percuta_scenario *scenario,
                                                 int trajectories, double span,
                                                 const struct percuta_crew *crew,
                                                 struct percuta_diag *diag,
                                                 struct percuta_morris *out) {
  struct walk walk;
  enum percuta_status status =
      percuta_numerics_deal_agree(crew, open_walk(scenario, trajectories, span, crew, &walk));
  if (status == PERCUTA_OK)
    status = go(&walk, diag);
  struct percuta_morris morris = {
      .count = walk.count, .courses = walk.courses, .failed = walk.failed, .span = span};
  snprintf(morris.why, sizeof morris.why, "%s", walk.why);
  morris.effect = calloc((size_t)walk.count + 1, sizeof *morris.effect);
  if (!morris.effect)
    status = PERCUTA_MEMORY;
  for (int p = 0; p < walk.count && status == PERCUTA_OK; ++p)
    morris.effect[p] = summarise(&walk, p);
  if (status == PERCUTA_OK) {
    qsort(morris.effect, (size_t)morris.count, sizeof *morris.effect, strongest_first);
    *out = morris;
  } else {
    free(morris.effect);
  }
  clear_walk(&walk);
  return status;
}

void percuta_study_morris_clear(struct percuta_morris *morris) {
  free(morris->effect);
  *morris = (struct percuta_morris){.effect = NULL};
}

static enum percuta_status write_csv(const void *results, FILE *stream) {
  const struct percuta_morris *morris = results;
  fprintf(stream, "parameter,unit,low,high,strength,middle,spread,effects\n");
  for (int i = 0; i < morris->count; ++i) {
    const struct percuta_morris_effect *e = &morris->effect[i];
    fprintf(stream, "%s,%s,%.9g,%.9g,%.6g,%.6g,%.6g,%d\n", e->parameter->name, e->parameter->unit,
            e->parameter->low, e->parameter->high, e->strength, e->middle, e->spread, e->count);
  }
  return PERCUTA_OK;
}

static enum percuta_status write_page(const void *results, FILE *stream) {
  const struct percuta_morris *morris = results;
  fprintf(stream,
          "%d parameters, %d courses, of which %d failed%s%s; walks through %.3g of each "
          "range.\n\n| parameter | what it is | range | unit | median | mean | spread | status |\n"
          "|---|---|---|---|---|---|---|---|\n",
          morris->count, morris->courses, morris->failed,
          morris->why[0] ? ", the first because " : "", morris->why, morris->span);
  for (int i = 0; i < morris->count && i < SHOWN; ++i) {
    const struct percuta_morris_effect *e = &morris->effect[i];
    fprintf(stream, "| `%s` | %s | %.3g to %.3g | %s | %.2g | %.2g | %.2g | %s |\n",
            e->parameter->name, e->parameter->meaning, e->parameter->low, e->parameter->high,
            e->parameter->unit, 100 * e->middle, 100 * e->strength, 100 * e->spread,
            percuta_base_parameters_status(e->parameter->status));
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_study_morris_write(const struct percuta_morris *morris,
                                               const char *folder) {
  static const struct percuta_study_file files[] = {{"sensitivity.csv", write_csv},
                                                    {"page.md", write_page}};
  return percuta_study_files_write(folder, files, 2, morris);
}

void percuta_study_morris_print(const struct percuta_morris *morris, FILE *stream) {
  fprintf(stream,
          "Change of collagen at the end of the course, in percentage points, over the part of the "
          "range\nof each parameter that was varied\n%-38s %10s %10s %10s\n",
          "parameter", "median", "mean", "spread");
  for (int i = 0; i < morris->count && i < 10; ++i) {
    const struct percuta_morris_effect *e = &morris->effect[i];
    fprintf(stream, "%-38s %10.3g %10.3g %10.3g\n", e->parameter->name, 100 * e->middle,
            100 * e->strength, 100 * e->spread);
  }
  fprintf(stream, "%d courses, of which %d failed\n", morris->courses, morris->failed);
}
