/* Which misspelt words are taken for which known ones, and which are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/nearest.h"

static void test_slips_are_near(void **state) {
  (void)state;
  const struct {
    const char *given, *known;
    int distance;
  } cases[] = {{"cheek", "cheek", 0},
               {"CHEEK", "cheek", 0},
               {"fore-head", "forehead", 0},
               {"upper arm", "upper-arm", 0},
               {"upperarm", "upper-arm", 0},
               {"acnescar", "acne-scar", 0},
               {"che\u200Dek", "cheek", 0},
               {"chek", "cheek", 1},
               {"cheeck", "cheek", 1},
               {"cehek", "cheek", 1},
               {"tigh", "thigh", 1},
               {"uper-bak", "upper-back", 2},
               {"vorehead", "forehead", 1},
               {"milimetres", "millimetres", 1},
               {"roler-192-1.5mm", "roller-192-1.5mm", 1},
               {"roller-192-1.5", "roller-192-1.5mm", 1},
               {"roller-192", "roller-192-1.5mm", 1},
               {"signal_difusivity", "signal_diffusivity", 1},
               {"onn", "on", 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    if (percuta_base_nearest_distance(cases[i].given, cases[i].known) != cases[i].distance)
      fail_msg("%s, %s: %d", cases[i].given, cases[i].known,
               percuta_base_nearest_distance(cases[i].given, cases[i].known));
}

static void test_other_things_are_not(void **state) {
  (void)state;
  static const char *const pairs[][2] = {{"chin", "shin"},
                                         {"hip", "shin"},
                                         {"chest", "cheek"},
                                         {"heel", "cheek"},
                                         {"upper-lip", "upper-arm"},
                                         {"upper lip", "upper-arm"},
                                         {"lower-leg", "lower-back"},
                                         {"lower lip", "lower-back"},
                                         {"back", "back-of-hand"},
                                         {"forearm", "forehead"},
                                         {"calf", "scalp"},
                                         {"burn-scar", "acne-scar"},
                                         {"VII", "II"},
                                         {"VII", "VI"},
                                         {"IIII", "III"},
                                         {"grad", "rad"},
                                         {"m", "s"},
                                         {"s since 2000-01-01", "s"},
                                         {"mn", "mm"},
                                         {"on", "no"},
                                         {"roller-192-3.0mm", "roller-192-1.0mm"},
                                         {"lidocaine-5%", "lidocaine-4%"},
                                         {"", ""},
                                         {"-", "-"}};
  char long_text[300];
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (percuta_base_nearest_distance(pairs[i][0], pairs[i][1]) >= 0)
      fail_msg("%s was taken for %s", pairs[i][0], pairs[i][1]);
  memset(long_text, 'a', sizeof long_text - 1);
  long_text[sizeof long_text - 1] = '\0';
  assert_int_equal(percuta_base_nearest_distance(long_text, long_text), -1);
  memset(long_text, '-', 290);
  assert_int_equal(percuta_base_nearest_distance(long_text, "a"), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_slips_are_near),
                                     cmocka_unit_test(test_other_things_are_not)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
