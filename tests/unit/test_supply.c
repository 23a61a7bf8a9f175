/* What cut vessels share: limits, conservation, order, and what an interval is made of. */
#include "stage_fixture.h"

#include "bleeding/spread.h"
#include "bleeding/supply.h"

static const double TIME = 20, SUPPLY = 3e-6, STORED = 15e-6; /* [s], [m/s], [m] */

static double shed(double demand, double supply, double stored) {
  return demand * percuta_bleeding_supply_time(demand, supply, stored, TIME);
}

/* Without a limit every vessel sheds what it does alone; so it does when hardly any is cut. */
static void one_vessel_has_its_own_resistance(void **state) {
  (void)state;
  for (double demand = 1e-9; demand < 1; demand *= 10)
    assert_near(shed(demand, INFINITY, STORED), demand * TIME, 1e-12);
  assert_near(shed(1e-12, SUPPLY, STORED), 1e-12 * TIME, 1e-5);
  assert_near(percuta_bleeding_supply_time(0, SUPPLY, STORED, TIME), TIME, 1e-12);
}

/* However many are cut, no more comes than what is fed and stored, and that is reached. */
static void many_vessels_shed_the_supply(void **state) {
  (void)state;
  const double all = SUPPLY * TIME + STORED;
  double before = 0;
  for (double demand = 1e-9; demand < 1e3; demand *= 3) {
    const double now = shed(demand, SUPPLY, STORED);
    assert_true(now > before && now < all);
    before = now;
  }
  assert_near(shed(1e6, SUPPLY, STORED), all, 1e-9);
  assert_near(shed(1e-3, 0, STORED), STORED, 1e-9);
  assert_near(shed(1e-3, SUPPLY, 0), SUPPLY * 1e-3 / (SUPPLY + 1e-3) * TIME, 1e-12);
}

/* What is shed is what came in and what the store lost, by steps of the equation. */
static void blood_is_conserved(void **state) {
  (void)state;
  static const double demands[] = {1e-7, 3e-6, 2e-5};
  for (size_t i = 0; i < sizeof demands / sizeof *demands; i++) {
    const double q = demands[i], step = TIME / 200000;
    double u = 1, came = 0, left = 0; /* u over u0 */
    for (int n = 0; n < 200000; n++) {
      const double half = u + step / 2 * (SUPPLY * (1 - u) - q * u) / STORED;
      came += step * SUPPLY * (1 - half);
      left += step * q * half;
      u += step * (SUPPLY * (1 - half) - q * half) / STORED;
    }
    assert_near(left, came + STORED * (1 - u), 1e-9);
    assert_near(shed(q, SUPPLY, STORED), left, 1e-7);
  }
}

static void session(struct fixture *f, struct percuta_skin *skin, double width,
                    struct percuta_channels *channels, struct percuta_bleeding *out) {
  struct percuta_strikes strikes = {0};
  fixture_skin(f, skin);
  assert_int_equal(percuta_device_strikes_compute(&f->scenario, 0, width, &strikes), PERCUTA_OK);
  assert_int_equal(fixture_insert(f, skin, &strikes, width, channels), PERCUTA_OK);
  assert_int_equal(fixture_bleed(f, skin, channels, width, PERCUTA_VESSELS_EXPECTED, out),
                   PERCUTA_OK);
  percuta_device_strikes_clear(&strikes);
}

/* A face of 500 cm^2 sheds some ml: never more than its dermis is fed, and the interval holds the
 * expectation and narrows when what it rests on is known. */
static void a_session_is_fed_by_the_dermis(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_channels channels = {0};
  struct percuta_bleeding out = {0};
  const double width = 4e-3;
  fixture_init(&f);
  fixture_device(&f, "roller-192-1.5mm");
  f.scenario.session.repeat = 16;
  session(&f, &skin, width, &channels, &out);
  const double dermis =
      skin.thickness[PERCUTA_PAPILLARY_DERMIS] + skin.thickness[PERCUTA_RETICULAR_DERMIS];
  assert_true(out.demand * TIME > out.shed_per_area_expected);
  assert_true(out.shed_per_area_expected < (skin.blood_flow * TIME + 0.01) * dermis);
  assert_near(out.shed_per_area, out.shed_per_area_expected, 1e-9);
  assert_near(out.fed_share * out.demand * TIME, out.shed_per_area, 1e-9);
  assert_true(isnan(out.spread.shed_low));
  assert_int_equal(
      percuta_bleeding_spread_compute(&f.scenario, &skin, 1, &channels, width, f.diag, &out),
      PERCUTA_OK);
  const struct percuta_bleeding_spread wide = out.spread;
  assert_true(wide.shed_low < out.shed_per_area && out.shed_per_area < wide.shed_high);
  assert_true(wide.bleeding_low > 0 && wide.bleeding_low < wide.bleeding_high);
  assert_true(wide.bleeding_high <= 1);
  fixture_set(&f, "bleeding.plug_time", "20 s");
  fixture_set(&f, "bleeding.supply_factor", "1");
  assert_int_equal(
      percuta_bleeding_spread_compute(&f.scenario, &skin, 1, &channels, width, f.diag, &out),
      PERCUTA_OK);
  assert_true(out.spread.shed_high / out.spread.shed_low < wide.shed_high / wide.shed_low);
  assert_near(out.spread.bleeding_low, wide.bleeding_low, 1e-12);
  percuta_bleeding_clear(&out);
  percuta_insertion_channel_clear(&channels);
  fixture_clear(&f);
}

/* Less blood comes to poorly perfused skin: transport and bleeding read one flow. */
static void all_stages_share_one_flow(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_bed healthy, poor;
  fixture_init(&f);
  fixture_skin(&f, &skin);
  assert_int_equal(percuta_bleeding_bed_read(&f.scenario, &skin, f.diag, &healthy), PERCUTA_OK);
  skin.blood_flow /= 2;
  assert_int_equal(percuta_bleeding_bed_read(&f.scenario, &skin, f.diag, &poor), PERCUTA_OK);
  assert_near(poor.supply, healthy.supply / 2, 1e-12);
  assert_near(poor.flow[PERCUTA_LOOP], healthy.flow[PERCUTA_LOOP], 1e-12);
  assert_near(2 * skin.blood_flow, 0.0022, 1e-12);
  fixture_set(&f, "viable.blood_flow", "0.001 1/s");
  fixture_skin(&f, &skin);
  assert_near(skin.blood_flow, 0.001 * skin.perfusion_rel, 1e-12);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(one_vessel_has_its_own_resistance),
      cmocka_unit_test(many_vessels_shed_the_supply),
      cmocka_unit_test(blood_is_conserved),
      cmocka_unit_test(a_session_is_fed_by_the_dermis),
      cmocka_unit_test(all_stages_share_one_flow),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
