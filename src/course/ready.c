/* What a run reads beforehand (plan.c), read when a scenario is, so that `check` and `run` refuse
 * the same. Test: tests/cli/products.sh. */
#include "course/ready.h"

#include <stdio.h>

#include "bleeding/bed.h"
#include "catalogue/citations.h"
#include "clot/blood.h"
#include "healing/cascade.h"
#include "insertion/model.h"
#include "outcome/law.h"
#include "transport/numbing.h"

static enum percuta_status read_blood(const struct percuta_scenario *scenario,
                                      struct percuta_diag *diag) {
  struct percuta_blood blood;
  const enum percuta_status status = percuta_clot_blood_read(scenario, false, diag, &blood);
  if (status == PERCUTA_OK)
    percuta_clot_blood_clear(&blood);
  return status;
}

static enum percuta_status read_stages(const struct percuta_scenario *scenario,
                                       const struct percuta_skin *skin, struct percuta_diag *diag) {
  const struct percuta_layout layout = percuta_healing_layout_make(scenario);
  struct percuta_insertion_model insertion;
  struct percuta_bed bed;
  struct percuta_outcome_law law;
  struct percuta_reseal reseal;
  struct percuta_cascade cascade;
  PERCUTA_TRY(percuta_insertion_model_read(scenario, skin, diag, &insertion));
  PERCUTA_TRY(percuta_bleeding_bed_read(scenario, skin, diag, &bed));
  PERCUTA_TRY(percuta_outcome_law_read(scenario, diag, &law));
  PERCUTA_TRY(percuta_transport_reseal_read(scenario, skin, diag, &reseal));
  PERCUTA_TRY(percuta_healing_cascade_read(&layout, scenario->parameters, skin, diag, &cascade));
  return read_blood(scenario, diag);
}

/* Every active of the product `id`, which is on the skin by `key`. */
static enum percuta_status follow_product(const struct percuta_scenario *scenario,
                                          struct percuta_diag *diag,
                                          const struct percuta_penetration_model *model,
                                          const struct percuta_skin *skin, const char *key,
                                          const char *id) {
  struct percuta_product product;
  const char *wrong = "";
  char what[256];
  enum percuta_status status = percuta_substance_product_read(scenario, id, diag, &product);
  for (int i = 0; status == PERCUTA_OK && i < product.active_count; i++) {
    status = percuta_transport_penetration_possible(model, skin, &product, i, &wrong);
    snprintf(what, sizeof what, "`%.60s` in `%.60s` cannot be followed: %.100s",
             product.active[i].compound.id, id, wrong);
    if (status == PERCUTA_BAD_INPUT)
      percuta_base_diag_add(
          diag,
          &(struct percuta_mistake){
              .code = PERCUTA_CODE_NOT_COVERED,
              .place = {.file = scenario->path},
              .key = key,
              .what = what,
              .given = id,
              .hint = "its file, or a parameter of the skin, says what no molecule and skin have"});
  }
  return status;
}

static enum percuta_status follow_products(const struct percuta_scenario *scenario,
                                           struct percuta_diag *diag,
                                           const struct percuta_skin *skin) {
  const struct percuta_session *session = &scenario->session;
  const char *cream = session->numbing.product;
  struct percuta_numbing_model model;
  if (session->product_count == 0 && *cream == '\0')
    return PERCUTA_OK;
  PERCUTA_TRY(percuta_transport_numbing_model_read(scenario, diag, &model));
  if (*cream != '\0')
    PERCUTA_TRY(
        follow_product(scenario, diag, &model.penetration, skin, "session.numbing.product", cream));
  for (int i = 0; i < session->product_count; i++)
    PERCUTA_TRY(follow_product(scenario, diag, &model.penetration, skin, "session.topicals",
                               session->products[i].product));
  return PERCUTA_OK;
}

/* The works that a result cites: the report is written last, and should not fail then. */
static enum percuta_status read_works(const struct percuta_scenario *scenario,
                                      struct percuta_diag *diag) {
  struct percuta_citations *works = NULL;
  PERCUTA_TRY(percuta_catalogue_citations_create(scenario->catalogue, diag, &works));
  percuta_catalogue_citations_destroy(&works);
  return PERCUTA_OK;
}

enum percuta_status percuta_course_ready_check(const struct percuta_scenario *scenario,
                                               struct percuta_diag *diag) {
  struct percuta_skin skin;
  PERCUTA_TRY(percuta_skin_read(scenario, diag, &skin));
  PERCUTA_TRY(read_stages(scenario, &skin, diag));
  PERCUTA_TRY(read_works(scenario, diag));
  return follow_products(scenario, diag, &skin);
}
