/* Bores out of which fluid flows: against exact solutions of advection and diffusion, steady and
 * not, and of a vehicle that it thins; and what must be kept. */
#include "permeation_fixture.h"

/* Walls that let nothing through, 300 um deep, on a sink. */
static const struct percuta_permeation_layer WALLS[] = {
    {.name = "walls", .thickness = 3e-4, .diffusivity = 0, .partition = 1e-6},
    {.name = "sink", .thickness = 1e-7, .diffusivity = 1, .partition = 1}};
static const struct percuta_dose HELD[] = {{.kind = PERCUTA_DOSE_FIXED, .concentration = 1}};
static const struct percuta_closing FLOWS[] = {
    {.time = 0, .radius_share = 1, .depth_share = 1, .flow_share = 1}};
static const double FILL = 5e-10, DEPTH = 3e-4, DENSITY = 1e6;
static const double CYLINDER[] = {35e-6}, CONE[] = {50e-6, 10e-6};

enum { SPACE_LEVELS = 4, TIME_LEVELS = 4 };

/* The flow [m^3/s] of which psi at the tip is that. */
static double flow_of(double psi, double mouth, double tip) {
  return psi * FIXTURE_PI * FILL * mouth * tip / DEPTH;
}

static struct percuta_bore bore_of(const double *radius, int count, double psi, double flowing) {
  return (struct percuta_bore){.depth = DEPTH,
                               .radius_count = count,
                               .radius = radius,
                               .flow = flow_of(psi, radius[0], radius[count - 1]),
                               .flowing = flowing};
}

static struct percuta_domain domain_of(const struct percuta_bore *bore, const double *outputs,
                                       int count) {
  return (struct percuta_domain){.layers = WALLS,
                                 .layer_count = 2,
                                 .sink = true,
                                 .density = DENSITY,
                                 .bores = bore,
                                 .bore_count = 1,
                                 .fill_diffusivity = FILL,
                                 .fill_partition = 1,
                                 .closings = FLOWS,
                                 .closing_count = 1,
                                 .doses = HELD,
                                 .dose_count = 1,
                                 .outputs = outputs,
                                 .output_count = count};
}

static void check_kept(const struct percuta_permeation *course) {
  assert_true(course->balance <= 1e-10);
  assert_true(course->least >= 0);
}

/* [m/s] long after the beginning. */
static double steady(fixture_solver *solver, const struct percuta_bore *bore, int cells) {
  static const double outputs[] = {1e6, 2e6};
  const struct percuta_domain domain = domain_of(bore, outputs, 2);
  struct percuta_permeation *course =
      fixture_course(solver, &domain, (struct percuta_resolution){.cells = cells});
  const double flux = (course->receptor[1] - course->receptor[0]) / 1e6;
  check_kept(course);
  percuta_permeation_domain_course_destroy(&course);
  return flux;
}

/* Against the stream q u_0 / (exp(psi) - 1) gets in. (What a held concentration gives off is booked
 * as a difference, which has digits left up to about psi = 20.) */
static void steady_flux_in_a_cylinder(void **state) {
  (void)state;
  static const double psi[] = {1e-3, 1, 5, 10};
  for (int i = 0; i < 4; ++i) {
    const struct percuta_bore bore = bore_of(CYLINDER, 1, psi[i], 1);
    const double exact = DENSITY * bore.flow / expm1(psi[i]);
    const double error = fabs(steady(percuta_permeation_column_run, &bore, 16) / exact - 1);
    fixture_bound_check("against the stream of a bore", "column", "steady flux, relative", error,
                        2e-6);
    const double rings = fabs(steady(percuta_permeation_channel_run, &bore, 16) / exact - 1);
    fixture_bound_check("against the stream of a bore", "channel", "steady flux, relative", rings,
                        2e-4);
  }
}

/* The same law holds whatever the shape of the bore, with psi of the shape. */
static void steady_flux_in_a_cone(void **state) {
  (void)state;
  const struct percuta_bore bore = bore_of(CONE, 2, 3, 1);
  const double exact = DENSITY * bore.flow / expm1(3);
  struct fixture_convergence c = {.test = "against the stream of a cone",
                                  .fidelity = "column",
                                  .what = "space",
                                  .asked = 1.9,
                                  .first = 8,
                                  .levels = fixture_levels(SPACE_LEVELS)};
  for (int l = 0; l < c.levels; ++l)
    c.error[l] = fabs(steady(percuta_permeation_column_run, &bore, 8 << l) / exact - 1);
  fixture_convergence_check(&c);
}

/* Of bores taken together a share s flows: conductance in series, f = 1 - s + s exp(-psi). */
static void some_of_the_bores_flow(void **state) {
  (void)state;
  static const double psi[] = {1, 90}, share[] = {0.1, 0.9};
  for (int i = 0; i < 4; ++i) {
    const double s = share[i % 2], p = psi[i / 2];
    const struct percuta_bore bore = bore_of(CYLINDER, 1, p, s);
    const double open = DENSITY * FIXTURE_PI * CYLINDER[0] * CYLINDER[0] * FILL / DEPTH;
    const double exact = open * p * (1 - s) / log1p((1 - s) * expm1(p));
    const double error = fabs(steady(percuta_permeation_column_run, &bore, 16) / exact - 1);
    fixture_bound_check("some bores flow, some do not", "column", "steady flux, relative", error,
                        2e-6);
  }
  /* many flow fast: what gets in is what gets into the others */
  const struct percuta_bore bore = bore_of(CYLINDER, 1, 90, 0.1),
                            still = bore_of(CYLINDER, 1, 0, 0);
  assert_true(fabs(steady(percuta_permeation_column_run, &bore, 16) /
                       steady(percuta_permeation_column_run, &still, 16) -
                   0.9) < 5e-3);
}

/* Through a slab against a stream, from u = 0 under u(0) = 1 to a sink: the amount per area of bore
 *   v t/(exp(psi) - 1) + (2/L) sum (-1)^n exp(-a L) k^2/(a^2 + k^2)^2 [1 - exp(-D (a^2 + k^2) t)]
 * with a = v/(2 D), k = n pi/L: substitute u = exp(-a z - D a^2 t) y, for which y_t = D y_zz. */
static double through_stream(double psi, double time) {
  const double v = psi * FILL / DEPTH, a = 0.5 * psi / DEPTH;
  double sum = 0;
  for (int n = 1; n < 400; ++n) {
    const double k = n * FIXTURE_PI / DEPTH, both = a * a + k * k;
    sum += (n % 2 ? -1 : 1) * exp(-a * DEPTH) * k * k / both / both * -expm1(-FILL * both * time);
  }
  return v * time / expm1(psi) + 2 / DEPTH * sum;
}

static const double SEEN[] = {40, 80, 160, 320};

/* What has come through by the times SEEN. */
static void come_through(fixture_solver *solver, int cells, int steps, double amount[4]) {
  const struct percuta_bore bore = bore_of(CYLINDER, 1, 3, 1);
  const struct percuta_domain domain = domain_of(&bore, SEEN, 4);
  const struct percuta_resolution resolution = {.cells = cells, .steps = steps};
  struct percuta_permeation *course = fixture_course(solver, &domain, resolution);
  memcpy(amount, course->receptor, 4 * sizeof *amount);
  check_kept(course);
  percuta_permeation_domain_course_destroy(&course);
}

static double transient_error(fixture_solver *solver, int cells, int steps) {
  const double area = DENSITY * FIXTURE_PI * CYLINDER[0] * CYLINDER[0];
  double amount[4], worst = 0;
  come_through(solver, cells, steps, amount);
  for (int o = 0; o < 4; ++o)
    worst = fmax(worst, fabs(amount[o] / (area * through_stream(3, SEEN[o])) - 1));
  return worst;
}

static void the_course_against_a_stream(void **state) {
  (void)state;
  struct fixture_convergence space = {.test = "into a bore against its stream",
                                      .fidelity = "column",
                                      .what = "space",
                                      .asked = 1.9,
                                      .first = 16,
                                      .levels = fixture_levels(SPACE_LEVELS)};
  struct fixture_convergence rings = space;
  struct fixture_convergence time = space;
  rings.fidelity = "channel";
  rings.levels = fixture_levels(SPACE_LEVELS - 1);
  time.what = "time";
  time.asked = 1.8;
  time.first = 40;
  time.levels = fixture_levels(TIME_LEVELS);
  for (int l = 0; l < space.levels; ++l)
    space.error[l] = transient_error(percuta_permeation_column_run, 16 << l, 800);
  fixture_convergence_check(&space);
  for (int l = 0; l < rings.levels; ++l)
    rings.error[l] = transient_error(percuta_permeation_channel_run, 16 << l, 400);
  fixture_convergence_check(&rings);
  double fine[4], found[4];
  come_through(percuta_permeation_column_run, 16, 3000, fine);
  for (int l = 0; l < time.levels; ++l) {
    come_through(percuta_permeation_column_run, 16, 40 << l, found);
    for (int o = 0; o < 4; ++o)
      time.error[l] = fmax(time.error[l], fabs(found[o] / fine[o] - 1));
  }
  fixture_convergence_check(&time);
}

/* What flows out thins the vehicle, here of V = V_0 + q t over a membrane of permeability P:
 *   amount = amount_0 (V/V_0)^(-P/q) */
static void a_stream_thins_the_vehicle(void **state) {
  (void)state;
  static const struct percuta_permeation_layer membrane[] = {
      {.name = "membrane", .thickness = 1e-4, .diffusivity = 1e-2, .partition = 1e-9}};
  static const struct percuta_dose dose[] = {
      {.kind = PERCUTA_DOSE_FINITE, .volume = 1e-5, .concentration = 1}};
  static const double radius[] = {1e-6}, outputs[] = {1e3};
  const double P = 1e-7, q = 2e-8, few = 1e4;
  const struct percuta_bore bore = {
      .depth = 5e-5, .radius_count = 1, .radius = radius, .flow = q / few, .flowing = 1};
  struct percuta_domain domain = domain_of(&bore, outputs, 1);
  domain.layers = membrane;
  domain.layer_count = 1;
  domain.density = few;
  domain.fill_diffusivity = 0; /* nothing gets into the bores themselves */
  domain.doses = dose;
  const double exact = 1e-5 * pow(1 + q * 1e3 / 1e-5, -P / q);
  struct fixture_convergence c = {.test = "a vehicle that blood thins",
                                  .fidelity = "column",
                                  .what = "time",
                                  .asked = 1.8,
                                  .first = 80,
                                  .levels = fixture_levels(TIME_LEVELS)};
  for (int l = 0; l < c.levels; ++l) {
    struct percuta_permeation *course =
        fixture_course(percuta_permeation_column_run, &domain,
                       (struct percuta_resolution){.cells = 8, .steps = 80 << l});
    c.error[l] = fabs(course->vehicle[0] / exact - 1);
    check_kept(course);
    percuta_permeation_domain_course_destroy(&course);
  }
  fixture_convergence_check(&c);
}

/* Living layers, a finite dose, blood for two minutes, then closing and washing: all is kept, the
 * dose gets in later than without the blood, and no more of it. */
static void all_is_kept_when_blood_stops(void **state) {
  (void)state;
  static const struct percuta_permeation_layer skin[] = {
      {.name = "top", .thickness = 1.5e-5, .diffusivity = 1e-15, .partition = 2},
      {.name = "middle", .thickness = 8e-5, .diffusivity = 1e-10, .partition = 0.6},
      {.name = "deep", .thickness = 1e-3, .diffusivity = 4e-10, .partition = 0.6, .loss = 1e-3}};
  static const struct percuta_dose doses[] = {
      {.kind = PERCUTA_DOSE_FINITE, .volume = 2e-5, .concentration = 3},
      {.kind = PERCUTA_DOSE_WASH, .time = 3600}};
  static const struct percuta_closing stops[] = {
      {.time = 0, .radius_share = 1, .depth_share = 1, .flow_share = 1},
      {.time = 120, .radius_share = 1, .depth_share = 1},
      {.time = 1800, .radius_share = 0.7, .depth_share = 1}};
  static const double outputs[] = {30, 120, 200, 1800, 3600, 7200};
  static fixture_solver *const solver[] = {percuta_permeation_column_run,
                                           percuta_permeation_channel_run};
  for (int i = 0; i < 2; ++i) {
    double entered[2][6];
    for (int flows = 0; flows < 2; ++flows) {
      const struct percuta_bore bore = bore_of(CONE, 2, 90, flows);
      struct percuta_domain domain = domain_of(&bore, outputs, 6);
      domain.layers = skin;
      domain.layer_count = 3;
      domain.sink = false;
      domain.doses = doses;
      domain.dose_count = 2;
      domain.closings = stops;
      domain.closing_count = 3;
      struct percuta_permeation *course =
          fixture_course(solver[i], &domain, (struct percuta_resolution){.cells = 0});
      check_kept(course);
      for (int o = 0; o < 6; ++o)
        entered[flows][o] = course->applied[o] - course->vehicle[o] - course->washed[o];
      percuta_permeation_domain_course_destroy(&course);
    }
    assert_true(entered[1][1] < 0.4 * entered[0][1]);
    assert_true(entered[1][2] > 1.5 * entered[1][1]);
    for (int o = 0; o < 6; ++o)
      assert_true(entered[1][o] < entered[0][o]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(steady_flux_in_a_cylinder),  cmocka_unit_test(steady_flux_in_a_cone),
      cmocka_unit_test(some_of_the_bores_flow),     cmocka_unit_test(the_course_against_a_stream),
      cmocka_unit_test(a_stream_thins_the_vehicle), cmocka_unit_test(all_is_kept_when_blood_stops),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
