#include "stage_fixture.h"

#include "insertion/channel.h"
#include "skin/relief.h"

static const double PERIOD = 3e-3;

static struct percuta_relief lay(struct percuta_relief_form form) {
  struct percuta_relief relief;
  percuta_skin_relief_lay(&form, PERIOD, &relief);
  return relief;
}

static struct percuta_relief_form furrows(double recess, double width, double wavelength,
                                          double degrees) {
  return (struct percuta_relief_form){.kind = PERCUTA_RELIEF_FURROWS,
                                      .recess = recess,
                                      .width = width,
                                      .wavelength = wavelength,
                                      .direction = degrees * FIXTURE_PI / 180};
}

static struct percuta_relief_form disc(enum percuta_scar_profile profile) {
  return (struct percuta_relief_form){
      .kind = PERCUTA_RELIEF_DISC, .profile = profile, .recess = 0.3e-3, .width = 2e-3};
}

static struct percuta_relief_texture measure(const struct percuta_relief *relief, int points) {
  struct percuta_relief_texture texture;
  double *height = malloc((size_t)points * (size_t)points * sizeof *height);
  assert_non_null(height);
  percuta_skin_relief_sample(relief, points, height);
  percuta_skin_relief_measure(height, points, points, relief->period, &texture);
  free(height);
  return texture;
}

/* Furrows as wide as their wavelength are A (1 + cos) deep: Ra = 2 A/pi, Rz = 2 A, and the mean
 * depth A. Six waves over the square, so that every fifth holds a whole one. */
static void sinusoid_has_the_closed_form(void **state) {
  (void)state;
  const double amplitude = 50e-6;
  struct percuta_relief relief = lay(furrows(2 * amplitude, PERIOD / 10, PERIOD / 10, 90));
  assert_int_equal(abs(relief.waves[0]), 10);
  assert_int_equal(relief.waves[1], 0);
  struct percuta_relief_texture texture = measure(&relief, 1000);
  assert_near(texture.ra, 2 * amplitude / FIXTURE_PI, 1e-3);
  assert_near(texture.sa, 2 * amplitude / FIXTURE_PI, 1e-3);
  assert_near(texture.rz, 2 * amplitude, 1e-9);
  assert_near(texture.sz, 2 * amplitude, 1e-9);
  assert_near(texture.depth, 2 * amplitude, 1e-9);
  assert_true(texture.raised == 0);
  assert_near(texture.volume, amplitude * PERIOD * PERIOD, 1e-9);
}

/* Roughness does not ask in which direction furrows run. */
static void oblique_furrows_are_as_rough(void **state) {
  (void)state;
  struct percuta_relief straight = lay(furrows(1e-4, PERIOD / 10, PERIOD / 10, 0));
  struct percuta_relief oblique =
      lay(furrows(1e-4, PERIOD / 5 / sqrt(8), PERIOD / 5 / sqrt(8), 45));
  assert_int_equal(straight.waves[0], 0);
  assert_int_equal(oblique.waves[0], -oblique.waves[1]);
  assert_near(measure(&oblique, 1000).ra, measure(&straight, 1000).ra, 2e-3);
  /* along a furrow the height stays */
  double h = percuta_skin_relief_height(&oblique, 1e-3, 0.4e-3);
  assert_near(percuta_skin_relief_height(&oblique, 1.2e-3, 0.6e-3), h, 1e-9);
}

/* Volumes of the discs with radius a: rolling pi a^2 d (1/2 - 2/pi^2), cone pi a^2 d/3, and boxcar
 * with its wall over a share w of the radius pi a^2 d (1 - w + 3 w^2/10), from the integral of the
 * smooth step. Stripe and furrow: half of recess times width, for each length. */
static void scars_have_the_closed_forms(void **state) {
  (void)state;
  const double pi = FIXTURE_PI, all = pi * 1e-6 * 0.3e-3, wall = 0.2;
  const double share[] = {[PERCUTA_SCAR_BOXCAR] = 1 - wall + 0.3 * wall * wall,
                          [PERCUTA_SCAR_ROLLING] = 0.5 - 2 / (pi * pi),
                          [PERCUTA_SCAR_ICEPICK] = 1.0 / 3};
  for (int i = 0; i <= PERCUTA_SCAR_ICEPICK; i++) {
    struct percuta_relief relief = lay(disc((enum percuta_scar_profile)i));
    struct percuta_relief_texture texture = measure(&relief, 1000);
    assert_near(texture.volume, all * share[i], 1e-4);
    assert_near(texture.depth, 0.3e-3, 1e-9);
    /* |h - mean| integrates to twice what lies above the mean; at most 2 m (1 - m/d) */
    double mean = texture.volume / (PERIOD * PERIOD);
    assert_true(texture.sa <= 2 * mean * (1 - mean / 0.3e-3) * (1 + 1e-9));
  }
  struct percuta_relief relief = lay(
      (struct percuta_relief_form){.kind = PERCUTA_RELIEF_STRIPE, .recess = 0.1e-3, .width = 1e-3});
  assert_near(measure(&relief, 1000).volume, 0.5 * 0.1e-3 * 1e-3 * PERIOD, 1e-4);
  relief = lay(furrows(0.2e-3, 0.5e-3, 1.5e-3, 90));
  assert_near(measure(&relief, 1000).volume, 2 * 0.5 * 0.2e-3 * 0.5e-3 * PERIOD, 1e-4);
}

static void heights_are_periodic_and_smooth(void **state) {
  (void)state;
  struct percuta_relief all[] = {lay(furrows(2e-4, 0.5e-3, 1.3e-3, 30)),
                                 lay(disc(PERCUTA_SCAR_BOXCAR)), lay(disc(PERCUTA_SCAR_ROLLING))};
  for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
    double steepest = 0;
    for (int i = 0; i < 500; i++) {
      double x = 7.3e-6 * i, y = 0.4 * PERIOD + 3.1e-6 * i, step = 1e-8;
      double h = percuta_skin_relief_height(&all[k], x, y);
      assert_true(h <= 0 && h >= -all[k].form.recess);
      assert_true(fabs(percuta_skin_relief_height(&all[k], x - PERIOD, y + 2 * PERIOD) - h) <
                  1e-15);
      double left = percuta_skin_relief_height(&all[k], x - step, y);
      double right = percuta_skin_relief_height(&all[k], x + step, y);
      steepest = fmax(steepest, fabs(right - 2 * h + left) / step); /* jump of the slope */
    }
    assert_true(steepest < 1e-3);
  }
}

/* A square holds a whole number of waves: the nearest. */
static void furrows_fit_the_patch(void **state) {
  (void)state;
  struct percuta_relief relief = lay(furrows(1e-4, 0.9e-3, 1.3e-3, 90));
  assert_near(relief.form.wavelength, 1.5e-3, 1e-12);
  assert_near(relief.form.width, 0.9e-3, 1e-12);
  relief = lay(furrows(1e-4, 4e-3, 20e-3, 60));
  assert_near(relief.form.wavelength, 3e-3, 1e-12);
  assert_near(relief.form.width, 3e-3, 1e-12);
}

static void the_device_rests_on_what_is_highest(void **state) {
  (void)state;
  struct percuta_relief sunken = lay(disc(PERCUTA_SCAR_BOXCAR));
  assert_near(percuta_skin_relief_recess(&sunken, 1.5e-3, 1.5e-3), 0.3e-3, 1e-12);
  assert_true(percuta_skin_relief_recess(&sunken, 0, 0) == 0);
  struct percuta_relief_form form = {
      .kind = PERCUTA_RELIEF_STRIPE, .recess = -0.2e-3, .width = 1e-3};
  struct percuta_relief raised = lay(form);
  assert_near(percuta_skin_relief_height(&raised, 1.5e-3, 0), 0.2e-3, 1e-12);
  assert_true(percuta_skin_relief_recess(&raised, 1.5e-3, 0.1e-3) == 0);
  assert_near(percuta_skin_relief_recess(&raised, 0, 0.1e-3), 0.2e-3, 1e-12);
  assert_near(percuta_skin_relief_recess_max(&raised), 0.2e-3, 1e-12);
  /* rings stand for tiles as wide as the patch, or twice as wide as what is wider than that */
  struct percuta_scenario scenario = {.model = {.fidelity = PERCUTA_COLUMN, .patch_width = 3e-3}};
  assert_near(percuta_skin_relief_tile(&scenario, &form, 2e-2), 3e-3, 1e-15);
  form.width = 5e-3;
  assert_near(percuta_skin_relief_tile(&scenario, &form, 2e-2), 1e-2, 1e-15);
  scenario.model.fidelity = PERCUTA_PATCH;
  assert_near(percuta_skin_relief_tile(&scenario, &form, 2e-2), 2e-2, 1e-15);
}

static void conditions_bring_their_relief(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  fixture_init(&f);
  fixture_skin(&f, &skin);
  assert_int_equal(skin.relief.kind, PERCUTA_RELIEF_FLAT);
  snprintf(f.kind, sizeof f.kind, "wrinkle");
  fixture_skin(&f, &skin);
  assert_int_equal(skin.relief.kind, PERCUTA_RELIEF_FURROWS);
  assert_near(skin.relief.recess, 0.2e-3, 1e-12);
  assert_near(skin.relief.direction, FIXTURE_PI / 2, 1e-12);
  assert_false(skin.has_defect);
  snprintf(f.kind, sizeof f.kind, "surgical-scar");
  fixture_skin(&f, &skin);
  assert_int_equal(skin.relief.kind, PERCUTA_RELIEF_STRIPE);
  assert_near(skin.relief.width, 1e-3, 1e-12);
  assert_true(skin.has_defect && skin.defect_is_stripe);
  snprintf(f.kind, sizeof f.kind, "acne-scar");
  f.scenario.condition = (struct percuta_condition){
      .kind = f.kind, .width = 1e-3, .recess = 0.4e-3, .profile = PERCUTA_SCAR_ICEPICK};
  fixture_skin(&f, &skin);
  assert_int_equal(skin.relief.profile, PERCUTA_SCAR_ICEPICK);
  assert_near(skin.relief.width, 1e-3, 1e-12);
  assert_near(skin.relief.recess, 0.4e-3, 1e-12);
  fixture_clear(&f);
}

static void resolve(struct fixture *f, const struct percuta_strikes *strikes,
                    struct percuta_channels *out) {
  struct percuta_skin skin;
  fixture_skin(f, &skin);
  enum percuta_status status = fixture_insert(f, &skin, strikes, 3e-3, out);
  percuta_base_diag_print(f->diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
}

/* In the floor of a scar a needle is as a shorter one on flat skin: here, where only its length
 * limits the depth, one shorter by (1 - conformity) of the recess. */
static void a_recess_shortens_the_reach(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_strike one = {.x = 1.5e-3, .y = 1.5e-3};
  struct percuta_strikes strikes = {.item = &one, .count = 1};
  struct percuta_channels flat, scar, shorter;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.model.fidelity = PERCUTA_PATCH;
  fixture_set(&f, "insertion.depth_spread", "0");
  fixture_set(&f, "insertion.rate_exponent", "0"); /* speed at entry depends on the length */
  f.scenario.device.needle.taper = 0.5e-3;
  resolve(&f, &strikes, &flat);
  snprintf(f.kind, sizeof f.kind, "acne-scar");
  resolve(&f, &strikes, &scar);
  assert_near(scar.item[0].recess, 0.15e-3, 1e-12);
  snprintf(f.kind, sizeof f.kind, "none");
  f.scenario.device.needle.length -= 0.15e-3; /* fewer needles meet the skin: the drum bears more */
  resolve(&f, &strikes, &shorter);
  assert_true(scar.item[0].depth < flat.item[0].depth);
  assert_near(scar.item[0].depth, shorter.item[0].depth, 5e-3);
  assert_near(scar.item[0].depth + scar.item[0].deflection, 1.35e-3, 1e-6);
  percuta_insertion_channel_clear(&flat);
  percuta_insertion_channel_clear(&scar);
  percuta_insertion_channel_clear(&shorter);
  fixture_clear(&f);
}

/* Deeper than the needle is long: it does not come down to the skin. Pressed quite flat: no effect,
 * to the last bit. */
static void a_needle_may_miss_the_floor_of_a_scar(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_strike two[] = {{.x = 1.5e-3, .y = 1.5e-3}, {.x = 0.1e-3, .y = 0.1e-3}};
  struct percuta_strikes strikes = {.item = two, .count = 2};
  struct percuta_channels flat, scar;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.model.fidelity = PERCUTA_PATCH;
  resolve(&f, &strikes, &flat);
  snprintf(f.kind, sizeof f.kind, "acne-scar");
  f.scenario.condition =
      (struct percuta_condition){.kind = f.kind, .width = 1e-3, .recess = 1.6e-3};
  fixture_set(&f, "relief.conformity", "0");
  resolve(&f, &strikes, &scar);
  assert_false(scar.item[0].penetrated);
  assert_true(scar.item[0].depth == 0 && scar.item[0].deflection == 0);
  assert_true(scar.item[1].depth == flat.item[1].depth);
  percuta_insertion_channel_clear(&scar);
  fixture_set(&f, "relief.conformity", "1");
  resolve(&f, &strikes, &scar);
  for (int i = 0; i < 2; i++)
    assert_true(scar.item[i].recess == 0 && scar.item[i].depth == flat.item[i].depth);
  percuta_insertion_channel_clear(&flat);
  percuta_insertion_channel_clear(&scar);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sinusoid_has_the_closed_form),
      cmocka_unit_test(oblique_furrows_are_as_rough),
      cmocka_unit_test(scars_have_the_closed_forms),
      cmocka_unit_test(heights_are_periodic_and_smooth),
      cmocka_unit_test(furrows_fit_the_patch),
      cmocka_unit_test(the_device_rests_on_what_is_highest),
      cmocka_unit_test(conditions_bring_their_relief),
      cmocka_unit_test(a_recess_shortens_the_reach),
      cmocka_unit_test(a_needle_may_miss_the_floor_of_a_scar),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
