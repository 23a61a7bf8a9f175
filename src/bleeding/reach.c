/* Expected hits of vessels by a cut widened by their radius (Cauchy's formula for plexuses):
 *   loops   lambda section(apex)     plexus  L_V S/4 + n_V V,   S surface, V volume in the layer
 * and whether a straight piece of a vessel enters it: the least of a convex function along the
 * piece.
 * Theory: docs/theory/bleeding.md. Tests: tests/unit/test_bleeding.c, test_vessels.c. */
#include "bleeding/reach.h"

#include <math.h>

#include "bleeding/vessels.h"

enum { CUTS = 100 }; /* of a piece into thirds: far below rounding */

static struct percuta_reach reach_of(const struct percuta_channel *channel, double radius,
                                     double top, double bottom) {
  return (struct percuta_reach){.body = *channel,
                                .radius = radius,
                                .top = top + channel->epidermis_shift,
                                .bottom = fmin(bottom + channel->epidermis_shift, channel->depth),
                                .shift = channel->epidermis_shift};
}

struct percuta_reach percuta_bleeding_reach_of_loops(const struct percuta_bed *bed,
                                                     const struct percuta_channel *channel) {
  return reach_of(channel, bed->loop_radius, bed->loop_top, INFINITY);
}

struct percuta_reach percuta_bleeding_reach_of_plexus(const struct percuta_plexus *plexus,
                                                      const struct percuta_channel *channel) {
  struct percuta_channel deep = *channel;
  deep.depth += plexus->radius;
  return reach_of(&deep, plexus->radius, plexus->top, plexus->top + plexus->thickness);
}

void percuta_bleeding_reach_aim(struct percuta_reach *reach) {
  reach->along_x = cos(reach->body.direction);
  reach->along_y = sin(reach->body.direction);
}

double percuta_bleeding_reach_radius(const struct percuta_reach *reach) {
  return reach->radius + percuta_insertion_channel_cut(&reach->body, reach->top) / 2;
}

double percuta_bleeding_reach_loop_hits(const struct percuta_bed *bed,
                                        const struct percuta_reach *reach) {
  if (!(reach->top < reach->bottom))
    return 0;
  return bed->loop_density *
         percuta_bleeding_vessels_section(reach->radius,
                                          percuta_insertion_channel_cut(&reach->body, reach->top));
}

/* The part of the reach from z0 to z1, on one side of the kink in the cut's length. */
static struct percuta_vessels_piece part(const struct percuta_reach *reach, double z0, double z1) {
  return (struct percuta_vessels_piece){.height = z1 - z0,
                                        .radius_top = reach->radius,
                                        .radius_bottom = reach->radius,
                                        .tear_top = percuta_insertion_channel_cut(&reach->body, z0),
                                        .tear_bottom =
                                            percuta_insertion_channel_cut(&reach->body, z1)};
}

double percuta_bleeding_reach_plexus_hits(const struct percuta_plexus *plexus,
                                          const struct percuta_reach *reach) {
  if (!(reach->top < reach->bottom))
    return 0;
  const struct percuta_channel *body = &reach->body;
  double kink = fmin(reach->bottom, fmax(reach->top, body->cylinder_depth));
  const struct percuta_vessels_piece parts[2] = {part(reach, reach->top, kink),
                                                 part(reach, kink, reach->bottom)};
  double surface = percuta_bleeding_vessels_section(parts[0].radius_top, parts[0].tear_top) +
                   percuta_bleeding_vessels_section(parts[1].radius_bottom, parts[1].tear_bottom);
  double volume = 0;
  for (int i = 0; i < 2; i++) {
    if (!(parts[i].height > 0))
      continue;
    surface += percuta_bleeding_vessels_side(&parts[i]);
    volume += percuta_bleeding_vessels_volume(&parts[i]);
  }
  return plexus->length_density * surface / 4 + plexus->vessel_density * volume;
}

/* How far the point at share s of the piece lies outside the section at its depth; not positive
 * inside. Convex in s, because the cut's length is concave in depth. */
static double outside(const struct percuta_reach *reach, const struct percuta_reach_piece *piece,
                      double s) {
  double p[3];
  for (int d = 0; d < 3; d++)
    p[d] = piece->from[d] + s * (piece->to[d] - piece->from[d]);
  double along = p[0] * reach->along_x + p[1] * reach->along_y;
  double across = p[1] * reach->along_x - p[0] * reach->along_y;
  double beyond = fmax(0, fabs(along) - percuta_insertion_channel_cut(&reach->body, p[2]) / 2);
  return sqrt(beyond * beyond + across * across) - reach->radius;
}

/* How fast outside() can change along the piece at most. */
static double steepness(const struct percuta_reach *reach,
                        const struct percuta_reach_piece *piece) {
  const struct percuta_channel *body = &reach->body;
  double run = hypot(piece->to[0] - piece->from[0], piece->to[1] - piece->from[1]);
  double taper = body->depth - body->cylinder_depth;
  double narrowing = taper > 0 ? fabs(body->radius_surface - body->radius_tip) / taper : 0;
  narrowing = (body->slit_share * narrowing + body->tear_surface / body->depth) / 2;
  return run + narrowing * fabs(piece->to[2] - piece->from[2]);
}

/* Whether outside() falls to zero between shares low and high of the piece: a search for the least
 * of a convex function that stops as soon as the answer is known. */
static bool touches(const struct percuta_reach *reach, const struct percuta_reach_piece *piece,
                    double low, double high) {
  double steep = steepness(reach, piece);
  for (int i = 0; i < CUTS; i++) {
    double third = (high - low) / 3;
    double left = outside(reach, piece, low + third), right = outside(reach, piece, high - third);
    if (left <= 0 || right <= 0)
      return true;
    if (fmin(left, right) > steep * third)
      return false;
    if (left < right)
      high -= third;
    else
      low += third;
  }
  return false;
}

/* Shares of the piece between which it lies within the reach's depths; low > high if nowhere. */
static void within_depths(const struct percuta_reach *reach,
                          const struct percuta_reach_piece *piece, double *low, double *high) {
  double from = piece->from[2], step = piece->to[2] - piece->from[2];
  *low = 0;
  *high = 1;
  if (step != 0) {
    double top = (reach->top - from) / step, bottom = (reach->bottom - from) / step;
    *low = fmax(0, fmin(top, bottom));
    *high = fmin(1, fmax(top, bottom));
  } else if (!(from >= reach->top && from <= reach->bottom)) {
    *high = -1;
  }
}

bool percuta_bleeding_reach_entered(const struct percuta_reach *reach,
                                    const struct percuta_reach_piece *piece) {
  double low, high;
  within_depths(reach, piece, &low, &high);
  if (!(low <= high))
    return false;
  if (low == 0 && outside(reach, piece, 0) <= 0)
    return piece->first;
  return touches(reach, piece, low, high);
}
