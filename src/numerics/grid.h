/* The grid: rectilinear, graded in depth. Plain geometry, no PETSc. Three kinds:
 *   patch    nx * ny * nz boxes, periodic in x and y
 *   column   one box across
 *   channel  rings around an axis: x is the distance from it, periodic in nothing; the outer wall
 *            lets nothing through. In a course the innermost are the newest track of a needle,
 *            those around them tracks of sessions before, all of one area, the rest what no needle
 *            has met. Skin of two kinds has such rings in each, y counts them; nothing passes from
 *            one to the other */
#ifndef PERCUTA_NUMERICS_GRID_H
#define PERCUTA_NUMERICS_GRID_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

enum percuta_metric { PERCUTA_CARTESIAN, PERCUTA_CYLINDRICAL };

/* Two kinds of skin on a tile that repeats sideways: a disc or a stripe along y, through its
 * middle, and what is around. */
struct percuta_grid_sites {
  bool stripe;
  double width; /* [m] of the disc or stripe; 0: all skin is one */
  double tile;  /* [m] */
};

struct percuta_grid {
  enum percuta_metric metric;
  int nx, ny, nz;
  double dx, dy;  /* [m] lateral cell size; the whole tile for a column; dy is infinite in rings */
  double *z_face; /* [m] owned, nz + 1, increasing, z_face[0] = 0 is the skin surface */
  double *x_face; /* [m] owned, nx + 1: radii of rings; NULL in boxes, which are equal */
  struct percuta_grid_sites sites; /* of rings: y = 0 is inside, 1 around */
  int tracks,
      track_rings; /* tracks that rings hold, rings of each; 0 where rings are not told apart */
};

/* Depth faces for layers whose interfaces (`layer_count` + 1 depths from 0 down, increasing) must
 * be faces. Inside a layer cells are equal and at most `finest` high down to `fine_depth`, and
 * below it grow by at most a factor `growth` from one to the next. Owned by the caller: free(). */
enum percuta_status percuta_numerics_grid_depth_faces(const double *interface_depth,
                                                      int layer_count, double finest,
                                                      double fine_depth, double growth,
                                                      double **faces, int *nz);

/* Makes a grid with copies of the faces; nx = ny = 1 makes a column of lateral size dx by dy. */
enum percuta_status percuta_numerics_grid_create(int nx, int ny, double dx, double dy,
                                                 const double *z_face, int nz,
                                                 struct percuta_grid **out);
void percuta_numerics_grid_destroy(struct percuta_grid **grid); /* accepts NULL */

/* Makes a grid of `nr` rings of equal width around an axis, out to `radius` [m]. */
enum percuta_status percuta_numerics_grid_create_rings(int nr, double radius, const double *z_face,
                                                       int nz, struct percuta_grid **out);

/* Rings for tracks of needles. */
struct percuta_grid_tracks {
  double radius; /* [m] of all */
  double width;  /* [m] radius of the newest track, in the middle */
  int tracks;    /* it and older ones around it, each with the same areas ring by ring */
  int rings;     /* of a track; of equal width in the newest */
  int around;    /* of equal width, outside all tracks */
  struct percuta_grid_sites sites;
};
/* Makes such a grid; the tracks must leave room. */
enum percuta_status percuta_numerics_grid_create_tracks(const struct percuta_grid_tracks *tracks,
                                                        const double *z_face, int nz,
                                                        struct percuta_grid **out);

/* Where [m] face i of nx + 1 along x lies, and face j along y; of rings, that is only a place to
 * show them. */
double percuta_numerics_grid_x(const struct percuta_grid *grid, int i);
double percuta_numerics_grid_y(const struct percuta_grid *grid, int j);

/* Share of the skin that the rings in row j stand for; 1 in boxes, and where all skin is one. */
double percuta_numerics_grid_share(const struct percuta_grid *grid, int j);
/* Whether a place [m], from a corner of the tiles, is inside; and in which row of a grid of rings.
 */
bool percuta_numerics_grid_inside(const struct percuta_grid_sites *sites, double x, double y);
int percuta_numerics_grid_row(const struct percuta_grid *grid, double x, double y);

/* Area [m^2] across of a cell in lateral column i, its volume [m^3] in depth row k, the area of the
 * whole grid, and the number of cells. */
double percuta_numerics_grid_cell_area(const struct percuta_grid *grid, int i);
double percuta_numerics_grid_cell_volume(const struct percuta_grid *grid, int i, int k);
double percuta_numerics_grid_area(const struct percuta_grid *grid);
size_t percuta_numerics_grid_cell_count(const struct percuta_grid *grid);

#endif
