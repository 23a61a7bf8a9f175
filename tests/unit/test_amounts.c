#include "stage_fixture.h"

#include "input/amounts.h"

/* Of a product of 1.2 g/cm3 on 200 cm2 of a woman, a man, and of neither. */
static void amounts_become_doses(void **state) {
  (void)state;
  struct fixture f;
  const struct {
    const char *text;
    double dose; /* [mg/cm^2] */
  } cases[] = {{"4 g", 20},
               {"4 ml", 24},
               {"0.004 l", 24},
               {"20 ul/cm^2", 24},
               {"3 mg/cm^2", 3},
               {"2 finger tips", 4.3},
               {"1 finger-tip unit", 2.15},
               {"0.5 FTU", 1.075}};
  fixture_init(&f);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct percuta_value_mistake mistake;
    double dose = 0;
    assert_int_equal(
        percuta_input_amounts_read(&f.scenario, cases[i].text, 1200, 200e-4, &dose, &mistake),
        PERCUTA_OK);
    assert_near(dose, cases[i].dose * 1e-2, 1e-9);
  }
  double dose = 0;
  struct percuta_value_mistake mistake;
  f.scenario.person.sex = PERCUTA_MALE;
  percuta_input_amounts_read(&f.scenario, "2 FTU", 1200, 200e-4, &dose, &mistake);
  assert_near(dose, 4.9e-2, 1e-9);
  f.scenario.person.sex = PERCUTA_OTHER_SEX;
  percuta_input_amounts_read(&f.scenario, "2 FTU", 1200, 200e-4, &dose, &mistake);
  assert_near(dose, 4.6e-2, 1e-9);
  fixture_clear(&f);
}

static void what_is_no_amount_is_said(void **state) {
  (void)state;
  struct fixture f;
  static const char *const texts[] = {
      "", "some", "3", "3 N", "-2 g", "0 ml", "finger tips", "x finger tips", "2 hands", "1 kg"};
  fixture_init(&f);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct percuta_value_mistake mistake;
    double dose = -1;
    assert_int_equal(
        percuta_input_amounts_read(&f.scenario, texts[i], 1000, 100e-4, &dose, &mistake),
        PERCUTA_BAD_INPUT);
    assert_true(dose == -1 && mistake.what[0] != '\0' && mistake.allowed[0] != '\0');
  }
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(amounts_become_doses),
      cmocka_unit_test(what_is_no_amount_is_said),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
