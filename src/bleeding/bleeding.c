/* Vessels cut by each channel and the blood they shed until they are plugged:
 *   bleed_probability = 1 - exp(-sum of hits)        0 or 1 where vessels are drawn
 *   shed_volume = sum over kinds of hits shed,   clot_fill = E[min(1, shed_volume / room)]
 * Theory: docs/theory/bleeding.md. Tests: tests/unit/test_bleeding.c, test_vessels.c. */
#include "bleeding/bleeding.h"

#include <math.h>
#include <stdlib.h>

#include "bleeding/draw.h"
#include "bleeding/filling.h"
#include "bleeding/reach.h"

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

static double shed_by(const double hits[PERCUTA_VESSELS], const double shed[PERCUTA_VESSELS]) {
  double sum = 0;
  for (int k = 0; k < PERCUTA_VESSELS; k++)
    sum += hits[k] * shed[k];
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
    double room = percuta_insertion_channel_room(&channels->item[i]);
    if (!(item->bleed_probability > 0) || !(room > 0))
      continue;
    item->shed_volume = shed_by(item->hits, bleeding->shed);
    struct percuta_filling filling = {.share = fmin(1, item->shed_volume / room),
                                      .overflows = item->shed_volume > room};
    if (!drawn)
      filling =
          percuta_bleeding_filling_expected(item->hits, bleeding->shed, PERCUTA_VESSELS, room);
    item->clot_fill = filling.share;
    bleeding->clot_volume += filling.share * room;
    bleeding->shed_volume += item->shed_volume;
    bleeding->channels_overflowing += filling.overflows;
  }
  bleeding->shed_per_area = bleeding->shed_volume / (width * width);
  bleeding->pinpoint_bleeding = bleeding->channels_overflowing >= 1;
}

/* `draw`: the vessels drawn, or NULL. */
static void cut_vessels(const struct percuta_bed *bed, const struct percuta_draw_patch *draw,
                        const struct percuta_channels *channels, double width,
                        struct percuta_bleeding *bleeding) {
  double shed = 0;
  for (size_t i = 0; i < channels->count; i++) {
    const struct percuta_channel *channel = &channels->item[i];
    struct percuta_bleed *item = &bleeding->item[i];
    if (!reaches(bed, channel))
      continue;
    expect_hits(bed, channel, item->hits);
    double probability = -expm1(-sum_of(item->hits));
    bleeding->channels_bleeding_expected += probability;
    shed += shed_by(item->hits, bleeding->shed);
    if (draw) {
      percuta_bleeding_draw_hits(draw, channel, item->hits);
      probability = sum_of(item->hits) > 0;
    }
    item->bleed_probability = probability;
    bleeding->channels_bleeding += probability;
  }
  bleeding->shed_per_area_expected = shed / (width * width);
}

enum percuta_status percuta_bleeding_compute(const struct percuta_bed *bed,
                                             const struct percuta_channels *channels, double width,
                                             enum percuta_vessels_drawn vessels, uint64_t seed,
                                             struct percuta_bleeding *out) {
  struct percuta_draw_patch *draw = NULL;
  enum percuta_status status = PERCUTA_OK;
  if (vessels == PERCUTA_VESSELS_DRAWN)
    status = percuta_bleeding_draw_create(bed, width, seed, &draw);
  struct percuta_bleeding bleeding = {.count = channels->count, .vessels = vessels};
  bleeding.item = calloc(channels->count ? channels->count : 1, sizeof *bleeding.item);
  if (status == PERCUTA_OK && !bleeding.item)
    status = PERCUTA_MEMORY;
  if (status != PERCUTA_OK) {
    percuta_bleeding_draw_destroy(&draw);
    free(bleeding.item);
    return status;
  }
  for (int k = 0; k < PERCUTA_VESSELS; k++)
    bleeding.shed[k] = bed->shed[k];
  cut_vessels(bed, draw, channels, width, &bleeding);
  percuta_bleeding_draw_destroy(&draw);
  fill_channels(channels, width, &bleeding);
  *out = bleeding;
  return PERCUTA_OK;
}

void percuta_bleeding_prolong(const struct percuta_channels *channels, double width, double factor,
                              struct percuta_bleeding *bleeding) {
  if (factor == 1)
    return;
  for (int k = 0; k < PERCUTA_VESSELS; k++)
    bleeding->shed[k] *= factor;
  bleeding->shed_per_area_expected *= factor;
  fill_channels(channels, width, bleeding);
}

void percuta_bleeding_clear(struct percuta_bleeding *bleeding) {
  free(bleeding->item);
  *bleeding = (struct percuta_bleeding){0};
}
