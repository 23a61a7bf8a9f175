/* Sessions, creams and products on one clock: nothing begins after the end of the course, lasts
 * beyond it or into the next session. Sessions that wait until the skin has healed come later,
 * never earlier, than planned here. Tests: tests/robustness, tests/unit/test_scenario.c. */
#include "input/times.h"

#include <stdio.h>
#include <string.h>

#include "scenario/calendar.h"
static const double SAME = 1e-9; /* relative error of a conversion of units */

/* The calendar as planned. */
struct calendar {
  bool known;
  bool again;      /* there is a next session … */
  double interval; /* [s] … after this */
  double rest;     /* [s] from the last session to the end of the course */
};

static bool valid(const struct percuta_resolve *resolve, const char *path) {
  return resolve->valid[percuta_input_keys_find(path)];
}

bool percuta_input_times_known(const struct percuta_resolve *resolve) {
  static const char *const keys[] = {"course.days", "course.sessions", "course.interval",
                                     "course.then_every", "course.follow_up"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const int index = percuta_input_keys_find(keys[i]);
    if (!resolve->valid[index] && !resolve->skipped[index])
      return false;
  }
  return resolve->valid[percuta_input_keys_find("course.follow_up")];
}

static struct calendar read_calendar(const struct percuta_resolve *resolve) {
  const struct percuta_course *course = &resolve->scenario->course;
  struct calendar calendar = {.known = percuta_input_times_known(resolve)};
  if (!calendar.known)
    return calendar;
  calendar.again = percuta_scenario_calendar_count(course) > 1;
  calendar.interval = percuta_scenario_calendar_shortest(course);
  calendar.rest = percuta_scenario_calendar_rest(course);
  calendar.known = calendar.rest > 0; /* else it has been said */
  return calendar;
}

/* A mistake at `leaf` of what stands at `key`, in number `number` of a list or, for 0, below it. */
struct spot {
  const char *key, *leaf;
  int number;
  const struct percuta_yaml_node *item;
};

static void report(const struct percuta_resolve *resolve, const struct spot *spot, const char *what,
                   const char *allowed) {
  char path[96];
  const struct percuta_yaml_node *node = percuta_base_yaml_get(spot->item, spot->leaf);
  if (spot->number > 0)
    snprintf(path, sizeof path, "%s[%d].%s", spot->key, spot->number - 1, spot->leaf);
  else
    snprintf(path, sizeof path, "%s.%s", spot->key, spot->leaf);
  const struct percuta_given_entry *entry =
      &resolve->given->key[percuta_input_keys_find(spot->number > 0 ? spot->key : path)];
  struct percuta_place place =
      entry->node ? entry->place : (struct percuta_place){resolve->given->file, 1, 1};
  if (spot->number == 0)
    node = entry->node;
  else if (node != NULL && place.column > 0) /* else it holds the whole list */
    place = (struct percuta_place){place.file, node->line, node->column};
  percuta_base_diag_add(resolve->diag, &(struct percuta_mistake){.code = PERCUTA_CODE_CONFLICT,
                                                                 .place = place,
                                                                 .key = path,
                                                                 .what = what,
                                                                 .given = node ? node->text : NULL,
                                                                 .allowed = allowed});
}

/* Whether something that begins at `start` and lasts `span` [s] fits before `end`; says so at
 * `spot` when it does not. */
static bool fits(const struct percuta_resolve *resolve, const struct spot *spot, double start,
                 double span, double end, const char *which) {
  const double hour = PERCUTA_HOUR;
  char what[160], allowed[160];
  if (start + span <= end * (1 + SAME) && (start < end || start == 0))
    return true;
  if (start < end)
    snprintf(what, sizeof what, "lasts until %g hours after a session, beyond %s",
             (start + span) / hour, which);
  else
    snprintf(what, sizeof what, "begins %g hours after a session, not before %s", start / hour,
             which);
  snprintf(allowed, sizeof allowed, "within %g hours after a session, when %s comes", end / hour,
           which);
  report(resolve, spot, what, allowed);
  return false;
}

void percuta_input_times_check(const struct percuta_resolve *resolve) {
  const struct calendar calendar = read_calendar(resolve);
  const struct spot spot = {"session", "occlusion", 0, NULL};
  const double cover = resolve->scenario->session.occlusion;
  if (!calendar.known || !valid(resolve, "session.occlusion"))
    return;
  if (!calendar.again || fits(resolve, &spot, 0, cover, calendar.interval, "the next session"))
    (void)fits(resolve, &spot, 0, cover, calendar.rest, "the end of the course");
}

/* A cream that is wiped off before the needles goes on after the session before. */
static void check_cream_before(const struct percuta_resolve *resolve,
                               const struct calendar *calendar, double contact) {
  const double wait = resolve->scenario->session.numbing.wait;
  char what[160], allowed[160];
  if (!calendar->again || !valid(resolve, "session.numbing.wait") ||
      contact + wait <= calendar->interval * (1 + SAME))
    return;
  snprintf(what, sizeof what, "goes on %g hours before the needles, before the session before",
           (contact + wait) / PERCUTA_HOUR);
  snprintf(allowed, sizeof allowed,
           "apply and wait together up to the time between sessions, %g hours",
           calendar->interval / PERCUTA_HOUR);
  report(resolve, &(struct spot){"session.numbing", "apply", 0, NULL}, what, allowed);
}

void percuta_input_times_check_product(const struct percuta_resolve *resolve,
                                       const struct percuta_times_product *product) {
  const struct calendar calendar = read_calendar(resolve);
  const struct spot spot = {product->list ? product->list : "session.numbing",
                            product->list ? "after" : "apply", product->number, product->item};
  if (!calendar.known)
    return;
  if (product->list == NULL && resolve->scenario->session.numbing.order == PERCUTA_CREAM_FIRST)
    check_cream_before(resolve, &calendar, product->contact);
  else if (!calendar.again || fits(resolve, &spot, product->start, product->contact,
                                   calendar.interval, "the next session"))
    (void)fits(resolve, &spot, product->start, product->contact, calendar.rest,
               "the end of the course");
}
