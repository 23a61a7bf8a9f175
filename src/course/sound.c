/* The last look at numbers before they go into the books; a value that is not finite is a mistake
 * of the program's that no file may carry. What was not computed is absent, not NAN.
 * Test: tests/verification/test_sound.c. */
#include "course/sound.h"

#include <math.h>

#include "result/channel_columns.h"

static enum percuta_status fail(struct percuta_run *run, const char *what, const char *where,
                                double value) {
  snprintf(run->failure, sizeof run->failure,
           "%s of %s came out as %s at day %.9g: a fault of the model for values such as these; "
           "please report this scenario",
           what, where, isnan(value) ? "no number" : "infinite",
           percuta_course_run_time(run) / PERCUTA_DAY);
  return PERCUTA_NUMERICS;
}

enum percuta_status percuta_course_sound_row(struct percuta_run *run,
                                             const struct percuta_timeline_row *row) {
#define PERCUTA_COLUMN_CHECK(name, part, unit, text)                                               \
  if (PERCUTA_COLUMN_ON(&run->record.layout, part) && !isfinite(row->name))                        \
    return fail(run, #name, "the timeline", row->name);
  PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_CHECK)
#undef PERCUTA_COLUMN_CHECK
  return PERCUTA_OK;
}

static enum percuta_status check_channel(struct percuta_run *run,
                                         const struct percuta_session_record *record, size_t at) {
  const struct percuta_skin *skin = &run->plan->skin;
  const struct percuta_channel *c = &record->channels.item[at];
  const struct percuta_bleed *b = &record->bleeding.item[at];
  const double session = record->number, strike = (double)at + 1;
#define PERCUTA_CHANNEL_CHECK(name, unit, value, text)                                             \
  if (!isfinite((double)(value)))                                                                  \
    return fail(run, #name, "a puncture", (double)(value));
  PERCUTA_CHANNEL_COLUMN_LIST(PERCUTA_CHANNEL_CHECK)
#undef PERCUTA_CHANNEL_CHECK
  return PERCUTA_OK;
}

static enum percuta_status check_product(struct percuta_run *run,
                                         const struct percuta_penetration *penetration) {
  for (int i = 0; i < penetration->active_count; ++i) {
    const struct percuta_penetration_active *active = &penetration->active[i];
    const double sum = active->entered + active->entered_intact + active->blood +
                       active->blood_intact + active->applied;
    if (!isfinite(sum))
      return fail(run, "what enters", active->of.compound.id, sum);
  }
  return PERCUTA_OK;
}

static enum percuta_status check_numbing(struct percuta_run *run) {
  const struct percuta_numbing *numbing = &run->record.numbing;
  const double sum = numbing->depth_most + numbing->depth_low + numbing->depth_high +
                     numbing->pain_free_depth + numbing->toxicity;
  if (numbing->used && !isfinite(sum))
    return fail(run, "numbness", "the cream", sum);
  return numbing->used ? check_product(run, &numbing->penetration) : PERCUTA_OK;
}

enum percuta_status percuta_course_sound_session(struct percuta_run *run,
                                                 const struct percuta_session_record *session) {
  enum percuta_status status = check_numbing(run);
  for (int i = 0; i < run->record.penetration_count && status == PERCUTA_OK; ++i)
    status = check_product(run, &run->record.penetration[i]);
  for (size_t i = 0; i < session->channels.count && status == PERCUTA_OK; ++i)
    status = check_channel(run, session, i);
  const double sum = session->channel_volume + session->injured_volume + session->duration +
                     session->tewl_rel + session->closure.high + session->barrier.high +
                     session->redness.high + session->redness.a_day +
                     session->bleeding.shed_volume + session->clot.signal_rel +
                     session->plugged_at + session->injured_frac;
  return status == PERCUTA_OK && !isfinite(sum) ? fail(run, "a sum", "the session", sum) : status;
}
