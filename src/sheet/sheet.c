/* Gathers the sheet: device, needle in place, sites, ages, forces, wear, strikes, vessels,
 * published rows. Tests: tests/unit/test_sheet.c, tests/cli/device.sh. */
#include "sheet/sheet.h"

#include <stdio.h>
#include <stdlib.h>

#include "device/device.h"
#include "sheet/place.h"
#include "sheet/rows.h"
#include "sheet/strikes.h"
#include "sheet/vessels.h"
#include "sheet/words.h"

/* Whether the scenario says a property of the device other than its preset does. */
static bool is_changed(const struct percuta_scenario *scenario) {
  struct percuta_sheet_property property;
  const struct percuta_sheet as_filed = {.scenario = scenario};
  for (int i = 0; percuta_sheet_words_property(&as_filed, i, &property); i++)
    if (property.changed)
      return true;
  return false;
}

static void describe(const struct percuta_scenario *scenario, struct percuta_sheet *sheet) {
  struct percuta_entry entry;
  const char *name = scenario->path;
  sheet->speed = percuta_device_needle_speed(&scenario->device, &scenario->session);
  sheet->draws = PERCUTA_DRAWS;
  if (percuta_catalogue_find(scenario->catalogue, PERCUTA_DEVICES, scenario->device.preset, NULL,
                             &entry)) {
    name = percuta_base_yaml_text(entry.root, "name", "");
    snprintf(sheet->known, sizeof sheet->known, "%s",
             percuta_base_yaml_text(entry.root, "known", ""));
    snprintf(sheet->source, sizeof sheet->source, "%s",
             percuta_base_yaml_text(entry.root, "source", ""));
  }
  if (*scenario->title != '\0')
    snprintf(sheet->name, sizeof sheet->name, "%s", scenario->title);
  else
    snprintf(sheet->name, sizeof sheet->name, "%s%s", name,
             *scenario->device.preset && is_changed(scenario) ? ", changed" : "");
}

/* All that is read off the device under the sheet's own conditions. */
static enum percuta_status fill_base(const struct percuta_scenario *scenario,
                                     const struct percuta_insertion_setting *setting,
                                     struct percuta_diag *diag, struct percuta_sheet *sheet) {
  sheet->base.base = true;
  percuta_sheet_place_read(scenario, setting, &sheet->base);
  sheet->needles_in_contact = setting->needles_in_contact;
  sheet->strike_spread = setting->law.depth_spread;
  percuta_sheet_strikes_fill(scenario, sheet);
  percuta_sheet_vessels_layers(&sheet->skin, sheet);
  return percuta_sheet_vessels_fill(scenario, setting, diag, sheet);
}

enum percuta_status percuta_sheet_make(const struct percuta_scenario *scenario,
                                       struct percuta_diag *diag, struct percuta_sheet **out) {
  struct percuta_sheet *sheet = calloc(1, sizeof *sheet);
  struct percuta_insertion_setting *setting = NULL;
  if (sheet == NULL)
    return PERCUTA_MEMORY;
  sheet->scenario = scenario;
  describe(scenario, sheet);
  enum percuta_status status = percuta_sheet_place_prepare(scenario, diag, &sheet->skin, &setting);
  if (status == PERCUTA_OK)
    status = fill_base(scenario, setting, diag, sheet);
  percuta_insertion_setting_destroy(&setting);
  if (status == PERCUTA_OK)
    status = percuta_sheet_place_vary(scenario, diag, sheet);
  if (status == PERCUTA_OK)
    status = percuta_sheet_rows_find(scenario, diag, sheet);
  if (status == PERCUTA_OK)
    *out = sheet;
  else
    percuta_sheet_destroy(&sheet);
  return status;
}

void percuta_sheet_destroy(struct percuta_sheet **sheet) {
  if (*sheet == NULL)
    return;
  for (int s = 0; s < PERCUTA_SHEET_STAGES; s++)
    percuta_validate_evidence_clear(&(*sheet)->evidence[s]);
  free((*sheet)->row);
  free(*sheet);
  *sheet = NULL;
}
