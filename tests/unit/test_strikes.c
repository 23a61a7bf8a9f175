#include "stage_fixture.h"

#include <time.h>

#include "device/layout.h"
#include "device/strikes.h"

static size_t strike_count(struct fixture *f, int session, double width) {
  struct percuta_strikes strikes = {0};
  assert_int_equal(percuta_device_strikes_compute(&f->scenario, session, width, &strikes),
                   PERCUTA_OK);
  size_t count = strikes.count;
  percuta_device_strikes_clear(&strikes);
  return count;
}

static void mf8_kinematics(void **state) {
  (void)state;
  double angle = percuta_device_strikes_entry_angle(10e-3, 1.5e-3);
  assert_near(cos(angle), 10.0 / 11.5, 1e-14);
  struct percuta_device mf8 = {
      .kind = PERCUTA_ROLLER, .drum_diameter = 20e-3, .needle.length = 1.5e-3};
  assert_near(percuta_device_strikes_sweep(&mf8, 0), 1.03e-3, 0.005); /* docs/theory/device.md */
  /* the trochoid itself: travel of the tip between entry and exit */
  double travel = 10e-3 * angle - 11.5e-3 * sin(angle);
  assert_near(percuta_device_strikes_sweep(&mf8, 0), -2 * travel, 1e-12);
  /* with slip: the farthest apart that the tip is on its way through the skin, by trying */
  for (double slip = 0.05; slip < 0.6; slip += 0.25) {
    double most = 0;
    for (int i = 0; i <= 20000; ++i) {
      double theta = angle * i / 20000;
      most = fmax(most, fabs((1 + slip) * 10e-3 * theta - 11.5e-3 * sin(theta)));
    }
    assert_near(percuta_device_strikes_sweep(&mf8, slip), 2 * most, 1e-6);
  }
  mf8.kind = PERCUTA_STAMP;
  assert_true(percuta_device_strikes_sweep(&mf8, 0) == 0);
}

/* docs/theory/device.md: 229 strikes/cm^2 after 15 passes on 100 cm^2, from geometry alone. */
static void mf8_density_on_100_cm2(void **state) {
  (void)state;
  struct fixture f;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.session.pass_count = 5;
  f.scenario.session.repeat = 3;
  f.scenario.session.angle_jitter = 0.05;
  for (int i = 0; i < 5; i++)
    f.scenario.session.passes[i].direction = 0.7 * i;
  assert_near((double)strike_count(&f, 0, 0.1) / 100, 229.2, 0.02);
  f.scenario.session.slip = 0.3;
  assert_near((double)strike_count(&f, 0, 0.1) / 100, 229.2 / 1.3, 0.02);
  fixture_clear(&f);
}

/* On a small patch the mean over seeds is the closed form, for every kind of device and direction.
 */
static void density_is_the_closed_form_for_every_device(void **state) {
  (void)state;
  static const char *const presets[] = {"roller-192-1.5mm", "roller-home-0.3mm", "stamp-35-1.0mm",
                                        "pen-12-0.5mm"};
  const int seeds = 4000;
  const double width = 3e-3;
  struct fixture f;
  fixture_init(&f);
  for (size_t p = 0; p < sizeof presets / sizeof *presets; p++) {
    fixture_device(&f, presets[p]);
    const struct percuta_session *way = &f.scenario.session;
    double expected =
        width * width * percuta_device_strike_density(&f.scenario.device, way->speed, way->slip);
    double sum = 0, squares = 0;
    for (int seed = 0; seed < seeds; seed++) {
      f.scenario.model.seed = (uint64_t)seed;
      f.scenario.session.passes[0].direction = seed * 0.001;
      double count = (double)strike_count(&f, seed % 7, width);
      sum += count;
      squares += count * count;
    }
    double mean = sum / seeds, error = sqrt((squares / seeds - mean * mean) / seeds);
    if (!(fabs(mean - expected) < 4 * error && error < 0.02 * expected))
      fail_msg("%s: %g strikes instead of %g, error %g", presets[p], mean, expected, error);
  }
  fixture_clear(&f);
}

static int needles_of(const struct percuta_device *device) {
  return device->kind == PERCUTA_ROLLER ? device->rings * device->needles_per_ring
                                        : device->needles;
}

static void check_inside_and_in_order(const char *preset, size_t at_least) {
  struct fixture f;
  struct percuta_strikes strikes = {0};
  fixture_init(&f);
  fixture_device(&f, preset);
  f.scenario.session.pass_count = 3;
  f.scenario.session.passes[1].direction = 1.2;
  f.scenario.session.passes[2].direction = -2.9;
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 2, 1e-2, &strikes), PERCUTA_OK);
  assert_int_equal(strikes.session, 2);
  assert_true(strikes.count > at_least);
  for (size_t i = 0; i < strikes.count; i++) {
    const struct percuta_strike *s = &strikes.item[i];
    assert_true(s->x >= 0 && s->x < 1e-2 && s->y >= 0 && s->y < 1e-2);
    assert_true(s->needle >= 0 && s->needle < needles_of(&f.scenario.device) && s->time >= 0);
    if (i == 0)
      continue;
    const struct percuta_strike *before = s - 1;
    assert_true(before->time <= s->time);
    assert_true(before->pass <= s->pass);
    if (before->pass == s->pass && before->time == s->time)
      assert_true(before->needle <= s->needle);
  }
  percuta_device_strikes_clear(&strikes);
  fixture_clear(&f);
}

/* A roller's are made ring by ring, so that they are in order only if they are put in order. */
static void strikes_are_inside_and_in_order(void **state) {
  (void)state;
  check_inside_and_in_order("pen-14-1.5mm", 100);
  check_inside_and_in_order("roller-192-1.5mm", 30);
  check_inside_and_in_order("stamp-35-1.0mm", 100);
}

/* Place and time of a strike tell the same: in direction 0 a roller's needle or the middle of a
 * pen's head is `x` behind the edge of the patch, and the hand's speed makes a time of that; what
 * is left of the time is a number of whole tracks of sqrt(2) widths and `extra` each. As many
 * tracks lie between two strikes' places across. Passes take as many tracks as cover the diagonal,
 * and one. */
static void check_tracks(const struct fixture *f, double track, double extra) {
  const struct percuta_device *device = &f->scenario.device;
  const double width = 5e-2, diagonal = width * sqrt(2), speed = f->scenario.session.speed;
  const int tracks = (int)ceil(diagonal / track) + 1;
  struct percuta_strikes strikes = {0};
  assert_int_equal(percuta_device_strikes_compute(&f->scenario, 0, width, &strikes), PERCUTA_OK);
  double base[2] = {NAN, NAN};
  int many = 0;
  for (size_t i = 1; i < strikes.count; i++) {
    const struct percuta_strike *s = &strikes.item[i], *twin = s;
    double row = 0.5;
    if (device->kind == PERCUTA_ROLLER)
      row = (s->needle * device->rings / needles_of(device) + 0.5) / device->rings;
    else if (s[-1].time == s->time)
      twin = s - 1;
    else
      continue;
    double on_the_way = (0.5 * (s->x + twin->x) + (diagonal - width) / 2 + extra / 2) / speed;
    double number = (s->time - on_the_way) * speed / (diagonal + extra) - s->pass * tracks;
    assert_true(fabs(number - round(number)) < 1e-9);
    assert_true(number > -0.5 && number < tracks - 0.5);
    double edge = 0.5 * (s->y + twin->y) - (row + round(number)) * track;
    if (isnan(base[s->pass]))
      base[s->pass] = edge;
    assert_true(fabs(edge - base[s->pass]) < 1e-9);
    many += number > 1.5;
  }
  assert_true(many > 100 && !isnan(base[0]) && !isnan(base[1]));
  percuta_device_strikes_clear(&strikes);
}

static void tracks_follow_each_other(void **state) {
  (void)state;
  struct fixture f;
  fixture_init(&f);
  f.scenario.session.repeat = 2;
  fixture_device(&f, "roller-192-1.5mm");
  check_tracks(&f, f.scenario.device.drum_width, 0);
  fixture_device(&f, "pen-12-0.5mm");
  f.scenario.device.needles = 2; /* opposite each other in the head */
  check_tracks(&f, f.scenario.device.head_diameter, f.scenario.device.head_diameter);
  fixture_clear(&f);
}

/* One stamp after the other, at the stamp's frequency, each on a square of its own. */
static void stamps_follow_each_other(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_strikes strikes = {0};
  fixture_init(&f);
  fixture_device(&f, "stamp-35-1.0mm");
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 0, 5e-2, &strikes), PERCUTA_OK);
  const double side = percuta_device_layout_stamp_side(&f.scenario.device);
  int stamps = 0;
  for (size_t i = 0; i < strikes.count; i++) {
    const struct percuta_strike *s = &strikes.item[i];
    double number = s->time * f.scenario.device.frequency;
    assert_true(fabs(number - round(number)) < 1e-9);
    if (i > 0 && s->time == s[-1].time)
      assert_true(fabs(s->x - s[-1].x) < side && fabs(s->y - s[-1].y) < side);
    else
      stamps++;
  }
  assert_true(stamps > 9 && fabs(stamps * side * side / 25e-4 - 1) < 0.5);
  percuta_device_strikes_clear(&strikes);
  fixture_clear(&f);
}

static bool same(const struct percuta_strike *a, const struct percuta_strike *b) {
  return a->x == b->x && a->y == b->y && a->time == b->time && a->direction == b->direction &&
         a->pass == b->pass && a->needle == b->needle;
}

/* Sessions and seeds differ; the same key gives the same strikes. */
static void a_session_depends_on_its_key_only(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_strikes one = {0}, again = {0}, other = {0};
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.session.pass_count = 3;
  f.scenario.session.angle_jitter = 0.05;
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 0, 0.02, &one), PERCUTA_OK);
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 0, 0.02, &again), PERCUTA_OK);
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 1, 0.02, &other), PERCUTA_OK);
  assert_int_equal(one.count, again.count);
  for (size_t i = 0; i < one.count; i++)
    assert_true(same(&one.item[i], &again.item[i]));
  assert_false(same(&one.item[0], &other.item[0]));
  percuta_device_strikes_clear(&one);
  percuta_device_strikes_clear(&again);
  percuta_device_strikes_clear(&other);
  fixture_clear(&f);
}

/* A patch holds the expected number of strikes, rounded up or down; so do the sessions of a course
 * together, to one. */
static void a_patch_has_the_expected_number_of_strikes(void **state) {
  (void)state;
  struct fixture f;
  const double width = 3e-3;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.session.pass_count = 4;
  f.scenario.session.repeat = 4;
  for (int i = 0; i < 4; i++)
    f.scenario.session.passes[i].direction = i * FIXTURE_PI / 4;
  const struct percuta_session *way = &f.scenario.session;
  const double expected =
      16 * width * width * percuta_device_strike_density(&f.scenario.device, way->speed, way->slip);
  for (int seed = 1; seed <= 20; seed++) {
    double sum = 0;
    f.scenario.model.seed = (uint64_t)seed;
    for (int session = 0; session < 5; session++) {
      const double count = (double)strike_count(&f, session, width);
      assert_true(fabs(count - expected) < 1);
      sum += count;
    }
    assert_true(fabs(sum - 5 * expected) < 2);
  }
  fixture_clear(&f);
}

/* In one track every ring strikes each pitch of the drum's surface, neighbours staggered by half.
 */
static void rings_strike_every_pitch(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_strikes strikes = {0};
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  const double pitch = FIXTURE_PI * 20e-3 / 24, spacing = 20e-3 / 8;
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 0, 0.05, &strikes), PERCUTA_OK);
  size_t neighbours = 0, staggered = 0;
  for (size_t i = 0; i < strikes.count; i++) {
    for (size_t j = 0; j < strikes.count; j++) {
      double dx = strikes.item[j].x - strikes.item[i].x, dy = strikes.item[j].y - strikes.item[i].y;
      if (fabs(dy) < 1e-9 && dx > 1e-9 && dx < 1.5 * pitch) {
        assert_near(dx, pitch, 1e-9);
        assert_int_equal((strikes.item[i].needle + 1) % 24, strikes.item[j].needle % 24);
        neighbours++;
      }
      bool same_track = strikes.item[i].needle / 24 + 1 == strikes.item[j].needle / 24;
      if (same_track && fabs(dy - spacing) < 1e-9 && fabs(dx) < 0.75 * pitch) {
        assert_near(fabs(dx), pitch / 2, 1e-9);
        staggered++;
      }
    }
  }
  assert_true(neighbours > 300 && staggered > 300);
  percuta_device_strikes_clear(&strikes);
  fixture_clear(&f);
}

static void a_hundred_thousand_strikes_are_fast(void **state) {
  (void)state;
  struct fixture f;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.session.repeat = 66;
  clock_t start = clock();
  size_t count = strike_count(&f, 0, 0.1);
  double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  assert_true(count > 95000);
  assert_true(seconds < 10); /* of the processor; takes a hundredth of it */
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mf8_kinematics),
      cmocka_unit_test(mf8_density_on_100_cm2),
      cmocka_unit_test(density_is_the_closed_form_for_every_device),
      cmocka_unit_test(strikes_are_inside_and_in_order),
      cmocka_unit_test(tracks_follow_each_other),
      cmocka_unit_test(stamps_follow_each_other),
      cmocka_unit_test(a_session_depends_on_its_key_only),
      cmocka_unit_test(a_patch_has_the_expected_number_of_strikes),
      cmocka_unit_test(rings_strike_every_pitch),
      cmocka_unit_test(a_hundred_thousand_strikes_are_fast),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
