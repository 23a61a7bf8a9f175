/* Between signal and collagen: the latent pool and the switch are the closed forms of their
 * equations, infinitely fast they are the published core, and the clock of one session is that of
 * micro-wounds: nothing before day 2, most within a month, some after three. */
#include "model_fixture.h"

#include "healing/koppenol/koppenol.h"
#include "healing/parts/activation.h"
#include "healing/parts/latent.h"

static const unsigned SETS[] = {FIXTURE_PART(koppenol) | FIXTURE_PART(activation),
                                FIXTURE_PART(pensalfini) | FIXTURE_PART(activation)};

/* One cell of dermis. */
struct cell {
  double u[PERCUTA_FIELD_COUNT], rate[PERCUTA_FIELD_COUNT], rest;
  struct percuta_piece piece;
};

static void open_cell(struct cell *cell, const struct percuta_cascade *cascade) {
  *cell = (struct cell){.rest = 0.9};
  cell->piece = (struct percuta_piece){.count = 1, .dermal = true, .rest = &cell->rest};
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    cell->piece.u[f] = &cell->u[f];
    cell->piece.rate[f] = &cell->rate[f];
  }
  const struct percuta_tissue site = {.dermal = true, .rest = cell->rest};
  percuta_healing_cascade_rest(cascade, &site, cell->u);
}

static void take_rates(const struct percuta_cascade *cascade, struct cell *cell) {
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f)
    cell->rate[f] = 0;
  percuta_healing_cascade_rate(cascade, &cell->piece);
}

/* Under a constant call q: P = P_1 (1 - exp(-K t)), K = k_on q + k_off (1 - q), P_1 = k_on q/K, and
 * A = P_1 [1 - (k_s exp(-K t) - K exp(-k_s t))/(k_s - K)]. */
static void switch_is_the_closed_form(void **state) {
  (void)state;
  for (int set = 0; set < 2; ++set) {
    struct percuta_cascade cascade = fixture_cascade(SETS[set], NULL);
    const struct percuta_activation a = *PERCUTA_PART(&cascade, activation);
    struct cell cell;
    open_cell(&cell, &cascade);
    cell.u[set ? PERCUTA_FIELD_cytokine : PERCUTA_FIELD_signal] = set ? 4 : 0.3;
    take_rates(&cascade, &cell);
    const double q = cell.piece.called[0], step = PERCUTA_DAY / 200;
    assert_true(q > 0.1 && q < 1);
    double t = 0, *p = &cell.u[PERCUTA_FIELD_primed], *m = &cell.u[PERCUTA_FIELD_active];
    for (int n = 0; n < 4000; ++n, t += step) { /* midpoint rule */
      const double before[2] = {*p, *m};
      take_rates(&cascade, &cell);
      *p += 0.5 * step * cell.rate[PERCUTA_FIELD_primed];
      *m += 0.5 * step * cell.rate[PERCUTA_FIELD_active];
      take_rates(&cascade, &cell);
      *p = before[0] + step * cell.rate[PERCUTA_FIELD_primed];
      *m = before[1] + step * cell.rate[PERCUTA_FIELD_active];
    }
    const double rate = a.switching_on * q + a.switching_off * (1 - q), k = a.making_ready;
    const double end = a.switching_on * q / rate;
    assert_true(fabs(*p - end * (1 - exp(-rate * t))) < 1e-6);
    assert_true(fabs(*m - end * (1 - (k * exp(-rate * t) - rate * exp(-k * t)) / (k - rate))) <
                1e-6);
  }
}

/* Where A = q the core does what it does without the switch: with k_on = k_off, and all fast, that
 * is where it stays. */
static void fast_it_is_the_core(void **state) {
  (void)state;
  for (int set = 0; set < 2; ++set) {
    struct percuta_cascade with = fixture_cascade(SETS[set], NULL);
    struct percuta_cascade without = fixture_cascade(SETS[set] & ~FIXTURE_PART(activation), NULL);
    struct percuta_activation law = *PERCUTA_PART(&with, activation);
    law.switching_on = law.switching_off = law.making_ready = 1e3;
    PERCUTA_PART_KEEP(&with, activation, &law);
    struct cell a, b;
    open_cell(&a, &with);
    open_cell(&b, &without);
    a.u[PERCUTA_FIELD_signal] = b.u[PERCUTA_FIELD_signal] = set ? 0 : 0.2;
    a.u[PERCUTA_FIELD_cytokine] = b.u[PERCUTA_FIELD_cytokine] = 3;
    take_rates(&without, &b);
    a.u[PERCUTA_FIELD_primed] = a.u[PERCUTA_FIELD_active] = b.piece.called[0];
    take_rates(&with, &a);
    assert_true(fabs(a.rate[PERCUTA_FIELD_primed]) < 1e-12 * law.switching_on);
    assert_true(fabs(a.rate[PERCUTA_FIELD_active]) < 1e-12 * law.making_ready);
    assert_true(fabs(a.piece.produced[0] / b.piece.produced[0] - 1) < 1e-14);
    assert_true(b.piece.produced[0] > 0);
  }
}

/* L = L_0 exp(-k t), and what it loses is what the signal gains. */
static void latent_is_set_free(void **state) {
  (void)state;
  const unsigned sets[] = {FIXTURE_PART(koppenol), FIXTURE_PART(pensalfini)};
  for (int set = 0; set < 2; ++set) {
    struct percuta_cascade with = fixture_cascade(sets[set] | FIXTURE_PART(latent), NULL);
    struct percuta_cascade without = fixture_cascade(sets[set], NULL);
    const enum percuta_field call = percuta_healing_cascade_call(&with);
    assert_int_equal(PERCUTA_FIELD_latent, percuta_healing_cascade_release(&with));
    assert_int_equal(call, percuta_healing_cascade_release(&without));
    struct cell a, b;
    open_cell(&a, &with);
    open_cell(&b, &without);
    a.u[PERCUTA_FIELD_latent] = 0.4;
    take_rates(&with, &a);
    take_rates(&without, &b);
    const double freed = PERCUTA_PART(&with, latent)->freeing * 0.4;
    assert_true(fabs(a.rate[PERCUTA_FIELD_latent] + freed) < 1e-15 * freed);
    assert_true(fabs(a.rate[call] - b.rate[call] - freed) < 1e-12 * freed);
  }
}

/* A cut's dose is the same with the latent pool and without, in its place or in the other. */
static void cut_releases_one_dose(void **state) {
  (void)state;
  const struct percuta_tissue site = {.dermal = true, .rest = 0.9};
  const struct percuta_cut cut = {.injured = 0.2, .clotted = 0.1, .signal_rel = 1.5};
  for (int trigger = 0; trigger < 2; ++trigger) {
    const unsigned parts = FIXTURE_CORE | (trigger ? FIXTURE_PART(trigger) : 0U);
    double dose[2];
    for (int latent = 0; latent < 2; ++latent) {
      struct percuta_cascade c =
          fixture_cascade(parts | (latent ? FIXTURE_PART(latent) : 0U), NULL);
      double u[PERCUTA_FIELD_COUNT];
      percuta_healing_cascade_rest(&c, &site, u);
      percuta_healing_cascade_injure(&c, &site, &cut, u);
      dose[latent] = u[latent ? PERCUTA_FIELD_latent : PERCUTA_FIELD_signal];
      assert_true(u[latent ? PERCUTA_FIELD_signal : PERCUTA_FIELD_latent] == 0);
    }
    assert_true(dose[0] > 0 && dose[0] == dose[1]);
  }
}

/* One column of dermis of which one part in fifty is cut, none of it bled into for `clotted` = 0:
 * production over that at rest on the days asked for. */
static void follow(double clotted, int days, const double *day, double *production) {
  const double face[] = {2e-4, 1.2e-3};
  struct percuta_cascade cascade = fixture_cascade(fixture_all(), NULL);
  struct percuta_grid *grid = NULL;
  double *u, injured = 0.02;
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create(1, 1, 1e-3, 1e-3, face, 1, &grid));
  struct fixture_model m = fixture_model(grid, 1e-4, &cascade);
  const struct percuta_injury injury = {.grid = grid,
                                        .y_count = 1,
                                        .injured = &injured,
                                        .clotted = &clotted,
                                        .signal_rel = 1,
                                        .closing_time = PERCUTA_DAY};
  struct percuta_healing_means means;
  double rest = 0;
  for (int d = -1; d < days; ++d) {
    CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
    if (d == 0)
      percuta_healing_injure(m.healing, &injury, u);
    CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
    if (d >= 0)
      fixture_advance(m.stepper, day[d] * PERCUTA_DAY);
    const double *now;
    CHECK(VecGetArrayRead(percuta_numerics_stepper_state(m.stepper), &now));
    const struct percuta_healing_source source = {.array = now};
    CHECK(percuta_healing_average(m.healing, &source, 0, 1, &means));
    CHECK(VecRestoreArrayRead(percuta_numerics_stepper_state(m.stepper), &now));
    if (d < 0)
      rest = means.production;
    else
      production[d] = means.production / rest;
  }
  fixture_model_clear(&m);
}

/* HSP47 and matrix genes in people's biopsies: ANAL-019, 020, 025, 046, 047. */
static void clock_is_that_of_biopsies(void **state) {
  (void)state;
  static const double day[] = {0.25, 1, 2, 7, 10, 14, 21, 28, 42, 60, 90};
  enum { DAYS = sizeof day / sizeof *day };
  for (int bled = 0; bled < 2; ++bled) {
    double made[DAYS], peak = 0;
    follow(bled ? 0.02 : 0, DAYS, day, made);
    for (int d = 0; d < DAYS; ++d)
      peak = fmax(peak, made[d]);
    assert_true(made[0] < 1.02 && made[1] < 1.05 && made[2] < 1.1);
    assert_true(made[3] > 1.0);
    assert_true(peak > 1.1); /* without blood, too */
    assert_true(made[7] - 1 > 0.5 * (peak - 1));
    assert_true(made[10] > 1.01);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(switch_is_the_closed_form), cmocka_unit_test(fast_it_is_the_core),
      cmocka_unit_test(latent_is_set_free),        cmocka_unit_test(cut_releases_one_dose),
      cmocka_unit_test(clock_is_that_of_biopsies),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
