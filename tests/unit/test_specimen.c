#include "transport_fixture.h"

#include "validate/specimen.h"

static struct percuta_specimen read_text(struct fixture *f, const char *text) {
  struct percuta_specimen specimen;
  const enum percuta_status status =
      percuta_validate_specimen_read(text, &f->scenario, f->diag, &specimen);
  percuta_base_diag_print(f->diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
  return specimen;
}

/* Which of the three layers are there: 4 stratum corneum, 2 epidermis, 1 dermis. */
static int layers_of(const struct percuta_specimen *specimen) {
  const bool *removed = specimen->conditions.removed;
  return 4 * !removed[0] + 2 * !removed[1] + !removed[2];
}

static void layers_and_conditions_are_read(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  struct percuta_specimen s = read_text(&f, "compound=caffeine");
  assert_string_equal(s.compound.id, "caffeine");
  assert_int_equal(layers_of(&s), 7);
  assert_near(s.conditions.pH, 7.4, 1e-12);
  assert_true(s.conditions.excised);
  assert_int_equal(s.conditions.hydration, PERCUTA_HYDRATION_WET);
  static const struct {
    const char *layers;
    int expected;
  } rows[] = {{"skin", 7},
              {"epidermis", 6},
              {"dermis", 1},
              {"stripped-skin", 3},
              {"stripped-epidermis", 2}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char text[128];
    snprintf(text, sizeof text, "compound=urea; layers=%s; pH=4.5; hydration=dry; state=living",
             rows[i].layers);
    s = read_text(&f, text);
    assert_int_equal(layers_of(&s), rows[i].expected);
    assert_near(s.conditions.pH, 4.5, 1e-12);
    assert_false(s.conditions.excised);
    assert_int_equal(s.conditions.hydration, PERCUTA_HYDRATION_DRY);
  }
  fixture_clear(&f);
}

static void the_dermis_is_what_is_left(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  struct percuta_specimen s = read_text(&f, "compound=urea; thickness=500 um");
  assert_near(s.conditions.thickness[PERCUTA_INTACT_DERMIS], 500e-6 - 43e-6 - 100e-6, 1e-9);
  assert_near(s.whole, 500e-6, 1e-12);
  s = read_text(&f, "compound=urea; layers=stripped-skin; thickness=0.3 mm");
  assert_near(s.conditions.thickness[PERCUTA_INTACT_DERMIS], 200e-6, 1e-9);
  s = read_text(&f, "compound=urea; thickness=120 um");
  assert_int_equal(layers_of(&s), 6);
  s = read_text(&f, "compound=urea; thickness=site");
  struct percuta_skin skin;
  fixture_skin(&f, &skin);
  assert_near(s.conditions.thickness[PERCUTA_INTACT_DERMIS],
              skin.thickness[PERCUTA_PAPILLARY_DERMIS] + skin.thickness[PERCUTA_RETICULAR_DERMIS],
              1e-12);
  fixture_clear(&f);
}

/* 36 ug/cm^2/h are 1e-7 kg/m^2/s. */
static void a_published_flux_is_read(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  struct percuta_specimen s = read_text(&f, "compound=urea; intact=36 ug/cm^2/h");
  assert_near(s.flux, 1e-7, 1e-12);
  s = read_text(&f, "compound=urea");
  assert_true(s.flux == 0 && s.whole == 0);
  fixture_clear(&f);
}

static void mistakes_are_reported(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_intact_model model;
  transport_init(&f, &model);
  static const char *const wrong[] = {"",
                                      "compound",
                                      "compound=no-such-compound",
                                      "compound=urea; layers=nail",
                                      "compound=urea; hydration=moist",
                                      "compound=urea; state=dead",
                                      "compound=urea; pH=low",
                                      "compound=urea; thickness=3 s",
                                      "compound=urea; colour=red",
                                      "compound=urea; intact=3 s",
                                      "compound=urea; hydration=a-word-that-does-not-fit"};
  struct percuta_specimen s = {.conditions = {.pH = -7}};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    assert_int_equal(percuta_validate_specimen_read(wrong[i], &f.scenario, f.diag, &s),
                     PERCUTA_BAD_INPUT);
    assert_true(percuta_base_diag_count(f.diag) > i);
  }
  assert_near(s.conditions.pH, -7, 1e-12);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(layers_and_conditions_are_read),
      cmocka_unit_test(the_dermis_is_what_is_left),
      cmocka_unit_test(a_published_flux_is_read),
      cmocka_unit_test(mistakes_are_reported),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
