/* Times of outputs, kept fields and sessions. Test: tests/unit/test_calendar.c. */
#include "course/calendar.h"

#include <math.h>
#include <stddef.h>

#include "base/units.h"

double percuta_course_calendar_next_output(double now, double session, bool waiting) {
  static const double early[] = {0.25, 0.5, 1.0}; /* days after a session */
  double days = (now - session) / PERCUTA_DAY;
  const double slack = 1e-6;
  for (size_t i = 0; i < sizeof early / sizeof early[0]; ++i) {
    if (days < early[i] - slack)
      return session + early[i] * PERCUTA_DAY;
  }
  double next = floor(days + slack) + 1.0;
  if (!waiting && next > 21.0)
    next = 7.0 * ceil(next / 7.0 - slack);
  return session + next * PERCUTA_DAY;
}

int percuta_course_calendar_snapshots(double end, double *times) {
  static const double days[] = {0, 1, 7, 30, 90, 180, 365};
  int count = 0;
  for (size_t i = 0; i < sizeof days / sizeof days[0]; ++i) {
    if (days[i] * PERCUTA_DAY <= end)
      times[count++] = days[i] * PERCUTA_DAY;
  }
  if (count == 0 || times[count - 1] < end)
    times[count++] = end;
  return count;
}
