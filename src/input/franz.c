/* A piece that the knife can cut from this skin, samples that the cell holds.
 * Tests: tests/robustness, tests/unit/test_scenario.c. */
#include "input/franz.h"

#include <stdio.h>

#include "input/value.h"
#include "skin/skin.h"

static const double ML = 1e-6; /* [m^3] */

static bool valid(const struct percuta_resolve *resolve, const char *path) {
  return resolve->valid[percuta_input_keys_find(path)];
}

static void report(const struct percuta_resolve *resolve, const char *key, const char *what,
                   const char *allowed, const char *hint) {
  const struct percuta_given_entry *given = &resolve->given->key[percuta_input_keys_find(key)];
  const struct percuta_key *of = percuta_input_keys_at((size_t)percuta_input_keys_find(key));
  char room[PERCUTA_KEYS_TEXT];
  const char *text =
      given->node ? percuta_input_value_of_node(of, given->node, room, sizeof room) : NULL;
  const struct percuta_place nowhere = {resolve->given->file, 1, 1};
  percuta_base_diag_add(resolve->diag,
                        &(struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                                  .place = given->node ? given->place : nowhere,
                                                  .key = key,
                                                  .what = what,
                                                  .given = text,
                                                  .allowed = allowed,
                                                  .hint = hint});
}

static void check_samples(const struct percuta_resolve *resolve) {
  const struct percuta_franz_cell *cell = &resolve->scenario->franz_cell;
  char what[128], allowed[128];
  if (!valid(resolve, "franz_cell.volume") || !valid(resolve, "franz_cell.sample_volume") ||
      !valid(resolve, "franz_cell.sample_times"))
    return;
  if (cell->sample > cell->volume) {
    snprintf(what, sizeof what, "%g ml is more than the receptor holds", cell->sample / ML);
    snprintf(allowed, sizeof allowed, "up to franz_cell.volume, %g ml", cell->volume / ML);
    report(resolve, "franz_cell.sample_volume", what, allowed, NULL);
  }
  if (cell->sample > 0 && cell->sample_times.count == 0)
    report(resolve, "franz_cell.sample_volume", "does nothing without franz_cell.sample_times",
           "with at least one time", NULL);
  if (cell->sample_times.count > 0 && !(cell->sample > 0))
    report(resolve, "franz_cell.sample_times", "do nothing without franz_cell.sample_volume",
           "with a volume above 0", NULL);
  if (cell->sample_times.count > 0 && !(cell->sample_times.item[0] > 0))
    report(resolve, "franz_cell.sample_times", "begin before anything can be in the receptor",
           "times above 0", NULL);
}

/* A dermatomed piece holds all of the epidermis and some of the dermis. */
static enum percuta_status check_thickness(const struct percuta_resolve *resolve) {
  const double thickness = resolve->scenario->dermatomed_thickness, um = PERCUTA_UM;
  struct percuta_skin skin;
  char what[128], allowed[128];
  if (!valid(resolve, "skin.dermatomed_thickness") || percuta_base_diag_count(resolve->diag) > 0)
    return PERCUTA_OK;
  PERCUTA_TRY(percuta_skin_read(resolve->scenario, resolve->diag, &skin));
  const double top = percuta_skin_layer_top(&skin, PERCUTA_PAPILLARY_DERMIS);
  const double bottom = percuta_skin_layer_top(&skin, PERCUTA_HYPODERMIS);
  if (thickness > top && thickness <= bottom)
    return PERCUTA_OK;
  snprintf(what, sizeof what, "%g um is %s", thickness / um,
           thickness > top ? "thicker than this skin without its fat"
                           : "no thicker than its epidermis");
  snprintf(allowed, sizeof allowed, "more than %.4g and up to %.4g um here", top / um, bottom / um);
  report(resolve, "skin.dermatomed_thickness", what, allowed,
         thickness > top ? "skin.preparation full-thickness takes all of it"
                         : "skin.preparation epidermis takes that alone");
  return PERCUTA_OK;
}

/* The patch's solver works by iteration, which a fluid that mixes at once spoils. */
static void check_solver(const struct percuta_resolve *resolve) {
  const struct percuta_scenario *scenario = resolve->scenario;
  if (valid(resolve, "franz_cell.receptor") && valid(resolve, "model.permeation") &&
      scenario->franz_cell.receptor == PERCUTA_RECEPTOR_STIRRED &&
      scenario->model.permeation == PERCUTA_PERMEATION_PATCH)
    report(resolve, "model.permeation", "`patch` cannot follow a stirred receptor",
           "usual, column or channel, or franz_cell.receptor sink", NULL);
}

enum percuta_status percuta_input_franz_check(const struct percuta_resolve *resolve) {
  check_samples(resolve);
  check_solver(resolve);
  return check_thickness(resolve);
}
