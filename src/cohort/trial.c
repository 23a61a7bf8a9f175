/* Virtual trials out of a pool of people who were followed in every arm (potential outcomes: Rubin
 * 1974 J Educ Psychol 66:688). A trial draws its people from the pool, with replacement; measures
 * them with noise; loses some; and compares by Welch's t test (1947 Biometrika 34:28) or the paired
 * t test. Power is the share of trials with p < alpha, its error sqrt(p (1 - p) / trials). Tests:
 * tests/unit/test_trial.c, tests/cli/trial.sh. */
#include "cohort/trial.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"

void percuta_cohort_trial_clear(struct percuta_cohort_trial *trial) {
  free(trial->value);
  free(trial->seen);
  free(trial->subject);
  free(trial->effect);
  *trial = (struct percuta_cohort_trial){.plan = NULL};
}

/* The endpoint of a person in an arm at a visit. */
static double *place(const struct percuta_cohort_trial *trial, int person, int arm, int visit) {
  const struct percuta_cohort_plan *plan = trial->plan;
  return &trial->value[((size_t)person * (size_t)plan->arms + (size_t)arm) *
                           (size_t)plan->design.visits +
                       (size_t)visit];
}

static enum percuta_status take_row(void *context, const struct percuta_cohort_row *row) {
  struct percuta_cohort_trial *trial = context;
  const struct percuta_cohort_design *design = &trial->plan->design;
  const int when = row->position % (PERCUTA_COHORT_TIMES + 1);
  if (row->outcome == NULL || strcmp(row->outcome, design->endpoint->name) != 0)
    return PERCUTA_OK;
  for (int v = 0; v < design->visits; ++v) {
    if (!design->endpoint->timed || v == when)
      *place(trial, row->person - 1, row->arm - 1, v) = row->value;
  }
  return PERCUTA_OK;
}

/* Mean and sum of squared differences from it. */
static void describe(const double *x, int count, double *mean, double *square) {
  *mean = *square = 0;
  for (int i = 0; i < count; ++i)
    *mean += x[i] / count;
  for (int i = 0; i < count; ++i)
    *square += (x[i] - *mean) * (x[i] - *mean);
}

/* t = (second - first) / error, with so many degrees of freedom. */
static struct percuta_cohort_analysis conclude(double estimate, double error, double freedom,
                                               double alpha) {
  if (!(error > 0))
    return (struct percuta_cohort_analysis){estimate, NAN, NAN, NAN};
  const double reach = error * gsl_cdf_tdist_Qinv(alpha / 2, freedom);
  return (struct percuta_cohort_analysis){.estimate = estimate,
                                          .low = estimate - reach,
                                          .high = estimate + reach,
                                          .p =
                                              2 * gsl_cdf_tdist_Q(fabs(estimate) / error, freedom)};
}

struct percuta_cohort_analysis percuta_cohort_trial_analyse(const double *first, int first_count,
                                                            const double *second, int second_count,
                                                            double alpha) {
  double mean[2], square[2];
  describe(first, first_count, &mean[0], &square[0]);
  if (second_count == 0 && first_count > 1)
    return conclude(mean[0], sqrt(square[0] / (first_count - 1) / first_count), first_count - 1,
                    alpha);
  if (first_count < 2 || second_count < 2)
    return (struct percuta_cohort_analysis){NAN, NAN, NAN, NAN};
  describe(second, second_count, &mean[1], &square[1]);
  const double a = square[0] / (first_count - 1) / first_count;
  const double b = square[1] / (second_count - 1) / second_count;
  const double freedom =
      (a + b) * (a + b) / (a * a / (first_count - 1) + b * b / (second_count - 1));
  return conclude(mean[1] - mean[0], sqrt(a + b), freedom, alpha);
}

/* One of the trials: its number and its size. */
struct draw {
  const struct percuta_cohort_trial *trial;
  int number, size;
};

/* Subject `k` of a stream of subjects: who he is, and the visits that he comes to. */
static struct percuta_cohort_subject pick(const struct draw *draw, int stream, int k) {
  const struct percuta_cohort_plan *plan = draw->trial->plan;
  const struct percuta_cohort_design *design = &plan->design;
  const double last = design->visit[design->visits - 1];
  double u[4];
  percuta_base_random_uniform4((struct percuta_random_key){.seed = plan->seed,
                                                           .session = (uint32_t)draw->number,
                                                           .purpose = PERCUTA_RANDOM_ALLOCATION},
                               (uint32_t)stream, (uint32_t)k, u);
  struct percuta_cohort_subject subject = {.person = (int)(u[0] * plan->people)};
  for (int v = 0; v < design->visits; ++v) {
    const double share = last > 0 ? design->visit[v] / last : 1;
    subject.last += u[1] >= 1 - pow(1 - design->drop_out, share);
  }
  return subject;
}

/* What is measured of him in an arm at a visit; NAN when he does not come. `side` tells two
 * measurements of one subject apart. */
static double measure(const struct draw *draw, const struct percuta_cohort_subject *subject,
                      int stream, int k, int side, int arm, int visit) {
  const struct percuta_cohort_plan *plan = draw->trial->plan;
  double normal[2];
  if (visit >= subject->last)
    return NAN;
  percuta_base_random_normal2(
      (struct percuta_random_key){
          .seed = plan->seed, .session = (uint32_t)draw->number, .purpose = PERCUTA_RANDOM_VISIT},
      (uint32_t)(2 * stream + side), (uint32_t)(k * PERCUTA_COHORT_VISITS + visit), normal);
  return *place(draw->trial, subject->person, arm, visit) + plan->design.instrument * normal[0] +
         plan->design.rater * normal[1];
}

/* The last visit of a group, without those who are not there. */
static int sample(const struct draw *draw, int stream, int arm, double *out) {
  int count = 0;
  for (int k = 0; k < draw->size; ++k) {
    const struct percuta_cohort_subject subject = pick(draw, stream, k);
    const double value =
        measure(draw, &subject, stream, k, 0, arm, draw->trial->plan->design.visits - 1);
    if (isfinite(value))
      out[count++] = value;
  }
  return count;
}

/* Differences of arm and control on the same people. */
static int sample_pairs(const struct draw *draw, int stream, int arm, double *out) {
  const int last = draw->trial->plan->design.visits - 1;
  int count = 0;
  for (int k = 0; k < draw->size; ++k) {
    const struct percuta_cohort_subject subject = pick(draw, stream, k);
    const double difference =
        measure(draw, &subject, stream, k, 1, arm, last) -
        measure(draw, &subject, stream, k, 0, draw->trial->plan->control, last);
    if (isfinite(difference))
      out[count++] = difference;
  }
  return count;
}

/* The analysis of one trial; the arm number `arms` is the control once more. */
static struct percuta_cohort_analysis compare(const struct draw *draw, int stream, double *room,
                                              int observed[2]) {
  const struct percuta_cohort_plan *plan = draw->trial->plan;
  const int arm = stream == plan->arms ? plan->control : stream;
  double *second = room + draw->size;
  if (plan->design.kind != PERCUTA_COHORT_PARALLEL) {
    observed[0] = observed[1] = sample_pairs(draw, stream, arm, room);
    return percuta_cohort_trial_analyse(room, observed[0], NULL, 0, plan->design.alpha);
  }
  observed[0] = sample(draw, plan->control, plan->control, room);
  observed[1] = sample(draw, stream, arm, second);
  return percuta_cohort_trial_analyse(room, observed[0], second, observed[1], plan->design.alpha);
}

/* How often trials of that size find a difference. */
static struct percuta_cohort_share find(const struct percuta_cohort_trial *trial, int stream,
                                        int size, double *room) {
  const int trials = trial->plan->design.trials;
  int found = 0, observed[2];
  for (int t = 0; t < trials; ++t) {
    const struct draw draw = {.trial = trial, .number = t, .size = size};
    found += compare(&draw, stream, room, observed).p < trial->plan->design.alpha;
  }
  const double share = (double)found / trials;
  return (struct percuta_cohort_share){share, sqrt(share * (1 - share) / trials)};
}

/* What the model says of an arm, without trials. */
static void know(const struct percuta_cohort_trial *trial, int arm,
                 struct percuta_cohort_effect *effect) {
  const struct percuta_cohort_plan *plan = trial->plan;
  const int last = plan->design.visits - 1;
  double sum = 0, difference = 0, above = 0;
  for (int p = 0; p < plan->people; ++p) {
    const double value = *place(trial, p, arm, last);
    const double control = *place(trial, p, plan->control, last);
    if (!isfinite(value) || !isfinite(control))
      continue;
    ++effect->people;
    sum += value;
    difference += value - control;
    above += value >= plan->design.responder;
  }
  effect->mean = effect->people ? sum / effect->people : (double)NAN;
  effect->difference = effect->people ? difference / effect->people : (double)NAN;
  effect->responders =
      effect->people && isfinite(plan->design.responder) ? above / effect->people : (double)NAN;
}

static void make_effects(struct percuta_cohort_trial *trial, double *room) {
  const struct percuta_cohort_plan *plan = trial->plan;
  const struct draw first = {.trial = trial, .number = 0, .size = trial->size[1]};
  for (int arm = 0; arm < plan->arms; ++arm) {
    struct percuta_cohort_effect *effect = &trial->effect[arm];
    know(trial, arm, effect);
    if (arm == plan->control)
      continue;
    const struct percuta_cohort_analysis one = compare(&first, arm, room, effect->observed);
    effect->estimate = one.estimate;
    effect->low = one.low;
    effect->high = one.high;
    effect->p = one.p;
    for (int s = 0; s < PERCUTA_COHORT_SIZES; ++s)
      effect->power[s] = find(trial, arm, trial->size[s], room);
  }
  for (int s = 0; s < PERCUTA_COHORT_SIZES; ++s)
    trial->false_found[s] = find(trial, plan->arms, trial->size[s], room);
}

/* The subjects of the first trial, one arm after the other, and what is measured of them. */
static void make_subjects(struct percuta_cohort_trial *trial) {
  const struct percuta_cohort_plan *plan = trial->plan;
  const struct draw draw = {.trial = trial, .number = 0, .size = trial->size[1]};
  const int visits = plan->design.visits;
  for (int arm = 0; arm < plan->arms; ++arm) {
    for (int k = 0; k < draw.size && (trial->sides == 1 || arm != plan->control); ++k) {
      struct percuta_cohort_subject subject = pick(&draw, arm, k);
      double *seen = trial->seen + (size_t)trial->subjects * (size_t)(trial->sides * visits);
      subject.arm = arm;
      for (int v = 0; v < visits; ++v) {
        seen[v] = measure(&draw, &subject, arm, k, 0, trial->sides == 2 ? plan->control : arm, v);
        if (trial->sides == 2)
          seen[visits + v] = measure(&draw, &subject, arm, k, 1, arm, v);
      }
      ++subject.person; /* numbered from 1 outside */
      trial->subject[trial->subjects++] = subject;
    }
  }
}

enum percuta_status percuta_cohort_trial_make(const struct percuta_cohort_plan *plan,
                                              struct percuta_cohort_store *store,
                                              struct percuta_cohort_trial *out) {
  const size_t arms = (size_t)plan->arms, visits = (size_t)plan->design.visits;
  const int group = plan->design.group ? plan->design.group : plan->people;
  const size_t values = (size_t)plan->people * arms * visits;
  *out = (struct percuta_cohort_trial){.plan = plan,
                                       .sides = 1 + (plan->design.kind != PERCUTA_COHORT_PARALLEL),
                                       .size = {(group + 1) / 2, group, 2 * group}};
  out->value = calloc(values, sizeof *out->value);
  out->effect = calloc(arms, sizeof *out->effect);
  out->subject = calloc(arms * (size_t)group, sizeof *out->subject);
  out->seen = calloc(arms * (size_t)(group * out->sides) * visits, sizeof *out->seen);
  double *room = calloc((size_t)(4 * group), sizeof *room);
  enum percuta_status status =
      out->value && out->effect && out->subject && out->seen && room ? PERCUTA_OK : PERCUTA_MEMORY;
  for (size_t i = 0; i < values && status == PERCUTA_OK; ++i)
    out->value[i] = NAN;
  if (status == PERCUTA_OK)
    status = percuta_cohort_store_rows(store, take_row, out);
  if (status == PERCUTA_OK) {
    make_effects(out, room);
    make_subjects(out);
  }
  free(room);
  return status;
}
