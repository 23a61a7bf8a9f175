/* A needle whose share of the force is below the puncture limit only deflects the skin; the others
 * come to rest as insertion/puncture.c says.
 *   cut       A(z) = pi r(z)^2 + 2 r(z) t(z)         a disc of radius r swept by the tear t
 *   left open depth' = recoil_depth depth,  radius' = recoil_radius sqrt(A(0)/pi)
 * Theory: docs/theory/insertion.md. Tests: tests/unit/test_channel.c, test_insertion.c. */
#include "insertion/channel.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/random.h"
#include "insertion/reentry.h"

static const double PI = 3.14159265358979323846;

/* Cut and residual channel of a needle whose tip is `depth` below the surface. */
static void shape_channel(const struct percuta_puncture_law *law,
                          const struct percuta_needle *needle, double sweep, double depth,
                          struct percuta_channel *channel) {
  channel->depth = depth;
  channel->radius_surface = percuta_insertion_puncture_needle_radius(needle, depth);
  channel->radius_tip = needle->tip_radius;
  channel->cylinder_depth = fmax(0, depth - needle->taper);
  channel->tear_surface = law->tear_transfer * sweep;
  double radius = channel->radius_surface;
  double cut_area = PI * radius * radius + 2 * radius * channel->tear_surface;
  channel->residual_depth = law->recoil_depth * depth;
  channel->residual_radius_surface = law->recoil_radius * sqrt(cut_area / PI);
}

/* Gives the channel a depth of its own around that of the balance. */
static void vary_channel(const struct percuta_puncture_law *law, double sweep,
                         struct percuta_random_key key, uint32_t in_pass,
                         const struct percuta_spot_rest *rest, struct percuta_channel *channel) {
  double normal[2];
  percuta_base_random_normal2(key, (uint32_t)channel->pass, in_pass, normal);
  double length = rest->upright.length;
  double depth = fmin(length, rest->puncture.depth * exp(law->depth_spread * normal[0]));
  shape_channel(law, &rest->upright, sweep, depth, channel);
  double room = length - depth;
  channel->deflection = rest->puncture.touches ? room : fmin(rest->puncture.deflection, room);
  channel->force = rest->puncture.force;
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
      percuta_insertion_reentry_create(width, widest_opening(channels), channels->count, &open);
  if (status != PERCUTA_OK)
    return status;
  for (size_t i = 0; i < channels->count; i++) {
    struct percuta_channel *channel = &channels->item[i];
    if (!channel->penetrated)
      continue;
    if (percuta_insertion_reentry_hits(open, channel->x, channel->y)) {
      *channel = (struct percuta_channel){.x = channel->x,
                                          .y = channel->y,
                                          .time = channel->time,
                                          .direction = channel->direction,
                                          .pass = channel->pass,
                                          .needle = channel->needle,
                                          .recess = channel->recess,
                                          .epidermis_shift = channel->epidermis_shift,
                                          .penetrated = true,
                                          .reentered = true};
      channels->reentered++;
    } else {
      percuta_insertion_reentry_add(open, channel->x, channel->y, channel->residual_radius_surface);
      channels->penetrated++;
    }
  }
  percuta_insertion_reentry_destroy(&open);
  return PERCUTA_OK;
}

static void fill_channels(const struct percuta_insertion_setting *setting,
                          const struct percuta_strikes *strikes,
                          struct percuta_channels *channels) {
  struct percuta_random_key key = {.seed = setting->seed,
                                   .session = (uint32_t)strikes->session,
                                   .purpose = PERCUTA_RANDOM_INSERTION};
  uint32_t in_pass = 0;
  for (size_t i = 0; i < strikes->count; i++) {
    const struct percuta_strike *strike = &strikes->item[i];
    in_pass = i > 0 && strikes->item[i - 1].pass == strike->pass ? in_pass + 1 : 0;
    struct percuta_channel *channel = &channels->item[i];
    const struct percuta_spot spot =
        percuta_insertion_spot_at(&setting->ground, strike->x, strike->y);
    *channel = (struct percuta_channel){.x = strike->x,
                                        .y = strike->y,
                                        .time = strike->time,
                                        .direction = strike->direction,
                                        .pass = strike->pass,
                                        .needle = strike->needle,
                                        .recess = spot.gap,
                                        .epidermis_shift = spot.shift};
    const struct percuta_spot_rest rest =
        percuta_insertion_spot_look_up(&setting->table[strike->bent], &spot);
    if (rest.breaks) {
      vary_channel(&setting->law, setting->sweep, key, in_pass, &rest, channel);
    } else { /* the skin only gives way */
      channel->deflection = rest.puncture.deflection;
      channel->force = rest.puncture.force;
    }
    channels->bent += strike->bent;
  }
}

/* What is the same for all strikes. */
static struct percuta_channels make_channels(const struct percuta_insertion_setting *setting,
                                             size_t count) {
  const struct percuta_puncture_law *law = &setting->law;
  const double shares = law->share_cutting + law->share_spreading + law->share_friction;
  return (struct percuta_channels){.item =
                                       calloc(count ? count : 1, sizeof(struct percuta_channel)),
                                   .count = count,
                                   .needles_in_contact = setting->needles_in_contact,
                                   .force_per_needle = setting->force_per_needle,
                                   .puncture_force = setting->puncture_force,
                                   .share_cutting = law->share_cutting / shares,
                                   .share_spreading = law->share_spreading / shares,
                                   .share_friction = law->share_friction / shares,
                                   .interval = setting->interval};
}

enum percuta_status
percuta_insertion_channel_compute(const struct percuta_insertion_setting *setting,
                                  const struct percuta_strikes *strikes,
                                  struct percuta_channels *out) {
  struct percuta_channels channels = make_channels(setting, strikes->count);
  if (!channels.item)
    return PERCUTA_MEMORY;
  fill_channels(setting, strikes, &channels);
  const enum percuta_status status = find_reentries(setting->width, &channels);
  if (status == PERCUTA_OK)
    *out = channels;
  else
    percuta_insertion_channel_clear(&channels);
  return status;
}

void percuta_insertion_channel_clear(struct percuta_channels *channels) {
  free(channels->item);
  *channels = (struct percuta_channels){0};
}

double percuta_insertion_channel_radius(const struct percuta_channel *channel, double z) {
  if (!(z >= 0 && z <= channel->depth) || !(channel->depth > 0))
    return 0;
  if (z <= channel->cylinder_depth)
    return channel->radius_surface;
  double share = (channel->depth - z) / (channel->depth - channel->cylinder_depth);
  return channel->radius_tip + (channel->radius_surface - channel->radius_tip) * share;
}

double percuta_insertion_channel_tear(const struct percuta_channel *channel, double z) {
  if (!(z >= 0 && z <= channel->depth) || !(channel->depth > 0))
    return 0;
  return channel->tear_surface * (1 - z / channel->depth);
}

static double section(const struct percuta_channel *channel, double z) {
  double radius = percuta_insertion_channel_radius(channel, z);
  return PI * radius * radius + 2 * radius * percuta_insertion_channel_tear(channel, z);
}

/* Simpson's rule, exact because the section is quadratic in z within a piece. */
static double simpson(const struct percuta_channel *channel, double z0, double z1, double above,
                      double below) {
  return (z1 - z0) / 6 * (above + 4 * section(channel, (z0 + z1) / 2) + below);
}

static double piece(const struct percuta_channel *channel, double z0, double z1) {
  if (!(z1 > z0))
    return 0;
  return simpson(channel, z0, z1, section(channel, z0), section(channel, z1));
}

double percuta_insertion_channel_volume(const struct percuta_channel *channel, double z0,
                                        double z1) {
  double top = fmax(0, z0), bottom = fmin(channel->depth, z1);
  double border = fmin(bottom, fmax(top, channel->cylinder_depth));
  return piece(channel, top, border) + piece(channel, border, bottom);
}

int percuta_insertion_channel_volumes(const struct percuta_channel *channel, int count,
                                      const double *face, double *volume) {
  const double kink = channel->cylinder_depth;
  double above = section(channel, face[0]);
  int k = 0;
  for (; k < count && face[k] < channel->depth; k++) {
    const double top = face[k], bottom = fmin(channel->depth, face[k + 1]);
    const double below = section(channel, bottom);
    volume[k] = kink > top && kink < bottom
                    ? piece(channel, top, kink) + piece(channel, kink, bottom)
                    : simpson(channel, top, bottom, above, below);
    above = below;
  }
  return k;
}
