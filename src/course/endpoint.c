/* The stopping rule "until blood appears": the directions are gone over once, twice, ... until a
 * channel of the first session overflows. Test: tests/cli/passes.sh. */
#include "course/endpoint.h"

#include "bleeding/bleeding.h"
#include "device/strikes.h"
#include "insertion/setting.h"
#include "skin/skin.h"

/* What the endpoint is looked for with. */
struct search {
  struct percuta_scenario scenario; /* with fewer passes; owns nothing */
  struct percuta_bed bed;
  struct percuta_insertion_setting *insertion; /* owned */
  double width;
};

static enum percuta_status bleeds(struct search *search, bool *out) {
  const struct percuta_scenario *scenario = &search->scenario;
  struct percuta_strikes strikes = {0};
  struct percuta_channels channels = {0};
  struct percuta_bleeding bleeding = {0};
  PERCUTA_TRY(percuta_device_strikes_compute(scenario, 0, search->width, &strikes));
  enum percuta_status status =
      percuta_insertion_channel_compute(search->insertion, &strikes, &channels);
  percuta_device_strikes_clear(&strikes);
  if (status == PERCUTA_OK)
    status = percuta_bleeding_compute(&search->bed, &channels, search->width,
                                      percuta_bleeding_vessels(scenario), scenario->model.seed,
                                      &bleeding);
  *out = bleeding.pinpoint_bleeding;
  percuta_bleeding_clear(&bleeding);
  percuta_insertion_channel_clear(&channels);
  return status;
}

static enum percuta_status open_search(const struct percuta_scenario *scenario,
                                       struct percuta_diag *diag, struct search *out) {
  struct percuta_skin skin;
  struct percuta_insertion_model model;
  const struct percuta_parameter *window =
      percuta_base_parameters_find(scenario->parameters, "course.column_window");
  *out = (struct search){.scenario = *scenario, .width = scenario->model.patch_width};
  if (scenario->model.fidelity != PERCUTA_PATCH && window != NULL)
    out->width = window->value_si;
  PERCUTA_TRY(percuta_skin_read(scenario, diag, &skin));
  PERCUTA_TRY(percuta_bleeding_bed_read(scenario, &skin, diag, &out->bed));
  PERCUTA_TRY(percuta_insertion_model_read(scenario, &skin, diag, &model));
  return percuta_insertion_setting_create(&model, scenario, out->width, &out->insertion);
}

enum percuta_status percuta_course_endpoint_find(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag, int *out) {
  const struct percuta_session *session = &scenario->session;
  struct search search;
  bool enough = false;
  PERCUTA_TRY(open_search(scenario, diag, &search));
  enum percuta_status status = PERCUTA_OK;
  int times = 0;
  while (status == PERCUTA_OK && !enough && times < session->repeat) {
    search.scenario.session.repeat = ++times;
    status = bleeds(&search, &enough);
  }
  percuta_insertion_setting_destroy(&search.insertion);
  if (status == PERCUTA_OK)
    *out = times;
  return status;
}
