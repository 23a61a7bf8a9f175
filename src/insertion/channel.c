/* A needle gets in by chance, with the share of the parameters' draws in which it does; those that
 * do come to rest as insertion/puncture.c says.
 *   cut       slit_share r(z) + t(z) long at depth z, t the tear
 *   damaged   A(z) = 2 d [slit_share r(z) + t(z)] + pi d^2
 *   left open depth' = min(depth, open_depth),   radius' = open_width r(0)
 * Theory: docs/theory/insertion.md. Tests: tests/unit/test_channel.c, test_insertion.c. */
#include "insertion/channel.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/random.h"
#include "insertion/reentry.h"

static const double PI = 3.14159265358979323846;

void percuta_insertion_channel_shape(const struct percuta_insertion_setting *setting,
                                     const struct percuta_needle *needle, double depth, double open,
                                     struct percuta_channel *channel) {
  const struct percuta_puncture_law *law = &setting->law;
  channel->depth = depth;
  channel->radius_surface = percuta_insertion_puncture_needle_radius(needle, depth);
  channel->radius_tip = needle->tip_radius;
  channel->cylinder_depth = fmax(0, depth - needle->taper);
  channel->tear_surface = law->tear_transfer * setting->sweep;
  channel->slit_share = setting->slit_share;
  channel->damage_width = law->damage_width;
  channel->residual_depth = fmin(depth, open);
  channel->residual_radius_surface = law->open_width * channel->radius_surface;
}

/* Gives the channel depths of its own around that of the balance and around what stays open. */
static void vary_channel(const struct percuta_insertion_setting *setting,
                         struct percuta_random_key key, uint32_t in_pass,
                         const struct percuta_spot_rest *rest, struct percuta_channel *channel) {
  const struct percuta_puncture_law *law = &setting->law;
  double normal[2];
  percuta_base_random_normal2(key, (uint32_t)channel->pass, in_pass, normal);
  double length = rest->upright.length;
  double depth = fmin(length, rest->puncture.depth * exp(law->depth_spread * normal[0]));
  if (rest->puncture.stopped)
    depth = fmin(depth, rest->puncture.depth);
  double open = law->open_depth * exp(law->depth_spread * normal[1]);
  percuta_insertion_channel_shape(setting, &rest->upright, depth, open, channel);
  double room = length - depth;
  channel->deflection = rest->puncture.touches ? room : fmin(rest->puncture.deflection, room);
  channel->force = rest->puncture.force;
  channel->penetrated = true;
}

/* Whether a needle gets in that does so with probability `chance`. */
static bool gets_in(struct percuta_random_key key, uint32_t pass, uint32_t in_pass, double chance) {
  double uniform[4];
  key.purpose = PERCUTA_RANDOM_ENTRY;
  if (chance <= 0 || chance >= 1)
    return chance > 0;
  percuta_base_random_uniform4(key, pass, in_pass, uniform);
  return uniform[0] < chance;
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
    if (gets_in(key, (uint32_t)strike->pass, in_pass, rest.chance)) {
      vary_channel(setting, key, in_pass, &rest, channel);
    } else { /* the skin only gives way */
      channel->deflection = rest.held.deflection;
      channel->force = rest.held.force;
    }
    channels->bent += strike->bent;
  }
}

/* What is the same for all strikes. */
static struct percuta_channels make_channels(const struct percuta_insertion_setting *setting,
                                             size_t count) {
  return (struct percuta_channels){.item =
                                       calloc(count ? count : 1, sizeof(struct percuta_channel)),
                                   .count = count,
                                   .needles_in_contact = setting->needles_in_contact,
                                   .force_per_needle = setting->force_per_needle,
                                   .puncture_force = setting->puncture_force,
                                   .bearing_force = setting->bearing_force,
                                   .touches = setting->mean.touches,
                                   .stopped = setting->mean.stopped,
                                   .share_cutting = setting->parts.cutting,
                                   .share_spreading = setting->parts.spreading,
                                   .share_friction = setting->parts.friction,
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

double percuta_insertion_channel_cut(const struct percuta_channel *channel, double z) {
  return channel->slit_share * percuta_insertion_channel_radius(channel, z) +
         percuta_insertion_channel_tear(channel, z);
}

/* Between two depths on one side of cylinder_depth the cut's length is linear. */
static double piece(const struct percuta_channel *channel, double z0, double z1) {
  if (!(z1 > z0))
    return 0;
  return (z1 - z0) / 2 *
         (percuta_insertion_channel_cut(channel, z0) + percuta_insertion_channel_cut(channel, z1));
}

double percuta_insertion_channel_cut_area(const struct percuta_channel *channel, double z0,
                                          double z1) {
  double top = fmax(0, z0), bottom = fmin(channel->depth, z1);
  double border = fmin(bottom, fmax(top, channel->cylinder_depth));
  return piece(channel, top, border) + piece(channel, border, bottom);
}

/* Of a cut of this area and height. */
static double layer(const struct percuta_channel *channel, double area, double height) {
  const double d = channel->damage_width;
  return 2 * d * area + PI * d * d * height;
}

double percuta_insertion_channel_damaged(const struct percuta_channel *channel, double z0,
                                         double z1) {
  const double top = fmax(0, z0), bottom = fmin(channel->depth, z1);
  if (!(bottom > top))
    return 0;
  return layer(channel, percuta_insertion_channel_cut_area(channel, top, bottom), bottom - top);
}

int percuta_insertion_channel_damages(const struct percuta_channel *channel, int count,
                                      const double *face, double *volume) {
  const double kink = channel->cylinder_depth;
  double above = percuta_insertion_channel_cut(channel, face[0]);
  int k = 0;
  for (; k < count && face[k] < channel->depth; k++) {
    const double top = face[k], bottom = fmin(channel->depth, face[k + 1]);
    const double below = percuta_insertion_channel_cut(channel, bottom);
    const double area = kink > top && kink < bottom
                            ? piece(channel, top, kink) + piece(channel, kink, bottom)
                            : (bottom - top) / 2 * (above + below);
    volume[k] = layer(channel, area, bottom - top);
    above = below;
  }
  return k;
}

double percuta_insertion_channel_open(const struct percuta_channel *channel, double z0, double z1) {
  const double depth = channel->residual_depth, wide = channel->residual_radius_surface;
  const double top = fmax(0, z0), bottom = fmin(depth, z1);
  if (!(bottom > top))
    return 0;
  const double narrowing = wide * (1 - channel->radius_tip / channel->radius_surface) / depth;
  const double upper = wide - narrowing * top, lower = wide - narrowing * bottom;
  return PI / 3 * (bottom - top) * (upper * upper + upper * lower + lower * lower);
}

double percuta_insertion_channel_room(const struct percuta_channel *channel) {
  return percuta_insertion_channel_damaged(channel, 0, INFINITY) +
         percuta_insertion_channel_open(channel, 0, INFINITY);
}
