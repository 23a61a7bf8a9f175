/* From strikes to channels: what is cut, what is damaged, what stays open. */
#ifndef PERCUTA_INSERTION_CHANNEL_H
#define PERCUTA_INSERTION_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "device/strikes.h"
#include "insertion/setting.h"

/* One puncture. A needle takes nothing away; it leaves three things of three sizes.
 * The cut: at every depth z down to `depth` a line of length slit_share r(z) + tear(z) along
 *   `direction`, with r(z) the needle's radius there while it is in, which falls linearly from the
 *   surface to the deepest point, r(z) = radius_tip + (radius_surface - radius_tip) (1 - z/depth),
 *   down to the end of the needle's taper (a cylinder of radius_surface above it: the radius is
 *   constant for z < cylinder_depth), and tear(z) = tear_surface (1 - z/depth).
 * The damaged tissue: all within damage_width of the cut.
 * The open track: a cone from residual_radius_surface at the surface down to residual_depth, whose
 *   radii are in the proportion of the needle's. */
struct percuta_channel {
  double x, y;      /* [m] in the patch */
  double time;      /* [s] from the start of the session */
  double direction; /* [rad] */
  int pass;
  int needle;
  double recess;          /* [m] from drum or head down to the surface where it strikes */
  double epidermis_shift; /* [m] by which the epidermis is thicker there than on average */
  bool
      penetrated; /* false: the skin only gave way; below, all else but deflection and force is 0 */
  bool reentered; /* fell into an earlier channel: opens nothing new */
  double deflection;              /* [m] of the skin while the needle is in */
  double depth;                   /* [m] in place, below the surface */
  double radius_surface;          /* [m] in place */
  double radius_tip;              /* [m] in place, at the deepest point */
  double cylinder_depth;          /* [m] depth to which the cut is as wide as the needle's shank */
  double tear_surface;            /* [m] */
  double slit_share;              /* length of the crack that the needle opens over its radius */
  double damage_width;            /* [m] on either side of the cut */
  double residual_depth;          /* [m] left open after withdrawal */
  double residual_radius_surface; /* [m] */
  double force;                   /* [N] on this needle at its deepest */
};

struct percuta_channels {
  struct percuta_channel *item; /* owned; one per strike, same order */
  size_t count;
  size_t penetrated; /* of them, without those that re-entered */
  size_t reentered;
  size_t bent;               /* strikes by bent needles */
  double needles_in_contact; /* mean number that share the hand's force */
  double force_per_needle;   /* [N] the most that one can get */
  double puncture_force;     /* [N] at which the skin opens under a needle */
  double bearing_force;      /* [N] of the hand, from which on drum or head touch the skin */
  bool touches;              /* whether they do */
  bool stopped;              /* the tips stand on a plate or on bone */
  double share_cutting, share_spreading, share_friction; /* of the force on a needle in the skin */
  struct percuta_uncertainty interval;                   /* of the mean needle's depth */
};

/* Resolves every strike. Release with percuta_insertion_channel_clear. */
enum percuta_status
percuta_insertion_channel_compute(const struct percuta_insertion_setting *setting,
                                  const struct percuta_strikes *strikes,
                                  struct percuta_channels *out);
void percuta_insertion_channel_clear(struct percuta_channels *channels);

/* The shape of what a needle leaves whose tip came `depth` [m] below the surface; `open` [m] is
 * what stays open of deep ones. */
void percuta_insertion_channel_shape(const struct percuta_insertion_setting *setting,
                                     const struct percuta_needle *needle, double depth, double open,
                                     struct percuta_channel *channel);

/* Radius [m] of the needle and tear [m] at depth z [m] while it is in, and the length [m] of the
 * cut there; 0 outside. */
double percuta_insertion_channel_radius(const struct percuta_channel *channel, double z);
double percuta_insertion_channel_tear(const struct percuta_channel *channel, double z);
double percuta_insertion_channel_cut(const struct percuta_channel *channel, double z);

/* Exact area [m^2] of the cut between depths z0 < z1 (one of its two faces). */
double percuta_insertion_channel_cut_area(const struct percuta_channel *channel, double z0,
                                          double z1);

/* Exact volume [m^3] of the damaged tissue between depths z0 < z1: d all around the cut, the
 * integral of 2 d cut + pi d^2. */
double percuta_insertion_channel_damaged(const struct percuta_channel *channel, double z0,
                                         double z1);

/* The same between each of `count` + 1 depths from 0 down and the next, into volume[0..count-1].
 * Returns how many of them the channel reaches; the others are not written. */
int percuta_insertion_channel_damages(const struct percuta_channel *channel, int count,
                                      const double *face, double *volume);

/* Volume [m^3] of the open track between depths z0 < z1. */
double percuta_insertion_channel_open(const struct percuta_channel *channel, double z0, double z1);

/* Volume [m^3] that blood can fill: the open track and the torn tissue along the cut. */
double percuta_insertion_channel_room(const struct percuta_channel *channel);

#endif
