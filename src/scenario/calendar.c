/* The plan of a course: t_i = i interval, or the days given, then t_last + j then_every before the
 * end of the follow-up.
 * Test: tests/unit/test_calendar.c. */
#include "scenario/calendar.h"

#include <math.h>

/* Sessions before the maintenance begins. */
static int count_first(const struct percuta_course *course) {
  return course->days.count > 0 ? course->days.count : course->sessions;
}

static double last_first(const struct percuta_course *course) {
  return course->days.count > 0 ? course->days.item[course->days.count - 1]
                                : (course->sessions - 1) * course->interval;
}

int percuta_scenario_calendar_count(const struct percuta_course *course) {
  const int first = count_first(course);
  const double left = course->follow_up - last_first(course);
  if (!(course->then_every > 0) || !(left > course->then_every))
    return first;
  const double more = ceil(left / course->then_every * (1 - 1e-12)) - 1; /* before the end */
  return first + (int)fmin(more, PERCUTA_MOST_SESSIONS);
}

double percuta_scenario_calendar_planned(const struct percuta_course *course, int index) {
  const int first = count_first(course);
  if (index >= first)
    return last_first(course) + (index - first + 1) * course->then_every;
  return course->days.count > 0 ? course->days.item[index] : index * course->interval;
}

double percuta_scenario_calendar_shortest(const struct percuta_course *course) {
  const int first = count_first(course);
  double shortest = INFINITY;
  for (int i = 1; i < course->days.count; ++i)
    shortest = fmin(shortest, course->days.item[i] - course->days.item[i - 1]);
  if (course->days.count == 0 && first > 1)
    shortest = course->interval;
  if (percuta_scenario_calendar_count(course) > first)
    shortest = fmin(shortest, course->then_every);
  return shortest;
}

double percuta_scenario_calendar_rest(const struct percuta_course *course) {
  const int count = percuta_scenario_calendar_count(course);
  return course->follow_up - percuta_scenario_calendar_planned(course, count - 1);
}

double percuta_scenario_calendar_regimen(const struct percuta_course *course,
                                         const struct percuta_product_plan *plan, double *start) {
  *start = fmax(plan->after, plan->not_within);
  if (!(plan->not_within > 0))
    return plan->regimen;
  const double pause = percuta_scenario_calendar_shortest(course) - plan->not_within;
  return fmin(plan->after + plan->regimen, pause) - *start;
}
