/* Who, where, with what and for how long; test: tests/unit/test_report.c. */
#include <math.h>

#include "base/units.h"
#include "device/device.h"
#include "report/chapters.h"
#include "report/say.h"

static const char *plural(double count) {
  return count == 1 ? "" : "s";
}

static void tell_device(struct percuta_paragraph *text, const struct percuta_device *device) {
  static const char *const noun[] = {[PERCUTA_ROLLER] = "roller",
                                     [PERCUTA_STAMP] = "stamp",
                                     [PERCUTA_PEN] = "motorised pen",
                                     [PERCUTA_ARRAY] = "patch array"};
  const int needles = percuta_device_needle_count(device);
  GO_ON(text,
        "a {scenario.device.kind:text} with {:count} needle{:text} of "
        "{scenario.device.needle.length:3 mm}",
        T(noun[device->kind]), N(needles), T(plural(needles)),
        N(device->needle.length / PERCUTA_MM));
}

static void tell_passes(struct percuta_paragraph *text, const struct percuta_session *session) {
  const bool one = session->pass_count == 1;
  GO_ON(text, ": {:spelt} direction{:text}", N(session->pass_count),
        T(plural(session->pass_count)));
  if (session->repeat == 1)
    GO_ON(text, ", once{:text}", T(one ? "" : " each"));
  else
    GO_ON(text, ", {scenario.session.repeat:count} times{:text}", N(session->repeat),
          T(one ? "" : " each"));
  GO_ON(text, ", at {scenario.session.force:3 N} and {scenario.session.speed:3 cm/s};",
        N(session->force), N(session->speed * 100));
}

static void tell_piece(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_scenario *scenario = page->record->scenario;
  if (scenario->preparation == PERCUTA_DERMATOMED)
    GO_ON(text, ", dermatomed to {scenario.skin.dermatomed_thickness:3 µm}",
          N(scenario->dermatomed_thickness / PERCUTA_UM));
  else if (scenario->preparation == PERCUTA_EPIDERMIS)
    GO_ON_ONLY(text, ", its epidermis peeled off the dermis after heat");
  else
    GO_ON(text, ", excised in full thickness, {:3 mm}",
          N(percuta_skin_layer_top(page->record->skin, PERCUTA_HYPODERMIS) / PERCUTA_MM));
}

static void tell_cell(struct percuta_paragraph *text, const struct percuta_franz_cell *cell) {
  if (cell->receptor == PERCUTA_RECEPTOR_SINK) {
    GO_ON_ONLY(text, " then in a diffusion cell over a perfect sink.");
    return;
  }
  GO_ON(text,
        " then in a diffusion cell over {scenario.franz_cell.volume:3 ml} of fluid at pH "
        "{scenario.franz_cell.pH:3}, {scenario.franz_cell.area:3 cm²} wide",
        N(cell->volume / 1e-6), N(cell->pH), N(cell->area / 1e-4));
  if (cell->sample_times.count > 0)
    GO_ON(
        text,
        ", of which {scenario.franz_cell.sample_volume:3 ml} {:text} replaced {:spelt} time{:text}",
        N(cell->sample / 1e-6), T(cell->sample_times.count == 1 ? "is" : "are"),
        N(cell->sample_times.count), T(plural(cell->sample_times.count)));
  GO_ON_ONLY(text, ".");
}

void percuta_report_lead_tell(struct percuta_paragraph *text, const struct percuta_page *page) {
  const struct percuta_scenario *scenario = page->record->scenario;
  const struct percuta_skin *skin = page->record->skin;
  SAY(text,
      "The {scenario.skin.site:inner} of a {scenario.person.age:3}-year-old "
      "{scenario.person.sex:text}",
      T(skin->site_name), N(floor(scenario->person.age / PERCUTA_YEAR + 1e-6)),
      T(percuta_scenario_sex_words(scenario->person.sex)));
  if (!percuta_report_condition_is_healthy(scenario))
    GO_ON(text, " ({scenario.skin.condition.kind:inner})", T(skin->condition_name));
  if (!percuta_scenario_is_alive(scenario))
    tell_piece(text, page);
  GO_ON_ONLY(text, ", treated with ");
  tell_device(text, &scenario->device);
  tell_passes(text, &scenario->session);
  if (!percuta_scenario_is_alive(scenario)) {
    tell_cell(text, &scenario->franz_cell);
    return;
  }
  GO_ON(text,
        " {course.sessions_given:spelt} session{:text}, followed for {course.follow_up_d:months}.",
        N(page->given), T(plural(page->given)), N(scenario->course.follow_up));
  if (scenario->person.draw == PERCUTA_DRAW_SAMPLED)
    SAY_ONLY(text, "This person’s skin was drawn from the published spread; others differ.");
}
