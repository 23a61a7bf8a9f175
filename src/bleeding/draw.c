/* A Poisson number is drawn by counting arrivals a mean of 1 apart until their sum passes its mean:
 * vessel i then takes what it needs from counter i, whatever the others are.
 * Theory: docs/theory/bleeding.md. Test: tests/unit/test_vessels.c, drawn against expected. */
#include "bleeding/draw.h"

#include <math.h>
#include <stdlib.h>

#include "base/random.h"
#include "bleeding/reach.h"

static const double PI = 3.14159265358979323846;
static const double BIN = 1e-4; /* [m] side of a bin; about one loop or piece of vessel in each */

/* Pieces of vessels of one kind by the bin in which their middle lies: none is longer sideways than
 * a bin. */
struct bins {
  struct percuta_reach_piece *piece; /* owned; in the order of the bins once sorted */
  size_t *start;                     /* owned; cells * cells + 1 */
  size_t count, room;
};

struct percuta_draw_patch {
  struct percuta_bed bed;
  double width, side; /* [m] of the patch and of a bin */
  long cells;         /* along a side */
  struct bins kind[PERCUTA_VESSELS];
};

static long wrapped(long cell, long cells) {
  long rest = cell % cells;
  return rest < 0 ? rest + cells : rest;
}

/* Adds a piece, moved by whole patches until its middle lies in the patch. */
static enum percuta_status add(struct bins *bins, double width, struct percuta_reach_piece piece) {
  if (bins->count == bins->room) {
    size_t room = bins->room ? 2 * bins->room : 1024;
    struct percuta_reach_piece *more = realloc(bins->piece, room * sizeof *more);
    if (!more)
      return PERCUTA_MEMORY;
    bins->piece = more;
    bins->room = room;
  }
  for (int d = 0; d < 2; d++) {
    double shift = width * floor((piece.from[d] + piece.to[d]) / 2 / width);
    piece.from[d] -= shift;
    piece.to[d] -= shift;
  }
  bins->piece[bins->count++] = piece;
  return PERCUTA_OK;
}

static size_t bin_of(const struct percuta_draw_patch *draw,
                     const struct percuta_reach_piece *piece) {
  long cell[2];
  for (int d = 0; d < 2; d++) {
    cell[d] = (long)((piece->from[d] + piece->to[d]) / 2 / draw->side);
    if (cell[d] >= draw->cells) /* by rounding */
      cell[d] = draw->cells - 1;
  }
  return (size_t)(cell[1] * draw->cells + cell[0]);
}

/* Sorts the pieces by bin, keeping their order within one. */
static enum percuta_status sort(const struct percuta_draw_patch *draw, struct bins *bins) {
  size_t cells = (size_t)(draw->cells * draw->cells);
  struct percuta_reach_piece *sorted = calloc(bins->count ? bins->count : 1, sizeof *sorted);
  bins->start = calloc(cells + 2, sizeof *bins->start);
  if (!sorted || !bins->start) {
    free(sorted);
    return PERCUTA_MEMORY;
  }
  /* start[c + 2] counts bin c, then start[c + 1] is where its next piece goes, at last its end */
  for (size_t i = 0; i < bins->count; i++)
    bins->start[bin_of(draw, &bins->piece[i]) + 2]++;
  for (size_t c = 2; c < cells + 2; c++)
    bins->start[c] += bins->start[c - 1];
  for (size_t i = 0; i < bins->count; i++)
    sorted[bins->start[bin_of(draw, &bins->piece[i]) + 1]++] = bins->piece[i];
  free(bins->piece);
  bins->piece = sorted;
  return PERCUTA_OK;
}

static enum percuta_status draw_loops(struct percuta_draw_patch *draw,
                                      struct percuta_random_key key) {
  const double mean = draw->bed.loop_density * draw->width * draw->width;
  double arrived = 0, u[4];
  for (uint32_t i = 0;; i++) {
    percuta_base_random_uniform4(key, i, PERCUTA_LOOP, u);
    arrived -= log(u[0]);
    if (!(arrived < mean))
      return PERCUTA_OK;
    double x = u[1] * draw->width, y = u[2] * draw->width, z = draw->bed.loop_top;
    enum percuta_status status =
        add(&draw->kind[PERCUTA_LOOP], draw->width,
            (struct percuta_reach_piece){.from = {x, y, z}, .to = {x, y, z}, .first = true});
    if (status != PERCUTA_OK)
      return status;
  }
}

/* Cuts a vessel from `from` to `from` + `run` into pieces no longer sideways than a bin. */
static enum percuta_status add_vessel(const struct percuta_draw_patch *draw, struct bins *bins,
                                      const double from[3], const double run[3]) {
  double count = fmax(1, ceil(hypot(run[0], run[1]) / draw->side));
  enum percuta_status status = PERCUTA_OK;
  for (double k = 0; k < count && status == PERCUTA_OK; k++) {
    struct percuta_reach_piece piece = {.first = k == 0};
    for (int d = 0; d < 3; d++) {
      piece.from[d] = from[d] + run[d] * (k / count);
      piece.to[d] = from[d] + run[d] * ((k + 1) / count);
    }
    status = add(bins, draw->width, piece);
  }
  return status;
}

/* Only what lies inside the layer is kept of vessels whose middles may lie outside, so that at the
 * layer's borders there is as much vessel as within. Of a vessel of length l and steepness c =
 * |cos(angle to the vertical)|, uniform, the middles that let it reach the layer fill a height of
 * T + l c: per area n_V T + L_V/2 vessels do; c is uniform for the first share and of density 2c
 * for the second, which is all there is when vessels have no end. */
static enum percuta_status draw_plexus(struct percuta_draw_patch *draw, enum percuta_vessel kind,
                                       struct percuta_random_key key) {
  const struct percuta_plexus *plexus = &draw->bed.plexus[kind - PERCUTA_UPPER_PLEXUS];
  const double inside = plexus->vessel_density * plexus->thickness;
  const double per_area = inside + plexus->length_density / 2;
  const double mean = per_area * draw->width * draw->width;
  double arrived = 0, u[4], v[4];
  for (uint32_t i = 0;; i++) {
    percuta_base_random_uniform4(key, i, 2 * (uint32_t)kind, u);
    percuta_base_random_uniform4(key, i, 2 * (uint32_t)kind + 1, v);
    arrived -= log(u[0]);
    if (!(arrived < mean))
      return PERCUTA_OK;
    double steep = v[0] * per_area < inside ? v[1] : sqrt(v[1]);
    double above = 0, below = plexus->thickness; /* its ends, from the layer's top */
    if (plexus->vessel_density > 0) {
      double height = plexus->length_density / plexus->vessel_density * steep;
      double middle = (plexus->thickness + height) * v[2] - height / 2;
      above = fmax(above, middle - height / 2);
      below = fmin(below, middle + height / 2);
    }
    double sideways = (below - above) * sqrt(1 - steep * steep) / steep;
    double from[3] = {u[1] * draw->width, u[2] * draw->width, plexus->top + above};
    double run[3] = {sideways * cos(2 * PI * u[3]), sideways * sin(2 * PI * u[3]), below - above};
    enum percuta_status status = add_vessel(draw, &draw->kind[kind], from, run);
    if (status != PERCUTA_OK)
      return status;
  }
}

enum percuta_status percuta_bleeding_draw_create(const struct percuta_bed *bed, double width,
                                                 uint64_t seed, struct percuta_draw_patch **out) {
  struct percuta_draw_patch *draw = calloc(1, sizeof *draw);
  if (!draw)
    return PERCUTA_MEMORY;
  draw->bed = *bed;
  draw->width = width;
  draw->cells = (long)fmax(1, floor(width / BIN));
  draw->side = width / (double)draw->cells;
  /* session 0 for all: vessels are there before the first */
  const struct percuta_random_key key = {.seed = seed, .purpose = PERCUTA_RANDOM_VESSEL};
  enum percuta_status status = draw_loops(draw, key);
  for (int k = PERCUTA_UPPER_PLEXUS; k < PERCUTA_VESSELS && status == PERCUTA_OK; k++)
    status = draw_plexus(draw, (enum percuta_vessel)k, key);
  for (int k = 0; k < PERCUTA_VESSELS && status == PERCUTA_OK; k++)
    status = sort(draw, &draw->kind[k]);
  if (status != PERCUTA_OK)
    percuta_bleeding_draw_destroy(&draw);
  *out = draw;
  return status;
}

void percuta_bleeding_draw_destroy(struct percuta_draw_patch **draw) {
  if (!*draw)
    return;
  for (int k = 0; k < PERCUTA_VESSELS; k++) {
    free((*draw)->kind[k].piece);
    free((*draw)->kind[k].start);
  }
  free(*draw);
  *draw = NULL;
}

/* Pieces of one kind by which a vessel enters the reach of a channel at (x, y). Every bin near it
 * is met once for each of the patch's repetitions. */
static double count_entries(const struct percuta_draw_patch *draw, const struct bins *bins,
                            struct percuta_reach *reach, double x, double y) {
  if (!(reach->top < reach->bottom))
    return 0;
  percuta_bleeding_reach_aim(reach);
  double near = percuta_bleeding_reach_radius(reach) + draw->side / 2;
  long first[2] = {(long)floor((x - near) / draw->side), (long)floor((y - near) / draw->side)};
  long last[2] = {(long)floor((x + near) / draw->side), (long)floor((y + near) / draw->side)};
  double entries = 0;
  for (long j = first[1]; j <= last[1]; j++) {
    long row = wrapped(j, draw->cells);
    double dy = (double)(j - row) * draw->side - y;
    for (long i = first[0]; i <= last[0]; i++) {
      long column = wrapped(i, draw->cells);
      double dx = (double)(i - column) * draw->side - x;
      size_t bin = (size_t)(row * draw->cells + column);
      for (size_t p = bins->start[bin]; p < bins->start[bin + 1]; p++) {
        struct percuta_reach_piece piece = bins->piece[p];
        double middle_x = (piece.from[0] + piece.to[0]) / 2 + dx;
        double middle_y = (piece.from[1] + piece.to[1]) / 2 + dy;
        if (middle_x * middle_x + middle_y * middle_y > near * near)
          continue;
        piece.from[0] += dx;
        piece.to[0] += dx;
        piece.from[1] += dy;
        piece.to[1] += dy;
        piece.from[2] += reach->shift;
        piece.to[2] += reach->shift;
        entries += percuta_bleeding_reach_entered(reach, &piece);
      }
    }
  }
  return entries;
}

void percuta_bleeding_draw_hits(const struct percuta_draw_patch *draw,
                                const struct percuta_channel *channel,
                                double hits[PERCUTA_VESSELS]) {
  struct percuta_reach reach = percuta_bleeding_reach_of_loops(&draw->bed, channel);
  hits[PERCUTA_LOOP] =
      count_entries(draw, &draw->kind[PERCUTA_LOOP], &reach, channel->x, channel->y);
  for (int k = PERCUTA_UPPER_PLEXUS; k < PERCUTA_VESSELS; k++) {
    reach = percuta_bleeding_reach_of_plexus(&draw->bed.plexus[k - PERCUTA_UPPER_PLEXUS], channel);
    hits[k] = count_entries(draw, &draw->kind[k], &reach, channel->x, channel->y);
  }
}
