/* A piece of skin from the words of a row.
 * Test: tests/unit/test_specimen.c. */
#include "validate/specimen.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "skin/skin.h"

static const double PH_WHEN_NOT_SAID = 7.4; /* that of buffered saline */

/* The values of the keys, as text. */
struct texts {
  char compound[64], pH[32], layers[32], thickness[32], hydration[16], state[16], intact[48];
};

static enum percuta_status mistake(struct percuta_diag *diag, const char *text, const char *what) {
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_DATA_FAULT,
                                                        .place = {.file = "data/evidence"},
                                                        .key = text,
                                                        .what = what});
  return PERCUTA_BAD_INPUT;
}

/* Cuts "key=value; key=value". */
static bool cut(const char *text, struct texts *out) {
  const struct {
    const char *key;
    char *value;
    size_t size;
  } known[] = {{"compound", out->compound, sizeof out->compound},
               {"pH", out->pH, sizeof out->pH},
               {"layers", out->layers, sizeof out->layers},
               {"thickness", out->thickness, sizeof out->thickness},
               {"hydration", out->hydration, sizeof out->hydration},
               {"state", out->state, sizeof out->state},
               {"intact", out->intact, sizeof out->intact}};
  for (text += strspn(text, " ;"); *text != '\0'; text += strspn(text, " ;")) {
    const size_t part = strcspn(text, ";"), key = strcspn(text, "=");
    size_t i = 0;
    while (i < sizeof known / sizeof *known &&
           (strlen(known[i].key) != key || strncmp(known[i].key, text, key) != 0))
      i++;
    if (key >= part || i == sizeof known / sizeof *known || part - key > known[i].size)
      return false;
    snprintf(known[i].value, known[i].size, "%.*s", (int)(part - key - 1), text + key + 1);
    text += part;
  }
  return true;
}

/* Whether `text` is `word`, or is left out where `word` is what then holds. */
static bool is(const char *text, const char *word, bool otherwise) {
  return *text == '\0' ? otherwise : strcmp(text, word) == 0;
}

static bool choose(const struct texts *texts, struct percuta_intact_conditions *conditions) {
  const bool skin = is(texts->layers, "skin", true), dermis = is(texts->layers, "dermis", false);
  const bool stripped_skin = is(texts->layers, "stripped-skin", false);
  const bool stripped_epidermis = is(texts->layers, "stripped-epidermis", false);
  const bool epidermis = is(texts->layers, "epidermis", false);
  const bool wet = is(texts->hydration, "wet", true), excised = is(texts->state, "excised", true);
  conditions->removed[PERCUTA_INTACT_STRATUM] = dermis || stripped_skin || stripped_epidermis;
  conditions->removed[PERCUTA_INTACT_EPIDERMIS] = dermis;
  conditions->removed[PERCUTA_INTACT_DERMIS] = epidermis || stripped_epidermis;
  conditions->hydration = wet ? PERCUTA_HYDRATION_WET : PERCUTA_HYDRATION_DRY;
  conditions->excised = excised;
  return (skin || dermis || stripped_skin || stripped_epidermis || epidermis) &&
         (wet || is(texts->hydration, "dry", false)) &&
         (excised || is(texts->state, "living", false));
}

/* The dermis is what the other layers leave of the whole. */
static void leave_dermis(double whole, struct percuta_specimen *specimen) {
  struct percuta_intact_conditions *conditions = &specimen->conditions;
  double left = whole;
  if (!conditions->removed[PERCUTA_INTACT_STRATUM])
    left -= specimen->model.stratum.state[conditions->hydration].thickness;
  if (!conditions->removed[PERCUTA_INTACT_EPIDERMIS])
    left -= specimen->model.viable.epidermis;
  conditions->removed[PERCUTA_INTACT_DERMIS] = left <= 0;
  conditions->thickness[PERCUTA_INTACT_DERMIS] = fmax(left, 0);
}

static enum percuta_status read_thickness(const char *text, const struct percuta_scenario *scenario,
                                          struct percuta_diag *diag,
                                          struct percuta_specimen *specimen) {
  struct percuta_units_mistake why;
  double whole = 0;
  if (*text == '\0')
    return PERCUTA_OK;
  if (strcmp(text, "site") == 0) {
    struct percuta_skin skin;
    const enum percuta_status status = percuta_skin_read(scenario, diag, &skin);
    if (status == PERCUTA_OK)
      specimen->conditions.thickness[PERCUTA_INTACT_DERMIS] =
          skin.thickness[PERCUTA_PAPILLARY_DERMIS] + skin.thickness[PERCUTA_RETICULAR_DERMIS];
    return status;
  }
  if (percuta_base_units_parse(scenario->units, text, "m", &whole, &why) != PERCUTA_OK)
    return mistake(diag, text, why.what);
  specimen->whole = whole;
  leave_dermis(whole, specimen);
  return PERCUTA_OK;
}

enum percuta_status percuta_validate_specimen_read(const char *text,
                                                   const struct percuta_scenario *scenario,
                                                   struct percuta_diag *diag,
                                                   struct percuta_specimen *out) {
  struct texts texts = {.compound = ""};
  struct percuta_specimen specimen = {.conditions = {.pH = PH_WHEN_NOT_SAID}};
  struct percuta_units_mistake why;
  if (!cut(text, &texts) || !choose(&texts, &specimen.conditions))
    return mistake(diag, text, "is no specimen");
  if (*texts.pH != '\0' && percuta_base_units_parse(scenario->units, texts.pH, "1",
                                                    &specimen.conditions.pH, &why) != PERCUTA_OK)
    return mistake(diag, text, why.what);
  if (*texts.intact != '\0' && percuta_base_units_parse(scenario->units, texts.intact, "kg/m^2/s",
                                                        &specimen.flux, &why) != PERCUTA_OK)
    return mistake(diag, text, why.what);
  enum percuta_status status =
      percuta_substance_compound_read(scenario, texts.compound, diag, &specimen.compound);
  if (status == PERCUTA_OK)
    status = percuta_transport_intact_model_read(scenario, diag, &specimen.model);
  if (status == PERCUTA_OK)
    status = read_thickness(texts.thickness, scenario, diag, &specimen);
  if (status == PERCUTA_OK)
    *out = specimen;
  return status;
}
