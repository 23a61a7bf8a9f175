/* Whatever a scenario asks for within its limits, a run ends with numbers, all of them finite and
 * within what they can be, or says in words why it does not: valid scenarios drawn from the
 * registry of keys, and sets of parameters at the ends of their ranges. A draw that fails prints
 * the settings that show it again. PERCUTA_SOUND_SEED draws others, PERCUTA_SOUND_DRAWS more. */
#define _GNU_SOURCE
#include "../unit/run_fixture.h"

#include "base/random.h"
#include "course/write.h"
#include "input/keys.h"
#include "outcome/outcomes.h"
#include "report/report.h"
#include "traps_fixture.h"

enum { SCENARIOS = 300, PARAMETERS = 100, TRIES = 60, TEXT = 160, MOST = 1024, EVERY = 25 };

static const char BASE[] = "percuta: 1\n"
                           "person: {age: 40 years, sex: female}\n"
                           "skin: {site: cheek}\n"
                           "device: {preset: roller-192-1.5mm}\n"
                           "session: {topicals: [%s%s%s]}\n"
                           "course: {sessions: %d, interval: 5 days, follow_up: %d days, "
                           "only_if_healed: false}\n"
                           "model: {fidelity: column}\n";

/* Draws of one scenario, one after the other. */
struct draws {
  uint64_t seed;
  uint32_t which, next;
};

static double draw(struct draws *draws) {
  double out[4];
  const struct percuta_random_key key = {.seed = draws->seed, .purpose = PERCUTA_RANDOM_TRAJECTORY};
  percuta_base_random_uniform4(key, draws->which, draws->next++, out);
  return out[0];
}

static long setting(const char *name, long otherwise) {
  const char *text = getenv(name);
  return text ? strtol(text, NULL, 10) : otherwise;
}

/* Under sanitizers a run takes five times as long. */
static long draws_wanted(void) {
  const char *sanitized = getenv("PERCUTA_SANITIZED");
  return setting("PERCUTA_SOUND_DRAWS", sanitized && *sanitized == '1' ? SCENARIOS / 5 : SCENARIOS);
}

struct settings {
  char text[MOST][TEXT];
  const char *at[MOST];
  size_t count;
};

__attribute__((format(printf, 2, 3))) static void add(struct settings *settings, const char *format,
                                                      ...) {
  va_list values;
  assert_true(settings->count < MOST);
  va_start(values, format);
  vsnprintf(settings->text[settings->count], TEXT, format, values);
  va_end(values);
  settings->at[settings->count] = settings->text[settings->count];
  settings->count++;
}

/* Anywhere between the limits, on either scale, and at an end in every fourth draw. */
static double between(struct draws *draws, double low, double high) {
  const double how = draw(draws), where = draw(draws);
  if (how < 0.25)
    return where < 0.5 ? low : high;
  return how < 0.6 && low > 0 ? low * pow(high / low, where) : low + (high - low) * where;
}

/* The id of an entry of a kind that a key names, or "". */
static const char *name_of(struct draws *draws, const char *kind) {
  size_t count = 0;
  const char *id = "";
  struct percuta_entry entry;
  const enum percuta_kind which = percuta_catalogue_kind_named(kind);
  while (percuta_catalogue_at(fixture_catalogue(), which, count, &id, &entry))
    count++;
  const size_t wanted = (size_t)(draw(draws) * (double)count);
  return percuta_catalogue_at(fixture_catalogue(), which, wanted, &id, &entry) ? id : "";
}

static void draw_value(struct draws *draws, const struct percuta_key *key,
                       struct settings *settings) {
  char word[64] = "";
  int words = 0;
  switch (key->type) {
  case PERCUTA_KEY_NAME:
    add(settings, "%s=%s", key->path, name_of(draws, key->choices));
    return;
  case PERCUTA_KEY_CHOICE:
    while (percuta_input_keys_choice_at(key->choices, words, word, sizeof word))
      words++;
    percuta_input_keys_choice_at(key->choices, (int)(draw(draws) * words), word, sizeof word);
    add(settings, "%s=%s", key->path, word);
    return;
  case PERCUTA_KEY_BOOLEAN:
    add(settings, "%s=%s", key->path, draw(draws) < 0.5 ? "true" : "false");
    return;
  case PERCUTA_KEY_INTEGER:
    add(settings, "%s=%.0f", key->path, round(between(draws, key->low, key->high)));
    return;
  case PERCUTA_KEY_SEED:
    add(settings, "%s=%.0f", key->path, floor(1e9 * draw(draws)));
    return;
  case PERCUTA_KEY_QUANTITY:
    add(settings, "%s=%.9g%s%s", key->path, between(draws, key->low, key->high),
        strcmp(key->unit, "1") == 0 ? "" : " ", strcmp(key->unit, "1") == 0 ? "" : key->unit);
    return;
  case PERCUTA_KEY_CHOICES:
    while (percuta_input_keys_choice_at(key->choices, words, word, sizeof word))
      words++;
    percuta_input_keys_choice_at(key->choices, (int)(draw(draws) * words), word, sizeof word);
    add(settings, "%s=[%s]", key->path, word);
    return;
  case PERCUTA_KEY_TEXT:
  case PERCUTA_KEY_TIMES:
  case PERCUTA_KEY_LIST:
    return;
  }
}

/* What decides how long a run takes, not what comes out of it. */
static bool is_drawn(const struct percuta_key *key) {
  return strstr(key->path, "[]") == NULL && strncmp(key->path, "course.", 7) != 0 &&
         strcmp(key->path, "skin.preparation") != 0 && /* which leaves no timeline to look at */
         strcmp(key->path, "percuta") != 0 && strcmp(key->path, "model.fidelity") != 0 &&
         strcmp(key->path, "model.permeation") != 0 && strcmp(key->path, "model.tolerance") != 0;
}

/* Few changes, or many. */
static void draw_keys(struct draws *draws, struct settings *settings) {
  const double share = 0.4 * draw(draws) * draw(draws);
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; ++i) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    if (is_drawn(key) && draw(draws) < share)
      draw_value(draws, key, settings);
  }
}

/* From every second parameter at an end to one in two hundred. */
static void draw_parameters(struct draws *draws, struct settings *settings) {
  const struct percuta_parameters *set = percuta_catalogue_parameters(fixture_catalogue());
  const double share = pow(0.1, 0.3 + 2 * draw(draws));
  for (size_t i = 0; i < percuta_base_parameters_count(set); ++i) {
    const struct percuta_parameter *parameter = percuta_base_parameters_at(set, i);
    const double end = draw(draws) < 0.5 ? parameter->low : parameter->high;
    if (draw(draws) < share)
      add(settings, "parameters.%s=%.17g%s%s", parameter->name, end,
          strcmp(parameter->unit, "1") == 0 ? "" : " ",
          strcmp(parameter->unit, "1") == 0 ? "" : parameter->unit);
  }
}

/* A scenario of these settings; NULL where they do not go together. */
static struct percuta_scenario *read_scenario(struct draws *draws, const struct settings *settings,
                                              struct percuta_diag *diag) {
  struct percuta_scenario *scenario = NULL;
  char text[1024];
  const bool topical = draw(draws) < 0.2;
  const int length = snprintf(text, sizeof text, BASE, topical ? "{product: " : "",
                              topical ? name_of(draws, "products") : "", topical ? "}" : "",
                              1 + (draw(draws) < 0.3), 10 + (int)(20 * draw(draws)));
  const enum percuta_status status =
      percuta_input_parse(fixture_catalogue(), "drawn.yaml", text, (size_t)length, settings->at,
                          settings->count, diag, &scenario);
  assert_true(status == PERCUTA_OK || percuta_base_diag_count(diag) > 0);
  return scenario;
}

/* Outcomes that are there are finite, in order, and what they can be. */
static const char *find_unsound(const struct percuta_run *run, char *words, size_t size) {
  for (int i = 0; i < PERCUTA_OUTCOME_COUNT; ++i) {
    const struct percuta_outcome *outcome = percuta_outcome_outcomes_at((enum percuta_outcome_id)i);
    const struct percuta_outcome_value found = percuta_outcome_outcomes_compute(
        &run->record, outcome, percuta_outcome_outcomes_end(&run->record));
    if (isnan(found.value))
      continue;
    const double slack = 1e-9 * fabs(found.value);
    const bool range = isnan(found.level); /* else a share of draws, and the value need be none */
    if (isinf(found.value) || isinf(found.low) || isinf(found.high) ||
        found.value < outcome->least - slack || found.value > outcome->most + slack ||
        found.low > found.high + slack || (range && found.low > found.value + slack) ||
        (range && found.high < found.value - slack)) {
      snprintf(words, size, "%s is %g (%g to %g), which may be %g to %g", outcome->name,
               found.value, found.low, found.high, outcome->least, outcome->most);
      return words;
    }
  }
  return NULL;
}

/* No file of the result holds what is not a number. */
static const char *find_in_files(struct percuta_run *run, char *words, size_t size) {
  static const char *const file[] = {"summary.json", "timeline.csv", "channels.csv", "report.html"};
  static const char *const wrong[] = {"nan,", "nan\n", ",inf,", ",inf\n", "-inf",
                                      "NaN",  ">nan",  ">inf<", "inf "};
  char folder[64], path[256], *text = malloc(1 << 24);
  const char *found = NULL;
  assert_non_null(text);
  fixture_folder(folder);
  assert_int_equal(PERCUTA_OK, percuta_course_write(run, folder, percuta_report_write));
  for (size_t f = 0; f < sizeof file / sizeof *file; ++f) {
    snprintf(path, sizeof path, "%s/%s", folder, file[f]);
    FILE *stream = fopen(path, "r");
    assert_non_null(stream);
    text[fread(text, 1, (1 << 24) - 1, stream)] = '\0';
    fclose(stream);
    char *end = strstr(text, "<script"); /* programs have words of their own */
    if (end)
      *end = '\0';
    for (size_t w = 0; w < sizeof wrong / sizeof *wrong && !found; ++w) {
      if (strstr(text, wrong[w])) {
        snprintf(words, size, "%s holds `%s`", file[f], wrong[w]);
        found = words;
      }
    }
  }
  fixture_remove(folder);
  free(text);
  return found;
}

struct tally {
  int ran, refused, unsound;
};

/* Follows a scenario; prints what shows a fault again. */
static void follow(const struct percuta_scenario *scenario, const struct settings *settings,
                   struct percuta_diag *diag, bool write, struct tally *tally) {
  const struct percuta_run_options options = {.keep_fields = write};
  struct percuta_run *run = NULL;
  char words[512];
  const char *fault = NULL;
  traps_set();
  enum percuta_status status =
      percuta_course_run_create(scenario, PETSC_COMM_SELF, &options, NULL, diag, &run);
  if (status == PERCUTA_OK)
    status = percuta_course_run_advance(run, INFINITY);
  traps_lift();
  const bool said = (run && run->failure[0]) || percuta_base_diag_count(diag) > 0;
  if (status == PERCUTA_OK)
    fault = find_unsound(run, words, sizeof words);
  else if (!said || (status != PERCUTA_NUMERICS && status != PERCUTA_BAD_INPUT))
    fault = "it fails without a word";
  else if (run && strstr(run->failure, "fault of the model"))
    fault = run->failure;
  if (status == PERCUTA_OK && !fault && write)
    fault = find_in_files(run, words, sizeof words);
  if (getenv("PERCUTA_SOUND_TALKS") && status != PERCUTA_OK) {
    print_message("refused: %s\n", run ? run->failure : "");
    percuta_base_diag_print(diag, stderr);
  }
  if (fault) {
    print_message("%s\n%s", fault, scenario->text);
    for (size_t i = 0; i < settings->count; ++i)
      print_message(" --set '%s'", settings->at[i]);
    print_message("\n");
  }
  tally->ran += status == PERCUTA_OK;
  tally->refused += status != PERCUTA_OK;
  tally->unsound += fault != NULL;
  percuta_course_run_destroy(&run);
}

/* Draws until `wanted` were valid. */
static struct tally draw_many(void draw_settings(struct draws *, struct settings *), long wanted,
                              uint64_t seed) {
  struct tally tally = {0};
  struct settings *settings = malloc(sizeof *settings);
  struct percuta_diag *diag = NULL;
  long valid = 0, tried = 0;
  assert_non_null(settings);
  for (; valid < wanted && tried < TRIES * wanted; ++tried) {
    struct draws draws = {.seed = seed, .which = (uint32_t)tried};
    settings->count = 0;
    assert_int_equal(0, percuta_base_diag_create(&diag));
    draw_settings(&draws, settings);
    struct percuta_scenario *scenario = read_scenario(&draws, settings, diag);
    if (scenario) {
      follow(scenario, settings, diag, valid % EVERY == 0, &tally);
      valid++;
    }
    percuta_scenario_destroy(&scenario);
    percuta_base_diag_destroy(&diag);
  }
  free(settings);
  print_message("%ld drawn, %ld valid, %d ran, %d refused\n", tried, valid, tally.ran,
                tally.refused);
  assert_int_equal(valid, wanted);
  return tally;
}

static void any_valid_scenario_ends_in_numbers_or_words(void **state) {
  (void)state;
  const struct tally tally =
      draw_many(draw_keys, draws_wanted(), (uint64_t)setting("PERCUTA_SOUND_SEED", 14));
  assert_int_equal(tally.unsound, 0);
  assert_true(tally.ran > 9 * tally.refused); /* what is valid is as good as always computed */
}

static void so_does_any_set_of_parameters_at_their_ends(void **state) {
  (void)state;
  const struct tally tally = draw_many(draw_parameters, draws_wanted() * PARAMETERS / SCENARIOS,
                                       (uint64_t)setting("PERCUTA_SOUND_SEED", 14) + 1000);
  assert_int_equal(tally.unsound, 0);
  assert_true(3 * tally.ran > tally.refused); /* many ends leave no skin that could rest */
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(any_valid_scenario_ends_in_numbers_or_words),
                                     cmocka_unit_test(so_does_any_set_of_parameters_at_their_ends)};
  if (percuta_engine_start(0, NULL, NULL) != PERCUTA_OK)
    return 1;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
