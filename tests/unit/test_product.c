#include "transport_fixture.h"

#include <unistd.h>

#include "transport/product.h"

static const char MINE[] =
    "name: mine\nknown: test\nkind: serum\nactives:\n"
    "  - {compound: caffeine, mass_fraction: 3 %, status: assumed, source: \"\"}\n"
    "  - {compound: urea, mass_fraction: 0.05, status: assumed, source: \"\"}\n"
    "pH: {value: 5.5, range: [5, 6], status: assumed, source: \"\"}\nvehicle: gel\n"
    "density: {value: 1.1 g/cm^3, status: assumed, source: \"\"}\n"
    "dose: {value: 2 mg/cm^2, status: assumed, source: \"\"}\n"
    "contact: {value: 30 min, status: assumed, source: \"\"}\n"
    "occluded: true\nsterile: false\nmeant_to_be_needled_in: false\nirritant: false\n";

static void catalogue_is_sound(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_list_entry *list = NULL;
  struct percuta_product product;
  size_t count = 0, numbing = 0;
  fixture_init(&f);
  assert_int_equal(percuta_product_list(&list, &count), PERCUTA_OK);
  assert_true(count >= 12);
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(percuta_product_read(list[i].id, NULL, f.scenario.units, f.diag, &product),
                     PERCUTA_OK);
    assert_true(product.active_count >= 1);
    assert_true(product.pH > 2 && product.pH < 11);
    assert_true(product.sterile || !product.meant_to_be_needled_in);
    assert_true(product.sterile || product.warning[0] != '\0');
    numbing += product.kind == PERCUTA_PRODUCT_NUMBING;
  }
  assert_true(numbing >= 4);
  assert_int_equal(
      percuta_product_read("ascorbic-acid-15%", NULL, f.scenario.units, f.diag, &product),
      PERCUTA_OK);
  assert_near(product.active[0].concentration, 150, 1e-12);
  assert_near(product.dose, 0.02, 1e-12);
  assert_int_equal(
      percuta_product_read("lidocaine-prilocaine-5%", NULL, f.scenario.units, f.diag, &product),
      PERCUTA_OK);
  assert_int_equal(product.active_count, 2);
  assert_string_equal(product.active[1].compound.id, "prilocaine");
  assert_near(product.active[1].concentration, 25, 1e-12);
  percuta_skin_free_list(&list);
  fixture_clear(&f);
}

/* The good file with `from` replaced by `to`, beside a scenario. */
static enum percuta_status read_changed(const struct fixture *f, const char *from, const char *to,
                                        struct percuta_product *out) {
  char folder[] = "/tmp/percuta-product-XXXXXX", text[2048], path[128], beside[128];
  const char *at = strstr(MINE, from);
  assert_non_null(at);
  assert_non_null(mkdtemp(folder));
  snprintf(text, sizeof text, "%.*s%s%s", (int)(at - MINE), MINE, to, at + strlen(from));
  snprintf(beside, sizeof beside, "%s/scenario.yaml", folder);
  transport_write(folder, "mine.yaml", text, path, sizeof path);
  const enum percuta_status status =
      percuta_product_read("mine", beside, f->scenario.units, f->diag, out);
  unlink(path);
  rmdir(folder);
  return status;
}

static void a_users_own_product_is_read(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_product product;
  fixture_init(&f);
  assert_int_equal(read_changed(&f, "gel", "gel", &product), PERCUTA_OK);
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

static void mistakes_are_reported(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_product product = {.active_count = -7};
  static const char *const change[][2] = {{"compound: urea", "compound: no-such-compound"},
                                          {"mass_fraction: 3 %", "mass_fraction: 300 %"},
                                          {"mass_fraction: 3 %", "mass_fraction: 3 g"},
                                          {"vehicle: gel", "vehicle: oil"},
                                          {"sterile: false", "sterile: perhaps"},
                                          {"30 min", "30 mm"},
                                          {"2 mg/cm^2", "0 mg/cm^2"},
                                          {"vehicle: gel", "vehicle: gel\ncolour: red"}};
  fixture_init(&f);
  for (size_t i = 0; i < sizeof change / sizeof *change; i++) {
    assert_int_equal(read_changed(&f, change[i][0], change[i][1], &product), PERCUTA_BAD_INPUT);
    assert_int_equal(product.active_count, -7);
    assert_true(percuta_diag_count(f.diag) > i);
  }
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(catalogue_is_sound),
      cmocka_unit_test(a_users_own_product_is_read),
      cmocka_unit_test(mistakes_are_reported),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
