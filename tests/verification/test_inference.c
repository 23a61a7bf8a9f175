/* From a model's answers to its parameters: hypercubes hold one point a stratum, a quadratic
 * surface finds quadratic answers and knows its own error, two samplers find known densities, and
 * chains are worth what theory says. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <setjmp.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "inference/chains.h"
#include "inference/design.h"
#include "inference/likelihood.h"
#include "inference/metropolis.h"
#include "inference/stretch.h"
#include "inference/surface.h"

static void hypercubes_hold_one_point_in_a_stratum(void **state) {
  enum { COUNT = 500, DIMS = 7 };
  static double point[COUNT * DIMS];
  (void)state;
  assert_int_equal(PERCUTA_OK, percuta_inference_design_hypercube(3, COUNT, DIMS, point));
  for (int d = 0; d < DIMS; ++d) {
    bool taken[COUNT] = {false};
    for (int i = 0; i < COUNT; ++i) {
      const int stratum = (int)(point[i * DIMS + d] * COUNT);
      assert_in_range(stratum, 0, COUNT - 1);
      assert_false(taken[stratum]);
      taken[stratum] = true;
    }
  }
  double product = 0; /* dimensions know nothing of one another */
  for (int i = 0; i < COUNT; ++i)
    product += (point[i * DIMS] - 0.5) * (point[i * DIMS + 1] - 0.5) * 12 / COUNT;
  assert_true(fabs(product) < 4 / sqrt(COUNT));
}

/* A quadratic function, and the shares of its variance in standard normal numbers. */
static double quadratic(const double *x) {
  return 3 + 2 * x[0] - x[1] + 0.5 * x[2] * x[2] + 1.5 * x[0] * x[2];
}

static void a_surface_finds_a_quadratic_answer(void **state) {
  enum { COUNT = 200, DIMS = 4 };
  static double point[COUNT * DIMS], answer[COUNT * 2];
  struct percuta_surfaces surfaces;
  double term[40], at[2];
  (void)state;
  assert_int_equal(PERCUTA_OK, percuta_inference_design_normal(5, COUNT, DIMS, point));
  for (int i = 0; i < COUNT; ++i) {
    answer[2 * i] = quadratic(point + (size_t)i * DIMS);
    answer[2 * i + 1] = -7;
  }
  assert_int_equal(PERCUTA_OK,
                   percuta_inference_surface_fit(DIMS, 2, COUNT, point, answer, &surfaces));
  assert_true(surfaces.mixed);
  const double x[DIMS] = {0.3, -1.2, 2.1, 0.7};
  percuta_inference_surface_at(&surfaces, x, term, at);
  assert_true(fabs(at[0] - quadratic(x)) < 1e-7);
  assert_true(fabs(at[1] + 7) < 1e-9);
  assert_true(surfaces.surface[0].error < 1e-7);
  /* variances: 4 of x0, 1 of x1, 1/2 of x2 squared, 9/4 of the product */
  const double all = 4 + 1 + 0.5 + 2.25, expected[DIMS] = {6.25, 1, 2.75, 0};
  for (int d = 0; d < DIMS; ++d)
    assert_true(fabs(percuta_inference_surface_total_effect(&surfaces, 0, d) - expected[d] / all) <
                1e-7);
  assert_true(percuta_inference_surface_total_effect(&surfaces, 1, 0) == 0);
  percuta_inference_surface_clear(&surfaces);
}

/* What no quadratic surface can follow: its own error is that at points which it has not seen. */
static double wavy(const double *x) {
  return sin(1.7 * x[0]) + 0.3 * x[1] * x[1] * x[1] + x[2];
}

static void a_surface_knows_its_error(void **state) {
  enum { COUNT = 400, DIMS = 5, NEW = 4000 };
  static double point[COUNT * DIMS], answer[COUNT], other[NEW * DIMS];
  struct percuta_surfaces surfaces;
  double term[40], square = 0;
  (void)state;
  assert_int_equal(PERCUTA_OK, percuta_inference_design_normal(5, COUNT, DIMS, point));
  assert_int_equal(PERCUTA_OK, percuta_inference_design_normal(6, NEW, DIMS, other));
  for (int i = 0; i < COUNT; ++i)
    answer[i] = wavy(point + (size_t)i * DIMS);
  assert_int_equal(PERCUTA_OK,
                   percuta_inference_surface_fit(DIMS, 1, COUNT, point, answer, &surfaces));
  for (int i = 0; i < NEW; ++i) {
    double at;
    percuta_inference_surface_at(&surfaces, other + (size_t)i * DIMS, term, &at);
    const double error = at - wavy(other + (size_t)i * DIMS);
    square += error * error / NEW;
  }
  print_message("surface: error %.3f, foretold %.3f\n", sqrt(square), surfaces.surface[0].error);
  assert_true(sqrt(square) > 0.1);
  assert_true(fabs(surfaces.surface[0].error / sqrt(square) - 1) < 0.25);
  percuta_inference_surface_clear(&surfaces);
}

/* With too few points for products it does without them, and with fewer than terms it still
 * answers. */
static void a_surface_of_few_points(void **state) {
  enum { COUNT = 12, DIMS = 10 };
  double point[COUNT * DIMS], answer[COUNT], term[40], at;
  struct percuta_surfaces surfaces;
  (void)state;
  assert_int_equal(PERCUTA_OK, percuta_inference_design_normal(5, COUNT, DIMS, point));
  for (int i = 0; i < COUNT; ++i)
    answer[i] = 2 + point[i * DIMS];
  assert_int_equal(PERCUTA_OK,
                   percuta_inference_surface_fit(DIMS, 1, COUNT, point, answer, &surfaces));
  assert_false(surfaces.mixed);
  percuta_inference_surface_at(&surfaces, point, term, &at);
  assert_true(isfinite(at) && isfinite(surfaces.surface[0].error));
  percuta_inference_surface_clear(&surfaces);
}

enum { NORMAL_DIMS = 5, RHO_PERCENT = 80 };

/* Normal numbers of variances 1, 4, 9 ... around 1, 2, 3 ..., neighbours correlated by 0.8: an
 * autoregression, whose density is known in closed form. */
static double log_normal_density(void *context, const double *x) {
  const double rho = RHO_PERCENT / 100.0;
  double before = 0, sum = 0;
  (void)context;
  for (int d = 0; d < NORMAL_DIMS; ++d) {
    const double z = (x[d] - (d + 1)) / (d + 1);
    const double innovation = d ? (z - rho * before) / sqrt(1 - rho * rho) : z;
    sum -= 0.5 * innovation * innovation;
    before = z;
  }
  return sum;
}

/* 2 exp(-2 x) above zero, nothing below. */
static double log_exponential_density(void *context, const double *x) {
  (void)context;
  return x[0] > 0 ? -2 * x[0] : -INFINITY;
}

typedef enum percuta_status (*sampler)(const struct percuta_target *,
                                       const struct percuta_sampler_plan *, const double *,
                                       struct percuta_chains *);
static const struct {
  const char *name;
  sampler sample;
} SAMPLERS[] = {{"stretch", percuta_inference_stretch_sample},
                {"metropolis", percuta_inference_metropolis_sample}};

/* Mean of f(x) over all draws, and how many independent ones that is. */
static double mean_of(const struct percuta_chains *chains, double (*f)(const double *),
                      struct percuta_mixing *mixing) {
  const int count = chains->chains * chains->keep;
  double *value = calloc((size_t)count, sizeof *value), mean = 0;
  assert_non_null(value);
  for (int i = 0; i < count; ++i) {
    value[i] = f(chains->point + (size_t)i * (size_t)chains->dims);
    mean += value[i] / count;
  }
  assert_int_equal(PERCUTA_OK,
                   percuta_inference_chains_mixing(chains->chains, chains->keep, value, mixing));
  free(value);
  return mean;
}

static double first(const double *x) {
  return x[0];
}
static double last(const double *x) {
  return x[NORMAL_DIMS - 1];
}
static double last_spread(const double *x) {
  return (x[NORMAL_DIMS - 1] - NORMAL_DIMS) * (x[NORMAL_DIMS - 1] - NORMAL_DIMS);
}
static double product(const double *x) {
  return (x[0] - 1) * (x[1] - 2);
}

/* `spread` is the standard deviation of f; four standard errors of the mean are allowed. */
static void check_mean(const struct percuta_chains *chains, const char *name,
                       double (*f)(const double *), double expected, double spread) {
  struct percuta_mixing mixing;
  const double mean = mean_of(chains, f, &mixing);
  print_message("%s: %.4f, expected %.4f, R-hat %.4f, worth %.0f draws\n", name, mean, expected,
                mixing.rhat, mixing.effective);
  assert_true(mixing.rhat < 1.02);
  assert_true(mixing.effective > 400);
  assert_true(fabs(mean - expected) < 4 * spread / sqrt(mixing.effective));
}

static void samplers_find_a_normal_density(void **state) {
  const struct percuta_target target = {.dims = NORMAL_DIMS, .log_density = log_normal_density};
  const struct percuta_sampler_plan sampling = {
      .seed = 11, .chains = 12, .warm = 2000, .keep = 1500, .thin = 10};
  double start[12 * NORMAL_DIMS];
  (void)state;
  assert_int_equal(PERCUTA_OK, percuta_inference_design_normal(2, 12, NORMAL_DIMS, start));
  for (size_t s = 0; s < 2; ++s) {
    struct percuta_chains chains;
    assert_int_equal(PERCUTA_OK, SAMPLERS[s].sample(&target, &sampling, start, &chains));
    print_message("%s: %.2f accepted\n", SAMPLERS[s].name, chains.accepted);
    assert_true(chains.accepted > 0.1 && chains.accepted < 0.8);
    check_mean(&chains, SAMPLERS[s].name, first, 1, 1);
    check_mean(&chains, SAMPLERS[s].name, last, NORMAL_DIMS, NORMAL_DIMS);
    check_mean(&chains, SAMPLERS[s].name, last_spread, NORMAL_DIMS * NORMAL_DIMS,
               NORMAL_DIMS * NORMAL_DIMS * M_SQRT2);
    check_mean(&chains, SAMPLERS[s].name, product, 2 * 0.8, 2 * sqrt(1 + 0.8 * 0.8));
    percuta_inference_chains_clear(&chains);
  }
}

static void samplers_keep_to_where_there_is_a_density(void **state) {
  const struct percuta_target target = {.dims = 1, .log_density = log_exponential_density};
  const struct percuta_sampler_plan sampling = {
      .seed = 4, .chains = 8, .warm = 500, .keep = 1500, .thin = 5};
  const double start[8] = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8}, outside[8] = {-1};
  (void)state;
  for (size_t s = 0; s < 2; ++s) {
    struct percuta_chains chains;
    assert_int_equal(PERCUTA_OK, SAMPLERS[s].sample(&target, &sampling, start, &chains));
    for (int i = 0; i < 8 * 1500; ++i)
      assert_true(chains.point[i] > 0);
    check_mean(&chains, SAMPLERS[s].name, first, 0.5, 0.5);
    percuta_inference_chains_clear(&chains);
    assert_int_equal(PERCUTA_NUMERICS, SAMPLERS[s].sample(&target, &sampling, outside, &chains));
    percuta_inference_chains_clear(&chains);
  }
}

static void the_same_seed_gives_the_same_draws(void **state) {
  const struct percuta_target target = {.dims = 1, .log_density = log_exponential_density};
  struct percuta_sampler_plan sampling = {
      .seed = 4, .chains = 2, .warm = 50, .keep = 40, .thin = 1};
  const double start[2] = {0.1, 0.2};
  (void)state;
  for (size_t s = 0; s < 2; ++s) {
    struct percuta_chains one, two, other;
    sampling.seed = 4;
    assert_int_equal(PERCUTA_OK, SAMPLERS[s].sample(&target, &sampling, start, &one));
    assert_int_equal(PERCUTA_OK, SAMPLERS[s].sample(&target, &sampling, start, &two));
    sampling.seed = 5;
    assert_int_equal(PERCUTA_OK, SAMPLERS[s].sample(&target, &sampling, start, &other));
    assert_memory_equal(one.point, two.point, 80 * sizeof *one.point);
    assert_true(memcmp(one.point, other.point, 80 * sizeof *one.point) != 0);
    percuta_inference_chains_clear(&one);
    percuta_inference_chains_clear(&two);
    percuta_inference_chains_clear(&other);
  }
}

enum { WALKS = 4, LENGTH = 5000 };

/* Autoregressions of correlation `rho`, each around its own middle. */
static void walk(double rho, const double *middle, double *draw) {
  const struct percuta_random_key key = {.seed = 8, .purpose = PERCUTA_RANDOM_CHAIN};
  for (int c = 0; c < WALKS; ++c) {
    double x = 0;
    for (int i = 0; i < LENGTH; ++i) {
      double normal[2];
      percuta_base_random_normal2(key, (uint32_t)c, (uint32_t)i, normal);
      x = rho * x + sqrt(1 - rho * rho) * normal[0];
      draw[c * LENGTH + i] = middle[c] + x;
    }
  }
}

static void chains_are_worth_what_theory_says(void **state) {
  static const double same[WALKS] = {0}, apart[WALKS] = {0, 0, 0, 1};
  static const double rhos[] = {0, 0.5, 0.9};
  static double draw[WALKS * LENGTH];
  struct percuta_mixing mixing;
  (void)state;
  for (int r = 0; r < 3; ++r) {
    walk(rhos[r], same, draw);
    assert_int_equal(PERCUTA_OK, percuta_inference_chains_mixing(WALKS, LENGTH, draw, &mixing));
    const double expected = WALKS * LENGTH * (1 - rhos[r]) / (1 + rhos[r]);
    print_message("correlation %.1f: R-hat %.4f, worth %.0f draws, expected %.0f\n", rhos[r],
                  mixing.rhat, mixing.effective, expected);
    assert_true(fabs(mixing.effective / expected - 1) < 0.15);
    assert_true(mixing.rhat > 0.99 && mixing.rhat < 1.02);
  }
  walk(0.5, apart, draw);
  assert_int_equal(PERCUTA_OK, percuta_inference_chains_mixing(WALKS, LENGTH, draw, &mixing));
  assert_true(mixing.rhat > 1.05 && mixing.effective < 100);
  memset(draw, 0, sizeof draw);
  assert_int_equal(PERCUTA_OK, percuta_inference_chains_mixing(WALKS, LENGTH, draw, &mixing));
  assert_true(mixing.rhat == 1 && mixing.effective == WALKS * LENGTH);
}

/* Two values of one study, one of another: beside the densities written out. */
static void values_of_a_study_share_its_error(void **state) {
  const struct percuta_datum datum[] = {{PERCUTA_DATUM_VALUE, 1, 0.3, 0, 0},
                                        {PERCUTA_DATUM_VALUE, 2, 0.4, 0, 1},
                                        {PERCUTA_DATUM_VALUE, -1, 0.5, 1, 0}};
  const double stage[] = {0.2, 0.1}, emulator[] = {0.1, 0, 0.05}, predicted[] = {1.5, 2.2, -0.4};
  const struct percuta_datum_errors errors = {.study = 0.6, .stage = stage, .emulator = emulator};
  (void)state;
  const double a = 0.09 + 0.04 + 0.01 + 0.36, b = 0.16 + 0.01 + 0.36, c = 0.36;
  const double determinant = a * b - c * c, x = 0.5, y = 0.2;
  const double first = -0.5 * ((b * x * x - 2 * c * x * y + a * y * y) / determinant +
                               log(determinant) + 2 * log(2 * M_PI));
  const double v = 0.25 + 0.04 + 0.0025 + 0.36;
  const double second = -0.5 * (0.36 / v + log(v) + log(2 * M_PI));
  assert_true(fabs(percuta_inference_likelihood_log(3, datum, predicted, &errors) - first -
                   second) < 1e-12);
}

/* A bound that holds says nothing, one that is met half, one that is far off is unlikely. */
static void bounds_are_censored_values(void **state) {
  const struct percuta_datum least = {PERCUTA_DATUM_AT_LEAST, 2, 0.3, 0, 0},
                             most = {PERCUTA_DATUM_AT_MOST, 2, 0.3, 0, 0},
                             order = {PERCUTA_DATUM_ORDER, 2, 0.3, 0, 0};
  const double none = 0, far = 2 + 30 * 0.5, met = 2, below = 2 - 20 * 0.5;
  const struct percuta_datum_errors errors = {.study = 0.4, .stage = &none};
  (void)state;
  assert_true(fabs(percuta_inference_likelihood_log(1, &least, &far, &errors)) < 1e-12);
  assert_true(fabs(percuta_inference_likelihood_log(1, &most, &met, &errors) + M_LN2) < 1e-12);
  assert_true(fabs(percuta_inference_likelihood_log(1, &order, &met, &errors) + M_LN2) < 1e-12);
  const double tail = percuta_inference_likelihood_log(1, &least, &below, &errors);
  assert_true(isfinite(tail)); /* log Phi(-20) = -203.917 */
  assert_true(fabs(tail + 203.917155) < 1e-5);
  assert_true(percuta_inference_likelihood_log(1, &most, &far, &errors) < -400);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(hypercubes_hold_one_point_in_a_stratum),
                                     cmocka_unit_test(a_surface_finds_a_quadratic_answer),
                                     cmocka_unit_test(a_surface_knows_its_error),
                                     cmocka_unit_test(a_surface_of_few_points),
                                     cmocka_unit_test(samplers_find_a_normal_density),
                                     cmocka_unit_test(samplers_keep_to_where_there_is_a_density),
                                     cmocka_unit_test(the_same_seed_gives_the_same_draws),
                                     cmocka_unit_test(chains_are_worth_what_theory_says),
                                     cmocka_unit_test(values_of_a_study_share_its_error),
                                     cmocka_unit_test(bounds_are_censored_values)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
