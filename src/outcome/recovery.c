/* Outcomes that say how long it takes: redness, the barrier, healed; test:
 * tests/unit/test_outcomes.c. */
#include <math.h>

#include "outcome/outcomes.h"
#include "outcome/readings.h"

static const double OVER_PEOPLE = 0.8; /* share of people between the ends (transport/reseal.h) */

static struct percuta_outcome_value days(double median, double low, double high) {
  return (struct percuta_outcome_value){median / PERCUTA_DAY, low / PERCUTA_DAY, high / PERCUTA_DAY,
                                        OVER_PEOPLE, false};
}

struct percuta_outcome_value percuta_outcome_recovery_redness(const struct percuta_record *record,
                                                              const struct percuta_outcome *outcome,
                                                              double day) {
  const struct percuta_redness *redness = &record->session[0].redness;
  (void)outcome, (void)day;
  return days(redness->median, redness->low, redness->high);
}

struct percuta_outcome_value
percuta_outcome_recovery_redness_visible(const struct percuta_record *record,
                                         const struct percuta_outcome *outcome, double day) {
  (void)outcome, (void)day;
  return percuta_outcome_simulated(record->session[0].redness.a_day);
}

struct percuta_outcome_value
percuta_outcome_recovery_redness_index(const struct percuta_record *record,
                                       const struct percuta_outcome *outcome, double day) {
  (void)outcome, (void)day;
  return percuta_outcome_simulated(record->session[0].redness.index_day);
}

struct percuta_outcome_value
percuta_outcome_recovery_downtime(const struct percuta_record *record,
                                  const struct percuta_outcome *outcome, double day) {
  const struct percuta_session_record *first = &record->session[0];
  (void)outcome, (void)day;
  return days(fmax(first->redness.median, first->closure.median),
              fmax(first->redness.low, first->closure.low),
              fmax(first->redness.high, first->closure.high));
}

struct percuta_outcome_value percuta_outcome_recovery_tewl(const struct percuta_record *record,
                                                           const struct percuta_outcome *outcome,
                                                           double day) {
  const struct percuta_session_record *first = &record->session[0];
  (void)outcome, (void)day;
  return percuta_outcome_simulated(first->opening.density > 0 ? first->tewl_rel : NAN);
}

static struct percuta_outcome_value over_people(const struct percuta_session_record *session,
                                                const struct percuta_reseal_time *time) {
  return (struct percuta_outcome_value){
      session->opening.density > 0 ? time->median / PERCUTA_HOUR : NAN, time->low / PERCUTA_HOUR,
      time->high / PERCUTA_HOUR, OVER_PEOPLE, false};
}

struct percuta_outcome_value percuta_outcome_recovery_barrier(const struct percuta_record *record,
                                                              const struct percuta_outcome *outcome,
                                                              double day) {
  (void)outcome, (void)day;
  return over_people(&record->session[0], &record->session[0].barrier);
}

struct percuta_outcome_value percuta_outcome_recovery_closed(const struct percuta_record *record,
                                                             const struct percuta_outcome *outcome,
                                                             double day) {
  (void)outcome, (void)day;
  return over_people(&record->session[0], &record->session[0].closure);
}

/* The first output time at which all is back; people differ as in what they wait longest for. */
struct percuta_outcome_value percuta_outcome_recovery_healed(const struct percuta_record *record,
                                                             const struct percuta_outcome *outcome,
                                                             double day) {
  const int last = percuta_outcome_readings_sessions_given(record) - 1;
  const double found =
      last >= 0 ? percuta_outcome_readings_days_to_healed(&record->session[last]) : -1;
  (void)outcome, (void)day;
  if (found < 0)
    return percuta_outcome_simulated(NAN);
  const struct percuta_session_record *session = &record->session[last];
  const double low = fmax(session->redness.low, fmax(session->closure.low, session->barrier.low));
  const double high =
      fmax(session->redness.high, fmax(session->closure.high, session->barrier.high));
  struct percuta_outcome_value healed = days(found * PERCUTA_DAY, low, high);
  healed.low = fmin(healed.low, found);
  healed.high = fmax(healed.high, found);
  return healed;
}
