#include "record_fixture.h"

#include "report/shade.h"

/* Even skin is the middle grey; a slope that faces the light is brighter, by n.l; one that lies in
 * its own shadow is as dark as any. */
static void a_slope_is_as_bright_as_it_faces_the_light(void **state) {
  (void)state;
  assert_int_equal(percuta_report_shade_grey(0, 0), 128);
  const double steep = 1 / tan(35 * 3.14159265358979323846 / 180); /* faces the light in full */
  assert_int_equal(percuta_report_shade_grey(steep / sqrt(2), -steep / sqrt(2)),
                   lround(128 / sin(35 * 3.14159265358979323846 / 180)));
  assert_true(percuta_report_shade_grey(-3, 3) == percuta_report_shade_grey(-4, 4));
  assert_true(percuta_report_shade_grey(0.1, 0) > percuta_report_shade_grey(-0.1, 0));
  assert_int_equal(percuta_report_shade_grey(0.2, 0), percuta_report_shade_grey(0, -0.2));
}

/* A bitmap of 128 by 128 and its two heads, in base64: "BM". */
static void a_bitmap_has_its_head(void **state) {
  (void)state;
  struct percuta_relief relief;
  const struct percuta_relief_form form = {.kind = PERCUTA_RELIEF_FLAT};
  percuta_skin_relief_lay(&form, 3e-3, &relief);
  char *text = percuta_report_shade_bitmap(&relief);
  assert_non_null(text);
  assert_int_equal(strlen(text), (54 + 1024 + 128 * 128 + 2) / 3 * 4);
  assert_memory_equal(text, "Qk", 2);
  assert_memory_equal(text + (54 + 1024 + 1) / 3 * 4 + 8, "gICA", 4); /* three of 128 */
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_slope_is_as_bright_as_it_faces_the_light),
      cmocka_unit_test(a_bitmap_has_its_head),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
