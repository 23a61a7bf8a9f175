#include "stage_fixture.h"

#include "device/layout.h"
#include "insertion/contact.h"
#include "insertion/hand.h"

static struct percuta_contact body(double stiffness, double film) {
  return (struct percuta_contact){.stiffness = stiffness,
                                  .film = film,
                                  .hold = INFINITY,
                                  .stop = INFINITY,
                                  .spacing = INFINITY};
}

static const struct percuta_needle CONE = {
    .length = 1.5e-3, .base_diameter = 0.25e-3, .tip_radius = 4e-6, .taper = 1.5e-3};

/* A needle as wide at its tip as at its base is a flat punch, F = 2 a E/(1 - nu^2) delta
 * (Boussinesq), on a film of modulus E0 + S/a. */
static void flat_punch(void **state) {
  (void)state;
  const struct percuta_contact contact = body(1e6, 20);
  const struct percuta_needle rod = {
      .length = 1e-3, .base_diameter = 0.2e-3, .tip_radius = 0.1e-3, .taper = 1e-3};
  for (double sunk = 1e-6; sunk < 1e-3; sunk *= 3)
    assert_near(percuta_insertion_contact_indent(&contact, &rod, sunk),
                2 * 0.1e-3 * 4.0 / 3 * (1e6 + 20 / 0.1e-3) * sunk, 1e-12);
}

/* A sharp cone on a uniform body, F = (2/pi) E/(1 - nu^2) tan(alpha) delta^2 (Sneddon), and the
 * flat punch that it is once its base touches. */
static void cone(void **state) {
  (void)state;
  const struct percuta_contact contact = body(1e6, 0);
  const double slope = 0.2, plane = 4.0 / 3 * 1e6;
  const struct percuta_needle sharp = {
      .length = 1e-3, .base_diameter = 0.2e-3, .tip_radius = 0, .taper = 0.5e-3};
  const double full = 0.1e-3 * FIXTURE_PI / 2 / slope;
  for (double sunk = 1e-6; sunk < full; sunk *= 2)
    assert_near(percuta_insertion_contact_indent(&contact, &sharp, sunk),
                2 / FIXTURE_PI * plane * slope * sunk * sunk, 1e-12);
  assert_near(percuta_insertion_contact_indent(&contact, &sharp, full + 0.1e-3) -
                  percuta_insertion_contact_indent(&contact, &sharp, full),
              2 * 0.1e-3 * plane * 0.1e-3, 1e-9);
}

/* Force and deflection are inverses, alone and among neighbours. */
static void deflection_is_the_inverse(void **state) {
  (void)state;
  struct percuta_contact contact = body(0.6e6, 15);
  for (int shielded = 0; shielded < 2; shielded++) {
    contact.shielding = shielded ? percuta_insertion_contact_shielding(0.3e-3) : 0;
    for (double force = 1e-4; force < 3; force *= 2) {
      const double sunk = percuta_insertion_contact_deflect(&contact, &CONE, force);
      assert_near(percuta_insertion_contact_indent(&contact, &CONE, sunk), force, 1e-9);
    }
  }
}

/* Surface displacement at distance `rho` by a vertical point force `depth` deep, times mu/F, nu =
 * 1/2: Mindlin's solution at z = 0. */
static double mindlin(double rho, double depth) {
  const double r = hypot(rho, depth);
  return (1 / r + depth * depth / (r * r * r)) / (4 * FIXTURE_PI);
}

/* The same by an even line of length p. */
static double line(double rho, double p) {
  double sum = 0;
  const int n = 20000;
  for (int i = 0; i < n; i++)
    sum += mindlin(rho, p * (i + 0.5) / n) / n;
  return sum;
}

/* A short line is a force on the surface (Boussinesq); a long one gives the dimple at the needle.
 */
static void single_needle_is_mindlins_line(void **state) {
  (void)state;
  const double p = 1e-3, r = 0.04e-3, force = 0.1;
  const struct percuta_contact contact = body(0.9e6, 0);
  assert_near(line(1e-3, 1e-6), 1 / (4 * FIXTURE_PI * 1e-3), 1e-3);
  assert_near(percuta_insertion_contact_dimple(&contact, r, p, force, 0),
              force * line(r, p) / 0.3e6, 5e-3);
}

/* Where drum or head carry a needle over a disc, the dimple is what the needle's surface lies below
 * the mean of that disc. */
static void carried_needle(void **state) {
  (void)state;
  const double p = 3e-3, r = 0.02e-3, force = 0.1, pressure = 100e3;
  const double disc = sqrt(force / (FIXTURE_PI * pressure));
  const struct percuta_contact contact = body(0.9e6, 0);
  double mean = 0;
  const int n = 100;
  for (int i = 0; i < n; i++) {
    const double rho = disc * sqrt((i + 0.5) / n);
    mean += line(rho, p) / n;
  }
  assert_near(percuta_insertion_contact_dimple(&contact, r, p, force, pressure),
              force * (line(r, p) - mean) / 0.3e6, 2e-2);
}

/* Among neighbours half as far as they are apart; over soft tissue the plate bends too. */
static void neighbours_and_fat(void **state) {
  (void)state;
  struct percuta_contact contact = body(0.6e6, 15);
  const double r = 0.05e-3, p = 0.8e-3, force = 0.1;
  contact.spacing = 0.6e-3;
  const double shear = percuta_insertion_contact_modulus(&contact, p) / 3;
  assert_near(percuta_insertion_contact_dimple(&contact, r, p, force, 0),
              force * (log(0.3e-3 / r) - 0.5) / (2 * FIXTURE_PI * shear * p), 1e-12);
  contact.hold = 1e-3;
  const double flat = percuta_insertion_contact_dimple(&contact, r, p, force, 0);
  contact.bed = 20e3 / 5e-3;
  const double plate = percuta_insertion_contact_modulus(&contact, 1e-3) * 1e-9 / 9;
  assert_near(percuta_insertion_contact_dimple(&contact, r, p, force, 0) - flat,
              force * 0.3e-3 * 0.3e-3 / (16 * FIXTURE_PI * plate), 1e-9);
  /* on its own it bends the skin as far as the fat lets it: a plate on springs, F l^2/(8 D) with
   * l = (D/k)^(1/4) */
  contact.spacing = INFINITY;
  const double alone = percuta_insertion_contact_dimple(&contact, r, p, force, 0);
  contact.bed = 0;
  const double gripped = percuta_insertion_contact_dimple(&contact, r, p, force, 0);
  assert_near(alone - gripped, force * sqrt(plate / (20e3 / 5e-3)) / (8 * plate), 1e-9);
}

/* Deflection between needles of a lattice, summed over a large one: Gaussian weights leave the
 * difference of the sums and take their common divergence away. */
static void shielding_is_the_lattice_sum(void **state) {
  (void)state;
  const int n = 500;
  const double reach = 100, a = 0.01; /* contact radius over spacing */
  double self = 0, middle = 0;
  for (int i = -n; i <= n; i++) {
    for (int j = -n; j <= n; j++) {
      double r = hypot(i, j), m = hypot(i + 0.5, j + 0.5);
      if (i || j)
        self += asin(a / r) * exp(-r * r / (reach * reach));
      middle += asin(a / m) * exp(-m * m / (reach * reach));
    }
  }
  double factor = 1 + 2 / FIXTURE_PI * (self - middle); /* of a needle's own deflection */
  assert_near(1 / (1 + percuta_insertion_contact_shielding(1) * a), factor, 5e-4);
}

static void contact_of(struct fixture *f, struct percuta_contact *out) {
  struct percuta_skin skin;
  fixture_skin(f, &skin);
  assert_int_equal(percuta_insertion_contact_read(&f->scenario, &skin, f->diag, out), PERCUTA_OK);
}

/* Needles of a roller stand pitch x ring apart, those of a stamp as its layout says; one alone has
 * no neighbour. */
static void spacing_and_support(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_contact contact;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  contact_of(&f, &contact);
  assert_near(contact.spacing, sqrt(FIXTURE_PI * 20e-3 / 24 * 20e-3 / 8), 1e-12);
  assert_true(contact.shielding == 0 && contact.bed == 0 && isinf(contact.hold));
  fixture_device(&f, "stamp-35-1.0mm");
  contact_of(&f, &contact);
  assert_near(contact.spacing, percuta_device_layout_spacing(&f.scenario.device), 1e-12);
  assert_near(contact.shielding, percuta_insertion_contact_shielding(contact.spacing), 1e-12);
  f.scenario.device.needles = 1;
  f.scenario.layers = (struct percuta_layers){50e-6, 0.4e-3, 3e-3};
  f.scenario.support = PERCUTA_SUPPORT_SOFT_TISSUE;
  contact_of(&f, &contact);
  assert_true(contact.shielding == 0 && isinf(contact.spacing) && isinf(contact.stop));
  struct percuta_skin skin;
  fixture_skin(&f, &skin);
  const double fat = percuta_skin_layer_top(&skin, PERCUTA_HYPODERMIS);
  assert_near(contact.hold, fat, 1e-12);
  assert_near(contact.bed, 20e3 / 3e-3, 1e-9);
  f.scenario.support = PERCUTA_SUPPORT_BONE;
  contact_of(&f, &contact);
  assert_true(contact.bed == 0);
  assert_near(contact.stop, fat + 3e-3, 1e-12);
  f.scenario.support = PERCUTA_SUPPORT_PLATE;
  contact_of(&f, &contact);
  assert_near(contact.stop, fat, 1e-12);
  fixture_clear(&f);
}

/* The modulus rises as the published relaxation says: 0.6/0.5 per decade (MECH-073). */
static void skin_stiffens_with_speed(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_contact slow, fast;
  fixture_init(&f);
  fixture_device(&f, "stamp-35-1.0mm");
  f.scenario.session.speed = 0.028394;
  contact_of(&f, &slow);
  f.scenario.session.speed = 0.28394;
  contact_of(&f, &fast);
  assert_near(fast.stiffness / slow.stiffness, 0.6 / 0.5, 0.01);
  assert_near(fast.film / slow.film, fast.stiffness / slow.stiffness, 1e-12);
  struct percuta_skin skin;
  fixture_skin(&f, &skin);
  assert_near(slow.stiffness, skin.stiffness, 1e-12);
  assert_near(slow.film, skin.stiffness_film, 1e-12);
  /* a rigid tip at the angle of entry: turning rate times its horizontal arm */
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.session.speed = 0.05;
  double angle = percuta_device_strikes_entry_angle(10e-3, 1.5e-3);
  assert_near(percuta_device_needle_speed(&f.scenario.device, &f.scenario.session),
              0.05 / 10e-3 * 11.5e-3 * sin(angle), 1e-12);
  fixture_device(&f, "pen-14-1.5mm");
  assert_near(percuta_device_needle_speed(&f.scenario.device, &f.scenario.session),
              FIXTURE_PI * 77 * 1.5e-3, 1e-12);
  fixture_clear(&f);
}

/* Half-width of the strip and its mean pressure under a rigid cylinder (Hertz): with the pressure
 * p0 sqrt(1 - x^2/b^2) the force is pi b p0 W/2 and p0 = E* b/(2 R). */
static void drum_presses_as_hertz_says(void **state) {
  (void)state;
  const struct percuta_contact contact = body(0.6e6, 0);
  const struct percuta_hand hand = {
      .force = 5, .needles = 30, .rolls = true, .radius = 10e-3, .width = 20e-3};
  const double force = 3, pressure = percuta_insertion_hand_pressure(&hand, &contact, force);
  const double half = force / (2 * pressure * hand.width);
  const double peak = 4.0 / 3 * 0.6e6 * half / (2 * hand.radius);
  assert_near(FIXTURE_PI / 2 * half * peak * hand.width, force, 1e-9);
  assert_true(percuta_insertion_hand_pressure(&hand, &contact, -1) == 0);
  assert_near(percuta_insertion_hand_deepest(&hand, 0.5), 15, 1e-12);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(flat_punch),
      cmocka_unit_test(cone),
      cmocka_unit_test(deflection_is_the_inverse),
      cmocka_unit_test(single_needle_is_mindlins_line),
      cmocka_unit_test(carried_needle),
      cmocka_unit_test(neighbours_and_fat),
      cmocka_unit_test(shielding_is_the_lattice_sum),
      cmocka_unit_test(spacing_and_support),
      cmocka_unit_test(skin_stiffens_with_speed),
      cmocka_unit_test(drum_presses_as_hertz_says),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
