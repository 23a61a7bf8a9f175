/* Closure of channels against closed forms: walls that meet, half-lives, the clock under a cover,
 * water loss as resistances in series, and the time at which it is within a tenth of the intact
 * skin's. */
#include "../unit/transport_fixture.h"

#include "transport/reseal.h"

static const double HOUR = PERCUTA_HOUR;

struct bench {
  struct fixture f;
  struct percuta_skin skin;
};

static void bench_init(struct bench *b) {
  struct percuta_intact_model unused;
  transport_init(&b->f, &unused);
  assert_int_equal(percuta_skin_read(&b->f.scenario, b->f.diag, &b->skin), PERCUTA_OK);
}

static struct percuta_reseal bench_read(struct bench *b) {
  struct percuta_reseal reseal;
  const enum percuta_status status =
      percuta_transport_reseal_read(&b->f.scenario, &b->skin, b->f.diag, &reseal);
  percuta_base_diag_print(b->f.diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
  return reseal;
}

static double parameter(const struct bench *b, const char *name) {
  const struct percuta_parameter *entry =
      percuta_base_parameters_find(b->f.scenario.parameters, name);
  assert_non_null(entry);
  return entry->value_si;
}

/* Round numbers, so that what is expected can be worked out by hand. */
static struct percuta_reseal sample(void) {
  return (struct percuta_reseal){.water = {.diffusivity = 2.5e-5,
                                           .saturation = 0.034,
                                           .air = 0.01,
                                           .boundary = 8e-3,
                                           .stratum = 2e-5,
                                           .intact = 1e-4},
                                 .closing_speed = 1e-5 / HOUR,
                                 .pore_half_time = 24 * HOUR,
                                 .water_half_time = 2 * HOUR,
                                 .pore_occlusion = 2,
                                 .water_occlusion = 5,
                                 .water_open = 0.1,
                                 .closed_half_lives = 2.5,
                                 .spread = 0.5};
}

static void states_halve_in_their_half_time(void **state) {
  (void)state;
  const struct percuta_reseal r = sample();
  const struct percuta_reseal_opening slit = {.density = 1e6, .radius = 5e-5}; /* closed at once */
  for (int n = 0; n < 8; n++) {
    assert_near(percuta_transport_reseal_pore_share(&r, n * r.pore_half_time), pow(0.5, n), 1e-14);
    assert_near(percuta_transport_reseal_water_share(&r, &slit, n * r.water_half_time), pow(0.5, n),
                1e-14);
  }
  assert_near(percuta_transport_reseal_pore_share(&r, 12 * HOUR), sqrt(0.5), 1e-14);
}

/* A gap closes from its two walls: in w/(2 v), in a straight line; without width at once; however
 * many there are. */
static void walls_meet_after_half_the_width(void **state) {
  (void)state;
  const struct percuta_reseal r = sample();
  struct percuta_reseal_opening gap = {.density = 1e6, .radius = 5e-5, .gap = 2e-4};
  assert_near(percuta_transport_reseal_closure(&r, &gap).median, 10 * HOUR, 1e-12);
  for (int hour = 0; hour <= 10; hour++)
    assert_near(percuta_transport_reseal_gap_share(&r, &gap, hour * HOUR) + 1, 2 - hour / 10.0,
                1e-12);
  assert_true(percuta_transport_reseal_gap_share(&r, &gap, 11 * HOUR) == 0);
  gap.density *= 100;
  assert_near(percuta_transport_reseal_closure(&r, &gap).median, 10 * HOUR, 1e-12);
  gap.gap *= 3;
  assert_near(percuta_transport_reseal_closure(&r, &gap).median, 30 * HOUR, 1e-12);
  gap.gap = 0;
  assert_true(percuta_transport_reseal_closure(&r, &gap).high == 0);
  assert_true(percuta_transport_reseal_gap_share(&r, &gap, 0) == 0);
}

/* The published bounds: 0.1 mm within a day, 0.33 mm within two, none of 1.8 mm within one. */
static void closing_keeps_the_published_bounds(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  b.f.scenario.person.age = 25 * PERCUTA_YEAR;
  b.f.scenario.person.phototype = PERCUTA_PHOTOTYPE_III;
  const struct percuta_reseal r = bench_read(&b);
  struct percuta_reseal_opening gap = {.density = 1e6, .gap = 1e-4};
  assert_true(percuta_transport_reseal_closure(&r, &gap).median < 24 * HOUR);
  gap.gap = 3.3e-4;
  assert_true(percuta_transport_reseal_closure(&r, &gap).median < 48 * HOUR);
  gap.gap = 1.8e-3;
  assert_true(percuta_transport_reseal_closure(&r, &gap).median > 24 * HOUR);
  fixture_clear(&b.f);
}

/* Each bit of a gap passes all of its water until it is covered and then halves: the sum over bits.
 */
static void water_waits_for_the_cells(void **state) {
  (void)state;
  const struct percuta_reseal r = sample();
  const struct percuta_reseal_opening gap = {.density = 1e6, .radius = 5e-5, .gap = 2e-4};
  enum { BITS = 20000 };
  static const double hours[] = {0, 1, 5, 9.5, 10, 12, 30};
  for (size_t i = 0; i < sizeof hours / sizeof *hours; i++) {
    double sum = 0;
    for (int bit = 0; bit < BITS; bit++) {
      const double covered = 10.0 * (bit + 0.5) / BITS;
      sum += hours[i] < covered ? 1 : exp2(-(hours[i] - covered) * HOUR / r.water_half_time);
    }
    assert_near(percuta_transport_reseal_water_share(&r, &gap, hours[i] * HOUR), sum / BITS, 1e-6);
  }
}

/* Under a cover for 10 h the pore's clock has gone 5 h and the barrier's 2 h; then both go on. */
static void a_cover_slows_both_clocks_while_it_lasts(void **state) {
  (void)state;
  struct percuta_reseal r = sample();
  r.covered = 10 * HOUR;
  assert_near(percuta_transport_reseal_pore_share(&r, 10 * HOUR), exp2(-5.0 / 24), 1e-14);
  const struct percuta_reseal_opening slit = {.density = 1e6, .radius = 5e-5};
  assert_near(percuta_transport_reseal_water_share(&r, &slit, 10 * HOUR), 0.5, 1e-14);
  assert_near(percuta_transport_reseal_pore_share(&r, 34 * HOUR), exp2(-29.0 / 24), 1e-14);
  assert_near(percuta_transport_reseal_water_share(&r, &slit, 12 * HOUR), 0.25, 1e-14);
  /* walls that meet after 10 h of the clock of the cells: 15 h */
  const struct percuta_reseal_opening gap = {.density = 1e6, .radius = 5e-5, .gap = 2e-4};
  assert_near(percuta_transport_reseal_closure(&r, &gap).median, 15 * HOUR, 1e-12);
  /* sealed after 60 h of its clock: 65 h; under a cover that outlasts it, 120 h */
  assert_near(percuta_transport_reseal_sealed(&r).median, 65 * HOUR, 1e-12);
  r.covered = 1000 * HOUR;
  assert_near(percuta_transport_reseal_sealed(&r).median, 120 * HOUR, 1e-12);
  r.covered = 0;
  assert_near(percuta_transport_reseal_sealed(&r).median, 60 * HOUR, 1e-12);
}

/* 80 % of people lie between the two ends: 1.28 standard deviations of the logarithm either way. */
static void people_spread_log_normally(void **state) {
  (void)state;
  struct percuta_reseal r = sample();
  const struct percuta_reseal_opening gap = {.density = 1e6, .gap = 2e-4};
  const struct percuta_reseal_time closed = percuta_transport_reseal_closure(&r, &gap);
  assert_near(log(closed.high / closed.median), 1.2815515655 * 0.5, 1e-9);
  assert_near(closed.high * closed.low, closed.median * closed.median, 1e-12);
  assert_near(erfc(log(closed.high / closed.median) / 0.5 / sqrt(2)) / 2, 0.1, 1e-9);
  r.spread = 0;
  const struct percuta_reseal_time known = percuta_transport_reseal_closure(&r, &gap);
  assert_true(known.low == known.median && known.high == known.median);
}

static void water_leaves_through_resistances_in_series(void **state) {
  (void)state;
  const struct percuta_reseal r = sample();
  /* a pit of 20 um and its mouth in still air, r = 0.1 mm: 7.97e-9 m^3/s by hand */
  const double radius = 1e-4, mouth = 1 / (4 * radius), tube = 2e-5 / (FIXTURE_PI * 1e-8);
  assert_near(percuta_transport_water_channel(&r.water, radius), 2.5e-5 / (tube + mouth), 1e-14);
  assert_near(percuta_transport_water_channel(&r.water, radius), 7.97036e-9, 1e-6);
  assert_true(percuta_transport_water_channel(&r.water, 0) == 0);
  /* intact: 0.024 / (10000 + 320) kg/m^2/s; without any skin the still air alone holds it back */
  assert_near(percuta_transport_water_loss(&r.water, 0), 0.024 / 10320, 1e-14);
  assert_near(percuta_transport_water_loss(&r.water, 1e12), 0.024 / 320, 1e-8);
  assert_near(percuta_transport_reseal_loss_rel(&r, 3e-4), 10320.0 / (2500 + 320), 1e-14);
}

/* Without width to close and without still air: N g s_0 2^(-t/T) = 0.1 g_intact. */
static void barrier_time_has_a_closed_form(void **state) {
  (void)state;
  struct percuta_reseal r = sample();
  const struct percuta_reseal_opening opening = {.density = 2e6, .radius = 5e-5};
  r.water.boundary = 0;
  const double left =
      opening.density * percuta_transport_water_channel(&r.water, opening.radius) * r.water_open;
  const double lives = log2(left / (0.1 * r.water.intact));
  assert_true(lives > 3);
  assert_near(percuta_transport_reseal_barrier(&r, &opening, 0.1).median, lives * r.water_half_time,
              1e-9);
  r.covered = 3 * HOUR; /* 0.6 h of the clock */
  assert_near(percuta_transport_reseal_barrier(&r, &opening, 0.1).median,
              lives * r.water_half_time + 2.4 * HOUR, 1e-9);
  r.covered = 1e9;
  assert_near(percuta_transport_reseal_barrier(&r, &opening, 0.1).median,
              5 * lives * r.water_half_time, 1e-9);
  const struct percuta_reseal_opening none = {0};
  assert_true(percuta_transport_reseal_barrier(&r, &none, 0.1).high == 0);
}

static void water_loss_falls_to_that_of_intact_skin(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_reseal r = bench_read(&b);
  const struct percuta_reseal_opening opening = {.density = 2.4e6, .radius = 8e-5, .gap = 2.1e-4};
  double before = INFINITY;
  for (int hour = 0; hour <= 960; hour += 10) {
    const double now = percuta_transport_reseal_loss_rel(
        &r, percuta_transport_reseal_conductance(&r, &opening, hour * HOUR));
    assert_true(now < before || now - 1 < 1e-12);
    before = now;
  }
  assert_true(before >= 1 && before < 1 + 1e-9);
  const struct percuta_reseal_time back = percuta_transport_reseal_barrier(&r, &opening, 0.1);
  assert_near(percuta_transport_reseal_loss_rel(
                  &r, percuta_transport_reseal_conductance(&r, &opening, back.median)),
              1.1, 1e-9);
  assert_true(0 < back.low && back.low < back.median && back.median < back.high);
  /* cells close long before the stratum corneum over them is whole */
  assert_true(back.median > percuta_transport_reseal_closure(&r, &opening).median);
  fixture_clear(&b.f);
}

/* Of needles of 0.3 to 2 mm: the longer, the more is open and the later the barrier is back. */
static void longer_needles_take_longer(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_reseal r = bench_read(&b);
  const double width = b.f.scenario.model.patch_width;
  double open_before = 0, back_before = 0;
  static const double lengths[] = {3e-4, 5e-4, 1e-3, 1.5e-3, 2e-3};
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    struct percuta_strikes strikes = {0};
    struct percuta_channels channels = {0};
    struct percuta_needle *needle = &b.f.scenario.device.needle;
    fixture_device(&b.f, b.f.preset);
    needle->taper = needle->length = lengths[i];
    assert_int_equal(percuta_device_strikes_compute(&b.f.scenario, 0, width, &strikes), PERCUTA_OK);
    assert_int_equal(fixture_insert(&b.f, &b.skin, &strikes, width, &channels), PERCUTA_OK);
    const struct percuta_reseal_opening opening = percuta_transport_reseal_open(&channels, width);
    const double back = percuta_transport_reseal_barrier(&r, &opening, 0.1).median;
    const double open = opening.density * opening.radius * opening.radius;
    double area = 0;
    for (size_t c = 0; c < channels.count; c++)
      area += channels.item[c].reentered ? 0 : pow(channels.item[c].residual_radius_surface, 2);
    assert_near(open * width * width, area, 1e-12);
    assert_true(open > open_before && back > back_before);
    open_before = open;
    back_before = back;
    percuta_insertion_channel_clear(&channels);
    percuta_device_strikes_clear(&strikes);
  }
  fixture_clear(&b.f);
}

static void age_tone_and_inhibitor_multiply_all_times(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  struct percuta_scenario *s = &b.f.scenario;
  s->person.phototype = PERCUTA_PHOTOTYPE_III;
  s->person.age = 20 * PERCUTA_YEAR;
  const struct percuta_reseal young = bench_read(&b);
  assert_near(young.pore_half_time, 24.8 * HOUR, 1e-12);
  assert_near(young.water_half_time, parameter(&b, "reseal.water_half_time"), 1e-12);
  s->person.age = (parameter(&b, "reseal.age_young") + parameter(&b, "reseal.age_old")) / 2;
  const struct percuta_reseal middle = bench_read(&b);
  assert_near(middle.pore_half_time / young.pore_half_time,
              (1 + parameter(&b, "reseal.age_factor")) / 2, 1e-12);
  s->person.age = 90 * PERCUTA_YEAR;
  s->person.phototype = PERCUTA_PHOTOTYPE_VI;
  s->session.aftercare = PERCUTA_AFTERCARE_DICLOFENAC;
  s->session.occlusion = 5 * HOUR;
  const struct percuta_reseal slow = bench_read(&b);
  const double factor = parameter(&b, "reseal.age_factor") * parameter(&b, "reseal.tone_factor") *
                        parameter(&b, "reseal.cox_factor");
  assert_near(slow.pore_half_time / young.pore_half_time, factor, 1e-12);
  assert_near(slow.water_half_time / young.water_half_time, factor, 1e-12);
  assert_near(young.closing_speed / slow.closing_speed, factor, 1e-12);
  assert_true(slow.covered == 5 * HOUR);
  /* a condition or person that halves the speed of the pore does so to the barrier */
  b.skin.closure_half_time *= 2;
  const struct percuta_reseal slower = bench_read(&b);
  assert_near(slower.water_half_time / slow.water_half_time, 2, 1e-12);
  fixture_clear(&b.f);
}

/* The published spread, 14.3 of 24.8 h, belongs to people: the mean person stands in the middle of
 * it, and a person who was drawn is known. */
static void spread_is_that_between_people(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  assert_near(b.skin.closure_spread, sqrt(log(1 + pow(14.3 / 24.8, 2))), 1e-12);
  assert_near(bench_read(&b).spread, b.skin.closure_spread, 1e-14);
  b.f.scenario.person.draw = PERCUTA_DRAW_SAMPLED;
  assert_int_equal(percuta_skin_read(&b.f.scenario, b.f.diag, &b.skin), PERCUTA_OK);
  assert_true(b.skin.closure_spread == 0);
  assert_true(b.skin.closure_half_time != 24.8 * HOUR);
  fixture_clear(&b.f);
}

/* Kp rho / c_wet, Kp of water through the stratum corneum in the open: 7 g/m^2/h on a cheek, and
 * less through a thicker stratum corneum. */
static void intact_skin_loses_what_its_permeability_lets_through(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  struct percuta_water thin, thick;
  assert_int_equal(percuta_transport_water_read(&b.f.scenario, &b.skin, b.f.diag, &thin),
                   PERCUTA_OK);
  const double loss = percuta_transport_water_loss(&thin, 0) * 1e3 * HOUR;
  assert_true(loss > 2.3 && loss < 44); /* the extremes over the body: TRAN-189, TRAN-190 */
  b.skin.thickness[PERCUTA_STRATUM_CORNEUM] *= 2;
  assert_int_equal(percuta_transport_water_read(&b.f.scenario, &b.skin, b.f.diag, &thick),
                   PERCUTA_OK);
  assert_near(thin.intact / thick.intact, 2, 1e-9);
  fixture_clear(&b.f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(states_halve_in_their_half_time),
      cmocka_unit_test(walls_meet_after_half_the_width),
      cmocka_unit_test(closing_keeps_the_published_bounds),
      cmocka_unit_test(water_waits_for_the_cells),
      cmocka_unit_test(a_cover_slows_both_clocks_while_it_lasts),
      cmocka_unit_test(people_spread_log_normally),
      cmocka_unit_test(water_leaves_through_resistances_in_series),
      cmocka_unit_test(barrier_time_has_a_closed_form),
      cmocka_unit_test(water_loss_falls_to_that_of_intact_skin),
      cmocka_unit_test(longer_needles_take_longer),
      cmocka_unit_test(age_tone_and_inhibitor_multiply_all_times),
      cmocka_unit_test(spread_is_that_between_people),
      cmocka_unit_test(intact_skin_loses_what_its_permeability_lets_through),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
