/* What a reader of a run must be told: needles that do not get in, sessions that were late,
 * numerics at their limits, and what published experience says to beware of. */
#include "course/warnings.h"

#include <math.h>

#include "course/record.h"
#include "outcome/advice.h"
#include "outcome/safety.h"

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

static void say(void *context, const char *sentence) {
  percuta_course_record_warning(context, "%s", sentence);
}

/* A number with `digits` significant digits or more, never with a power of ten. */
static const char *plain(double value, int digits, char text[40]) {
  const int decimals = value > 0 ? digits - 1 - (int)floor(log10(value)) : 0;
  snprintf(text, 40, "%.*f", (int)fmin(fmax(decimals, 0), 20), value);
  return text;
}

/* Sessions that were late or did not come. */
static void add_delays(struct percuta_run *run) {
  struct percuta_record *record = &run->record;
  for (int s = 0; s < record->session_count; ++s) {
    const struct percuta_session_record *session = &record->session[s];
    char criteria[192], late[40];
    if (!session->given) {
      percuta_course_record_warning(record,
                                    "Session %d was not given: the skin had not healed, or the "
                                    "follow-up ended first.",
                                    s + 1);
    } else if (session->start > session->planned + PERCUTA_HOUR) {
      say_criteria(session->waited_for, criteria, sizeof criteria);
      percuta_course_record_warning(
          record, "Session %d was given %s days later than planned, when the skin had healed%s%s.",
          s + 1, plain((session->start - session->planned) / PERCUTA_DAY, 2, late),
          criteria[0] ? ": it waited for " : "", criteria);
    }
  }
}

static void add_warnings(struct percuta_run *run) {
  char here[40], there[40];
  struct percuta_record *record = &run->record;
  const struct percuta_session_record *first = &record->session[0];
  if (first->channels.penetrated == 0) {
    percuta_course_record_warning(record,
                                  "No needle went through the skin: the force on a needle, %s mN, "
                                  "is below the %s mN it takes.",
                                  plain(1e3 * first->channels.force_per_needle, 3, here),
                                  plain(1e3 * first->channels.puncture_force, 3, there));
  } else if (!(first->injured_frac > 0)) {
    percuta_course_record_warning(record,
                                  "No puncture reaches the dermis: nothing there needs repair.");
  } else if (first->bleeding.channels_bleeding < 0.5) {
    percuta_course_record_warning(record,
                                  "Hardly any puncture reaches a vessel, so next to no clot forms; "
                                  "repair is started by cut tissue alone.");
  }
  if (first->bleeding.channels_bleeding >= 0.5 && isinf(first->clot.fibrin_time)) {
    percuta_course_record_warning(record,
                                  "Blood hardly clots: within %s minutes less than half of its "
                                  "fibrinogen turns into fibrin.",
                                  plain(first->clot.window / 60, 2, here));
  }
  percuta_outcome_advice_products(record, say, record);
  add_delays(run);
  if (record->runaway_volume_frac > 0) {
    percuta_course_record_warning(record,
                                  "In up to %s %% of the dermis the signal was above the level at "
                                  "which uniform tissue would run away into scarring.",
                                  plain(100 * record->runaway_volume_frac, 2, here));
  }
  if (record->clipped_rel > 1e-3) {
    percuta_course_record_warning(
        record,
        "Values below zero were lifted to it, by up to %s %% of a field's "
        "total over the run: ask for a smaller model.tolerance.",
        plain(100 * record->clipped_rel, 2, here));
  }
}

/* What to beware of in the first session that was given. */
static enum percuta_status add_safety(struct percuta_run *run) {
  struct percuta_record *record = &run->record;
  struct percuta_safety safety = {.count = 0};
  enum percuta_status status = percuta_outcome_safety_compute(
      run->plan->scenario, &run->plan->skin, &record->session[0].channels,
      &record->session[0].bleeding, run->diag, &safety);
  for (int i = 0; i < safety.count; ++i)
    percuta_course_record_warning(record, "%s", safety.text[i]);
  const struct percuta_comfort *comfort = &record->session[0].comfort;
  if (comfort->known && comfort->pain_outside)
    percuta_course_record_warning(record,
                                  "Pain is extrapolated: no study of needles of this length and "
                                  "number without numbing was found.");
  return status;
}

enum percuta_status percuta_course_warnings_add(struct percuta_run *run) {
  add_warnings(run);
  return add_safety(run);
}
