/* All needles that touch the skin at a time share the hand's force. A needle whose share is below
 * the puncture limit only deflects the skin; the others come to rest as insertion/puncture.c says.
 */
#include "insertion/channel.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/random.h"
#include "insertion/puncture.h"
#include "insertion/reentry.h"

static const double PI = 3.14159265358979323846;

/* Mean number of needles in the skin at a time: for a roller those on the arc from entry to exit,
 * never fewer than one; for a stamp or pen all of them. */
static double needles_in_contact(const struct percuta_device *device) {
  if (device->kind != PERCUTA_ROLLER)
    return device->needles;
  double angle = percuta_strikes_entry_angle(device->drum_diameter / 2, device->needle.length);
  double pitch = 2 * PI / device->needles_per_ring;
  return fmax(1, 2 * angle / pitch * device->rings);
}

/* Cut and residual channel of a needle whose tip is `depth` below the surface. */
static void shape_channel(const struct percuta_puncture_law *law,
                          const struct percuta_scenario *scenario, double depth,
                          struct percuta_channel *channel) {
  const struct percuta_needle *needle = &scenario->device.needle;
  double sweep = percuta_strikes_sweep(&scenario->device, scenario->session.slip);
  channel->depth = depth;
  channel->radius_surface = percuta_puncture_needle_radius(needle, depth);
  channel->radius_tip = needle->tip_radius;
  channel->cylinder_depth = fmax(0, depth - needle->taper);
  channel->tear_surface = law->tear_transfer * sweep;
  double radius = channel->radius_surface;
  double cut_area = PI * radius * radius + 2 * radius * channel->tear_surface;
  channel->residual_depth = law->recoil_depth * depth;
  channel->residual_radius_surface = law->recoil_radius * sqrt(cut_area / PI);
}

/* Gives the channel a depth of its own around that of the balance. */
static void vary_channel(const struct percuta_puncture_law *law,
                         const struct percuta_scenario *scenario, struct percuta_random_key key,
                         uint32_t in_pass, const struct percuta_puncture *rest,
                         struct percuta_channel *channel) {
  double normal[2];
  percuta_random_normal2(key, (uint32_t)channel->pass, in_pass, normal);
  double length = scenario->device.needle.length;
  double depth = fmin(length, rest->depth * exp(law->depth_spread * normal[0]));
  shape_channel(law, scenario, depth, channel);
  double room = length - depth;
  channel->deflection = rest->touches ? room : fmin(rest->deflection, room);
  channel->force = rest->force;
  channel->penetrated = true;
}

static double widest_opening(const struct percuta_channels *channels) {
  double widest = 0;
  for (size_t i = 0; i < channels->count; i++)
    widest = fmax(widest, channels->item[i].residual_radius_surface);
  return widest;
}

/* In the order of time: a strike into an opening that is already there opens nothing new. */
static enum percuta_status find_reentries(double width, struct percuta_channels *channels) {
  struct percuta_reentry *open = NULL;
  enum percuta_status status =
      percuta_reentry_create(width, widest_opening(channels), channels->count, &open);
  if (status != PERCUTA_OK)
    return status;
  for (size_t i = 0; i < channels->count; i++) {
    struct percuta_channel *channel = &channels->item[i];
    if (!channel->penetrated)
      continue;
    if (percuta_reentry_hits(open, channel->x, channel->y)) {
      *channel = (struct percuta_channel){.x = channel->x,
                                          .y = channel->y,
                                          .time = channel->time,
                                          .direction = channel->direction,
                                          .pass = channel->pass,
                                          .needle = channel->needle,
                                          .penetrated = true,
                                          .reentered = true};
      channels->reentered++;
    } else {
      percuta_reentry_add(open, channel->x, channel->y, channel->residual_radius_surface);
      channels->penetrated++;
    }
  }
  percuta_reentry_destroy(&open);
  return PERCUTA_OK;
}

static void fill_channels(const struct percuta_scenario *scenario,
                          const struct percuta_puncture_law *law,
                          const struct percuta_puncture *rest, bool breaks,
                          const struct percuta_strikes *strikes,
                          struct percuta_channels *channels) {
  struct percuta_random_key key = {.seed = scenario->model.seed,
                                   .session = (uint32_t)strikes->session,
                                   .purpose = PERCUTA_RANDOM_INSERTION};
  uint32_t in_pass = 0;
  for (size_t i = 0; i < strikes->count; i++) {
    const struct percuta_strike *strike = &strikes->item[i];
    in_pass = i > 0 && strikes->item[i - 1].pass == strike->pass ? in_pass + 1 : 0;
    struct percuta_channel *channel = &channels->item[i];
    *channel = (struct percuta_channel){.x = strike->x,
                                        .y = strike->y,
                                        .time = strike->time,
                                        .direction = strike->direction,
                                        .pass = strike->pass,
                                        .needle = strike->needle};
    if (breaks) {
      vary_channel(law, scenario, key, in_pass, rest, channel);
    } else { /* the skin only gives way */
      channel->deflection = rest->deflection;
      channel->force = rest->force;
    }
  }
}

enum percuta_status percuta_channel_compute(const struct percuta_scenario *scenario,
                                            const struct percuta_skin *skin,
                                            const struct percuta_strikes *strikes, double width,
                                            struct percuta_diag *diag,
                                            struct percuta_channels *out) {
  struct percuta_puncture_law law;
  enum percuta_status status = percuta_puncture_read(scenario, diag, &law);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_needle *needle = &scenario->device.needle;
  struct percuta_channels channels = {.count = strikes->count};
  channels.needles_in_contact = needles_in_contact(&scenario->device);
  channels.force_per_needle = scenario->session.force / channels.needles_in_contact;
  channels.puncture_force = percuta_puncture_limit(&law, needle->tip_radius);
  channels.item = calloc(strikes->count ? strikes->count : 1, sizeof *channels.item);
  if (!channels.item)
    return PERCUTA_MEMORY;
  struct percuta_puncture rest =
      percuta_puncture_solve(&law, needle, skin->stiffness, channels.force_per_needle);
  bool breaks = channels.force_per_needle >= channels.puncture_force && rest.depth > 0;
  if (!breaks) {
    double given_way =
        percuta_puncture_deflection(&law, needle, skin->stiffness, channels.force_per_needle);
    rest = (struct percuta_puncture){.deflection = fmin(given_way, needle->length),
                                     .force = channels.force_per_needle};
  }
  fill_channels(scenario, &law, &rest, breaks, strikes, &channels);
  status = find_reentries(width, &channels);
  if (status == PERCUTA_OK)
    *out = channels;
  else
    percuta_channel_clear(&channels);
  return status;
}

void percuta_channel_clear(struct percuta_channels *channels) {
  free(channels->item);
  *channels = (struct percuta_channels){0};
}

double percuta_channel_radius(const struct percuta_channel *channel, double z) {
  if (!(z >= 0 && z <= channel->depth) || !(channel->depth > 0))
    return 0;
  if (z <= channel->cylinder_depth)
    return channel->radius_surface;
  double share = (channel->depth - z) / (channel->depth - channel->cylinder_depth);
  return channel->radius_tip + (channel->radius_surface - channel->radius_tip) * share;
}

double percuta_channel_tear(const struct percuta_channel *channel, double z) {
  if (!(z >= 0 && z <= channel->depth) || !(channel->depth > 0))
    return 0;
  return channel->tear_surface * (1 - z / channel->depth);
}

static double section(const struct percuta_channel *channel, double z) {
  double radius = percuta_channel_radius(channel, z);
  return PI * radius * radius + 2 * radius * percuta_channel_tear(channel, z);
}

/* Simpson's rule, exact because the section is quadratic in z within a piece. */
static double piece(const struct percuta_channel *channel, double z0, double z1) {
  if (!(z1 > z0))
    return 0;
  return (z1 - z0) / 6 *
         (section(channel, z0) + 4 * section(channel, (z0 + z1) / 2) + section(channel, z1));
}

double percuta_channel_volume(const struct percuta_channel *channel, double z0, double z1) {
  double top = fmax(0, z0), bottom = fmin(channel->depth, z1);
  double border = fmin(bottom, fmax(top, channel->cylinder_depth));
  return piece(channel, top, border) + piece(channel, border, bottom);
}
