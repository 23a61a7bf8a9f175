/* Collagen inside a defect of the skin and around it, as the timeline has it, and how deep needles
 * reach in each. Test: tests/unit/test_report.c. */
#include "report/regions.h"

#include <math.h>

#include "base/units.h"
#include "outcome/timeline.h"

/* Mean depth of the new punctures of the first session, inside and around. */
static void average_depths(const struct percuta_page *page, struct percuta_regions *out) {
  const struct percuta_channels *channels = &page->record->session[0].channels;
  const struct percuta_skin *skin = page->record->skin;
  const struct percuta_grid_sites sites = {.stripe = skin->defect_is_stripe,
                                           .width = skin->defect_width,
                                           .tile = page->record->relief.period};
  double sum[2] = {0, 0};
  size_t count[2] = {0, 0};
  for (size_t c = 0; c < channels->count; ++c) {
    const struct percuta_channel *channel = &channels->item[c];
    if (!channel->penetrated || channel->reentered)
      continue;
    const int side = percuta_numerics_grid_inside(&sites, channel->x, channel->y) ? 0 : 1;
    sum[side] += channel->depth;
    ++count[side];
  }
  out->depth_inside = count[0] > 0 ? sum[0] / (double)count[0] : (double)NAN;
  out->depth_around = count[1] > 0 ? sum[1] / (double)count[1] : (double)NAN;
}

void percuta_report_regions_read(const struct percuta_page *page, struct percuta_regions *out) {
  const struct percuta_record *record = page->record;
  const struct percuta_skin *skin = record->skin;
  *out = (struct percuta_regions){.count = 0, .depth_inside = NAN, .depth_around = NAN};
  if (!skin->has_defect || page->given == 0)
    return;
  out->top = percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS);
  out->bottom = fmin(record->treated_bottom, out->top + skin->defect_depth);
  average_depths(page, out);
  for (int i = 0; i < record->snapshot_count && i < PERCUTA_REGIONS_TIMES; ++i) {
    const double day = record->snapshot_time[i] / PERCUTA_DAY;
    const struct percuta_timeline_row row = percuta_outcome_timeline_row_at(&record->timeline, day);
    out->day[i] = day;
    out->inside[i] = row.collagen_inside_rel;
    out->around[i] = row.collagen_around_rel;
    out->count = i + 1;
  }
}
