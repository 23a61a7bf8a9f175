/* A puncture is shaped as a run shapes it; the vessels it cuts are those of bleeding/, expected.
 * The interval is that of bleeding/spread.c: draws of vessels, of what feeds them, and of the depth
 * where that is the sheet's own. Thicknesses of skin are log-normal, as in skin/person.c. Theory:
 * docs/theory/bleeding.md. Test: tests/cli/device.sh. */
#include "sheet/vessels.h"

#include <math.h>

#include "bleeding/spread.h"
#include "device/device.h"
#include "sheet/place.h"

static const double NORMAL_90 = 1.6448536269514722;
static const double ALONE =
    1; /* [m] side of skin on which a puncture shares its supply with none */

/* The middle 90 % of a thickness between people. */
static struct percuta_sheet_number spread_of(double mean, double sd) {
  const double sigma = sqrt(log1p(sd * sd / (mean * mean)));
  return (struct percuta_sheet_number){mean, mean * exp(-NORMAL_90 * sigma),
                                       mean * exp(NORMAL_90 * sigma)};
}

void percuta_sheet_vessels_layers(const struct percuta_skin *skin, struct percuta_sheet *sheet) {
  static const char *const name[PERCUTA_LAYER_COUNT] = {
      "stratum corneum", "viable epidermis", "papillary dermis", "reticular dermis", "fat"};
  double above = 0, dermis = 0; /* [m^2] variance of the epidermis; [m] deviation of the dermis */
  for (int i = 0; i < PERCUTA_LAYER_COUNT; i++) {
    const double sd = skin->thickness_sd[i];
    const double top = percuta_skin_layer_top(skin, (enum percuta_layer)i);
    sheet->layer[i].name = name[i];
    if (i > 0)
      sheet->layer[i].top = spread_of(top, sqrt(above + dermis * dermis));
    if (i < PERCUTA_PAPILLARY_DERMIS)
      above += sd * sd;
    else
      dermis += sd; /* both parts of it are one measured thickness */
  }
  const struct percuta_sheet_number *fat = &sheet->layer[PERCUTA_HYPODERMIS].top;
  const struct percuta_sheet_number *depth = &sheet->base.depth;
  sheet->to_fat = (struct percuta_sheet_number){fat->value - depth->value, fat->low - depth->high,
                                                fat->high - depth->low};
}

/* Depths to ask for: even steps down to the needle's length and, among them, the sheet's own. */
static int list_depths(const struct percuta_sheet *sheet, double out[PERCUTA_SHEET_DEPTHS]) {
  static const double step[] = {0.05e-3, 0.1e-3, 0.2e-3, 0.25e-3, 0.5e-3, 1e-3};
  const double length = sheet->base.length, own = sheet->base.depth.value;
  size_t s = 0;
  int count = 0;
  while (s + 1 < sizeof step / sizeof *step && length / step[s] > PERCUTA_SHEET_DEPTHS - 1.9)
    s++;
  bool placed = !(own > 0);
  for (int i = 1; count < PERCUTA_SHEET_DEPTHS && i * step[s] < length * 1.0001; i++) {
    const double depth = i * step[s];
    if (!placed && own <= depth) {
      out[count++] = own;
      placed = true;
    }
    if (count < PERCUTA_SHEET_DEPTHS && fabs(depth - own) > 1e-6)
      out[count++] = depth;
  }
  if (!placed && count < PERCUTA_SHEET_DEPTHS)
    out[count++] = own;
  return count;
}

/* One puncture; of depths between those of `interval`, or NULL where the depth is given. */
static enum percuta_status cut(const struct percuta_scenario *scenario,
                               const struct percuta_insertion_setting *setting,
                               const struct percuta_sheet *sheet, const struct percuta_bed *bed,
                               const struct percuta_uncertainty *interval,
                               struct percuta_diag *diag, struct percuta_sheet_vessels *out) {
  const struct percuta_needle needle = percuta_device_worn_needle(&scenario->device);
  struct percuta_channel channel = {.penetrated = true};
  percuta_insertion_channel_shape(setting, &needle, out->depth, setting->law.open_depth, &channel);
  struct percuta_channels channels = {.item = &channel, .count = 1, .penetrated = 1};
  struct percuta_bleeding bleeding = {0};
  if (interval)
    channels.interval = *interval;
  enum percuta_status status =
      percuta_bleeding_compute(bed, &channels, ALONE, PERCUTA_VESSELS_EXPECTED, 0, &bleeding);
  if (status == PERCUTA_OK)
    status = percuta_bleeding_spread_compute(scenario, &sheet->skin, 1, &channels, ALONE, diag,
                                             &bleeding);
  if (status == PERCUTA_OK) {
    const struct percuta_bleeding_spread *spread = &bleeding.spread;
    const double chance = bleeding.item[0].bleed_probability, volume = bleeding.shed_volume;
    for (int k = 0; k < PERCUTA_VESSELS; k++)
      out->hits[k] = bleeding.item[0].hits[k];
    out->bleeding = (struct percuta_sheet_number){chance, fmin(chance, spread->bleeding_low),
                                                  fmax(chance, spread->bleeding_high)};
    out->shed =
        (struct percuta_sheet_number){volume, fmin(volume, spread->shed_low * ALONE * ALONE),
                                      fmax(volume, spread->shed_high * ALONE * ALONE)};
  }
  percuta_bleeding_clear(&bleeding);
  return status;
}

/* Depth at which half of the punctures of this needle cut a vessel. */
static enum percuta_status find_onset(const struct percuta_scenario *scenario,
                                      const struct percuta_insertion_setting *setting,
                                      const struct percuta_bed *bed, double *out) {
  enum { BISECTIONS = 40 };
  const struct percuta_needle needle = percuta_device_worn_needle(&scenario->device);
  double dry = 0, bleeding = needle.length, hits[PERCUTA_VESSELS];
  for (int i = 0; i < BISECTIONS; i++) {
    struct percuta_channel channel = {.penetrated = true};
    const double depth = i == 0 ? bleeding : (dry + bleeding) / 2;
    percuta_insertion_channel_shape(setting, &needle, depth, setting->law.open_depth, &channel);
    const bool bleeds = percuta_bleeding_expect(bed, &channel, hits) >= 0.5;
    if (i == 0 && !bleeds) {
      *out = INFINITY;
      return PERCUTA_OK;
    }
    *(bleeds ? &bleeding : &dry) = depth;
  }
  *out = bleeding;
  return PERCUTA_OK;
}

enum percuta_status percuta_sheet_vessels_fill(const struct percuta_scenario *scenario,
                                               const struct percuta_insertion_setting *setting,
                                               struct percuta_diag *diag,
                                               struct percuta_sheet *sheet) {
  struct percuta_bed bed;
  double depth[PERCUTA_SHEET_DEPTHS];
  PERCUTA_TRY(percuta_bleeding_bed_read(scenario, &sheet->skin, diag, &bed));
  sheet->depths = list_depths(sheet, depth);
  for (int i = 0; i < sheet->depths; i++) {
    struct percuta_sheet_vessels *vessels = &sheet->vessels[i];
    vessels->depth = depth[i];
    vessels->base = depth[i] == sheet->base.depth.value;
    PERCUTA_TRY(cut(scenario, setting, sheet, &bed, vessels->base ? &setting->interval : NULL, diag,
                    vessels));
  }
  return find_onset(scenario, setting, &bed, &sheet->onset);
}
