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

static struct percuta_comfort comfort_of(struct fixture *f, const struct percuta_skin *skin,
                                         size_t penetrated, double together) {
  const struct percuta_channels channels = {
      .count = 1, .penetrated = penetrated, .needles_in_contact = together};
  const struct percuta_outcome_law law = law_of(f);
  return percuta_outcome_comfort_compute(&law, skin, &f->scenario.device, &channels, NULL, NULL);
}

/* Nerves reached, of one needle and of several; in the fat fewer; without needles nothing. */
static void pain_follows_the_nerves_reached(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  begin(&f, &skin);
  fixture_set(&f, "outcome.pain_length_exponent", "1.77");
  fixture_set(&f, "outcome.pain_count_exponent", "0.5");
  fixture_set(&f, "numbing.fat_nerves", "0.25");
  const struct percuta_outcome_law law = law_of(&f);
  assert_near(percuta_outcome_comfort_pain(&law, INFINITY, 0.48e-3, 1), 1, 1e-12);
  assert_near(percuta_outcome_comfort_pain(&law, INFINITY, 1.44e-3, 1), 7, 2e-3);
  assert_near(percuta_outcome_comfort_pain(&law, INFINITY, 0.48e-3, 9), 3, 1e-12);
  assert_near(percuta_outcome_comfort_pain(&law, 0.96e-3, 1.44e-3, 1),
              pow(2, 1.77) + 0.25 * 1.77 * pow(2, 0.77), 1e-9);
  assert_true(percuta_outcome_comfort_pain(&law, INFINITY, 0.48e-3, 0) == 0);
  fixture_clear(&f);
}

/* Small pain is told as it is; no pain, however great, is told as 10 or more. */
static void the_scale_has_no_edge(void **state) {
  (void)state;
  double before = -1;
  assert_true(percuta_outcome_comfort_rated(0) == 0);
  assert_near(percuta_outcome_comfort_rated(0.01), 0.01, 2e-3);
  assert_near(percuta_outcome_comfort_rated(10), 5, 1e-12);
  for (double pain = 1e-3; pain < 1e6; pain *= 2) {
    const double rated = percuta_outcome_comfort_rated(pain);
    assert_true(rated > before && rated < 10);
    before = rated;
  }
}

static void what_lies_outside_the_data_is_flagged(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  begin(&f, &skin);
  const double length[] = {0.3e-3, 0.48e-3, 1.45e-3, 1.5e-3};
  for (int i = 0; i < 4; i++) {
    f.scenario.device.needle.length = length[i];
    struct percuta_comfort c = comfort_of(&f, &skin, 1, 10);
    assert_true(c.known && c.pain_low <= c.pain && c.pain < c.pain_high);
    assert_int_equal(c.pain_outside, i == 0 || i == 3);
  }
  f.scenario.device.needle.length = 1e-3;
  assert_true(comfort_of(&f, &skin, 1, 51).pain_outside);
  assert_false(comfort_of(&f, &skin, 0, 51).known);
  fixture_clear(&f);
}

static struct percuta_comfort comfort_under(struct fixture *f, const struct percuta_skin *skin,
                                            const struct percuta_numbing *numbing) {
  const struct percuta_channels channels = {.count = 1, .penetrated = 1, .needles_in_contact = 1};
  const struct percuta_outcome_law law = law_of(f);
  return percuta_outcome_comfort_compute(&law, skin, &f->scenario.device, &channels, numbing, NULL);
}

/* Anaesthetic that blocks half of the nerves everywhere, or 1/17 and 16/17 at the ends of the range
 * of its level; what is known less is told wider, and every interval lies within the scale. */
static void a_cream_leaves_what_it_does_not_block(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  begin(&f, &skin);
  f.scenario.device.needle.length = 0.96e-3;
  struct percuta_numbing numbing = {
      .used = true,
      .lowest_level = 0.5,
      .highest_level = 2,
      .nerves = {.exponent = 2, .fat_share = 0.2, .steepness = 4, .skin = INFINITY},
      .levels = {.step = 5e-5}};
  for (int i = 0; i < PERCUTA_NERVES_DEPTHS; i++)
    numbing.levels.level[i] = 1;
  struct percuta_comfort c = comfort_under(&f, &skin, &numbing);
  assert_true(c.numbed);
  assert_near(c.left_low, 1.0 / 17, 1e-9);
  assert_near(c.left, 0.5, 1e-9);
  assert_near(c.left_high, 16.0 / 17, 1e-9);
  assert_near(c.pain_numbed, 0.5 * c.pain, 1e-9);
  assert_near(c.pain_numbed_low, c.pain / 17, 1e-9);
  assert_near(c.pain_numbed_high, 16 * c.pain / 17, 1e-9);
  const struct percuta_parameter *scale =
      percuta_base_parameters_find(f.scenario.parameters, "outcome.pain_vas");
  assert_near(c.vas, percuta_outcome_comfort_rated(scale->value * c.pain), 1e-9);
  assert_near(c.vas_numbed, percuta_outcome_comfort_rated(scale->value * c.pain / 2), 1e-9);
  assert_true(0 < c.vas_low && c.vas_low < c.vas && c.vas < c.vas_high && c.vas_high < 10);
  assert_true(0 < c.vas_numbed_low && c.vas_numbed_low < c.vas_numbed);
  assert_true(c.vas_numbed < c.vas_numbed_high && c.vas_numbed_high < 10);
  /* wider than the scale's range alone, and wider still when the site may matter more */
  assert_true(c.vas_high > percuta_outcome_comfort_rated(scale->high * c.pain));
  numbing.needles_first = true; /* after the needles it leaves all */
  assert_false(comfort_under(&f, &skin, &numbing).numbed);
  fixture_clear(&f);
}

/* However long the needles and however many, the interval does not shrink onto the scale's end. */
static void the_worst_pain_has_an_interval(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  begin(&f, &skin);
  f.scenario.device.needle.length = 3e-3;
  const struct percuta_comfort c = comfort_of(&f, &skin, 1, 200);
  assert_true(c.vas > 5 && c.vas_high < 10 && c.vas_high - c.vas_low > 1);
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
  f.scenario.person.phototype = PERCUTA_PHOTOTYPE_III_IV;
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "dark marks"), 1);
  f.scenario.person.ita = 45 * M_PI / 180;
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "dark marks"), 0);
  f.scenario.person.ita = -40 * M_PI / 180;
  f.scenario.device.needle.length = 0.3e-3;
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "dark marks"), 0);
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "rows of scars"), 0);
  fixture_clear(&f);
}

/* Those whom the atlas does not know, and drugs that the network of clotting does not. */
static void a_person_is_warned_of(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  begin(&f, &skin);
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "atlas rests on adults"), 0);
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "law of its thinning"), 0);
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "against clotting"), 0);
  f.scenario.person.age = 8.3 * PERCUTA_YEAR;
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "At 8.3 years the skin is a child's"), 1);
  f.scenario.person.age = 87 * PERCUTA_YEAR;
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "At 87 years the skin is older than the 80"), 1);
  f.scenario.person.anticoagulant = PERCUTA_ANTICOAGULANT_WARFARIN;
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "against clotting (warfarin)"), 1);
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "clots as others"), 0);
  f.scenario.person.anticoagulants = PERCUTA_TAKES_ASPIRIN | PERCUTA_TAKES_HEPARIN;
  assert_int_equal(warnings_of(&f, &skin, 1e-4, "(warfarin, aspirin, heparin)"), 1);
  assert_int_equal(
      warnings_of(&f, &skin, 1e-4, "people who take aspirin, heparin clots as others'"), 1);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pain_follows_the_nerves_reached),
      cmocka_unit_test(the_scale_has_no_edge),
      cmocka_unit_test(what_lies_outside_the_data_is_flagged),
      cmocka_unit_test(a_cream_leaves_what_it_does_not_block),
      cmocka_unit_test(the_worst_pain_has_an_interval),
      cmocka_unit_test(warnings_come_where_they_apply),
      cmocka_unit_test(a_person_is_warned_of),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
