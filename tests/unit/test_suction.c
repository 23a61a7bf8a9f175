#include "record_fixture.h"

#include "outcome/suction.h"

static void near(double found, double expected, double relative) {
  if (!(fabs(found - expected) <= relative * fabs(expected)))
    fail_msg("%.12g is not %.12g", found, expected);
}

static const struct percuta_suction_law law = {
    .pressure = 45e3, .radius = 1e-3, .geometry = 1, .poisson = 0.49};

/* Worked by hand: 7.7 N/m, 107 kPa and 1.1 mm give 0.391 mm. */
static void a_dome_has_the_number_worked_by_hand(void **state) {
  (void)state;
  near(percuta_outcome_suction_dome(&law, 7.7, 107e3, 1.1e-3), 0.39125e-3, 1e-4);
}

/* Without stiffness p a^2/(4 T); almost without tension the cube root. */
static void its_limits_are_the_membranes(void **state) {
  (void)state;
  near(percuta_outcome_suction_dome(&law, 7.7, 0, 1e-3), 45e3 * 1e-6 / (4 * 7.7), 1e-9);
  const double k = 8.0 / 3 * (1.015 - 0.247 * 0.49) * 1e6 * 1e-3 / (0.51 * 1e-12);
  near(percuta_outcome_suction_dome(&law, 1e-6, 1e6, 1e-3), cbrt(45e3 / k), 1e-5);
}

/* Firmer skin rises less, and by far less than it is stiffer: modulus and tension share the load.
 */
static void a_ratio_of_rises_is_no_ratio_of_moduli(void **state) {
  (void)state;
  const double soft = percuta_outcome_suction_dome(&law, 7.7, 107e3, 1.1e-3);
  const double firm = percuta_outcome_suction_dome(&law, 7.7, 1.28 * 107e3, 1.1e-3);
  near(firm / soft, 0.93, 0.01);
  assert_true(percuta_outcome_suction_dome(&law, 1.28 * 7.7, 107e3, 1.1e-3) < soft);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_dome_has_the_number_worked_by_hand),
      cmocka_unit_test(its_limits_are_the_membranes),
      cmocka_unit_test(a_ratio_of_rises_is_no_ratio_of_moduli),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
