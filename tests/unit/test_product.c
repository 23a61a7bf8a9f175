#include "transport_fixture.h"

#include <unistd.h>

#include "substance/product.h"

static const char MINE[] =
    "name: mine\nknown: test\nkind: serum\nactives:\n"
    "  - {compound: caffeine, mass_fraction: 3 %, status: assumed, source: \"\"}\n"
    "  - {compound: urea, mass_fraction: 5 %, status: assumed, source: \"\"}\n"
    "pH: {value: 5.5, range: [5, 6], status: assumed, source: \"\"}\nvehicle: gel\n"
    "density: {value: 1.1 g/cm^3, status: assumed, source: \"\"}\n"
    "dose: {value: 2 mg/cm^2, status: assumed, source: \"\"}\n"
    "contact: {value: 30 min, status: assumed, source: \"\"}\n"
    "occluded: true\nsterile: false\nmeant_to_be_needled_in: false\nirritant: false\n";

static void catalogue_is_sound(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_product product;
  struct percuta_entry entry;
  const char *id = NULL;
  size_t count = 0, numbing = 0;
  fixture_init(&f);
  for (; percuta_catalogue_at(f.scenario.catalogue, PERCUTA_PRODUCTS, count, &id, &entry);
       count++) {
    assert_int_equal(percuta_substance_product_read(&f.scenario, id, f.diag, &product), PERCUTA_OK);
    assert_true(product.active_count >= 1);
    assert_true(product.pH > (product.irritant ? 0 : 2) && product.pH < 11); /* peels are acids */
    assert_true(product.sterile || !product.meant_to_be_needled_in);
    assert_true(product.sterile || product.warning[0] != '\0');
    numbing += product.kind == PERCUTA_PRODUCT_NUMBING;
  }
  assert_true(count >= 20);
  assert_true(numbing >= 4);
  assert_int_equal(
      percuta_substance_product_read(&f.scenario, "ascorbic-acid-15%", f.diag, &product),
      PERCUTA_OK);
  assert_near(product.active[0].concentration, 150, 1e-12);
  assert_near(product.dose, 0.02, 1e-12);
  assert_int_equal(
      percuta_substance_product_read(&f.scenario, "lidocaine-prilocaine-5%", f.diag, &product),
      PERCUTA_OK);
  assert_int_equal(product.active_count, 2);
  assert_string_equal(product.active[1].compound.id, "prilocaine");
  assert_near(product.active[1].concentration, 25, 1e-12);
  fixture_clear(&f);
}

/* What a file says, read beside a scenario. */
static enum percuta_status read_text(const struct fixture *f, const char *id, const char *text,
                                     struct percuta_product *out) {
  char folder[] = "/tmp/percuta-product-XXXXXX", name[80], path[128], beside[128];
  assert_non_null(mkdtemp(folder));
  snprintf(name, sizeof name, "%s.yaml", id);
  snprintf(beside, sizeof beside, "%s/scenario.yaml", folder);
  transport_write(folder, name, text, path, sizeof path);
  struct percuta_scenario scenario = f->scenario;
  scenario.path = beside;
  assert_int_equal(percuta_input_own_load(&scenario, PERCUTA_PRODUCTS, id), PERCUTA_OK);
  const enum percuta_status status = percuta_substance_product_read(&scenario, id, f->diag, out);
  percuta_scenario_files_clear(&scenario.files);
  unlink(path);
  rmdir(folder);
  return status;
}

/* The good file with `from` replaced by `to`. */
static enum percuta_status read_changed(const struct fixture *f, const char *from, const char *to,
                                        struct percuta_product *out) {
  char text[2048];
  const char *at = strstr(MINE, from);
  assert_non_null(at);
  snprintf(text, sizeof text, "%.*s%s%s", (int)(at - MINE), MINE, to, at + strlen(from));
  return read_text(f, "mine", text, out);
}

static void a_users_own_product_is_read(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_product product;
  fixture_init(&f);
  assert_int_equal(read_changed(&f, "gel", "gel", &product), PERCUTA_OK);
  assert_int_equal(read_changed(&f, "3 %", "3 % w/w", &product), PERCUTA_OK);
  assert_int_equal(read_changed(&f, "3 %", "30 mg/g", &product), PERCUTA_OK);
  assert_string_equal(product.name, "mine");
  assert_int_equal(product.active_count, 2);
  assert_near(product.active[0].concentration, 33, 1e-12);
  assert_near(product.active[1].concentration, 55, 1e-12);
  assert_near(product.contact, 1800, 1e-12);
  assert_true(product.occluded && !product.sterile && !product.meant_to_be_needled_in);
  assert_int_equal(product.vehicle, PERCUTA_VEHICLE_GEL);
  assert_string_equal(product.warning, "");
  fixture_clear(&f);
}

/* How the product of the changed file is refused: with one mistake, that says `expected`. */
static void check_says(const char *from, const char *to, const char *expected) {
  struct fixture f;
  struct percuta_product product = {.active_count = -7};
  char *said = NULL;
  size_t length = 0;
  fixture_init(&f);
  assert_int_equal(read_changed(&f, from, to, &product), PERCUTA_BAD_INPUT);
  assert_int_equal(product.active_count, -7);
  assert_int_equal(percuta_base_diag_count(f.diag), 1);
  FILE *stream = open_memstream(&said, &length);
  assert_non_null(stream);
  percuta_base_diag_print(f.diag, stream);
  assert_int_equal(fclose(stream), 0);
  if (strstr(said, expected) == NULL)
    fail_msg("`%s` does not say `%s`", said, expected);
  free(said);
  fixture_clear(&f);
}

static void mistakes_are_reported(void **state) {
  (void)state;
  check_says("compound: urea", "compound: no-such-one", "there is no compound `no-such-one`");
  check_says("compound: urea", "compound: Vitamin C", "did you mean `ascorbic-acid`?");
  check_says("compound: urea", "compound: UREA", "did you mean `urea`?");
  check_says("mass_fraction: 3 %", "mass_fraction: 300 %", "`300 %` is not between 0 and 100 %");
  check_says("mass_fraction: 3 %", "mass_fraction: 96 %", "make 101 % of the mass in all");
  check_says("mass_fraction: 3 %", "mass_fraction: 3 g", "mass_fraction: ");
  check_says("mass_fraction: 3 %", "mass_fraction: 0.03", "`0.03` has no unit");
  check_says("mass_fraction: 3 %", "mass_fraction: 0.5",
             "write `0.5 %`, or `50 %` where a share of 1 is meant");
  check_says("mass_fraction: 3 %", "mass_fraction: 3", "such as `3 %`");
  check_says("mass_fraction: 3 %", "mass_fraction: 3 % w/v", "divide it by the density");
  check_says("mass_fraction: 3 %", "mass_fraction: 30 mg/ml", "divide what is in a volume by");
  check_says("mass_fraction: 3 %", "mass_fraction: 300 IU/g", "write its mass");
  check_says("3 %, status: assumed", "3 %, status: assume", "did you mean `assumed`?");
  check_says("vehicle: gel", "vehicle: oil", "vehicle: is none of: aqueous solution, ");
  check_says("sterile: false", "sterile: perhaps", "sterile: is none of: false, true");
  check_says("irritant: false\n", "", "irritant: is missing");
  check_says("30 min", "30 mm", "contact: ");
  check_says("30 min", "25 hours", "`25 hours` is too large; above 0 and up to 1440 min");
  check_says("2 mg/cm^2", "0 mg/cm^2", "`0 mg/cm^2` is too small");
  check_says("2 mg/cm^2", "501 mg/cm^2", "`501 mg/cm^2` is too large");
  check_says("{value: 2 mg/cm^2, status: assumed, source: \"\"}", "2 mg/cm^2",
             "write `dose: {value: 2 mg/cm^2}`");
  check_says("value: 5.5,", "value: 14.1,", "pH: `14.1` is too large; 0 to 14");
  check_says("value: 5.5,", "value: 7.4 %,",
             "`7.4 %` is a share, not a plain number; leave out the unit");
  check_says("value: 5.5,", "value: -0.5 ‰,", "`-0.5 ‰` is a share");
  check_says("value: 5.5,", "valeu: 5.5, value: 6,", "valeu: there is no such key");
  check_says("1.1 g/cm^3", "1.1 kg/m^3", "0.3 to 3 g/cm^3");
  check_says("1.1 g/cm^3, status: assumed", "1.1 g/cm^3, status: sure",
             "status: is none of: cited");
  check_says("name: mine", "name: \" \"", "name: is empty");
  check_says("vehicle: gel", "vehicle: gel\ncolour: red", "colour: there is no such key");
  check_says("known: test", "know: test", "did you mean `known`?");
}

static void all_mistakes_are_reported_at_once(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_product product;
  fixture_init(&f);
  assert_int_equal(read_text(&f, "mine",
                             "nam: x\nkind: balm\nactives:\n  - {compound: urea}\n"
                             "  - {compound: ure, mass_fraction: 200 %}\npH: {value: 15}\n"
                             "dose: 2\ndensity: {value: 9 g/cm^3}\noccluded: x\nsterile: true\n"
                             "meant_to_be_needled_in: true\nirritant: true\n",
                             &product),
                   PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_base_diag_count(f.diag), 10); /* `contact` is missing, too */
  fixture_clear(&f);
}

/* What changes nothing may be left out. */
static void vehicle_is_optional(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_product product;
  fixture_init(&f);
  assert_int_equal(read_changed(&f, "vehicle: gel\n", "", &product), PERCUTA_OK);
  assert_int_equal(product.vehicle, PERCUTA_VEHICLE_AQUEOUS);
  fixture_clear(&f);
}

/* One's own caffeine.yaml is the product; the caffeine in it is Percuta's compound. */
static void a_product_may_be_called_as_its_compound(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_product product;
  fixture_init(&f);
  assert_int_equal(read_text(&f, "caffeine", MINE, &product), PERCUTA_OK);
  assert_string_equal(product.name, "mine");
  assert_near(product.active[0].compound.molar_mass, 0.194194, 1e-9);
  fixture_clear(&f);
}

/* A compound of one's own, or a scenario, that has the name of a product is no product. */
static void only_a_product_is_read_as_one(void **state) {
  (void)state;
  static const char *const other[] = {
      "name: x\nformula: C8H10N4O2\nmolar_mass: {value: 194.2 g/mol}\nlog_kow: {value: 0}\n",
      "percuta: 1\nperson: {age: 45 years}\n"};
  struct fixture f;
  struct percuta_product product;
  fixture_init(&f);
  for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
    assert_int_equal(read_text(&f, "retinol-0.5%", other[i], &product), PERCUTA_OK);
    assert_string_equal(product.name, "retinol cream 0.5 %");
    assert_int_equal(percuta_base_diag_count(f.diag), i);
    assert_int_equal(read_text(&f, "mine", other[i], &product), PERCUTA_BAD_INPUT);
    assert_int_equal(percuta_base_diag_count(f.diag), i + 1);
  }
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(catalogue_is_sound),
      cmocka_unit_test(a_users_own_product_is_read),
      cmocka_unit_test(mistakes_are_reported),
      cmocka_unit_test(all_mistakes_are_reported_at_once),
      cmocka_unit_test(vehicle_is_optional),
      cmocka_unit_test(a_product_may_be_called_as_its_compound),
      cmocka_unit_test(only_a_product_is_read_as_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
