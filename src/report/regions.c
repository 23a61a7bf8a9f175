/* Means of collagen inside a defect of the skin and around it, at one range of depth.
 * Test: tests/unit/test_report.c. */
#include "report/regions.h"

#include <math.h>
#include <stdlib.h>

#include "base/units.h"

/* Whether a place [m], counted from the middle of the patch, lies inside the defect seen from
 * above; as healing/healing.c sets collagen at rest. */
static bool is_inside(const struct percuta_skin *skin, double x, double y) {
  const double across = skin->defect_is_stripe ? 0 : y;
  return x * x + across * across <= 0.25 * skin->defect_width * skin->defect_width;
}

/* Mean collagen relative to rest inside ([0]) and around ([1]); NAN where there are no cells. */
static void average(const struct percuta_page *page, const struct percuta_regions *regions,
                    const float *collagen, double mean[2]) {
  const struct percuta_grid *grid = page->record->grid;
  const struct percuta_skin *skin = page->record->skin;
  double sum[2] = {0, 0}, weight[2] = {0, 0};
  for (int k = 0; k < grid->nz; ++k) {
    const double middle = 0.5 * (grid->z_face[k] + grid->z_face[k + 1]);
    const double height = grid->z_face[k + 1] - grid->z_face[k];
    if (middle < regions->top || middle > regions->bottom)
      continue;
    for (int j = 0; j < grid->ny; ++j) {
      for (int i = 0; i < grid->nx; ++i) {
        const bool inside = is_inside(skin, (i + 0.5 - 0.5 * grid->nx) * grid->dx,
                                      (j + 0.5 - 0.5 * grid->ny) * grid->dy);
        const double rest = skin->collagen_rel * (inside ? skin->defect_collagen_rel : 1);
        const size_t cell =
            ((size_t)k * (size_t)grid->ny + (size_t)j) * (size_t)grid->nx + (size_t)i;
        sum[inside ? 0 : 1] += height * (double)collagen[cell] / rest;
        weight[inside ? 0 : 1] += height;
      }
    }
  }
  for (int side = 0; side < 2; ++side)
    mean[side] = weight[side] > 0 ? sum[side] / weight[side] : (double)NAN;
}

/* Mean depth of the new punctures of the first session, inside and around. */
static void average_depths(const struct percuta_page *page, struct percuta_regions *out) {
  const struct percuta_channels *channels = &page->record->session[0].channels;
  const double half = 0.5 * page->record->width;
  double sum[2] = {0, 0};
  size_t count[2] = {0, 0};
  for (size_t c = 0; c < channels->count; ++c) {
    const struct percuta_channel *channel = &channels->item[c];
    if (!channel->penetrated || channel->reentered)
      continue;
    const int side = is_inside(page->record->skin, channel->x - half, channel->y - half) ? 0 : 1;
    sum[side] += channel->depth;
    ++count[side];
  }
  out->depth_inside = count[0] > 0 ? sum[0] / (double)count[0] : (double)NAN;
  out->depth_around = count[1] > 0 ? sum[1] / (double)count[1] : (double)NAN;
}

static enum percuta_status read_times(const struct percuta_page *page, float *memory,
                                      struct percuta_regions *out) {
  const struct percuta_record *record = page->record;
  const size_t cells = percuta_numerics_grid_cell_count(record->grid);
  const float *collagen = memory + (size_t)record->layout.slot[PERCUTA_FIELD_collagen] * cells;
  for (int i = 0; i < record->snapshot_count && i < PERCUTA_REGIONS_TIMES; ++i) {
    double mean[2];
    PERCUTA_TRY(percuta_result_snapshot_kept(record, page->folder, i, memory));
    average(page, out, collagen, mean);
    if (!isfinite(mean[0]) || !isfinite(mean[1]))
      return PERCUTA_OK;
    out->day[i] = record->snapshot_time[i] / PERCUTA_DAY;
    out->inside[i] = mean[0];
    out->around[i] = mean[1];
    out->count = i + 1;
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_report_regions_read(const struct percuta_page *page,
                                                struct percuta_regions *out) {
  const struct percuta_record *record = page->record;
  const struct percuta_skin *skin = record->skin;
  *out = (struct percuta_regions){.count = 0, .depth_inside = NAN, .depth_around = NAN};
  if (!skin->has_defect || record->grid->metric == PERCUTA_CYLINDRICAL || record->grid->nx == 1 ||
      page->given == 0)
    return PERCUTA_OK;
  out->top = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  out->bottom = fmin(record->treated_bottom, out->top + skin->defect_depth);
  average_depths(page, out);
  float *memory = malloc(percuta_numerics_grid_cell_count(record->grid) *
                         (size_t)record->layout.count * sizeof *memory);
  if (memory == NULL)
    return PERCUTA_MEMORY;
  const enum percuta_status status = read_times(page, memory, out);
  free(memory);
  return status;
}
