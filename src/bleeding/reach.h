/* The space in which a vessel's axis must lie to be cut by a channel: the cut, a line at every
 * depth, widened by the vessel's radius, between two depths. It is convex. What the needle pushes
 * aside beside its cut is not in it. */
#ifndef PERCUTA_BLEEDING_REACH_H
#define PERCUTA_BLEEDING_REACH_H

#include "bleeding/bed.h"
#include "insertion/channel.h"

struct percuta_reach {
  struct percuta_channel body; /* whose cut it is */
  double radius;               /* [m] of the vessel, by which the cut is widened */
  double top, bottom;          /* [m] depths; empty unless top < bottom */
  double along_x, along_y;     /* direction of the tear, 0 until it is aimed */
  double shift; /* [m] by which vessels lie deeper here than on average, under thicker epidermis */
};

/* Reach for the loops of `bed`: the cut from their apex down, wider by their radius. */
struct percuta_reach percuta_bleeding_reach_of_loops(const struct percuta_bed *bed,
                                                     const struct percuta_channel *channel);
/* Reach for a plexus: the cut stretched to be wider and deeper by its vessels' radius. */
struct percuta_reach percuta_bleeding_reach_of_plexus(const struct percuta_plexus *plexus,
                                                      const struct percuta_channel *channel);

/* Fills in the direction of the tear, which only percuta_bleeding_reach_entered needs. */
void percuta_bleeding_reach_aim(struct percuta_reach *reach);

/* Largest distance of a point of the reach from the channel's axis [m]. */
double percuta_bleeding_reach_radius(const struct percuta_reach *reach);

/* Expected vessels cut: density times the section at the apex; L_V S/4 + n_V V (Cauchy). */
double percuta_bleeding_reach_loop_hits(const struct percuta_bed *bed,
                                        const struct percuta_reach *reach);
double percuta_bleeding_reach_plexus_hits(const struct percuta_plexus *plexus,
                                          const struct percuta_reach *reach);

/* A straight piece of a vessel's axis, in coordinates whose x and y are taken from the channel's
 * axis; `first`: no piece of the same vessel comes before it. */
struct percuta_reach_piece {
  double from[3], to[3];
  bool first;
};

/* Whether the vessel enters the reach in this piece: it touches it here, and not where the piece
 * before it ends. As the reach is convex, a vessel enters it in at most one of its pieces. */
bool percuta_bleeding_reach_entered(const struct percuta_reach *reach,
                                    const struct percuta_reach_piece *piece);

#endif
