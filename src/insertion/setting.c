/* All needles that touch the skin at a time share the hand's force:
 *   F = hand's force / n,   n = max(1, rings 2 theta0/pitch) of a roller, else all
 * Theory: docs/theory/insertion.md. Tests: tests/unit/test_channel.c, test_insertion.c. */
#include "insertion/setting.h"

#include <math.h>
#include <stdlib.h>

#include "device/device.h"
#include "device/strikes.h"

static const double PI = 3.14159265358979323846;

double percuta_insertion_setting_needles(const struct percuta_device *device) {
  if (device->kind != PERCUTA_ROLLER)
    return device->needles;
  double length = percuta_device_worn_needle(device).length;
  double angle = percuta_device_strikes_entry_angle(device->drum_diameter / 2, length);
  double pitch = 2 * PI / device->needles_per_ring;
  return fmax(1, 2 * angle / pitch * device->rings);
}

enum percuta_status percuta_insertion_setting_create(const struct percuta_insertion_model *model,
                                                     const struct percuta_scenario *scenario,
                                                     double width,
                                                     struct percuta_insertion_setting **out) {
  const struct percuta_device *device = &scenario->device;
  const struct percuta_needle needle = percuta_device_worn_needle(device);
  struct percuta_insertion_setting *setting = calloc(1, sizeof *setting);
  if (!setting)
    return PERCUTA_MEMORY;
  setting->law = model->law;
  setting->seed = scenario->model.seed;
  setting->width = width;
  setting->sweep = percuta_device_strikes_sweep(device, scenario->session.slip);
  setting->needles_in_contact = percuta_insertion_setting_needles(device);
  setting->force_per_needle = scenario->session.force / setting->needles_in_contact;
  setting->puncture_force = percuta_insertion_puncture_limit(&model->law, needle.tip_radius);
  setting->interval =
      percuta_insertion_uncertainty_compute(model, &needle, setting->force_per_needle);
  const enum percuta_status status =
      percuta_insertion_spot_survey(model, scenario, width, &setting->ground);
  if (status != PERCUTA_OK) {
    free(setting);
    return status;
  }
  for (int bent = 0; bent < 2; bent++)
    percuta_insertion_spot_tabulate(scenario, model, &setting->ground,
                                    bent ? device->needle.bend_angle : 0, setting->force_per_needle,
                                    &setting->table[bent]);
  *out = setting;
  return PERCUTA_OK;
}

void percuta_insertion_setting_destroy(struct percuta_insertion_setting **setting) {
  if (!*setting)
    return;
  percuta_insertion_spot_clear(&(*setting)->ground);
  free(*setting);
  *setting = NULL;
}
