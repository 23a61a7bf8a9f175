#include "outcome/readings.h"

#include <math.h>

#include "base/units.h"

const double percuta_outcome_readings_day[PERCUTA_READINGS_DAYS] = {30, 90, 180, 365};

struct percuta_timeline_row percuta_outcome_readings_row_at(const struct percuta_timeline *timeline,
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

static double at(const struct percuta_timeline *timeline, size_t row, size_t offset) {
  return *(const double *)((const char *)&timeline->row[row] + offset);
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

struct percuta_peak percuta_outcome_readings_peak_of(const struct percuta_timeline *timeline,
                                                     size_t offset) {
  if (timeline->count == 0)
    return (struct percuta_peak){0, 0};
  size_t best = 0;
  for (size_t i = 1; i < timeline->count; ++i) {
    if (at(timeline, i, offset) > at(timeline, best, offset))
      best = i;
  }
  return (struct percuta_peak){at(timeline, best, offset), parabola_top(timeline, best, offset)};
}

static void raise_peak(struct percuta_peak *peak, double value, double day) {
  if (value > peak->value) {
    peak->value = value;
    peak->day = day;
  }
}

void percuta_outcome_readings_compute(const struct percuta_record *record,
                                      struct percuta_readings *out) {
  const struct percuta_timeline *timeline = &record->timeline;
  *out = (struct percuta_readings){.known = timeline->count > 0};
  if (!out->known) {
    return;
  }
  const struct percuta_timeline_row *first = &timeline->row[0];
  out->third_start = first->collagen_III_share;
  out->third_end = timeline->row[timeline->count - 1].collagen_III_share;
  out->collagen = (struct percuta_peak){first->collagen_total_rel, first->time_d};
  out->third = (struct percuta_peak){first->collagen_III_share, first->time_d};
  for (size_t i = 0; i < timeline->count; ++i) {
    const struct percuta_timeline_row *row = &timeline->row[i];
    raise_peak(&out->collagen, row->collagen_total_rel, row->time_d);
    raise_peak(&out->inflammation, row->inflammation_index, row->time_d);
    raise_peak(&out->myofibroblast, row->myofibroblast_frac, row->time_d);
    raise_peak(&out->signal, row->signal_rel, row->time_d);
    raise_peak(&out->cytokine, row->cytokine_rel, row->time_d);
    raise_peak(&out->third, row->collagen_III_share, row->time_d);
  }
  const double last = timeline->row[timeline->count - 1].time_d;
  for (int i = 0; i < PERCUTA_READINGS_DAYS; ++i) {
    /* A run that ends on the day itself may miss it by rounding. */
    out->reached[i] = percuta_outcome_readings_day[i] <= last * (1 + 1e-9);
    if (out->reached[i]) {
      const struct percuta_timeline_row row =
          percuta_outcome_readings_row_at(timeline, percuta_outcome_readings_day[i]);
      out->collagen_at[i] = row.collagen_total_rel;
      out->third_at[i] = row.collagen_III_share;
    }
  }
}

/* Means and sums over the channels that opened something new; the spread in a second sweep. */
static void average_channels(const struct percuta_session_record *session,
                             struct percuta_session_readings *out) {
  const struct percuta_channels *channels = &session->channels;
  double volume = 0, filled = 0, held_deflection = 0, area = 0;
  for (size_t i = 0; i < channels->count; ++i) {
    const struct percuta_channel *channel = &channels->item[i];
    if (!channel->penetrated) {
      ++out->held;
      held_deflection += channel->deflection;
    }
    if (!channel->penetrated || channel->reentered) {
      continue;
    }
    ++out->opened;
    out->deflection_mean += channel->deflection;
    out->force_mean += channel->force;
    out->depth_mean += channel->depth;
    out->residual_mean += channel->residual_depth;
    out->tear_mean += channel->tear_surface;
    area += channel->residual_radius_surface * channel->residual_radius_surface;
    if (i < session->bleeding.count) {
      const double cut = percuta_insertion_channel_volume(channel, 0, channel->depth);
      volume += cut;
      filled += cut * session->bleeding.item[i].clot_fill;
    }
  }
  if (out->opened == 0 && out->held > 0) {
    out->deflection_mean = held_deflection / (double)out->held;
  }
  if (out->opened > 0) {
    out->deflection_mean /= (double)out->opened;
    out->force_mean /= (double)out->opened;
    out->depth_mean /= (double)out->opened;
    out->residual_mean /= (double)out->opened;
    out->tear_mean /= (double)out->opened;
    out->opening_radius = sqrt(area / (double)out->opened);
    out->clot_fill_mean = volume > 0 ? filled / volume : 0;
  }
}

void percuta_outcome_readings_of_session(const struct percuta_session_record *session, double width,
                                         struct percuta_session_readings *out) {
  *out = (struct percuta_session_readings){0};
  average_channels(session, out);
  const double area = width * width;
  if (area > 0) {
    out->strikes_per_area = (double)session->channels.count / area;
    out->opened_per_area = (double)out->opened / area;
    const double broke = (double)(out->opened + session->channels.reentered);
    out->reentry_share = broke > 0 ? (double)session->channels.reentered / broke : 0;
    out->reentry_poisson = percuta_device_coverage_reentry(broke / area, out->opening_radius);
  }
  if (out->opened < 2) {
    return;
  }
  double squares = 0;
  for (size_t i = 0; i < session->channels.count; ++i) {
    const struct percuta_channel *channel = &session->channels.item[i];
    if (channel->penetrated && !channel->reentered) {
      squares += (channel->depth - out->depth_mean) * (channel->depth - out->depth_mean);
    }
  }
  out->depth_sd = sqrt(squares / (double)(out->opened - 1));
}

double percuta_outcome_readings_days_to_healed(const struct percuta_session_record *session) {
  return session->given && session->channels.penetrated > 0 && session->healed_at >= session->start
             ? (session->healed_at - session->start) / PERCUTA_DAY
             : -1;
}

int percuta_outcome_readings_sessions_given(const struct percuta_record *record) {
  int given = 0;
  for (int i = 0; i < record->session_count; ++i) {
    given += record->session[i].given;
  }
  return given;
}
