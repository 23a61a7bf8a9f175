/* A cut through the snapshots, thinned to means over blocks of cells.
 * Tests: tests/unit/test_report.c, test_snapshot.c. */
#include "report/slice.h"

#include <math.h>
#include <stdlib.h>

#include "base/units.h"

#define MOST_CELLS 160 /* kept each way; a screen shows no more in a small panel */

enum { ACROSS_RINGS = 60 }; /* kept cells of rings, which are not of equal width */

/* How many grid cells make one kept cell. */
struct thinning {
  int x, z;
  int rows; /* of the grid that are shown */
  int j;    /* row of the cut */
};

static double deepest_cut(const struct percuta_record *record) {
  double deepest = 0;
  for (int i = 0; i < record->session_count; ++i) {
    const struct percuta_channels *channels = &record->session[i].channels;
    for (size_t c = 0; c < channels->count; ++c) {
      deepest = fmax(deepest, channels->item[c].depth);
    }
  }
  return deepest;
}

/* Rows from the surface to 2.2 times the deepest cut, at least a fifth and at most all of the
 * dermis with a little of what lies under it. */
static int count_rows(const struct percuta_record *record) {
  const struct percuta_grid *grid = record->grid;
  const double top = percuta_skin_layer_top(record->skin, PERCUTA_PAPILLARY_DERMIS);
  const double bottom = percuta_skin_layer_top(record->skin, PERCUTA_HYPODERMIS);
  const double wished = fmax(2.2 * deepest_cut(record), top + 0.2 * (bottom - top));
  const double depth = fmin(wished, 1.08 * bottom);
  int rows = 1;
  while (rows < grid->nz && grid->z_face[rows] < depth * (1 - 1e-9)) {
    ++rows;
  }
  return rows;
}

/* The y row with most clot in the first snapshot shown. */
static int choose_row(const struct percuta_grid *grid, const float *clot) {
  int best = grid->ny / 2;
  double most = 0;
  for (int j = 0; j < grid->ny; ++j) {
    double sum = 0;
    for (int k = 0; k < grid->nz; ++k) {
      const double height = grid->z_face[k + 1] - grid->z_face[k];
      for (int i = 0; i < grid->nx; ++i) {
        sum +=
            height *
            (double)clot[((size_t)k * (size_t)grid->ny + (size_t)j) * (size_t)grid->nx + (size_t)i];
      }
    }
    if (sum > most * (1 + 1e-9)) {
      most = sum;
      best = j;
    }
  }
  return best;
}

/* The grid cells [*from, *to) along x that make kept cell a: of rings the one around its middle. */
static void find_cells(const struct percuta_grid *grid, const struct thinning *thin, int a,
                       int *from, int *to) {
  *from = a * thin->x;
  *to = *from + thin->x < grid->nx ? *from + thin->x : grid->nx;
  if (grid->metric == PERCUTA_CARTESIAN)
    return;
  const double x = (a + 0.5) / ACROSS_RINGS * percuta_numerics_grid_x(grid, grid->nx);
  for (*to = 1; percuta_numerics_grid_x(grid, *to) < x;)
    ++*to;
  *from = *to - 1;
}

/* Volume mean of the grid cells that make kept cell (a, b). */
static float average(const struct percuta_grid *grid, const struct thinning *thin,
                     const float *field, int a, int b) {
  double sum = 0, weight = 0;
  int from, to;
  find_cells(grid, thin, a, &from, &to);
  for (int k = b * thin->z; k < (b + 1) * thin->z && k < thin->rows; ++k) {
    const double height = grid->z_face[k + 1] - grid->z_face[k];
    for (int i = from; i < to; ++i) {
      const size_t cell =
          ((size_t)k * (size_t)grid->ny + (size_t)thin->j) * (size_t)grid->nx + (size_t)i;
      sum += height * (double)field[cell];
      weight += height;
    }
  }
  return (float)(sum / weight);
}

static void cut_field(const struct percuta_grid *grid, const struct thinning *thin,
                      const float *field, const struct percuta_slice *slice, float *out) {
  for (int b = 0; b < slice->nz; ++b) {
    for (int a = 0; a < slice->nx; ++a) {
      out[(size_t)b * (size_t)slice->nx + (size_t)a] = average(grid, thin, field, a, b);
    }
  }
}

static size_t panel_size(const struct percuta_slice *slice) {
  return (size_t)slice->nx * (size_t)slice->nz;
}

const float *percuta_report_slice_values(const struct percuta_slice *slice,
                                         enum percuta_field field, int day_index) {
  return slice->value +
         ((size_t)slice->layout.slot[field] * (size_t)slice->day_count + (size_t)day_index) *
             panel_size(slice);
}

static enum percuta_status cut_days(const struct percuta_record *record, const char *folder,
                                    struct thinning *thin, struct percuta_slice *slice,
                                    float *memory) {
  const size_t cells = percuta_numerics_grid_cell_count(record->grid);
  const int fields = slice->layout.count, clot = slice->layout.slot[PERCUTA_FIELD_clot];
  for (int day = 0; day < slice->day_count; ++day) {
    const enum percuta_status status = percuta_result_snapshot_kept(record, folder, day, memory);
    if (status != PERCUTA_OK) {
      return status;
    }
    if (day == 0 && record->grid->metric == PERCUTA_CARTESIAN) {
      thin->j = clot < 0 || record->skin->has_defect
                    ? record->grid->ny / 2
                    : choose_row(record->grid, memory + (size_t)clot * cells);
      slice->y = (thin->j + 0.5) * record->grid->dy;
    }
    for (int f = 0; f < fields; ++f) {
      float *out =
          slice->value + ((size_t)f * (size_t)slice->day_count + (size_t)day) * panel_size(slice);
      cut_field(record->grid, thin, memory + (size_t)f * cells, slice, out);
    }
  }
  return PERCUTA_OK;
}

static enum percuta_status allocate(const struct percuta_record *record,
                                    const struct thinning *thin, struct percuta_slice *slice) {
  const double top = percuta_skin_layer_top(record->skin, PERCUTA_PAPILLARY_DERMIS);
  const double bottom = percuta_skin_layer_top(record->skin, PERCUTA_HYPODERMIS);
  const double slack = 1e-9 * bottom;
  const size_t days = slice->day_count > 0 ? (size_t)slice->day_count : 1;
  slice->nx = record->grid->metric == PERCUTA_CYLINDRICAL
                  ? ACROSS_RINGS
                  : (record->grid->nx + thin->x - 1) / thin->x;
  slice->nz = (thin->rows + thin->z - 1) / thin->z;
  slice->z_face = malloc(((size_t)slice->nz + 1) * sizeof *slice->z_face);
  slice->dermal = malloc((size_t)slice->nz * sizeof *slice->dermal);
  slice->value =
      malloc((size_t)slice->layout.count * days * panel_size(slice) * sizeof *slice->value);
  if (slice->z_face == NULL || slice->dermal == NULL || slice->value == NULL) {
    return PERCUTA_MEMORY;
  }
  slice->z_face[0] = record->grid->z_face[0];
  for (int b = 0; b < slice->nz; ++b) {
    const int end = (b + 1) * thin->z < thin->rows ? (b + 1) * thin->z : thin->rows;
    slice->z_face[b + 1] = record->grid->z_face[end];
    slice->dermal[b] = slice->z_face[b] >= top - slack && slice->z_face[b + 1] <= bottom + slack;
  }
  return PERCUTA_OK;
}

static int group_size(int cells) {
  return (cells + MOST_CELLS - 1) / MOST_CELLS;
}

enum percuta_status percuta_report_slice_create(const struct percuta_record *record,
                                                const char *folder, struct percuta_slice **out) {
  struct percuta_slice *slice = calloc(1, sizeof *slice);
  const size_t cells = percuta_numerics_grid_cell_count(record->grid);
  float *memory = malloc(cells * (size_t)record->layout.count * sizeof *memory);
  enum percuta_status status = PERCUTA_MEMORY;
  if (slice != NULL && memory != NULL) {
    slice->layout = record->layout;
    for (int i = 0; i < record->snapshot_count && i < PERCUTA_SLICE_DAYS; ++i)
      slice->day[slice->day_count++] = (int)lround(record->snapshot_time[i] / PERCUTA_DAY);
    struct thinning thin = {.rows = count_rows(record), .x = group_size(record->grid->nx)};
    thin.z = group_size(thin.rows);
    status = allocate(record, &thin, slice);
    if (status == PERCUTA_OK) {
      status = cut_days(record, folder, &thin, slice, memory);
    }
  }
  free(memory);
  if (status != PERCUTA_OK) {
    percuta_report_slice_destroy(&slice);
    return status;
  }
  *out = slice;
  return PERCUTA_OK;
}

void percuta_report_slice_destroy(struct percuta_slice **slice) {
  if (*slice != NULL) {
    free((*slice)->z_face);
    free((*slice)->dermal);
    free((*slice)->value);
    free(*slice);
    *slice = NULL;
  }
}
