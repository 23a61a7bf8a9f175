/* Readings of the timeline: values between its rows, peaks, and when something has fallen. */
#ifndef PERCUTA_OUTCOME_TIMELINE_H
#define PERCUTA_OUTCOME_TIMELINE_H

#include "outcome/record.h"

/* A largest value and when; `day` counts from the first session. */
struct percuta_peak {
  double value;
  double day;
};

/* Whether the timeline has begun by `day`, and lasts until then. */
bool percuta_outcome_timeline_reaches(const struct percuta_timeline *timeline, double day);

/* The row at `day`, every column interpolated linearly; at a jump the later side. Days outside the
 * timeline give its nearest row. The timeline must have a row. */
struct percuta_timeline_row percuta_outcome_timeline_row_at(const struct percuta_timeline *timeline,
                                                            double day);

/* Where the column at `offset` of a row is largest: the first such row. 0 and 0 without rows. */
struct percuta_peak percuta_outcome_timeline_highest_row(const struct percuta_timeline *timeline,
                                                         size_t offset);

/* The same with the day at the top of the parabola through that row and its neighbours: a peak
 * between two rows moves smoothly with the model's parameters. */
struct percuta_peak percuta_outcome_timeline_peak(const struct percuta_timeline *timeline,
                                                  size_t offset);

#endif
