#include "stage_fixture.h"

#include "outcome/comfort.h"
#include "outcome/safety.h"

static void begin(struct fixture *f, struct percuta_skin *skin) {
  fixture_init(f);
  fixture_device(f, "roller-192-1.5mm");
  f->scenario.course = (struct percuta_course){.sessions = 1, .interval = 42 * PERCUTA_DAY};
  f->scenario.person.phototype = PERCUTA_PHOTOTYPE_III;
  fixture_skin(f, skin);
}

static struct percuta_outcome_law law_of(const struct fixture *f) {
  struct percuta_outcome_law law;
  assert_int_equal(percuta_outcome_law_read(&f->scenario, f->diag, &law), PERCUTA_OK);
  return law;
}

static struct percuta_comfort comfort_of(struct fixture *f, size_t penetrated, double together) {
  const struct percuta_channels channels = {
      .count = 1, .penetrated = penetrated, .needles_in_contact = together};
  const struct percuta_outcome_law law = law_of(f);
  return percuta_outcome_comfort_compute(&law, &f->scenario.device, &channels, NULL);
}

/* MECH-105: seven times the pain for three times the length. */
static void pain_follows_the_published_law(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  begin(&f, &skin);
  struct percuta_outcome_law law = law_of(&f);
  assert_near(percuta_outcome_comfort_pain(&law, 0.48e-3, 1), 1, 1e-12);
  assert_near(percuta_outcome_comfort_pain(&law, 1.44e-3, 1), 7, 2e-3);
  fixture_set(&f, "outcome.pain_count_exponent", "0.5");
  law = law_of(&f);
  assert_near(percuta_outcome_comfort_pain(&law, 0.48e-3, 9), 3, 1e-12);
  fixture_clear(&f);
}

static void what_lies_outside_the_data_is_flagged(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  begin(&f, &skin);
  const double length[] = {0.3e-3, 0.48e-3, 1.45e-3, 1.5e-3};
  for (int i = 0; i < 4; i++) {
    f.scenario.device.needle.length = length[i];
    struct percuta_comfort c = comfort_of(&f, 1, 10);
    assert_true(c.known && c.pain_low <= c.pain && c.pain < c.pain_high);
    assert_int_equal(c.pain_outside, i == 0 || i == 3);
  }
  f.scenario.device.needle.length = 1e-3;
  assert_true(comfort_of(&f, 1, 51).pain_outside);
  assert_false(comfort_of(&f, 0, 51).known);
  fixture_clear(&f);
}

static struct percuta_comfort comfort_under(struct fixture *f,
                                            const struct percuta_numbing *numbing) {
  const struct percuta_channels channels = {.count = 1, .penetrated = 1, .needles_in_contact = 1};
  const struct percuta_outcome_law law = law_of(f);
  return percuta_outcome_comfort_compute(&law, &f->scenario.device, &channels, numbing);
}

/* A cream that numbs to a third of the needle's length, between a fifth and half of it: what is
 * left of the pain is a power of what is left of the length, least where it numbs deepest. */
static void a_cream_leaves_less_the_deeper_it_numbs(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  begin(&f, &skin);
  f.scenario.device.needle.length = 1.2e-3;
  struct percuta_numbing numbing = {
      .used = true, .depth_low = 0.24e-3, .depth_at_needling = 0.4e-3, .depth_high = 0.6e-3};
  fixture_set(&f, "outcome.pain_length_exponent", "2");
  struct percuta_comfort c = comfort_under(&f, &numbing);
  assert_true(c.numbed);
  assert_near(c.pain, 6.25, 1e-12); /* (1.2 mm / 0.48 mm)^2 */
  assert_near(c.left_low, 0.25, 1e-12);
  assert_near(c.left, 4.0 / 9, 1e-12);
  assert_near(c.left_high, 0.64, 1e-12);
  assert_near(c.pain_numbed_low, 0.25 * 6.25, 1e-12);
  assert_near(c.pain_numbed, 4.0 / 9 * 6.25, 1e-12);
  assert_near(c.pain_numbed_high, 0.64 * 6.25, 1e-12);
  const struct percuta_parameter *scale =
      percuta_base_parameters_find(f.scenario.parameters, "outcome.pain_vas");
  assert_true(scale->low < scale->value && scale->value < scale->high);
  assert_near(c.vas, fmin(10, scale->value * 6.25), 1e-12);
  assert_near(c.vas_low, fmin(10, scale->low * 6.25), 1e-12);
  assert_near(c.vas_high, fmin(10, scale->high * 6.25), 1e-12);
  assert_near(c.vas_numbed, scale->value * c.pain_numbed, 1e-12);
  assert_near(c.vas_numbed_low, scale->low * c.pain_numbed_low, 1e-12);
  assert_near(c.vas_numbed_high, fmin(10, scale->high * c.pain_numbed_high), 1e-12);
  /* deeper than the needle: nothing is left; after the needles it leaves all */
  numbing.depth_high = 1.3e-3;
  c = comfort_under(&f, &numbing);
  assert_true(c.left_low == 0 && c.pain_numbed_low == 0);
  numbing.needles_first = true;
  assert_false(comfort_under(&f, &numbing).numbed);
  fixture_clear(&f);
}

static int warnings_of(struct fixture *f, const struct percuta_skin *skin, double depth,
                       const char *word) {
  struct percuta_channel channel = {.penetrated = true, .depth = depth};
  const struct percuta_channels channels = {.item = &channel, .count = 1, .penetrated = 1};
  const struct percuta_bleeding bleeding = {.count = 1};
  struct percuta_warnings safety = {.count = 0};
  char text[PERCUTA_WARNING_LENGTH];
  int found = 0;
  const struct percuta_outcome_law law = law_of(f);
  assert_int_equal(
      percuta_outcome_safety_compute(&law, &f->scenario, skin, &channels, &bleeding, &safety),
      PERCUTA_OK);
  for (int i = 0; i < safety.count; i++) {
    percuta_outcome_warnings_say(&safety.item[i], text, sizeof text);
    found += strstr(text, word) != NULL;
  }
  percuta_outcome_warnings_clear(&safety);
  return found;
}

static void warnings_come_where_they_apply(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  begin(&f, &skin);
  double fat = percuta_skin_layer_top(&skin, PERCUTA_HYPODERMIS);
  assert_int_equal(warnings_of(&f, &skin, 0.99 * fat, "into the fat"), 0);
  assert_int_equal(
      warnings_of(&f, &skin, 1.01 * fat,
                  "In 100 % of the punctures the needle passes through the dermis into the fat"),
      1);
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "rows of scars"), 1);
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "dark marks"), 0);
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "days apart"), 0);
  f.scenario.person.phototype = PERCUTA_PHOTOTYPE_IV;
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "dark marks"), 1);
  f.scenario.course = (struct percuta_course){.sessions = 2, .interval = 7 * PERCUTA_DAY};
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "7 days apart"), 1);
  f.scenario.device.needle.length = 0.3e-3;
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "dark marks"), 0);
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "rows of scars"), 0);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pain_follows_the_published_law),
      cmocka_unit_test(what_lies_outside_the_data_is_flagged),
      cmocka_unit_test(a_cream_leaves_less_the_deeper_it_numbs),
      cmocka_unit_test(warnings_come_where_they_apply),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
