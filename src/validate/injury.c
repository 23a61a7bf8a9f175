/* What a device, its needles and the vessels they cut come to under the conditions of a study.
 * Tests: tests/unit/test_validate.c, tests/cli/validate.sh. */
#include <math.h>

#include "bleeding/spread.h"
#include "insertion/model.h"
#include "insertion/uncertainty.h"
#include "validate/predictor.h"
#include "validate/punctures.h"

enum { BISECTIONS = 50 };

static const double ALONE =
    1; /* [m] side of skin on which a puncture shares its supply with none */

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
  struct percuta_hand hand;
};

static enum percuta_status read_needle(const struct percuta_scenario *scenario,
                                       struct percuta_diag *diag, struct alone *out) {
  enum percuta_status status = percuta_insertion_puncture_read(scenario, diag, &out->law);
  if (status == PERCUTA_OK)
    status = percuta_skin_read(scenario, diag, &out->skin);
  if (status == PERCUTA_OK)
    status = percuta_insertion_contact_read(scenario, &out->skin, diag, &out->contact);
  out->hand = percuta_insertion_hand_of(scenario);
  return status;
}

enum percuta_status percuta_validate_injury_puncture_force(const struct percuta_scenario *scenario,
                                                           struct percuta_diag *diag,
                                                           struct percuta_prediction *out) {
  struct alone alone;
  enum percuta_status status = read_needle(scenario, diag, &alone);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){
        percuta_insertion_puncture_drop(&alone.law, &alone.contact, &scenario->device.needle), NAN,
        NAN};
  return status;
}

/* The middle 90 % of the joint draws, which say more than those of each parameter by itself. */
static enum percuta_status interval_of(const struct percuta_scenario *scenario,
                                       const struct alone *alone, struct percuta_diag *diag,
                                       struct percuta_uncertainty *out) {
  struct percuta_insertion_model model;
  struct percuta_ensemble ensemble;
  enum percuta_status status = percuta_insertion_model_read(scenario, &alone->skin, diag, &model);
  if (status == PERCUTA_OK)
    status = percuta_insertion_draws_apply(&model.draws, &model.law, &model.contact,
                                           model.speed_ratio, &ensemble);
  if (status != PERCUTA_OK)
    return status;
  *out = percuta_insertion_uncertainty_compute(&ensemble, &scenario->device.needle, &alone->hand);
  percuta_insertion_draws_clear(&ensemble);
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_injury_depth(const struct percuta_scenario *scenario,
                                                  struct percuta_diag *diag,
                                                  struct percuta_prediction *out) {
  struct alone alone;
  struct percuta_uncertainty interval;
  enum percuta_status status = read_needle(scenario, diag, &alone);
  if (status == PERCUTA_OK)
    status = interval_of(scenario, &alone, diag, &interval);
  if (status != PERCUTA_OK)
    return status;
  const struct percuta_puncture rest = percuta_insertion_puncture_solve(
      &alone.law, &scenario->device.needle, &alone.contact, &alone.hand);
  *out = (struct percuta_prediction){rest.depth, interval.depth_low, interval.depth_high};
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_injury_buried_share(const struct percuta_scenario *scenario,
                                                         struct percuta_diag *diag,
                                                         struct percuta_prediction *out) {
  const enum percuta_status status = percuta_validate_injury_depth(scenario, diag, out);
  const double length = scenario->device.needle.length;
  out->value /= length;
  out->low /= length;
  out->high /= length;
  return status;
}

/* Probability that a needle gets in, on flat skin. */
enum percuta_status percuta_validate_injury_chance(const struct percuta_scenario *scenario,
                                                   struct percuta_diag *diag,
                                                   struct percuta_prediction *out) {
  struct alone alone;
  struct percuta_uncertainty interval;
  enum percuta_status status = read_needle(scenario, diag, &alone);
  if (status == PERCUTA_OK)
    status = interval_of(scenario, &alone, diag, &interval);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){interval.breaks_share, NAN, NAN};
  return status;
}

/* What a channel of this needle, `depth` deep, sheds [m^3], and the probability that it cuts a
 * vessel. */
struct shed {
  double probability, volume, low, high;
};

/* Without a tear; of depths between those of `interval`, or NULL where depth is given. */
static enum percuta_status bleeds(const struct percuta_scenario *scenario,
                                  const struct alone *alone, double depth,
                                  const struct percuta_uncertainty *interval,
                                  struct percuta_diag *diag, struct shed *out) {
  const struct percuta_needle *needle = &scenario->device.needle;
  const double radius = percuta_insertion_puncture_needle_radius(needle, depth);
  struct percuta_channel channel = {
      .penetrated = true,
      .depth = depth,
      .radius_surface = radius,
      .radius_tip = needle->tip_radius,
      .cylinder_depth = fmax(0, depth - needle->taper),
      .slit_share =
          percuta_insertion_puncture_steady(&alone->law, &alone->contact, needle, depth).slit /
          radius,
      .damage_width = alone->law.damage_width};
  struct percuta_channels channels = {.item = &channel, .count = 1, .penetrated = 1};
  if (interval)
    channels.interval = *interval;
  struct percuta_bleeding bleeding = {0};
  struct percuta_bed bed;
  enum percuta_status status = percuta_bleeding_bed_read(scenario, &alone->skin, diag, &bed);
  if (status == PERCUTA_OK)
    status =
        percuta_bleeding_compute(&bed, &channels, ALONE, PERCUTA_VESSELS_EXPECTED, 0, &bleeding);
  if (status == PERCUTA_OK && interval)
    status = percuta_bleeding_spread_compute(scenario, &alone->skin, 1, &channels, ALONE, diag,
                                             &bleeding);
  if (status == PERCUTA_OK)
    *out = (struct shed){.probability = bleeding.item[0].bleed_probability,
                         .volume = bleeding.shed_volume,
                         .low = bleeding.spread.shed_low * ALONE * ALONE,
                         .high = bleeding.spread.shed_high * ALONE * ALONE};
  percuta_bleeding_clear(&bleeding);
  return status;
}

enum percuta_status percuta_validate_injury_bleeding_onset(const struct percuta_scenario *scenario,
                                                           struct percuta_diag *diag,
                                                           struct percuta_prediction *out) {
  struct alone alone;
  enum percuta_status status = read_needle(scenario, diag, &alone);
  double dry = 0, bleeding = scenario->device.needle.length;
  for (int i = 0; i < BISECTIONS && status == PERCUTA_OK; i++) {
    const double depth = (dry + bleeding) / 2;
    struct shed shed = {0};
    status = bleeds(scenario, &alone, depth, NULL, diag, &shed);
    if (shed.probability < 0.5)
      dry = depth;
    else
      bleeding = depth;
  }
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){bleeding, NAN, NAN};
  return status;
}

enum percuta_status percuta_validate_injury_shed(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_prediction *out) {
  struct alone alone;
  struct percuta_uncertainty interval;
  struct shed shed = {0};
  enum percuta_status status = read_needle(scenario, diag, &alone);
  if (status == PERCUTA_OK)
    status = interval_of(scenario, &alone, diag, &interval);
  if (status == PERCUTA_OK) {
    const double depth = percuta_insertion_puncture_solve(&alone.law, &scenario->device.needle,
                                                          &alone.contact, &alone.hand)
                             .depth;
    status = bleeds(scenario, &alone, depth, &interval, diag, &shed);
  }
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){shed.volume, shed.low, shed.high};
  return status;
}
