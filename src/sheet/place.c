/* Depth, opening and force are those of a run: insertion's setting, with the medians of the joint
 * draws; the interval is the middle 90 % of the draws, as a run writes it. Theory:
 * docs/theory/insertion.md. Test: tests/cli/device.sh. */
#include "sheet/place.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "device/device.h"

static const double NORMAL_90 = 1.6448536269514722;  /* middle 90 % of normal numbers */
static const double NORMAL_999 = 3.0902323061678132; /* below which 999 of 1000 lie */

enum percuta_status percuta_sheet_place_prepare(const struct percuta_scenario *scenario,
                                                struct percuta_diag *diag,
                                                struct percuta_skin *skin,
                                                struct percuta_insertion_setting **setting) {
  struct percuta_insertion_model model;
  PERCUTA_TRY(percuta_skin_read(scenario, diag, skin));
  PERCUTA_TRY(percuta_insertion_model_read(scenario, skin, diag, &model));
  return percuta_insertion_setting_create(&model, scenario, scenario->model.patch_width, setting);
}

/* A share of `count` draws, and what so few leave open of it (Wilson's interval). */
static struct percuta_sheet_number share_of(double share, int count) {
  const double z2 = NORMAL_90 * NORMAL_90 / count;
  const double middle = (share + z2 / 2) / (1 + z2);
  const double half = NORMAL_90 / (1 + z2) * sqrt(share * (1 - share) / count + z2 / (4 * count));
  return (struct percuta_sheet_number){share, fmax(0, fmin(share, middle - half)),
                                       fmin(1, fmax(share, middle + half))};
}

/* The value of a run with the interval of the draws, which holds it. */
static struct percuta_sheet_number number_of(double value, double low, double high) {
  return (struct percuta_sheet_number){value, fmin(value, low), fmax(value, high)};
}

void percuta_sheet_place_read(const struct percuta_scenario *scenario,
                              const struct percuta_insertion_setting *setting,
                              struct percuta_sheet_place *place) {
  const struct percuta_spot spot = {.gap = setting->gap};
  const struct percuta_spot_rest rest = percuta_insertion_spot_look_up(&setting->table[0], &spot);
  const struct percuta_uncertainty *interval = &setting->interval;
  const struct percuta_puncture_law *law = &setting->law;
  place->length = percuta_device_worn_needle(&scenario->device).length;
  place->opening =
      number_of(setting->puncture_force, interval->opening_low, interval->opening_high);
  place->bearing = number_of(setting->bearing_force, interval->bearing_low, interval->bearing_high);
  place->entry = share_of(interval->breaks_share, PERCUTA_DRAWS);
  if (!(place->entry.value > 0) || !(rest.puncture.depth > 0))
    return;
  const double depth = rest.puncture.depth;
  place->depth = number_of(depth, interval->depth_low, interval->depth_high);
  place->open =
      number_of(fmin(depth, law->open_depth), interval->residual_low, interval->residual_high);
  place->width = number_of(2 * law->open_width *
                               percuta_insertion_puncture_needle_radius(&rest.upright, depth),
                           interval->width_low, interval->width_high);
  place->touches = rest.puncture.touches;
  place->stopped = rest.puncture.stopped;
  place->deepest = place->depth.high;
  if (!place->stopped)
    place->deepest = fmin(place->length, place->deepest * exp(NORMAL_999 * law->depth_spread));
}

enum percuta_status percuta_sheet_place_fill(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag,
                                             struct percuta_sheet_place *place) {
  struct percuta_skin skin;
  struct percuta_insertion_setting *setting = NULL;
  const enum percuta_status status = percuta_sheet_place_prepare(scenario, diag, &skin, &setting);
  if (status == PERCUTA_OK)
    percuta_sheet_place_read(scenario, setting, place);
  percuta_insertion_setting_destroy(&setting);
  return status;
}

/* Steps of a quantity, with the sheet's own among them, in their order; how many. */
static int list_steps(const double *usual, int count, double own, double *out) {
  int n = 0;
  bool placed = false;
  for (int i = 0; i < count; i++) {
    const bool same = fabs(usual[i] - own) <= 1e-6 * fabs(own);
    if (!placed && (same || own < usual[i])) {
      out[n++] = own;
      placed = true;
    }
    if (!same)
      out[n++] = usual[i];
  }
  if (!placed)
    out[n++] = own;
  return n;
}

static enum percuta_status vary_site(const struct percuta_scenario *scenario,
                                     struct percuta_diag *diag, struct percuta_sheet *sheet) {
  const char *id = NULL;
  struct percuta_entry entry;
  for (size_t i = 0; percuta_catalogue_at(scenario->catalogue, PERCUTA_SITES, i, &id, &entry) &&
                     sheet->sites < PERCUTA_SHEET_SITES;
       i++) {
    struct percuta_sheet_place *place = &sheet->site[sheet->sites++];
    struct percuta_scenario there = *scenario; /* owns nothing */
    char site[64];
    snprintf(site, sizeof site, "%s", id);
    snprintf(place->label, sizeof place->label, "%s", id);
    place->base = strcmp(id, scenario->site) == 0;
    there.site = site;
    if (!place->base)
      there.layers = (struct percuta_layers){0}; /* measured at the sheet's own site */
    PERCUTA_TRY(percuta_sheet_place_fill(&there, diag, place));
  }
  return PERCUTA_OK;
}

static enum percuta_status vary_age(const struct percuta_scenario *scenario,
                                    struct percuta_diag *diag, struct percuta_sheet *sheet) {
  static const double usual[] = {20 * PERCUTA_YEAR, 30 * PERCUTA_YEAR, 45 * PERCUTA_YEAR,
                                 60 * PERCUTA_YEAR, 75 * PERCUTA_YEAR, 90 * PERCUTA_YEAR};
  double age[PERCUTA_SHEET_STEPS];
  sheet->ages = list_steps(usual, sizeof usual / sizeof *usual, scenario->person.age, age);
  for (int i = 0; i < sheet->ages; i++) {
    struct percuta_sheet_place *place = &sheet->age[i];
    struct percuta_scenario then = *scenario; /* owns nothing */
    then.person.age = place->at = age[i];
    place->base = age[i] == scenario->person.age;
    snprintf(place->label, sizeof place->label, "%.3g years", age[i] / PERCUTA_YEAR);
    PERCUTA_TRY(percuta_sheet_place_fill(&then, diag, place));
  }
  return PERCUTA_OK;
}

static enum percuta_status vary_force(const struct percuta_scenario *scenario,
                                      struct percuta_diag *diag, struct percuta_sheet *sheet) {
  static const double usual[] = {0.5, 1, 2, 3, 5, 10, 20};
  double force[PERCUTA_SHEET_STEPS];
  sheet->forces = list_steps(usual, sizeof usual / sizeof *usual, scenario->session.force, force);
  for (int i = 0; i < sheet->forces; i++) {
    struct percuta_sheet_place *place = &sheet->force[i];
    struct percuta_scenario pressed = *scenario; /* owns nothing */
    pressed.session.force = place->at = force[i];
    place->base = force[i] == scenario->session.force;
    snprintf(place->label, sizeof place->label, "%.3g N", force[i]);
    PERCUTA_TRY(percuta_sheet_place_fill(&pressed, diag, place));
  }
  return PERCUTA_OK;
}

/* As far as a cone is left that is half the needle long. */
static enum percuta_status vary_wear(const struct percuta_scenario *scenario,
                                     struct percuta_diag *diag, struct percuta_sheet *sheet) {
  static const double usual[] = {0, 2e-6, 5e-6, 10e-6, 20e-6};
  double wear[PERCUTA_SHEET_STEPS];
  const int count =
      list_steps(usual, sizeof usual / sizeof *usual, scenario->device.needle.wear, wear);
  for (int i = 0; i < count; i++) {
    struct percuta_sheet_place *place = &sheet->wear[sheet->wears];
    struct percuta_scenario worn = *scenario; /* owns nothing */
    worn.device.needle.wear = wear[i];
    const bool base = wear[i] == scenario->device.needle.wear;
    if (!base &&
        percuta_device_worn_needle(&worn.device).length < scenario->device.needle.length / 2)
      continue;
    place->at = wear[i];
    place->base = base;
    snprintf(place->label, sizeof place->label, "%.3g um", wear[i] / PERCUTA_UM);
    PERCUTA_TRY(percuta_sheet_place_fill(&worn, diag, place));
    sheet->wears++;
  }
  return PERCUTA_OK;
}

enum percuta_status percuta_sheet_place_vary(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag,
                                             struct percuta_sheet *sheet) {
  PERCUTA_TRY(vary_site(scenario, diag, sheet));
  PERCUTA_TRY(vary_age(scenario, diag, sheet));
  PERCUTA_TRY(vary_force(scenario, diag, sheet));
  return vary_wear(scenario, diag, sheet);
}
