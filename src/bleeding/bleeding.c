/* Expected vessels cut by each channel and the blood they shed until they are plugged.
 * Theory: docs/theory/bleeding.md. */
#include "bleeding/bleeding.h"

#include <math.h>
#include <stdlib.h>

#include "bleeding/vessels.h"

/* Values of the table `bleeding`, SI, and what follows from them for this skin. */
struct blood {
  double viscosity, loop_feed, plexus_feed, plug_time, vessel_density;
  double loop_shed;   /* [m^3] from one cut loop until it is plugged */
  double plexus_shed; /* [m^3] from one cut vessel of the plexus */
};

static enum percuta_status read_blood(const struct percuta_scenario *scenario,
                                      const struct percuta_skin *skin, struct percuta_diag *diag,
                                      struct blood *blood) {
  const struct percuta_parameter_slot slots[] = {
      {"bleeding.blood_viscosity", &blood->viscosity},
      {"bleeding.loop_feed_length", &blood->loop_feed},
      {"bleeding.plexus_feed_length", &blood->plexus_feed},
      {"bleeding.plug_time", &blood->plug_time},
      {"bleeding.plexus_vessel_density", &blood->vessel_density}};
  enum percuta_status status =
      percuta_parameters_fill(scenario->parameters, slots, sizeof slots / sizeof *slots, diag);
  if (status != PERCUTA_OK)
    return status;
  double time = blood->plug_time * skin->perfusion_rel;
  blood->loop_shed = time * percuta_vessels_flow(skin->capillary_radius, blood->loop_feed,
                                                 skin->capillary_pressure, blood->viscosity);
  blood->plexus_shed = time * percuta_vessels_flow(skin->plexus_radius, blood->plexus_feed,
                                                   skin->capillary_pressure, blood->viscosity);
  return PERCUTA_OK;
}

/* Loops stand upright and a cut narrows with depth: what reaches a loop at all reaches its apex. */
static double loops_cut(const struct percuta_skin *skin, const struct percuta_channel *channel) {
  if (!(channel->depth > skin->loop_top))
    return 0;
  return percuta_vessels_loop_hits(
      skin->loop_density, percuta_channel_radius(channel, skin->loop_top),
      percuta_channel_tear(channel, skin->loop_top), skin->capillary_radius);
}

/* The part of the channel from z0 to z1, on one side of cylinder_depth, widened by a vessel. */
static struct percuta_vessels_piece widened(const struct percuta_channel *channel, double z0,
                                            double z1, double vessel) {
  return (struct percuta_vessels_piece){.height = z1 - z0,
                                        .radius_top = percuta_channel_radius(channel, z0) + vessel,
                                        .radius_bottom =
                                            percuta_channel_radius(channel, z1) + vessel,
                                        .tear_top = percuta_channel_tear(channel, z0),
                                        .tear_bottom = percuta_channel_tear(channel, z1)};
}

/* Hits = L_V S/4 + n_V V of the channel's part inside the plexus, widened by the vessel's radius.
 */
static double plexus_cut(const struct percuta_skin *skin, const struct blood *blood,
                         const struct percuta_channel *channel) {
  double top = skin->plexus_depth;
  double bottom = fmin(channel->depth, top + skin->plexus_thickness);
  if (!(bottom > top))
    return 0;
  double vessel = skin->plexus_radius;
  double border = fmin(bottom, fmax(top, channel->cylinder_depth));
  /* Below its tip a channel still touches vessels within their radius. */
  double below = fmin(bottom + vessel, top + skin->plexus_thickness);
  struct percuta_vessels_piece pieces[] = {widened(channel, top, border, vessel),
                                           widened(channel, border, bottom, vessel),
                                           widened(channel, bottom, bottom, vessel)};
  pieces[2].height = below - bottom;
  double surface = percuta_vessels_section(pieces[0].radius_top, pieces[0].tear_top) +
                   percuta_vessels_section(pieces[2].radius_bottom, pieces[2].tear_bottom);
  double volume = 0;
  for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
    if (!(pieces[i].height > 0))
      continue;
    surface += percuta_vessels_side(&pieces[i]);
    volume += percuta_vessels_volume(&pieces[i]);
  }
  return skin->plexus_length_density * surface / 4 + blood->vessel_density * volume;
}

/* What one opened channel bleeds. Hits are Poisson numbers: blood is in a channel only if a vessel
 * was cut, so that the expected filling is that probability times the filling of a bleeding
 * channel. */
static struct percuta_bleed bleed(const struct percuta_skin *skin, const struct blood *blood,
                                  const struct percuta_channel *channel, double cut,
                                  bool *overflows) {
  struct percuta_bleed out = {.loop_hits = loops_cut(skin, channel),
                              .plexus_hits = plexus_cut(skin, blood, channel)};
  out.bleed_probability = -expm1(-(out.loop_hits + out.plexus_hits));
  out.shed_volume = out.loop_hits * blood->loop_shed + out.plexus_hits * blood->plexus_shed;
  *overflows = false;
  if (!(out.bleed_probability > 0) || !(cut > 0))
    return out;
  double shed_when_bleeding = out.shed_volume / out.bleed_probability;
  out.clot_fill = out.bleed_probability * fmin(1, shed_when_bleeding / cut);
  *overflows = shed_when_bleeding > cut;
  return out;
}

enum percuta_status percuta_bleeding_compute(const struct percuta_scenario *scenario,
                                             const struct percuta_skin *skin,
                                             const struct percuta_channels *channels, double width,
                                             struct percuta_diag *diag,
                                             struct percuta_bleeding *out) {
  struct blood blood = {0};
  enum percuta_status status = read_blood(scenario, skin, diag, &blood);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_bleeding sum = {.count = channels->count};
  sum.item = calloc(channels->count ? channels->count : 1, sizeof *sum.item);
  if (!sum.item)
    return PERCUTA_MEMORY;
  double overflowing = 0; /* expected number of channels whose blood reaches the surface */
  for (size_t i = 0; i < channels->count; i++) {
    const struct percuta_channel *channel = &channels->item[i];
    if (!channel->penetrated || channel->reentered)
      continue;
    double cut = percuta_channel_volume(channel, 0, channel->depth);
    bool overflows = false;
    sum.item[i] = bleed(skin, &blood, channel, cut, &overflows);
    sum.channels_bleeding += sum.item[i].bleed_probability;
    sum.shed_volume += sum.item[i].shed_volume;
    sum.clot_volume += sum.item[i].clot_fill * cut;
    if (overflows)
      overflowing += sum.item[i].bleed_probability;
  }
  sum.shed_per_area = sum.shed_volume / (width * width);
  sum.pinpoint_bleeding = overflowing >= 1;
  *out = sum;
  return PERCUTA_OK;
}

void percuta_bleeding_prolong(const struct percuta_channels *channels, double width, double factor,
                              struct percuta_bleeding *bleeding) {
  if (factor == 1)
    return;
  double overflowing = 0;
  bleeding->shed_volume = bleeding->clot_volume = 0;
  for (size_t i = 0; i < bleeding->count; i++) {
    struct percuta_bleed *item = &bleeding->item[i];
    if (!(item->bleed_probability > 0))
      continue;
    double cut = percuta_channel_volume(&channels->item[i], 0, channels->item[i].depth);
    item->shed_volume *= factor;
    if (!(cut > 0))
      continue;
    double filled = item->shed_volume / item->bleed_probability / cut;
    item->clot_fill = item->bleed_probability * fmin(1, filled);
    bleeding->clot_volume += item->clot_fill * cut;
    bleeding->shed_volume += item->shed_volume;
    if (filled > 1)
      overflowing += item->bleed_probability;
  }
  bleeding->shed_per_area = bleeding->shed_volume / (width * width);
  bleeding->pinpoint_bleeding = overflowing >= 1;
}

void percuta_bleeding_clear(struct percuta_bleeding *bleeding) {
  free(bleeding->item);
  *bleeding = (struct percuta_bleeding){0};
}
