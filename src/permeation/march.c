/* One step dt of the network of march.h, C du/dt = -L u, with n = C u the amounts [X/m^2]:
 *   (C + dt L) u_full = n;   (C + dt/2 L) u_mid = n;   (C + dt/2 L) u_half = C u_mid
 *   n := C (2 u_half - u_full)            what has left: rate dt (u_mid + u_half - u_full)
 * A step is kept if C |u_half - u_full|, summed from any layer down, is at most `tolerance` of all
 * that has come as far. Steps are 2^-k of the time between two events.
 * Theory: docs/theory/permeation.md. Verified: tests/verification/test_permeation_column.c,
 * test_permeation_channel.c and test_permeation_patch.c (order in time, tolerance, balance). */
#include "permeation/march.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST_LEVEL = 60, VECTORS = 4 };

static const double TOLERANCE = 3e-3; /* unless asked otherwise */
static const double FIRST_STEP = 0.5; /* of the time in which a cell at the surface fills */
static const double GROW_BELOW = 0.2; /* of the tolerated error: twice the step makes four times */
static const double MOST_DEBT = 0.1;  /* share of what the skin holds */
static const double SPECK = 1e-5;     /* share of the applied below which errors do not matter */

struct march {
  const struct percuta_domain *domain;
  const struct percuta_march_network *net;
  struct percuta_permeation *course;
  struct percuta_march_surface surface;
  double tolerance;
  int count;      /* of steps between events, if given */
  size_t size;    /* entries of a vector */
  double *room;   /* owned; the vectors below */
  double *amount; /* the state */
  double *full, *mid, *half;
  double *cleared; /* owned; by layer */
  double *sums;    /* owned; two by layer */
  double receptor, applied, washed, sampled;
  double step, length; /* [s] last step, last time between events */
};

static void reduce(const struct march *m, enum percuta_march_reduction how, double *values,
                   int count) {
  if (m->net->reduce)
    m->net->reduce(m->net->context, how, values, count);
}

/* What lies on the skin `time` [s] from now. */
static struct percuta_march_surface surface_after(const struct march *m, double time) {
  struct percuta_march_surface surface = m->surface;
  if (surface.kind == PERCUTA_DOSE_FINITE && m->net->dilution)
    surface.volume += *m->net->dilution * time;
  return surface;
}

static double vehicle_capacity(const struct march *m, double time) {
  return m->surface.kind == PERCUTA_DOSE_FINITE ? surface_after(m, time).volume : 0;
}

static double capacity(const struct march *m, size_t at, double time) {
  return at == 0 ? vehicle_capacity(m, time) : m->net->capacity[at];
}

/* The error of the step that was tried over what is tolerated. The amounts that it may have
 * misplaced in a layer and below are compared with all that has come so far, so that what little
 * has got through a barrier counts as much as what waits in it. */
static double step_error(struct march *m, double step) {
  int layers = m->domain->layer_count;
  double *error = m->sums, *held = m->sums + layers;
  double wrong = 0, come = m->receptor, worst = 0;
  memset(m->sums, 0, 2 * (size_t)layers * sizeof *m->sums);
  for (size_t at = 1; at < m->size; ++at) {
    error[m->net->layer[at]] += m->net->capacity[at] * fabs(m->half[at] - m->full[at]);
    held[m->net->layer[at]] += m->net->capacity[at] * m->half[at];
  }
  reduce(m, PERCUTA_MARCH_SUM, m->sums, 2 * layers);
  double entered = m->receptor;
  for (int l = 0; l < layers; ++l)
    entered += held[l] + m->cleared[l];
  error[0] += vehicle_capacity(m, step) * fabs(m->half[0] - m->full[0]);
  for (int l = layers - 1; l >= 0; --l) {
    wrong += error[l];
    come += held[l] + m->cleared[l];
    double least = SPECK * (l == 0 ? m->applied : entered);
    if (wrong > 0)
      worst = fmax(worst, wrong / (m->tolerance * fmax(come, least)));
    if (!isfinite(wrong))
      return wrong;
  }
  return worst;
}

/* The three backward Euler solves. */
static enum percuta_status try_step(struct march *m, double step) {
  void *context = m->net->context;
  size_t bytes = m->size * sizeof *m->full;
  const struct percuta_march_guess none = {.near = NULL}, halfway = {.near = m->full, .share = 0.5},
                                   there = {.near = m->full, .share = 1};
  const struct percuta_march_surface end = surface_after(m, step),
                                     middle = surface_after(m, 0.5 * step);
  memcpy(m->full, m->amount, bytes);
  enum percuta_status status = m->net->solve(context, step, &end, &none, m->full);
  memcpy(m->mid, m->amount, bytes);
  if (status == PERCUTA_OK)
    status = m->net->solve(context, 0.5 * step, &middle, &halfway, m->mid);
  for (size_t at = 0; at < m->size; ++at)
    m->half[at] = capacity(m, at, 0.5 * step) * m->mid[at];
  if (status == PERCUTA_OK)
    status = m->net->solve(context, 0.5 * step, &end, &there, m->half);
  return status;
}

/* Adds to flows what left during the step: to the blood by layer, through the base, from a fixed
 * vehicle. Either result is its own backward Euler books. */
static void book_flows(const struct march *m, double step, bool extrapolated, double *flows) {
  double *receptor = flows + m->domain->layer_count, *supplied = receptor + 1;
  double halves = extrapolated ? step : 0.5 * step, whole = extrapolated ? step : 0;
  for (size_t at = 1; at < m->size; ++at) {
    double time = halves * (m->mid[at] + m->half[at]) - whole * m->full[at];
    flows[m->net->layer[at]] += m->net->loss[at] * time;
    *receptor += m->net->sink[at] * time;
    if (m->surface.kind == PERCUTA_DOSE_FIXED)
      *supplied += m->net->mouth[at] * (step * m->surface.concentration - time);
  }
}

/* Makes 2 half - full the state. Where it is below zero it becomes zero, and all cells of the skin
 * give the same share of what they hold, so that the total stays. False, and the state that of the
 * halves: they would have to give much. */
static bool extrapolate(struct march *m, double step) {
  double sums[2] = {0, 0}, vehicle = 0; /* debt, holdings; the vehicle's debt */
  for (size_t at = 0; at < m->size; ++at) {
    double amount = capacity(m, at, step) * (2 * m->half[at] - m->full[at]);
    m->amount[at] = fmax(amount, 0);
    if (at > 0) {
      sums[0] += m->amount[at] - amount;
      sums[1] += m->amount[at];
    } else {
      vehicle = m->amount[0] - amount; /* on all ranks alike: counted once */
    }
  }
  reduce(m, PERCUTA_MARCH_SUM, sums, 2);
  double debt = sums[0] + vehicle;
  if (!(debt <= MOST_DEBT * sums[1])) {
    for (size_t at = 0; at < m->size; ++at)
      m->amount[at] = capacity(m, at, step) * m->half[at];
    return false;
  }
  for (size_t at = 1; at < m->size && debt > 0; ++at)
    m->amount[at] *= 1 - debt / sums[1];
  return true;
}

/* Publishes the step that was tried. */
static enum percuta_status accept_step(struct march *m, double step) {
  int layers = m->domain->layer_count;
  double *flows = calloc((size_t)layers + 2, sizeof *flows);
  if (!flows)
    return PERCUTA_MEMORY;
  book_flows(m, step, extrapolate(m, step), flows);
  reduce(m, PERCUTA_MARCH_SUM, flows, layers + 2);
  for (int l = 0; l < layers; ++l)
    m->cleared[l] += flows[l];
  m->receptor += flows[layers];
  m->applied += flows[layers + 1];
  m->course->steps += 1;
  m->surface = surface_after(m, step);
  free(flows);
  return PERCUTA_OK;
}

/* Over `length` in a given number of steps, whatever the error. They start small, as after a jump
 * the solution changes with the logarithm of time. */
static enum percuta_status march_counted(struct march *m, double length) {
  enum percuta_status status = PERCUTA_OK;
  for (int at = 0; at < m->count && status == PERCUTA_OK; ++at) {
    double start = pow((double)at / m->count, 4), end = pow((at + 1.0) / m->count, 4);
    status = try_step(m, length * (end - start));
    if (status == PERCUTA_OK)
      status = accept_step(m, length * (end - start));
  }
  return status;
}

/* Over `length` in steps of 2^-level of it; the level changes where the error asks for it. */
static enum percuta_status march_adaptively(struct march *m, double length) {
  enum percuta_status status = PERCUTA_OK;
  long long at = 0;
  int level = 0;
  while (level < DEEPEST_LEVEL && ldexp(length, -level) > m->step * (1 + 1e-12))
    ++level;
  while (at < 1LL << level && status == PERCUTA_OK) {
    double step = ldexp(length, -level);
    status = try_step(m, step);
    if (status != PERCUTA_OK)
      break;
    double error = step_error(m, step);
    if (error > 1 && isfinite(error)) {
      status = level < DEEPEST_LEVEL ? PERCUTA_OK : PERCUTA_NUMERICS;
      m->course->rejected += 1;
      ++level;
      at *= 2;
      continue;
    }
    if (!(error <= 1))
      return PERCUTA_NUMERICS; /* not a number */
    status = accept_step(m, step);
    m->step = step;
    ++at;
    if (error < GROW_BELOW) {
      m->step = 2 * step;
      if (at % 2 == 0 && level > 0) {
        --level;
        at /= 2;
      }
    }
  }
  return status;
}

static enum percuta_status march_over(struct march *m, double length) {
  if (fabs(length - m->length) < 1e-9 * length)
    length = m->length; /* factors serve again */
  m->length = length;
  return m->count > 0 ? march_counted(m, length) : march_adaptively(m, length);
}

/* Something has jumped: back to the time in which the cells at the surface fill. */
static void start_small(struct march *m) {
  double least = HUGE_VAL;
  for (size_t at = 1; at < m->size; ++at) {
    if (m->net->mouth[at] > 0)
      least = fmin(least, m->net->capacity[at] / m->net->mouth[at]);
  }
  reduce(m, PERCUTA_MARCH_LEAST, &least, 1);
  m->step = FIRST_STEP * least;
}

static void put_dose(struct march *m, const struct percuta_dose *dose) {
  if (dose->kind != PERCUTA_DOSE_FINITE || m->surface.kind == PERCUTA_DOSE_FIXED) {
    if (m->surface.kind == PERCUTA_DOSE_FINITE)
      m->washed += m->amount[0];
    m->amount[0] = 0;
    m->surface = (struct percuta_march_surface){.kind = PERCUTA_DOSE_WASH};
  }
  if (dose->kind == PERCUTA_DOSE_FINITE) {
    m->surface.volume += dose->volume;
    m->amount[0] += dose->volume * dose->concentration;
    m->applied += dose->volume * dose->concentration;
  }
  m->surface.kind = dose->kind;
  m->surface.concentration = dose->concentration;
  start_small(m);
}

static void add_amounts(struct march *m, int output, double *space, double *tissue) {
  struct percuta_permeation *c = m->course;
  const struct percuta_march_network *net = m->net;
  double *layer = c->layer + (size_t)output * (size_t)c->layer_count;
  double *concentration = c->concentration + (size_t)output * (size_t)c->rows;
  double *activity = c->activity + (size_t)output * (size_t)c->rows;
  for (size_t at = 1; at < m->size; ++at) {
    int row = net->row[at];
    layer[net->layer[at]] += m->amount[at];
    concentration[row] += m->amount[at];
    activity[row] += net->tissue[at] * m->amount[at] / net->capacity[at];
    space[row] += net->space[at];
    tissue[row] += net->tissue[at];
  }
  reduce(m, PERCUTA_MARCH_SUM, layer, c->layer_count);
  reduce(m, PERCUTA_MARCH_SUM, concentration, c->rows);
  reduce(m, PERCUTA_MARCH_SUM, activity, c->rows);
  reduce(m, PERCUTA_MARCH_SUM, space, c->rows);
  reduce(m, PERCUTA_MARCH_SUM, tissue, c->rows);
  for (int row = 0; row < c->rows; ++row) {
    concentration[row] /= space[row];
    activity[row] = tissue[row] > 0 ? activity[row] / tissue[row] : 0;
  }
}

static void weigh(struct march *m, int output) {
  struct percuta_permeation *c = m->course;
  double least = c->vehicle[output];
  double found = c->vehicle[output] + c->washed[output] + c->receptor[output] + m->sampled;
  for (int l = 0; l < c->layer_count; ++l) {
    size_t at = (size_t)output * (size_t)c->layer_count + (size_t)l;
    found += c->layer[at] + c->cleared[at];
  }
  for (size_t at = 1; at < m->size; ++at)
    least = fmin(least, m->amount[at]);
  reduce(m, PERCUTA_MARCH_LEAST, &least, 1);
  c->least = output == 0 ? least : fmin(c->least, least);
  if (m->applied > 0)
    c->balance = fmax(c->balance, fabs(found - m->applied) / m->applied);
}

static enum percuta_status record(struct march *m, int output) {
  struct percuta_permeation *c = m->course;
  double *space = calloc(2 * (size_t)c->rows, sizeof *space);
  if (!space)
    return PERCUTA_MEMORY;
  add_amounts(m, output, space, space + c->rows);
  free(space);
  c->applied[output] = m->applied;
  c->vehicle[output] = m->surface.kind == PERCUTA_DOSE_FINITE ? m->amount[0] : 0;
  c->washed[output] = m->washed;
  c->receptor[output] = m->receptor;
  c->sampled[output] = m->sampled;
  memcpy(c->cleared + (size_t)output * (size_t)c->layer_count, m->cleared,
         (size_t)c->layer_count * sizeof *m->cleared);
  weigh(m, output);
  return PERCUTA_OK;
}

static void take_sample(struct march *m, double share) {
  double taken = 0;
  for (size_t at = 1; at < m->size; ++at) {
    if (m->net->layer[at] != m->domain->layer_count - 1)
      continue;
    taken += share * m->amount[at];
    m->amount[at] -= share * m->amount[at];
  }
  reduce(m, PERCUTA_MARCH_SUM, &taken, 1);
  m->sampled += taken;
}

/* The first time at which anything happens, from what has happened. */
static double next_event(const struct percuta_domain *d, int output, int dose, int closed,
                         int sample) {
  double next = d->outputs[output];
  if (dose < d->dose_count)
    next = fmin(next, d->doses[dose].time);
  if (closed < d->closing_count)
    next = fmin(next, d->closings[closed].time);
  return sample < d->sampling_count ? fmin(next, d->samplings[sample].time) : next;
}

/* An output at the time of a dose, a closing or a sample shows the state before it. */
static enum percuta_status follow(struct march *m) {
  const struct percuta_domain *d = m->domain;
  struct percuta_closing closing = percuta_permeation_domain_closing(d, 0);
  enum percuta_status status = m->net->reshape(m->net->context, &closing);
  int output = 0, dose = 0, closed = 0, sample = 0;
  double now = 0;
  while (closed < d->closing_count && d->closings[closed].time <= 0)
    ++closed;
  while (output < d->output_count && status == PERCUTA_OK) {
    const double next = next_event(d, output, dose, closed, sample);
    if (next > now)
      status = march_over(m, next - now);
    now = next;
    if (status != PERCUTA_OK)
      break;
    if (d->outputs[output] <= now)
      status = record(m, output++);
    while (dose < d->dose_count && d->doses[dose].time <= now)
      put_dose(m, &d->doses[dose++]);
    while (sample < d->sampling_count && d->samplings[sample].time <= now)
      take_sample(m, d->samplings[sample++].share);
    if (status == PERCUTA_OK && closed < d->closing_count && d->closings[closed].time <= now)
      status = m->net->reshape(m->net->context, &d->closings[closed++]);
  }
  return status;
}

enum percuta_status percuta_permeation_march_run(const struct percuta_domain *domain,
                                                 const struct percuta_resolution *resolution,
                                                 const struct percuta_march_network *network,
                                                 struct percuta_permeation *course) {
  size_t size = network->count + 1;
  struct march m = {
      .domain = domain,
      .net = network,
      .course = course,
      .surface = {.kind = PERCUTA_DOSE_WASH},
      .tolerance = resolution->tolerance > 0 ? resolution->tolerance : TOLERANCE,
      .count = resolution->steps,
      .step = HUGE_VAL,
      .size = size,
      .room = calloc(VECTORS * size, sizeof *m.room),
      .cleared = calloc((size_t)domain->layer_count, sizeof *m.cleared),
      .sums = calloc(2 * (size_t)domain->layer_count, sizeof *m.sums),
  };
  double **const vector[VECTORS] = {&m.amount, &m.full, &m.mid, &m.half};
  for (size_t at = 0; m.room && at < VECTORS; ++at)
    *vector[at] = m.room + at * size;
  enum percuta_status status = m.room && m.cleared && m.sums ? follow(&m) : PERCUTA_MEMORY;
  free(m.room);
  free(m.cleared);
  free(m.sums);
  return status;
}
