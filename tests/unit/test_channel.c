#include "stage_fixture.h"

#include "insertion/channel.h"
#include "insertion/puncture.h"
#include "insertion/reentry.h"

static void compute(struct fixture *f, struct percuta_channels *out) {
  struct percuta_skin skin;
  struct percuta_strikes strikes = {0};
  double width = f->scenario.model.patch_width;
  fixture_skin(f, &skin);
  assert_int_equal(percuta_device_strikes_compute(&f->scenario, 0, width, &strikes), PERCUTA_OK);
  enum percuta_status status = fixture_insert(f, &skin, &strikes, width, out);
  percuta_base_diag_print(f->diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
  assert_int_equal(out->count, strikes.count);
  percuta_device_strikes_clear(&strikes);
}

static void law_of(struct fixture *f, struct percuta_puncture_law *law) {
  assert_int_equal(percuta_insertion_puncture_read(&f->scenario, f->diag, law), PERCUTA_OK);
}

/* docs/theory/insertion.md: F[mN] = 20 + 4.6 (d - 5), 20 mN at 5 um and 167 mN at 37 um in both
 * laws. */
static void puncture_limit_is_the_published_law(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_puncture_law law;
  fixture_init(&f);
  law_of(&f, &law);
  assert_near(percuta_insertion_puncture_limit(&law, 2.5e-6), 20e-3, 1e-12);
  assert_near(percuta_insertion_puncture_limit(&law, 18.5e-6), 167e-3, 2e-3);
  assert_near(percuta_insertion_puncture_limit(&law, 4e-6), 33.8e-3, 1e-12);
  assert_true(percuta_insertion_puncture_limit(&law, 0) == 0);
  law.fracture = PERCUTA_TIP_AREA;
  assert_near(percuta_insertion_puncture_limit(&law, 2.5e-6), 20e-3, 1e-12);
  assert_near(percuta_insertion_puncture_limit(&law, 18.5e-6), 167e-3, 4e-3);
  assert_true(percuta_insertion_puncture_limit(&law, 4e-6) < 33.8e-3);
  fixture_clear(&f);
}

static struct percuta_contact uniform(double stiffness) {
  return (struct percuta_contact){.layers = 1, .modulus = {stiffness}, .poisson_ratio = 0.5};
}

/* Sneddon's cone, and the flat punch that continues it with the same slope. */
static void deflection_is_sneddons(void **state) {
  (void)state;
  struct percuta_needle needle = {
      .length = 1e-3, .base_diameter = 208e-6, .tip_radius = 4e-6, .taper = 0.5e-3};
  const struct percuta_contact contact = uniform(1e6);
  const double plane = 1e6 / 0.75, slope = 0.2;
  double force = 2 / FIXTURE_PI * plane * slope * 0.1e-3 * 0.1e-3;
  assert_near(percuta_insertion_puncture_deflection(&needle, &contact, force), 0.1e-3, 1e-12);
  double full = 104e-6 * FIXTURE_PI / 2 / slope;
  double force_full = 2 / FIXTURE_PI * plane * slope * full * full;
  assert_near(percuta_insertion_puncture_deflection(&needle, &contact, force_full), full, 1e-12);
  assert_near(percuta_insertion_puncture_deflection(&needle, &contact,
                                                    force_full + 2 * 104e-6 * plane * 0.3e-3),
              full + 0.3e-3, 1e-12);
}

/* Every balance either holds the force, or fills the needle's length, and never exceeds either. */
static void needles_come_to_rest_in_balance(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_puncture_law law;
  fixture_init(&f);
  law_of(&f, &law);
  const struct percuta_needle needle = {
      .length = 1.5e-3, .base_diameter = 0.25e-3, .tip_radius = 4e-6, .taper = 1e-3};
  const struct percuta_contact contact = uniform(1e6), softer = uniform(0.5e6),
                               stiffer = uniform(2e6);
  double before = -1;
  for (double force = 1e-3; force < 1; force *= 1.3) {
    struct percuta_puncture rest = percuta_insertion_puncture_solve(&law, &needle, &contact, force);
    assert_true(rest.depth >= before); /* more force, never less depth */
    before = rest.depth;
    assert_true(rest.depth + rest.deflection <= needle.length * (1 + 1e-12));
    if (rest.depth == 0)
      continue;
    if (rest.touches) {
      assert_near(rest.depth + rest.deflection, needle.length, 1e-12);
      assert_true(rest.force <= force);
    } else {
      assert_near(percuta_insertion_puncture_resistance(&law, &needle, rest.depth), force, 1e-9);
    }
    assert_near(percuta_insertion_puncture_deflection(&needle, &contact, rest.force),
                rest.deflection, 1e-6);
  }
  /* stiffer skin gives way less and is cut deeper; tougher skin is cut less deep */
  double soft = percuta_insertion_puncture_solve(&law, &needle, &softer, 1).depth;
  double stiff = percuta_insertion_puncture_solve(&law, &needle, &stiffer, 1).depth;
  assert_true(soft < stiff);
  law.fracture_energy *= 10;
  assert_true(percuta_insertion_puncture_solve(&law, &needle, &stiffer, 1).depth < stiff);
  fixture_clear(&f);
}

/* The recoil factors are what makes the model give MECH-021 and MECH-022 (calibration rows):
 * residual depth 152.5 um and diameter 70.7 um of a roller with needles of 770 um, on skin of 1
 * MPa. */
static void recoil_is_calibrated_on_the_rat_rows(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_channels channels = {0};
  fixture_init(&f);
  fixture_device(&f, "roller-192-0.77mm");
  fixture_set(&f, "insertion.depth_spread", "0");
  f.scenario.person.age = 30 * PERCUTA_YEAR;
  f.scenario.session.speed = 0.071; /* tips come in at insertion.rate_speed */
  compute(&f, &channels);
  size_t i = 0;
  while (i < channels.count && (!channels.item[i].penetrated || channels.item[i].reentered))
    i++;
  assert_true(i < channels.count);
  assert_near(channels.item[i].residual_depth, 152.5e-6, 5e-3);
  assert_near(2 * channels.item[i].residual_radius_surface, 70.7e-6, 5e-3);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

/* MECH-042 (validation): in pig skin less than half of a steel needle is buried. */
static void mf8_on_the_cheek(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_channels channels = {0};
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.model.patch_width = 0.1;
  compute(&f, &channels);
  assert_near(channels.needles_in_contact, 2 * acos(10 / 11.5) / (FIXTURE_PI / 12) * 8, 1e-12);
  assert_near(channels.force_per_needle, 5 / channels.needles_in_contact, 1e-12);
  assert_near(channels.puncture_force, 33.8e-3, 1e-12);
  assert_int_equal(channels.penetrated + channels.reentered, channels.count);
  double sum = 0, squares = 0, n = (double)channels.penetrated;
  for (size_t i = 0; i < channels.count; i++) {
    const struct percuta_channel *c = &channels.item[i];
    if (c->reentered)
      continue;
    assert_true(c->depth + c->deflection <= 1.5e-3 * (1 + 1e-12));
    assert_true(c->residual_depth < c->depth);
    assert_near(c->tear_surface, 0.1 * percuta_device_strikes_sweep(&f.scenario.device, 0), 1e-12);
    assert_near(c->radius_surface, 4e-6 + 121e-6 * c->depth / 1.5e-3, 1e-9);
    sum += c->depth;
    squares += c->depth * c->depth;
  }
  double mean = sum / n;
  assert_true(mean / 1.5e-3 > 0.4 && mean / 1.5e-3 < 0.6);
  assert_near(sqrt(squares / n - mean * mean) / mean, 0.063, 0.1);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

static void too_many_needles_do_not_break_the_skin(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_channels channels = {0};
  fixture_init(&f);
  fixture_device(&f, "stamp-540-0.5mm");
  compute(&f, &channels);
  assert_near(channels.force_per_needle, 5.0 / 540, 1e-12);
  assert_true(channels.count > 0 && channels.penetrated == 0 && channels.reentered == 0);
  for (size_t i = 0; i < channels.count; i++) {
    assert_false(channels.item[i].penetrated);
    assert_true(percuta_insertion_channel_volume(&channels.item[i], 0, 1) == 0);
    assert_true(percuta_insertion_channel_radius(&channels.item[i], 0) == 0);
  }
  percuta_insertion_channel_clear(&channels);
  f.scenario.session.force = 50;
  compute(&f, &channels);
  assert_true(channels.penetrated > 0);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

/* Against direct quadrature, composite Gauss on a partition that knows the kink. */
static double quadrature(const struct percuta_channel *c, double z0, double z1) {
  const int n = 400;
  const double node = sqrt(0.6);
  double sum = 0;
  for (int i = 0; i < n; i++) {
    double h = (z1 - z0) / n, middle = z0 + (i + 0.5) * h;
    for (int k = -1; k <= 1; k++) {
      double z = middle + k * node * h / 2;
      double r = z < c->cylinder_depth
                     ? c->radius_surface
                     : c->radius_tip + (c->radius_surface - c->radius_tip) * (c->depth - z) /
                                           (c->depth - c->cylinder_depth);
      double tear = c->tear_surface * (1 - z / c->depth);
      sum += h * (k == 0 ? 8.0 / 18 : 5.0 / 18) * (FIXTURE_PI * r * r + 2 * r * tear);
    }
  }
  return sum;
}

static void volume_is_exact(void **state) {
  (void)state;
  struct percuta_channel c = {.penetrated = true,
                              .depth = 0.8e-3,
                              .radius_surface = 110e-6,
                              .radius_tip = 4e-6,
                              .cylinder_depth = 0.3e-3,
                              .tear_surface = 120e-6};
  assert_near(percuta_insertion_channel_volume(&c, 0.05e-3, 0.25e-3),
              quadrature(&c, 0.05e-3, 0.25e-3), 1e-12);
  assert_near(percuta_insertion_channel_volume(&c, 0.4e-3, 0.7e-3), quadrature(&c, 0.4e-3, 0.7e-3),
              1e-12);
  assert_near(percuta_insertion_channel_volume(&c, -1, 1),
              quadrature(&c, 0, 0.3e-3) + quadrature(&c, 0.3e-3, 0.8e-3), 1e-12);
  double parts = 0;
  for (int i = 0; i < 37; i++)
    parts += percuta_insertion_channel_volume(&c, i * 1e-3 / 37, (i + 1) * 1e-3 / 37);
  assert_near(parts, percuta_insertion_channel_volume(&c, 0, c.depth), 1e-12);
  /* a cone: closed form */
  c.cylinder_depth = c.tear_surface = c.radius_tip = 0;
  assert_near(percuta_insertion_channel_volume(&c, 0, c.depth),
              FIXTURE_PI * 110e-6 * 110e-6 * 0.8e-3 / 3, 1e-14);
  assert_true(percuta_insertion_channel_volume(&c, 0.9e-3, 1e-3) == 0);
  assert_true(percuta_insertion_channel_radius(&c, 0.81e-3) == 0 &&
              percuta_insertion_channel_tear(&c, -1e-9) == 0);
}

/* The binned search finds what comparing all pairs finds, across the borders too. */
static void reentry_agrees_with_all_pairs(void **state) {
  (void)state;
  enum { N = 600 };
  double x[N], y[N], radius[N];
  struct percuta_reentry *reentry = NULL;
  assert_int_equal(percuta_insertion_reentry_create(1, 0.04, N, &reentry), PERCUTA_OK);
  srand(3);
  int found = 0, wrapped = 0;
  for (int i = 0; i < N; i++) {
    x[i] = rand() / (RAND_MAX + 1.0);
    y[i] = rand() / (RAND_MAX + 1.0);
    radius[i] = 0.01 + 0.03 * rand() / (RAND_MAX + 1.0);
    bool expected = false;
    for (int j = 0; j < i; j++) {
      for (int k = 0; k < 9; k++) {
        double dx = x[i] - x[j] + k % 3 - 1, dy = y[i] - y[j] + k / 3 - 1;
        if (dx * dx + dy * dy >= radius[j] * radius[j])
          continue;
        expected = true;
        wrapped += k != 4;
      }
    }
    assert_int_equal(percuta_insertion_reentry_hits(reentry, x[i], y[i]), expected);
    found += expected;
    percuta_insertion_reentry_add(reentry, x[i], y[i], radius[i]);
  }
  assert_true(found > 100 && wrapped > 5);
  percuta_insertion_reentry_destroy(&reentry);
  assert_null(reentry);
}

/* A strike re-enters exactly when it lies inside an opening made before it. */
static void reentered_strikes_open_nothing(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_channels channels = {0};
  fixture_init(&f);
  fixture_device(&f, "pen-36-1.5mm");
  f.scenario.session.repeat = 2;
  f.scenario.session.force = 20;
  compute(&f, &channels);
  assert_true(channels.reentered > 10);
  size_t opened = 0, reentered = 0;
  for (size_t i = 0; i < channels.count; i++) {
    const struct percuta_channel *c = &channels.item[i];
    assert_true(c->penetrated);
    if (c->reentered) {
      reentered++;
      assert_true(percuta_insertion_channel_volume(c, 0, 1) == 0 && c->depth == 0);
    } else {
      opened++;
    }
    bool inside = false;
    for (size_t j = 0; j < i && !inside; j++) {
      const struct percuta_channel *e = &channels.item[j];
      double dx = fabs(c->x - e->x), dy = fabs(c->y - e->y);
      inside = !e->reentered && hypot(fmin(dx, 3e-3 - dx), fmin(dy, 3e-3 - dy)) <
                                    e->residual_radius_surface * (1 - 1e-12);
    }
    assert_int_equal(c->reentered, inside);
  }
  assert_int_equal(opened, channels.penetrated);
  assert_int_equal(reentered, channels.reentered);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(puncture_limit_is_the_published_law),
      cmocka_unit_test(deflection_is_sneddons),
      cmocka_unit_test(needles_come_to_rest_in_balance),
      cmocka_unit_test(recoil_is_calibrated_on_the_rat_rows),
      cmocka_unit_test(mf8_on_the_cheek),
      cmocka_unit_test(too_many_needles_do_not_break_the_skin),
      cmocka_unit_test(volume_is_exact),
      cmocka_unit_test(reentry_agrees_with_all_pairs),
      cmocka_unit_test(reentered_strikes_open_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
