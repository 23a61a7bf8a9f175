/* Half of the nerves are blocked where sum c_i / C*_i = 1: c_i all of anaesthetic i in the tissue,
 * C*_i the level that blocks half (nerves.h). Numb depth is the deepest such point; a needle does
 * not hurt down to where it reaches as many unblocked nerves as one of the pain threshold's depth
 * reaches without cream.
 *
 * Plasma: one well-mixed compartment, V dC/dt = A J(t) - CL C, J being what blood carries away from
 * a skin area in which A lies under cream. Between two outputs J is taken as constant.
 * Theory: docs/theory/numbing.md. Tests: tests/unit/test_numbing.c; published depths and pain:
 * tests/unit/test_numbing_rows.c. */
#include "transport/numbing.h"

#include <math.h>
#include <stdlib.h>

enum { STEPS = 72 }; /* of the course */

static const double DEEPEST =
    10e-3; /* [m] of the levels that nerves meet; below they are as there */

static const double PPM = 1e-6; /* of the levels: an edge that round-off does not move */

enum percuta_status percuta_transport_numbing_model_read(const struct percuta_scenario *scenario,
                                                         struct percuta_diag *diag,
                                                         struct percuta_numbing_model *out) {
  struct percuta_numbing_model model;
  const struct percuta_parameter_slot slots[] = {{"numbing.body_mass", &model.body_mass},
                                                 {"numbing.pain_threshold", &model.pain_threshold},
                                                 {"numbing.follow", &model.follow},
                                                 {"numbing.warn_share", &model.warn_share},
                                                 {"numbing.level_spread", &model.level_spread},
                                                 {"numbing.plasma_error", &model.plasma_error},
                                                 {"numbing.plasma_persons", &model.plasma_persons}};
  enum percuta_status status =
      percuta_base_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status == PERCUTA_OK)
    status = percuta_transport_penetration_model_read(scenario, diag, &model.penetration);
  if (status == PERCUTA_OK)
    status = percuta_transport_nerves_read(scenario, diag, &model.nerves);
  if (status == PERCUTA_OK)
    *out = model;
  return status;
}

/* Which skin of a penetration is looked at; needled skin is intact where nothing was open. */
enum which { OWN, INTACT };

static bool is_needled(const struct percuta_penetration_active *active, enum which which) {
  return which == OWN && active->needled;
}

static const struct percuta_permeation *course_of(const struct percuta_penetration_active *active,
                                                  enum which which) {
  return is_needled(active, which) ? active->needled : active->intact;
}

/* The layer at a depth, from the surface down. */
static int layer_at(const struct percuta_penetration *penetration, double depth) {
  double bottom = 0;
  for (int l = 0; l < penetration->layer_count - 1; l++) {
    bottom += penetration->thickness[l];
    if (depth < bottom)
      return l;
  }
  return penetration->layer_count - 1;
}

static double tissue_in_row(const struct percuta_penetration_active *active, enum which which,
                            int output, int row, int layer) {
  const struct percuta_permeation *course = course_of(active, which);
  const double *partition =
      is_needled(active, which) ? active->partition : active->partition_intact;
  return layer > 0 ? course->activity[output * course->rows + row] * partition[layer] : 0;
}

double percuta_transport_numbing_tissue(const struct percuta_penetration *penetration, int active,
                                        int output, double depth) {
  const struct percuta_permeation *course = course_of(&penetration->active[active], OWN);
  int row = 0;
  while (row + 1 < course->rows && course->face[row + 1] <= depth)
    row++;
  return tissue_in_row(&penetration->active[active], OWN, output, row,
                       layer_at(penetration, depth));
}

/* How many times what numbs there is in a row. */
static double level_in_row(const struct percuta_penetration *penetration, enum which which,
                           int output, int row) {
  const double *face = course_of(&penetration->active[0], which)->face;
  const int layer = layer_at(penetration, 0.5 * (face[row] + face[row + 1]));
  double level = 0;
  for (int i = 0; i < penetration->active_count; i++) {
    const struct percuta_penetration_active *active = &penetration->active[i];
    level += tissue_in_row(active, which, output, row, layer) / active->of.compound.numbing.level;
  }
  return level;
}

void percuta_transport_numbing_levels(const struct percuta_penetration *penetration, int output,
                                      struct percuta_nerves_levels *out) {
  const struct percuta_permeation *course = course_of(&penetration->active[0], OWN);
  const double *face = course->face;
  int row = 0;
  out->step = DEEPEST / (PERCUTA_NERVES_DEPTHS - 1);
  for (int i = 0; i < PERCUTA_NERVES_DEPTHS; i++) {
    const double depth = i * out->step;
    while (row + 2 < course->rows && 0.5 * (face[row + 1] + face[row + 2]) <= depth)
      row++;
    const double centre = 0.5 * (face[row] + face[row + 1]);
    const double next = 0.5 * (face[row + 1] + face[row + 2]);
    const double share = fmin(1, fmax(0, (depth - centre) / (next - centre)));
    out->level[i] = (1 - share) * level_in_row(penetration, OWN, output, row) +
                    share * level_in_row(penetration, OWN, output, row + 1);
  }
}

static double depth_in(const struct percuta_penetration *penetration, enum which which, int output,
                       double factor) {
  const struct percuta_permeation *course = course_of(&penetration->active[0], which);
  const double *face = course->face, asked = factor * (1 - PPM);
  for (int row = course->rows - 1; row >= 0; row--) {
    const double here = level_in_row(penetration, which, output, row);
    if (here < asked)
      continue;
    if (row + 1 == course->rows)
      return face[row + 1];
    /* Between the centres the level falls linearly. */
    const double below = level_in_row(penetration, which, output, row + 1);
    const double centre = 0.5 * (face[row] + face[row + 1]);
    const double next = 0.5 * (face[row + 1] + face[row + 2]);
    return centre + (next - centre) * (here - asked) / (here - below);
  }
  return 0;
}

double percuta_transport_numbing_depth(const struct percuta_penetration *penetration, int output,
                                       double factor) {
  return depth_in(penetration, OWN, output, factor);
}

/* Depth of the top of the dermis, below which skin must be numb for onset. */
static double dermis_top(const struct percuta_penetration *penetration) {
  return penetration->thickness[PERCUTA_INTACT_STRATUM] +
         penetration->thickness[PERCUTA_INTACT_EPIDERMIS];
}

/* When the numb depth passes `depth` between two outputs, linear between them. */
static double passing(const double *time, const double *numb, int at, double depth) {
  const double share = (depth - numb[at - 1]) / (numb[at] - numb[at - 1]);
  return time[at - 1] + share * (time[at] - time[at - 1]);
}

/* From when and until when the dermis' top is numb; -1: not within the course. */
static void find_span(const struct percuta_penetration *penetration, const double *numb,
                      double *onset, double *end) {
  const double top = dermis_top(penetration);
  *onset = *end = -1;
  for (int at = 1; at < penetration->count; at++) {
    if (*onset < 0 && numb[at - 1] < top && numb[at] >= top)
      *onset = passing(penetration->time, numb, at, top);
    if (numb[at - 1] >= top && numb[at] < top)
      *end = passing(penetration->time, numb, at, top);
    else if (numb[at] >= top)
      *end = -1;
  }
}

/* Whether there is anything of what was most at `when`, and it was not still rising at the end. */
static bool has_peaked(const struct percuta_penetration *penetration, double most, double when) {
  return most > 0 && when < penetration->time[penetration->count - 1];
}

/* Numb depth over time: most, at the needles, onset and end. */
static void find_depths(struct percuta_numbing *numbing) {
  const struct percuta_penetration *penetration = &numbing->penetration;
  for (int at = 0; at < penetration->count; at++) {
    const double depth = percuta_transport_numbing_depth(penetration, at, 1);
    numbing->depth[at] = depth;
    if (depth > numbing->depth_most) {
      numbing->depth_most = depth;
      numbing->depth_most_time = penetration->time[at];
    }
    if (penetration->time[at] == numbing->needling && !numbing->needles_first) {
      numbing->depth_at_needling = depth;
      numbing->depth_low = percuta_transport_numbing_depth(penetration, at, numbing->highest_level);
      numbing->depth_high = percuta_transport_numbing_depth(penetration, at, numbing->lowest_level);
      percuta_transport_numbing_levels(penetration, at, &numbing->levels);
    }
  }
  if (!has_peaked(penetration, numbing->depth_most, numbing->depth_most_time))
    numbing->depth_most_time = NAN;
  find_span(penetration, numbing->depth, &numbing->onset, &numbing->end);
}

/* The same cream on the same skin without punctures. */
static enum percuta_status find_intact(struct percuta_numbing *numbing) {
  const struct percuta_penetration *penetration = &numbing->penetration;
  double *numb = malloc((size_t)penetration->count * sizeof *numb), end;
  if (!numb)
    return PERCUTA_MEMORY;
  for (int at = 0; at < penetration->count; at++)
    numb[at] = depth_in(penetration, INTACT, at, 1);
  find_span(penetration, numb, &numbing->onset_intact, &end);
  for (int i = 0; i < penetration->active_count; i++)
    numbing->absorbed_intact += numbing->area * penetration->active[i].blood_intact;
  free(numb);
  return PERCUTA_OK;
}

/* [kg/m^2] in the blood by an output. */
static double in_blood(const struct percuta_penetration_active *active, int output) {
  double blood;
  percuta_transport_penetration_entered(course_of(active, OWN), output, &blood);
  return blood;
}

static enum percuta_status follow_plasma(const struct percuta_numbing_model *model,
                                         struct percuta_numbing *numbing, int which) {
  const struct percuta_penetration *penetration = &numbing->penetration;
  const struct percuta_compound_numbing *drug = &penetration->active[which].of.compound.numbing;
  struct percuta_numbing_active *out = &numbing->active[which];
  const double rate = drug->clearance / (drug->distribution * model->body_mass);
  out->plasma = calloc((size_t)penetration->count, sizeof *out->plasma);
  if (!out->plasma)
    return PERCUTA_MEMORY;
  double before = 0;
  for (int at = 1; at < penetration->count; at++) {
    const double step = penetration->time[at] - penetration->time[at - 1];
    const double now = numbing->area * in_blood(&penetration->active[which], at);
    const double left = exp(-rate * step);
    out->plasma[at] =
        out->plasma[at - 1] * left + (now - before) / step / drug->clearance * (1 - left);
    if (out->plasma[at] > out->plasma_most) {
      out->plasma_most = out->plasma[at];
      out->plasma_time = penetration->time[at];
    }
    before = now;
  }
  if (!has_peaked(penetration, out->plasma_most, out->plasma_time))
    out->plasma_time = NAN;
  out->absorbed = before;
  out->toxic = drug->toxic;
  return PERCUTA_OK;
}

static void find_toxicity(struct percuta_numbing *numbing) {
  for (int at = 0; at < numbing->penetration.count; at++) {
    double sum = 0;
    for (int i = 0; i < numbing->penetration.active_count; i++)
      sum += numbing->active[i].plasma[at] / numbing->active[i].toxic;
    if (sum > numbing->toxicity) {
      numbing->toxicity = sum;
      numbing->toxicity_time = numbing->penetration.time[at];
    }
  }
}

/* Limits of the label, and the blood. */
static unsigned find_warnings(const struct percuta_numbing *numbing) {
  const struct percuta_product_limits *limits = &numbing->penetration.product.limits;
  unsigned found = 0;
  if (numbing->toxicity * numbing->margin >= numbing->signs)
    found |= PERCUTA_NUMBING_TOXIC;
  for (int i = 0; i < numbing->penetration.active_count; i++) {
    if (numbing->active[i].plasma_most > 0 && isnan(numbing->active[i].plasma_time))
      found |= PERCUTA_NUMBING_RISING;
  }
  if (limits->mass > 0 && numbing->mass > limits->mass * (1 + PPM))
    found |= PERCUTA_NUMBING_MASS;
  if (limits->area > 0 && numbing->area > limits->area * (1 + PPM))
    found |= PERCUTA_NUMBING_AREA;
  if (limits->time > 0 && numbing->penetration.plan.apply > limits->time * (1 + PPM))
    found |= PERCUTA_NUMBING_TIME;
  return found;
}

/* The cream as planned, as its file says where the plan leaves it. */
static struct percuta_penetration_plan plan_product(const struct percuta_numbing_model *model,
                                                    const struct percuta_numbing_plan *plan,
                                                    const struct percuta_product *product) {
  const bool cream_first = plan->order == PERCUTA_CREAM_FIRST;
  struct percuta_penetration_plan penetration =
      percuta_transport_penetration_usual(&model->penetration, product);
  if (plan->dose > 0)
    penetration.dose = plan->dose;
  if (plan->apply > 0)
    penetration.apply = plan->apply;
  if (plan->occluded != PERCUTA_COVER_USUAL)
    penetration.occluded = plan->occluded == PERCUTA_COVER_OCCLUDED;
  penetration.again = plan->again;
  penetration.start = cream_first ? -(penetration.apply + plan->wait) : 0;
  penetration.follow = penetration.apply + (cream_first ? plan->wait : 0) + model->follow;
  return penetration;
}

/* Equal steps, and the moment of the needles. */
static int lay_times(double follow, double needling, double *time) {
  int count = 0;
  for (int at = 0; at <= STEPS; at++) {
    const double now = follow * at / STEPS;
    if (count > 0 && needling > time[count - 1] && needling < now)
      time[count++] = needling;
    time[count++] = now;
  }
  return count;
}

/* Ends of the range of the levels over the levels, the widest of all actives, with `spread` of the
 * logarithm of what there is in tissue of people: independent factors. */
static void find_range(const struct percuta_product *product, double spread,
                       struct percuta_numbing *numbing) {
  double lowest = 1, highest = 1;
  for (int i = 0; i < product->active_count; i++) {
    const struct percuta_compound_numbing *drug = &product->active[i].compound.numbing;
    lowest = fmin(lowest, drug->level_low / drug->level);
    highest = fmax(highest, drug->level_high / drug->level);
  }
  numbing->lowest_level = exp(-hypot(log(lowest), spread));
  numbing->highest_level = exp(hypot(log(highest), spread));
}

/* Depth to which a needle does not hurt: over time, and at the needles with its interval. */
static void find_pain_free(double threshold, struct percuta_numbing *numbing) {
  const struct percuta_nerves *nerves = &numbing->nerves;
  const struct percuta_nerves_levels *levels = &numbing->levels;
  double bottom = 0;
  for (int l = 0; l < numbing->penetration.layer_count; l++)
    bottom += numbing->penetration.thickness[l];
  bottom = fmax(bottom, threshold);
  for (int at = 0; at < numbing->penetration.count; at++) {
    struct percuta_nerves_levels then;
    percuta_transport_numbing_levels(&numbing->penetration, at, &then);
    numbing->pain_free[at] = percuta_transport_nerves_depth(nerves, &then, 1, threshold, bottom);
  }
  numbing->pain_free_unmedicated = threshold;
  numbing->pain_free_depth = percuta_transport_nerves_depth(nerves, levels, 1, threshold, bottom);
  numbing->pain_free_low =
      percuta_transport_nerves_depth(nerves, levels, numbing->highest_level, threshold, bottom);
  numbing->pain_free_high =
      percuta_transport_nerves_depth(nerves, levels, numbing->lowest_level, threshold, bottom);
}

static enum percuta_status finish(const struct percuta_numbing_model *model,
                                  struct percuta_numbing *numbing) {
  struct percuta_penetration *penetration = &numbing->penetration;
  enum percuta_status status = PERCUTA_OK;
  numbing->depth = calloc((size_t)penetration->count, sizeof *numbing->depth);
  numbing->pain_free = calloc((size_t)penetration->count, sizeof *numbing->pain_free);
  if (!numbing->depth || !numbing->pain_free)
    return PERCUTA_MEMORY;
  find_depths(numbing);
  status = find_intact(numbing);
  find_pain_free(model->pain_threshold, numbing);
  for (int i = 0; i < penetration->active_count && status == PERCUTA_OK; i++)
    status = follow_plasma(model, numbing, i);
  if (status != PERCUTA_OK)
    return status;
  find_toxicity(numbing);
  /* A wipe takes the cream off; doses until then lie on each other. */
  numbing->mass = penetration->plan.dose * numbing->area *
                  percuta_transport_penetration_applications(&penetration->plan);
  numbing->signs = model->warn_share;
  numbing->margin = model->plasma_error * model->plasma_persons;
  numbing->warnings = find_warnings(numbing);
  return PERCUTA_OK;
}

enum percuta_status percuta_transport_numbing_compute(
    const struct percuta_penetration_setting *setting, const struct percuta_numbing_model *model,
    const struct percuta_numbing_plan *plan, const struct percuta_product *product,
    struct percuta_numbing *out, const char **wrong) {
  const struct percuta_penetration_plan penetration = plan_product(model, plan, product);
  double time[STEPS + 2];
  *out = (struct percuta_numbing){.used = true,
                                  .needles_first = plan->order == PERCUTA_NEEDLES_FIRST,
                                  .area = plan->area,
                                  .nerves = model->nerves,
                                  .levels = {.step = DEEPEST / (PERCUTA_NERVES_DEPTHS - 1)},
                                  .needling = fmax(0, -penetration.start)};
  out->nerves.skin = percuta_transport_nerves_skin(setting->skin);
  const double spread = hypot(log(model->level_spread), log(model->plasma_persons));
  find_range(product, spread, out);
  const int count = lay_times(penetration.follow, out->needling, time);
  enum percuta_status status = percuta_transport_penetration_compute(
      setting, &model->penetration, product, &penetration, time, count, &out->penetration, wrong);
  if (status == PERCUTA_OK)
    status = finish(model, out);
  if (status != PERCUTA_OK)
    percuta_transport_numbing_clear(out);
  return status;
}

void percuta_transport_numbing_clear(struct percuta_numbing *numbing) {
  for (int i = 0; i < PERCUTA_PRODUCT_ACTIVES; i++)
    free(numbing->active[i].plasma);
  free(numbing->depth);
  free(numbing->pain_free);
  percuta_transport_penetration_clear(&numbing->penetration);
  *numbing = (struct percuta_numbing){.used = false};
}
