/* Readings of the timeline, and the outcomes that are read off one of its columns; test:
 * tests/unit/test_readings.c. */
#include "outcome/timeline.h"

#include <math.h>

#include "outcome/outcomes.h"

static const double SUBSIDED = 0.1; /* of the peak: how "over" and "gone" are read */

static double at(const struct percuta_timeline *timeline, size_t row, size_t offset) {
  return *(const double *)((const char *)&timeline->row[row] + offset);
}

bool percuta_outcome_timeline_reaches(const struct percuta_timeline *timeline, double day) {
  /* A run that ends on the day itself may miss it by rounding. */
  return timeline->count > 0 && day >= timeline->row[0].time_d &&
         day <= timeline->row[timeline->count - 1].time_d * (1 + 1e-9);
}

struct percuta_timeline_row percuta_outcome_timeline_row_at(const struct percuta_timeline *timeline,
                                                            double day) {
  size_t after = 0; /* first row later than `day` */
  while (after < timeline->count && timeline->row[after].time_d <= day) {
    ++after;
  }
  if (after == 0) {
    return timeline->row[0];
  }
  if (after == timeline->count) {
    return timeline->row[after - 1];
  }
  const struct percuta_timeline_row *a = &timeline->row[after - 1];
  const struct percuta_timeline_row *b = &timeline->row[after];
  const double weight = (day - a->time_d) / (b->time_d - a->time_d);
  struct percuta_timeline_row row;
#define PERCUTA_COLUMN_BLEND(name, part, unit, text)                                               \
  row.name = a->name + weight * (b->name - a->name);
  PERCUTA_COLUMN_LIST(PERCUTA_COLUMN_BLEND)
#undef PERCUTA_COLUMN_BLEND
  return row;
}

struct percuta_peak percuta_outcome_timeline_highest_row(const struct percuta_timeline *timeline,
                                                         size_t offset) {
  struct percuta_peak peak = {0, 0};
  for (size_t i = 0; i < timeline->count; ++i) {
    if (i == 0 || at(timeline, i, offset) > peak.value)
      peak = (struct percuta_peak){at(timeline, i, offset), timeline->row[i].time_d};
  }
  return peak;
}

/* Day at the top of the parabola through row `i`, the highest, and its neighbours. */
static double parabola_top(const struct percuta_timeline *timeline, size_t i, size_t offset) {
  double day = timeline->row[i].time_d;
  if (i == 0 || i + 1 >= timeline->count)
    return day;
  double before = day - timeline->row[i - 1].time_d, after = timeline->row[i + 1].time_d - day;
  if (!(before > 0) || !(after > 0))
    return day;
  double rise = (at(timeline, i, offset) - at(timeline, i - 1, offset)) / before;
  double fall = (at(timeline, i, offset) - at(timeline, i + 1, offset)) / after;
  return rise + fall > 0 ? day + (rise * after - fall * before) / (2 * (rise + fall)) : day;
}

struct percuta_peak percuta_outcome_timeline_peak(const struct percuta_timeline *timeline,
                                                  size_t offset) {
  size_t best = 0;
  for (size_t i = 1; i < timeline->count; ++i) {
    if (at(timeline, i, offset) > at(timeline, best, offset))
      best = i;
  }
  return timeline->count == 0 ? (struct percuta_peak){0, 0}
                              : (struct percuta_peak){at(timeline, best, offset),
                                                      parabola_top(timeline, best, offset)};
}

/* First day after its peak on which a column has fallen to `share` of it; NAN when it has not. */
static double fall(const struct percuta_timeline *timeline, size_t offset, double share) {
  double peak = percuta_outcome_timeline_peak(timeline, offset).day, most = 0;
  double last_day = 0, last = 0;
  if (!(percuta_outcome_timeline_peak(timeline, offset).value > 0))
    return NAN;
  for (size_t i = 0; i < timeline->count; ++i) {
    double day = timeline->row[i].time_d, value = at(timeline, i, offset);
    most = fmax(most, value);
    if (day > peak && value <= share * most)
      return last_day + (day - last_day) * (last - share * most) / (last - value);
    last_day = day;
    last = value;
  }
  return NAN;
}

struct percuta_outcome_value percuta_outcome_timeline_start(const struct percuta_record *record,
                                                            const struct percuta_outcome *outcome,
                                                            double day) {
  (void)day;
  return percuta_outcome_simulated(outcome->factor * at(&record->timeline, 0, outcome->column));
}

struct percuta_outcome_value percuta_outcome_timeline_on_day(const struct percuta_record *record,
                                                             const struct percuta_outcome *outcome,
                                                             double day) {
  const struct percuta_timeline_row row = percuta_outcome_timeline_row_at(&record->timeline, day);
  return percuta_outcome_simulated(outcome->factor *
                                   *(const double *)((const char *)&row + outcome->column));
}

struct percuta_outcome_value
percuta_outcome_timeline_on_day_rel(const struct percuta_record *record,
                                    const struct percuta_outcome *outcome, double day) {
  struct percuta_outcome_value out = percuta_outcome_timeline_on_day(record, outcome, day);
  out.value /= at(&record->timeline, 0, outcome->column);
  return out;
}

struct percuta_outcome_value percuta_outcome_timeline_highest(const struct percuta_record *record,
                                                              const struct percuta_outcome *outcome,
                                                              double day) {
  (void)day;
  return percuta_outcome_simulated(
      outcome->factor *
      percuta_outcome_timeline_highest_row(&record->timeline, outcome->column).value);
}

/* A day on which the column is highest; NAN where it is as it was all along, within what a step may
 * err, or highest at the end, when it may still rise. */
static double day_of_peak(const struct percuta_record *record, size_t offset,
                          struct percuta_peak peak) {
  const struct percuta_timeline *timeline = &record->timeline;
  double least = peak.value;
  for (size_t i = 0; i < timeline->count; ++i)
    least = fmin(least, at(timeline, i, offset));
  const bool rose = peak.value - least > record->scenario->model.tolerance * fabs(peak.value);
  return rose && peak.day < timeline->row[timeline->count - 1].time_d ? peak.day : NAN;
}

struct percuta_outcome_value
percuta_outcome_timeline_highest_day(const struct percuta_record *record,
                                     const struct percuta_outcome *outcome, double day) {
  (void)day;
  return percuta_outcome_simulated(
      day_of_peak(record, outcome->column,
                  percuta_outcome_timeline_highest_row(&record->timeline, outcome->column)));
}

struct percuta_outcome_value
percuta_outcome_timeline_peak_day(const struct percuta_record *record,
                                  const struct percuta_outcome *outcome, double day) {
  (void)day;
  return percuta_outcome_simulated(day_of_peak(
      record, outcome->column, percuta_outcome_timeline_peak(&record->timeline, outcome->column)));
}

struct percuta_outcome_value
percuta_outcome_timeline_fallen_day(const struct percuta_record *record,
                                    const struct percuta_outcome *outcome, double day) {
  (void)day;
  return percuta_outcome_simulated(fall(&record->timeline, outcome->column, SUBSIDED));
}
