#include "stage_fixture.h"

#include "bleeding/bleeding.h"
#include "bleeding/vessels.h"

/* Cauchy: S/4 is the mean shadow of a convex body. Here for bodies with known surfaces. */
static void surfaces_and_volumes_of_known_bodies(void **state) {
  (void)state;
  struct percuta_vessels_piece cylinder = {.height = 3, .radius_top = 2, .radius_bottom = 2};
  assert_near(percuta_bleeding_vessels_side(&cylinder), 2 * FIXTURE_PI * 2 * 3, 1e-12);
  assert_near(percuta_bleeding_vessels_volume(&cylinder), FIXTURE_PI * 4 * 3, 1e-12);
  struct percuta_vessels_piece cone = {.height = 4, .radius_top = 3};
  assert_near(percuta_bleeding_vessels_side(&cone), FIXTURE_PI * 3 * 5, 1e-12);
  assert_near(percuta_bleeding_vessels_volume(&cone), FIXTURE_PI * 9 * 4 / 3, 1e-12);
  /* a wall: straight sides with rounded ends */
  struct percuta_vessels_piece wall = {
      .height = 2, .radius_top = 1, .radius_bottom = 1, .tear_top = 5, .tear_bottom = 5};
  assert_near(percuta_bleeding_vessels_side(&wall), 2 * (2 * FIXTURE_PI + 10), 1e-12);
  assert_near(percuta_bleeding_vessels_volume(&wall), 2 * (FIXTURE_PI + 10), 1e-12);
}

/* A tear that shrinks with depth, against a fine triangulation of the surface. */
static void surface_of_an_oblique_piece(void **state) {
  (void)state;
  struct percuta_vessels_piece p = {
      .height = 2, .radius_top = 1, .radius_bottom = 0.3, .tear_top = 3, .tear_bottom = 1};
  const int n = 800;
  double area = 0;
  for (int i = 0; i < n; i++) {
    double corner[4][3];
    for (int k = 0; k < 4; k++) { /* a quarter: half an arc, between two depths */
      double phi = FIXTURE_PI / 2 * (i + k % 2) / n;
      double r = k < 2 ? p.radius_top : p.radius_bottom, t = k < 2 ? p.tear_top : p.tear_bottom;
      corner[k][0] = t / 2 + r * cos(phi);
      corner[k][1] = r * sin(phi);
      corner[k][2] = k < 2 ? 0 : p.height;
    }
    for (int k = 0; k < 2; k++) { /* two triangles: 0 1 2 and 1 2 3 */
      double u[3], v[3];
      for (int d = 0; d < 3; d++) {
        u[d] = corner[k + 1][d] - corner[k][d];
        v[d] = corner[k + 2][d] - corner[k][d];
      }
      area += sqrt(pow(u[1] * v[2] - u[2] * v[1], 2) + pow(u[2] * v[0] - u[0] * v[2], 2) +
                   pow(u[0] * v[1] - u[1] * v[0], 2)) /
              2;
    }
  }
  double straight =
      (p.tear_top + p.tear_bottom) / 2 * hypot(p.height, p.radius_top - p.radius_bottom);
  assert_near(percuta_bleeding_vessels_side(&p), 4 * area + 2 * straight, 1e-5);
}

static void flow_is_poiseuilles(void **state) {
  (void)state;
  assert_near(percuta_bleeding_vessels_flow(1e-3, 0.1, 100, 1e-3),
              FIXTURE_PI * 1e-12 * 100 / (8e-3 * 0.1), 1e-12);
}

/* One cut of constant length: everything has a closed form. */
static const double CUT = 60e-6;

/* Section of the cut widened by a vessel's radius, and the girth of that. */
static double section(double radius) {
  return FIXTURE_PI * radius * radius + 2 * radius * CUT;
}

static double girth(double radius) {
  return 2 * FIXTURE_PI * radius + 2 * CUT;
}

static struct percuta_channels one_channel(struct percuta_channel *channel, double depth) {
  *channel = (struct percuta_channel){.penetrated = true,
                                      .depth = depth,
                                      .radius_surface = 40e-6,
                                      .radius_tip = 40e-6,
                                      .slit_share = CUT / 40e-6,
                                      .damage_width = 15e-6,
                                      .residual_depth = 0.1e-3,
                                      .residual_radius_surface = 30e-6};
  return (struct percuta_channels){.item = channel, .count = 1, .penetrated = 1};
}

static struct percuta_bleeding bleed(struct fixture *f, const struct percuta_skin *skin,
                                     const struct percuta_channels *channels) {
  struct percuta_bleeding out = {0};
  assert_int_equal(fixture_bleed(f, skin, channels, 1e-3, PERCUTA_VESSELS_EXPECTED, &out),
                   PERCUTA_OK);
  return out;
}

static void a_channel_above_the_loops_draws_no_blood(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_channel channel;
  fixture_init(&f);
  fixture_skin(&f, &skin);
  struct percuta_channels channels = one_channel(&channel, 0.99 * skin.loop_top);
  struct percuta_bleeding out = bleed(&f, &skin, &channels);
  assert_true(out.item[0].bleed_probability == 0 && out.shed_volume == 0 && out.clot_volume == 0);
  assert_false(out.pinpoint_bleeding);
  percuta_bleeding_clear(&out);
  fixture_clear(&f);
}

static void loops_alone_have_the_closed_form(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_channel channel;
  fixture_init(&f);
  fixture_skin(&f, &skin);
  struct percuta_channels channels = one_channel(&channel, 0.2e-3); /* above the plexus */
  struct percuta_bleeding out = bleed(&f, &skin, &channels);
  double hits = skin.loop_density * section(skin.capillary_radius), p = 1 - exp(-hits);
  const double outside = 5 * 133.322 + 2 * 55.89e-3 / 0.5e-3;
  double shed = FIXTURE_PI * pow(skin.capillary_radius, 4) * (skin.capillary_pressure - outside) /
                (8 * 3.5e-3 * 5e-3) * 20;
  shed *= out.fed_share;
  double room = percuta_insertion_channel_room(&channel);
  assert_near(out.item[0].hits[PERCUTA_LOOP], hits, 1e-12);
  assert_true(out.item[0].hits[PERCUTA_UPPER_PLEXUS] == 0);
  assert_near(out.item[0].bleed_probability, p, 1e-12);
  assert_near(out.item[0].shed_volume, hits * shed, 1e-5); /* of mmHg */
  assert_near(out.item[0].clot_fill, p * fmin(1, hits * shed / p / room), 1e-5);
  assert_near(out.shed_per_area, hits * shed / 1e-6, 1e-5);
  assert_near(out.clot_volume, out.item[0].clot_fill * room, 1e-12);
  percuta_bleeding_clear(&out);
  skin.capillary_pressure = 0.99 * outside; /* what lies on the cut holds the blood back */
  out = bleed(&f, &skin, &channels);
  assert_true(out.shed_volume == 0 && out.item[0].hits[PERCUTA_LOOP] > 0);
  percuta_bleeding_clear(&out);
  fixture_clear(&f);
}

/* Hits = L_V S/4 for a cut through the whole plexus layer, and for one that ends in it. */
static void plexus_hits_are_the_surface_formula(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_channel channel;
  fixture_init(&f);
  fixture_skin(&f, &skin);
  double radius = skin.plexus_radius, cap = section(radius);
  struct percuta_channels channels = one_channel(&channel, 1e-3);
  struct percuta_bleeding out = bleed(&f, &skin, &channels);
  double side = girth(radius) * skin.plexus_thickness;
  assert_near(out.item[0].hits[PERCUTA_UPPER_PLEXUS],
              skin.plexus_length_density * (side + 2 * cap) / 4, 1e-12);
  percuta_bleeding_clear(&out);
  channels = one_channel(&channel, skin.plexus_depth + 30e-6);
  out = bleed(&f, &skin, &channels);
  side = girth(radius) * (30e-6 + skin.plexus_radius);
  assert_near(out.item[0].hits[PERCUTA_UPPER_PLEXUS],
              skin.plexus_length_density * (side + 2 * cap) / 4, 1e-9);
  percuta_bleeding_clear(&out);
  fixture_clear(&f);
}

/* The kink of a needle's shank inside the plexus changes nothing but the shape. */
static void a_kink_inside_the_plexus_is_seen(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_channel channel;
  fixture_init(&f);
  fixture_skin(&f, &skin);
  struct percuta_channels channels = one_channel(&channel, 1e-3);
  channel.cylinder_depth = skin.plexus_depth + skin.plexus_thickness / 3;
  struct percuta_bleeding same = bleed(&f, &skin, &channels);
  channel.radius_tip = 4e-6;
  struct percuta_bleeding narrower = bleed(&f, &skin, &channels);
  assert_true(narrower.item[0].hits[PERCUTA_UPPER_PLEXUS] <
              same.item[0].hits[PERCUTA_UPPER_PLEXUS]);
  assert_true(narrower.item[0].hits[PERCUTA_UPPER_PLEXUS] >
              0.8 * same.item[0].hits[PERCUTA_UPPER_PLEXUS]);
  percuta_bleeding_clear(&same);
  percuta_bleeding_clear(&narrower);
  fixture_clear(&f);
}

static void mf8_session_draws_pinpoint_blood(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_strikes strikes = {0};
  struct percuta_channels channels = {0};
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.session.repeat = 16;
  fixture_skin(&f, &skin);
  assert_int_equal(percuta_device_strikes_compute(&f.scenario, 0, 3e-3, &strikes), PERCUTA_OK);
  assert_int_equal(fixture_insert(&f, &skin, &strikes, 3e-3, &channels), PERCUTA_OK);
  struct percuta_bleeding out = {0};
  assert_int_equal(fixture_bleed(&f, &skin, &channels, 3e-3, PERCUTA_VESSELS_EXPECTED, &out),
                   PERCUTA_OK);
  assert_true(out.pinpoint_bleeding);
  assert_int_equal(out.count, channels.count);
  double shed = 0;
  for (size_t i = 0; i < out.count; i++) {
    shed += out.item[i].shed_volume;
    assert_true(out.item[i].clot_fill >= 0 && out.item[i].clot_fill <= 1);
    if (channels.item[i].reentered)
      assert_true(out.item[i].bleed_probability == 0);
  }
  assert_near(out.shed_volume, shed, 1e-12);
  assert_near(out.shed_per_area, shed / 9e-6, 1e-12);
  percuta_bleeding_clear(&out);
  percuta_insertion_channel_clear(&channels);
  percuta_device_strikes_clear(&strikes);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(surfaces_and_volumes_of_known_bodies),
      cmocka_unit_test(surface_of_an_oblique_piece),
      cmocka_unit_test(flow_is_poiseuilles),
      cmocka_unit_test(a_channel_above_the_loops_draws_no_blood),
      cmocka_unit_test(loops_alone_have_the_closed_form),
      cmocka_unit_test(plexus_hits_are_the_surface_formula),
      cmocka_unit_test(a_kink_inside_the_plexus_is_seen),
      cmocka_unit_test(mf8_session_draws_pinpoint_blood),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
