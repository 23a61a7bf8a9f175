/* What a reader of a run must be told: needles that do not get in, sessions that were late,
 * numerics at their limits, and what published experience says to beware of.
 * Tests: tests/unit/test_warnings.c (the words), test_comfort.c (when), tests/cli/relief.sh,
 * products.sh. */
#include "course/warnings.h"

#include <math.h>

#include "course/products.h"
#include "outcome/advice.h"
#include "outcome/outcomes.h"
#include "outcome/safety.h"

static const double RISEN = 5e-5; /* of collagen: a hundredth of a per cent is told */

/* "punctures to close, inflammation to end": the criteria in `waited_for`. */
static void say_criteria(unsigned waited_for, char *out, size_t size) {
  static const char *const words[] = {
#define PERCUTA_HEALED_WORDS(name, words) words,
      PERCUTA_HEALED_LIST(PERCUTA_HEALED_WORDS)
#undef PERCUTA_HEALED_WORDS
  };
  size_t used = 0;
  out[0] = '\0';
  for (int i = 0; i < PERCUTA_HEALED_COUNT; ++i) {
    if ((waited_for & (1U << i)) == 0)
      continue;
    int length = snprintf(out + used, size - used, "%s%s", used ? ", " : "", words[i]);
    used = length < 0 ? used : (size_t)fmin((double)(size - 1), (double)(used + (size_t)length));
  }
}

/* Values are in braces of their own; a warning without any has NULL. */
#define VALUES(...) ((const struct percuta_warning_value[]){__VA_ARGS__})

/* A session that was late or did not come. */
static enum percuta_status add_delay(const struct percuta_session_record *session, int number,
                                     struct percuta_warnings *list) {
  char criteria[192];
  if (!session->given)
    return percuta_outcome_warnings_add(list, PERCUTA_WARNING_session_not_given,
                                        VALUES({.number = number}));
  if (session->start <= session->planned + PERCUTA_HOUR)
    return PERCUTA_OK;
  say_criteria(session->waited_for, criteria, sizeof criteria);
  return percuta_outcome_warnings_add(
      list, PERCUTA_WARNING_session_late,
      VALUES({.number = number}, {.number = (session->start - session->planned) / PERCUTA_DAY},
             {.text = criteria}));
}

/* Why no needle went through: too little force on one, or, with force enough, too little room for
 * it below the drum or head, over a hollow least of all. */
static enum percuta_status add_unpunctured(const struct percuta_run *run,
                                           struct percuta_warnings *list) {
  const struct percuta_channels *channels = &run->record.session[0].channels;
  char hollow[192] = "";
  double recess = 0, deflection = 0;
  if (channels->force_per_needle < channels->puncture_force || channels->count == 0)
    return percuta_outcome_warnings_add(list, PERCUTA_WARNING_no_puncture,
                                        VALUES({.number = 1e3 * channels->force_per_needle},
                                               {.number = 1e3 * channels->puncture_force}));
  for (size_t i = 0; i < channels->count; ++i) {
    recess += channels->item[i].recess / (double)channels->count;
    deflection += channels->item[i].deflection / (double)channels->count;
  }
  if (recess > 0)
    snprintf(hollow, sizeof hollow,
             "the floor of the %s lies %.3g um below the skin on which the device rests, deeper "
             "than they reach",
             run->plan->skin.condition_name, recess / PERCUTA_UM);
  else if (channels->interval.breaks_share > 0)
    snprintf(hollow, sizeof hollow,
             "such needles get in with a probability of %.2g %%, and none of these did",
             100 * channels->interval.breaks_share);
  return percuta_outcome_warnings_add(
      list, PERCUTA_WARNING_needles_too_short,
      VALUES({.number = run->plan->scenario->device.needle.length / PERCUTA_MM},
             {.number = deflection / PERCUTA_UM}, {.text = hollow}));
}

/* A scar or stria so deep that needles do not break its floor, the middle quarter of its width. */
static enum percuta_status add_floor(const struct percuta_run *run, struct percuta_warnings *list) {
  const struct percuta_skin *skin = &run->plan->skin;
  const struct percuta_channels *channels = &run->record.session[0].channels;
  const struct percuta_grid_sites sites = {.stripe = skin->defect_is_stripe,
                                           .width = skin->defect_width / 4,
                                           .tile = run->record.relief.period};
  double recess = 0;
  size_t strikes = 0;
  for (size_t i = 0; i < channels->count && skin->has_defect; ++i) {
    const struct percuta_channel *channel = &channels->item[i];
    if (!percuta_numerics_grid_inside(&sites, channel->x, channel->y))
      continue;
    if (channel->penetrated)
      return PERCUTA_OK;
    recess += channel->recess;
    ++strikes;
  }
  if (strikes == 0 || channels->penetrated == 0)
    return PERCUTA_OK;
  return percuta_outcome_warnings_add(
      list, PERCUTA_WARNING_floor_not_reached,
      VALUES({.text = skin->condition_name}, {.number = recess / (double)strikes / PERCUTA_UM}));
}

/* A condition that is deeper than the dermis, or than the needles come. */
static enum percuta_status add_depths(const struct percuta_run *run,
                                      struct percuta_warnings *list) {
  const struct percuta_skin *skin = &run->plan->skin;
  const struct percuta_channels *channels = &run->record.session[0].channels;
  const double dermis =
      skin->thickness[PERCUTA_PAPILLARY_DERMIS] + skin->thickness[PERCUTA_RETICULAR_DERMIS];
  const double junction = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  const double given = run->plan->scenario->condition.depth;
  double depth = 0, in = 0;
  enum percuta_status status = PERCUTA_OK;
  for (size_t i = 0; i < channels->count; ++i) {
    const struct percuta_channel *channel = &channels->item[i];
    in += channel->penetrated && !channel->reentered;
    depth += channel->depth;
  }
  if (skin->has_defect && given > dermis)
    status = percuta_outcome_warnings_add(list, PERCUTA_WARNING_condition_through_dermis,
                                          VALUES({.text = skin->condition_name},
                                                 {.number = given / PERCUTA_MM},
                                                 {.number = dermis / PERCUTA_MM}));
  if (status == PERCUTA_OK && skin->has_defect && in > 0 &&
      depth / in < junction + skin->defect_depth)
    status = percuta_outcome_warnings_add(
        list, PERCUTA_WARNING_bottom_not_reached,
        VALUES({.number = depth / in / PERCUTA_MM}, {.text = skin->condition_name},
               {.number = (junction + skin->defect_depth) / PERCUTA_MM}));
  return status;
}

/* Needles that do not get in, or not far enough, and blood that does not clot. */
static enum percuta_status add_first(const struct percuta_run *run, struct percuta_warnings *list) {
  const struct percuta_session_record *first = &run->record.session[0];
  enum percuta_status status = PERCUTA_OK;
  if (first->channels.count == 0)
    return PERCUTA_OK; /* add_missed says so */
  if (first->channels.penetrated == 0)
    status = add_unpunctured(run, list);
  else if (!(first->injured_frac > 0))
    status = percuta_outcome_warnings_add(list, PERCUTA_WARNING_no_injury, NULL);
  else if (!(first->injured_frac < 1))
    status = percuta_outcome_warnings_add(list, PERCUTA_WARNING_all_cut, NULL);
  else if (first->bleeding.channels_bleeding < 0.5)
    status = percuta_outcome_warnings_add(list, PERCUTA_WARNING_no_clot, NULL);
  if (status == PERCUTA_OK)
    status = add_floor(run, list);
  if (status == PERCUTA_OK && first->bleeding.channels_bleeding >= 0.5 &&
      isinf(first->clot.fibrin_time))
    status = percuta_outcome_warnings_add(list, PERCUTA_WARNING_no_fibrin,
                                          VALUES({.number = first->clot.window / 60}));
  if (status == PERCUTA_OK && first->bleeding.channels_bleeding >= 0.5 && first->clot.peak > 0 &&
      isinf(first->clot.peak_time))
    status = percuta_outcome_warnings_add(list, PERCUTA_WARNING_thrombin_rising,
                                          VALUES({.number = first->clot.window / 60}));
  return status;
}

/* A session of which no strike fell on the patch. */
static enum percuta_status add_missed(const struct percuta_session_record *session, int number,
                                      double width, struct percuta_warnings *list) {
  if (!session->given || session->channels.count > 0)
    return PERCUTA_OK;
  return percuta_outcome_warnings_add(
      list, PERCUTA_WARNING_no_strike,
      VALUES({.number = number}, {.number = width / PERCUTA_MM},
             {.number = session->coverage.density_expected * width * width}));
}

/* Collagen that has risen above its start and goes on. */
static enum percuta_status add_rising(const struct percuta_record *record,
                                      struct percuta_warnings *list) {
  const double peak = percuta_outcome_outcomes_number(record, PERCUTA_OUTCOME_collagen_peak_rel);
  const double day = percuta_outcome_outcomes_number(record, PERCUTA_OUTCOME_collagen_peak_d);
  if (!(peak > 1 + RISEN) || isfinite(day))
    return PERCUTA_OK;
  return percuta_outcome_warnings_add(list, PERCUTA_WARNING_collagen_rising,
                                      VALUES({.number = percuta_outcome_outcomes_end(record).day}));
}

/* What lifting from below zero may come to before it is warned of: as much as steps may err, and
 * never more than this share of a field's largest total. */
static const double MUCH_LIFTED = 1e-2;

static bool is_much_lifted(const struct percuta_record *record) {
  return record->clipped_rel > MUCH_LIFTED || record->clipped_excess > 1;
}

static enum percuta_status add_numerics(const struct percuta_record *record,
                                        struct percuta_warnings *list) {
  enum percuta_status status = PERCUTA_OK;
  if (record->runaway_volume_frac > 0)
    status = percuta_outcome_warnings_add(list, PERCUTA_WARNING_runaway,
                                          VALUES({.number = 100 * record->runaway_volume_frac}));
  if (status == PERCUTA_OK && is_much_lifted(record))
    status = percuta_outcome_warnings_add(list, PERCUTA_WARNING_lifted_from_below_zero,
                                          VALUES({.number = 100 * record->clipped_rel}));
  return status;
}

/* What to beware of in the first session. */
static enum percuta_status add_safety(struct percuta_run *run, struct percuta_warnings *list) {
  const struct percuta_session_record *first = &run->record.session[0];
  enum percuta_status status =
      percuta_outcome_safety_compute(&run->plan->law, run->plan->scenario, &run->plan->skin,
                                     &first->channels, &first->bleeding, list);
  if (status == PERCUTA_OK && first->comfort.known && first->comfort.pain_outside)
    status = percuta_outcome_warnings_add(list, PERCUTA_WARNING_pain_extrapolated, NULL);
  return status;
}

/* Skin in a diffusion cell: that it is dead, whether anything opened it, and needles that are
 * longer than it is thick. */
static enum percuta_status add_excised(const struct percuta_run *run,
                                       struct percuta_warnings *list) {
  const struct percuta_record *record = &run->record;
  const struct percuta_channels *channels = &record->session[0].channels;
  const double thickness = percuta_course_products_piece(run->plan);
  double deepest = 0;
  for (size_t i = 0; i < channels->count; ++i)
    deepest = fmax(deepest, channels->item[i].depth);
  enum percuta_status status =
      percuta_outcome_warnings_add(list, PERCUTA_WARNING_excised_skin, NULL);
  if (status == PERCUTA_OK && channels->count == 0)
    status = add_missed(&record->session[0], 1, record->width, list);
  else if (status == PERCUTA_OK && channels->penetrated == 0)
    status = add_unpunctured(run, list);
  if (status == PERCUTA_OK && deepest >= thickness)
    status = percuta_outcome_warnings_add(
        list, PERCUTA_WARNING_piece_pierced,
        VALUES({.number = deepest / PERCUTA_UM}, {.number = thickness / PERCUTA_UM}));
  return status;
}

enum percuta_status percuta_course_warnings_add(struct percuta_run *run) {
  struct percuta_record *record = &run->record;
  struct percuta_warnings *list = &record->warnings;
  if (!percuta_scenario_is_alive(record->scenario))
    return add_excised(run, list);
  enum percuta_status status = add_first(run, list);
  if (status == PERCUTA_OK)
    status = add_depths(run, list);
  for (int s = 0; s < record->session_count && status == PERCUTA_OK; ++s)
    status = add_missed(&record->session[s], s + 1, record->width, list);
  if (status == PERCUTA_OK)
    status = percuta_outcome_advice_products(record, list);
  for (int s = 0; s < record->session_count && status == PERCUTA_OK; ++s)
    status = add_delay(&record->session[s], s + 1, list);
  if (status == PERCUTA_OK)
    status = add_rising(record, list);
  if (status == PERCUTA_OK)
    status = add_numerics(record, list);
  return status == PERCUTA_OK ? add_safety(run, list) : status;
}
