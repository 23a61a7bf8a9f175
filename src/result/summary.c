/* summary.json: the numbers of a run, each with its unit at the end of its key. A number that was
 * not computed is absent, never null. The keys are in keys.def, docs/results.md describes them;
 * test: tests/unit/test_summary.c. */
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/path.h"
#include "base/version.h"
#include "outcome/outcomes.h"
#include "outcome/rates.h"
#include "outcome/readings.h"
#include "outcome/spread.h"
#include "result/key.h"
#include "result/products.h"
#include "result/result.h"
#include "result/schema.h"
#include "scenario/calendar.h"

#define CM2 1e-4        /* [m^2] */
#define MM3 1e-9        /* [m^3] */
#define UL_PER_CM2 1e-5 /* [m] */
#define MILLI 1e-3
#define NMOL_PER_L 1e-6 /* [mol/m^3] */
#define UMOL_PER_L 1e-3 /* [mol/m^3] */
#define NG_PER_ML 1e-6  /* [kg/m^3] */

static void add_head(cJSON *object, const struct percuta_record *record) {
  char hash[17];
  snprintf(hash, sizeof hash, "%016" PRIx64, record->hash);
#define PERCUTA_KEY_HEAD PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

/* Present where the surface has a relief. */
static void add_surface(cJSON *root, const struct percuta_record *record) {
  const struct percuta_relief *relief = &record->relief;
  const struct percuta_relief_texture *texture = &record->texture;
  if (relief->form.kind == PERCUTA_RELIEF_FLAT)
    return;
  cJSON *object = cJSON_AddObjectToObject(root, "surface_before");
#define PERCUTA_KEY_SURFACE PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

/* Present where a session waited for the skin to heal. */
static void add_reasons(cJSON *object, const struct percuta_session_record *session) {
  static const char *const name[] = {
#define PERCUTA_HEALED_NAME(name, words) #name,
      PERCUTA_HEALED_LIST(PERCUTA_HEALED_NAME)
#undef PERCUTA_HEALED_NAME
  };
  if (session->waited_for == 0)
    return;
  cJSON *list = cJSON_AddArrayToObject(object, "waited_for");
  for (int i = 0; i < PERCUTA_HEALED_COUNT; ++i) {
    if (session->waited_for & (1U << i))
      cJSON_AddItemToArray(list, cJSON_CreateString(name[i]));
  }
}

static void add_clot(cJSON *parent, const struct percuta_session_record *session) {
  const struct percuta_clot *clot = &session->clot;
  cJSON *object = cJSON_AddObjectToObject(parent, "clot");
#define PERCUTA_KEY_CLOT PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

/* A session that was given. */
static void add_given(cJSON *object, const struct percuta_session_record *session,
                      const struct percuta_record *record) {
  const struct percuta_channels *channels = &session->channels;
  const struct percuta_uncertainty *interval = &channels->interval;
  const struct percuta_bleeding *bleeding = &session->bleeding;
  const double healed = percuta_outcome_readings_days_to_healed(session);
  struct percuta_session_readings means;
  percuta_outcome_readings_of_session(session, record->width, &means);
#define ALIVE percuta_scenario_is_alive(record->scenario)
#define OPENED (means.opened > 0)
#define RESEALS (session->opening.density > 0)
#define PERCUTA_KEY_SESSION PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
  add_reasons(object, session);
  if (OPENED && ALIVE)
    add_clot(object, session);
}

static void add_sessions(cJSON *root, const struct percuta_record *record) {
  cJSON *list = cJSON_AddArrayToObject(root, "sessions");
  for (int i = 0; i < record->session_count; ++i) {
    const struct percuta_session_record *session = &record->session[i];
    cJSON *object = cJSON_CreateObject();
    cJSON_AddItemToArray(list, object);
#define PERCUTA_KEY_PLANNED PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
    if (session->given)
      add_given(object, session, record);
  }
}

static void add_course(cJSON *root, const struct percuta_record *record) {
  const struct percuta_course *course = &record->scenario->course;
  if (!ALIVE)
    return;
  cJSON *object = cJSON_AddObjectToObject(root, "course");
  double delay = 0;
  for (int i = 0; i < record->session_count; ++i) {
    if (record->session[i].given)
      delay = fmax(delay, record->session[i].start - record->session[i].planned);
  }
#define PERCUTA_KEY_COURSE PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

static void add_sources(cJSON *object, const char *sources, unsigned parts) {
  cJSON *list = cJSON_AddArrayToObject(object, "sources");
  char key[64];
  while (percuta_outcome_outcomes_source(&sources, parts, key, sizeof key)) {
    cJSON_AddItemToArray(list, cJSON_CreateString(key));
  }
}

/* The interval between people, where one is known. */
static void add_people(cJSON *parent, const struct percuta_outcome_value *people) {
  if (!isfinite(people->low) && !isfinite(people->high))
    return;
  cJSON *object = cJSON_AddObjectToObject(parent, "people");
  percuta_result_key_number(object, "low", people->low);
  percuta_result_key_number(object, "high", people->high);
  percuta_result_key_number(object, "level", people->level);
}

/* What the width of the interval is made of, where draws were followed. */
static void add_shares(cJSON *parent, const struct percuta_record *record,
                       const struct percuta_outcome *outcome, struct percuta_outcome_time time) {
  struct percuta_shares shares;
  if (!percuta_outcome_spread_shares(record, outcome, time, &shares))
    return;
  cJSON *object = cJSON_AddObjectToObject(parent, "shares");
  percuta_result_key_number(object, "people", shares.people);
  percuta_result_key_number(object, "parameters", shares.parameters);
  percuta_result_key_number(object, "model_form", shares.form);
  percuta_result_key_number(object, "numerics", shares.numerics);
}

/* What was drawn beside the run. */
static void add_draws(cJSON *root, const struct percuta_record *record) {
  static const struct percuta_spread none = {.state = PERCUTA_SPREAD_NOT_ASKED};
  const struct percuta_spread *spread = record->spread ? record->spread : &none;
  char words[640];
  if (!ALIVE)
    return;
  percuta_outcome_spread_say(record->spread, words, sizeof words);
  cJSON *object = cJSON_AddObjectToObject(root, "draws");
#define PERCUTA_KEY_DRAWS PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

/* An outcome of the course, or at a time; left out when it was not computed. */
static void add_outcome(cJSON *list, const struct percuta_record *record,
                        const struct percuta_outcome *outcome, struct percuta_outcome_time time) {
  struct percuta_outcome_value people;
  const struct percuta_outcome_value found =
      percuta_outcome_outcomes_compute_apart(record, outcome, time, &people);
  if (!isfinite(found.value)) {
    return;
  }
  cJSON *object = cJSON_CreateObject();
  cJSON_AddItemToArray(list, object);
  cJSON_AddStringToObject(object, "name", outcome->name);
  if (outcome->timed) {
    percuta_result_key_number(object, "time_d", time.day);
    cJSON_AddStringToObject(object, "since", percuta_outcome_outcomes_since(time.since));
  }
  percuta_result_key_number(object, "value", found.value);
  percuta_result_key_number(object, "low", found.low);
  percuta_result_key_number(object, "high", found.high);
  percuta_result_key_number(object, "level", found.level);
  add_people(object, &people);
  add_shares(object, record, outcome, time);
  cJSON_AddStringToObject(object, "unit", outcome->unit);
  cJSON_AddStringToObject(object, "method", outcome->method);
  cJSON_AddStringToObject(object, "how_known", percuta_outcome_outcomes_known(outcome, &found));
  add_sources(object, outcome->sources, record->layout.parts);
}

static void add_outcomes(cJSON *root, const struct percuta_record *record) {
  cJSON *list = cJSON_AddArrayToObject(root, "outcomes");
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
    const struct percuta_outcome *outcome = percuta_outcome_outcomes_at((enum percuta_outcome_id)i);
    for (int t = 0; t < (outcome->timed ? PERCUTA_OUTCOME_TIMES : 1); ++t) {
      add_outcome(list, record, outcome, percuta_outcome_outcomes_time[t]);
    }
  }
}

static void add_rows(cJSON *object, const char *rows) {
  cJSON *list = cJSON_AddArrayToObject(object, "sources");
  for (const char *row = rows; *row != '\0';) {
    const size_t length = strcspn(row, " ");
    char id[32];
    snprintf(id, sizeof id, "%.*s", (int)length, row);
    cJSON_AddItemToArray(list, cJSON_CreateString(id));
    row += length + strspn(row + length, " ");
  }
}

/* What trials report of this condition; a number that none printed is left out. */
static void add_rate(cJSON *list, const struct percuta_rate *rate) {
  const bool known = isfinite(rate->low);
  cJSON *object = cJSON_CreateObject();
  cJSON_AddItemToArray(list, object);
  cJSON_AddStringToObject(object, "name", rate->endpoint);
  cJSON_AddStringToObject(object, "condition", rate->condition);
  percuta_result_key_number(object, "value", rate->value);
  percuta_result_key_number(object, "low", rate->low);
  percuta_result_key_number(object, "high", rate->high);
  percuta_result_key_number(object, "level", known ? 0.95 : NAN);
  percuta_result_key_number(object, "prediction_low", rate->prediction_low);
  percuta_result_key_number(object, "prediction_high", rate->prediction_high);
  cJSON_AddStringToObject(object, "unit", rate->unit);
  cJSON_AddStringToObject(object, "method", rate->meaning);
  cJSON_AddStringToObject(object, "how_known", "published-rate");
  percuta_result_key_number(object, "studies", rate->studies);
  percuta_result_key_number(object, "people", rate->people > 0 ? (double)rate->people : NAN);
  cJSON_AddStringToObject(object, "kind", rate->group);
  cJSON_AddStringToObject(object, "quality", rate->quality);
  add_rows(object, rate->rows);
}

static void add_rates(cJSON *root, const struct percuta_record *record) {
  const struct percuta_scenario *scenario = record->scenario;
  cJSON *list = cJSON_AddArrayToObject(root, "published");
  struct percuta_rate rate;
  for (size_t i = 0;
       percuta_outcome_rates_at(scenario->catalogue, scenario->condition.kind, i, &rate); ++i)
    add_rate(list, &rate);
}

/* Code, sentence, and the sentence's values under the names that its words give them. */
static void add_warning(cJSON *list, const struct percuta_warning *warning) {
  char text[PERCUTA_WARNING_LENGTH], name[64];
  struct percuta_template_piece hole[PERCUTA_WARNING_VALUES];
  const int count = percuta_outcome_warnings_holes(warning->code, hole);
  cJSON *object = cJSON_CreateObject();
  cJSON_AddItemToArray(list, object);
  cJSON_AddStringToObject(object, "code", percuta_outcome_warnings_code(warning->code));
  percuta_outcome_warnings_say(warning, text, sizeof text);
  cJSON_AddStringToObject(object, "text", text);
  cJSON *values = cJSON_AddObjectToObject(object, "values");
  for (int i = 0; i < count; ++i) {
    snprintf(name, sizeof name, "%.*s", hole[i].length, hole[i].text);
    if (warning->text[i] == NULL) {
      percuta_result_key_number(values, name, warning->number[i]);
    } else if (warning->text[i][0] != '\0') {
      cJSON_AddStringToObject(values, name, warning->text[i]);
    }
  }
}

static void add_warnings(cJSON *root, const struct percuta_warnings *warnings) {
  cJSON *list = cJSON_AddArrayToObject(root, "warnings");
  for (int i = 0; i < warnings->count; ++i)
    add_warning(list, &warnings->item[i]);
}

static void add_numerics(cJSON *root, const struct percuta_record *record) {
  cJSON *object = cJSON_AddObjectToObject(root, "numerics");
#define PERCUTA_KEY_NUMERICS PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

static void add_cost(cJSON *root, const struct percuta_cost *cost) {
  cJSON *object = cJSON_AddObjectToObject(root, "cost");
#define PERCUTA_KEY_COST PERCUTA_RESULT_KEY_ADD
#include "result/keys.def"
}

static cJSON *build(const struct percuta_record *record) {
  cJSON *root = cJSON_CreateObject();
  add_head(root, record);
  add_surface(root, record);
  add_sessions(root, record);
  percuta_result_products_add(root, record);
  add_course(root, record);
  add_draws(root, record);
  add_outcomes(root, record);
  add_rates(root, record);
  add_warnings(root, &record->warnings);
  add_numerics(root, record);
  add_cost(root, &record->cost);
  return root;
}

enum percuta_status percuta_result_summary_write(const struct percuta_record *record,
                                                 const char *path) {
  cJSON *root = build(record);
  char *text = cJSON_Print(root);
  cJSON_Delete(root);
  if (text == NULL) {
    return PERCUTA_MEMORY;
  }
  FILE *stream = NULL;
  enum percuta_status status = percuta_base_path_open(path, &stream);
  if (status == PERCUTA_OK) {
    if (fprintf(stream, "%s\n", text) < 0) {
      percuta_base_path_abandon(path, &stream);
      status = PERCUTA_IO;
    } else {
      status = percuta_base_path_commit(path, &stream);
    }
  }
  free(text);
  return status;
}
