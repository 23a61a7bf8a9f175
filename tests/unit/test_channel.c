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

/* MF8 roller: the force is shared by the needles on the arc, the drum bears, the needles go nearly
 * their length (MECH-156, 157 say so of pens), and what stays open does not grow with it. */
static void mf8_on_the_cheek(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_channels channels = {0};
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.model.patch_width = 0.1;
  compute(&f, &channels);
  assert_near(channels.needles_in_contact, 2 * acos(10 / 11.5) / (FIXTURE_PI / 12) * 8, 1e-12);
  assert_near(channels.force_per_needle, 5 / (0.5 * channels.needles_in_contact), 1e-12);
  assert_true(channels.touches && channels.bearing_force > 1 && channels.bearing_force < 5);
  assert_int_equal(channels.penetrated + channels.reentered, channels.count);
  double sum = 0, squares = 0, open = 0, n = (double)channels.penetrated;
  for (size_t i = 0; i < channels.count; i++) {
    const struct percuta_channel *c = &channels.item[i];
    if (c->reentered)
      continue;
    assert_true(c->depth + c->deflection <= 1.5e-3 * (1 + 1e-12));
    assert_true(c->residual_depth < c->depth);
    assert_near(c->tear_surface, 0.1 * percuta_device_strikes_sweep(&f.scenario.device, 0), 1e-12);
    assert_near(c->radius_surface, 4e-6 + 121e-6 * c->depth / 1.5e-3, 1e-9);
    assert_true(c->slit_share > 0 && c->slit_share < FIXTURE_PI);
    sum += c->depth;
    squares += c->depth * c->depth;
    open += c->residual_depth;
  }
  double mean = sum / n;
  assert_true(mean / 1.5e-3 > 0.8 && mean / 1.5e-3 < 0.95);
  assert_near(sqrt(squares / n - mean * mean) / mean, 0.055,
              0.2); /* 0.063, cut off at the length */
  percuta_insertion_channel_clear(&channels);
  f.scenario.device.needle.length = f.scenario.device.needle.taper = 2.5e-3;
  compute(&f, &channels);
  double longer = 0;
  for (size_t i = 0; i < channels.count; i++)
    longer += channels.item[i].residual_depth / (double)channels.penetrated;
  assert_near(longer, open / n, 0.01);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

/* What stays open after a roller of 0.77 mm is what was measured in rats (MECH-021, 022,
 * calibration rows beside MECH-158 in people), within a third. */
static void open_tracks_are_as_measured(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_channels channels = {0};
  fixture_init(&f);
  fixture_device(&f, "roller-192-0.77mm");
  fixture_set(&f, "insertion.depth_spread", "0");
  compute(&f, &channels);
  size_t i = 0;
  while (i < channels.count && (!channels.item[i].penetrated || channels.item[i].reentered))
    i++;
  assert_true(i < channels.count);
  assert_near(channels.item[i].residual_depth, 152.5e-6, 0.33);
  assert_near(2 * channels.item[i].residual_radius_surface, 70.7e-6, 0.33);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

/* Short needles get in by chance: as many of them as the draws say, each by its own key. */
static void short_needles_enter_by_chance(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_channels channels = {0}, again = {0};
  fixture_init(&f);
  fixture_device(&f, "roller-home-0.25mm");
  f.scenario.model.patch_width = 0.03;
  compute(&f, &channels);
  compute(&f, &again);
  const double chance = channels.interval.breaks_share, n = (double)channels.count;
  const double in = (double)(channels.penetrated + channels.reentered);
  assert_true(chance > 0.2 && chance < 0.95 && n > 100);
  assert_true(fabs(in / n - chance) < 4 * sqrt(chance * (1 - chance) / n));
  for (size_t i = 0; i < channels.count; i++)
    assert_int_equal(channels.item[i].penetrated, again.item[i].penetrated);
  percuta_insertion_channel_clear(&channels);
  percuta_insertion_channel_clear(&again);
  fixture_clear(&f);
}

static void too_many_needles_do_not_break_the_skin(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_channels channels = {0};
  fixture_init(&f);
  fixture_device(&f, "stamp-540-0.5mm");
  f.scenario.session.force = 1;
  compute(&f, &channels);
  assert_near(channels.force_per_needle, 1.0 / 540, 1e-12);
  assert_true(channels.count > 0 && channels.penetrated == 0 && channels.reentered == 0);
  for (size_t i = 0; i < channels.count; i++) {
    assert_false(channels.item[i].penetrated);
    assert_true(percuta_insertion_channel_damaged(&channels.item[i], 0, 1) == 0);
    assert_true(percuta_insertion_channel_open(&channels.item[i], 0, 1) == 0);
    assert_true(percuta_insertion_channel_radius(&channels.item[i], 0) == 0);
  }
  percuta_insertion_channel_clear(&channels);
  f.scenario.session.force = 50;
  compute(&f, &channels);
  assert_true(channels.penetrated > 0);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

/* Against direct quadrature, composite Gauss on a partition that knows the kink: what is damaged
 * within d of the cut. */
static double quadrature(const struct percuta_channel *c, double z0, double z1) {
  const int n = 400;
  const double node = sqrt(0.6), d = c->damage_width;
  double sum = 0;
  for (int i = 0; i < n; i++) {
    double h = (z1 - z0) / n, middle = z0 + (i + 0.5) * h;
    for (int k = -1; k <= 1; k++) {
      double z = middle + k * node * h / 2;
      double r = z < c->cylinder_depth
                     ? c->radius_surface
                     : c->radius_tip + (c->radius_surface - c->radius_tip) * (c->depth - z) /
                                           (c->depth - c->cylinder_depth);
      double cut = c->slit_share * r + c->tear_surface * (1 - z / c->depth);
      sum += h * (k == 0 ? 8.0 / 18 : 5.0 / 18) * (FIXTURE_PI * d * d + 2 * d * cut);
    }
  }
  return sum;
}

static void volumes_are_exact(void **state) {
  (void)state;
  struct percuta_channel c = {.penetrated = true,
                              .depth = 0.8e-3,
                              .radius_surface = 110e-6,
                              .radius_tip = 4e-6,
                              .cylinder_depth = 0.3e-3,
                              .tear_surface = 120e-6,
                              .slit_share = 0.7,
                              .damage_width = 15e-6,
                              .residual_depth = 130e-6,
                              .residual_radius_surface = 70e-6};
  assert_near(percuta_insertion_channel_damaged(&c, 0.05e-3, 0.25e-3),
              quadrature(&c, 0.05e-3, 0.25e-3), 1e-12);
  assert_near(percuta_insertion_channel_damaged(&c, 0.4e-3, 0.7e-3), quadrature(&c, 0.4e-3, 0.7e-3),
              1e-12);
  const double all = quadrature(&c, 0, 0.3e-3) + quadrature(&c, 0.3e-3, 0.8e-3);
  assert_near(percuta_insertion_channel_damaged(&c, -1, 1), all, 1e-12);
  double parts = 0, face[38], row[37], open = 0;
  for (int i = 0; i <= 37; i++)
    face[i] = i * 1e-3 / 37;
  for (int i = 0; i < 37; i++) {
    parts += percuta_insertion_channel_damaged(&c, face[i], face[i + 1]);
    open += percuta_insertion_channel_open(&c, face[i], face[i + 1]);
  }
  assert_near(parts, all, 1e-12);
  const int reached = percuta_insertion_channel_damages(&c, 37, face, row);
  for (int i = 0; i < reached; i++)
    parts -= row[i];
  assert_true(fabs(parts) < 1e-12 * all && reached == 30);
  /* the cut: what is damaged less the ends, over twice the width */
  const double d = c.damage_width;
  assert_near(percuta_insertion_channel_cut_area(&c, 0, 1),
              (all - FIXTURE_PI * d * d * c.depth) / (2 * d), 1e-9);
  /* the open track: a cone cut off */
  const double wide = 70e-6, narrow = wide * 4 / 110;
  assert_near(open, FIXTURE_PI / 3 * 130e-6 * (wide * wide + wide * narrow + narrow * narrow),
              1e-9);
  assert_near(percuta_insertion_channel_room(&c), open + all, 1e-9);
  assert_true(percuta_insertion_channel_damaged(&c, 0.9e-3, 1e-3) == 0);
  assert_true(percuta_insertion_channel_cut(&c, 0.81e-3) == 0 &&
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
      assert_true(percuta_insertion_channel_damaged(c, 0, 1) == 0 && c->depth == 0);
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
      cmocka_unit_test(mf8_on_the_cheek),
      cmocka_unit_test(open_tracks_are_as_measured),
      cmocka_unit_test(short_needles_enter_by_chance),
      cmocka_unit_test(too_many_needles_do_not_break_the_skin),
      cmocka_unit_test(volumes_are_exact),
      cmocka_unit_test(reentry_agrees_with_all_pairs),
      cmocka_unit_test(reentered_strikes_open_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
