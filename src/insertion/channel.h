/* From strikes to channels: force balance, puncture limit, recoil. */
#ifndef PERCUTA_INSERTION_CHANNEL_H
#define PERCUTA_INSERTION_CHANNEL_H

#include <stdbool.h>
#include <stddef.h>

#include "device/strikes.h"
#include "insertion/setting.h"

/* One puncture. While the needle is in, the cut is a stadium at every depth z: a disc of radius
 * r(z) swept along `direction` by tear(z). Both fall linearly from the surface to the deepest
 * point: r(z) = radius_tip + (radius_surface - radius_tip) (1 - z/depth) down to the end of the
 * needle's taper (a cylinder of radius_surface above it: radius is constant for z <
 * cylinder_depth), tear(z) = tear_surface (1 - z/depth). After withdrawal only the residual channel
 * stays open. */
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
  double residual_depth;          /* [m] after withdrawal and recoil */
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
  double force_per_needle;   /* [N] */
  double puncture_force;     /* [N] a needle needs to break the skin: one number for all needles */
  double share_cutting, share_spreading, share_friction; /* of the force on a needle in the skin */
  struct percuta_uncertainty interval;                   /* of the mean needle's depth */
};

/* Resolves every strike. Release with percuta_insertion_channel_clear. */
enum percuta_status
percuta_insertion_channel_compute(const struct percuta_insertion_setting *setting,
                                  const struct percuta_strikes *strikes,
                                  struct percuta_channels *out);
void percuta_insertion_channel_clear(struct percuta_channels *channels);

/* Radius [m] and tear [m] of the in-place cut at depth z [m]; 0 outside. */
double percuta_insertion_channel_radius(const struct percuta_channel *channel, double z);
double percuta_insertion_channel_tear(const struct percuta_channel *channel, double z);

/* Exact volume [m^3] of the in-place cut between depths z0 < z1: the integral of
 * pi r^2 + 2 r tear, a polynomial on each side of cylinder_depth. */
double percuta_insertion_channel_volume(const struct percuta_channel *channel, double z0,
                                        double z1);

/* The same between each of `count` + 1 depths from 0 down and the next, into volume[0..count-1].
 * Returns how many of them the channel reaches; the others are not written. */
int percuta_insertion_channel_volumes(const struct percuta_channel *channel, int count,
                                      const double *face, double *volume);

#endif
