/* Passes: motions that a device cannot make, and how many there are where blood ends them.
 * Tests: tests/cli/passes.sh, tests/robustness. */
#include "input/passes.h"

#include <stdio.h>

#include "course/endpoint.h"

static void report(const struct percuta_resolve *resolve, int index, const char *what,
                   const char *allowed) {
  const struct percuta_given_entry *given =
      &resolve->given->key[percuta_input_keys_find("session.passes")];
  const struct percuta_yaml_node *item = given->node ? given->node->child : NULL;
  char path[64];
  for (int i = 0; i < index && item != NULL; i++)
    item = item->next;
  const struct percuta_yaml_node *node = percuta_base_yaml_get(item, "motion");
  struct percuta_place place = given->place;
  if (node != NULL && place.column > 0)
    place = (struct percuta_place){place.file, node->line, node->column};
  snprintf(path, sizeof path, "session.passes[%d].motion", index);
  percuta_base_diag_add(resolve->diag,
                        &(struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                                  .place = place,
                                                  .key = path,
                                                  .what = what,
                                                  .given = node ? node->text : given->node->text,
                                                  .allowed = allowed});
}

void percuta_input_passes_check(const struct percuta_resolve *resolve) {
  const struct percuta_session *session = &resolve->scenario->session;
  const enum percuta_device_kind kind = resolve->scenario->device.kind;
  if (!resolve->valid[percuta_input_keys_find("session.passes")] ||
      !resolve->valid[percuta_input_keys_find("device.kind")])
    return;
  for (int i = 0; i < session->pass_count; i++) {
    const enum percuta_hand_motion motion = session->passes[i].motion;
    if (motion == PERCUTA_MOTION_STAMPING && kind != PERCUTA_PEN)
      report(resolve, i,
             kind == PERCUTA_ROLLER ? "a roller rolls" : "a stamp or array is put down as it is",
             "stamping only with device.kind pen");
    if (motion == PERCUTA_MOTION_CIRCULAR && kind != PERCUTA_PEN && kind != PERCUTA_ROLLER)
      report(resolve, i, "a stamp or array is put down, not moved",
             "circular only with device.kind roller or pen");
  }
}

enum percuta_status percuta_input_passes_settle(struct percuta_scenario *scenario,
                                                struct percuta_diag *diag) {
  if (scenario->session.until == PERCUTA_UNTIL_PASSES)
    return PERCUTA_OK;
  return percuta_course_endpoint_find(scenario, diag, &scenario->session.repeat);
}
