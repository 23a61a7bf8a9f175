/* Square cells at least as wide as the widest opening: whatever contains a point lies in the nine
 * cells around it.
 * Test: tests/unit/test_channel.c, against all pairs. */
#include "insertion/reentry.h"

#include <math.h>
#include <stdlib.h>

#include "device/strikes.h"

struct opening {
  double x, y, radius;
  size_t next; /* index of the next in the same cell, plus 1; 0 = last */
};

struct percuta_reentry {
  double width;
  size_t cells;            /* per side; a cell is at least as wide as the widest opening */
  size_t *first;           /* owned; per cell, index of its first opening plus 1 */
  struct opening *opening; /* owned */
  size_t count;
};

enum percuta_status percuta_insertion_reentry_create(double width, double radius_max,
                                                     size_t capacity,
                                                     struct percuta_reentry **out) {
  struct percuta_reentry *reentry = calloc(1, sizeof *reentry);
  if (!reentry)
    return PERCUTA_MEMORY;
  double widest = radius_max > 0 ? floor(width / radius_max) : 1;
  double cells = fmax(1, fmin(widest, ceil(sqrt((double)capacity))));
  reentry->width = width;
  reentry->cells = (size_t)cells;
  reentry->first = calloc(reentry->cells * reentry->cells, sizeof *reentry->first);
  reentry->opening = calloc(capacity ? capacity : 1, sizeof *reentry->opening);
  if (!reentry->first || !reentry->opening) {
    percuta_insertion_reentry_destroy(&reentry);
    return PERCUTA_MEMORY;
  }
  *out = reentry;
  return PERCUTA_OK;
}

void percuta_insertion_reentry_destroy(struct percuta_reentry **reentry) {
  if (!*reentry)
    return;
  free((*reentry)->first);
  free((*reentry)->opening);
  free(*reentry);
  *reentry = NULL;
}

static size_t cell_of(const struct percuta_reentry *reentry, double coordinate) {
  size_t cell = (size_t)(coordinate / reentry->width * (double)reentry->cells);
  return cell < reentry->cells ? cell : reentry->cells - 1;
}

void percuta_insertion_reentry_add(struct percuta_reentry *reentry, double x, double y,
                                   double radius) {
  size_t cell = cell_of(reentry, y) * reentry->cells + cell_of(reentry, x);
  reentry->opening[reentry->count] =
      (struct opening){.x = x, .y = y, .radius = radius, .next = reentry->first[cell]};
  reentry->first[cell] = ++reentry->count;
}

static bool within(const struct percuta_reentry *reentry, const struct opening *opening, double x,
                   double y) {
  double dx = percuta_device_strikes_apart(x - opening->x, reentry->width);
  double dy = percuta_device_strikes_apart(y - opening->y, reentry->width);
  return dx * dx + dy * dy < opening->radius * opening->radius;
}

bool percuta_insertion_reentry_hits(const struct percuta_reentry *reentry, double x, double y) {
  size_t n = reentry->cells, column = cell_of(reentry, x), row = cell_of(reentry, y);
  for (size_t j = 0; j < 3; j++) {
    for (size_t i = 0; i < 3; i++) {
      size_t cell = (row + n - 1 + j) % n * n + (column + n - 1 + i) % n;
      for (size_t o = reentry->first[cell]; o; o = reentry->opening[o - 1].next)
        if (within(reentry, &reentry->opening[o - 1], x, y))
          return true;
    }
  }
  return false;
}
