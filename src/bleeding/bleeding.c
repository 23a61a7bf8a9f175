/* Vessels cut by each channel and the blood they shed until they are plugged:
 *   bleed_probability = 1 - exp(-sum of hits)        0 or 1 where vessels are drawn
 *   shed_volume = sum over kinds of hits shed,   clot_fill = E[min(1, shed_volume / room)]
 * What one vessel sheds follows from what all that are expected to be cut draw from one supply.
 * Theory: docs/theory/bleeding.md. Tests: tests/unit/test_bleeding.c, test_vessels.c. */
#include "bleeding/bleeding.h"

#include <math.h>
#include <stdlib.h>

#include "bleeding/draw.h"
#include "bleeding/filling.h"
#include "bleeding/reach.h"
#include "bleeding/supply.h"

enum percuta_vessels_drawn percuta_bleeding_vessels(const struct percuta_scenario *scenario) {
  return scenario->model.fidelity == PERCUTA_PATCH ? scenario->model.vessels
                                                   : PERCUTA_VESSELS_EXPECTED;
}

/* Loops and vessels lie below their apex: a channel that ends above cuts none. */
static bool reaches(const struct percuta_bed *bed, const struct percuta_channel *channel) {
  return channel->penetrated && !channel->reentered &&
         channel->depth > bed->loop_top + channel->epidermis_shift;
}

static void expect_hits(const struct percuta_bed *bed, const struct percuta_channel *channel,
                        double hits[PERCUTA_VESSELS]) {
  struct percuta_reach reach = percuta_bleeding_reach_of_loops(bed, channel);
  hits[PERCUTA_LOOP] = percuta_bleeding_reach_loop_hits(bed, &reach);
  for (int k = PERCUTA_UPPER_PLEXUS; k < PERCUTA_VESSELS; k++) {
    const struct percuta_plexus *plexus = &bed->plexus[k - PERCUTA_UPPER_PLEXUS];
    reach = percuta_bleeding_reach_of_plexus(plexus, channel);
    hits[k] = percuta_bleeding_reach_plexus_hits(plexus, &reach);
  }
}

static double sum_of(const double hits[PERCUTA_VESSELS]) {
  double sum = 0;
  for (int k = 0; k < PERCUTA_VESSELS; k++)
    sum += hits[k];
  return sum;
}

double percuta_bleeding_expect(const struct percuta_bed *bed, const struct percuta_channel *channel,
                               double hits[PERCUTA_VESSELS]) {
  for (int k = 0; k < PERCUTA_VESSELS; k++)
    hits[k] = 0;
  if (!reaches(bed, channel))
    return 0;
  expect_hits(bed, channel, hits);
  return -expm1(-sum_of(hits));
}

/* Sum over kinds of vessels of their number times what one does. */
static double times(const double hits[PERCUTA_VESSELS], const double each[PERCUTA_VESSELS]) {
  double sum = 0;
  for (int k = 0; k < PERCUTA_VESSELS; k++)
    sum += hits[k] * each[k];
  return sum;
}

/* What follows from the vessels cut. Of drawn vessels the blood is known; else it is that of
 * Poisson numbers. */
static void fill_channels(const struct percuta_channels *channels, double width,
                          struct percuta_bleeding *bleeding) {
  const bool drawn = bleeding->vessels == PERCUTA_VESSELS_DRAWN;
  bleeding->shed_volume = bleeding->clot_volume = bleeding->channels_overflowing = 0;
  for (size_t i = 0; i < bleeding->count; i++) {
    struct percuta_bleed *item = &bleeding->item[i];
    if (!(item->bleed_probability > 0))
      continue;
    item->shed_volume = times(item->hits, bleeding->shed);
    bleeding->shed_volume += item->shed_volume;
    const double room = percuta_insertion_channel_room(&channels->item[i]);
    if (!(room > 0))
      continue;
    struct percuta_filling filling = {.share = fmin(1, item->shed_volume / room),
                                      .overflows = item->shed_volume > room};
    if (!drawn)
      filling =
          percuta_bleeding_filling_expected(item->hits, bleeding->shed, PERCUTA_VESSELS, room);
    item->clot_fill = filling.share;
    bleeding->clot_volume += filling.share * room;
    bleeding->channels_overflowing += filling.overflows;
  }
  bleeding->shed_per_area = bleeding->shed_volume / (width * width);
  bleeding->pinpoint_bleeding = bleeding->channels_overflowing >= 1;
}

/* What each channel is expected to cut, and what a vessel sheds beside all of these. */
static void expect_all(const struct percuta_bed *bed, const struct percuta_channels *channels,
                       double width, struct percuta_bleeding *bleeding) {
  double demand = 0;
  for (size_t i = 0; i < channels->count; i++) {
    struct percuta_bleed *item = &bleeding->item[i];
    item->bleed_probability = percuta_bleeding_expect(bed, &channels->item[i], item->hits);
    bleeding->channels_bleeding_expected += item->bleed_probability;
    demand += times(item->hits, bed->flow);
  }
  bleeding->demand = demand / (width * width);
  const double time =
      percuta_bleeding_supply_time(bleeding->demand, bed->supply, bed->stored, bed->plug_time);
  for (int k = 0; k < PERCUTA_VESSELS; k++)
    bleeding->shed[k] = bed->flow[k] * time;
  bleeding->shed_per_area_expected = bleeding->demand * time;
  bleeding->fed_share = bed->plug_time > 0 ? time / bed->plug_time : 1;
}

/* `draw`: the vessels drawn, or NULL. */
static void cut_vessels(const struct percuta_draw_patch *draw,
                        const struct percuta_channels *channels,
                        struct percuta_bleeding *bleeding) {
  for (size_t i = 0; i < channels->count; i++) {
    struct percuta_bleed *item = &bleeding->item[i];
    if (draw && item->bleed_probability > 0) {
      percuta_bleeding_draw_hits(draw, &channels->item[i], item->hits);
      item->bleed_probability = sum_of(item->hits) > 0;
    }
    bleeding->channels_bleeding += item->bleed_probability;
  }
}

enum percuta_status percuta_bleeding_compute(const struct percuta_bed *bed,
                                             const struct percuta_channels *channels, double width,
                                             enum percuta_vessels_drawn vessels, uint64_t seed,
                                             struct percuta_bleeding *out) {
  struct percuta_draw_patch *draw = NULL;
  enum percuta_status status = PERCUTA_OK;
  if (vessels == PERCUTA_VESSELS_DRAWN)
    status = percuta_bleeding_draw_create(bed, width, seed, &draw);
  struct percuta_bleeding bleeding = {
      .count = channels->count, .vessels = vessels, .plug_time = bed->plug_time};
  bleeding.item = calloc(channels->count ? channels->count : 1, sizeof *bleeding.item);
  if (status == PERCUTA_OK && !bleeding.item)
    status = PERCUTA_MEMORY;
  if (status != PERCUTA_OK) {
    percuta_bleeding_draw_destroy(&draw);
    free(bleeding.item);
    return status;
  }
  bleeding.spread = (struct percuta_bleeding_spread){NAN, NAN, NAN, NAN};
  expect_all(bed, channels, width, &bleeding);
  cut_vessels(draw, channels, &bleeding);
  percuta_bleeding_draw_destroy(&draw);
  fill_channels(channels, width, &bleeding);
  *out = bleeding;
  return PERCUTA_OK;
}

void percuta_bleeding_clear(struct percuta_bleeding *bleeding) {
  free(bleeding->item);
  *bleeding = (struct percuta_bleeding){0};
}
