/* Injected lidocaine: when it numbs, doses, warnings, and what of pain it leaves. */
#include "stage_fixture.h"

#include "outcome/comfort.h"
#include "outcome/safety.h"

static void begin(struct fixture *f, struct percuta_skin *skin, struct percuta_outcome_law *law) {
  fixture_init(f);
  fixture_device(f, "roller-192-1.5mm");
  f->scenario.course = (struct percuta_course){.sessions = 1};
  fixture_skin(f, skin);
  assert_int_equal(percuta_outcome_law_read(&f->scenario, f->diag, law), PERCUTA_OK);
}

static struct percuta_injection inject(const struct percuta_outcome_law *law,
                                       enum percuta_injection_solution solution, double minutes) {
  const struct percuta_injection_plan plan = {
      .solution = solution, .dose = 100e-6, .wait = 60 * minutes};
  return percuta_outcome_injection_compute(&law->injection, &plan);
}

/* TRAN-252, 253: 4.5 mg/kg alone, 7 with adrenaline; never beyond what a label has for anybody. */
static void doses_have_published_limits(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_outcome_law law;
  begin(&f, &skin, &law);
  law.injection.body_mass = 60;
  assert_near(inject(&law, PERCUTA_INJECTION_PLAIN, 10).limit, 270e-6, 1e-9);
  assert_near(inject(&law, PERCUTA_INJECTION_ADRENALINE, 10).limit, 420e-6, 1e-9);
  law.injection.body_mass = 120;
  assert_near(inject(&law, PERCUTA_INJECTION_PLAIN, 10).limit, 300e-6, 1e-9);
  assert_near(inject(&law, PERCUTA_INJECTION_ADRENALINE, 10).limit, 500e-6, 1e-9);
  assert_false(inject(&law, PERCUTA_INJECTION_NONE, 10).used);
  fixture_clear(&f);
}

/* Numb from the onset to the end of the duration, which adrenaline makes longer; near both the
 * interval holds that it may not be numb. */
static void it_numbs_for_a_time(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_outcome_law law;
  begin(&f, &skin, &law);
  const double least = law.injection.left.low, left = law.injection.left.value;
  const struct {
    enum percuta_injection_solution solution;
    double minutes, low, value;
  } cases[] = {
      {PERCUTA_INJECTION_PLAIN, 0.1, 1, 1},       {PERCUTA_INJECTION_PLAIN, 1, least, 1},
      {PERCUTA_INJECTION_PLAIN, 15, least, left}, {PERCUTA_INJECTION_PLAIN, 100, least, 1},
      {PERCUTA_INJECTION_PLAIN, 150, 1, 1},       {PERCUTA_INJECTION_ADRENALINE, 150, least, left},
      {PERCUTA_INJECTION_ADRENALINE, 500, 1, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const struct percuta_injection found = inject(&law, cases[i].solution, cases[i].minutes);
    assert_near(found.left.value, cases[i].value, 1e-12);
    assert_near(found.left.low, cases[i].low, 1e-12);
    assert_true(found.left.low <= found.left.value && found.left.value <= found.left.high);
  }
  assert_near(inject(&law, PERCUTA_INJECTION_PLAIN, 60).left.high, 1, 1e-12);
  assert_near(inject(&law, PERCUTA_INJECTION_PLAIN, 15).left.high, law.injection.left.high, 1e-12);
  fixture_clear(&f);
}

static void pain_is_less_by_what_is_left(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_outcome_law law;
  const struct percuta_channels channels = {.count = 1, .penetrated = 1, .needles_in_contact = 4};
  begin(&f, &skin, &law);
  const struct percuta_injection injection = inject(&law, PERCUTA_INJECTION_PLAIN, 15);
  const struct percuta_injection late = inject(&law, PERCUTA_INJECTION_PLAIN, 500);
  const struct percuta_device *device = &f.scenario.device;
  struct percuta_comfort c =
      percuta_outcome_comfort_compute(&law, &skin, device, &channels, NULL, &injection);
  assert_true(c.numbed);
  assert_near(c.left, law.injection.left.value, 1e-12);
  assert_near(c.pain_numbed, c.left * c.pain, 1e-12);
  assert_true(0 < c.vas_numbed_low && c.vas_numbed_low < c.vas_numbed);
  assert_true(c.vas_numbed < c.vas_numbed_high && c.vas_numbed < c.vas);
  c = percuta_outcome_comfort_compute(&law, &skin, device, &channels, NULL, &late);
  assert_near(c.vas_numbed, c.vas, 1e-12);
  fixture_clear(&f);
}

static void beyond_the_limits_it_warns(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_outcome_law law;
  const struct percuta_channels none = {.count = 0};
  const struct percuta_bleeding bleeding = {.count = 0};
  begin(&f, &skin, &law);
  law.injection.body_mass = 70;
  const double dose[] = {315e-6, 300e-6, 301e-6}, minutes[] = {15, 15, 200};
  const int expected[] = {1, 0, 2};
  for (int i = 0; i < 3; i++) {
    struct percuta_warnings list = {.count = 0};
    f.scenario.session.injection = (struct percuta_injection_plan){
        .solution = PERCUTA_INJECTION_PLAIN, .dose = dose[i], .wait = 60 * minutes[i]};
    assert_int_equal(
        percuta_outcome_safety_compute(&law, &f.scenario, &skin, &none, &bleeding, &list),
        PERCUTA_OK);
    assert_int_equal(list.count, expected[i]);
    percuta_outcome_warnings_clear(&list);
  }
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(doses_have_published_limits),
      cmocka_unit_test(it_numbs_for_a_time),
      cmocka_unit_test(pain_is_less_by_what_is_left),
      cmocka_unit_test(beyond_the_limits_it_warns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
