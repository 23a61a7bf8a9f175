/* Outcomes of the needles themselves, in the first session; test: tests/unit/test_outcomes.c. */
#include <math.h>

#include "outcome/outcomes.h"
#include "outcome/readings.h"

#define UL_PER_CM2 1e-5 /* [m] */

static const double DRAWN = 0.9; /* share of the draws between the ends (insertion/uncertainty.h) */

static struct percuta_session_readings first_session(const struct percuta_record *record) {
  struct percuta_session_readings means;
  percuta_outcome_readings_of_session(&record->session[0], record->width, &means);
  return means;
}

struct percuta_outcome_value percuta_outcome_needling_depth(const struct percuta_record *record,
                                                            const struct percuta_outcome *outcome,
                                                            double day) {
  const struct percuta_uncertainty *interval = &record->session[0].channels.interval;
  (void)outcome, (void)day;
  return (struct percuta_outcome_value){first_session(record).depth_mean / PERCUTA_UM,
                                        interval->depth_low / PERCUTA_UM,
                                        interval->depth_high / PERCUTA_UM, DRAWN, false};
}

struct percuta_outcome_value
percuta_outcome_needling_bleeding(const struct percuta_record *record,
                                  const struct percuta_outcome *outcome, double day) {
  (void)outcome, (void)day;
  return percuta_outcome_simulated(100 * record->session[0].bleeding.channels_bleeding /
                                   (double)first_session(record).opened);
}

struct percuta_outcome_value percuta_outcome_needling_shed(const struct percuta_record *record,
                                                           const struct percuta_outcome *outcome,
                                                           double day) {
  (void)outcome, (void)day;
  return percuta_outcome_simulated(record->session[0].bleeding.shed_per_area / UL_PER_CM2);
}

struct percuta_outcome_value
percuta_outcome_needling_treated_top(const struct percuta_record *record,
                                     const struct percuta_outcome *outcome, double day) {
  (void)outcome, (void)day;
  return percuta_outcome_simulated(record->treated_top / PERCUTA_UM);
}

struct percuta_outcome_value
percuta_outcome_needling_treated_bottom(const struct percuta_record *record,
                                        const struct percuta_outcome *outcome, double day) {
  (void)outcome, (void)day;
  return percuta_outcome_simulated(record->treated_bottom / PERCUTA_UM);
}
