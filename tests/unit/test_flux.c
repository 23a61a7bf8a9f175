/* What a diffusion cell tells: permeated amounts, fluxes, lag, Kp, samples. */
#include "penetration_fixture.h"

#include "transport/flux.h"

enum { TIMES = 9 };
static const double HOURS[TIMES] = {0.5, 1, 3, 6, 12, 24, 36, 48, 72};

static struct percuta_penetration *deliver(struct bench *b, const struct percuta_product *product,
                                           bool infinite) {
  double time[TIMES];
  struct percuta_penetration *penetration = calloc(1, sizeof *penetration);
  struct percuta_penetration_plan plan =
      percuta_transport_penetration_usual(&b->model.penetration, product);
  const char *wrong = "";
  for (int i = 0; i < TIMES; i++)
    time[i] = HOURS[i] * PERCUTA_HOUR;
  plan.infinite = infinite;
  plan.occluded = true;
  plan.apply = plan.follow = time[TIMES - 1];
  assert_non_null(penetration);
  assert_int_equal(percuta_transport_penetration_compute(&b->setting, &b->model.penetration,
                                                         product, &plan, time, TIMES, penetration,
                                                         &wrong),
                   PERCUTA_OK);
  assert_true(penetration->balance <= 1e-10);
  return penetration;
}

static void begin(struct bench *b) {
  bench_init(b);
  b->setting.piece = (struct percuta_penetration_piece){.excised = true, .dermis = 3e-4};
}

/* The curve of an infinite dose has the slope of the layers' closed form. */
static void kp_is_that_of_the_layers(void **state) {
  (void)state;
  struct bench b;
  begin(&b);
  const struct percuta_product product = bench_product(&b, "niacinamide-5%");
  struct percuta_penetration *d = deliver(&b, &product, true);
  const struct percuta_needled_case what = {.model = &b.model.penetration.needled,
                                            .skin = &b.skin,
                                            .compound = &product.active[0].compound,
                                            .pH = product.pH,
                                            .hydration = PERCUTA_HYDRATION_WET,
                                            .barrier = 1,
                                            .flow = 1,
                                            .excised = true,
                                            .dermis = 3e-4};
  struct percuta_needled_domain domain;
  percuta_transport_needled_make(&what, NULL, NULL, 0, 0, &domain);
  struct percuta_intact_skin skin = {.count = domain.domain.layer_count,
                                     .polar_permeance = domain.domain.bypass};
  memcpy(skin.layer, domain.layer, (size_t)skin.count * sizeof *skin.layer);
  const double exact = percuta_transport_intact_permeability(&skin, true);
  const struct percuta_flux flux =
      percuta_transport_flux_read(d, &d->active[0], d->active[0].intact);
  assert_near(flux.permeability, exact, 5e-3);
  assert_true(flux.lag > 0 && flux.lag < 24 * PERCUTA_HOUR);
  assert_near(flux.steady, flux.permeability * product.active[0].concentration, 1e-12);
  const struct percuta_flux fast =
      percuta_transport_flux_read(d, &d->active[0], d->active[0].needled);
  assert_true(fast.permeability > 2 * flux.permeability && fast.lag < flux.lag);
  bench_drop(&d);
  fixture_clear(&b.f);
}

/* A finite dose has a largest flux and none that lasts; fluxes add up to the amount. */
static void finite_dose_has_no_kp(void **state) {
  (void)state;
  struct bench b;
  begin(&b);
  const struct percuta_product product = bench_product(&b, "niacinamide-5%");
  struct percuta_penetration *d = deliver(&b, &product, false);
  const struct percuta_permeation *course = d->active[0].needled;
  const struct percuta_flux flux = percuta_transport_flux_read(d, &d->active[0], course);
  double sum = 0, most = 0;
  for (int i = 0; i < d->count; i++) {
    const double mean = percuta_transport_flux_mean(d, course, i);
    sum += mean * (d->time[i] - (i > 0 ? d->time[i - 1] : 0));
    most = fmax(most, mean);
  }
  assert_true(isnan(flux.permeability) && isnan(flux.lag) && isnan(flux.steady));
  assert_near(flux.most, most, 1e-12);
  assert_near(sum, percuta_transport_flux_permeated(d, course, d->count - 1), 1e-12);
  assert_near(course->receptor[d->count - 1], sum, 1e-12);
  bench_drop(&d);
  fixture_clear(&b.f);
}

/* What is replaced is counted, and the receptor's level goes up and down with it. */
static void samples_are_part_of_what_permeated(void **state) {
  (void)state;
  struct bench b;
  const double samples[] = {3 * PERCUTA_HOUR, 12 * PERCUTA_HOUR};
  begin(&b);
  b.setting.piece.receptor = 5e-2;
  b.setting.piece.receptor_pH = 7.4;
  b.setting.piece.sample_share = 0.1;
  b.setting.piece.samples = samples;
  b.setting.piece.sample_count = 2;
  const struct percuta_product product = bench_product(&b, "niacinamide-5%");
  struct percuta_penetration *d = deliver(&b, &product, true);
  const struct percuta_permeation *course = d->active[0].needled;
  assert_int_equal(d->layer_count, PERCUTA_NEEDLED_LAYERS);
  assert_string_equal(d->layer_name[3], "receptor");
  double taken = 0;
  for (int i = 0; i < d->count; i++) {
    const double level = percuta_transport_flux_receptor(d, course, i);
    assert_near(percuta_transport_flux_permeated(d, course, i), level * 5e-2 + taken, 1e-9);
    assert_near(course->sampled[i] + 1, taken + 1, 1e-12);
    for (int s = 0; s < 2; s++)
      if (d->time[i] == samples[s])
        taken += 0.1 * level * 5e-2;
  }
  assert_true(taken > 0 && course->receptor[d->count - 1] == 0);
  bench_drop(&d);
  fixture_clear(&b.f);
}

/* The epidermis alone has two layers and lets through sooner than with dermis below it. */
static void less_skin_lets_more_through(void **state) {
  (void)state;
  struct bench b;
  begin(&b);
  const struct percuta_product product = bench_product(&b, "niacinamide-5%");
  struct percuta_penetration *thick, *thin, *epidermis;
  b.setting.piece.dermis = 0;
  thick = deliver(&b, &product, false);
  b.setting.piece.dermis = 1e-4;
  thin = deliver(&b, &product, false);
  b.setting.piece.separated = true;
  epidermis = deliver(&b, &product, false);
  assert_int_equal(epidermis->layer_count, 2);
  assert_int_equal(thin->layer_count, 3);
  const double through[] = {
      percuta_transport_flux_permeated(thick, thick->active[0].intact, 2),
      percuta_transport_flux_permeated(thin, thin->active[0].intact, 2),
      percuta_transport_flux_permeated(epidermis, epidermis->active[0].intact, 2)};
  assert_true(through[0] < through[1] && through[1] < through[2]);
  assert_near(epidermis->active[0].intact->cleared[0] + 1, 1, 1e-15);
  bench_drop(&thick);
  bench_drop(&thin);
  bench_drop(&epidermis);
  fixture_clear(&b.f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(kp_is_that_of_the_layers),
      cmocka_unit_test(finite_dose_has_no_kp),
      cmocka_unit_test(samples_are_part_of_what_permeated),
      cmocka_unit_test(less_skin_lets_more_through),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
