/* What a device, its needles and the vessels they cut come to under the conditions of a study.
 * Tests: tests/unit/test_validate.c, tests/cli/validate.sh. */
#include <math.h>

#include "bleeding/bleeding.h"
#include "insertion/puncture.h"
#include "validate/predictor.h"
#include "validate/punctures.h"

enum { BISECTIONS = 50 };

/* Means over the channels that opened something new; zeros without any. */
struct left_open {
  double depth, diameter; /* [m] */
};

static enum percuta_status open_channels(const struct percuta_scenario *scenario,
                                         struct percuta_diag *diag, struct left_open *out) {
  struct percuta_skin skin;
  struct percuta_channels channels = {0};
  enum percuta_status status = percuta_skin_read(scenario, diag, &skin);
  if (status == PERCUTA_OK)
    status = percuta_validate_punctures_make(scenario, &skin, diag, &channels);
  struct left_open sum = {0};
  size_t opened = 0;
  for (size_t i = 0; i < channels.count; i++) {
    const struct percuta_channel *channel = &channels.item[i];
    if (!channel->penetrated || channel->reentered)
      continue;
    opened++;
    sum.depth += channel->residual_depth;
    sum.diameter += 2 * channel->residual_radius_surface;
  }
  if (status == PERCUTA_OK && opened > 0)
    *out = (struct left_open){sum.depth / (double)opened, sum.diameter / (double)opened};
  percuta_insertion_channel_clear(&channels);
  return status;
}

enum percuta_status percuta_validate_injury_residual_depth(const struct percuta_scenario *scenario,
                                                           struct percuta_diag *diag,
                                                           struct percuta_prediction *out) {
  struct left_open left = {0};
  enum percuta_status status = open_channels(scenario, diag, &left);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){left.depth, NAN, NAN};
  return status;
}

enum percuta_status
percuta_validate_injury_residual_diameter(const struct percuta_scenario *scenario,
                                          struct percuta_diag *diag,
                                          struct percuta_prediction *out) {
  struct left_open left = {0};
  enum percuta_status status = open_channels(scenario, diag, &left);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){left.diameter, NAN, NAN};
  return status;
}

enum percuta_status percuta_validate_injury_strike_density(const struct percuta_scenario *scenario,
                                                           struct percuta_diag *diag,
                                                           struct percuta_prediction *out) {
  (void)diag;
  struct percuta_strikes strikes = {0};
  double width = scenario->model.patch_width;
  enum percuta_status status = percuta_device_strikes_compute(scenario, 0, width, &strikes);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){(double)strikes.count / (width * width), NAN, NAN};
  percuta_device_strikes_clear(&strikes);
  return status;
}

/* What the predictions for a single needle need. */
struct alone {
  struct percuta_puncture_law law;
  struct percuta_skin skin;
  struct percuta_contact contact;
};

static enum percuta_status read_needle(const struct percuta_scenario *scenario,
                                       struct percuta_diag *diag, struct alone *out) {
  enum percuta_status status = percuta_insertion_puncture_read(scenario, diag, &out->law);
  if (status == PERCUTA_OK)
    status = percuta_skin_read(scenario, diag, &out->skin);
  if (status == PERCUTA_OK)
    status = percuta_insertion_contact_read(scenario, &out->skin, diag, &out->contact);
  return status;
}

enum percuta_status percuta_validate_injury_puncture_force(const struct percuta_scenario *scenario,
                                                           struct percuta_diag *diag,
                                                           struct percuta_prediction *out) {
  struct alone alone;
  enum percuta_status status = read_needle(scenario, diag, &alone);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){
        percuta_insertion_puncture_limit(&alone.law, scenario->device.needle.tip_radius), NAN, NAN};
  return status;
}

/* Held at the displacement at which it breaks the skin, a needle goes as deep as the skin springs
 * back: to the balance of a needle as long as that displacement, pushed as hard as it takes. */
enum percuta_status percuta_validate_injury_break_depth(const struct percuta_scenario *scenario,
                                                        struct percuta_diag *diag,
                                                        struct percuta_prediction *out) {
  struct alone alone;
  enum percuta_status status = read_needle(scenario, diag, &alone);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_needle needle = scenario->device.needle;
  double limit = percuta_insertion_puncture_limit(&alone.law, needle.tip_radius);
  double displacement = percuta_insertion_puncture_deflection(&needle, &alone.contact, limit);
  needle.length = fmin(needle.length, displacement);
  struct percuta_puncture rest =
      percuta_insertion_puncture_solve(&alone.law, &needle, &alone.contact, limit);
  *out = (struct percuta_prediction){rest.depth, NAN, NAN};
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_injury_buried_share(const struct percuta_scenario *scenario,
                                                         struct percuta_diag *diag,
                                                         struct percuta_prediction *out) {
  struct alone alone;
  enum percuta_status status = read_needle(scenario, diag, &alone);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_needle *needle = &scenario->device.needle;
  struct percuta_puncture rest =
      percuta_insertion_puncture_solve(&alone.law, needle, &alone.contact, scenario->session.force);
  *out = (struct percuta_prediction){rest.depth / needle->length, NAN, NAN};
  return PERCUTA_OK;
}

/* Probability that a channel of this needle, `depth` deep and without a tear, cuts a vessel. */
static enum percuta_status bleeds(const struct percuta_scenario *scenario,
                                  const struct percuta_skin *skin, double depth,
                                  struct percuta_diag *diag, double *out) {
  const struct percuta_needle *needle = &scenario->device.needle;
  struct percuta_channel channel = {.penetrated = true,
                                    .depth = depth,
                                    .radius_surface =
                                        percuta_insertion_puncture_needle_radius(needle, depth),
                                    .radius_tip = needle->tip_radius,
                                    .cylinder_depth = fmax(0, depth - needle->taper)};
  struct percuta_channels channels = {.item = &channel, .count = 1, .penetrated = 1};
  struct percuta_bleeding bleeding = {0};
  struct percuta_bed bed;
  enum percuta_status status = percuta_bleeding_bed_read(scenario, skin, diag, &bed);
  if (status == PERCUTA_OK)
    status = percuta_bleeding_compute(&bed, &channels, scenario->model.patch_width,
                                      PERCUTA_VESSELS_EXPECTED, 0, &bleeding);
  if (status == PERCUTA_OK)
    *out = bleeding.item[0].bleed_probability;
  percuta_bleeding_clear(&bleeding);
  return status;
}

enum percuta_status percuta_validate_injury_bleeding_onset(const struct percuta_scenario *scenario,
                                                           struct percuta_diag *diag,
                                                           struct percuta_prediction *out) {
  struct percuta_skin skin;
  enum percuta_status status = percuta_skin_read(scenario, diag, &skin);
  double dry = 0, bleeding = scenario->device.needle.length;
  for (int i = 0; i < BISECTIONS && status == PERCUTA_OK; i++) {
    double depth = (dry + bleeding) / 2, probability = 0;
    status = bleeds(scenario, &skin, depth, diag, &probability);
    if (probability < 0.5)
      dry = depth;
    else
      bleeding = depth;
  }
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){bleeding, NAN, NAN};
  return status;
}
