/* The skin of the scenario's person and site; the published spread between people is the interval
 * where the atlas has one.
 * Tests: tests/unit/test_validate.c, tests/cli/validate.sh. */
#include <math.h>
#include <stdlib.h>

#include "catalogue/listing.h"
#include "skin/site.h"
#include "skin/skin.h"
#include "validate/predictor.h"

static const double DECLINE_FROM = 20 * PERCUTA_YEAR, DECLINE_TO = 74 * PERCUTA_YEAR;

/* Whole thickness of the layers from `first` to `last`, one spread around it. Layers of one source
 * vary together, so that their spreads add. */
static enum percuta_status layers(const struct percuta_scenario *scenario,
                                  struct percuta_diag *diag, enum percuta_layer first,
                                  enum percuta_layer last, struct percuta_prediction *out) {
  struct percuta_skin skin;
  enum percuta_status status = percuta_skin_read(scenario, diag, &skin);
  if (status != PERCUTA_OK)
    return status;
  double whole = 0, spread = 0;
  for (int i = (int)first; i <= (int)last; i++) {
    whole += skin.thickness[i];
    spread += skin.thickness_sd[i];
  }
  *out = (struct percuta_prediction){whole, fmax(0, whole - spread), whole + spread};
  return PERCUTA_OK;
}

/* The same for as many women as men, whom sources on the epidermis pool. */
static enum percuta_status layers_of_both_sexes(const struct percuta_scenario *scenario,
                                                struct percuta_diag *diag, enum percuta_layer first,
                                                enum percuta_layer last,
                                                struct percuta_prediction *out) {
  struct percuta_scenario person = *scenario; /* borrows everything */
  struct percuta_prediction women = {0}, men = {0};
  person.person.sex = PERCUTA_FEMALE;
  enum percuta_status status = layers(&person, diag, first, last, &women);
  person.person.sex = PERCUTA_MALE;
  if (status == PERCUTA_OK)
    status = layers(&person, diag, first, last, &men);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){(women.value + men.value) / 2, (women.low + men.low) / 2,
                                       (women.high + men.high) / 2};
  return status;
}

enum percuta_status percuta_validate_skin_stratum_corneum(const struct percuta_scenario *scenario,
                                                          struct percuta_diag *diag,
                                                          struct percuta_prediction *out) {
  return layers_of_both_sexes(scenario, diag, PERCUTA_STRATUM_CORNEUM, PERCUTA_STRATUM_CORNEUM,
                              out);
}

enum percuta_status percuta_validate_skin_viable_epidermis(const struct percuta_scenario *scenario,
                                                           struct percuta_diag *diag,
                                                           struct percuta_prediction *out) {
  return layers_of_both_sexes(scenario, diag, PERCUTA_VIABLE_EPIDERMIS, PERCUTA_VIABLE_EPIDERMIS,
                              out);
}

enum percuta_status percuta_validate_skin_epidermis(const struct percuta_scenario *scenario,
                                                    struct percuta_diag *diag,
                                                    struct percuta_prediction *out) {
  return layers_of_both_sexes(scenario, diag, PERCUTA_STRATUM_CORNEUM, PERCUTA_VIABLE_EPIDERMIS,
                              out);
}

enum percuta_status percuta_validate_skin_dermis(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_prediction *out) {
  return layers(scenario, diag, PERCUTA_PAPILLARY_DERMIS, PERCUTA_RETICULAR_DERMIS, out);
}

enum percuta_status
percuta_validate_skin_epidermis_of_sites(const struct percuta_scenario *scenario,
                                         struct percuta_diag *diag,
                                         struct percuta_prediction *out) {
  struct percuta_listing sites;
  enum percuta_status status =
      percuta_catalogue_listing_make(scenario->catalogue, PERCUTA_SITES, &sites);
  double sum = 0, least = INFINITY, most = 0;
  if (status != PERCUTA_OK)
    return status;
  for (size_t i = 0; i < sites.count && status == PERCUTA_OK; i++) {
    struct percuta_scenario there = *scenario; /* borrows everything but the site */
    struct percuta_prediction here = {0};
    there.site = sites.entry[i].id;
    status = percuta_validate_skin_epidermis(&there, diag, &here);
    sum += here.value;
    least = fmin(least, here.value);
    most = fmax(most, here.value);
  }
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){sum / (double)sites.count, least, most};
  percuta_catalogue_listing_clear(&sites);
  return status;
}

/* What the atlas has of a quantity on the scale of another method than the model's. */
static enum percuta_status reading(const struct percuta_scenario *scenario, const char *quantity,
                                   const char *method, struct percuta_diag *diag,
                                   struct percuta_prediction *out) {
  struct percuta_measure read;
  enum percuta_status status = percuta_skin_site_reading(scenario, quantity, method, diag, &read);
  if (status == PERCUTA_OK)
    *out =
        (struct percuta_prediction){read.mean, fmax(0, read.mean - read.sd), read.mean + read.sd};
  return status;
}

enum percuta_status
percuta_validate_skin_stratum_corneum_raman(const struct percuta_scenario *scenario,
                                            struct percuta_diag *diag,
                                            struct percuta_prediction *out) {
  return reading(scenario, "stratum_corneum", "raman", diag, out);
}

enum percuta_status
percuta_validate_skin_epidermis_ultrasound(const struct percuta_scenario *scenario,
                                           struct percuta_diag *diag,
                                           struct percuta_prediction *out) {
  return reading(scenario, "epidermis", "ultrasound", diag, out);
}

enum percuta_status percuta_validate_skin_dermis_histology(const struct percuta_scenario *scenario,
                                                           struct percuta_diag *diag,
                                                           struct percuta_prediction *out) {
  return reading(scenario, "dermis", "histology", diag, out);
}

enum percuta_status
percuta_validate_skin_capillary_pressure_occlusion(const struct percuta_scenario *scenario,
                                                   struct percuta_diag *diag,
                                                   struct percuta_prediction *out) {
  return reading(scenario, "capillary_pressure", "venous-occlusion", diag, out);
}

/* A value of the skin without a spread of its own. */
static enum percuta_status read_skin(const struct percuta_scenario *scenario,
                                     struct percuta_diag *diag, struct percuta_skin *skin,
                                     const double *value, struct percuta_prediction *out) {
  enum percuta_status status = percuta_skin_read(scenario, diag, skin);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){*value, NAN, NAN};
  return status;
}

enum percuta_status percuta_validate_skin_loop_density(const struct percuta_scenario *scenario,
                                                       struct percuta_diag *diag,
                                                       struct percuta_prediction *out) {
  struct percuta_skin skin;
  return read_skin(scenario, diag, &skin, &skin.loop_density, out);
}

enum percuta_status
percuta_validate_skin_capillary_pressure(const struct percuta_scenario *scenario,
                                         struct percuta_diag *diag,
                                         struct percuta_prediction *out) {
  struct percuta_skin skin;
  return read_skin(scenario, diag, &skin, &skin.capillary_pressure, out);
}

enum percuta_status percuta_validate_skin_plexus_depth(const struct percuta_scenario *scenario,
                                                       struct percuta_diag *diag,
                                                       struct percuta_prediction *out) {
  struct percuta_skin skin;
  return read_skin(scenario, diag, &skin, &skin.plexus_depth, out);
}

static const double FINE_PROBE = 0.5e-6; /* [m] of MECH-071 */

enum percuta_status percuta_validate_skin_stiffness_fine(const struct percuta_scenario *scenario,
                                                         struct percuta_diag *diag,
                                                         struct percuta_prediction *out) {
  struct percuta_skin skin;
  enum percuta_status status = percuta_skin_read(scenario, diag, &skin);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){percuta_skin_stiffness(&skin, FINE_PROBE), NAN, NAN};
  return status;
}

enum percuta_status percuta_validate_skin_loop_decline(const struct percuta_scenario *scenario,
                                                       struct percuta_diag *diag,
                                                       struct percuta_prediction *out) {
  struct percuta_scenario aged = *scenario; /* borrows everything */
  struct percuta_prediction young = {0}, old = {0};
  aged.person.age = DECLINE_FROM;
  enum percuta_status status = percuta_validate_skin_loop_density(&aged, diag, &young);
  aged.person.age = DECLINE_TO;
  if (status == PERCUTA_OK)
    status = percuta_validate_skin_loop_density(&aged, diag, &old);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){1 - old.value / young.value, NAN, NAN};
  return status;
}

enum percuta_status percuta_validate_skin_loop_ratio(const struct percuta_scenario *scenario,
                                                     struct percuta_diag *diag,
                                                     struct percuta_prediction *out) {
  char hand_site[] = "back-of-hand";
  struct percuta_scenario at_hand = *scenario; /* borrows everything but the site */
  at_hand.site = hand_site;
  struct percuta_prediction hand = {0}, here = {0};
  enum percuta_status status = percuta_validate_skin_loop_density(&at_hand, diag, &hand);
  if (status == PERCUTA_OK)
    status = percuta_validate_skin_loop_density(scenario, diag, &here);
  if (status == PERCUTA_OK)
    *out = (struct percuta_prediction){hand.value / here.value, NAN, NAN};
  return status;
}
