/* What strikes of a course meet alike, with the balance at every kind of place.
 * Theory: docs/theory/insertion.md. Tests: tests/unit/test_channel.c, test_insertion.c. */
#include "insertion/setting.h"

#include <math.h>
#include <stdlib.h>

#include "device/device.h"
#include "device/strikes.h"

enum { PLACES = 16 }; /* a side */

/* Mean recess [m] that needles meet, over a lattice of places. */
static double mean_gap(const struct percuta_ground *ground, double width) {
  double sum = 0;
  for (int j = 0; j < PLACES; j++)
    for (int i = 0; i < PLACES; i++)
      sum +=
          percuta_insertion_spot_at(ground, (i + 0.5) * width / PLACES, (j + 0.5) * width / PLACES)
              .gap;
  return sum / (PLACES * PLACES);
}

/* Numbers of a straight needle on skin of mean thickness: flat, but for the interval of its depth,
 * which lies where the mean recess is. */
static void describe(const struct percuta_insertion_model *model,
                     const struct percuta_ensemble *ensemble, const struct percuta_needle *needle,
                     const struct percuta_hand *hand, struct percuta_insertion_setting *setting) {
  const struct percuta_puncture_law *law = &model->law;
  const struct percuta_contact *contact = &model->contact;
  setting->needles_in_contact = hand->needles;
  setting->force_per_needle = hand->force / percuta_insertion_hand_deepest(hand, law->arc_share);
  setting->puncture_force = percuta_insertion_puncture_opening(law, contact, needle);
  setting->bearing_force = percuta_insertion_puncture_bearing(law, needle, contact, hand);
  setting->mean = percuta_insertion_puncture_solve(law, needle, contact, hand);
  setting->parts = percuta_insertion_puncture_steady(law, contact, needle, setting->mean.depth);
  setting->slit_share =
      setting->parts.slit / percuta_insertion_puncture_needle_radius(needle, setting->mean.depth);
  struct percuta_needle reaching = *needle;
  setting->gap = mean_gap(&setting->ground, setting->width);
  reaching.length = fmax(0, needle->length - setting->gap);
  setting->interval = percuta_insertion_uncertainty_compute(ensemble, &reaching, hand);
}

/* Everything that asks the draws. */
static enum percuta_status solve(const struct percuta_insertion_model *model,
                                 const struct percuta_scenario *scenario,
                                 struct percuta_insertion_setting *setting) {
  const struct percuta_device *device = &scenario->device;
  const struct percuta_needle needle = percuta_device_worn_needle(device);
  const struct percuta_hand hand = percuta_insertion_hand_of(scenario);
  struct percuta_ensemble ensemble;
  const enum percuta_status status = percuta_insertion_draws_apply(
      &model->draws, &model->law, &model->contact, model->speed_ratio, &ensemble);
  if (status != PERCUTA_OK)
    return status;
  describe(model, &ensemble, &needle, &hand, setting);
  percuta_insertion_spot_tabulate(device, model, &ensemble, &setting->ground, 0, &hand,
                                  &setting->table[0]);
  if (device->needle.bent_share > 0)
    percuta_insertion_spot_tabulate(device, model, &ensemble, &setting->ground,
                                    device->needle.bend_angle, &hand, &setting->table[1]);
  percuta_insertion_draws_clear(&ensemble);
  return PERCUTA_OK;
}

enum percuta_status percuta_insertion_setting_create(const struct percuta_insertion_model *model,
                                                     const struct percuta_scenario *scenario,
                                                     double width,
                                                     struct percuta_insertion_setting **out) {
  struct percuta_insertion_setting *setting = calloc(1, sizeof *setting);
  if (!setting)
    return PERCUTA_MEMORY;
  setting->law = model->law;
  setting->seed = scenario->model.seed;
  setting->width = width;
  setting->sweep = percuta_device_strikes_sweep(&scenario->device, scenario->session.slip);
  enum percuta_status status =
      percuta_insertion_spot_survey(model, scenario, width, &setting->ground);
  if (status == PERCUTA_OK)
    status = solve(model, scenario, setting);
  if (status != PERCUTA_OK) {
    percuta_insertion_setting_destroy(&setting);
    return status;
  }
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
