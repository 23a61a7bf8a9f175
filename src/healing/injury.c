/* The tissue damaged at depth z is a stadium: a disc of radius d swept along the cut; an open track
 * is a disc. Within a depth row the stadium at the row's middle is sampled on a lattice finer than
 * the cells; the samples only decide how the row's exact volume is shared, so volume is kept
 * whatever the lattice. Every rank computes all channels and keeps its own rows: the sums are the
 * same on any number of ranks. Theory: docs/theory/numerics.md. Test: tests/unit/test_injury.c. */
#include "healing/injury.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { SAMPLES = 8 }; /* per cell and direction */

/* One depth row of one channel. */
struct slice {
  double x, y, radius, half_tear, along_x, along_y;
};

static int inside(const struct slice *s, double x, double y) {
  double along = x * s->along_x + y * s->along_y;
  double across = y * s->along_x - x * s->along_y;
  double beyond = fmax(0.0, fabs(along) - s->half_tear);
  return beyond * beyond + across * across <= s->radius * s->radius;
}

/* Samples of the slice that fall into the cell whose corner is (x0, y0) relative to its centre. */
static int count_samples(const struct slice *s, double x0, double y0, double dx, double dy) {
  int hits = 0;
  for (int j = 0; j < SAMPLES; ++j) {
    for (int i = 0; i < SAMPLES; ++i) {
      hits += inside(s, x0 + (i + 0.5) * dx / SAMPLES, y0 + (j + 0.5) * dy / SAMPLES);
    }
  }
  return hits;
}

static int wrapped(int index, int n) {
  int rest = index % n;
  return rest < 0 ? rest + n : rest;
}

/* Where the volume of a slice goes: adds `volume` to `cut` (a plane of nx * ny), shared by samples.
 */
static void share(const struct percuta_grid *grid, const struct slice *s, double volume,
                  double *cut) {
  double reach = s->radius + s->half_tear;
  int i0 = (int)floor((s->x - reach) / grid->dx), i1 = (int)floor((s->x + reach) / grid->dx);
  int j0 = (int)floor((s->y - reach) / grid->dy), j1 = (int)floor((s->y + reach) / grid->dy);
  long total = 0;
  for (int j = j0; j <= j1; ++j) {
    for (int i = i0; i <= i1; ++i) {
      total += count_samples(s, i * grid->dx - s->x, j * grid->dy - s->y, grid->dx, grid->dy);
    }
  }
  if (total == 0) { /* thinner than the lattice: all of it is in the cell around the axis */
    int i = wrapped((int)floor(s->x / grid->dx), grid->nx);
    int j = wrapped((int)floor(s->y / grid->dy), grid->ny);
    cut[(size_t)j * (size_t)grid->nx + (size_t)i] += volume;
    return;
  }
  for (int j = j0; j <= j1; ++j) {
    for (int i = i0; i <= i1; ++i) {
      int hits = count_samples(s, i * grid->dx - s->x, j * grid->dy - s->y, grid->dx, grid->dy);
      size_t cell = (size_t)wrapped(j, grid->ny) * (size_t)grid->nx + (size_t)wrapped(i, grid->nx);
      if (hits)
        cut[cell] += volume * (double)hits / (double)total;
    }
  }
}

/* Volumes of each kind: damaged, of it clotted, open tracks. One block, from `cut` on. */
struct planes {
  double *cut, *clot, *open;
};

enum { PLANES = 3 };

static struct planes planes_in(double *block, size_t plane) {
  return (struct planes){block, block + plane, block + 2 * plane};
}

static struct planes planes_from(const struct planes *all, size_t at) {
  return (struct planes){all->cut + at, all->clot + at, all->open + at};
}

/* Adds an open track's volume between two depths. */
static void open_row(const struct percuta_grid *grid, const struct percuta_channel *channel,
                     double top, double bottom, double *open) {
  const double volume = percuta_insertion_channel_open(channel, top, bottom);
  if (!(volume > 0))
    return;
  const double height = fmin(bottom, channel->residual_depth) - top;
  const struct slice s = {
      .x = channel->x, .y = channel->y, .radius = sqrt(volume / (M_PI * height)), .along_x = 1};
  share(grid, &s, volume, open);
}

/* Adds all channels' volumes in depth row k. */
static void cut_row(const struct percuta_grid *grid, int k, const struct percuta_channels *channels,
                    const struct percuta_bleeding *bleeding, const struct planes *out) {
  double top = grid->z_face[k], bottom = grid->z_face[k + 1];
  for (size_t c = 0; c < channels->count; ++c) {
    const struct percuta_channel *channel = &channels->item[c];
    double volume = percuta_insertion_channel_damaged(channel, top, bottom);
    if (!(volume > 0))
      continue;
    double fill = bleeding->item[c].clot_fill;
    double middle = 0.5 * (top + fmin(bottom, channel->depth));
    struct slice s = {.x = channel->x,
                      .y = channel->y,
                      .radius = channel->damage_width,
                      .half_tear = 0.5 * percuta_insertion_channel_cut(channel, middle),
                      .along_x = cos(channel->direction),
                      .along_y = sin(channel->direction)};
    share(grid, &s, volume, out->cut);
    share(grid, &s, fill * volume, out->clot);
    open_row(grid, channel, top, bottom, out->open);
  }
}

/* A column and the mean puncture of a grid of rings take the sum of all channels, wherever they
 * are. */
static bool is_lumped(const struct percuta_grid *grid) {
  return grid->metric == PERCUTA_CYLINDRICAL || (grid->nx == 1 && grid->ny == 1);
}

/* All channels' volumes in each depth row, apart for each row in y; `work` has room for a number a
 * depth row. */
static void lump(const struct percuta_grid *grid, const struct percuta_channels *channels,
                 const struct percuta_bleeding *bleeding, const struct planes *out, double *work) {
  for (size_t c = 0; c < channels->count; ++c) {
    const struct percuta_channel *channel = &channels->item[c];
    const double fill = bleeding->item[c].clot_fill;
    const int row = percuta_numerics_grid_row(grid, channel->x, channel->y) * grid->nz;
    const int reached = percuta_insertion_channel_damages(channel, grid->nz, grid->z_face, work);
    for (int k = 0; k < reached; ++k) {
      out->cut[row + k] += work[k];
      out->clot[row + k] += fill * work[k];
      out->open[row + k] +=
          percuta_insertion_channel_open(channel, grid->z_face[k], grid->z_face[k + 1]);
    }
  }
}

/* Of a row's volume what lies in no other puncture's: punctures that fall anywhere leave the share
 *   1 - exp(-volume of all / volume of the row)
 * cut at least once. */
static double once(double volume, double row) {
  return -row * expm1(-volume / row);
}

/* The mean puncture around its axis: the row's volume fills rings from the innermost out. What the
 * rings of a track do not hold is spread evenly over all others. `scale` is the grid's area over
 * that of the square that all punctures were laid on. */
static void fill_rings(const struct percuta_grid *grid, int k, double scale,
                       const struct planes *out) {
  double *cut = out->cut, *clot = out->clot;
  const int track = grid->track_rings > 0 ? grid->track_rings : grid->nx - 1;
  const double clotted = cut[0] > 0 ? clot[0] / cut[0] : 0.0;
  double left = scale * cut[0], around = 0;
  for (int i = 0; i < track; ++i) {
    cut[i] = fmin(left, percuta_numerics_grid_cell_volume(grid, i, k));
    left -= cut[i];
  }
  for (int i = track; i < grid->nx; ++i)
    around += percuta_numerics_grid_cell_volume(grid, i, k);
  for (int i = track; i < grid->nx; ++i)
    cut[i] = left * percuta_numerics_grid_cell_volume(grid, i, k) / around;
  double open = scale * out->open[0]; /* over all rings, from the innermost out */
  for (int i = 0; i < grid->nx; ++i) {
    clot[i] = clotted * cut[i];
    out->open[i] = fmin(open, percuta_numerics_grid_cell_volume(grid, i, k));
    open -= out->open[i];
  }
}

/* Turns volumes of row (j, k) into shares of its cells; what a cell cannot hold was damaged
 * twice.
 * `scale` is the cells' volume over that of the skin that they stand for. */
static void keep_row(struct percuta_injury *out, int j, int k, double scale,
                     const struct planes *row_of) {
  const struct percuta_grid *grid = out->grid;
  const size_t nx = (size_t)grid->nx;
  const bool mine = j >= out->y_start && j < out->y_start + out->y_count;
  const size_t row = ((size_t)k * (size_t)out->y_count + (size_t)(j - out->y_start)) * nx;
  for (size_t i = 0; i < nx; ++i) {
    const double cell_volume = percuta_numerics_grid_cell_volume(grid, (int)i, k);
    const double volume = row_of->cut[i], kept = fmin(volume, cell_volume);
    const double open = fmin(row_of->open[i], cell_volume);
    out->injured_volume += kept / scale;
    out->overlap_volume += (volume - kept) / scale;
    out->open_volume += open / scale;
    if (!mine)
      continue;
    out->injured[row + i] = kept / cell_volume;
    out->clotted[row + i] = volume > 0 ? kept / cell_volume * row_of->clot[i] / volume : 0;
    out->open[row + i] = open / cell_volume;
  }
}

/* Row by row, as the volumes lie on the grid. */
static enum percuta_status cut_plane(const struct percuta_channels *channels,
                                     const struct percuta_bleeding *bleeding,
                                     struct percuta_injury *out) {
  const struct percuta_grid *grid = out->grid;
  const size_t plane = (size_t)grid->nx * (size_t)grid->ny;
  double *block = malloc(PLANES * plane * sizeof *block);
  if (!block)
    return PERCUTA_MEMORY;
  const struct planes all = planes_in(block, plane);
  for (int k = 0; k < grid->nz; ++k) {
    for (size_t i = 0; i < PLANES * plane; ++i)
      block[i] = 0.0;
    cut_row(grid, k, channels, bleeding, &all);
    for (int j = 0; j < grid->ny; ++j) {
      const struct planes row = planes_from(&all, (size_t)(j * grid->nx));
      keep_row(out, j, k, 1.0, &row);
    }
  }
  free(block);
  return PERCUTA_OK;
}

/* The same for a depth row of one row in y of lumped volumes, whose sums are `sum`; `row` has room
 * for a row. */
static void keep_lumped(struct percuta_injury *out, int j, int k, double width,
                        const struct planes *sum, const struct planes *row) {
  const struct percuta_grid *grid = out->grid;
  const bool rings = grid->metric == PERCUTA_CYLINDRICAL;
  const double area = width * width * percuta_numerics_grid_share(grid, j);
  const double scale = rings ? percuta_numerics_grid_area(grid) / area : 1;
  const double volume = *sum->cut, room = area * (grid->z_face[k + 1] - grid->z_face[k]);
  row->cut[0] = rings ? once(volume, room) : volume;
  row->clot[0] = volume > 0 ? *sum->clot * row->cut[0] / volume : 0;
  row->open[0] = *sum->open;
  out->overlap_volume += volume - row->cut[0];
  if (rings)
    fill_rings(grid, k, scale, row);
  keep_row(out, j, k, scale, row);
}

/* The same where a row holds the sum of all. */
static enum percuta_status cut_lumped(const struct percuta_channels *channels,
                                      const struct percuta_bleeding *bleeding, double width,
                                      struct percuta_injury *out) {
  const struct percuta_grid *grid = out->grid;
  const size_t nz = (size_t)grid->nz, rows = nz * (size_t)grid->ny, plane = (size_t)grid->nx;
  double *block = calloc(PLANES * rows + nz + PLANES * plane, sizeof *block);
  if (!block)
    return PERCUTA_MEMORY;
  double *work = block + PLANES * rows;
  const struct planes all = planes_in(block, rows), row = planes_in(work + nz, plane);
  lump(grid, channels, bleeding, &all, work);
  for (int k = 0; k < grid->nz; ++k)
    for (int j = 0; j < grid->ny; ++j) {
      const struct planes sum = planes_from(&all, (size_t)j * nz + (size_t)k);
      keep_lumped(out, j, k, width, &sum, &row);
    }
  free(block);
  return PERCUTA_OK;
}

enum percuta_status percuta_healing_injury_compute(const struct percuta_grid *grid, int y_start,
                                                   int y_count,
                                                   const struct percuta_channels *channels,
                                                   const struct percuta_bleeding *bleeding,
                                                   double width, struct percuta_injury *out) {
  const size_t local = (size_t)grid->nx * (size_t)y_count * (size_t)grid->nz;
  *out = (struct percuta_injury){
      .grid = grid, .y_start = y_start, .y_count = y_count, .signal_rel = 1};
  out->injured = calloc(local, sizeof *out->injured);
  out->clotted = calloc(local, sizeof *out->clotted);
  out->open = calloc(local, sizeof *out->open);
  enum percuta_status status = PERCUTA_MEMORY;
  if (out->injured && out->clotted && out->open)
    status = is_lumped(grid) ? cut_lumped(channels, bleeding, width, out)
                             : cut_plane(channels, bleeding, out);
  if (status != PERCUTA_OK) {
    percuta_healing_injury_clear(out);
    return status;
  }
  for (size_t c = 0; c < channels->count; ++c) {
    if (channels->item[c].depth > grid->z_face[grid->nz])
      out->below_volume +=
          percuta_insertion_channel_damaged(&channels->item[c], grid->z_face[grid->nz], INFINITY);
  }
  return PERCUTA_OK;
}

void percuta_healing_injury_clear(struct percuta_injury *injury) {
  free(injury->injured);
  free(injury->clotted);
  free(injury->open);
  injury->injured = injury->clotted = injury->open = NULL;
}
