/* Means over the channels of a session, and when it had healed; test: tests/unit/test_readings.c.
 */
#include "outcome/readings.h"

#include <math.h>

#include "base/units.h"

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
    out->cut_mean += percuta_insertion_channel_cut(channel, 0);
    out->damage_width = channel->damage_width;
    area += channel->residual_radius_surface * channel->residual_radius_surface;
    if (i < session->bleeding.count) {
      const double room = percuta_insertion_channel_room(channel);
      volume += room;
      filled += room * session->bleeding.item[i].clot_fill;
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
    out->cut_mean /= (double)out->opened;
    out->opening_radius = sqrt(area / (double)out->opened);
    out->clot_fill_mean = volume > 0 ? filled / volume : 0;
  }
}

/* s / (mean sqrt(n)), s the standard deviation of the volume that one of n strikes cuts; 0 for
 * fewer than two. */
static double find_sampling_share(const struct percuta_channels *channels) {
  const double count = (double)channels->count;
  double sum = 0, squares = 0;
  for (size_t i = 0; i < channels->count; ++i) {
    const double cut = percuta_insertion_channel_damaged(&channels->item[i], 0, INFINITY);
    sum += cut;
    squares += cut * cut;
  }
  if (channels->count < 2 || !(sum > 0))
    return 0;
  const double variance = fmax(0, squares - sum * sum / count) / (count - 1);
  return sqrt(variance * count) / sum;
}

void percuta_outcome_readings_of_session(const struct percuta_session_record *session, double width,
                                         struct percuta_session_readings *out) {
  *out = (struct percuta_session_readings){0};
  average_channels(session, out);
  out->sampling_share = find_sampling_share(&session->channels);
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
