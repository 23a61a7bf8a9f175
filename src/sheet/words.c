/* Words and numbers as a sheet says them. Tests: tests/unit/test_sheet.c, tests/cli/device.sh. */
#include "sheet/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "input/value.h"

static const struct {
  const char *key, *name, *rests;
} TOPIC[PERCUTA_SHEET_TOPICS] = {
    [PERCUTA_SHEET_RATE] =
        {"strikes", "Strikes per area",
         "Geometry of the device and speed of the hand, nothing else. The interval is that of 90 % "
         "of all squares of 1 cm2 if strikes fell independently of each other; few passes are more "
         "even than that. How evenly a person moves the device is not in it."},
    [PERCUTA_SHEET_DEPTH] =
        {"depth_in_place", "Depth in place",
         "A law of how skin opens and grips a needle, calibrated on forces measured on single "
         "needles and on words about the depth of one pen in one patient (MECH-156), which narrow "
         "the interval most. Interval: the middle 90 % of 400 joint draws of the law's parameters, "
         "of those in which a needle gets in; the strike-to-strike scatter comes on top."},
    [PERCUTA_SHEET_OPEN] =
        {"depth_left_open", "Depth left open",
         "What stays open once the needle is out is a law of its own, a depth and not a share of "
         "the needle, set by two measurements (MECH-021, 158). Interval: as for depth in place."},
    [PERCUTA_SHEET_ENTRY] =
        {"entry", "Share of needles that enter",
         "The share of the joint draws in which a needle gets in. It tells what is not known, not "
         "a scatter: on one person either nearly all needles of a device get in or few do. "
         "Interval: what 400 draws leave open of the share. Published work on short needles "
         "contradicts itself: a roller of 0.37 mm got in (TRAN-174, used in the calibration), "
         "arrays of 0.245 to 0.3 mm pressed by hand stayed out (MECH-044)."},
    [PERCUTA_SHEET_FORCE] =
        {"force", "Forces",
         "Forces measured on single needles in excised human skin (MECH-027, 028). The bearing "
         "force is that of the hand from which drum or head touch the skin; the opening force is "
         "that on one needle at which the surface first breaks. Interval: all 400 joint draws."},
    [PERCUTA_SHEET_BLOOD] =
        {"vessels", "Vessels met",
         "Geometry of the cut in a bed of vessels of published density and depth; no study has "
         "counted punctures that bleed by needle length. Interval: the middle 90 % of 200 draws of "
         "vessels, blood pressure and blood flow; at the sheet's own depth, of that depth too."},
    [PERCUTA_SHEET_WEAR] =
        {"wear", "Wear",
         "No published measurement of how fast needles blunt or bend in use is in Percuta's data, "
         "and no preset has one. The numbers here are what the model makes of a tip that has "
         "become "
         "blunter: the same cone, cut off, and so a shorter needle."},
};

const char *percuta_sheet_words_topic(enum percuta_sheet_topic topic) {
  return TOPIC[topic].name;
}

const char *percuta_sheet_words_key(enum percuta_sheet_topic topic) {
  return TOPIC[topic].key;
}

const char *percuta_sheet_words_rests(enum percuta_sheet_topic topic) {
  return TOPIC[topic].rests;
}

const char *percuta_sheet_words_layers(void) {
  return "Rests on: thicknesses of skin by ultrasound and histology with their published spread "
         "between people (data/skin/atlas.yaml); the tip's distance from the fat adds that to the "
         "interval of the depth. No depth is called safe here: that takes clinical data.";
}

const char *percuta_sheet_words_kind(enum percuta_device_kind kind) {
  static const char *const name[] = {[PERCUTA_ROLLER] = "roller",
                                     [PERCUTA_STAMP] = "stamp",
                                     [PERCUTA_PEN] = "pen",
                                     [PERCUTA_ARRAY] = "array"};
  return name[kind];
}

const char *percuta_sheet_words_body(enum percuta_device_kind kind) {
  return kind == PERCUTA_ROLLER ? "drum" : "head";
}

void percuta_sheet_words_conditions(const struct percuta_sheet *sheet, char *out, size_t size) {
  static const char *const support[] = {[PERCUTA_SUPPORT_UNIFORM] = "as if skin had no end below",
                                        [PERCUTA_SUPPORT_SOFT_TISSUE] = "on soft tissue",
                                        [PERCUTA_SUPPORT_BONE] = "on fat over bone",
                                        [PERCUTA_SUPPORT_PLATE] = "on a rigid plate"};
  const struct percuta_scenario *scenario = sheet->scenario;
  const struct percuta_session *session = &scenario->session;
  const bool healthy = strcmp(scenario->condition.kind, "none") == 0;
  snprintf(out, size, "%s of a %s of %.3g years%s%s, %s; hand %.3g N, %.3g cm/s",
           sheet->skin.site_name, percuta_scenario_sex_words(scenario->person.sex),
           scenario->person.age / PERCUTA_YEAR, healthy ? "" : ", ",
           healthy ? "" : sheet->skin.condition_name, support[scenario->support], session->force,
           session->speed * 100);
}

void percuta_sheet_words_stop(const struct percuta_sheet *sheet, char *out, size_t size) {
  if (sheet->base.stopped)
    snprintf(out, size, "the needle's length; stopped by the %s",
             sheet->scenario->support == PERCUTA_SUPPORT_BONE ? "bone" : "plate");
  else
    snprintf(out, size, "the needle's length: the %s stops it",
             percuta_sheet_words_body(sheet->scenario->device.kind));
}

/* What the hand's force does here. */
static void say_force(const struct percuta_sheet *sheet, char *out, size_t size) {
  const struct percuta_sheet_place *base = &sheet->base;
  const char *body = percuta_sheet_words_body(sheet->scenario->device.kind);
  if (base->stopped)
    snprintf(out, size, "What lies below the skin stops the tips.");
  else if (base->touches)
    snprintf(out, size,
             "The %s touches the skin from %.2g N on (90 %%: %.2g to %.2g N) and does so here: "
             "pressing harder adds little depth.",
             body, base->bearing.value, base->bearing.low, base->bearing.high);
  else
    snprintf(out, size,
             "The %s would touch the skin from %.2g N on (90 %%: %.2g to %.2g N) and does not "
             "here: the hand's force decides how deep needles go.",
             body, base->bearing.value, base->bearing.low, base->bearing.high);
}

void percuta_sheet_words_verdict(const struct percuta_sheet *sheet, char *out, size_t size) {
  const struct percuta_sheet_place *base = &sheet->base;
  char force[256] = "", share[16];
  say_force(sheet, force, sizeof force);
  percuta_sheet_words_share(base->entry.value, share, sizeof share);
  if (!percuta_sheet_enters(base) && base->entry.value > 0)
    snprintf(out, size,
             "The needles do not get in: with the middle values of the law there is no room for "
             "them, and they would in %s of the %d draws.",
             share, sheet->draws);
  else if (!percuta_sheet_enters(base))
    snprintf(out, size,
             "The needles do not get in: in none of the %d draws does the skin open before the "
             "needle's length or its share of the force is used up.",
             sheet->draws);
  else if (base->entry.value < 1)
    snprintf(out, size,
             "The needles get in with a probability of %s: on one person either nearly all of them "
             "do or few. Depths below hold where they get in. %s",
             share, force);
  else
    snprintf(out, size, "The needles get in. %s", force);
}

int percuta_sheet_words_decimals(double value) {
  const double size = fabs(value);
  return size >= 99.5 || !(size > 0) ? 0 : (int)fmin(6, fmax(0, 2 - floor(log10(size))));
}

int percuta_sheet_words_newtons(double value) {
  return value < 1 ? 2 : value < 10 ? 1 : 0;
}

/* "0.23", "4", "21000": so many digits, without an exponent. */
static void few_digits(double value, int digits, char *out, size_t size) {
  const double step = pow(10, (value > 0 ? floor(log10(value)) : 0) - digits + 1);
  if (step >= 1)
    snprintf(out, size, "%.0f", round(value / step) * step);
  else if (value >= 0.001 || value == 0)
    snprintf(out, size, "%.*g", digits, value);
  else
    snprintf(out, size, "<0.001");
}

void percuta_sheet_words_number(const struct percuta_sheet_number *number, double unit,
                                int decimals, char *out, size_t size) {
  if (number->value == 0 && number->high == 0)
    snprintf(out, size, "0");
  else if (decimals < 0) {
    char value[32], low[32], high[32];
    few_digits(number->value / unit, 2, value, sizeof value);
    few_digits(number->low / unit, 2, low, sizeof low);
    few_digits(number->high / unit, 2, high, sizeof high);
    snprintf(out, size, "%s (%s to %s)", value, low, high);
  } else
    snprintf(out, size, "%.*f (%.*f to %.*f)", decimals, number->value / unit, decimals,
             number->low / unit, decimals, number->high / unit);
}

void percuta_sheet_words_depth(const struct percuta_sheet_place *place,
                               const struct percuta_sheet_number *depth, char *out, size_t size) {
  if (percuta_sheet_enters(place))
    percuta_sheet_words_number(depth, PERCUTA_UM, 0, out, size);
  else
    snprintf(out, size, "-");
}

void percuta_sheet_words_density(const struct percuta_sheet_number *density, char *out,
                                 size_t size) {
  const double per_cm2 = 1e4; /* [1/m^2] */
  char value[32];
  few_digits(density->value / per_cm2, 3, value, sizeof value);
  snprintf(out, size, "%s (%.0f to %.0f)", value, density->low / per_cm2, density->high / per_cm2);
}

void percuta_sheet_words_ours(const struct percuta_sheet_row *row, char *out, size_t size) {
  const struct percuta_comparison *item = &row->item;
  char value[32], low[32], high[32];
  few_digits(item->predicted, 3, value, sizeof value);
  few_digits(item->low, 3, low, sizeof low);
  few_digits(item->high, 3, high, sizeof high);
  if (isfinite(item->low))
    snprintf(out, size, "%s (%s to %s)", value, low, high);
  else
    snprintf(out, size, "%s", value);
}

void percuta_sheet_words_share(double share, char *out, size_t size) {
  if (share > 0 && share < 0.005)
    snprintf(out, size, "<1 %%");
  else if (share < 1 && share >= 0.995)
    snprintf(out, size, ">99 %%");
  else
    snprintf(out, size, "%.0f %%", 100 * share);
}

const char *percuta_sheet_words_judged(const struct percuta_sheet_row *row) {
  switch (row->item.verdict) {
  case PERCUTA_VERDICT_WITHIN:
    return "within";
  case PERCUTA_VERDICT_OUTSIDE:
    return "outside";
  default:
    return "not counted";
  }
}

void percuta_sheet_words_study(const struct percuta_sheet_row *row, char *out, size_t size) {
  snprintf(out, size, "%s of %.3g mm, %s",
           row->needles == 1 ? "single needle" : percuta_sheet_words_kind(row->kind),
           row->length / PERCUTA_MM, row->item.row->species);
}

/* Where a value comes from, in a word or two. */
static void say_origin(const struct percuta_origin *origin, bool of_kind, char *out, size_t size) {
  const char *text = origin->text + origin->source;
  if (origin->fallback)
    snprintf(out, size, "default");
  else if (of_kind && origin->source > 0)
    snprintf(out, size, "preset");
  else if (origin->source > 0)
    snprintf(out, size, "%.*s", (int)strcspn(text, ";"), text);
  else
    snprintf(out, size, "%s", text);
}

/* Whether the key tells of the device, here. */
static bool is_property(const struct percuta_scenario *scenario, int key) {
  const char *path = percuta_input_keys_at((size_t)key)->path;
  return strncmp(path, "device.", 7) == 0 && strcmp(path, "device.preset") != 0 &&
         scenario->origin[key].text != NULL &&
         (scenario->device.needle.bent_share > 0 || strcmp(path, "device.needle.bend_angle") != 0);
}

bool percuta_sheet_words_property(const struct percuta_sheet *sheet, int index,
                                  struct percuta_sheet_property *out) {
  const struct percuta_scenario *scenario = sheet->scenario;
  for (int key = 0; key < scenario->origin_count; key++) {
    if (!is_property(scenario, key) || index-- > 0)
      continue;
    const struct percuta_key *found = percuta_input_keys_at((size_t)key);
    snprintf(out->name, sizeof out->name, "%s", found->path + strlen("device."));
    for (char *c = out->name; *c != '\0'; c++)
      *c = *c == '.' || *c == '_' ? ' ' : *c;
    percuta_input_value_written(scenario->units, found, scenario, out->value, sizeof out->value);
    out->changed = !scenario->origin[key].fallback && scenario->origin[key].source == 0;
    say_origin(&scenario->origin[key], strcmp(found->path, "device.kind") == 0, out->known,
               sizeof out->known);
    return true;
  }
  return false;
}
