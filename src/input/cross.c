/* Values that are legal alone and impossible together, each said at its key.
 * Tests: tests/robustness, tests/unit/test_scenario.c. */
#include "input/cross.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "device/device.h"
#include "input/franz.h"
#include "input/passes.h"
#include "input/times.h"
#include "input/value.h"
#include "scenario/calendar.h"
#include "skin/skin.h"

static const double PI = 3.14159265358979323846;

/* What an epidermis can be of the dermis below it: no physics, a net for mistakes. In no skin that
 * was measured is it more, that of the sole and of small animals included. */
static const double THICKEST_EPIDERMIS = 0.5;

static bool valid(const struct percuta_resolve *resolve, const char *path) {
  return resolve->valid[percuta_input_keys_find(path)];
}

/* Whether every key that begins so, and does something here, holds a legal value. */
static bool all_valid(const struct percuta_resolve *resolve, const char *prefix) {
  for (int i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const char *path = percuta_input_keys_at((size_t)i)->path;
    if (strncmp(path, prefix, strlen(prefix)) == 0 && strchr(path, '[') == NULL &&
        !resolve->valid[i] && !resolve->skipped[i])
      return false;
  }
  return true;
}

/* Adds a mistake at its key, or where `other` stands when only that was given. */
static void report_mistake(const struct percuta_resolve *resolve, const char *other,
                           struct percuta_mistake mistake) {
  const struct percuta_given *given = resolve->given;
  const int key = percuta_input_keys_find(mistake.key);
  const struct percuta_given_entry *entry = &given->key[key];
  char room[PERCUTA_KEYS_TEXT];
  if (entry->node != NULL)
    mistake.given = percuta_input_value_of_node(percuta_input_keys_at((size_t)key), entry->node,
                                                room, sizeof room);
  else
    entry = &given->key[percuta_input_keys_find(other)];
  mistake.place = (struct percuta_place){.file = given->file};
  if (entry->node != NULL)
    mistake.place = entry->place;
  percuta_base_diag_add(resolve->diag, &mistake);
}

/* The same of two keys that do not go together. */
static void report(const struct percuta_resolve *resolve, const char *path, const char *other,
                   const char *what, const char *allowed, const char *hint) {
  report_mistake(resolve, other,
                 (struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                          .key = path,
                                          .what = what,
                                          .allowed = allowed,
                                          .hint = hint});
}

static double dermis_of(const struct percuta_skin *skin) {
  return skin->thickness[PERCUTA_PAPILLARY_DERMIS] + skin->thickness[PERCUTA_RETICULAR_DERMIS];
}

/* Thicknesses given for some layers, beside each other and what the atlas has for the rest. */
static enum percuta_status check_layers(const struct percuta_resolve *resolve) {
  const struct percuta_layers *given = &resolve->scenario->layers;
  const double um = PERCUTA_UM;
  struct percuta_skin skin, atlas;
  char what[160], allowed[160], hint[160];
  if ((given->epidermis == 0 && given->dermis == 0) || !all_valid(resolve, "person.") ||
      !all_valid(resolve, "skin."))
    return PERCUTA_OK;
  struct percuta_scenario plain = *resolve->scenario; /* nothing of it is owned here */
  plain.layers.epidermis = plain.layers.dermis = 0;
  PERCUTA_TRY(percuta_skin_read(resolve->scenario, resolve->diag, &skin));
  PERCUTA_TRY(percuta_skin_read(&plain, resolve->diag, &atlas));
  const double epidermis = skin.thickness[PERCUTA_VIABLE_EPIDERMIS], dermis = dermis_of(&skin);
  if (epidermis <= THICKEST_EPIDERMIS * dermis)
    return PERCUTA_OK;
  snprintf(what, sizeof what, "no skin has an epidermis of %.4g um on a dermis of %.4g um",
           epidermis / um, dermis / um);
  snprintf(allowed, sizeof allowed, "an epidermis up to half as thick as the dermis");
  snprintf(hint, sizeof hint, "the atlas has %.3g um on %.3g um here",
           atlas.thickness[PERCUTA_VIABLE_EPIDERMIS] / um, dermis_of(&atlas) / um);
  report(resolve, given->epidermis > 0 ? "skin.layers.epidermis" : "skin.layers.dermis",
         "skin.layers.dermis", what, allowed, hint);
  return PERCUTA_OK;
}

static void check_needle(const struct percuta_resolve *resolve) {
  const struct percuta_needle *needle = &resolve->scenario->device.needle;
  const double mm = PERCUTA_MM, um = PERCUTA_UM;
  char what[128], allowed[128];
  if (valid(resolve, "device.needle.tip_radius") && valid(resolve, "device.needle.base_diameter") &&
      needle->tip_radius >= needle->base_diameter / 2) {
    snprintf(what, sizeof what, "%g um is not finer than the needle's base",
             needle->tip_radius / um);
    snprintf(allowed, sizeof allowed, "below half of device.needle.base_diameter, %g um",
             needle->base_diameter / 2 / um);
    report(resolve, "device.needle.tip_radius", "device.needle.base_diameter", what, allowed, NULL);
  }
  if (valid(resolve, "device.needle.wear") && valid(resolve, "device.needle.tip_radius") &&
      valid(resolve, "device.needle.base_diameter") &&
      needle->tip_radius < needle->base_diameter / 2 &&
      needle->tip_radius + needle->wear >= needle->base_diameter / 2) {
    snprintf(what, sizeof what, "%g um leaves no cone", needle->wear / um);
    snprintf(allowed, sizeof allowed, "below half of base_diameter less tip_radius, %g um",
             (needle->base_diameter / 2 - needle->tip_radius) / um);
    report(resolve, "device.needle.wear", "device.needle.tip_radius", what, allowed, NULL);
  }
  if (valid(resolve, "device.needle.taper") && valid(resolve, "device.needle.length") &&
      needle->taper > needle->length) {
    snprintf(what, sizeof what, "%g mm is longer than the needle", needle->taper / mm);
    snprintf(allowed, sizeof allowed, "at most device.needle.length, %g mm", needle->length / mm);
    report(resolve, "device.needle.taper", "device.needle.length", what, allowed,
           "the whole of a needle may taper: set both to the same length");
  }
}

/* Needles must fit on the drum or head without overlapping. */
static void check_layout(const struct percuta_resolve *resolve) {
  const struct percuta_device *device = &resolve->scenario->device;
  const double diameter = device->needle.base_diameter;
  const bool base = valid(resolve, "device.needle.base_diameter");
  if (base && valid(resolve, "device.needles_per_ring") && valid(resolve, "device.drum_diameter") &&
      device->needles_per_ring * diameter > PI * device->drum_diameter)
    report(resolve, "device.needles_per_ring", "device.drum_diameter",
           "the needles of a ring overlap at the drum",
           "needles_per_ring x base_diameter up to the drum's circumference", NULL);
  if (base && valid(resolve, "device.rings") && valid(resolve, "device.drum_width") &&
      device->rings * diameter > device->drum_width)
    report(resolve, "device.rings", "device.drum_width", "the rings overlap on the drum",
           "rings x base_diameter up to drum_width", NULL);
  if (base && valid(resolve, "device.pitch") && diameter > device->pitch)
    report(resolve, "device.pitch", "device.needle.base_diameter",
           "the needles of the array overlap", "base_diameter up to pitch",
           device->layout == PERCUTA_LAYOUT_RANDOM
               ? "scattered or not, there is no room for them on rows x columns x pitch^2"
               : NULL);
  if (base && valid(resolve, "device.needle.thickness") && device->needle.thickness > diameter)
    report(resolve, "device.needle.thickness", "device.needle.base_diameter",
           "is more than the blade's width", "up to base_diameter, the width", NULL);
  const double head = device->head_diameter * device->head_diameter;
  if (base && valid(resolve, "device.needles") && valid(resolve, "device.head_diameter") &&
      device->needles * diameter * diameter > head)
    report(resolve, "device.needles", "device.head_diameter", "the needles overlap on the head",
           "a total cross-section of needles up to that of the head", NULL);
}

static void check_patch(const struct percuta_resolve *resolve) {
  const struct percuta_scenario *scenario = resolve->scenario;
  const struct percuta_model *model = &scenario->model;
  if (!valid(resolve, "model.patch.width") || !valid(resolve, "model.patch.cell"))
    return;
  const double cells = model->patch_width / model->patch_cell;
  const double whole = fmax(1, round(cells));
  const double width_mm = model->patch_width / PERCUTA_MM;
  const double cell_um = model->patch_cell / PERCUTA_UM;
  char what[160], hint[160];
  if (fabs(cells - whole) > 1e-6 * whole) {
    snprintf(what, sizeof what, "%g mm is not a whole number of cells of %g um", width_mm, cell_um);
    snprintf(hint, sizeof hint, "%.10g mm is", whole * cell_um / 1000);
    report(resolve, "model.patch.width", "model.patch.cell", what, "a multiple of model.patch.cell",
           hint);
  }
  if (!valid(resolve, "model.fidelity") || model->fidelity != PERCUTA_PATCH)
    return;
  if (whole < PERCUTA_CROSS_MIN_CELLS) {
    snprintf(what, sizeof what, "leaves only %g cells along a side", whole);
    snprintf(hint, sizeof hint, "use a smaller model.patch.cell or a wider patch");
    report(resolve, "model.patch.width", "model.patch.cell", what, "at least 4 cells", hint);
  }
  if (whole * whole > PERCUTA_CROSS_MAX_COLUMNS) {
    snprintf(what, sizeof what, "makes %g columns of cells", whole * whole);
    report_mistake(
        resolve, "model.patch.cell",
        (struct percuta_mistake){.code = PERCUTA_CODE_TOO_LARGE,
                                 .key = "model.patch.width",
                                 .what = what,
                                 .allowed = "up to 2e6 columns of cells",
                                 .hint = "use a larger model.patch.cell or a narrower patch"});
  }
  if (valid(resolve, "skin.condition.width") && scenario->condition.width > model->patch_width) {
    snprintf(what, sizeof what, "%g mm is wider than the patch",
             scenario->condition.width / PERCUTA_MM);
    snprintf(hint, sizeof hint, "up to model.patch.width, %g mm", width_mm);
    report(resolve, "skin.condition.width", "model.patch.width", what, hint,
           "make the patch wider, or use model.fidelity column");
  }
}

/* Furrows side by side, at least one of them in the patch. */
static void check_furrows(const struct percuta_resolve *resolve) {
  const struct percuta_condition *condition = &resolve->scenario->condition;
  const struct percuta_model *model = &resolve->scenario->model;
  char what[128], allowed[128];
  if (!valid(resolve, "skin.condition.wavelength"))
    return;
  if (valid(resolve, "skin.condition.width") && condition->width > condition->wavelength) {
    snprintf(what, sizeof what, "%g mm is wider than the distance between furrows",
             condition->width / PERCUTA_MM);
    snprintf(allowed, sizeof allowed, "up to skin.condition.wavelength, %g mm",
             condition->wavelength / PERCUTA_MM);
    report(resolve, "skin.condition.width", "skin.condition.wavelength", what, allowed, NULL);
  }
  if (valid(resolve, "model.fidelity") && model->fidelity == PERCUTA_PATCH &&
      valid(resolve, "model.patch.width") && condition->wavelength > model->patch_width) {
    snprintf(what, sizeof what, "%g mm leaves no whole furrow in the patch",
             condition->wavelength / PERCUTA_MM);
    snprintf(allowed, sizeof allowed, "up to model.patch.width, %g mm",
             model->patch_width / PERCUTA_MM);
    report(resolve, "skin.condition.wavelength", "model.patch.width", what, allowed,
           "make the patch wider");
  }
}

/* Hair is lost where it grows. */
static void check_alopecia(const struct percuta_resolve *resolve) {
  const struct percuta_scenario *scenario = resolve->scenario;
  if (valid(resolve, "skin.condition.kind") && valid(resolve, "skin.site") &&
      strcmp(scenario->condition.kind, "alopecia") == 0 && strcmp(scenario->site, "scalp") != 0)
    report(resolve, "skin.condition.kind", "skin.site", "alopecia changes only hair of the scalp",
           "with skin.site scalp", NULL);
}

static void check_course(const struct percuta_resolve *resolve) {
  const struct percuta_course *course = &resolve->scenario->course;
  if (!percuta_input_times_known(resolve))
    return;
  const bool listed = course->days.count > 0;
  const double last = course->follow_up - percuta_scenario_calendar_rest(course);
  char what[160], allowed[160];
  if (listed && course->days.item[0] > 0)
    report(resolve, "course.days", "course.days", "does not begin with the first session",
           "0 days first, then days after it", NULL);
  if (percuta_scenario_calendar_count(course) > PERCUTA_MOST_SESSIONS) {
    snprintf(what, sizeof what, "makes more than %d sessions", PERCUTA_MOST_SESSIONS);
    report(resolve, "course.then_every", "course.follow_up", what,
           "a longer time, or a shorter course.follow_up", NULL);
  }
  if (course->follow_up > last)
    return;
  snprintf(what, sizeof what, "%g days end before or with the last session",
           course->follow_up / PERCUTA_DAY);
  snprintf(allowed, sizeof allowed, "longer than %s, %g days",
           listed ? "to the last of course.days" : "(sessions - 1) x interval", last / PERCUTA_DAY);
  report(resolve, "course.follow_up", listed ? "course.days" : "course.sessions", what, allowed,
         NULL);
}

/* A second dose goes on while the first is there. Where a time is left to the product, that is
 * known in products.c. */
static bool is_too_late(double again, double apply, char *what, size_t what_size, char *allowed,
                        size_t allowed_size) {
  if (!(again > 0) || !(apply > 0) || again < apply)
    return false;
  const double minute = PERCUTA_HOUR / 60;
  snprintf(what, what_size, "%g min is not before it is taken off", again / minute);
  snprintf(allowed, allowed_size, "below apply, %g min", apply / minute);
  return true;
}

static void check_numbing(const struct percuta_resolve *resolve) {
  const struct percuta_numbing_plan *plan = &resolve->scenario->session.numbing;
  char what[128], allowed[128];
  if (valid(resolve, "session.numbing.again") && valid(resolve, "session.numbing.apply") &&
      is_too_late(plan->again, plan->apply, what, sizeof what, allowed, sizeof allowed))
    report(resolve, "session.numbing.again", "session.numbing.apply", what, allowed, NULL);
}

static void check_products(const struct percuta_resolve *resolve) {
  const struct percuta_session *session = &resolve->scenario->session;
  const struct percuta_given_entry *given =
      &resolve->given->key[percuta_input_keys_find("session.topicals")];
  if (!valid(resolve, "session.topicals") || given->node == NULL)
    return;
  const struct percuta_yaml_node *item = given->node->child;
  for (int i = 0; i < session->product_count; i++, item = item ? item->next : NULL) {
    const struct percuta_product_plan *plan = &session->products[i];
    const struct percuta_yaml_node *node = percuta_base_yaml_get(item, "again");
    char path[64], what[128], allowed[128];
    if (!is_too_late(plan->again, plan->apply, what, sizeof what, allowed, sizeof allowed))
      continue;
    struct percuta_place place = given->place;
    if (node != NULL && place.column > 0)
      place = (struct percuta_place){place.file, node->line, node->column};
    snprintf(path, sizeof path, "session.topicals[%d].again", i);
    percuta_base_diag_add(resolve->diag,
                          &(struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                                    .place = place,
                                                    .key = path,
                                                    .what = what,
                                                    .given = node ? node->text : NULL,
                                                    .allowed = allowed});
  }
}

/* A device that strikes more often than memory can hold is a typing mistake. */
static void check_strikes(const struct percuta_resolve *resolve) {
  const struct percuta_scenario *scenario = resolve->scenario;
  if (!all_valid(resolve, "device.") || !all_valid(resolve, "session.") ||
      !all_valid(resolve, "model."))
    return;
  const struct percuta_session *session = &scenario->session;
  const double per_area =
      percuta_device_strike_density(&scenario->device, session->speed, session->slip);
  const struct percuta_parameter *window =
      percuta_base_parameters_find(scenario->parameters, "course.column_window");
  const bool patch = scenario->model.fidelity == PERCUTA_PATCH || window == NULL;
  const double width = !patch ? window->value_si : scenario->model.patch_width;
  const double strikes = per_area * width * width * session->pass_count * session->repeat;
  if (strikes <= PERCUTA_CROSS_MAX_STRIKES)
    return;
  char what[128];
  snprintf(what, sizeof what, "a session would strike the patch %.2g times", strikes);
  report_mistake(
      resolve, "session.passes",
      (struct percuta_mistake){.code = PERCUTA_CODE_TOO_LARGE,
                               .key = "session.repeat",
                               .what = what,
                               .allowed = "up to 5e6 strikes",
                               .hint = "use fewer passes, a faster device or a narrower patch"});
}

/* Punctures can be followed where they lie only if they lie somewhere. */
static void check_permeation(const struct percuta_resolve *resolve) {
  const struct percuta_model *model = &resolve->scenario->model;
  if (valid(resolve, "model.permeation") && valid(resolve, "model.fidelity") &&
      model->permeation == PERCUTA_PERMEATION_PATCH && model->fidelity != PERCUTA_PATCH)
    report(resolve, "model.permeation", "model.fidelity", "`patch` needs the punctures of a patch",
           "usual, column or channel, or model.fidelity patch", NULL);
}

enum percuta_status percuta_input_cross_check(const struct percuta_resolve *resolve) {
  check_needle(resolve);
  check_layout(resolve);
  check_patch(resolve);
  check_furrows(resolve);
  check_alopecia(resolve);
  check_course(resolve);
  percuta_input_times_check(resolve);
  percuta_input_passes_check(resolve);
  check_numbing(resolve);
  check_products(resolve);
  check_strikes(resolve);
  check_permeation(resolve);
  PERCUTA_TRY(percuta_input_franz_check(resolve));
  return check_layers(resolve);
}
