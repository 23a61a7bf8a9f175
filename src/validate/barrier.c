/* Permeability of intact skin, of the piece of skin and the compound that a row names.
 * Tests: tests/unit/test_validate.c, tests/cli/validate.sh. */
#include <math.h>

#include "base/laws.h"
#include "validate/predictor.h"
#include "validate/specimen.h"

enum percuta_status percuta_validate_barrier_permeability(const struct percuta_scenario *scenario,
                                                          const char *text,
                                                          struct percuta_diag *diag,
                                                          struct percuta_prediction *out) {
  struct percuta_specimen specimen;
  const enum percuta_status status =
      percuta_validate_specimen_read(text, scenario, diag, &specimen);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_intact_skin skin;
  percuta_transport_intact_layers(&specimen.model, &specimen.compound, &specimen.conditions, &skin);
  const double value = percuta_transport_intact_permeability(&skin, specimen.conditions.excised);
  *out = (struct percuta_prediction){value, NAN, NAN};
  return PERCUTA_OK;
}

enum percuta_status
percuta_validate_barrier_log_permeability(const struct percuta_scenario *scenario, const char *text,
                                          struct percuta_diag *diag,
                                          struct percuta_prediction *out) {
  const enum percuta_status status =
      percuta_validate_barrier_permeability(scenario, text, diag, out);
  if (status == PERCUTA_OK)
    out->value = log10(out->value / PERCUTA_LAWS_CM);
  return status;
}

enum percuta_status
percuta_validate_barrier_tissue_diffusivity(const struct percuta_scenario *scenario,
                                            const char *text, struct percuta_diag *diag,
                                            struct percuta_prediction *out) {
  struct percuta_specimen specimen;
  const enum percuta_status status =
      percuta_validate_specimen_read(text, scenario, diag, &specimen);
  if (status != PERCUTA_OK)
    return status;
  struct percuta_viable_tissue tissue;
  percuta_transport_viable_compute(&specimen.model.viable, &specimen.compound,
                                   specimen.model.molecule.ion_neutral_share, &tissue);
  const bool epidermis = specimen.conditions.removed[PERCUTA_INTACT_DERMIS];
  *out = (struct percuta_prediction){epidermis ? tissue.epidermis_diffusivity : tissue.diffusivity,
                                     NAN, NAN};
  return PERCUTA_OK;
}
