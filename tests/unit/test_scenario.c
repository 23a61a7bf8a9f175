/* The scenario reader: values, provenance, mistakes, and that a run's own file repeats it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "catalogue_fixture.h"
#include "input/explain.h"
#include "input/input.h"
#include "input/products.h"
#include "input/resolve.h"
#include "input/value.h"
#include "scenario/scenario.h"

static char folder[] = "percuta-scenario-XXXXXX";

#define MINIMAL                                                                                    \
  "percuta: 1\nperson: {age: 45 years, sex: female}\nskin: {site: cheek}\n"                        \
  "device: {preset: roller-192-1.5mm}\n"

static int make_folder(void **state) {
  (void)state;
  return mkdtemp(folder) == NULL;
}

static int remove_folder(void **state) {
  (void)state;
  char path[512];
  static const char *const FILES[] = {"case.yaml",         "used.yaml",
                                      "again.yaml",        "mine.yaml",
                                      "-mine.yaml",        "my-compound.yaml",
                                      "out/used.yaml",     "out/-mine.yaml",
                                      "out/mine.yaml",     "out/my-compound.yaml",
                                      "out/caffeine.yaml", "out",
                                      "caffeine.yaml",     "lidocaine.yaml"};
  for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
    snprintf(path, sizeof path, "%s/%s", folder, FILES[i]);
    remove(path);
  }
  return rmdir(folder);
}

static const char *in_folder(const char *name, char *out, size_t size) {
  snprintf(out, size, "%s/%s", folder, name);
  return out;
}

static void write_file(const char *name, const char *text) {
  char path[512];
  FILE *file = fopen(in_folder(name, path, sizeof path), "w");
  assert_non_null(file);
  fputs(text, file);
  assert_int_equal(fclose(file), 0);
}

/* Reads `text` with `sets`; returns the number of mistakes, and what is said about them in `said`,
 * if that is not NULL. */
static size_t read_saying(const char *text, const char *const *sets, size_t set_count,
                          struct percuta_scenario **out, char **said) {
  char path[512];
  write_file("case.yaml", text);
  struct percuta_diag *diag = NULL;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  const enum percuta_status status = percuta_input_read(
      fixture_catalogue(), in_folder("case.yaml", path, sizeof path), sets, set_count, diag, out);
  const size_t mistakes = percuta_base_diag_count(diag);
  assert_int_equal(status, mistakes == 0 ? PERCUTA_OK : PERCUTA_BAD_INPUT);
  assert_true((*out == NULL) == (mistakes > 0));
  if (said != NULL) {
    size_t length = 0;
    FILE *stream = open_memstream(said, &length);
    percuta_base_diag_print(diag, stream);
    fclose(stream);
  }
  percuta_base_diag_destroy(&diag);
  return mistakes;
}

static size_t read_with(const char *text, const char *const *sets, size_t set_count,
                        struct percuta_scenario **out) {
  return read_saying(text, sets, set_count, out, NULL);
}

static struct percuta_scenario *must_read(const char *text) {
  struct percuta_scenario *scenario = NULL;
  assert_int_equal(read_with(text, NULL, 0, &scenario), 0);
  return scenario;
}

static const char *origin_of(const struct percuta_scenario *scenario, const char *path) {
  return scenario->origin[percuta_input_keys_find(path)].text;
}

static void close_to(double value, double expected) {
  assert_true(fabs(value - expected) <= 1e-13 * fabs(expected));
}

static void test_values_are_in_si(void **state) {
  (void)state;
  struct percuta_scenario *scenario = must_read(
      MINIMAL
      "session: {passes: [{direction: 90 deg}, {direction: 0.5 rad}], force: 500 gram_force,"
      " speed: 3 m/min, slip: 10 %}\n"
      "course: {sessions: 3, interval: 6 weeks, follow_up: 12 months, only_if_healed: false}\n"
      "model: {fidelity: column, seed: 18446744073709551615}\n");
  close_to(scenario->person.age, 45 * PERCUTA_YEAR);
  assert_int_equal(scenario->person.sex, PERCUTA_FEMALE);
  assert_string_equal(scenario->site, "cheek");
  assert_int_equal(scenario->session.pass_count, 2);
  close_to(scenario->session.passes[0].direction, 2 * atan(1));
  close_to(scenario->session.passes[1].direction, 0.5);
  close_to(scenario->session.force, 0.5 * 9.80665);
  close_to(scenario->session.speed, 0.05);
  close_to(scenario->session.slip, 0.1);
  assert_int_equal(scenario->course.sessions, 3);
  close_to(scenario->course.interval, 42 * PERCUTA_DAY);
  close_to(scenario->course.follow_up, 365 * PERCUTA_DAY);
  assert_false(scenario->course.only_if_healed);
  assert_int_equal(scenario->model.fidelity, PERCUTA_COLUMN);
  assert_true(scenario->model.seed == UINT64_MAX);
  percuta_scenario_destroy(&scenario);
  assert_null(scenario);
}

static void test_defaults_are_those_of_the_registry(void **state) {
  (void)state;
  struct percuta_scenario *scenario = must_read(MINIMAL);
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    const char *origin = scenario->origin[i].text;
    if (key->type != PERCUTA_KEY_QUANTITY || origin == NULL || strncmp(origin, "default", 7) != 0)
      continue;
    double expected = 0;
    assert_int_equal(
        percuta_base_units_parse(scenario->units, key->fallback, key->unit, &expected, NULL),
        PERCUTA_OK);
    close_to(*(const double *)(const void *)((const char *)scenario + key->offset), expected);
  }
  assert_int_equal(scenario->session.pass_count, 2);
  assert_string_equal(scenario->condition.kind, "none");
  assert_string_equal(scenario->title, "");
  assert_string_equal(scenario->session.numbing.product, "");
  assert_null(origin_of(scenario, "session.numbing.apply"));
  assert_int_equal(scenario->session.product_count, 0);
  percuta_scenario_destroy(&scenario);
}

static void test_numbing_and_products(void **state) {
  (void)state;
  struct percuta_scenario *scenario = must_read(
      MINIMAL
      "session:\n  numbing: {product: lidocaine-prilocaine-5%, apply: 1 hour, dose: 1.5 kg/m^2,"
      " again: 30 min, wait: 5 min, area: 0.01 m^2, occluded: false}\n"
      "  topicals:\n    - {product: ascorbic-acid-15%, after: 30 min, dose: 2 mg/cm^2,"
      " apply: 2 hours, again: 1 hour, occluded: true}\n"
      "    - {product: retinol-0.5%}\n");
  const struct percuta_numbing_plan *plan = &scenario->session.numbing;
  assert_string_equal(plan->product, "lidocaine-prilocaine-5%");
  close_to(plan->apply, PERCUTA_HOUR);
  close_to(plan->dose, 1.5);
  close_to(plan->again, PERCUTA_HOUR / 2);
  close_to(plan->wait, PERCUTA_HOUR / 12);
  close_to(plan->area, 0.01);
  assert_int_equal(plan->occluded, PERCUTA_COVER_OPEN);
  assert_int_equal(plan->order, PERCUTA_CREAM_FIRST);
  assert_int_equal(scenario->session.product_count, 2);
  const struct percuta_product_plan *put_on = scenario->session.products;
  assert_string_equal(put_on[0].product, "ascorbic-acid-15%");
  close_to(put_on[0].after, PERCUTA_HOUR / 2);
  close_to(put_on[0].dose, 0.02);
  close_to(put_on[0].apply, 2 * PERCUTA_HOUR);
  close_to(put_on[0].again, PERCUTA_HOUR);
  assert_int_equal(put_on[0].occluded, PERCUTA_COVER_OCCLUDED);
  assert_string_equal(put_on[1].product, "retinol-0.5%");
  assert_true(put_on[1].after == 0 && put_on[1].dose == 0 && put_on[1].apply == 0 &&
              put_on[1].again == 0);
  assert_int_equal(put_on[1].occluded, PERCUTA_COVER_USUAL);
  percuta_scenario_destroy(&scenario);

  scenario = must_read(MINIMAL "session: {numbing: {product: tetracaine-4%}}\n");
  assert_int_equal(scenario->session.numbing.occluded, PERCUTA_COVER_USUAL);
  close_to(scenario->session.numbing.area, 0.04);
  assert_true(scenario->session.numbing.apply == 0 && scenario->session.numbing.dose == 0);
  percuta_scenario_destroy(&scenario);
}

/* The scenario has one mistake, said as `expected` after the file's name. */
static void check_says(const char *session, const char *expected) {
  char text[1024], whole[1024];
  char *said = NULL;
  struct percuta_scenario *scenario = NULL;
  snprintf(text, sizeof text, MINIMAL "session: %s\n", session);
  assert_int_equal(read_saying(text, NULL, 0, &scenario, &said), 1);
  snprintf(whole, sizeof whole, "%s/case.yaml:%s", folder, expected);
  said[strlen(said) < strlen(whole) ? strlen(said) : strlen(whole)] = '\0';
  assert_string_equal(said, whole);
  free(said);
}

static void test_mistakes_in_items_have_their_place(void **state) {
  (void)state;
  check_says("{topicals: [{product: retinol-0.5%}, {product: nothing}]}",
             "5:57: session.topicals[1].product: `nothing` is not known");
  check_says("{topicals: [{product: retinol-0.5%},\n   {after: 1 hour}]}",
             "6:4: session.topicals[1].product: is missing");
  check_says("{topicals: [{product: retinol-0.5%,\n   again: 2 hours, apply: 1 hour}]}",
             "6:11: session.topicals[0].again: 120 min is not before it is taken off");
  check_says("{topicals: [{product: retinol-0.5%, dose: 2}]}",
             "5:52: session.topicals[0].dose: `2` has no unit");
  check_says("{topicals: [{product: retinol-0.5%, does: 2 mg/cm^2}]}",
             "5:46: session.topicals[0].does: there is no such key");
  check_says("{passes: [{direction: {}}]}", "5:32: session.passes[0].direction: is not a single");
  check_says("{numbing: {product: tetracain-4%}}",
             "5:30: session.numbing.product: `tetracain-4%` is not known");
  check_says("{numbing: {product: retinol-0.5%}}",
             "5:30: session.numbing.product: `retinol-0.5%` is not a numbing cream");
  check_says("{numbing: {apply: 1 hour}}",
             "5:28: session.numbing.apply: does nothing without session.numbing.product");
  check_says("{numbing: {product: tetracaine-4%, order: needles-first, wait: 1 min}}",
             "5:73: session.numbing.wait: does nothing with session.numbing.order needles-first");
  check_says("{numbing: {wait: 1 min}}",
             "5:27: session.numbing.wait: does nothing without session.numbing.product");
}

static void test_doses_fit_the_product(void **state) {
  (void)state;
  struct percuta_scenario *scenario = NULL;
  check_says("{numbing: {product: lidocaine-4%, again: 60 min}}",
             "5:51: session.numbing.again: 60 min is not before it is taken off; below the contact "
             "of `lidocaine-4%`, 60 min");
  check_says("{topicals: [{product: retinol-0.5%, again: 12 hours}]}",
             "5:53: session.topicals[0].again: 720 min is not before it is taken off; below the "
             "contact of `retinol-0.5%`, 720 min");
  check_says("{numbing: {product: lidocaine-4%, again: 59 s}}",
             "5:51: session.numbing.again: 0.983333 min is too short; 0, or 1 min and more");
  check_says("{topicals: [{product: retinol-0.5%}, {product: retinol-0.5%, apply: 1 min,\n"
             "  again: 1 s}]}",
             "6:10: session.topicals[1].again: 0.0166667 min is too short");
  check_says("{numbing: {product: lidocaine-4%, again: 5 min}}",
             "5:51: session.numbing.again: makes 12 doses of 100 mg/cm^2, 1200 mg/cm^2 in all; up "
             "to 1000 mg/cm^2 in all");
  check_says("{topicals: [{product: retinol-0.5%, dose: 500 mg/cm^2, apply: 121 min, again: 1 h}]}",
             "5:88: session.topicals[0].again: makes 3 doses of 500 mg/cm^2, 1500 mg/cm^2 in all");
  check_says("{topicals: [{product: lidocaine-4%}]}",
             "5:32: session.topicals[0].product: `lidocaine-4%` is a numbing cream; a product of "
             "another kind; name it in session.numbing");
  const char *const sets[] = {"session.topicals=[{product: lidocaine-4%}]"};
  char *said = NULL;
  assert_int_equal(read_saying(MINIMAL, sets, 1, &scenario, &said), 1);
  assert_non_null(strstr(said, "--set:1: session.topicals[0].product: `lidocaine-4%` is a numb"));
  free(said);

  scenario = must_read(MINIMAL "session:\n  numbing: {product: lidocaine-4%, again: 6 min}\n"
                               "  topicals: [{product: retinol-0.5%, again: 719 min},\n"
                               "    {product: retinol-0.5%, dose: 500 mg/cm^2, apply: 2 hours,"
                               " again: 1 hour}]\n");
  percuta_scenario_destroy(&scenario);
}

static void test_cream_can_be_left_out_for_a_try(void **state) {
  (void)state;
  struct percuta_scenario *scenario = NULL;
  const char *const sets[] = {"session.numbing.product=\"\""};
  assert_int_equal(
      read_with(MINIMAL
                "session: {numbing: {product: tetracaine-4%, wait: 1 min, dose: 1 g/m^2}}\n",
                sets, 1, &scenario),
      0);
  assert_string_equal(scenario->session.numbing.product, "");
  assert_null(origin_of(scenario, "session.numbing.wait"));
  percuta_scenario_destroy(&scenario);
}

#define OWN(compound)                                                                              \
  "name: mine\nkind: serum\nactives:\n  - {compound: " compound ", mass_fraction: 3 %}\n"          \
  "pH: {value: 5.5}\nvehicle: gel\ndensity: {value: 1 g/cm^3}\ndose: {value: 2 mg/cm^2}\n"         \
  "contact: {value: 30 min}\noccluded: true\nsterile: false\nmeant_to_be_needled_in: "             \
  "false\nirritant: false\n"

#define OWN_COMPOUND                                                                               \
  "name: my compound\nkind: small-molecule\nformula: C6H6N2O\nrings: 1\ndouble_bonds: 4\n"         \
  "molar_mass: {value: 122.1 g/mol}\nlog_kow: {value: -0.37}\nstate: molecule\n"                   \
  "binding: neutral-or-base\n"

static void test_own_product(void **state) {
  (void)state;
  static const char text[] = MINIMAL "session: {topicals: [{product: mine}]}\n";
  write_file("mine.yaml", OWN("my-compound"));
  write_file("my-compound.yaml", OWN_COMPOUND);
  struct percuta_scenario *first = must_read(text);
  assert_string_equal(first->session.products[0].product, "mine");
  write_file("my-compound.yaml", OWN_COMPOUND "solubility: {value: 100 g/l}\n");
  struct percuta_scenario *other_compound = must_read(text);
  write_file("mine.yaml", "# another\n" OWN("my-compound"));
  struct percuta_scenario *other_product = must_read(text);
  assert_true(first->hash != other_compound->hash);
  assert_true(other_compound->hash != other_product->hash);
  percuta_scenario_destroy(&first);
  percuta_scenario_destroy(&other_compound);
  percuta_scenario_destroy(&other_product);

  struct percuta_scenario *scenario = NULL;
  char *said = NULL;
  write_file("mine.yaml", OWN("no-such"));
  assert_int_equal(read_saying(text, NULL, 0, &scenario, &said), 1);
  assert_non_null(strstr(said, "mine.yaml:4:16: compound: there is no compound `no-such`"));
  free(said);
  write_file("mine.yaml", OWN("my-compound"));
  write_file("my-compound.yaml", "name: [\n");
  assert_true(read_saying(text, NULL, 0, &scenario, &said) >= 1);
  assert_non_null(strstr(said, "my-compound.yaml:2:"));
  free(said);
}

/* A product, or the scenario itself, that is called like a compound does not take its place. */
static void test_names_of_compounds_are_free(void **state) {
  (void)state;
  char path[512];
  write_file("caffeine.yaml", OWN("caffeine"));
  struct percuta_scenario *scenario =
      must_read(MINIMAL "session: {topicals: [{product: caffeine}]}\n");
  assert_int_equal(scenario->files.count, 2);
  assert_non_null(scenario->files.file[0].text);
  assert_string_equal(scenario->files.file[1].id, "caffeine");
  assert_null(scenario->files.file[1].text);
  assert_null(percuta_input_products_hidden(scenario, in_folder("used.yaml", path, sizeof path)));
  percuta_scenario_destroy(&scenario);

  write_file("lidocaine.yaml", MINIMAL "session: {numbing: {product: lidocaine-4%}}\n");
  struct percuta_diag *diag = NULL;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  in_folder("lidocaine.yaml", path, sizeof path);
  assert_int_equal(percuta_input_read(fixture_catalogue(), path, NULL, 0, diag, &scenario),
                   PERCUTA_OK);
  assert_null(scenario->files.file[1].text);
  percuta_base_diag_destroy(&diag);
  percuta_scenario_destroy(&scenario);

  check_says("{topicals: [{product: case}]}",
             "5:32: session.topicals[0].product: `case` is not "
             "known; an id of `percuta list products`, or of your own file beside the scenario; "
             "case.yaml beside the scenario is no product: it lacks `actives`");
  write_file("used_parameters.yaml", "actives: []\n");
  check_says("{topicals: [{product: used_parameters}]}",
             "5:32: session.topicals[0].product: `used_parameters` is not "
             "known; an id of `percuta list products`, or of your own file beside the scenario; "
             "used_parameters.yaml is the name of a file that every run writes; give the product "
             "another");
  unlink(in_folder("used_parameters.yaml", path, sizeof path));
  check_says("{topicals: [{product: vitamin-c}]}",
             "5:32: session.topicals[0].product: `vitamin-c` "
             "is not known; an id of `percuta list products`, or of your own file beside the "
             "scenario; did you mean `ascorbic-acid-15%`?");
  check_says("{numbing: {product: LIDOCAINE-4%}}",
             "5:30: session.numbing.product: `LIDOCAINE-4%` "
             "is not known; an id of `percuta list products`, or of your own file beside the "
             "scenario; did you mean `lidocaine-4%`?");
  unlink(in_folder("caffeine.yaml", path, sizeof path));
}

static void test_preset_and_single_changes(void **state) {
  (void)state;
  struct percuta_scenario *scenario = must_read(MINIMAL);
  const int rings = scenario->device.rings;
  assert_int_equal(scenario->device.kind, PERCUTA_ROLLER);
  assert_int_equal(rings * scenario->device.needles_per_ring, 192);
  close_to(scenario->device.needle.length, 1.5e-3);
  assert_int_equal(strncmp(origin_of(scenario, "device.rings"), "preset roller-192-1.5mm", 23), 0);
  percuta_scenario_destroy(&scenario);

  const char *const sets[] = {"device.needle={length: 2 mm}"};
  assert_int_equal(read_with(MINIMAL, sets, 1, &scenario), 0);
  close_to(scenario->device.needle.length, 2e-3);
  assert_int_equal(scenario->device.rings, rings);
  assert_string_equal(origin_of(scenario, "device.needle.length"), "--set:1");
  percuta_scenario_destroy(&scenario);
}

static void test_full_taper_follows_the_length(void **state) {
  (void)state;
  struct percuta_scenario *scenario = NULL;
  const char *const sets[] = {"device.needle.length=1 mm", "device.needle.taper=0.5 mm"};
  assert_int_equal(read_with(MINIMAL, sets, 1, &scenario), 0);
  close_to(scenario->device.needle.taper, 1e-3);
  percuta_scenario_destroy(&scenario);
  assert_int_equal(read_with(MINIMAL, sets, 2, &scenario), 0);
  close_to(scenario->device.needle.taper, 0.5e-3);
  percuta_scenario_destroy(&scenario);
}

static void test_condition_brings_its_size(void **state) {
  (void)state;
  struct percuta_scenario *scenario = NULL;
  const char *const sets[] = {"skin.condition.kind=striae", "skin.condition.width=2.5 mm"};
  assert_int_equal(read_with(MINIMAL, sets, 2, &scenario), 0);
  assert_true(scenario->condition.depth > 0);
  close_to(scenario->condition.width, 2.5e-3);
  assert_int_equal(strncmp(origin_of(scenario, "skin.condition.depth"), "condition striae", 16), 0);
  percuta_scenario_destroy(&scenario);
}

static void test_command_line_may_idle_a_key(void **state) {
  (void)state;
  struct percuta_scenario *scenario = NULL;
  const char *const sets[] = {"model.fidelity=column"};
  assert_int_equal(read_with(MINIMAL "model: {patch: {width: 2 mm}}\n", sets, 1, &scenario), 0);
  assert_null(origin_of(scenario, "model.patch.width"));
  percuta_scenario_destroy(&scenario);
  assert_int_equal(
      read_with(MINIMAL "model: {fidelity: column, patch: {width: 2 mm}}\n", NULL, 0, &scenario),
      1);
}

static void test_provenance(void **state) {
  (void)state;
  struct percuta_scenario *scenario = must_read(MINIMAL "course: {sessions: 1}\n");
  char expected[512];
  snprintf(expected, sizeof expected, "%s/case.yaml:5", folder);
  assert_string_equal(origin_of(scenario, "course.sessions"), expected);
  assert_string_equal(origin_of(scenario, "session.force"), "default: assumed");
  assert_null(origin_of(scenario, "device.frequency")); /* does nothing for a roller */
  assert_null(origin_of(scenario, "skin.condition.depth"));
  percuta_scenario_destroy(&scenario);
}

static void test_sets_override_in_order(void **state) {
  (void)state;
  const char *const sets[] = {"session.force=3 N", "session.passes=[{direction: 45 deg}]",
                              "parameters.koppenol.signal_diffusivity=3e-3 cm^2/day",
                              "session.force=4 N"};
  struct percuta_scenario *scenario = NULL;
  assert_int_equal(read_with(MINIMAL "session: {force: 2 N}\n", sets, 4, &scenario), 0);
  close_to(scenario->session.force, 4);
  assert_int_equal(scenario->session.pass_count, 1);
  close_to(scenario->session.passes[0].direction, atan(1));
  const struct percuta_parameter *parameter =
      percuta_base_parameters_find(scenario->parameters, "koppenol.signal_diffusivity");
  assert_true(parameter->overridden);
  close_to(parameter->value_si, 3e-7 / PERCUTA_DAY);
  assert_string_equal(parameter->origin, "--set:3");
  percuta_scenario_destroy(&scenario);
}

/* Every stored number of two scenarios, bit for bit. */
static void assert_same_values(const struct percuta_scenario *a, const struct percuta_scenario *b) {
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    if (!key->stored || strchr(key->path, '[') != NULL || a->origin[i].text == NULL)
      continue;
    const void *in_a = (const char *)a + key->offset;
    const void *in_b = (const char *)b + key->offset;
    if (key->type == PERCUTA_KEY_QUANTITY || key->type == PERCUTA_KEY_SEED)
      assert_memory_equal(in_a, in_b, 8);
    else if (key->type == PERCUTA_KEY_INTEGER || key->type == PERCUTA_KEY_CHOICE)
      assert_memory_equal(in_a, in_b, sizeof(int));
    else if (key->type == PERCUTA_KEY_TEXT || key->type == PERCUTA_KEY_NAME)
      assert_string_equal(*(char *const *)in_a, *(char *const *)in_b);
  }
  assert_int_equal(a->session.pass_count, b->session.pass_count);
  assert_memory_equal(a->session.passes, b->session.passes,
                      (size_t)a->session.pass_count * sizeof a->session.passes[0]);
  assert_int_equal(a->session.product_count, b->session.product_count);
  for (int i = 0; i < a->session.product_count; i++) {
    const struct percuta_product_plan *one = &a->session.products[i],
                                      *other = &b->session.products[i];
    assert_string_equal(one->product, other->product);
    assert_true(one->after == other->after && one->dose == other->dose &&
                one->apply == other->apply && one->again == other->again &&
                one->occluded == other->occluded);
  }
  const size_t count = percuta_base_parameters_count(a->parameters);
  assert_int_equal(count, percuta_base_parameters_count(b->parameters));
  for (size_t i = 0; i < count; i++) {
    const struct percuta_parameter *one = percuta_base_parameters_at(a->parameters, i);
    const struct percuta_parameter *other = percuta_base_parameters_at(b->parameters, i);
    assert_string_equal(one->name, other->name);
    assert_memory_equal(&one->value_si, &other->value_si, sizeof one->value_si);
  }
}

/* Writes the used parameters to the file `name`, reads them back, and compares values and hash. */
static void check_round_trip_in(const char *text, const char *name) {
  char used[512];
  struct percuta_scenario *first = must_read(text);
  in_folder(name, used, sizeof used);
  assert_int_equal(percuta_input_write_used(first, NULL, used), PERCUTA_OK);
  struct percuta_diag *diag = NULL;
  assert_int_equal(percuta_base_diag_create(&diag), 0);
  struct percuta_scenario *second = NULL;
  const enum percuta_status status =
      percuta_input_read(fixture_catalogue(), used, NULL, 0, diag, &second);
  if (status != PERCUTA_OK)
    percuta_base_diag_print(diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
  percuta_base_diag_destroy(&diag);
  assert_true(first->hash == second->hash);
  assert_string_equal(first->title, second->title);
  assert_same_values(first, second);
  percuta_scenario_destroy(&first);
  percuta_scenario_destroy(&second);
}

static void check_round_trip(const char *text) {
  check_round_trip_in(text, "used.yaml");
}

static void test_used_parameters_take_own_products_along(void **state) {
  (void)state;
  char path[512];
  assert_int_equal(mkdir(in_folder("out", path, sizeof path), 0777), 0);
  write_file("mine.yaml", OWN("my-compound"));
  write_file("-mine.yaml", OWN("caffeine"));
  write_file("my-compound.yaml", OWN_COMPOUND);
  static const char text[] =
      MINIMAL "session: {topicals: [{product: mine, after: 0.1 days}, {product: \"-mine\"},\n"
              "  {product: retinol-0.5%}]}\n";
  check_round_trip_in(text, "out/used.yaml");
  assert_int_equal(access(in_folder("out/my-compound.yaml", path, sizeof path), R_OK), 0);
  assert_int_not_equal(access(in_folder("out/retinol-0.5%.yaml", path, sizeof path), F_OK), 0);
  check_round_trip(text); /* in the folder that they are in */

  struct percuta_scenario *scenario = must_read(MINIMAL "session: {topicals: [{product: mine}]}\n");
  assert_null(
      percuta_input_products_hidden(scenario, in_folder("out/used.yaml", path, sizeof path)));
  percuta_scenario_destroy(&scenario);
  unlink(in_folder("my-compound.yaml", path, sizeof path));
  write_file("out/caffeine.yaml", OWN_COMPOUND);
  scenario = must_read(MINIMAL "session: {topicals: [{product: -mine}]}\n");
  in_folder("out/used.yaml", path, sizeof path);
  assert_string_equal(percuta_input_products_hidden(scenario, path), "caffeine");
  percuta_scenario_destroy(&scenario);
}

static void test_used_parameters_repeat_the_run(void **state) {
  (void)state;
  check_round_trip(MINIMAL);
  check_round_trip(
      MINIMAL "title: \"quotes \\\" and \\\\ and # and: colon\"\n"
              "session: {force: 1.2345678901234567 pound_force, speed: 0.333333333333333333 in/s,"
              " passes: [{direction: 0.1 rad}, {direction: 123.4567890123456789 deg}]}\n"
              "course: {sessions: 2, interval: 1 month, follow_up: 100.1234567890123456 days}\n"
              "parameters: {koppenol.signal_diffusivity: 0.00333333333333333333 cm^2/day}\n");
  check_round_trip(
      MINIMAL
      "session:\n  numbing: {product: lidocaine-prilocaine-5%, apply: 0.777777777777777 hours,"
      " dose: 0.12345678901234567 lb/ft^2, again: 7 min, area: 33.333333333333333 in^2,"
      " occluded: false, order: needles-first}\n"
      "  topicals: [{product: ascorbic-acid-15%, after: 0.1 days, dose: 3.3333333333333333 g/m^2,"
      " occluded: false}, {product: retinol-0.5%, apply: 1 hour, again: 0.333333333333 hours,"
      " occluded: true}]\n");
  check_round_trip(
      "percuta: 1\nperson: {age: 33.3 years, sex: male, draw: sampled}\n"
      "skin: {site: abdomen, condition: {kind: striae, depth: 0.0333 inch, width: 2 mm}}\n"
      "device:\n  kind: stamp\n"
      "  needle: {length: 0.7 mm, base_diameter: 0.2 mm, tip_radius: 5 um, taper: 0.5 mm}\n"
      "  needles: 40\n  head_diameter: 1 cm\n  frequency: 2 Hz\n"
      "model: {seed: 18446744073709551615, tolerance: 3e-5}\n");
}

static void test_hash_follows_what_matters(void **state) {
  (void)state;
  struct percuta_scenario *plain = must_read(MINIMAL);
  struct percuta_scenario *titled = must_read("# a comment\n" MINIMAL "title: Another\n");
  struct percuta_scenario *spelled = must_read(MINIMAL "session: {force: 5000 mN}\n");
  struct percuta_scenario *stronger = must_read(MINIMAL "session: {force: 5001 mN}\n");
  assert_true(plain->hash == titled->hash);
  assert_true(plain->hash == spelled->hash);
  assert_true(plain->hash != stronger->hash);
  percuta_scenario_destroy(&plain);
  percuta_scenario_destroy(&titled);
  percuta_scenario_destroy(&spelled);
  percuta_scenario_destroy(&stronger);
}

static void test_all_mistakes_are_found(void **state) {
  (void)state;
  struct percuta_scenario *scenario = NULL;
  const char *const sets[] = {"session.speed=fast"};
  assert_int_equal(read_with("percuta: 2\nperson: {age: 45, sex: femal}\nskin: {sight: cheek}\n"
                             "device: {preset: roller-192-1.5mm, frequency: 1 Hz}\n"
                             "course: {sessions: 9, follow_up: 1 week}\n",
                             sets, 1, &scenario),
                   8); /* version, age, sex, sight, missing site, frequency, follow_up, speed */
}

static void test_did_you_mean(void **state) {
  (void)state;
  assert_string_equal(percuta_input_keys_nearest("sesion"), "session");
  assert_string_equal(percuta_input_keys_nearest("session.forse"), "session.force");
  assert_string_equal(percuta_input_keys_nearest("session.frequency"), "device.frequency");
  assert_string_equal(percuta_input_keys_nearest("device.needle.lenght"), "device.needle.length");
  assert_string_equal(percuta_input_keys_nearest("session.numbin"), "session.numbing");
  assert_string_equal(percuta_input_keys_nearest("session.topical"), "session.topicals");
  assert_string_equal(percuta_input_keys_nearest("person.clotting.x"), "person.clotting.X");
  assert_null(percuta_input_keys_nearest("q"));
  char allowed[PERCUTA_KEYS_TEXT];
  percuta_input_keys_allowed(percuta_input_keys_at((size_t)percuta_input_keys_find("device.kind")),
                             allowed, sizeof allowed);
  assert_string_equal(allowed, "roller, stamp, pen or array");
  percuta_input_keys_allowed(
      percuta_input_keys_at((size_t)percuta_input_keys_find("session.force")), allowed,
      sizeof allowed);
  assert_string_equal(allowed, "0.1 to 100 N");
  assert_int_equal(percuta_input_keys_choice_index("a|bc|d", "bc"), 1);
  assert_int_equal(percuta_input_keys_choice_index("a|bc|d", "b"), -1);
  assert_true(percuta_input_keys_when_holds("*", "b") && !percuta_input_keys_when_holds("*", ""));
  assert_true(percuta_input_keys_when_holds("a|b", "b") &&
              !percuta_input_keys_when_holds("a|b", ""));
}

/* What is proposed for a value that is not known; nothing where no value is near. */
static void test_proposed_values(void **state) {
  (void)state;
  static const char *const cases[][2] = {
      {"skin.site=chek", "cheek"},
      {"skin.site=Fore head", "forehead"},
      {"skin.site=shoulder blade", "upper-back"},
      {"skin.site=hand", "back-of-hand"},
      {"skin.site=upper lip", "upper-lip"},
      {"skin.site=crow's feet", "periorbital"},
      {"skin.site=lower-leg", NULL},
      {"skin.site=toe", NULL},
      {"skin.condition.kind=acne scars", "acne-scar"},
      {"skin.condition.kind=burn-scar", NULL},
      {"skin.condition.kind=burn", "burn-scar"},
      {"skin.condition.kind=keloid scar", NULL},
      {"person.phototype=3", "III"},
      {"person.phototype=iv", "IV"},
      {"person.phototype=VII", NULL},
      {"person.phototype=0", NULL},
      {"person.phototype=3-4", "III-IV"},
      {"person.phototype=III/IV", "III-IV"},
      {"person.sex=woman", "female"},
      {"person.sex=non-binary", "other"},
      {"person.anticoagulants=[asprin]", "aspirin"},
      {"person.anticoagulants=[aspirin, Rivaroxaban]", "direct-oral"},
      {"model.fidelity=colum", "column"},
      {"device.preset=roller-192-4.0mm", "roller-192-3.0mm"},
      {"session.angle_jitter=5 degres", "degrees"},
      {"session.angle_jitter=50 grad", NULL},
      {"session.numbing.product=EMLA", "lidocaine-prilocaine-5%"},
      {"session.numbing.product=EMLA cream 5%", "lidocaine-prilocaine-5%"},
      {"session.numbing.product=benzocaine-20%", NULL}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct percuta_scenario *scenario = NULL;
    char *said = NULL, expected[96] = "did you mean";
    assert_int_equal(read_saying(MINIMAL, &cases[i][0], 1, &scenario, &said), 1);
    if (cases[i][1] != NULL)
      snprintf(expected, sizeof expected, "did you mean `%s`?", cases[i][1]);
    if ((strstr(said, expected) != NULL) != (cases[i][1] != NULL))
      fail_msg("%s: %s", cases[i][0], said);
    free(said);
  }
}

/* Any of some words, and what repeats a run. */
static void test_several_choices_are_kept(void **state) {
  (void)state;
  const struct percuta_key *key =
      percuta_input_keys_at((size_t)percuta_input_keys_find("person.anticoagulants"));
  static const struct {
    const char *set, *text;
    int bits;
  } cases[] = {{"person.anticoagulants=[]", "[]", 0},
               {"person.anticoagulants=none", "[]", 0},
               {"person.anticoagulants=aspirin", "[aspirin]", PERCUTA_TAKES_ASPIRIN},
               {"person.anticoagulants=[heparin, warfarin, heparin]", "[warfarin, heparin]",
                PERCUTA_TAKES_WARFARIN | PERCUTA_TAKES_HEPARIN}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct percuta_scenario *scenario = NULL;
    char *said = NULL, text[128];
    assert_int_equal(read_saying(MINIMAL, &cases[i].set, 1, &scenario, &said), 0);
    assert_int_equal(scenario->person.anticoagulants, cases[i].bits);
    percuta_input_value_text(scenario->units, key, scenario, text, sizeof text);
    assert_string_equal(text, cases[i].text);
    percuta_scenario_destroy(&scenario);
    free(said);
  }
}

static void test_explain_is_json(void **state) {
  (void)state;
  struct percuta_scenario *scenario =
      must_read(MINIMAL "session: {topicals: [{product: retinol-0.5%, dose: 3 mg/cm^2}]}\n");
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  assert_int_equal(percuta_input_explain_print(scenario, true, stream), PERCUTA_OK);
  fclose(stream);
  cJSON *root = cJSON_Parse(text);
  assert_non_null(root);
  const cJSON *force = cJSON_GetObjectItemCaseSensitive(
      cJSON_GetObjectItemCaseSensitive(root, "keys"), "session.force");
  close_to(cJSON_GetObjectItemCaseSensitive(force, "value")->valuedouble, 5);
  assert_string_equal(cJSON_GetObjectItemCaseSensitive(force, "unit")->valuestring, "N");
  const cJSON *topicals = cJSON_GetObjectItemCaseSensitive(
      cJSON_GetObjectItemCaseSensitive(root, "keys"), "session.topicals");
  const cJSON *put_on = cJSON_GetArrayItem(cJSON_GetObjectItemCaseSensitive(topicals, "value"), 0);
  close_to(cJSON_GetObjectItemCaseSensitive(put_on, "dose")->valuedouble, 3);
  assert_string_equal(cJSON_GetObjectItemCaseSensitive(put_on, "product")->valuestring,
                      "retinol-0.5%");
  assert_non_null(cJSON_GetObjectItemCaseSensitive(
      cJSON_GetObjectItemCaseSensitive(root, "compounds"), "retinol"));
  const cJSON *parameters = cJSON_GetObjectItemCaseSensitive(root, "parameters");
  assert_int_equal(cJSON_GetArraySize(parameters),
                   (int)percuta_base_parameters_count(scenario->parameters));
  cJSON_Delete(root);
  free(text);
  percuta_scenario_destroy(&scenario);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_values_are_in_si),
      cmocka_unit_test(test_defaults_are_those_of_the_registry),
      cmocka_unit_test(test_numbing_and_products),
      cmocka_unit_test(test_mistakes_in_items_have_their_place),
      cmocka_unit_test(test_cream_can_be_left_out_for_a_try),
      cmocka_unit_test(test_own_product),
      cmocka_unit_test(test_names_of_compounds_are_free),
      cmocka_unit_test(test_doses_fit_the_product),
      cmocka_unit_test(test_preset_and_single_changes),
      cmocka_unit_test(test_full_taper_follows_the_length),
      cmocka_unit_test(test_condition_brings_its_size),
      cmocka_unit_test(test_command_line_may_idle_a_key),
      cmocka_unit_test(test_provenance),
      cmocka_unit_test(test_sets_override_in_order),
      cmocka_unit_test(test_used_parameters_repeat_the_run),
      cmocka_unit_test(test_used_parameters_take_own_products_along),
      cmocka_unit_test(test_hash_follows_what_matters),
      cmocka_unit_test(test_all_mistakes_are_found),
      cmocka_unit_test(test_did_you_mean),
      cmocka_unit_test(test_proposed_values),
      cmocka_unit_test(test_several_choices_are_kept),
      cmocka_unit_test(test_explain_is_json),
  };
  return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
