#include "transport/march.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST_LEVEL = 50, MOST_ROUNDS = 30, VECTORS = 9 };

static const double TOLERANCE = 3e-3; /* unless asked otherwise */
static const double FIRST_STEP = 0.5; /* of the time in which a cell at the surface fills */
static const double GROW_BELOW = 0.2; /* of the tolerated error: twice the step makes four times */
static const double LEFT_OVER = 0.1;  /* share kept by a cell that would give all, for rounding */
static const double SPECK = 1e-5;     /* share of the applied below which errors do not matter */

struct march {
  const struct percuta_domain *domain;
  const struct percuta_march_network *net;
  struct percuta_permeation *course;
  struct percuta_march_surface surface;
  double tolerance, fixed_step;
  size_t size;    /* entries of a vector */
  double *room;   /* owned; the vectors below */
  double *amount; /* the state */
  double *full, *mid, *half, *high, *pull, *keep, *out, *work;
  double *cleared; /* owned; by layer */
  double receptor, applied, washed;
  double step, length; /* [s] last step, last time between events */
};

static void reduce(const struct march *m, enum percuta_march_reduction how, double *values,
                   int count) {
  if (m->net->reduce)
    m->net->reduce(m->net->context, how, values, count);
}

static double vehicle_capacity(const struct march *m) {
  return m->surface.kind == PERCUTA_DOSE_FINITE ? m->surface.volume : 0;
}

static double capacity(const struct march *m, size_t at) {
  return at == 0 ? vehicle_capacity(m) : m->net->capacity[at];
}

/* The three backward Euler solves; *error is the amount misplaced, *entered what is in the skin or
 * has gone through it. */
static enum percuta_status try_step(struct march *m, double step, double *error, double *entered) {
  void *context = m->net->context;
  size_t bytes = m->size * sizeof *m->full;
  double sums[2] = {0, 0};
  memcpy(m->full, m->amount, bytes);
  enum percuta_status status = m->net->solve(context, step, &m->surface, m->full);
  memcpy(m->mid, m->amount, bytes);
  if (status == PERCUTA_OK)
    status = m->net->solve(context, 0.5 * step, &m->surface, m->mid);
  for (size_t at = 0; at < m->size; ++at)
    m->half[at] = capacity(m, at) * m->mid[at];
  if (status == PERCUTA_OK)
    status = m->net->solve(context, 0.5 * step, &m->surface, m->half);
  for (size_t at = 1; at < m->size; ++at) {
    sums[0] += m->net->capacity[at] * fabs(m->half[at] - m->full[at]);
    sums[1] += m->net->capacity[at] * m->half[at];
  }
  reduce(m, PERCUTA_MARCH_SUM, sums, 2);
  *error = sums[0] + vehicle_capacity(m) * fabs(m->half[0] - m->full[0]);
  *entered = sums[1] + m->receptor;
  for (int l = 0; l < m->domain->layer_count; ++l)
    *entered += m->cleared[l];
  return status;
}

/* What left during the step: to the blood by layer, through the base, from a fixed vehicle. */
struct books {
  double *cleared, *receptor, *supplied;
};

static struct books open_books(double *room, int layers) {
  return (struct books){.cleared = room, .receptor = room + layers, .supplied = room + layers + 1};
}

static void book_flows(const struct march *m, double step, double extra, struct books books) {
  for (size_t at = 1; at < m->size; ++at) {
    double time = 0.5 * step * (m->mid[at] + m->half[at]) + extra * m->pull[at];
    books.cleared[m->net->layer[at]] += m->net->loss[at] * time;
    *books.receptor += m->net->sink[at] * time;
    if (m->surface.kind == PERCUTA_DOSE_FIXED)
      *books.supplied += m->net->mouth[at] * (step * m->surface.concentration - time);
  }
}

/* What `pull` takes from each cell and the vehicle, in m->out. */
static enum percuta_status find_outflow(struct march *m) {
  double from_vehicle = 0;
  memset(m->out, 0, m->size * sizeof *m->out);
  enum percuta_status status = m->net->outflow(m->net->context, m->pull, m->out);
  for (size_t at = 1; at < m->size; ++at) {
    m->out[at] += fmax(0, (m->net->loss[at] + m->net->sink[at]) * m->pull[at]);
    if (m->surface.kind != PERCUTA_DOSE_WASH) {
      double up = m->net->mouth[at] * (m->pull[at] - m->pull[0]);
      m->out[at] += fmax(0, up);
      from_vehicle += fmax(0, -up);
    }
  }
  reduce(m, PERCUTA_MARCH_SUM, &from_vehicle, 1);
  m->out[0] = from_vehicle;
  return status;
}

/* m->work = m->high with all but the shares `keep` given back; what the books then lack is added to
 * them. */
static enum percuta_status give_back(struct march *m, struct books books) {
  double to_vehicle = 0;
  memcpy(m->work, m->high, m->size * sizeof *m->work);
  enum percuta_status status = m->net->give_back(m->net->context, m->pull, m->keep, m->work);
  for (size_t at = 1; at < m->size; ++at) {
    double back = (1 - m->keep[at]) * fmax(0, m->pull[at]);
    m->work[at] += (m->net->loss[at] + m->net->sink[at]) * back;
    books.cleared[m->net->layer[at]] -= m->net->loss[at] * back;
    *books.receptor -= m->net->sink[at] * back;
    if (m->surface.kind != PERCUTA_DOSE_WASH) {
      double up = m->net->mouth[at] * (m->pull[at] - m->pull[0]);
      double returned = (1 - m->keep[up > 0 ? at : 0]) * up;
      m->work[at] += returned;
      to_vehicle -= returned;
    }
  }
  if (m->surface.kind == PERCUTA_DOSE_FIXED)
    *books.supplied -= to_vehicle;
  reduce(m, PERCUTA_MARCH_SUM, &to_vehicle, 1);
  if (m->surface.kind == PERCUTA_DOSE_FINITE)
    m->work[0] += to_vehicle;
  return status;
}

/* Number of cells, on all ranks, that m->work leaves in debt; their shares are cut. */
static double cut_shares(struct march *m) {
  double debtors = 0;
  for (size_t at = 0; at < m->size; ++at) {
    if (!(m->work[at] < 0))
      continue;
    double low = capacity(m, at) * m->half[at];
    bool first = m->keep[at] >= 1 && m->out[at] > low;
    m->keep[at] = first ? (1 - LEFT_OVER) * low / m->out[at] : 0;
    debtors += at > 0 ? 1 : 0;
  }
  reduce(m, PERCUTA_MARCH_SUM, &debtors, 1);
  return debtors + (m->work[0] < 0 ? 1 : 0);
}

/* Makes m->high free of negative amounts; `returns` books what is given back. False in *limited: it
 * cannot be done link by link, the result of first order must serve. */
static enum percuta_status limit(struct march *m, double *returns, bool *limited) {
  size_t bytes = (size_t)(m->domain->layer_count + 2) * sizeof *returns;
  struct books books = open_books(returns, m->domain->layer_count);
  enum percuta_status status = find_outflow(m);
  *limited = false;
  for (size_t at = 0; at < m->size; ++at)
    m->keep[at] = 1;
  memcpy(m->work, m->high, m->size * sizeof *m->work);
  if (cut_shares(m) == 0)
    *limited = true;
  for (int round = 0; round < MOST_ROUNDS && status == PERCUTA_OK && !*limited; ++round) {
    memset(returns, 0, bytes);
    status = give_back(m, books);
    *limited = cut_shares(m) == 0;
  }
  memcpy(m->high, m->work, m->size * sizeof *m->work);
  return status;
}

/* Publishes the step that was tried. */
static enum percuta_status accept_step(struct march *m, double step) {
  int layers = m->domain->layer_count, entries = layers + 2;
  double *flows = calloc(2 * (size_t)entries, sizeof *flows), *returns = flows + entries;
  bool limited = false;
  if (!flows)
    return PERCUTA_MEMORY;
  for (size_t at = 0; at < m->size; ++at) {
    m->pull[at] = 0.5 * step * (m->mid[at] + m->half[at]) - step * m->full[at];
    m->high[at] = capacity(m, at) * (2 * m->half[at] - m->full[at]);
  }
  if (m->surface.kind != PERCUTA_DOSE_FINITE)
    m->pull[0] = 0;
  enum percuta_status status = limit(m, returns, &limited);
  if (!limited) {
    memset(returns, 0, (size_t)entries * sizeof *returns);
    for (size_t at = 0; at < m->size; ++at)
      m->high[at] = capacity(m, at) * m->half[at];
  }
  book_flows(m, step, limited ? 1 : 0, open_books(flows, layers));
  for (int at = 0; at < entries; ++at)
    flows[at] += returns[at];
  reduce(m, PERCUTA_MARCH_SUM, flows, entries);
  for (int l = 0; l < layers; ++l)
    m->cleared[l] += flows[l];
  m->receptor += flows[layers];
  m->applied += flows[layers + 1];
  memcpy(m->amount, m->high, m->size * sizeof *m->amount);
  m->course->steps += 1;
  free(flows);
  return status;
}

/* Over `length` in equal steps, whatever the error. */
static enum percuta_status march_evenly(struct march *m, double length) {
  long count = (long)ceil(length / m->fixed_step * (1 - 1e-9));
  enum percuta_status status = PERCUTA_OK;
  for (long at = 0; at < count && status == PERCUTA_OK; ++at) {
    double error, entered;
    status = try_step(m, length / (double)count, &error, &entered);
    if (status == PERCUTA_OK)
      status = accept_step(m, length / (double)count);
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
    double step = ldexp(length, -level), error, entered;
    status = try_step(m, step, &error, &entered);
    if (status != PERCUTA_OK)
      break;
    double allowed = m->tolerance * fmax(entered, SPECK * m->applied);
    if (error > allowed) {
      status = level < DEEPEST_LEVEL ? PERCUTA_OK : PERCUTA_NUMERICS;
      m->course->rejected += 1;
      ++level;
      at *= 2;
      continue;
    }
    if (!(error <= allowed))
      return PERCUTA_NUMERICS; /* not a number */
    status = accept_step(m, step);
    m->step = step;
    ++at;
    if (error < GROW_BELOW * allowed) {
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
  return m->fixed_step > 0 ? march_evenly(m, length) : march_adaptively(m, length);
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
  double found = c->vehicle[output] + c->washed[output] + c->receptor[output];
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
  memcpy(c->cleared + (size_t)output * (size_t)c->layer_count, m->cleared,
         (size_t)c->layer_count * sizeof *m->cleared);
  weigh(m, output);
  return PERCUTA_OK;
}

/* An output at the time of a dose or a closing shows the state before it. */
static enum percuta_status follow(struct march *m) {
  const struct percuta_domain *d = m->domain;
  struct percuta_closing closing = percuta_domain_closing(d, 0);
  enum percuta_status status = m->net->reshape(m->net->context, &closing);
  int output = 0, dose = 0, closed = 0;
  double now = 0;
  while (closed < d->closing_count && d->closings[closed].time <= 0)
    ++closed;
  while (output < d->output_count && status == PERCUTA_OK) {
    double next = d->outputs[output];
    if (dose < d->dose_count)
      next = fmin(next, d->doses[dose].time);
    if (closed < d->closing_count)
      next = fmin(next, d->closings[closed].time);
    if (next > now)
      status = march_over(m, next - now);
    now = next;
    if (status != PERCUTA_OK)
      break;
    if (d->outputs[output] <= now)
      status = record(m, output++);
    while (dose < d->dose_count && d->doses[dose].time <= now)
      put_dose(m, &d->doses[dose++]);
    if (status == PERCUTA_OK && closed < d->closing_count && d->closings[closed].time <= now)
      status = m->net->reshape(m->net->context, &d->closings[closed++]);
  }
  return status;
}

enum percuta_status percuta_march_run(const struct percuta_domain *domain,
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
      .fixed_step = resolution->step,
      .step = HUGE_VAL,
      .size = size,
      .room = calloc(VECTORS * size, sizeof *m.room),
      .cleared = calloc((size_t)domain->layer_count, sizeof *m.cleared),
  };
  double **const vector[VECTORS] = {&m.amount, &m.full, &m.mid, &m.half, &m.high,
                                    &m.pull,   &m.keep, &m.out, &m.work};
  for (size_t at = 0; m.room && at < VECTORS; ++at)
    *vector[at] = m.room + at * size;
  enum percuta_status status = m.room && m.cleared ? follow(&m) : PERCUTA_MEMORY;
  free(m.room);
  free(m.cleared);
  return status;
}
