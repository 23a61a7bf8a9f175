/* The library as another program sees it: nothing but its public header. */
#define _DEFAULT_SOURCE /* mkdtemp */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <percuta/percuta.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define DAY 86400.0

static const char SCENARIO[] = "percuta: 1\n"
                               "person: {age: 45 years, sex: female}\n"
                               "skin: {site: cheek}\n"
                               "device: {preset: roller-192-1.5mm}\n"
                               "course: {follow_up: 60 days}\n"
                               "model: {fidelity: column}\n";

static struct percuta_catalogue *catalogue;

static int open_catalogue(void **state) {
  (void)state;
  return percuta_open(NULL, NULL, &catalogue) == PERCUTA_OK ? 0 : -1;
}

static int close_catalogue(void **state) {
  (void)state;
  percuta_close(&catalogue);
  percuta_close(&catalogue);
  return catalogue == NULL ? 0 : -1;
}

static struct percuta_scenario *parse(const char *text) {
  struct percuta_mistakes *mistakes = NULL;
  struct percuta_scenario *scenario = NULL;
  assert_int_equal(percuta_scenario_parse(catalogue, "case.yaml", text, &mistakes, &scenario),
                   PERCUTA_OK);
  assert_null(mistakes);
  return scenario;
}

static void says_who_it_is(void **state) {
  (void)state;
  assert_int_equal(strspn(percuta_version(), "0123456789."), strlen(percuta_version()));
  assert_string_equal(percuta_status_text(PERCUTA_OK), "done");
  assert_int_equal(PERCUTA_TERMINATED, 6); /* numbers are stable */
}

/* Every mistake of a text comes back with its place; nothing is made. */
static void mistakes_have_places(void **state) {
  (void)state;
  struct percuta_mistakes *mistakes = NULL;
  struct percuta_scenario *scenario = NULL;
  struct percuta_mistake_text mistake;
  const char text[] = "percuta: 1\nperson: {age: 45, sex: female}\nskin: {site: chek}\n"
                      "device: {preset: roller-192-1.5mm}\n";
  assert_int_equal(percuta_scenario_parse(catalogue, "mine.yaml", text, &mistakes, &scenario),
                   PERCUTA_BAD_INPUT);
  assert_null(scenario);
  assert_int_equal(percuta_mistakes_count(mistakes), 2);
  assert_int_equal(percuta_mistakes_at(mistakes, 0, &mistake), PERCUTA_OK);
  assert_string_equal(mistake.code, "no-unit");
  assert_string_equal(mistake.file, "mine.yaml");
  assert_string_equal(mistake.key, "person.age");
  assert_string_equal(mistake.given, "45");
  assert_int_equal(mistake.line, 2);
  assert_int_equal(mistake.column, 15);
  assert_int_equal(percuta_mistakes_at(mistakes, 1, &mistake), PERCUTA_OK);
  assert_string_equal(mistake.code, "unknown-name");
  assert_non_null(strstr(mistake.hint, "cheek"));
  assert_int_equal(percuta_mistakes_at(mistakes, 2, &mistake), PERCUTA_BAD_INPUT);
  percuta_mistakes_destroy(&mistakes);
  assert_null(mistakes);
  assert_int_equal(percuta_mistakes_count(NULL), 0);
  assert_int_equal(percuta_scenario_read(catalogue, "no/such.yaml", &mistakes, &scenario),
                   PERCUTA_IO);
  assert_int_equal(percuta_mistakes_count(mistakes), 1);
  percuta_mistakes_destroy(&mistakes);
  /* whoever does not ask is not told */
  assert_int_equal(percuta_scenario_parse(catalogue, "mine.yaml", text, NULL, &scenario),
                   PERCUTA_BAD_INPUT);
}

static void registries_name_all(void **state) {
  (void)state;
  static const struct {
    enum percuta_registry registry;
    const char *name;
    size_t least;
  } known[] = {{PERCUTA_REGISTRY_KEYS, "device.needle.length", 50},
               {PERCUTA_REGISTRY_COLUMNS, "collagen_total_rel", 20},
               {PERCUTA_REGISTRY_FIELDS, "collagen", 15},
               {PERCUTA_REGISTRY_OUTCOMES, "collagen_total_rel", 30},
               {PERCUTA_REGISTRY_PARAMETERS, "koppenol.signal_diffusivity", 300},
               {PERCUTA_REGISTRY_SITES, "cheek", 20},
               {PERCUTA_REGISTRY_CONDITIONS, "none", 6},
               {PERCUTA_REGISTRY_DEVICES, "roller-192-1.5mm", 15},
               {PERCUTA_REGISTRY_PRODUCTS, "lidocaine-4%", 20},
               {PERCUTA_REGISTRY_COMPOUNDS, "lidocaine", 65}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    struct percuta_registry_entry entry;
    size_t count = 0, found = 0;
    for (; percuta_registry_at(catalogue, known[i].registry, count, &entry) == PERCUTA_OK;
         count++) {
      found += strcmp(entry.name, known[i].name) == 0;
      assert_true(entry.unit != NULL && entry.text[0] != '\0');
    }
    assert_int_equal(found, 1);
    assert_true(count >= known[i].least);
  }
}

static void scenarios_can_be_changed(void **state) {
  (void)state;
  struct percuta_mistakes *mistakes = NULL;
  struct percuta_scenario *scenario = parse(SCENARIO), *other = parse(SCENARIO);
  char text[256];
  const uint64_t before = percuta_scenario_hash(scenario);
  assert_true(percuta_scenario_hash(other) == before);
  /* what get gives, set takes */
  const char *const title = "\"First: a # \\\"b\\\"\"";
  assert_int_equal(percuta_scenario_set(&other, "title", title, NULL), PERCUTA_OK);
  assert_int_equal(percuta_scenario_get(other, "title", text, sizeof text), PERCUTA_OK);
  assert_string_equal(text, title);
  assert_int_equal(percuta_scenario_set(&other, "title", text, NULL), PERCUTA_OK);
  assert_int_equal(percuta_scenario_get(scenario, "device.needle.length", text, sizeof text),
                   PERCUTA_OK);
  assert_string_equal(text, "1.5 mm");
  assert_int_equal(percuta_scenario_set(&scenario, "device.needle.length", "0.5 mm", &mistakes),
                   PERCUTA_OK);
  assert_int_equal(
      percuta_scenario_set(&scenario, "parameters.koppenol.secretion", "5e-13 g/day", &mistakes),
      PERCUTA_OK);
  assert_int_equal(percuta_scenario_get(scenario, "device.needle.length", text, sizeof text),
                   PERCUTA_OK);
  assert_string_equal(text, "0.5 mm");
  assert_int_equal(
      percuta_scenario_get(scenario, "parameters.koppenol.secretion", text, sizeof text),
      PERCUTA_OK);
  assert_true(fabs(strtod(text, NULL) / 5e-13 - 1) < 1e-12);
  assert_int_equal(percuta_scenario_get(scenario, "session.passes", text, sizeof text), PERCUTA_OK);
  assert_string_equal(
      text, "[{direction: 0 deg, motion: straight}, {direction: 90 deg, motion: straight}]");
  assert_true(percuta_scenario_hash(scenario) != before);
  /* the last word counts, in whatever order */
  assert_int_equal(percuta_scenario_set(&other, "device.needle.length", "1 mm", NULL), PERCUTA_OK);
  assert_int_equal(percuta_scenario_set(&other, "device.needle.length", "0.5 mm", NULL),
                   PERCUTA_OK);
  assert_int_equal(
      percuta_scenario_set(&other, "parameters.koppenol.secretion", "5e-13 g/day", NULL),
      PERCUTA_OK);
  assert_true(percuta_scenario_hash(other) == percuta_scenario_hash(scenario));
  /* a mistake leaves it as it is */
  const uint64_t changed = percuta_scenario_hash(scenario);
  assert_int_equal(percuta_scenario_set(&scenario, "device.needle.lenght", "1 mm", &mistakes),
                   PERCUTA_BAD_INPUT);
  struct percuta_mistake_text mistake;
  assert_int_equal(percuta_mistakes_count(mistakes), 1);
  assert_int_equal(percuta_mistakes_at(mistakes, 0, &mistake), PERCUTA_OK);
  assert_string_equal(mistake.key, "device.needle.lenght");
  assert_string_equal(mistake.file, "");
  assert_int_equal(mistake.line, 0);
  percuta_mistakes_destroy(&mistakes);
  assert_true(percuta_scenario_hash(scenario) == changed);
  assert_int_equal(percuta_scenario_get(scenario, "no.such.key", text, sizeof text),
                   PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_scenario_get(scenario, "skin.condition.depth", text, sizeof text),
                   PERCUTA_BAD_INPUT); /* does nothing in healthy skin */
  percuta_scenario_destroy(&scenario);
  percuta_scenario_destroy(&other);
  assert_null(scenario);
}

/* Several changes are checked together; the scenario they are made to stays. */
static void scenarios_can_be_copied(void **state) {
  (void)state;
  static const char *const keys[] = {"skin.condition.kind", "skin.condition.depth"};
  static const char *const values[] = {"acne-scar", "1 mm"};
  struct percuta_mistakes *mistakes = NULL;
  struct percuta_scenario *scenario = parse(SCENARIO), *copy = NULL, *scar = NULL;
  char text[256];
  const uint64_t before = percuta_scenario_hash(scenario);
  assert_int_equal(percuta_scenario_copy(scenario, 0, NULL, NULL, &mistakes, &copy), PERCUTA_OK);
  assert_true(percuta_scenario_hash(copy) == before);
  percuta_scenario_destroy(&copy);
  /* the second alone would do nothing, which is a mistake */
  assert_int_equal(percuta_scenario_copy(scenario, 1, keys + 1, values + 1, &mistakes, &scar),
                   PERCUTA_BAD_INPUT);
  assert_null(scar);
  assert_int_equal(percuta_mistakes_count(mistakes), 1);
  percuta_mistakes_destroy(&mistakes);
  assert_int_equal(percuta_scenario_copy(scenario, 2, keys, values, &mistakes, &scar), PERCUTA_OK);
  assert_true(percuta_scenario_hash(scenario) == before);
  percuta_scenario_destroy(&scenario);
  /* a copy is whole in itself, and can be copied on; a section keeps what it is not given */
  assert_int_equal(percuta_scenario_copy(scar, 1, (const char *[]){"skin.condition"},
                                         (const char *[]){"{width: 3 mm}"}, NULL, &copy),
                   PERCUTA_OK);
  assert_int_equal(percuta_scenario_get(copy, "skin.condition.depth", text, sizeof text),
                   PERCUTA_OK);
  assert_string_equal(text, "1 mm");
  assert_int_equal(percuta_scenario_get(copy, "skin.condition.width", text, sizeof text),
                   PERCUTA_OK);
  assert_string_equal(text, "3 mm");
  percuta_scenario_destroy(&copy);
  percuta_scenario_destroy(&scar);
}

/* What is written is the same scenario, with every value. */
static void scenarios_can_be_written(void **state) {
  (void)state;
  char folder[] = "/tmp/percuta-library-XXXXXX", path[128];
  struct percuta_scenario *scenario = parse(SCENARIO), *again = NULL;
  assert_non_null(mkdtemp(folder));
  snprintf(path, sizeof path, "%s/used.yaml", folder);
  assert_int_equal(percuta_scenario_write(scenario, path), PERCUTA_OK);
  assert_int_equal(percuta_scenario_read(catalogue, path, NULL, &again), PERCUTA_OK);
  assert_true(percuta_scenario_hash(again) == percuta_scenario_hash(scenario));
  percuta_scenario_destroy(&scenario);
  percuta_scenario_destroy(&again);
  assert_int_equal(unlink(path), 0);
  assert_int_equal(rmdir(folder), 0);
}

static double last_of(const struct percuta_run *run, const char *column) {
  double value[512];
  size_t count = 0;
  assert_int_equal(percuta_run_column(run, column, value, 512, &count), PERCUTA_OK);
  assert_true(count > 0 && count <= 512);
  return value[count - 1];
}

/* The sheet of a device is two files; where they cannot be, that is said. */
static void devices_have_sheets(void **state) {
  (void)state;
  char folder[] = "/tmp/percuta-library-XXXXXX", page[128], data[128];
  struct percuta_scenario *scenario = parse(SCENARIO);
  assert_non_null(mkdtemp(folder));
  snprintf(page, sizeof page, "%s/device.html", folder);
  snprintf(data, sizeof data, "%s/device.json", folder);
  assert_int_equal(percuta_scenario_write_sheet(scenario, folder, NULL), PERCUTA_OK);
  assert_int_equal(percuta_scenario_write_sheet(scenario, "/dev/null/sheet", NULL), PERCUTA_IO);
  percuta_scenario_destroy(&scenario);
  assert_int_equal(unlink(page), 0);
  assert_int_equal(unlink(data), 0);
  assert_int_equal(rmdir(folder), 0);
}

/* Step, look, step on; another run on the way does not disturb it. */
static void runs_can_be_stepped(void **state) {
  (void)state;
  struct percuta_scenario *scenario = parse(SCENARIO);
  struct percuta_run *run = NULL, *whole = NULL;
  struct percuta_reading reading;
  size_t rows = 7;
  assert_int_equal(percuta_run_create(scenario, NULL, NULL, &run), PERCUTA_OK);
  assert_int_equal(percuta_run_create(scenario, NULL, NULL, &whole), PERCUTA_OK);
  assert_true(percuta_run_time(run) == 0);
  assert_true(percuta_run_end(run) == 60 * DAY);
  assert_int_equal(percuta_run_column(run, "time_d", NULL, 0, &rows), PERCUTA_OK);
  assert_int_equal(rows, 0);
  assert_int_equal(
      percuta_run_outcome(run, "collagen_peak_rel", PERCUTA_SINCE_FIRST_SESSION, 0, &reading),
      PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_run_advance(run, 10.5 * DAY), PERCUTA_OK);
  assert_true(percuta_run_time(run) == 10.5 * DAY);
  assert_true(fabs(last_of(run, "time_d") - 10.5) < 1e-9);
  assert_int_equal(percuta_run_advance(whole, INFINITY), PERCUTA_OK);
  assert_int_equal(percuta_run_advance(run, 3 * DAY), PERCUTA_OK); /* no way back */
  assert_true(percuta_run_time(run) == 10.5 * DAY);
  assert_int_equal(percuta_run_advance(run, NAN), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_run_advance(run, INFINITY), PERCUTA_OK);
  assert_true(percuta_run_time(run) == 60 * DAY);
  const double gain = last_of(whole, "collagen_total_rel") - 1;
  assert_true(gain > 1e-3);
  assert_true(fabs(last_of(run, "collagen_total_rel") - 1 - gain) < 1e-3 * gain);
  assert_int_equal(percuta_run_column(run, "no_such_column", NULL, 0, &rows), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_run_column(run, "cytokine_rel", NULL, 0, &rows),
                   PERCUTA_BAD_INPUT); /* of the other core */
  assert_string_equal(percuta_run_message(run), "");
  percuta_run_destroy(&run);
  percuta_run_destroy(&whole);
  assert_null(run);
  percuta_run_destroy(&run);
  percuta_scenario_destroy(&scenario);
}

static enum percuta_status stop_at_third(void *context, struct percuta_run *run) {
  int *calls = context;
  assert_true(percuta_run_time(run) >= 0);
  return ++*calls == 3 ? PERCUTA_INTERRUPTED : PERCUTA_OK;
}

/* A run that is stopped between steps and goes on is the same to the last bit. */
/* A watch may look, and nothing else. */
static enum percuta_status go_on(void *context, struct percuta_run *run) {
  int *refused = context;
  *refused += percuta_run_advance(run, INFINITY) == PERCUTA_BAD_INPUT;
  return PERCUTA_OK;
}

static void runs_are_advanced_once_at_a_time(void **state) {
  (void)state;
  struct percuta_scenario *scenario = parse(SCENARIO);
  struct percuta_run *run = NULL;
  int refused = 0;
  assert_int_equal(percuta_run_create(scenario, NULL, NULL, &run), PERCUTA_OK);
  percuta_run_watch(run, go_on, &refused);
  assert_int_equal(percuta_run_advance(run, 3 * DAY), PERCUTA_OK);
  assert_true(refused > 3);
  assert_true(percuta_run_time(run) == 3 * DAY);
  percuta_run_destroy(&run);
  percuta_scenario_destroy(&scenario);
}

static void runs_can_be_stopped(void **state) {
  (void)state;
  struct percuta_scenario *scenario = parse(SCENARIO);
  struct percuta_run *run = NULL, *whole = NULL;
  int calls = 0;
  assert_int_equal(percuta_run_create(scenario, NULL, NULL, &run), PERCUTA_OK);
  assert_int_equal(percuta_run_create(scenario, NULL, NULL, &whole), PERCUTA_OK);
  percuta_run_watch(run, stop_at_third, &calls);
  assert_int_equal(percuta_run_advance(run, INFINITY), PERCUTA_INTERRUPTED);
  assert_int_equal(calls, 3);
  assert_true(percuta_run_time(run) < 60 * DAY);
  assert_int_equal(percuta_run_advance(run, INFINITY), PERCUTA_OK);
  assert_true(calls > 10);
  assert_int_equal(percuta_run_advance(whole, INFINITY), PERCUTA_OK);
  assert_true(last_of(run, "collagen_total_rel") == last_of(whole, "collagen_total_rel"));
  percuta_run_watch(run, NULL, NULL);
  percuta_run_destroy(&run);
  percuta_run_destroy(&whole);
  percuta_scenario_destroy(&scenario);
}

static void outcomes_have_intervals(void **state) {
  (void)state;
  struct percuta_scenario *scenario = parse(SCENARIO);
  struct percuta_run *run = NULL;
  struct percuta_reading depth, then, later;
  assert_int_equal(percuta_run_create(scenario, NULL, NULL, &run), PERCUTA_OK);
  assert_int_equal(percuta_run_advance(run, INFINITY), PERCUTA_OK);
  assert_int_equal(
      percuta_run_outcome(run, "depth_mean_um", PERCUTA_SINCE_FIRST_SESSION, 0, &depth),
      PERCUTA_OK);
  assert_true(depth.low < depth.value && depth.value < depth.high);
  assert_true(depth.level == 0.9);
  assert_string_equal(depth.unit, "um");
  assert_string_equal(depth.how_known, "simulated");
  assert_int_equal(
      percuta_run_outcome(run, "collagen_total_rel", PERCUTA_SINCE_FIRST_SESSION, 30 * DAY, &then),
      PERCUTA_OK);
  assert_int_equal(
      percuta_run_outcome(run, "collagen_total_rel", PERCUTA_SINCE_LAST_SESSION, 60 * DAY, &later),
      PERCUTA_OK);
  assert_true(isnan(then.low) && isnan(then.level));
  assert_true(fabs(later.value - last_of(run, "collagen_total_rel")) < 1e-12);
  assert_int_equal(
      percuta_run_outcome(run, "collagen_total_rel", PERCUTA_SINCE_LAST_SESSION, 61 * DAY, &later),
      PERCUTA_BAD_INPUT); /* not followed as long */
  assert_int_equal(
      percuta_run_outcome(run, "collagen_total_rel", PERCUTA_SINCE_FIRST_SESSION, -DAY, &later),
      PERCUTA_BAD_INPUT); /* before there was anything to follow */
  assert_int_equal(
      percuta_run_outcome(run, "collagen_total_rel", PERCUTA_SINCE_FIRST_SESSION, NAN, &later),
      PERCUTA_BAD_INPUT);
  assert_int_equal(
      percuta_run_outcome(run, "depth_mean_um", PERCUTA_SINCE_FIRST_SESSION, NAN, &later),
      PERCUTA_OK); /* not told at times */
  assert_int_equal(percuta_run_outcome(run, "charm", PERCUTA_SINCE_FIRST_SESSION, 0, &then),
                   PERCUTA_BAD_INPUT);
  percuta_run_destroy(&run);
  percuta_scenario_destroy(&scenario);
}

static void fields_can_be_looked_at(void **state) {
  (void)state;
  struct percuta_scenario *scenario = parse(SCENARIO);
  struct percuta_run *run = NULL;
  size_t cells[3];
  double x[20], y[2], time = -1;
  assert_int_equal(percuta_run_create(scenario, NULL, NULL, &run), PERCUTA_OK);
  percuta_run_shape(run, cells);
  assert_true(cells[0] < 20 && cells[1] == 1); /* a column: a few rings */
  const size_t all = cells[0] * cells[2];
  double *z = calloc(cells[2] + 1, sizeof *z), *now = calloc(all, sizeof *now);
  double *kept = calloc(all, sizeof *kept);
  assert_true(z && now && kept);
  percuta_run_faces(run, x, y, z);
  assert_true(x[0] == 0 && x[1] > 0 && y[1] > 0 && z[0] == 0);
  for (size_t k = 0; k < cells[2]; k++)
    assert_true(z[k + 1] > z[k]);
  assert_int_equal(percuta_run_advance(run, 7 * DAY), PERCUTA_OK);
  assert_int_equal(percuta_run_field(run, "collagen", NAN, now), PERCUTA_OK);
  assert_int_equal(percuta_run_kept(run, 0, &time), PERCUTA_OK);
  assert_true(time == 0);
  assert_int_equal(percuta_run_field(run, "collagen", 7 * DAY, kept), PERCUTA_OK);
  for (size_t c = 0; c < all; c++)
    assert_true(fabs(kept[c] - now[c]) <= 1e-6 * now[c]);
  assert_int_equal(percuta_run_field(run, "collagen", 6 * DAY, kept), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_run_field(run, "charm", NAN, kept), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_run_kept(run, 99, &time), PERCUTA_BAD_INPUT);
  free(z);
  free(now);
  free(kept);
  percuta_run_destroy(&run);
  percuta_scenario_destroy(&scenario);
}

/* The result folder is that of the program. */
static void results_can_be_written(void **state) {
  (void)state;
  static const char *const files[] = {
      "summary.json", "timeline.csv",         "channels.csv", "fields.h5",      "fields.xdmf",
      "report.html",  "used_parameters.yaml", "fields.pvd",   "fields/000.vtu", "sources.html"};
  char folder[] = "/tmp/percuta-library-XXXXXX", path[160];
  struct percuta_scenario *scenario = parse(SCENARIO);
  struct percuta_run *run = NULL;
  struct stat info;
  assert_non_null(mkdtemp(folder));
  assert_int_equal(percuta_run_create(scenario, NULL, NULL, &run), PERCUTA_OK);
  assert_int_equal(percuta_run_write(run, folder), PERCUTA_BAD_INPUT); /* nothing to tell yet */
  assert_int_equal(percuta_run_advance(run, DAY), PERCUTA_OK);
  assert_string_equal(percuta_run_message(run), "");
  assert_int_equal(percuta_run_write(run, folder), PERCUTA_BAD_INPUT); /* half a course is none */
  assert_non_null(strstr(percuta_run_message(run), "day 1 of 60"));
  assert_int_equal(percuta_run_advance(run, INFINITY), PERCUTA_OK);
  assert_int_equal(percuta_run_write(run, folder), PERCUTA_OK);
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, files[i]);
    assert_int_equal(stat(path, &info), 0);
    assert_true(info.st_size > 0);
    assert_int_equal(unlink(path), 0);
  }
  for (int kept = 1; kept < 8; kept++) {
    snprintf(path, sizeof path, "%s/fields/%03d.vtu", folder, kept);
    (void)unlink(path);
  }
  snprintf(path, sizeof path, "%s/fields", folder);
  assert_int_equal(rmdir(path), 0);
  assert_int_equal(rmdir(folder), 0); /* and nothing else is there */
  assert_int_equal(percuta_run_write(run, "/dev/null/folder"), PERCUTA_IO);
  assert_non_null(strstr(percuta_run_message(run), "/dev/null/folder"));
  assert_int_equal(percuta_run_write(run, "/dev/null/other"), PERCUTA_IO);
  assert_non_null(strstr(percuta_run_message(run), "/dev/null/other"));
  percuta_run_destroy(&run);
  percuta_scenario_destroy(&scenario);
}

/* All that is wrong with folders at once, and nothing written. tests/python compares what is right.
 */
static void results_can_be_compared(void **state) {
  (void)state;
  static const char *const folders[] = {"/nowhere/a", "/nowhere/b"};
  struct percuta_mistakes *mistakes = NULL;
  struct percuta_mistake_text text;
  struct stat info;
  assert_int_equal(percuta_compare(catalogue, 2, folders, NULL, "/tmp/percuta-compared", &mistakes),
                   PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_mistakes_count(mistakes), 2);
  assert_int_equal(percuta_mistakes_at(mistakes, 1, &text), PERCUTA_OK);
  assert_string_equal(text.code, "not-a-result");
  assert_string_equal(text.file, "/nowhere/b");
  percuta_mistakes_destroy(&mistakes);
  assert_int_equal(percuta_compare(catalogue, 1, folders, NULL, "/tmp/percuta-compared", &mistakes),
                   PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_mistakes_at(mistakes, 0, &text), PERCUTA_OK);
  assert_string_equal(text.code, "wrong-count");
  percuta_mistakes_destroy(&mistakes);
  assert_int_equal(stat("/tmp/percuta-compared", &info), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(says_who_it_is),          cmocka_unit_test(mistakes_have_places),
      cmocka_unit_test(registries_name_all),     cmocka_unit_test(scenarios_can_be_changed),
      cmocka_unit_test(scenarios_can_be_copied), cmocka_unit_test(scenarios_can_be_written),
      cmocka_unit_test(devices_have_sheets),     cmocka_unit_test(runs_can_be_stepped),
      cmocka_unit_test(runs_can_be_stopped),     cmocka_unit_test(runs_are_advanced_once_at_a_time),
      cmocka_unit_test(outcomes_have_intervals), cmocka_unit_test(fields_can_be_looked_at),
      cmocka_unit_test(results_can_be_compared), cmocka_unit_test(results_can_be_written),
  };
  const int failed = cmocka_run_group_tests(tests, open_catalogue, close_catalogue);
  percuta_shutdown();
  return failed;
}
