/* Numb depth, pain and plasma under the numbing cream of a study.
 * Test: tests/unit/test_numbing_rows.c. */
#include <math.h>
#include <string.h>

#include "device/device.h"
#include "input/preset.h"
#include "outcome/comfort.h"
#include "validate/predictor.h"
#include "validate/punctures.h"

static const double AT_ONCE = 0; /* nothing is asked for after the needles, or the cream */

/* A cream on the skin of a study, followed. Not to be moved once filled. */
struct under_cream {
  struct percuta_skin skin;
  struct percuta_numbing numbing;
};

static enum percuta_status mistake(struct percuta_diag *diag, const char *key, const char *what) {
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                                        .place = {.file = "data/evidence"},
                                                        .key = key,
                                                        .what = what});
  return PERCUTA_BAD_INPUT;
}

/* Punctures close more slowly while the cream's film covers them. */
static void cover(const struct percuta_numbing_plan *plan, const struct percuta_product *product,
                  struct percuta_reseal *reseal) {
  const bool film = plan->occluded == PERCUTA_COVER_USUAL
                        ? product->occluded
                        : plan->occluded == PERCUTA_COVER_OCCLUDED;
  if (film)
    reseal->covered = fmax(reseal->covered, plan->apply > 0 ? plan->apply : product->contact);
}

/* Follows the cream for `follow` [s] after the needles, or after itself when they came first;
 * negative: as long as the table says. Release with percuta_transport_numbing_clear also on
 * mistakes. */
static enum percuta_status apply(const struct percuta_scenario *scenario, double follow,
                                 struct percuta_diag *diag, struct under_cream *out) {
  const struct percuta_numbing_plan *plan = &scenario->session.numbing;
  const bool needled = plan->order == PERCUTA_NEEDLES_FIRST;
  struct percuta_numbing_model model;
  struct percuta_product product;
  struct percuta_reseal reseal;
  struct percuta_needled_bores bores = {0};
  const char *wrong = "";
  enum percuta_status status = percuta_transport_numbing_model_read(scenario, diag, &model);
  if (status == PERCUTA_OK)
    status = percuta_substance_product_read(scenario, plan->product, diag, &product);
  if (status == PERCUTA_OK)
    status = percuta_skin_read(scenario, diag, &out->skin);
  if (status == PERCUTA_OK)
    status = percuta_transport_reseal_read(scenario, &out->skin, diag, &reseal);
  if (status == PERCUTA_OK && needled)
    status = percuta_validate_punctures_bores(scenario, &out->skin, true, diag, &bores);
  if (status == PERCUTA_OK) {
    const struct percuta_penetration_setting setting = {.skin = &out->skin,
                                                        .reseal = &reseal,
                                                        .bores = needled ? &bores : NULL,
                                                        .fidelity = PERCUTA_COLUMN};
    cover(plan, &product, &reseal);
    model.follow = follow < 0 ? model.follow : follow;
    status =
        percuta_transport_numbing_compute(&setting, &model, plan, &product, &out->numbing, &wrong);
    if (status == PERCUTA_BAD_INPUT)
      mistake(diag, "session.numbing", wrong);
  }
  percuta_transport_needled_clear(&bores);
  return status;
}

enum percuta_status
percuta_validate_numbing_pain_free_depth(const struct percuta_scenario *scenario,
                                         struct percuta_diag *diag,
                                         struct percuta_prediction *out) {
  struct under_cream cream = {.numbing = {0}};
  const enum percuta_status status = apply(scenario, AT_ONCE, diag, &cream);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){cream.numbing.pain_free_depth, NAN, NAN};
  percuta_transport_numbing_clear(&cream.numbing);
  return status;
}

/* When numbing has come down to the top of the dermis; the time that the cream is on when it has
 * not by then. */
static double onset(const struct percuta_numbing *numbing) {
  return numbing->onset >= 0 ? numbing->onset : numbing->penetration.plan.apply;
}

enum percuta_status percuta_validate_numbing_onset(const struct percuta_scenario *scenario,
                                                   struct percuta_diag *diag,
                                                   struct percuta_prediction *out) {
  struct under_cream cream = {.numbing = {0}};
  const enum percuta_status status = apply(scenario, AT_ONCE, diag, &cream);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){onset(&cream.numbing), NAN, NAN};
  percuta_transport_numbing_clear(&cream.numbing);
  return status;
}

/* Pain of the scenario's needles in skin under this cream. */
static enum percuta_status feel(const struct percuta_scenario *scenario,
                                const struct under_cream *cream, struct percuta_diag *diag,
                                struct percuta_prediction *out) {
  struct percuta_channels channels = {0};
  struct percuta_outcome_law law;
  PERCUTA_TRY(percuta_outcome_law_read(scenario, diag, &law));
  PERCUTA_TRY(percuta_validate_punctures_make(scenario, &cream->skin, diag, &channels));
  const struct percuta_comfort comfort = percuta_outcome_comfort_compute(
      &law, &cream->skin, &scenario->device, &channels, &cream->numbing, NULL);
  *out = (struct percuta_prediction){comfort.known ? comfort.vas_numbed : 0, NAN, NAN};
  percuta_insertion_channel_clear(&channels);
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_numbing_pain(const struct percuta_scenario *scenario,
                                                  struct percuta_diag *diag,
                                                  struct percuta_prediction *out) {
  struct under_cream cream = {.numbing = {0}};
  enum percuta_status status = apply(scenario, AT_ONCE, diag, &cream);
  if (status == PERCUTA_OK)
    status = feel(scenario, &cream, diag, out);
  percuta_transport_numbing_clear(&cream.numbing);
  return status;
}

/* The scenario is the needling before the cream; `text`, "then=PRESET", names the needles that come
 * as soon as the cream is off. */
enum percuta_status percuta_validate_numbing_pain_again(const struct percuta_scenario *scenario,
                                                        const char *text, struct percuta_diag *diag,
                                                        struct percuta_prediction *out) {
  static const char THEN[] = "then=";
  struct percuta_entry preset;
  struct under_cream cream = {.numbing = {0}};
  struct percuta_scenario later = *scenario;
  if (strncmp(text, THEN, strlen(THEN)) != 0 ||
      percuta_input_preset_read(scenario->catalogue, text + strlen(THEN), diag, &later.device,
                                &preset) != PERCUTA_OK)
    return mistake(diag, text, "names no device");
  enum percuta_status status = apply(scenario, AT_ONCE, diag, &cream);
  if (status == PERCUTA_OK) {
    struct percuta_numbing *numbing = &cream.numbing;
    percuta_transport_numbing_levels(&numbing->penetration, numbing->penetration.count - 1,
                                     &numbing->levels);
    numbing->needles_first = false; /* seen from the needles that are felt */
    status = feel(&later, &cream, diag, out);
  }
  percuta_transport_numbing_clear(&cream.numbing);
  return status;
}

/* How long the top of the dermis stays numb once the cream is off; to the end of the time followed
 * when it is still numb then. */
enum percuta_status percuta_validate_numbing_duration(const struct percuta_scenario *scenario,
                                                      struct percuta_diag *diag,
                                                      struct percuta_prediction *out) {
  struct under_cream cream = {.numbing = {0}};
  const enum percuta_status status = apply(scenario, PERCUTA_DAY, diag, &cream);
  const struct percuta_numbing *numbing = &cream.numbing;
  if (status == PERCUTA_OK) {
    const double off = numbing->penetration.plan.apply;
    const double end = numbing->end >= 0 ? numbing->end : off + PERCUTA_DAY;
    *out = (struct percuta_prediction){numbing->onset >= 0 ? fmax(0, end - off) : 0, NAN, NAN};
  }
  percuta_transport_numbing_clear(&cream.numbing);
  return status;
}

/* The largest level in plasma of the anaesthetic `name`. */
static enum percuta_status plasma(const struct percuta_scenario *scenario, const char *name,
                                  struct percuta_diag *diag, struct percuta_prediction *out) {
  struct under_cream cream = {.numbing = {0}};
  enum percuta_status status = apply(scenario, -1, diag, &cream);
  const struct percuta_penetration *penetration = &cream.numbing.penetration;
  int which = 0;
  while (which < penetration->active_count &&
         strcmp(penetration->active[which].of.compound.id, name) != 0)
    which++;
  if (status == PERCUTA_OK && which == penetration->active_count)
    status = mistake(diag, scenario->session.numbing.product, "does not hold the anaesthetic");
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){cream.numbing.active[which].plasma_most, NAN, NAN};
  percuta_transport_numbing_clear(&cream.numbing);
  return status;
}

enum percuta_status
percuta_validate_numbing_plasma_lidocaine(const struct percuta_scenario *scenario,
                                          struct percuta_diag *diag,
                                          struct percuta_prediction *out) {
  return plasma(scenario, "lidocaine", diag, out);
}

enum percuta_status
percuta_validate_numbing_plasma_prilocaine(const struct percuta_scenario *scenario,
                                           struct percuta_diag *diag,
                                           struct percuta_prediction *out) {
  return plasma(scenario, "prilocaine", diag, out);
}

/* Of all anaesthetics put on, a day after the cream is off. */
enum percuta_status percuta_validate_numbing_absorbed(const struct percuta_scenario *scenario,
                                                      struct percuta_diag *diag,
                                                      struct percuta_prediction *out) {
  struct under_cream cream = {.numbing = {0}};
  const enum percuta_status status = apply(scenario, PERCUTA_DAY, diag, &cream);
  double blood = 0, applied = 0;
  for (int i = 0; status == PERCUTA_OK && i < cream.numbing.penetration.active_count; i++) {
    blood += cream.numbing.penetration.active[i].blood;
    applied += cream.numbing.penetration.active[i].applied;
  }
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){blood / applied, NAN, NAN};
  percuta_transport_numbing_clear(&cream.numbing);
  return status;
}
