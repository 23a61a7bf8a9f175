/* Follicles go round: anagen A (growing) to telogen T (the hair rests) to latency L (none is
 * there), by the mean field of the follicular automaton (Halloy 2002): A' = L/m_L - A/m_A,   T' =
 * A/m_A - T/m_T,   L' = T/m_T - L/m_L. Hairs are N (A + T). Needling and minoxidil wake waiting
 * follicles: each shortens m_L. Theory: docs/theory/hair.md. Test: tests/unit/test_hair.c. */
#include "outcome/hair.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "outcome/law.h"
#include "outcome/outcomes.h"

#define PER_CM2 1e4 /* [1/m^2] */

static const double STEP = 0.5 * PERCUTA_DAY;

/* Hairs and telogen share of scalps that are not balding, by ancestry. */
static enum percuta_status read_scalp(const struct percuta_scenario *scenario,
                                      struct percuta_diag *diag, double *density, double *telogen) {
  static const char *const name[][2] = {
      [PERCUTA_ANCESTRY_UNSTATED] = {"hair.density", "hair.telogen"},
      [PERCUTA_ANCESTRY_AFRICAN] = {"hair.density_african", "hair.telogen_african"},
      [PERCUTA_ANCESTRY_ASIAN] = {"hair.density_asian", "hair.telogen_asian"},
      [PERCUTA_ANCESTRY_EUROPEAN] = {"hair.density_european", "hair.telogen_european"}};
  const char *const *names = name[scenario->person.ancestry];
  const struct percuta_parameter_slot slots[] = {{names[0], density}, {names[1], telogen}};
  return percuta_base_parameters_fill(scenario->parameters, slots, 2, diag);
}

enum percuta_status percuta_outcome_hair_read(const struct percuta_scenario *scenario,
                                              struct percuta_diag *diag,
                                              struct percuta_hair_law *out) {
  static const char *const needled = "hair.needled_latency";
  struct percuta_hair_law law = {0};
  double density = 0, telogen = 0, share = 0, anagen = 0, latency = 0;
  const struct percuta_parameter_slot slots[] = {
      {"hair.telogen_time", &law.cycle.telogen}, {"hair.latency", &law.cycle.latent},
      {"hair.alopecia_anagen", &anagen},         {"hair.alopecia_latency", &latency},
      {"hair.alopecia_follicles", &share},       {"hair.minoxidil_latency", &law.minoxidil},
      {"hair.session_lasts", &law.lasts},        {needled, &law.needled.value}};
  PERCUTA_TRY(percuta_base_parameters_fill(scenario->parameters, slots,
                                           sizeof slots / sizeof *slots, diag));
  PERCUTA_TRY(read_scalp(scenario, diag, &density, &telogen));
  const struct percuta_parameter *parameter =
      percuta_base_parameters_find(scenario->parameters, needled);
  law.needled.low = fmin(parameter->low, parameter->value);
  law.needled.high = fmax(parameter->high, parameter->value);
  if (strcmp(scenario->condition.kind, "alopecia") == 0) {
    law.cycle.anagen = anagen;
    law.cycle.latent = latency;
    law.follicles = density * share;
  } else {
    law.cycle.anagen = law.cycle.telogen * (1 - telogen) / telogen;
    law.follicles = density * (1 + law.cycle.latent / (law.cycle.anagen + law.cycle.telogen));
  }
  *out = law;
  return PERCUTA_OK;
}

struct percuta_hair_state percuta_outcome_hair_rest(const struct percuta_hair_cycle *cycle) {
  const double all = cycle->anagen + cycle->telogen + cycle->latent;
  return (struct percuta_hair_state){cycle->anagen / all, cycle->telogen / all,
                                     cycle->latent / all};
}

static struct percuta_hair_state rate(const struct percuta_hair_cycle *cycle,
                                      const struct percuta_hair_state *s) {
  const double waking = s->latent / cycle->latent, ending = s->anagen / cycle->anagen;
  const double shed = s->telogen / cycle->telogen;
  return (struct percuta_hair_state){waking - ending, ending - shed, shed - waking};
}

static struct percuta_hair_state add(const struct percuta_hair_state *s, double step,
                                     const struct percuta_hair_state *by) {
  return (struct percuta_hair_state){s->anagen + step * by->anagen, s->telogen + step * by->telogen,
                                     s->latent + step * by->latent};
}

/* Runge and Kutta's rule of fourth order. */
void percuta_outcome_hair_step(const struct percuta_hair_cycle *cycle, double step,
                               struct percuta_hair_state *state) {
  struct percuta_hair_state k[4], at = *state;
  for (int i = 0; i < 4; i++) {
    k[i] = rate(cycle, &at);
    at = add(state, i < 2 ? step / 2 : step, &k[i]);
  }
  at = add(state, step / 6, &k[0]);
  at = add(&at, step / 3, &k[1]);
  at = add(&at, step / 3, &k[2]);
  *state = add(&at, step / 6, &k[3]);
}

/* Whether a session that opened the scalp acts at a time [s]. */
static bool is_needled(const struct percuta_record *record, double now) {
  for (int s = 0; s < record->session_count; s++) {
    const struct percuta_session_record *session = &record->session[s];
    const double since = now - session->start;
    if (session->given && session->channels.penetrated > 0 && since >= 0 &&
        since < record->law->hair.lasts)
      return true;
  }
  return false;
}

/* Whether minoxidil is used day by day at a time [s], as the scenario says after every session. */
static bool is_dosed(const struct percuta_record *record, double now) {
  const struct percuta_session *session = &record->scenario->session;
  for (int i = 0; i < session->product_count; i++) {
    const struct percuta_product_plan *plan = &session->products[i];
    if (strncmp(plan->product, "minoxidil", strlen("minoxidil")) != 0 || plan->times_per_day == 0)
      continue;
    for (int s = 0; s < record->session_count; s++) {
      const double since = now - record->session[s].start;
      if (record->session[s].given && since >= plan->after && since < plan->after + plan->regimen)
        return true;
    }
  }
  return false;
}

/* What is done to the scalp. */
struct care {
  double needled; /* latency over that before while needling acts; 1: no needles */
  bool always;    /* minoxidil from the first session on, whatever the scenario says */
  bool dosed;     /* minoxidil as the scenario says */
};

/* Shares of the follicles on a day of such care. */
static struct percuta_hair_state follow(const struct percuta_record *record,
                                        const struct care *care, double day) {
  const struct percuta_hair_law *law = &record->law->hair;
  const long steps = lround(day * PERCUTA_DAY / STEP);
  struct percuta_hair_state state = percuta_outcome_hair_rest(&law->cycle);
  for (long i = 0; i < steps; i++) {
    struct percuta_hair_cycle cycle = law->cycle;
    const double now = ((double)i + 0.5) * STEP;
    if (is_needled(record, now))
      cycle.latent *= care->needled;
    if (care->always || (care->dosed && is_dosed(record, now)))
      cycle.latent *= law->minoxidil;
    percuta_outcome_hair_step(&cycle, STEP, &state);
  }
  return state;
}

/* [1/cm^2] */
static double hairs_of(const struct percuta_record *record,
                       const struct percuta_hair_state *state) {
  return record->law->hair.follicles * (state->anagen + state->telogen) / PER_CM2;
}

static double hairs_on(const struct percuta_record *record, const struct care *care, double day) {
  const struct percuta_hair_state state = follow(record, care, day);
  return hairs_of(record, &state);
}

/* Hairs of a course less `less`, with the ends of what needling does. */
static struct percuta_outcome_value hairs(const struct percuta_record *record, bool always,
                                          double less, double day) {
  const struct percuta_outcome_range *range = &record->law->hair.needled;
  const double needled[] = {range->value, range->high, range->low};
  double found[3];
  for (int i = 0; i < 3; i++) {
    const struct care care = {.needled = needled[i], .always = always, .dosed = true};
    found[i] = hairs_on(record, &care, day) - less;
  }
  return (struct percuta_outcome_value){found[0], found[1], found[2], NAN, false};
}

struct percuta_outcome_value percuta_outcome_hair_density(const struct percuta_record *record,
                                                          const struct percuta_outcome *outcome,
                                                          double day) {
  (void)outcome;
  return hairs(record, false, 0, day);
}

struct percuta_outcome_value percuta_outcome_hair_gain(const struct percuta_record *record,
                                                       const struct percuta_outcome *outcome,
                                                       double day) {
  const struct care none = {.needled = 1};
  (void)outcome;
  return hairs(record, false, hairs_on(record, &none, 0), day);
}

struct percuta_outcome_value
percuta_outcome_hair_gain_minoxidil(const struct percuta_record *record,
                                    const struct percuta_outcome *outcome, double day) {
  const struct care none = {.needled = 1};
  (void)outcome;
  return hairs(record, true, hairs_on(record, &none, 0), day);
}

struct percuta_outcome_value
percuta_outcome_hair_gain_over_minoxidil(const struct percuta_record *record,
                                         const struct percuta_outcome *outcome, double day) {
  const struct care alone = {.needled = 1, .always = true};
  (void)outcome;
  return hairs(record, true, hairs_on(record, &alone, day), day);
}

struct percuta_outcome_value percuta_outcome_hair_anagen(const struct percuta_record *record,
                                                         const struct percuta_outcome *outcome,
                                                         double day) {
  const struct care care = {.needled = record->law->hair.needled.value, .dosed = true};
  const struct percuta_hair_state state = follow(record, &care, day);
  (void)outcome;
  return percuta_outcome_simulated(100 * state.anagen / (state.anagen + state.telogen));
}
