#include "stage_fixture.h"

#include <time.h>

#include "device/layout.h"
#include "insertion/channel.h"
#include "insertion/puncture.h"

static void compute(struct fixture *f, struct percuta_channels *out) {
  struct percuta_skin skin;
  struct percuta_strikes strikes = {0};
  double width = f->scenario.model.patch_width;
  fixture_skin(f, &skin);
  assert_int_equal(percuta_device_strikes_compute(&f->scenario, 0, width, &strikes), PERCUTA_OK);
  assert_int_equal(fixture_insert(f, &skin, &strikes, width, out), PERCUTA_OK);
  percuta_device_strikes_clear(&strikes);
}

/* Wear cuts the tip off the same cone. */
static void worn_needles_are_blunter_and_shorter(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_channels sharp = {0}, worn = {0};
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  compute(&f, &sharp);
  f.scenario.device.needle.wear = 10e-6;
  struct percuta_needle needle = percuta_device_worn_needle(&f.scenario.device);
  assert_near(needle.tip_radius, 14e-6, 1e-12);
  assert_near(needle.length, 1.5e-3 * (1 - 10.0 / 121), 1e-12);
  assert_near((0.125e-3 - needle.tip_radius) / needle.taper, 121e-6 / 1.5e-3, 1e-12);
  compute(&f, &worn);
  assert_true(worn.puncture_force > sharp.puncture_force);
  assert_true(worn.needles_in_contact < sharp.needles_in_contact);
  assert_true(worn.item[0].depth > 0 && worn.item[0].depth < sharp.item[0].depth);
  percuta_insertion_channel_clear(&sharp);
  percuta_insertion_channel_clear(&worn);
  fixture_clear(&f);
}

/* The share of bent needles is what was asked for; each is always the same, strikes aside by
 * length x sin(angle), and reaches at most length x cos(angle). */
static void bent_needles(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_strikes straight = {0}, bent = {0};
  struct percuta_channels channels = {0};
  const double width = 50e-3, angle = 0.5, aside = 1.5e-3 * sin(angle);
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.model.patch_width = width;
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 0, width, &straight), PERCUTA_OK);
  f.scenario.device.needle.bent_share = 0.3;
  f.scenario.device.needle.bend_angle = angle;
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 0, width, &bent), PERCUTA_OK);
  compute(&f, &channels);
  assert_int_equal(straight.count, bent.count);
  size_t strikes = 0, needles = 0, cut = 0;
  double along, across;
  for (int i = 0; i < 2000; i++)
    needles += percuta_device_is_bent(&f.scenario.device, 1, i, &along, &across);
  assert_true(needles > 540 && needles < 660); /* 600 +- 3 sd */
  for (size_t i = 0; i < bent.count; i++) {
    const struct percuta_strike *a = &straight.item[i], *b = &bent.item[i];
    double dx = fabs(a->x - b->x), dy = fabs(a->y - b->y);
    double moved = hypot(fmin(dx, width - dx), fmin(dy, width - dy));
    strikes += b->bent;
    assert_near(moved, b->bent ? aside : 0, 1e-9);
    const struct percuta_channel *c = &channels.item[i];
    if (c->depth > 0)
      assert_true(c->depth + c->deflection <= 1.5e-3 * (b->bent ? cos(angle) : 1) * (1 + 1e-9));
    if (c->penetrated && !c->reentered) { /* as wide as before, over less depth */
      const struct percuta_needle *needle = &f.scenario.device.needle;
      double wide = needle->base_diameter / 2, taper = needle->taper * (b->bent ? cos(angle) : 1);
      double radius = needle->tip_radius + (wide - needle->tip_radius) * c->depth / taper;
      assert_near(c->radius_surface, fmin(wide, radius), 1e-9);
      cut += b->bent;
    }
  }
  assert_int_equal(channels.bent, strikes);
  assert_true(strikes > 0 && strikes < bent.count && cut > 0);
  percuta_device_strikes_clear(&straight);
  percuta_device_strikes_clear(&bent);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

/* The interval of the depth of a needle that gets its share of the hand's force. */
static struct percuta_uncertainty interval_of(const struct fixture *f,
                                              const struct percuta_skin *skin) {
  struct percuta_insertion_model model;
  struct percuta_ensemble ensemble;
  const struct percuta_needle needle = percuta_device_worn_needle(&f->scenario.device);
  const struct percuta_hand hand = percuta_insertion_hand_of(&f->scenario);
  assert_int_equal(percuta_insertion_model_read(&f->scenario, skin, f->diag, &model), PERCUTA_OK);
  assert_int_equal(percuta_insertion_draws_apply(&model.draws, &model.law, &model.contact,
                                                 model.speed_ratio, &ensemble),
                   PERCUTA_OK);
  const struct percuta_uncertainty u =
      percuta_insertion_uncertainty_compute(&ensemble, &needle, &hand);
  percuta_insertion_draws_clear(&ensemble);
  return u;
}

/* Values of the drawn parameters, each in its own unit. */
static int by_size(const void *left, const void *right) {
  const double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

/* The tables have the medians of the draws, and 90 % of the draws lie in their ranges. */
static void tables_agree_with_the_draws(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_insertion_draws draws;
  fixture_init(&f);
  assert_int_equal(percuta_insertion_draws_read(&f.scenario, f.diag, &draws), PERCUTA_OK);
  assert_int_equal(draws.count, PERCUTA_DRAWS);
  for (int column = 0; column < PERCUTA_DRAWN; column++) {
    double value[PERCUTA_DRAWS];
    const struct percuta_parameter *p =
        percuta_base_parameters_find(f.scenario.parameters, draws.what[column].name);
    int inside = 0;
    for (int k = 0; k < draws.count; k++) {
      value[k] = draws.value[k][column] * p->value / p->value_si;
      inside += value[k] >= 0.995 * p->low && value[k] <= 1.005 * p->high;
    }
    qsort(value, (size_t)draws.count, sizeof *value, by_size);
    assert_near(p->value, value[draws.count / 2], 0.03);
    assert_true(inside >= 0.88 * draws.count);
    assert_int_equal(percuta_insertion_draws_column(p->name), column);
  }
  assert_int_equal(percuta_insertion_draws_column("insertion.drop_depth"), -1);
  fixture_clear(&f);
}

/* A 1.5 mm roller is known to a factor of 2, short needles are not; what is set in the scenario is
 * not drawn, and with all of it set nothing is left to draw. */
static void interval_of_depth(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_insertion_draws draws;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  fixture_skin(&f, &skin);
  struct percuta_uncertainty u = interval_of(&f, &skin);
  assert_true(u.depth_low > 1e-3 && u.depth_high < 1.5e-3 && u.depth_high < 2 * u.depth_low);
  assert_true(u.residual_low > 60e-6 && u.residual_high < 250e-6);
  assert_true(u.bearing_low > 0.5 && u.bearing_low < 2.5 && u.bearing_high > 2.5);
  assert_true(u.breaks_share == 1);
  fixture_device(&f, "roller-home-0.25mm");
  u = interval_of(&f, &skin);
  assert_true(u.breaks_share > 0.3 && u.breaks_share < 0.9);
  assert_true(u.depth_low > 0 && u.depth_high > 2 * u.depth_low);
  assert_int_equal(percuta_insertion_draws_read(&f.scenario, f.diag, &draws), PERCUTA_OK);
  for (int column = 0; column < PERCUTA_DRAWN; column++) {
    const struct percuta_parameter *p =
        percuta_base_parameters_find(f.scenario.parameters, draws.what[column].name);
    char text[64];
    snprintf(text, sizeof text, "%.15g%s%s", p->value, strcmp(p->unit, "1") ? " " : "",
             strcmp(p->unit, "1") ? p->unit : "");
    fixture_set(&f, p->name, text);
  }
  fixture_device(&f, "roller-192-1.5mm");
  u = interval_of(&f, &skin);
  assert_near(u.depth_low, u.depth_high, 1e-9);
  assert_near(u.residual_low, u.residual_high, 1e-9);
  fixture_clear(&f);
}

/* Pens come near their setting (MECH-157, a validation row: 0.8 to 1.1 of 1.5 mm). */
static void pens_come_near_their_setting(void **state) {
  (void)state;
  static const char *const pens[] = {"pen-14-1.5mm", "pen-14-2.5mm"};
  struct fixture f;
  struct percuta_channels channels = {0};
  fixture_init(&f);
  for (int i = 0; i < 2; i++) {
    fixture_device(&f, pens[i]);
    compute(&f, &channels);
    assert_true(channels.item[0].depth > 0.75 * f.scenario.device.needle.length);
    percuta_insertion_channel_clear(&channels);
  }
  fixture_clear(&f);
}

/* 100,000 strikes from the hand's motion to channels; the time is only shown. */
static void a_hundred_thousand_strikes(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_channels channels = {0};
  struct timespec from, to;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.model.patch_width = 0.2;
  f.scenario.session.repeat = 17;
  f.scenario.session.angle_jitter = 0.05;
  timespec_get(&from, TIME_UTC);
  compute(&f, &channels);
  timespec_get(&to, TIME_UTC);
  assert_true(channels.count > 100000);
  print_message("%zu strikes resolved in %.3f s\n", channels.count,
                difftime(to.tv_sec, from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec));
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(worn_needles_are_blunter_and_shorter),
      cmocka_unit_test(bent_needles),
      cmocka_unit_test(tables_agree_with_the_draws),
      cmocka_unit_test(interval_of_depth),
      cmocka_unit_test(pens_come_near_their_setting),
      cmocka_unit_test(a_hundred_thousand_strikes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
