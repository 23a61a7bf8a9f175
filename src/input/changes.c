/* course.changes: device and hand of each, after what is in force before it.
 * Tests: tests/unit/test_calendar.c, tests/robustness. */
#include "input/changes.h"

#include <math.h>
#include <stdio.h>

#include "input/preset.h"
#include "input/times.h"
#include "scenario/calendar.h"

/* A mistake at `leaf` of entry `index`, from 0. */
static void report(const struct percuta_resolve *resolve, int index, const char *leaf,
                   const char *what, const char *allowed) {
  const struct percuta_given_entry *given =
      &resolve->given->key[percuta_input_keys_find("course.changes")];
  const struct percuta_yaml_node *item = given->node ? given->node->child : NULL;
  char path[64];
  for (int i = 0; i < index && item != NULL; i++)
    item = item->next;
  const struct percuta_yaml_node *node = percuta_base_yaml_get(item, leaf);
  struct percuta_place place = given->place;
  if (node != NULL && place.column > 0)
    place = (struct percuta_place){place.file, node->line, node->column};
  snprintf(path, sizeof path, "course.changes[%d].%s", index, leaf);
  percuta_base_diag_add(resolve->diag, &(struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                                                 .place = place,
                                                                 .key = path,
                                                                 .what = what,
                                                                 .given = node ? node->text : NULL,
                                                                 .allowed = allowed});
}

/* Needles of another length taper as far as they did, or all along where all of one did. */
static void set_length(struct percuta_needle *needle, double length) {
  const bool all = needle->taper >= needle->length;
  needle->taper = all ? length : fmin(needle->taper, length);
  needle->length = length;
}

static void check_session(const struct percuta_resolve *resolve, int index) {
  const struct percuta_course *course = &resolve->scenario->course;
  const int from = course->changes[index].from;
  char what[96], allowed[96];
  if (index > 0 && from <= course->changes[index - 1].from) {
    snprintf(what, sizeof what, "session %d is not after that of the entry before", from);
    report(resolve, index, "from", what, "entries in the order of sessions, each with its own");
  }
  if (!percuta_input_times_known(resolve) || from <= percuta_scenario_calendar_count(course))
    return;
  snprintf(what, sizeof what, "there is no session %d", from);
  snprintf(allowed, sizeof allowed, "up to %d, the sessions of this course",
           percuta_scenario_calendar_count(course));
  report(resolve, index, "from", what, allowed);
}

enum percuta_status percuta_input_changes_settle(struct percuta_resolve *resolve) {
  struct percuta_course *course = &resolve->scenario->course;
  const struct percuta_device *before = &resolve->scenario->device;
  for (int i = 0; i < course->change_count; i++) {
    struct percuta_change *change = &course->changes[i];
    struct percuta_entry entry;
    change->device = *before;
    if (change->preset != NULL && change->preset[0] != '\0') {
      const enum percuta_status status = percuta_input_preset_read(
          resolve->scenario->catalogue, change->preset, resolve->diag, &change->device, &entry);
      if (status != PERCUTA_OK)
        return status;
      change->device.preset = change->preset;
    } else if (change->needle_length == 0 && change->force == 0 && change->repeat == 0) {
      report(resolve, i, "from", "changes nothing",
             "with a device, needle_length, force or repeat");
    }
    if (change->needle_length > 0)
      set_length(&change->device.needle, change->needle_length);
    check_session(resolve, i);
    before = &change->device;
  }
  return PERCUTA_OK;
}
