/* Depth faces: in each layer equal cells of at most `finest` down to `fine_depth`, below it cells
 * that grow by `growth` and are scaled so that they end on the layer's border.
 * Theory: docs/theory/numerics.md. Test: tests/unit/test_grid.c. */
#include "numerics/grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Number of cells that fills `height` with cells of at most `largest`. */
static int cells_for(double height, double largest) {
  return (int)fmax(1.0, ceil(height / largest - 1e-9));
}

/* Appends equal cells from `top` to `bottom`; the last face is exactly `bottom`. */
static int add_equal(double *face, int n, double top, double bottom, double largest) {
  int count = cells_for(bottom - top, largest);
  for (int i = 1; i <= count; ++i) {
    face[n + i] = i == count ? bottom : top + (bottom - top) * i / count;
  }
  return n + count;
}

/* Appends cells that grow by `growth` from `first`, scaled so that they fill the interval. */
static int add_growing(double *face, int n, double top, double bottom, double first,
                       double growth) {
  double reach = 0.0;
  double height = first * growth;
  int count = 0;
  while (reach < (bottom - top) * (1 - 1e-9)) {
    reach += height;
    height *= growth;
    ++count;
  }
  double scale = (bottom - top) / reach;
  double z = top;
  height = first * growth;
  for (int i = 1; i <= count; ++i, height *= growth) {
    z += scale * height;
    face[n + i] = i == count ? bottom : z;
  }
  return n + count;
}

enum percuta_status percuta_numerics_grid_depth_faces(const double *interface_depth,
                                                      int layer_count, double finest,
                                                      double fine_depth, double growth,
                                                      double **faces, int *nz) {
  if (layer_count < 1 || !(finest > 0) || !(growth >= 1))
    return PERCUTA_BAD_INPUT;
  double total = interface_depth[layer_count] - interface_depth[0];
  size_t most = (size_t)(total / finest) + 2 * (size_t)layer_count + 2;
  double *face = malloc((most + 1) * sizeof *face);
  if (!face)
    return PERCUTA_MEMORY;
  int n = 0;
  face[0] = interface_depth[0];
  double last = finest; /* height of the cell above, from which growth goes on */
  for (int layer = 0; layer < layer_count; ++layer) {
    double top = interface_depth[layer];
    double bottom = interface_depth[layer + 1];
    if (!(bottom > top)) {
      free(face);
      return PERCUTA_BAD_INPUT;
    }
    double fine_end = fmin(bottom, fmax(top, fine_depth));
    if (fine_end > top && bottom - fine_end < finest)
      fine_end = bottom;
    if (fine_end > top)
      n = add_equal(face, n, top, fine_end, finest);
    if (fine_end < bottom)
      n = add_growing(face, n, fine_end, bottom, last, growth);
    if (face[n] - face[n - 1] > last)
      last = face[n] - face[n - 1];
  }
  *faces = face;
  *nz = n;
  return PERCUTA_OK;
}

enum percuta_status percuta_numerics_grid_create(int nx, int ny, double dx, double dy,
                                                 const double *z_face, int nz,
                                                 struct percuta_grid **out) {
  *out = NULL;
  struct percuta_grid *grid = malloc(sizeof *grid);
  if (!grid)
    return PERCUTA_MEMORY;
  *grid = (struct percuta_grid){.nx = nx, .ny = ny, .nz = nz, .dx = dx, .dy = dy};
  grid->z_face = malloc(((size_t)nz + 1) * sizeof *grid->z_face);
  if (!grid->z_face) {
    free(grid);
    return PERCUTA_MEMORY;
  }
  memcpy(grid->z_face, z_face, ((size_t)nz + 1) * sizeof *z_face);
  *out = grid;
  return PERCUTA_OK;
}

void percuta_numerics_grid_destroy(struct percuta_grid **grid) {
  if (!*grid)
    return;
  free((*grid)->z_face);
  free((*grid)->x_face);
  free(*grid);
  *grid = NULL;
}

/* Rings without radii yet. */
static enum percuta_status create_rings(int nr, int sites, double radius, const double *z_face,
                                        int nz, struct percuta_grid **out) {
  PERCUTA_TRY(percuta_numerics_grid_create(nr, sites, radius / nr, INFINITY, z_face, nz, out));
  (*out)->metric = PERCUTA_CYLINDRICAL;
  (*out)->x_face = calloc((size_t)nr + 1, sizeof *(*out)->x_face);
  if (!(*out)->x_face) {
    percuta_numerics_grid_destroy(out);
    return PERCUTA_MEMORY;
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_numerics_grid_create_rings(int nr, double radius, const double *z_face,
                                                       int nz, struct percuta_grid **out) {
  PERCUTA_TRY(create_rings(nr, 1, radius, z_face, nz, out));
  for (int i = 0; i <= nr; ++i)
    (*out)->x_face[i] = i * radius / nr;
  return PERCUTA_OK;
}

/* Track t is what lies between sqrt(t) and sqrt(t + 1) times the newest one's radius. */
enum percuta_status percuta_numerics_grid_create_tracks(const struct percuta_grid_tracks *tracks,
                                                        const double *z_face, int nz,
                                                        struct percuta_grid **out) {
  const int inside = tracks->tracks * tracks->rings;
  const double edge = tracks->width * sqrt(tracks->tracks);
  if (!(edge < tracks->radius))
    return PERCUTA_BAD_INPUT;
  PERCUTA_TRY(create_rings(inside + tracks->around, tracks->sites.width > 0 ? 2 : 1, tracks->radius,
                           z_face, nz, out));
  for (int i = 0; i <= inside; ++i) {
    const double share = (double)(i % tracks->rings) / tracks->rings;
    (*out)->x_face[i] = tracks->width * sqrt(i / tracks->rings + share * share);
  }
  for (int i = 1; i <= tracks->around; ++i)
    (*out)->x_face[inside + i] = edge + (tracks->radius - edge) * i / tracks->around;
  (*out)->sites = tracks->sites;
  (*out)->tracks = tracks->tracks;
  (*out)->track_rings = tracks->rings;
  return PERCUTA_OK;
}

double percuta_numerics_grid_x(const struct percuta_grid *grid, int i) {
  return grid->x_face ? grid->x_face[i] : i * grid->dx;
}

double percuta_numerics_grid_y(const struct percuta_grid *grid, int j) {
  return j * (grid->x_face ? grid->dx : grid->dy);
}

double percuta_numerics_grid_share(const struct percuta_grid *grid, int j) {
  if (grid->metric == PERCUTA_CARTESIAN || grid->ny == 1)
    return 1;
  const double width = grid->sites.width / grid->sites.tile;
  const double inside = grid->sites.stripe ? width : 0.25 * M_PI * width * width;
  return j == 0 ? inside : 1 - inside;
}

/* Distance [m] of a coordinate from the middle of its tile. */
static double from_middle(double x, double tile) {
  return x - (floor(x / tile) + 0.5) * tile;
}

bool percuta_numerics_grid_inside(const struct percuta_grid_sites *sites, double x, double y) {
  const double across = from_middle(x, sites->tile);
  const double along = sites->stripe ? 0 : from_middle(y, sites->tile);
  return across * across + along * along <= 0.25 * sites->width * sites->width;
}

int percuta_numerics_grid_row(const struct percuta_grid *grid, double x, double y) {
  return grid->ny == 1 || percuta_numerics_grid_inside(&grid->sites, x, y) ? 0 : 1;
}

/* Of a ring: pi (r_(i + 1)^2 - r_i^2). */
double percuta_numerics_grid_cell_area(const struct percuta_grid *grid, int i) {
  if (grid->metric == PERCUTA_CARTESIAN)
    return grid->dx * grid->dy;
  const double inner = grid->x_face[i], outer = grid->x_face[i + 1];
  return M_PI * (outer - inner) * (outer + inner);
}

double percuta_numerics_grid_cell_volume(const struct percuta_grid *grid, int i, int k) {
  return percuta_numerics_grid_cell_area(grid, i) * (grid->z_face[k + 1] - grid->z_face[k]);
}

double percuta_numerics_grid_area(const struct percuta_grid *grid) {
  if (grid->metric == PERCUTA_CARTESIAN)
    return grid->nx * grid->dx * grid->ny * grid->dy;
  const double radius = grid->x_face[grid->nx];
  return M_PI * radius * radius;
}

size_t percuta_numerics_grid_cell_count(const struct percuta_grid *grid) {
  return (size_t)grid->nx * (size_t)grid->ny * (size_t)grid->nz;
}
