/* When sessions are planned: at intervals or on days of one's own, and again and again after that.
 * They come later than planned where they wait for the skin. */
#ifndef PERCUTA_SCENARIO_CALENDAR_H
#define PERCUTA_SCENARIO_CALENDAR_H

#include "scenario/scenario.h"

#define PERCUTA_MOST_SESSIONS 1000

/* How many sessions are planned, those of the maintenance included, which end before the follow-up
 * does. */
int percuta_scenario_calendar_count(const struct percuta_course *course);

/* When session `index`, from 0, is planned [s after the first]. */
double percuta_scenario_calendar_planned(const struct percuta_course *course, int index);

/* The shortest time from one planned session to the next [s]; INFINITY where there is one session.
 */
double percuta_scenario_calendar_shortest(const struct percuta_course *course);

/* How long [s] a regimen is followed, which begins *start [s] after a session: as long as it lasts,
 * to the pause before the next session if that comes first. Below 0 where no time is left. */
double percuta_scenario_calendar_regimen(const struct percuta_course *course,
                                         const struct percuta_product_plan *plan, double *start);

/* From the last planned session to the end of the follow-up [s]; not above 0 where that ends first.
 */
double percuta_scenario_calendar_rest(const struct percuta_course *course);

#endif
