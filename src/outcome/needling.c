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

/* An expectation, with the ends of its draws where they were made. */
static struct percuta_outcome_value expected(double value, double low, double high, double unit) {
  if (isnan(low))
    return percuta_outcome_simulated(value / unit);
  return (struct percuta_outcome_value){value / unit, fmin(low, value) / unit,
                                        fmax(high, value) / unit, DRAWN, false};
}

struct percuta_outcome_value
percuta_outcome_needling_bleeding(const struct percuta_record *record,
                                  const struct percuta_outcome *outcome, double day) {
  const struct percuta_bleeding *bleeding = &record->session[0].bleeding;
  (void)outcome, (void)day;
  if (!percuta_scenario_is_alive(record->scenario))
    return percuta_outcome_simulated(NAN);
  return expected(bleeding->channels_bleeding_expected / (double)first_session(record).opened,
                  bleeding->spread.bleeding_low, bleeding->spread.bleeding_high, 0.01);
}

struct percuta_outcome_value percuta_outcome_needling_shed(const struct percuta_record *record,
                                                           const struct percuta_outcome *outcome,
                                                           double day) {
  const struct percuta_bleeding *bleeding = &record->session[0].bleeding;
  (void)outcome, (void)day;
  if (!percuta_scenario_is_alive(record->scenario))
    return percuta_outcome_simulated(NAN);
  return expected(bleeding->shed_per_area_expected, bleeding->spread.shed_low,
                  bleeding->spread.shed_high, UL_PER_CM2);
}

struct percuta_outcome_value
percuta_outcome_needling_treated_top(const struct percuta_record *record,
                                     const struct percuta_outcome *outcome, double day) {
  (void)outcome, (void)day;
  if (!percuta_scenario_is_alive(record->scenario))
    return percuta_outcome_simulated(NAN);
  return percuta_outcome_simulated(record->treated_top / PERCUTA_UM);
}

struct percuta_outcome_value
percuta_outcome_needling_treated_bottom(const struct percuta_record *record,
                                        const struct percuta_outcome *outcome, double day) {
  (void)outcome, (void)day;
  if (!percuta_scenario_is_alive(record->scenario))
    return percuta_outcome_simulated(NAN);
  return percuta_outcome_simulated(record->treated_bottom / PERCUTA_UM);
}
