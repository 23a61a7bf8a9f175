/* Outcomes that say how long it takes: redness, the barrier, healed; test:
 * tests/unit/test_outcomes.c. */
#include <math.h>

#include "outcome/outcomes.h"
#include "outcome/readings.h"

static const double OVER_PEOPLE = 0.8; /* share of people between the ends (transport/reseal.h) */

struct percuta_outcome_value percuta_outcome_recovery_redness(const struct percuta_record *record,
                                                              const struct percuta_outcome *outcome,
                                                              double day) {
  const struct percuta_comfort *comfort = &record->session[0].comfort;
  (void)outcome, (void)day;
  return (struct percuta_outcome_value){
      percuta_outcome_comfort_redness(comfort) / PERCUTA_DAY, comfort->redness_low / PERCUTA_DAY,
      comfort->redness_high / PERCUTA_DAY, NAN, comfort->redness_outside};
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

struct percuta_outcome_value percuta_outcome_recovery_healed(const struct percuta_record *record,
                                                             const struct percuta_outcome *outcome,
                                                             double day) {
  const int last = percuta_outcome_readings_sessions_given(record) - 1;
  const double days =
      last >= 0 ? percuta_outcome_readings_days_to_healed(&record->session[last]) : -1;
  (void)outcome, (void)day;
  return percuta_outcome_simulated(days >= 0 ? days : NAN);
}
