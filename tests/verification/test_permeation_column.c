/* Permeation of layers: against closed forms, in space and time, and what must be kept. */
#include "permeation_fixture.h"

static const struct percuta_permeation_layer SLAB[] = {
    {.name = "slab", .thickness = 1e-4, .diffusivity = 1e-12, .partition = 3, .loss = 0}};
static const struct percuta_dose FIXED[] = {
    {.kind = PERCUTA_DOSE_FIXED, .time = 0, .concentration = 2}};
static const struct percuta_dose FINITE[] = {
    {.kind = PERCUTA_DOSE_FINITE, .time = 0, .volume = 1e-4, .concentration = 2}};

enum { COARSEST = 16, SPACE_LEVELS = 4, TIME_LEVELS = 4 };

/* Steps so small that their error does not count beside the cells'. */
static struct percuta_resolution fine_time(int cells) {
  return (struct percuta_resolution){.cells = cells, .steps = 2400};
}

/* Amount through a slab from a fixed concentration to a sink (Crank 1975, eq. 4.24). */
static double through_slab(const struct percuta_permeation_layer *slab, double concentration,
                           double time) {
  double rate = slab->diffusivity / slab->thickness / slab->thickness, sum = 0;
  for (int n = 1; n < 200; ++n) {
    double sign = n % 2 ? -1 : 1;
    sum += sign / n / n * exp(-rate * n * n * FIXTURE_PI * FIXTURE_PI * time);
  }
  return slab->partition * slab->thickness * concentration *
         (rate * time - 1.0 / 6 - 2 / FIXTURE_PI / FIXTURE_PI * sum);
}

static void infinite_dose_on_a_slab(void **state) {
  const double outputs[] = {2e3, 3e3, 4e3, 2e4, 4e4};
  const struct percuta_domain domain = {.layers = SLAB,
                                        .layer_count = 1,
                                        .sink = true,
                                        .doses = FIXED,
                                        .dose_count = 1,
                                        .outputs = outputs,
                                        .output_count = 5};
  struct fixture_convergence c = {.test = "infinite dose through a slab",
                                  .fidelity = "column",
                                  .what = "space",
                                  .asked = 1.9,
                                  .first = COARSEST,
                                  .levels = fixture_levels(SPACE_LEVELS)};
  (void)state;
  for (int l = 0; l < c.levels; ++l) {
    struct percuta_permeation *course =
        fixture_course(percuta_permeation_column_run, &domain, fine_time(COARSEST << l));
    for (int o = 0; o < 5; ++o) {
      double exact = through_slab(SLAB, 2, outputs[o]);
      c.error[l] = fmax(c.error[l], fabs(course->receptor[o] / exact - 1));
    }
    if (l == c.levels - 1) {
      double rate = (course->receptor[4] - course->receptor[3]) / 2e4;
      double lag = 4e4 - course->receptor[4] / rate;
      double exact = SLAB->thickness * SLAB->thickness / 6 / SLAB->diffusivity;
      fixture_bound_check("infinite dose through a slab", "column", "lag time, relative",
                          fabs(lag / exact - 1), 2e-3);
      double steady = 2 * percuta_permeation_column_intact_permeability(SLAB, 1);
      fixture_bound_check("infinite dose through a slab", "column", "steady flux, relative",
                          fabs(rate / steady - 1), 1e-7);
    }
    percuta_permeation_domain_course_destroy(&course);
  }
  fixture_convergence_check(&c);
}

/* Root n of tan q = -alpha q, n from 1. */
static double stirred_root(double alpha, int n) {
  double low = (n - 0.5) * FIXTURE_PI, high = n * FIXTURE_PI;
  for (int round = 0; round < 100; ++round) {
    double q = 0.5 * (low + high);
    *(sin(q) + alpha * q * cos(q) > 0 ? (n % 2 ? &low : &high) : (n % 2 ? &high : &low)) = q;
  }
  return low;
}

/* Share of the final uptake of a sheet from a stirred solution (Crank 1975, eq. 4.37). */
static double stirred_uptake(double alpha, double rate, double time) {
  double sum = 1;
  for (int n = 1; n < 400; ++n) {
    double q = stirred_root(alpha, n);
    sum -=
        2 * alpha * (1 + alpha) / (1 + alpha + alpha * alpha * q * q) * exp(-q * q * rate * time);
  }
  return sum;
}

static void finite_dose_on_a_slab(void **state) {
  const double outputs[] = {2e2, 1e3, 4e3, 8e3};
  const struct percuta_domain domain = {.layers = SLAB,
                                        .layer_count = 1,
                                        .doses = FINITE,
                                        .dose_count = 1,
                                        .outputs = outputs,
                                        .output_count = 4};
  const struct fixture_laminate laminate = {.domain = &domain, .volume = 1e-4, .concentration = 2};
  const double alpha = 1e-4 / (3 * 1e-4), rate = 1e-12 / 1e-8;
  struct fixture_convergence c = {.test = "finite dose on a slab",
                                  .fidelity = "column",
                                  .what = "space",
                                  .asked = 1.9,
                                  .first = COARSEST,
                                  .levels = fixture_levels(SPACE_LEVELS)};
  (void)state;
  for (int l = 0; l < c.levels; ++l) {
    struct percuta_permeation *course =
        fixture_course(percuta_permeation_column_run, &domain, fine_time(COARSEST << l));
    for (int o = 0; o < 4; ++o) {
      double exact = 2e-4 / (1 + alpha) * stirred_uptake(alpha, rate, outputs[o]);
      struct fixture_amounts inverted = fixture_laminate_amounts(&laminate, outputs[o]);
      assert_true(fabs(inverted.layer[0] / exact - 1) < 1e-8); /* two exact ways agree */
      c.error[l] = fmax(c.error[l], fabs(course->layer[o] / exact - 1));
    }
    percuta_permeation_domain_course_destroy(&course);
  }
  fixture_convergence_check(&c);
}

static const struct percuta_permeation_layer LAMINATE[2][2] = {
    {{.name = "upper", .thickness = 2e-5, .diffusivity = 1e-13, .partition = 50, .loss = 0},
     {.name = "lower", .thickness = 2e-4, .diffusivity = 2e-11, .partition = 0.5, .loss = 2e-4}},
    {{.name = "upper", .thickness = 2e-5, .diffusivity = 4e-12, .partition = 0.02, .loss = 1e-4},
     {.name = "lower", .thickness = 2e-4, .diffusivity = 1e-12, .partition = 20, .loss = 0}}};

static struct percuta_domain laminate_domain(int at, const double *outputs, int count) {
  return (struct percuta_domain){.layers = LAMINATE[at],
                                 .layer_count = 2,
                                 .sink = at == 0,
                                 .doses = FINITE,
                                 .dose_count = 1,
                                 .outputs = outputs,
                                 .output_count = count};
}

static void two_layers_with_a_jump_in_space(void **state) {
  static const char *const TEST[2] = {"two layers, K 50 to 0.5, loss below, sink",
                                      "two layers, K 0.02 to 20, loss above, no flux"};
  const double outputs[] = {5e2, 2e3, 8e3};
  (void)state;
  for (int at = 0; at < 2; ++at) {
    const struct percuta_domain domain = laminate_domain(at, outputs, 3);
    const struct fixture_laminate exact = {.domain = &domain, .volume = 1e-4, .concentration = 2};
    struct fixture_convergence c = {.test = TEST[at],
                                    .fidelity = "column",
                                    .what = "space",
                                    .asked = 1.9,
                                    .first = 2 * COARSEST,
                                    .levels = fixture_levels(SPACE_LEVELS - 1)};
    for (int l = 0; l < c.levels; ++l) {
      struct percuta_permeation *course =
          fixture_course(percuta_permeation_column_run, &domain, fine_time(2 * COARSEST << l));
      for (int o = 0; o < 3; ++o) {
        struct fixture_amounts amounts = fixture_laminate_amounts(&exact, outputs[o]);
        c.error[l] = fmax(c.error[l], fixture_amounts_error(course, o, &amounts));
      }
      percuta_permeation_domain_course_destroy(&course);
    }
    fixture_convergence_check(&c);
  }
}

/* Either way of taking a step, as the tables call it. */
static const struct {
  enum percuta_permeation_scheme scheme;
  const char *name;
} WAY[] = {{PERCUTA_PERMEATION_SCHEME_EXTRAPOLATED, "column"},
           {PERCUTA_PERMEATION_SCHEME_TWO_STAGES, "column, two stages"}};
enum { WAYS = sizeof WAY / sizeof *WAY };

/* Against a run with far smaller steps on the same cells. */
static void two_layers_in_time(void **state) {
  const double outputs[] = {8e3};
  (void)state;
  for (int run = 0; run < 2 * WAYS; ++run) {
    const int at = run % 2, way = run / 2;
    const struct percuta_domain domain = laminate_domain(at, outputs, 1);
    struct percuta_permeation *fine =
        fixture_course(percuta_permeation_column_run, &domain,
                       (struct percuta_resolution){.cells = 16, .steps = 3000});
    struct fixture_convergence c = {.test = at == 0 ? "two layers, K 50 to 0.5"
                                                    : "two layers, K 0.02 to 20",
                                    .fidelity = WAY[way].name,
                                    .what = "time",
                                    .asked = 1.8,
                                    .first = 40,
                                    .levels = fixture_levels(TIME_LEVELS)};
    for (int l = 0; l < c.levels; ++l) {
      struct percuta_permeation *course = fixture_course(
          percuta_permeation_column_run, &domain,
          (struct percuta_resolution){.cells = 16, .steps = 40 << l, .scheme = WAY[way].scheme});
      for (int layer = 0; layer < 2; ++layer) {
        double expected = fine->layer[layer];
        c.error[l] = fmax(c.error[l], fabs(course->layer[layer] / expected - 1));
      }
      percuta_permeation_domain_course_destroy(&course);
    }
    fixture_convergence_check(&c);
    percuta_permeation_domain_course_destroy(&fine);
  }
}

/* What adaptive steps leave in the amounts is less than what is tolerated of one. */
static void check_tolerance(int way, const struct percuta_domain *domain,
                            const struct percuta_permeation *fine) {
  for (double tolerance = 1e-2; tolerance > 5e-5; tolerance /= 10) {
    struct percuta_permeation *course =
        fixture_course(percuta_permeation_column_run, domain,
                       (struct percuta_resolution){
                           .cells = 32, .tolerance = tolerance, .scheme = WAY[way].scheme});
    double worst = 0;
    char what[60];
    for (int o = 0; o < 3; ++o) {
      double entered = course->applied[o] - course->vehicle[o];
      worst = fmax(worst, fabs(course->vehicle[o] - fine->vehicle[o]) / entered);
      worst = fmax(worst, fabs(course->receptor[o] - fine->receptor[o]) / entered);
    }
    snprintf(what, sizeof what, "error of amounts entered, tolerance %.0e", tolerance);
    fixture_bound_check("two layers, K 50 to 0.5", WAY[way].name, what, worst, tolerance);
    percuta_permeation_domain_course_destroy(&course);
  }
}

static void tolerance_is_kept(void **state) {
  const double outputs[] = {5e2, 2e3, 8e3};
  const struct percuta_domain domain = laminate_domain(0, outputs, 3);
  (void)state;
  struct percuta_permeation *fine =
      fixture_course(percuta_permeation_column_run, &domain, fine_time(32));
  for (int way = 0; way < WAYS; ++way)
    check_tolerance(way, &domain, fine);
  percuta_permeation_domain_course_destroy(&fine);
}

/* Mean of the steady profile over a row: cosh or sinh of what is left below. */
static double steady_mean(bool sink, double length, double rate, double top, double bottom) {
  double integral = sink ? cosh(rate * (length - top)) - cosh(rate * (length - bottom))
                         : sinh(rate * (length - top)) - sinh(rate * (length - bottom));
  double size = sink ? sinh(rate * length) : cosh(rate * length);
  return integral / rate / (bottom - top) / size;
}

static void steady_profile_with_loss(void **state) {
  struct percuta_permeation_layer layer = SLAB[0];
  const double output = 1e6;
  layer.loss = 4e-4; /* decay length half the thickness */
  (void)state;
  for (int sink = 0; sink < 2; ++sink) {
    const struct percuta_domain domain = {.layers = &layer,
                                          .layer_count = 1,
                                          .sink = sink,
                                          .doses = FIXED,
                                          .dose_count = 1,
                                          .outputs = &output,
                                          .output_count = 1};
    struct fixture_convergence c = {.test = sink ? "steady with loss, sink (sinh)"
                                                 : "steady with loss, no flux (cosh)",
                                    .fidelity = "column",
                                    .what = "space",
                                    .asked = 1.9,
                                    .first = COARSEST,
                                    .levels = fixture_levels(SPACE_LEVELS)};
    for (int l = 0; l < c.levels; ++l) {
      struct percuta_permeation *course =
          fixture_course(percuta_permeation_column_run, &domain,
                         (struct percuta_resolution){.cells = COARSEST << l});
      double sum = 0, size = 0;
      for (int row = 0; row < course->rows; ++row) {
        double top = course->face[row], bottom = course->face[row + 1];
        double exact =
            6 * steady_mean(sink, 1e-4, sqrt(layer.loss / layer.diffusivity), top, bottom);
        sum += (bottom - top) * pow(course->concentration[row] - exact, 2);
        size += (bottom - top) * exact * exact;
        assert_true(fabs(course->activity[row] * 3 / course->concentration[row] - 1) < 1e-12);
      }
      c.error[l] = sqrt(sum / size);
      percuta_permeation_domain_course_destroy(&course);
    }
    fixture_convergence_check(&c);
  }
}

/* What comes off is what was left; then the skin empties as it filled; a second dose adds up. */
static void washing_and_a_second_dose(void **state) {
  const struct percuta_dose doses[] = {
      {.kind = PERCUTA_DOSE_FINITE, .time = 100, .volume = 1e-4, .concentration = 2},
      {.kind = PERCUTA_DOSE_WASH, .time = 2000},
      {.kind = PERCUTA_DOSE_FINITE, .time = 3000, .volume = 5e-5, .concentration = 1},
      {.kind = PERCUTA_DOSE_FINITE, .time = 3000, .volume = 5e-5, .concentration = 3}};
  const double outputs[] = {50, 100, 2000, 2500, 3000, 3500};
  struct percuta_domain domain = laminate_domain(0, outputs, 6);
  const struct fixture_laminate exact = {.domain = &domain, .volume = 1e-4, .concentration = 2};
  domain.doses = doses;
  domain.dose_count = 4;
  (void)state;
  struct percuta_permeation *c =
      fixture_course(percuta_permeation_column_run, &domain,
                     (struct percuta_resolution){.cells = 64, .tolerance = 1e-4});
  struct fixture_amounts first = fixture_laminate_amounts(&exact, 1900);
  assert_true(c->applied[1] == 0 && c->layer[2] == 0);
  assert_true(fabs(c->applied[2] / 2e-4 - 1) < 1e-15 && c->washed[2] == 0);
  assert_true(fabs(c->vehicle[2] / first.vehicle - 1) < 1e-4);
  assert_true(fabs(c->layer[4] / first.layer[0] - 1) < 1e-3);
  assert_true(c->vehicle[3] == 0 && c->washed[3] == c->vehicle[2]);
  assert_true(c->washed[5] == c->washed[3] && c->vehicle[4] == 0);
  assert_true(fabs(c->applied[5] / 4e-4 - 1) < 1e-15);
  assert_true(c->vehicle[5] > 0 && c->vehicle[5] < 2e-4);
  assert_true(c->layer[2 * 3] < c->layer[2 * 2]); /* nothing comes in after the wash */
  fixture_bound_check("wash and second dose", "column", "balance, share of the dose", c->balance,
                      1e-10);
  percuta_permeation_domain_course_destroy(&c);
}

static void balance_over_stiff_jumps(int way) {
  const double outputs[] = {60, 3600, 7200, 86400};
  const struct percuta_dose doses[] = {
      {.kind = PERCUTA_DOSE_FINITE, .time = 0, .volume = 1e-4, .concentration = 2},
      {.kind = PERCUTA_DOSE_WASH, .time = 5000},
      {.kind = PERCUTA_DOSE_FINITE, .time = 20000, .volume = 1e-5, .concentration = 1}};
  double worst = 0, least = 0;
  for (int jump = -4; jump <= 4; ++jump) {
    for (int sink = 0; sink < 2; ++sink) {
      struct percuta_permeation_layer layers[3] = {
          {.name = "a", .thickness = 1e-5, .diffusivity = 1e-14, .partition = pow(10, jump)},
          {.name = "b", .thickness = 1e-4, .diffusivity = 1e-10, .partition = 1},
          {.name = "c",
           .thickness = 1e-3,
           .diffusivity = 1e-9,
           .partition = pow(10, -jump),
           .loss = 1e-2}};
      const struct percuta_domain domain = {.layers = layers,
                                            .layer_count = 3,
                                            .sink = sink,
                                            .doses = doses,
                                            .dose_count = 3,
                                            .outputs = outputs,
                                            .output_count = 4};
      struct percuta_permeation *c =
          fixture_course(percuta_permeation_column_run, &domain,
                         (struct percuta_resolution){.cells = 40, .scheme = WAY[way].scheme});
      worst = fmax(worst, c->balance);
      least = fmin(least, c->least);
      percuta_permeation_domain_course_destroy(&c);
    }
  }
  fixture_bound_check("jumps of K from 1e-4 to 1e4", WAY[way].name, "balance, share of the dose",
                      worst, 1e-10);
  assert_true(least >= 0);
}

static void amounts_balance_over_stiff_jumps(void **state) {
  (void)state;
  for (int way = 0; way < WAYS; ++way)
    balance_over_stiff_jumps(way);
}

/* A thin film is sucked dry in a step in which the extrapolated result alone would be negative. */
static void nothing_gets_negative(void **state) {
  const double outputs[] = {600, 7200};
  const struct percuta_dose film = {
      .kind = PERCUTA_DOSE_FINITE, .time = 0, .volume = 1e-6, .concentration = 2};
  struct percuta_domain domain = laminate_domain(0, outputs, 2);
  domain.doses = &film;
  (void)state;
  for (int way = 0; way < WAYS; ++way) {
    struct percuta_permeation *c = fixture_course(
        percuta_permeation_column_run, &domain,
        (struct percuta_resolution){.cells = 40, .steps = 3, .scheme = WAY[way].scheme});
    assert_int_equal(6, c->steps);
    assert_true(c->least >= 0);
    fixture_bound_check("a film dries in three steps", WAY[way].name, "balance, share of the dose",
                        c->balance, 1e-10);
    percuta_permeation_domain_course_destroy(&c);
  }
}

/* A lid that nothing passes, and a path past it into the layer below: exact, as a film that holds
 * next to nothing and is as permeable. */
static void path_past_the_first_layer(void **state) {
  const double permeance = 3e-9, outputs[] = {5e2, 2e3, 8e3};
  const struct percuta_permeation_layer lid[] = {
      {.name = "lid", .thickness = 2e-5, .diffusivity = 0, .partition = 5},
      {.name = "below", .thickness = 2e-4, .diffusivity = 2e-12, .partition = 3, .loss = 1e-4}};
  const struct percuta_permeation_layer film[] = {
      {.name = "film", .thickness = 1e-13, .diffusivity = permeance * 1e-13, .partition = 1},
      lid[1]};
  struct percuta_domain domain = laminate_domain(0, outputs, 3), thin = domain;
  const struct fixture_laminate exact = {.domain = &thin, .volume = 1e-4, .concentration = 2};
  struct fixture_convergence c = {.test = "a path past the first layer",
                                  .fidelity = "column",
                                  .what = "space",
                                  .asked = 1.9,
                                  .first = COARSEST,
                                  .levels = fixture_levels(SPACE_LEVELS)};
  (void)state;
  domain.layers = lid;
  domain.bypass = permeance;
  domain.sink = false;
  thin.layers = film;
  thin.sink = false;
  for (int l = 0; l < c.levels; ++l) {
    struct percuta_permeation *course =
        fixture_course(percuta_permeation_column_run, &domain, fine_time(COARSEST << l));
    for (int o = 0; o < 3; ++o) {
      struct fixture_amounts amounts = fixture_laminate_amounts(&exact, outputs[o]);
      c.error[l] = fmax(c.error[l], fixture_amounts_error(course, o, &amounts));
    }
    assert_true(course->balance < 1e-10 && course->least >= 0);
    percuta_permeation_domain_course_destroy(&course);
  }
  fixture_convergence_check(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(infinite_dose_on_a_slab),
      cmocka_unit_test(finite_dose_on_a_slab),
      cmocka_unit_test(two_layers_with_a_jump_in_space),
      cmocka_unit_test(two_layers_in_time),
      cmocka_unit_test(tolerance_is_kept),
      cmocka_unit_test(steady_profile_with_loss),
      cmocka_unit_test(washing_and_a_second_dose),
      cmocka_unit_test(amounts_balance_over_stiff_jumps),
      cmocka_unit_test(nothing_gets_negative),
      cmocka_unit_test(path_past_the_first_layer),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
