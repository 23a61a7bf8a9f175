#include "stage_fixture.h"

#include "clot/blood.h"

static void open_person(struct fixture *f) {
  fixture_init(f);
  f->scenario.person.clotting = PERCUTA_CLOT_BLOOD_NORMAL;
}

static void read_blood(struct fixture *f, bool normal, struct percuta_blood *blood) {
  enum percuta_status status = percuta_clot_blood_read(&f->scenario, normal, f->diag, blood);
  percuta_base_diag_print(f->diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
}

static double start_of(const struct percuta_blood *blood, const char *name) {
  return blood->initial[percuta_clot_network_find(&blood->network, name)];
}

static void levels_multiply_normal_blood(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_blood blood, normal;
  open_person(&f);
  assert_true(percuta_clot_blood_is_normal(&f.scenario));
  f.scenario.person.clotting.VII = 0.5;
  f.scenario.person.clotting.AT = 2;
  f.scenario.person.clotting.fibrinogen = 0.25;
  assert_false(percuta_clot_blood_is_normal(&f.scenario));
  read_blood(&f, false, &blood);
  assert_near(start_of(&blood, "VII"), 0.5e-5, 1e-12);
  assert_near(start_of(&blood, "VIIa"), 0.5e-7, 1e-12);
  assert_near(start_of(&blood, "ATIII"), 6.8e-3, 1e-12);
  assert_near(start_of(&blood, "TF"), 5e-9, 1e-12);
  assert_true(start_of(&blood, "IIa") == 0);
  assert_near(blood.initial[percuta_clot_blood_fibrinogen(&blood)], 9e-3 / 4, 1e-12);
  read_blood(&f, true, &normal);
  assert_near(start_of(&normal, "VII"), 1e-5, 1e-12);
  percuta_clot_blood_clear(&blood);
  percuta_clot_blood_clear(&normal);
  fixture_clear(&f);
}

/* Warfarin lowers four factors of whatever level the person has, and nothing else. */
static void warfarin_lowers_four_factors(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_blood with, without;
  open_person(&f);
  f.scenario.person.clotting.X = 0.5;
  read_blood(&f, false, &without);
  f.scenario.person.anticoagulant = PERCUTA_ANTICOAGULANT_WARFARIN;
  assert_false(percuta_clot_blood_is_normal(&f.scenario));
  read_blood(&f, false, &with);
  static const struct {
    const char *name;
    double left;
  } expected[] = {{"II", 0.25}, {"VII", 0.30}, {"VIIa", 0.30}, {"IX", 0.45}, {"X", 0.23},
                  {"V", 1},     {"VIII", 1},   {"ATIII", 1},   {"TFPI", 1},  {"TF", 1}};
  for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++)
    assert_near(start_of(&with, expected[i].name),
                expected[i].left * start_of(&without, expected[i].name), 1e-12);
  percuta_clot_blood_clear(&with);
  percuta_clot_blood_clear(&without);
  fixture_clear(&f);
}

static void jacobian_is_the_derivative(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_blood blood;
  double c[PERCUTA_BLOOD_SIZE], low[PERCUTA_BLOOD_SIZE], high[PERCUTA_BLOOD_SIZE];
  double jacobian[PERCUTA_BLOOD_SIZE * PERCUTA_BLOOD_SIZE];
  open_person(&f);
  read_blood(&f, true, &blood);
  int size = percuta_clot_blood_size(&blood);
  for (int i = 0; i < size; i++)
    c[i] = 1e-6 * (1 + 0.1 * i); /* thrombin near the half-values, where the laws bend */
  c[percuta_clot_blood_fibrinogen(&blood)] = 4e-3;
  c[percuta_clot_blood_platelets(&blood)] = 0.6;
  percuta_clot_blood_jacobian(&blood, c, jacobian);
  for (int j = 0; j < size; j++) {
    double kept = c[j], step = 1e-4 * kept;
    c[j] = kept - step;
    percuta_clot_blood_rates(&blood, c, low);
    c[j] = kept + step;
    percuta_clot_blood_rates(&blood, c, high);
    c[j] = kept;
    for (int i = 0; i < size; i++) {
      double slope = jacobian[i + j * size], scale = fabs(high[i]) + fabs(low[i]);
      double difference = (high[i] - low[i]) / (2 * step);
      assert_true(fabs(difference - slope) <= 1e-7 * fabs(slope) + 1e-11 * scale / step);
    }
  }
  percuta_clot_blood_clear(&blood);
  fixture_clear(&f);
}

/* Harker & Slichter 1972: 4.5 min with enough, 30.5 - n/3850 min below 100,000 per microlitre. */
static void few_platelets_bleed_longer(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_blood blood;
  open_person(&f);
  read_blood(&f, true, &blood);
  const double per_ul = 1e9, minute = 60;
  const struct percuta_blood_parameters *p = &blood.parameters;
  assert_near(percuta_clot_blood_bleeding_time(p, 250000 * per_ul), 4.5 * minute, 1e-12);
  assert_near(percuta_clot_blood_bleeding_time(p, 38500 * per_ul), 20.5 * minute, 1e-12);
  assert_near(percuta_clot_blood_bleeding_time(p, 10000 * per_ul),
              percuta_clot_blood_bleeding_time(p, 0), 1e-12);
  percuta_clot_blood_clear(&blood);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(levels_multiply_normal_blood),
      cmocka_unit_test(warfarin_lowers_four_factors),
      cmocka_unit_test(jacobian_is_the_derivative),
      cmocka_unit_test(few_platelets_bleed_longer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
