/* Strikes and channels of one session, and their mean as a bore.
 * Tests: tests/unit/test_permeation_rows.c, test_numbing_rows.c. */
#include "validate/punctures.h"

enum percuta_status percuta_validate_punctures_make(const struct percuta_scenario *scenario,
                                                    const struct percuta_skin *skin,
                                                    struct percuta_diag *diag,
                                                    struct percuta_channels *out) {
  struct percuta_strikes strikes = {0};
  struct percuta_insertion_model model;
  struct percuta_insertion_setting *setting = NULL;
  const double width = scenario->model.patch_width;
  enum percuta_status status = percuta_insertion_model_read(scenario, skin, diag, &model);
  if (status == PERCUTA_OK)
    status = percuta_device_strikes_compute(scenario, 0, width, &strikes);
  if (status == PERCUTA_OK)
    status = percuta_insertion_setting_create(&model, scenario, width, &setting);
  if (status == PERCUTA_OK)
    status = percuta_insertion_channel_compute(setting, &strikes, out);
  percuta_insertion_setting_destroy(&setting);
  percuta_device_strikes_clear(&strikes);
  return status;
}

enum percuta_status percuta_validate_punctures_bores(const struct percuta_scenario *scenario,
                                                     const struct percuta_skin *skin, bool living,
                                                     struct percuta_diag *diag,
                                                     struct percuta_needled_bores *out) {
  struct percuta_channels channels = {0};
  struct percuta_bleeding bleeding = {0};
  struct percuta_bed bed;
  const double width = scenario->model.patch_width;
  enum percuta_status status = percuta_validate_punctures_make(scenario, skin, diag, &channels);
  if (status == PERCUTA_OK && living)
    status = percuta_bleeding_bed_read(scenario, skin, diag, &bed);
  if (status == PERCUTA_OK && living)
    status =
        percuta_bleeding_compute(&bed, &channels, width, PERCUTA_VESSELS_EXPECTED, 0, &bleeding);
  if (status == PERCUTA_OK)
    status = percuta_transport_needled_bores(&channels, living ? &bleeding : NULL, skin, width,
                                             false, out);
  percuta_bleeding_clear(&bleeding);
  percuta_insertion_channel_clear(&channels);
  return status;
}
