/* From channels to injury on the grid: each cell's damaged share, the clot it holds, and what of it
 * stands open. */
#ifndef PERCUTA_HEALING_INJURY_H
#define PERCUTA_HEALING_INJURY_H

#include "bleeding/bleeding.h"
#include "insertion/channel.h"
#include "numerics/grid.h"

/* A slab of rows of the grid: all of x and z, y rows y_start .. y_start + y_count - 1. */
struct percuta_injury {
  const struct percuta_grid *grid; /* borrowed */
  int y_start, y_count;
  double *injured;   /* owned; share of each cell's volume that is damaged tissue, 0..1 */
  double *clotted;   /* owned; share of it that is damaged and filled by clot, <= injured */
  double *open;      /* owned; share of it that the open tracks take up, 0..1; NULL: nowhere */
  double signal_rel; /* what the clot's platelets release, relative to normal blood; 1 at first */
  double injured_volume; /* [m^3] in the whole grid */
  double overlap_volume; /* [m^3] damaged twice, so not counted in it */
  double below_volume;   /* [m^3] of damage that reaches under the grid's bottom */
  double open_volume;    /* [m^3] of open tracks in the whole grid */
};

/* Rasterises the damaged tissue along the channels' cuts, and their open tracks. Each depth row of
 * a channel holds exactly its volume there and shares it among the cells in its footprint, so that
 * injured + overlap + below is the damaged volume of the channels to round-off. `width` [m] is that
 * of the square on which the channels were laid: the grid's own for patch and column; rings hold
 * the mean puncture, and the volumes reported are those of the square. Release with
 * percuta_healing_injury_clear. */
enum percuta_status percuta_healing_injury_compute(const struct percuta_grid *grid, int y_start,
                                                   int y_count,
                                                   const struct percuta_channels *channels,
                                                   const struct percuta_bleeding *bleeding,
                                                   double width, struct percuta_injury *out);
void percuta_healing_injury_clear(struct percuta_injury *injury);

#endif
