#include "record_fixture.h"

struct heard {
  int count;
  char sentence[8][PERCUTA_WARNING_LENGTH];
};

static struct heard ask(const struct fixture *f) {
  struct heard heard = {0};
  struct percuta_warnings list = {.count = 0};
  assert_int_equal(percuta_outcome_advice_products(&f->record, &list), PERCUTA_OK);
  assert_true(list.count < 8);
  for (heard.count = 0; heard.count < list.count; ++heard.count) {
    percuta_outcome_warnings_say(&list.item[heard.count], heard.sentence[heard.count],
                                 sizeof heard.sentence[0]);
  }
  percuta_outcome_warnings_clear(&list);
  return heard;
}

static void separates_what_must_not_be_done(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_products(&f);
  const struct heard heard = ask(&f);
  assert_int_equal(heard.count, 3);
  assert_string_equal(heard.sentence[0],
                      "Numbing cream: 100 cm2 is more than the 90 cm2 that the label of lidocaine "
                      "2.5 % and prilocaine 2.5 % cream allows.");
  assert_string_equal(heard.sentence[1],
                      "Do not put retinol cream 0.5 % on needled skin. It irritates <needled> "
                      "skin, and hardly more of it enters.");
  assert_string_equal(heard.sentence[2], "Not made for needled skin: tranexamic acid serum 5 %. "
                                         "Made for intact skin, not sterile.");
  fixture_destroy(&f);
}

/* One sentence for all; what two products warn of is said once. */
static void puts_the_others_together(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_products(&f);
  f.record.numbing.warnings = 0;
  f.record.numbing.needles_first = true;
  f.record.numbing.penetration.met = PERCUTA_PENETRATION_PUNCTURED;
  f.record.numbing.penetration.verdict = PERCUTA_PENETRATION_HARDLY_HELPS;
  f.penetration[1].verdict = PERCUTA_PENETRATION_HARDLY_HELPS;
  memcpy(f.penetration[1].product.warning, f.penetration[0].product.warning,
         sizeof f.penetration[1].product.warning);
  struct heard heard = ask(&f);
  assert_int_equal(heard.count, 1);
  assert_string_equal(
      heard.sentence[0],
      "Not made for needled skin: lidocaine 2.5 % and prilocaine 2.5 % cream; tranexamic acid "
      "serum 5 %; retinol cream 0.5 %. Made for intact skin: through needled skin more enters the "
      "blood. Made for intact skin, not sterile.");
  memcpy(f.penetration[1].product.id, f.penetration[0].product.id,
         sizeof f.penetration[1].product.id);
  heard = ask(&f); /* the same product a second time */
  assert_null(strstr(heard.sentence[0], "retinol"));
  fixture_destroy(&f);
}

static void passes_by_what_met_no_puncture(void **state) {
  (void)state;
  struct fixture f;
  fixture_create(&f, 1);
  fixture_products(&f);
  f.record.numbing.warnings = 0;
  f.penetration[0].met = PERCUTA_PENETRATION_CLOSED;
  f.penetration[1].met = PERCUTA_PENETRATION_UNOPENED;
  assert_int_equal(ask(&f).count, 0);
  f.penetration[0].met = PERCUTA_PENETRATION_PUNCTURED;
  assert_int_equal(ask(&f).count, 1);
  f.penetration[0].product.sterile = f.penetration[0].product.meant_to_be_needled_in = true;
  assert_int_equal(ask(&f).count, 0);
  fixture_destroy(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(separates_what_must_not_be_done),
      cmocka_unit_test(puts_the_others_together),
      cmocka_unit_test(passes_by_what_met_no_puncture),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
