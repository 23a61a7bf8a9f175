/* The second core: the constants that rest leaves, the published equations integrated in hours by
 * another method, rest for a year, slopes, fidelities, what the trigger hands it. */
#include "model_fixture.h"

#include <string.h>

#include "healing/parts/trigger.h"
#include "healing/pensalfini/pensalfini.h"

static const unsigned CORE = FIXTURE_PART(pensalfini);

/* One cell of dermis of which `injured` is cut and `clotted` filled by clot. */
static struct fixture_model cut_cell(const struct percuta_cascade *cascade, double injured,
                                     double clotted) {
  const double face[] = {2e-4, 1.2e-3};
  struct percuta_grid *grid = NULL;
  double *u;
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create(1, 1, 1e-3, 1e-3, face, 1, &grid));
  struct fixture_model m = fixture_model(grid, 1e-7, cascade);
  const struct percuta_injury injury = {
      .grid = grid, .y_count = 1, .injured = &injured, .clotted = &clotted, .signal_rel = 1};
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  percuta_healing_injure(m.healing, &injury, u);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  return m;
}

/* As published: p_c,rho = 0.00694 /h, K_rho,rho = 1.165 and K_phi,rho = 0.703 follow from rest. */
static void rest_gives_the_constants(void **state) {
  (void)state;
  struct percuta_cascade cascade = fixture_cascade(CORE, NULL);
  const struct percuta_pensalfini *p = PERCUTA_PART(&cascade, pensalfini);
  assert_true(fabs(3600 * p->cytokine_making - 0.00694) < 5e-6);
  assert_true(fabs(1 / p->crowding - 1.165) < 5e-4);
  assert_true(fabs(p->production_room - 0.703) < 5e-4);
}

/* The equations as published, in hours, with the constants written out; y = a, c, rho, phi. */
static void published(const double *y, double *rate) {
  const double h = 0.5, kcc = 1.2, pcr = 0.00386 * (1 + kcc) / (1 + 0.447 * h);
  const double pr = 0.0154, prc = 1.48 * pr, pre = 0.109 * pr, krc = 1.31, dr = 0.00369;
  const double krr = 1 / (1 - dr / (pr + prc / (1 + krc) + pre * h));
  const double pf = 9.34e-4, pfc = 1.41e-3, pfe = 4.96 * pf, kfc = 1.08, df = 2.02e-3;
  const double dfc = 2.87e-4, kfr = (pf + pfc / (1 + kfc) + pfe * h) / (df + dfc) - 1;
  double a = y[0], c = y[1], n = y[2], f = y[3];
  rate[0] = -0.0128 * a;
  rate[1] = 0.208 * a + (pcr * c + 0.447 * pcr * h) * n / (kcc + c) - 0.00386 * c;
  rate[2] = (pr + prc * c / (krc + c) + pre * h) * (1 - n / krr) * n - dr * n;
  rate[3] = (pf + pfc * c / (kfc + c) + pfe * h) * n / (kfr + f) - (df + c * n * dfc) * f;
}

/* The classical Runge-Kutta step. */
static void runge_kutta(double *y, double step) {
  double k[4][4], at[4];
  for (int s = 0; s < 4; ++s) {
    for (int i = 0; i < 4; ++i)
      at[i] = y[i] + (s == 0 ? 0 : (s == 3 ? 1 : 0.5) * step * k[s - 1][i]);
    published(at, k[s]);
  }
  for (int i = 0; i < 4; ++i)
    y[i] += step / 6 * (k[0][i] + 2 * k[1][i] + 2 * k[2][i] + k[3][i]);
}

/* Half of the tissue cut: the cytokine peaks near day 6, collagen is back by day 60 and is the same
 * as before at the end of the year, having never been more. */
static void course_of_a_pulse(void **state) {
  (void)state;
  const enum percuta_field field[] = {PERCUTA_FIELD_inflammatory, PERCUTA_FIELD_cytokine,
                                      PERCUTA_FIELD_fibroblast, PERCUTA_FIELD_collagen};
  struct percuta_cascade cascade = fixture_cascade(CORE, NULL);
  struct fixture_model m = cut_cell(&cascade, 0.5, 0.0);
  double y[] = {0.5, 0.5, 0.5, 0.5}, highest = 0, peak = 0, month = 0;
  for (int quarter = 1; quarter <= 365 * 4; ++quarter) {
    for (int i = 0; i < 60; ++i)
      runge_kutta(y, 0.1);
    fixture_advance(m.stepper, quarter * PERCUTA_DAY / 4);
    for (int f = 0; f < 4; ++f)
      assert_true(fabs(fixture_mean(&m, field[f]) - y[f]) < 2e-5 * fmax(1, y[f]));
    double cytokine = fixture_mean(&m, PERCUTA_FIELD_cytokine);
    if (cytokine > highest)
      highest = cytokine, peak = 0.25 * quarter;
    if (quarter == 240)
      month = fixture_mean(&m, PERCUTA_FIELD_collagen);
    assert_true(fixture_mean(&m, PERCUTA_FIELD_collagen) < 1 + 1e-6);
  }
  assert_true(peak > 5 && peak < 7.5);
  assert_true(month > 0.98);
  assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_collagen) - 1) < 1e-6);
  fixture_model_clear(&m);
}

/* A patch of skin, young or aged, with every extension, left alone for a year. */
static void rest_for_a_year(void **state) {
  (void)state;
  struct percuta_cascade cascade = fixture_cascade((fixture_all() & ~FIXTURE_CORES) | CORE, NULL);
  for (int aged = 0; aged < 2; ++aged) {
    struct fixture_model m = fixture_model(fixture_grid(3, 12, 1e-3, 1.4e-3, 0.3), 1e-4, &cascade);
    size_t size = m.mesh->local * (size_t)cascade.layout.count;
    double *before = malloc(size * sizeof *before), *u;
    assert_non_null(before);
    for (size_t c = 0; c < m.mesh->local; ++c)
      m.healing->rest[c] *= aged ? 0.7 : 1.0;
    CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
    percuta_healing_rest(m.healing, u);
    for (size_t i = 0; i < size; ++i)
      before[i] = u[i];
    CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
    fixture_advance(m.stepper, PERCUTA_YEAR);
    CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
    for (size_t i = 0; i < size; ++i)
      assert_true(fabs(u[i] - before[i]) < 1e-6);
    CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
    free(before);
    fixture_model_clear(&m);
  }
}

/* Alone the core's slopes are the derivatives of its rates, for the cells and collagen as well. */
static void slopes_are_derivatives(void **state) {
  (void)state;
  struct percuta_cascade cascade = fixture_cascade(CORE, NULL);
  double u[PERCUTA_FIELD_COUNT] = {0}, rate[PERCUTA_FIELD_COUNT], rest = 0.8;
  struct percuta_piece piece = {.count = 1, .dermal = true, .rest = &rest};
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    piece.u[f] = &u[f];
    piece.rate[f] = &rate[f];
  }
  u[PERCUTA_FIELD_inflammatory] = 0.2;
  u[PERCUTA_FIELD_cytokine] = 2.1;
  u[PERCUTA_FIELD_fibroblast] = 0.9;
  u[PERCUTA_FIELD_collagen] = 0.6;
  for (int p = 0; p < cascade.layout.count; ++p) {
    enum percuta_field field = cascade.layout.field[p];
    double keep = u[field], side[2];
    for (int s = 0; s < 2; ++s) {
      memset(rate, 0, sizeof rate);
      u[field] = keep + (s ? 1e-6 : -1e-6);
      percuta_healing_cascade_rate(&cascade, &piece);
      side[s] = rate[field];
    }
    u[field] = keep;
    memset(rate, 0, sizeof rate);
    percuta_healing_cascade_slope(&cascade, &piece);
    double exact = (side[1] - side[0]) / 2e-6;
    assert_true(exact < 0);
    assert_true(fabs(rate[field] / exact - 1) < 1e-5);
  }
}

/* Cuts a twentieth of every cell down to 0.8 mm. */
static struct fixture_model even_model(int n) {
  struct percuta_cascade cascade = fixture_cascade(CORE | FIXTURE_PART(trigger), NULL);
  struct fixture_model m = fixture_model(fixture_grid(n, 24, 1e-3, 1.4e-3, 0.3), 1e-5, &cascade);
  struct percuta_injury injury = {.grid = m.grid, .y_count = m.mesh->y_count, .signal_rel = 1};
  double *u;
  injury.injured = calloc(m.mesh->local, sizeof(double));
  injury.clotted = calloc(m.mesh->local, sizeof(double));
  assert_non_null(injury.injured);
  assert_non_null(injury.clotted);
  for (size_t c = 0; c < m.mesh->local; ++c) {
    injury.injured[c] = m.grid->z_face[c / ((size_t)n * (size_t)n) + 1] < 8e-4 ? 0.05 : 0.0;
    injury.clotted[c] = 0.5 * injury.injured[c];
  }
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  percuta_healing_injure(m.healing, &injury, u);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  percuta_healing_injury_clear(&injury);
  return m;
}

/* Even across, a patch is a column. */
static void patch_agrees_with_column(void **state) {
  (void)state;
  struct fixture_model column = even_model(1), patch = even_model(5);
  const double days[] = {1, 10, 60};
  for (int i = 0; i < 3; ++i) {
    fixture_advance(column.stepper, days[i] * PERCUTA_DAY);
    fixture_advance(patch.stepper, days[i] * PERCUTA_DAY);
    for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
      double a = fixture_mean(&column, (enum percuta_field)f);
      double b = fixture_mean(&patch, (enum percuta_field)f);
      assert_true(fabs(a - b) < 1e-7 * fmax(1, fabs(a)));
    }
  }
  fixture_model_clear(&column);
  fixture_model_clear(&patch);
}

/* Two cells cut out of a patch: fast movement in what fills them leaves no lasting trace around. */
static void holes_fill_without_a_trace(void **state) {
  (void)state;
  enum { N = 16 };
  struct percuta_cascade cascade = fixture_cascade(CORE, NULL);
  struct fixture_model m = fixture_model(fixture_grid(N, 12, 8e-4, 1.4e-3, 0.3), 1e-5, &cascade);
  assert_true(m.healing->strictness == 0.1); /* so that a run asks for this at 1e-4 */
  struct percuta_injury injury = {.grid = m.grid, .y_count = m.mesh->y_count, .signal_rel = 1};
  double *u;
  injury.injured = calloc(m.mesh->local, sizeof(double));
  injury.clotted = calloc(m.mesh->local, sizeof(double));
  assert_non_null(injury.injured);
  assert_non_null(injury.clotted);
  for (size_t k = 0; k < 8; ++k)
    injury.injured[k * N * N + 5 * N + 3] = injury.injured[k * N * N + 12 * N + 10] = 1;
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  percuta_healing_injure(m.healing, &injury, u);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  percuta_healing_injury_clear(&injury);
  fixture_advance(m.stepper, PERCUTA_YEAR);
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  const double *cells = fixture_field(&m, u, PERCUTA_FIELD_fibroblast);
  const double *collagen = fixture_field(&m, u, PERCUTA_FIELD_collagen);
  for (size_t c = 0; c < m.mesh->local; ++c) {
    if (!m.healing->dermal[c / (N * N)])
      continue;
    assert_true(fabs(cells[c] - 1) < 3e-4);
    assert_true(fabs(collagen[c] - 1) < 3e-4);
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_collagen) - 1) < 1e-5);
  fixture_model_clear(&m);
}

/* Where the inflammatory signal never fades, it adds up to all that the trigger releases. */
static void trigger_feeds_the_inflammatory_signal(void **state) {
  (void)state;
  struct percuta_cascade cascade = fixture_cascade(CORE | FIXTURE_PART(trigger), NULL);
  const struct percuta_trigger *t = PERCUTA_PART(&cascade, trigger);
  struct percuta_pensalfini law = *PERCUTA_PART(&cascade, pensalfini);
  law.calming = 0;
  PERCUTA_PART_KEEP(&cascade, pensalfini, &law);
  struct fixture_model m = cut_cell(&cascade, 0.1, 0.05);
  double platelets = 0.05 * t->platelet_signal, macrophages = 0.1 * (1 - t->platelet_signal);
  assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_inflammatory) - platelets) < 1e-14);
  fixture_advance(m.stepper, 200 * PERCUTA_DAY);
  assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_inflammatory) - platelets - macrophages) < 1e-6);
  fixture_model_clear(&m);
}

/* Greatest where it is said to be, as measured; slow in no collagen and in healthy dermis. */
static void mobility_has_its_peak(void **state) {
  (void)state;
  struct percuta_cascade cascade = fixture_cascade(CORE, NULL);
  const struct percuta_pensalfini *p = PERCUTA_PART(&cascade, pensalfini);
  double at = p->mobility_collagen;
  const double collagen[] = {0, at, 0.99 * at, 1.01 * at, 1, -1e-9};
  double share[6];
  percuta_healing_cascade_guidance(&cascade, 6, collagen, share);
  assert_true(share[0] == 0.0 && share[5] == 0.0);
  assert_true(fabs(share[1] - 1) < 1e-15);
  assert_true(share[2] < 1 && share[3] < 1);
  assert_true(share[4] < 0.01);
  struct percuta_drift drift[PERCUTA_FIELD_COUNT];
  percuta_healing_cascade_drift(&cascade, drift);
  double peak = drift[PERCUTA_FIELD_fibroblast].constant + drift[PERCUTA_FIELD_fibroblast].guided;
  assert_true(fabs(peak / 2.12e-2 * 3600e6 - 1) < 1e-12);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rest_gives_the_constants),
      cmocka_unit_test(course_of_a_pulse),
      cmocka_unit_test(rest_for_a_year),
      cmocka_unit_test(slopes_are_derivatives),
      cmocka_unit_test(patch_agrees_with_column),
      cmocka_unit_test(holes_fill_without_a_trace),
      cmocka_unit_test(trigger_feeds_the_inflammatory_signal),
      cmocka_unit_test(mobility_has_its_peak),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
