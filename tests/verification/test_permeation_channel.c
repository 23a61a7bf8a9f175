/* Permeation around one bore: against closed forms and against columns. */
#include "permeation_fixture.h"

static const struct percuta_dose FIXED[] = {
    {.kind = PERCUTA_DOSE_FIXED, .time = 0, .concentration = 2}};
static const double WALL[] = {3e-5};

/* A bore of constant activity through a layer that nothing enters or leaves but by its wall. */
static const struct percuta_permeation_layer WALLED[] = {
    {.name = "lid", .thickness = 1e-6, .diffusivity = 0, .partition = 1},
    {.name = "ring", .thickness = 1e-4, .diffusivity = 1e-11, .partition = 4},
    {.name = "bottom", .thickness = 2e-6, .diffusivity = 0, .partition = 1}};
static const struct percuta_bore THROUGH = {.depth = 1.02e-4, .radius_count = 1, .radius = WALL};

static struct percuta_domain walled(const double *outputs, int count) {
  return (struct percuta_domain){.layers = WALLED,
                                 .layer_count = 3,
                                 .density = 1 / FIXTURE_PI / 4e-8, /* out to 0.2 mm */
                                 .bores = &THROUGH,
                                 .bore_count = 1,
                                 .fill_diffusivity = 1e-2,
                                 .fill_partition = 1,
                                 .doses = FIXED,
                                 .dose_count = 1,
                                 .outputs = outputs,
                                 .output_count = count};
}

/* Root n, from 1, of J0(b a) Y1(b R) - Y0(b a) J1(b R). */
static double ring_root(double a, double r, int n) {
  double step = FIXTURE_PI / (r - a) / 40, low = step / 10, high = low;
  double before = j0(low * a) * y1(low * r) - y0(low * a) * j1(low * r);
  for (int found = 0; found < n;) {
    low = high;
    high = low + step;
    double after = j0(high * a) * y1(high * r) - y0(high * a) * j1(high * r);
    found += after * before < 0;
    before = after;
  }
  double sign = j0(low * a) * y1(low * r) - y0(low * a) * j1(low * r);
  for (int round = 0; round < 60; ++round) {
    double b = 0.5 * (low + high);
    double value = j0(b * a) * y1(b * r) - y0(b * a) * j1(b * r);
    *(value * sign > 0 ? &low : &high) = b;
  }
  return low;
}

/* Share of its final uptake that a ring from a to r has through its inner wall (Crank 1975, ch. 5):
 * the modes J0(b x) Y0(b a) - Y0(b x) J0(b a), with their means and norms. */
static double ring_uptake(double a, double r, double diffusivity, double time) {
  double left = 0;
  for (int n = 1; n <= 60; ++n) {
    double b = ring_root(a, r, n);
    double rim = j0(b * r) * y0(b * a) - y0(b * r) * j0(b * a);
    double mean = 2 / (FIXTURE_PI * b * b);
    double norm = 0.5 * r * r * rim * rim - 2 / (FIXTURE_PI * FIXTURE_PI * b * b);
    left += mean * mean / norm * 2 / (r * r - a * a) * exp(-b * b * diffusivity * time);
  }
  return 1 - left;
}

static void radial_diffusion(void **state) {
  const double outputs[] = {50, 200, 1000};
  const struct percuta_domain domain = walled(outputs, 3);
  const double capacity = 4 * 1e-4 * (1 - 0.15 * 0.15) * 2;
  struct fixture_convergence c = {.test = "ring around a bore (Bessel series)",
                                  .fidelity = "channel",
                                  .what = "space",
                                  .asked = 1.9,
                                  .first = 14,
                                  .levels = fixture_levels(3)};
  (void)state;
  for (int l = 0; l < c.levels; ++l) {
    const struct percuta_resolution resolution = {
        .cells = 2, .bore_cells = 4 << l, .outer_cells = 10 << l, .steps = 200};
    struct percuta_permeation *course =
        fixture_course(percuta_permeation_channel_run, &domain, resolution);
    double bore = 2 * 1e-4 * 0.15 * 0.15; /* its own share in the layer */
    for (int o = 0; o < 3; ++o) {
      double exact = ring_uptake(3e-5, 2e-4, 1e-11, outputs[o]);
      double found = (course->layer[3 * o + 1] - bore) / capacity;
      c.error[l] = fmax(c.error[l], fabs(found / exact - 1));
    }
    percuta_permeation_domain_course_destroy(&course);
  }
  fixture_convergence_check(&c);
}

static const struct percuta_permeation_layer SKIN[] = {
    {.name = "sc", .thickness = 1.5e-5, .diffusivity = 1e-14, .partition = 10},
    {.name = "ve", .thickness = 1e-4, .diffusivity = 5e-11, .partition = 0.8},
    {.name = "dermis", .thickness = 1e-3, .diffusivity = 8e-11, .partition = 0.7, .loss = 3e-4}};
static const double TAPER[] = {4e-5, 3e-5, 1e-5};
static const struct percuta_bore CONE = {.depth = 3e-4, .radius_count = 3, .radius = TAPER};
static const struct percuta_dose GEL[] = {
    {.kind = PERCUTA_DOSE_FINITE, .time = 0, .volume = 1e-4, .concentration = 50},
    {.kind = PERCUTA_DOSE_WASH, .time = 7200},
    {.kind = PERCUTA_DOSE_FINITE, .time = 20000, .volume = 1e-4, .concentration = 50}};

static struct percuta_domain needled(const double *outputs, int count) {
  return (struct percuta_domain){.layers = SKIN,
                                 .layer_count = 3,
                                 .density = 1e6,
                                 .bores = &CONE,
                                 .bore_count = 1,
                                 .fill_diffusivity = 5e-10,
                                 .fill_partition = 1,
                                 .doses = GEL,
                                 .dose_count = 3,
                                 .outputs = outputs,
                                 .output_count = count};
}

static void needled_skin_in_time(void **state) {
  const double output = 7200;
  const struct percuta_domain domain = needled(&output, 1);
  struct percuta_resolution r = {.cells = 8, .bore_cells = 3, .outer_cells = 6, .steps = 1200};
  struct percuta_permeation *fine = fixture_course(percuta_permeation_channel_run, &domain, r);
  struct fixture_convergence c = {.test = "needled skin, finite dose",
                                  .fidelity = "channel",
                                  .what = "time",
                                  .asked = 1.8,
                                  .first = 40,
                                  .levels = fixture_levels(3)};
  (void)state;
  for (int l = 0; l < c.levels; ++l) {
    r.steps = 40 << l;
    struct percuta_permeation *course = fixture_course(percuta_permeation_channel_run, &domain, r);
    for (int layer = 0; layer < 3; ++layer) {
      double expected = fine->layer[layer];
      c.error[l] = fmax(c.error[l], fabs(course->layer[layer] / expected - 1));
    }
    percuta_permeation_domain_course_destroy(&course);
  }
  fixture_convergence_check(&c);
  percuta_permeation_domain_course_destroy(&fine);
}

/* Steady skin around steady bores, and the parallel-pore formula for the same. */
struct steady {
  const char *what;
  bool applies;                                /* the formula's conditions hold */
  double density, radius, length, lid, tissue; /* K D over the fill's */
  double exit;                                 /* that taken for the tissue at the tip */
};

static const double BELOW = 1e-3; /* [m] of tissue between the tips and the sink */

/* The resistance found, less that of the tissue below, over the formula's. */
static double steady_ratio(fixture_solver *solver, const struct steady *s,
                           struct percuta_resolution resolution) {
  const double fill = 1e-9, outputs[] = {4e7, 5e7};
  const struct percuta_permeation_layer layers[] = {
      {.name = "lid", .thickness = s->length, .diffusivity = s->lid * fill, .partition = 1},
      {.name = "tissue", .thickness = BELOW, .diffusivity = s->tissue * fill, .partition = 1}};
  const struct percuta_bore bore = {.depth = s->length, .radius_count = 1, .radius = &s->radius};
  const struct percuta_domain domain = {.layers = layers,
                                        .layer_count = 2,
                                        .sink = true,
                                        .density = s->density,
                                        .bores = &bore,
                                        .bore_count = 1,
                                        .fill_diffusivity = fill,
                                        .fill_partition = 1,
                                        .doses = FIXED,
                                        .dose_count = 1,
                                        .outputs = outputs,
                                        .output_count = 2};
  struct percuta_permeation *c = fixture_course(solver, &domain, resolution);
  double found = (c->receptor[1] - c->receptor[0]) / (outputs[1] - outputs[0]) / 2;
  double bores = percuta_permeation_column_bore_permeability(s->density, s->radius, s->length, fill,
                                                             s->exit * fill);
  double lid = s->lid * fill / s->length;
  double together = percuta_permeation_column_permeability(lid, bores, s->density, s->radius);
  percuta_permeation_domain_course_destroy(&c);
  return (1 / found - BELOW / (s->tissue * fill)) * together;
}

static const struct steady STEADY[] = {
    {"100 per cm2, radius 35 um, length 150 um", true, 1e6, 35e-6, 150e-6, 0, 1, 1},
    {"100 per cm2, radius 35 um, length 1 mm", true, 1e6, 35e-6, 1e-3, 0, 1, 1},
    {"25 per cm2, radius 100 um, length 500 um", true, 2.5e5, 100e-6, 500e-6, 0, 1, 1},
    {"400 per cm2, radius 20 um, length 100 um", true, 4e6, 20e-6, 100e-6, 0, 1, 1},
    {"short: length 15 um", false, 1e6, 35e-6, 15e-6, 0, 1, 1},
    {"dense: 13 % of the skin", false, 3.4e7, 35e-6, 150e-6, 0, 1, 1},
    {"tissue below 10 times slower", false, 1e6, 35e-6, 150e-6, 0, 0.1, 1},
    {"the same, tip by the tissue's", false, 1e6, 35e-6, 150e-6, 0, 0.1, 0.1},
    {"walls let through 1 % of the fill", false, 1e6, 35e-6, 150e-6, 0.01, 1, 1},
    {"walls let through 20 % of the fill", false, 1e6, 35e-6, 150e-6, 0.2, 1, 1}};

/* Every line of the table in docs/theory/permeation.md is what is found. */
static void parallel_pores_against_solvers(void **state) {
  char path[500], row[200];
  const char *root = getenv("PERCUTA_ROOT");
  bool documented = true;
  (void)state;
  snprintf(path, sizeof path, "%s/docs/theory/permeation.md", root ? root : ".");
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  char *page = calloc(1, 1 << 16);
  assert_non_null(page);
  size_t size = fread(page, 1, (1 << 16) - 1, file);
  fclose(file);
  assert_true(size > 0);
  for (size_t at = 0; at < sizeof STEADY / sizeof *STEADY; ++at) {
    const struct steady *s = &STEADY[at];
    double pore =
        steady_ratio(percuta_permeation_channel_run, s, (struct percuta_resolution){.cells = 20});
    double column = steady_ratio(percuta_permeation_column_run, s, (struct percuta_resolution){0});
    snprintf(row, sizeof row, "| %s | %s | %.2f | %.2f |", s->what, s->applies ? "yes" : "no", pore,
             column);
    print_message("table %s\n", row);
    documented &= strstr(page, row) != NULL;
    if (s->exit < 1)
      fixture_bound_check("formula with the tissue's exit", "channel", s->what, fabs(pore - 1),
                          0.05);
    if (s->applies) {
      fixture_bound_check("parallel-pore formula", "channel", s->what, fabs(pore - 1), 0.05);
      fixture_bound_check("parallel-pore formula", "column", s->what, fabs(column - 1), 0.05);
    }
  }
  free(page);
  assert_true(documented);
}

/* A bore that has closed leaves intact skin; one that closes keeps what it held. */
static void closing_bores(void **state) {
  const double outputs[] = {3600, 7200, 86400};
  const struct percuta_closing shut[] = {{.time = 0, .radius_share = 0, .depth_share = 1}};
  const struct percuta_closing slowly[] = {{.time = 1800, .radius_share = 0.8, .depth_share = 1},
                                           {.time = 3600, .radius_share = 0.5, .depth_share = 0.9},
                                           {.time = 9000, .radius_share = 0.3, .depth_share = 0.2},
                                           {.time = 30000, .radius_share = 0, .depth_share = 0}};
  struct percuta_domain domain = needled(outputs, 3), intact = domain;
  (void)state;
  intact.density = 0;
  intact.bore_count = 0;
  struct percuta_permeation *open =
      fixture_course(percuta_permeation_channel_run, &domain, (struct percuta_resolution){0});
  domain.closings = shut;
  domain.closing_count = 1;
  struct percuta_permeation *closed = fixture_course(
      percuta_permeation_channel_run, &domain, (struct percuta_resolution){.tolerance = 1e-5});
  domain.closings = slowly;
  domain.closing_count = 4;
  struct percuta_permeation *closing =
      fixture_course(percuta_permeation_channel_run, &domain, (struct percuta_resolution){0});
  struct percuta_permeation *never =
      fixture_course(percuta_permeation_column_run, &intact,
                     (struct percuta_resolution){.cells = 80, .tolerance = 1e-5});
  for (int o = 0; o < 3; ++o) {
    double expected = never->applied[o] - never->vehicle[o] - never->washed[o];
    double found = closed->applied[o] - closed->vehicle[o] - closed->washed[o];
    assert_true(fabs(found / expected - 1) < 5e-3);
    assert_true(closing->cleared[3 * o + 2] <= open->cleared[3 * o + 2]);
    assert_true(closing->cleared[3 * o + 2] > closed->cleared[3 * o + 2]);
  }
  assert_true(closing->cleared[8] < 0.95 * open->cleared[8]);
  assert_true(closing->balance < 1e-10 && closing->least >= 0);

  percuta_permeation_domain_course_destroy(&open);
  percuta_permeation_domain_course_destroy(&closed);
  percuta_permeation_domain_course_destroy(&closing);
  percuta_permeation_domain_course_destroy(&never);
}

static void amounts_balance_over_stiff_jumps(void **state) {
  const double outputs[] = {60, 3600, 7200, 86400};
  struct percuta_permeation_layer layers[3];
  double worst = 0, least = 0;
  (void)state;
  for (int jump = -4; jump <= 4; jump += 2) {
    struct percuta_domain domain = needled(outputs, 4);
    memcpy(layers, SKIN, sizeof layers);
    layers[0].partition = pow(10, jump);
    layers[2].partition = pow(10, -jump);
    domain.layers = layers;
    struct percuta_permeation *c =
        fixture_course(percuta_permeation_channel_run, &domain, (struct percuta_resolution){0});
    worst = fmax(worst, c->balance);
    least = fmin(least, c->least);
    percuta_permeation_domain_course_destroy(&c);
  }
  fixture_bound_check("jumps of K from 1e-4 to 1e4", "channel", "balance, share of the dose", worst,
                      1e-10);
  assert_true(least >= 0);
}

/* The few rings of a column stand for the many of a channel. */
static void columns_agree_with_channels(void **state) {
  const double outputs[] = {600, 3600, 7200, 20000, 86400};
  const struct percuta_domain domain = needled(outputs, 5);
  double worst = 0;
  (void)state;
  struct percuta_permeation *column =
      fixture_course(percuta_permeation_column_run, &domain, (struct percuta_resolution){0});
  struct percuta_permeation *channel =
      fixture_course(percuta_permeation_channel_run, &domain, (struct percuta_resolution){0});
  for (int o = 0; o < 5; ++o) {
    double entered[2] = {column->applied[o] - column->vehicle[o] - column->washed[o],
                         channel->applied[o] - channel->vehicle[o] - channel->washed[o]};
    worst = fmax(worst, fabs(entered[0] / entered[1] - 1));
    worst =
        fmax(worst, fabs(column->cleared[3 * o + 2] - channel->cleared[3 * o + 2]) / entered[1]);
  }
  fixture_bound_check("needled skin, column beside channel", "column",
                      "amounts entered and cleared, relative", worst, 0.03);
  percuta_permeation_domain_course_destroy(&column);
  percuta_permeation_domain_course_destroy(&channel);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(radial_diffusion),
      cmocka_unit_test(needled_skin_in_time),
      cmocka_unit_test(parallel_pores_against_solvers),
      cmocka_unit_test(closing_bores),
      cmocka_unit_test(amounts_balance_over_stiff_jumps),
      cmocka_unit_test(columns_agree_with_channels),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
