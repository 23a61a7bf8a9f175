/* Outcomes of pain in the first session, by published relations (comfort.h,
 * docs/theory/outcome.md); test: tests/unit/test_outcomes.c. Their intervals are ends of ranges, of
 * no known probability. */
#include <math.h>

#include "outcome/outcomes.h"

static struct percuta_outcome_value range(const struct percuta_record *record, double value,
                                          double low, double high) {
  return (struct percuta_outcome_value){value, low, high, NAN,
                                        record->session[0].comfort.pain_outside};
}

struct percuta_outcome_value percuta_outcome_pain_session(const struct percuta_record *record,
                                                          const struct percuta_outcome *outcome,
                                                          double day) {
  const struct percuta_comfort *comfort = &record->session[0].comfort;
  (void)outcome, (void)day;
  return range(record, comfort->pain, comfort->pain_low, comfort->pain_high);
}

struct percuta_outcome_value percuta_outcome_pain_numbed(const struct percuta_record *record,
                                                         const struct percuta_outcome *outcome,
                                                         double day) {
  const struct percuta_comfort *comfort = &record->session[0].comfort;
  (void)outcome, (void)day;
  return range(record, comfort->pain_numbed, comfort->pain_numbed_low, comfort->pain_numbed_high);
}

struct percuta_outcome_value percuta_outcome_pain_vas(const struct percuta_record *record,
                                                      const struct percuta_outcome *outcome,
                                                      double day) {
  const struct percuta_comfort *comfort = &record->session[0].comfort;
  (void)outcome, (void)day;
  return range(record, comfort->vas, comfort->vas_low, comfort->vas_high);
}

struct percuta_outcome_value percuta_outcome_pain_numbed_vas(const struct percuta_record *record,
                                                             const struct percuta_outcome *outcome,
                                                             double day) {
  const struct percuta_comfort *comfort = &record->session[0].comfort;
  (void)outcome, (void)day;
  return range(record, comfort->vas_numbed, comfort->vas_numbed_low, comfort->vas_numbed_high);
}

struct percuta_outcome_value percuta_outcome_pain_left(const struct percuta_record *record,
                                                       const struct percuta_outcome *outcome,
                                                       double day) {
  const struct percuta_comfort *comfort = &record->session[0].comfort;
  (void)outcome, (void)day;
  return range(record, 100 * comfort->left, 100 * comfort->left_low, 100 * comfort->left_high);
}

struct percuta_outcome_value percuta_outcome_pain_numb_depth(const struct percuta_record *record,
                                                             const struct percuta_outcome *outcome,
                                                             double day) {
  const struct percuta_numbing *numbing = &record->numbing;
  (void)outcome, (void)day;
  return (struct percuta_outcome_value){numbing->depth_at_needling / PERCUTA_MM,
                                        numbing->depth_low / PERCUTA_MM,
                                        numbing->depth_high / PERCUTA_MM, NAN, false};
}
