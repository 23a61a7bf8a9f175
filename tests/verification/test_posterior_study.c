/* The joint posterior of a list of two parameters: as integration over a grid has it, with the
 * model itself at every point and nothing drawn; and the likelihood of rows on the scales they are
 * on. */
#include "../unit/catalogue_fixture.h"
#include "model_fixture.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "study/fit_beside.h"
#include "study/posterior.h"
#include "study/rows.h"

#define MATURING                                                                                   \
  "  - {name: crosslinks.maturing, unit: 1/day, prior: 6.3e-4, low: 1e-4, high: 4e-3}\n"
#define LOSS "  - {name: crosslinks.loss, unit: 1/day, prior: 7.0e-4, low: 1e-4, high: 5e-3}\n"
#define HEAD "stage: healing\nparameters:\n" MATURING
#define ROWS_OF_THE_LIST "rows: [HEAL-129, HEAL-131, HEAL-148]\n"

static const char LIST[] = HEAD LOSS ROWS_OF_THE_LIST;

/* The same two, the second no parameter of the surfaces. */
static const char BESIDE[] = HEAD "beside:\n" LOSS ROWS_OF_THE_LIST;

enum { SIDE = 9, ERRORS = 9, PARAMETERS = 2, ROWS = 3, SHIP = 60 };
static const double REACH = 3; /* of the grid, standard deviations */

static enum percuta_status read_list(const char *list, struct percuta_diag *diag,
                                     struct percuta_fit *fit) {
  char path[] = P_tmpdir "/percuta-posterior-XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  assert_true(write(file, list, strlen(list)) == (ssize_t)strlen(list));
  close(file);
  const enum percuta_status status =
      percuta_study_fit_read(fixture_catalogue(), path, NULL, diag, fit);
  unlink(path);
  return status;
}

static double at(int index, int count) {
  return REACH * (2.0 * index / (count - 1) - 1);
}

/* Probability of a prediction of the rows, both errors integrated over. */
static double marginal(const struct percuta_fit *fit, const double *predicted) {
  double sum = 0;
  for (int i = 0; i < ERRORS; ++i) {
    for (int j = 0; j < ERRORS; ++j) {
      const double u = at(i, ERRORS), v = at(j, ERRORS);
      const double error[PERCUTA_POSTERIOR_ERRORS] = {0.3 * exp(u), 0.3 * exp(v)};
      sum += exp(percuta_study_posterior_likelihood(fit, predicted, error) - (u * u + v * v) / 2);
    }
  }
  return sum;
}

/* Mean and standard deviation of each parameter by the grid. */
static void integrate(const struct percuta_fit *fit, double *mean, double *deviation) {
  static double z[SIDE * SIDE * PARAMETERS], predicted[SIDE * SIDE * ROWS];
  static bool lost[SIDE * SIDE];
  double sum = 0, square[PARAMETERS] = {0};
  for (int i = 0; i < SIDE * SIDE; ++i) {
    z[2 * i] = at(i % SIDE, SIDE);
    z[2 * i + 1] = at(i / SIDE, SIDE);
  }
  assert_int_equal(PERCUTA_OK, percuta_study_fit_predict(fit, SIDE * SIDE, z, predicted, lost));
  mean[0] = mean[1] = 0;
  for (int i = 0; i < SIDE * SIDE; ++i) {
    assert_false(lost[i]);
    const double prior = exp(-(z[2 * i] * z[2 * i] + z[2 * i + 1] * z[2 * i + 1]) / 2);
    const double weight = prior * marginal(fit, predicted + (size_t)i * ROWS);
    sum += weight;
    for (int p = 0; p < PARAMETERS; ++p) {
      mean[p] += weight * z[2 * i + p];
      square[p] += weight * z[2 * i + p] * z[2 * i + p];
    }
  }
  for (int p = 0; p < PARAMETERS; ++p) {
    mean[p] /= sum;
    deviation[p] = sqrt(square[p] / sum - mean[p] * mean[p]);
  }
}

/* What is written is what was drawn: a row for each draw, each row of the list on the page. */
static void check_written(const struct percuta_fit *fit,
                          const struct percuta_posterior *posterior) {
  char folder[] = P_tmpdir "/percuta-draws-XXXXXX", path[128], text[1 << 14], head[200];
  assert_non_null(mkdtemp(folder));
  assert_int_equal(PERCUTA_OK, percuta_study_posterior_page_write(fit, posterior, folder));
  snprintf(path, sizeof path, "%s/draws.csv", folder);
  FILE *stream = fopen(path, "r");
  assert_non_null(stream);
  assert_non_null(fgets(head, sizeof head, stream));
  assert_string_equal(head, "crosslinks.maturing,crosslinks.loss,error_study,error_stage,"
                            "log_likelihood\n");
  for (int i = 0; i < SHIP; ++i) {
    double value[PARAMETERS + PERCUTA_POSTERIOR_ERRORS + 1];
    assert_int_equal(5, fscanf(stream, "%lf,%lf,%lf,%lf,%lf", &value[0], &value[1], &value[2],
                               &value[3], &value[4]));
    const double expected = percuta_study_fit_value(&fit->parameter[0], posterior->z[2 * i]);
    assert_true(fabs(value[0] / expected - 1) < 1e-6);
    assert_true(fabs(value[4] - posterior->log_likelihood[i]) < 1e-5);
  }
  fclose(stream);
  unlink(path);
  snprintf(path, sizeof path, "%s/posterior.md", folder);
  stream = fopen(path, "r");
  assert_non_null(stream);
  text[fread(text, 1, sizeof text - 1, stream)] = '\0';
  fclose(stream);
  assert_non_null(strstr(text, "| HEAL-129 |"));
  assert_non_null(strstr(text, "`crosslinks.loss`"));
  assert_null(strstr(text, "nan"));
  unlink(path);
  rmdir(folder);
}

/* What the draws of a list have in common with the grid. */
static void check_draws(const struct percuta_fit *fit, const struct percuta_posterior *posterior,
                        const double *expected, const double *spread) {
  assert_int_equal(SHIP, posterior->ship);
  print_message("worth %.2f, accepted %.2f, samplers %.3f apart\n", posterior->worth,
                posterior->accepted, posterior->apart);
  assert_true(posterior->apart < 0.1);
  for (int p = 0; p < PARAMETERS; ++p) {
    double mean = 0, square = 0;
    for (int i = 0; i < SHIP; ++i) {
      mean += posterior->z[PARAMETERS * i + p] / SHIP;
      square += posterior->z[PARAMETERS * i + p] * posterior->z[PARAMETERS * i + p] / SHIP;
    }
    const double deviation = sqrt(square - mean * mean);
    print_message("%s: %.3f and %.3f, by the grid %.3f and %.3f\n", fit->parameter[p].name, mean,
                  deviation, expected[p], spread[p]);
    assert_true(fabs(mean - expected[p]) < 4 * spread[p] / sqrt(SHIP * posterior->worth));
    assert_true(fabs(deviation / spread[p] - 1) < 0.3);
  }
  for (int p = 0; p < posterior->emulated; ++p)
    assert_true(posterior->mixing[p].rhat < 1.05 && posterior->mixing[p].effective > 400);
  for (int i = 0; i < SHIP; ++i) { /* what is shipped is the model's own */
    const double again =
        percuta_study_posterior_likelihood(fit, posterior->predicted + (size_t)i * ROWS,
                                           posterior->error + (size_t)i * PERCUTA_POSTERIOR_ERRORS);
    assert_true(posterior->log_likelihood[i] == again);
  }
}

static void draws_are_those_of_the_posterior(void **state) {
  const struct percuta_posterior_plan plan = {
      .seed = 3, .points = 40, .rounds = 2, .ship = SHIP, .moves = 2};
  const char *const lists[] = {LIST, BESIDE};
  struct percuta_diag *diag = NULL;
  struct percuta_posterior posterior;
  double expected[PARAMETERS], spread[PARAMETERS];
  (void)state;
  assert_int_equal(0, percuta_base_diag_create(&diag));
  for (int i = 0; i < 2; ++i) {
    struct percuta_fit fit;
    assert_int_equal(PERCUTA_OK, read_list(lists[i], diag, &fit));
    if (i == 0)
      integrate(&fit, expected, spread);
    assert_int_equal(PARAMETERS - i, fit.emulated);
    assert_int_equal(PERCUTA_OK, percuta_study_posterior_draw(&fit, &plan, &posterior));
    check_draws(&fit, &posterior, expected, spread);
    if (i == 0)
      check_written(&fit, &posterior);
    percuta_study_posterior_clear(&posterior);
    percuta_study_fit_clear(&fit);
  }
  percuta_base_diag_destroy(&diag);
}

/* Bounds, a core, draws of insertion, uniform priors. */
static void lists_say_more(void **state) {
  static const char list[] =
      HEAD "  - {name: tension.cutting, unit: \"1\", spread: uniform, low: 1, high: 3}\n"
           "core: pensalfini\ninsertion: draws\n"
           "bounds:\n  - {below: 6.3e-4, product: {crosslinks.maturing: 1}}\n" ROWS_OF_THE_LIST;
  struct percuta_diag *diag = NULL;
  struct percuta_fit fit;
  (void)state;
  assert_int_equal(0, percuta_base_diag_create(&diag));
  assert_int_equal(PERCUTA_OK, read_list(list, diag, &fit));
  assert_int_equal(3, fit.parameters);
  assert_int_equal(2, fit.emulated);
  assert_int_equal(PERCUTA_CORE_PENSALFINI, fit.scenario[0]->core);
  const double z[][3] = {{-0.1, 0, 0}, {0.1, 0, 0}};
  assert_true(percuta_study_fit_beside_allows(&fit, z[0]));
  assert_false(percuta_study_fit_beside_allows(&fit, z[1]));
  assert_true(fabs(percuta_study_fit_value(&fit.parameter[1], 0) - 2) < 1e-12);
  assert_true(fabs(percuta_study_fit_value(&fit.parameter[1], 1) - 2.6826894921370859) < 1e-9);
  for (int p = 0; p < 2; ++p)
    assert_true(fabs(percuta_study_fit_place(&fit.parameter[p],
                                             percuta_study_fit_value(&fit.parameter[p], 0.7)) -
                     0.7) < 1e-9);
  assert_true(percuta_study_fit_value(&fit.parameter[2], -9) == 0);
  assert_true(percuta_study_fit_value(&fit.parameter[2], 9) == fit.insertion->count - 1);
  assert_true(percuta_study_fit_value(&fit.parameter[2],
                                      percuta_study_fit_place(&fit.parameter[2], 17)) == 17);
  percuta_study_fit_clear(&fit);
  static const char *const wrong[] = {
      HEAD "core: mine\n" ROWS_OF_THE_LIST, HEAD "insertion: mean\n" ROWS_OF_THE_LIST,
      HEAD "bounds: [{below: 1}]\n" ROWS_OF_THE_LIST,
      HEAD "bounds: [{below: 1, product: {crosslinks.loss: 1}}]\n" ROWS_OF_THE_LIST};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; ++i) {
    percuta_base_diag_destroy(&diag);
    assert_int_equal(0, percuta_base_diag_create(&diag));
    assert_int_equal(PERCUTA_BAD_INPUT, read_list(wrong[i], diag, &fit));
    assert_int_equal(1, percuta_base_diag_count(diag));
  }
  percuta_base_diag_destroy(&diag);
}

/* A row that is no row of the data: where a prediction of it lies. */
static double place(const char *scale, struct percuta_band band, double predicted) {
  const struct percuta_evidence_row evidence = {.scale = scale};
  const struct percuta_fit_row row = {.row = &evidence, .band = band};
  return percuta_study_rows_place(&row, predicted);
}

static void rows_lie_on_their_scales(void **state) {
  const struct percuta_band value = {.low = 50, .centre = 100, .high = 200},
                            most = {.low = -INFINITY, .centre = 3, .high = 3},
                            rise = {.low = 0, .centre = 40, .high = INFINITY};
  (void)state;
  assert_true(fabs(place("amount", value, 200) - 1) < 1e-12);
  assert_true(fabs(place("amount", value, 50) + 1) < 1e-12);
  assert_true(place("amount", value, 100) == 0);
  assert_true(place("amount", value, 1e9) == 8);
  assert_true(fabs(place("amount", most, 4.5) - 1) < 1e-12);
  assert_true(place("amount", value, 0) == -8);
  const struct percuta_band least = {.low = 3, .centre = 3, .high = INFINITY};
  assert_true(place("amount", least, NAN) == -8); /* what did not come about meets no lower bound */
  assert_true(place("sign", rise, NAN) == -8);
  assert_true(place("amount", most, NAN) > 0);
  assert_true(place("amount", value, NAN) > 0);
  assert_true(fabs(place("sign", rise, -10) + 1) < 1e-12);
  assert_true(fabs(place("sign", rise, 10) - 1) < 1e-12);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(rows_lie_on_their_scales),
                                     cmocka_unit_test(lists_say_more),
                                     cmocka_unit_test(draws_are_those_of_the_posterior)};
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
