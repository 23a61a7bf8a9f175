/* Diffusion cells: a slab between a donor and a receptor, against closed forms.
 *
 * Slab of length L, partition K, diffusivity D, rate r = D / L^2. With a stirred fluid of volume V
 * (per area) on one side and a fixed concentration on the other, modes are sin(b x/L) from the
 * fixed side, b tan b = K L / V, with the norm N = K L (1/2 - sin(2b)/(4b)) + V sin^2(b). */
#include "permeation_fixture.h"

static const struct percuta_permeation_layer SKIN = {
    .name = "slab", .thickness = 1e-4, .diffusivity = 1e-12, .partition = 3};
static const struct percuta_dose FIXED = {.kind = PERCUTA_DOSE_FIXED, .concentration = 2};

enum { COARSEST = 16, LEVELS = 4, MODES = 300, OUTPUTS = 5 };
static const double RECEPTOR = 2e-4; /* [m] */
static const double TIMES[OUTPUTS] = {2e3, 5e3, 1.2e4, 2e4, 4e4};

/* Root n from 0 of b tan b = alpha. */
static double root(double alpha, int n) {
  double low = n * FIXTURE_PI, high = (n + 0.5) * FIXTURE_PI;
  for (int round = 0; round < 100; ++round) {
    double b = 0.5 * (low + high);
    if (b * fabs(tan(b)) > alpha)
      high = b;
    else
      low = b;
  }
  return low;
}

/* What is left, of concentration 1 in the stirred fluid, after `time`; with `slab`, of
 * concentration 1 (over K) all through the slab too. The other side is held at 0. */
static double fallen(double volume, double time, bool slab) {
  const double hold = SKIN.partition * SKIN.thickness;
  const double rate = SKIN.diffusivity / SKIN.thickness / SKIN.thickness;
  double sum = 0;
  for (int n = 0; n < MODES; ++n) {
    const double b = root(hold / volume, n), s = sin(b);
    const double norm = hold * (0.5 - sin(2 * b) / (4 * b)) + volume * s * s;
    const double start = volume * s + (slab ? hold * (1 - cos(b)) / b : 0);
    sum += start * s / norm * exp(-b * b * rate * time);
  }
  return sum;
}

/* The same of what the slab and the fluid hold together [m], fluid alone filled at first. */
static double held(double volume, double time) {
  const double hold = SKIN.partition * SKIN.thickness;
  const double rate = SKIN.diffusivity / SKIN.thickness / SKIN.thickness;
  double sum = 0;
  for (int n = 0; n < MODES; ++n) {
    const double b = root(hold / volume, n), s = sin(b);
    const double norm = hold * (0.5 - sin(2 * b) / (4 * b)) + volume * s * s;
    sum += volume * s / norm * (hold * (1 - cos(b)) / b + volume * s) * exp(-b * b * rate * time);
  }
  return sum;
}

static struct fixture_convergence convergence(const char *test, const char *what) {
  return (struct fixture_convergence){.test = test,
                                      .fidelity = "column",
                                      .what = what,
                                      .asked = what[0] == 's' ? 1.9 : 1.7,
                                      .first = what[0] == 's' ? COARSEST : 25,
                                      .levels = fixture_levels(LEVELS)};
}

/* Level `l` of a study in space, with steps that do not count, or in time, with cells that do not.
 */
static struct percuta_resolution resolution(const struct fixture_convergence *c, int l) {
  return c->what[0] == 's' ? (struct percuta_resolution){.cells = COARSEST << l, .steps = 2400}
                           : (struct percuta_resolution){.cells = 512, .steps = 25 << l};
}

static void receptor_of_given_volume(void **state) {
  const struct percuta_permeation_layer layers[] = {
      SKIN, percuta_permeation_domain_receptor(RECEPTOR, 1)};
  const struct percuta_domain domain = {.layers = layers,
                                        .layer_count = 2,
                                        .doses = &FIXED,
                                        .dose_count = 1,
                                        .outputs = TIMES,
                                        .output_count = OUTPUTS};
  (void)state;
  for (int kind = 0; kind < 2; ++kind) {
    struct fixture_convergence c =
        convergence("receptor of given volume", kind == 0 ? "space" : "time");
    for (int l = 0; l < c.levels; ++l) {
      struct percuta_permeation *course =
          fixture_course(percuta_permeation_column_run, &domain, resolution(&c, l));
      for (int o = 0; o < OUTPUTS; ++o) {
        const double exact = 2 * RECEPTOR * (1 - fallen(RECEPTOR, TIMES[o], true));
        c.error[l] = fmax(c.error[l], fabs(course->layer[2 * o + 1] / exact - 1));
      }
      assert_true(course->balance < 1e-10 && course->least >= 0);
      percuta_permeation_domain_course_destroy(&course);
    }
    fixture_convergence_check(&c);
  }
}

/* Each sample is as if so much less were in the receptor from then on: what that takes back from
 * later contents follows the same modes, and adds up. */
static void samples_from_the_receptor(void **state) {
  const struct percuta_sampling samplings[] = {{5e3, 0.4}, {1.2e4, 0.25}};
  const struct percuta_permeation_layer layers[] = {
      SKIN, percuta_permeation_domain_receptor(RECEPTOR, 1)};
  const struct percuta_domain domain = {.layers = layers,
                                        .layer_count = 2,
                                        .doses = &FIXED,
                                        .dose_count = 1,
                                        .samplings = samplings,
                                        .sampling_count = 2,
                                        .outputs = TIMES,
                                        .output_count = OUTPUTS};
  struct fixture_convergence c = convergence("samples from the receptor", "space");
  (void)state;
  for (int l = 0; l < c.levels; ++l) {
    struct percuta_permeation *course =
        fixture_course(percuta_permeation_column_run, &domain, resolution(&c, l));
    double exact[OUTPUTS], taken[2], sampled = 0;
    for (int o = 0; o < OUTPUTS; ++o) {
      exact[o] = 2 * RECEPTOR * (1 - fallen(RECEPTOR, TIMES[o], true));
      for (int s = 0; s < 2 && samplings[s].time < TIMES[o]; ++s)
        exact[o] -= taken[s] * fallen(RECEPTOR, TIMES[o] - samplings[s].time, false);
      for (int s = 0; s < 2; ++s)
        if (samplings[s].time == TIMES[o])
          sampled += taken[s] = samplings[s].share * exact[o];
      c.error[l] = fmax(c.error[l], fabs(course->layer[2 * o + 1] / exact[o] - 1));
    }
    c.error[l] = fmax(c.error[l], fabs(course->sampled[OUTPUTS - 1] / sampled - 1));
    assert_true(course->sampled[1] == 0 && course->sampled[2] > 0);
    assert_true(course->balance < 1e-10 && course->least >= 0);
    percuta_permeation_domain_course_destroy(&course);
  }
  fixture_convergence_check(&c);
}

static void finite_dose_into_a_sink(void **state) {
  const struct percuta_dose dose = {
      .kind = PERCUTA_DOSE_FINITE, .volume = 1e-4, .concentration = 2};
  const struct percuta_domain domain = {.layers = &SKIN,
                                        .layer_count = 1,
                                        .sink = true,
                                        .doses = &dose,
                                        .dose_count = 1,
                                        .outputs = TIMES,
                                        .output_count = OUTPUTS};
  struct fixture_convergence c = convergence("finite dose into a sink", "space");
  (void)state;
  for (int l = 0; l < c.levels; ++l) {
    struct percuta_permeation *course =
        fixture_course(percuta_permeation_column_run, &domain, resolution(&c, l));
    for (int o = 0; o < OUTPUTS; ++o) {
      const double exact = 2 * (1e-4 - held(1e-4, TIMES[o]));
      c.error[l] = fmax(c.error[l], fabs(course->receptor[o] / exact - 1));
    }
    assert_true(course->balance < 1e-10 && course->least >= 0);
    percuta_permeation_domain_course_destroy(&course);
  }
  fixture_convergence_check(&c);
}

/* A receptor as large as a lake is a sink, and a donor that feeds one small enough fills it. */
static void limits(void **state) {
  const double lake = 1e3, drop = 1e-7, end[] = {4e4};
  struct percuta_permeation_layer layers[] = {SKIN, percuta_permeation_domain_receptor(lake, 1)};
  struct percuta_domain domain = {.layers = layers,
                                  .layer_count = 1,
                                  .sink = true,
                                  .doses = &FIXED,
                                  .dose_count = 1,
                                  .outputs = end,
                                  .output_count = 1};
  const struct percuta_resolution usual = {0};
  struct percuta_permeation *sink = fixture_course(percuta_permeation_column_run, &domain, usual);
  domain.layer_count = 2;
  domain.sink = false;
  struct percuta_permeation *wide = fixture_course(percuta_permeation_column_run, &domain, usual);
  layers[1] = percuta_permeation_domain_receptor(drop, 5);
  struct percuta_permeation *full = fixture_course(percuta_permeation_column_run, &domain, usual);
  (void)state;
  assert_true(fabs(wide->layer[1] / sink->receptor[0] - 1) < 2e-3);
  assert_true(fabs(full->layer[1] / (2 * 5 * drop) - 1) < 1e-2);
  percuta_permeation_domain_course_destroy(&sink);
  percuta_permeation_domain_course_destroy(&wide);
  percuta_permeation_domain_course_destroy(&full);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(receptor_of_given_volume),
      cmocka_unit_test(samples_from_the_receptor),
      cmocka_unit_test(finite_dose_into_a_sink),
      cmocka_unit_test(limits),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
