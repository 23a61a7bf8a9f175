/* What the scenario asks; test: tests/unit/test_report.c. */
#include "report/asks.h"

#include "base/units.h"
#include "scenario/calendar.h"

enum { HALF_A_YEAR = 2 }; /* its place among the times at which outcomes are told */

struct percuta_asks percuta_report_asks_read(const struct percuta_page *page) {
  const struct percuta_record *record = page->record;
  const struct percuta_course *course = &record->scenario->course;
  struct percuta_asks asks = {.condition = record->skin->has_defect,
                              .numbing = record->numbing.used,
                              .products = record->penetration_count > 0};
  const double long_enough = percuta_outcome_outcomes_time[HALF_A_YEAR].day * PERCUTA_DAY;
  if (!percuta_scenario_is_alive(record->scenario))
    return asks;
  asks.course = percuta_scenario_calendar_count(course) > 1 || course->follow_up >= long_enough ||
                !(asks.condition || asks.numbing || asks.products);
  return asks;
}

double percuta_report_asks_last_session(const struct percuta_page *page) {
  return page->given > 0 ? page->record->session[page->given - 1].start / PERCUTA_DAY : 0;
}

struct percuta_outcome_time percuta_report_asks_time(const struct percuta_page *page, int i) {
  struct percuta_outcome_time time = percuta_outcome_outcomes_time[i];
  time.since = page->given > 1 ? PERCUTA_SINCE_LAST_SESSION : PERCUTA_SINCE_FIRST_SESSION;
  return time;
}
