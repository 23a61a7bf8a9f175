/* The parts of the healing model at a point: at rest nothing changes whichever of them are on; a
 * part that is off leaves the others as they are; slopes are derivatives; and what a part says in
 * closed form. */
#include "model_fixture.h"

#include "healing/koppenol/koppenol.h"
#include "healing/parts/crosslinks.h"
#include "healing/parts/trigger.h"

/* A piece of one cell of dermis with its own fields. */
struct cell {
  double u[PERCUTA_FIELD_COUNT], rate[PERCUTA_FIELD_COUNT], rest;
  struct percuta_piece piece;
};

static void open_cell(struct cell *cell, double rest) {
  *cell = (struct cell){.rest = rest};
  cell->piece = (struct percuta_piece){.count = 1, .dermal = true, .rest = &cell->rest};
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    cell->piece.u[f] = &cell->u[f];
    cell->piece.rate[f] = &cell->rate[f];
  }
}

static void take_rates(const struct percuta_cascade *cascade, struct cell *cell) {
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f)
    cell->rate[f] = 0;
  percuta_healing_cascade_rate(cascade, &cell->piece);
}

/* Every set of parts, in young and in aged dermis and in epidermis. */
static void rest_is_rest(void **state) {
  (void)state;
  for (unsigned parts = 0; parts < 1U << PERCUTA_PART_COUNT; ++parts) {
    if (!fixture_one_core(parts))
      continue;
    struct percuta_cascade cascade = fixture_cascade(parts, NULL);
    for (int place = 0; place < 3; ++place) {
      struct cell cell;
      open_cell(&cell, place == 1 ? 0.75 : 1.0);
      cell.piece.dermal = place < 2;
      cell.piece.epidermal = place == 2;
      const struct percuta_tissue site = {
          .dermal = place < 2, .epidermal = place == 2, .rest = place < 2 ? cell.rest : 0};
      percuta_healing_cascade_rest(&cascade, &site, cell.u);
      take_rates(&cascade, &cell);
      for (int p = 0; p < cascade.layout.count; ++p) {
        double change = cell.rate[cascade.layout.field[p]] * PERCUTA_YEAR;
        if (!(fabs(change) < 1e-11))
          fail_msg("parts %x, place %d: %s at rest changes by %g in a year", parts, place,
                   percuta_healing_layout_field[cascade.layout.field[p]].name, change);
      }
    }
  }
}

/* What a signal adds to production where collagen rests at `rest`; what is made without it. */
static double added_at(const struct percuta_cascade *cascade, double rest, double *usual) {
  const bool first = percuta_healing_layout_on(&cascade->layout, PERCUTA_PART_koppenol);
  struct cell cell;
  open_cell(&cell, rest);
  const struct percuta_tissue site = {.dermal = true, .rest = rest};
  percuta_healing_cascade_rest(cascade, &site, cell.u);
  take_rates(cascade, &cell);
  *usual = cell.piece.produced[0];
  cell.u[first ? PERCUTA_FIELD_signal : PERCUTA_FIELD_cytokine] = first ? 0.2 : 3;
  take_rates(cascade, &cell);
  return cell.piece.produced[0] - *usual;
}

/* A signal adds as much collagen in aged dermis as in young (OUTC-205), while rest itself makes
 * less; in a scar it adds less, too. */
static void age_leaves_what_signal_adds(void **state) {
  (void)state;
  const unsigned core[] = {FIXTURE_CORE, FIXTURE_PART(pensalfini)};
  const double scarred[] = {0.25, 0.5}; /* of half the collagen: its square, itself */
  for (int i = 0; i < 2; ++i) {
    struct percuta_skin young = fixture_skin(), old = young;
    old.collagen_rel = 0.75;
    struct percuta_cascade of_young = fixture_cascade(core[i], &young);
    struct percuta_cascade of_old = fixture_cascade(core[i], &old);
    double usual[3];
    const double added = added_at(&of_young, 1, &usual[0]);
    assert_true(added > 0);
    assert_true(fabs(added_at(&of_old, 0.75, &usual[1]) / added - 1) < 1e-13);
    assert_true(usual[1] < 0.8 * usual[0]);
    assert_true(fabs(added_at(&of_old, 0.375, &usual[2]) / added - scarred[i]) < 1e-13);
  }
}

/* A state away from rest, in which every field has some value. */
static void disturb(const struct percuta_cascade *cascade, struct cell *cell) {
  const struct percuta_tissue site = {.dermal = cell->piece.dermal,
                                      .epidermal = cell->piece.epidermal,
                                      .rest = cell->piece.dermal ? cell->rest : 0};
  percuta_healing_cascade_rest(cascade, &site, cell->u);
  for (int p = 0; p < cascade->layout.count; ++p) {
    enum percuta_field f = cascade->layout.field[p];
    cell->u[f] = 0.9 * cell->u[f] + 0.3 * percuta_healing_layout_field[f].typical;
  }
}

/* Switching a part off changes nothing but what it adds: with its own fields at rest the others'
 * rates are the same to round-off, whatever state they are in. */
static void check_off(unsigned core_parts) {
  const enum percuta_field same[] = {PERCUTA_FIELD_fibroblast, PERCUTA_FIELD_myofibroblast,
                                     PERCUTA_FIELD_cytokine, PERCUTA_FIELD_collagen};
  struct percuta_cascade core = fixture_cascade(core_parts, NULL);
  struct percuta_cascade more =
      fixture_cascade((FIXTURE_PLAIN & ~FIXTURE_CORES) | core_parts, NULL);
  struct cell a, b;
  open_cell(&a, 0.9);
  open_cell(&b, 0.9);
  disturb(&more, &b);
  disturb(&core, &a);
  take_rates(&core, &a);
  take_rates(&more, &b);
  for (size_t i = 0; i < sizeof same / sizeof same[0]; ++i)
    assert_true(a.rate[same[i]] == b.rate[same[i]]);
}

static void off_is_the_core(void **state) {
  (void)state;
  check_off(FIXTURE_CORE);
  check_off(FIXTURE_PART(pensalfini));
}

/* The slopes handed to the solver are derivatives of the rates, or not positive where these rise.
 */
static void check_slope(const struct percuta_cascade *cascade, struct cell *cell,
                        enum percuta_field field) {
  double keep = cell->u[field], step = 1e-6 * percuta_healing_layout_field[field].typical, side[2];
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f)
    cell->rate[f] = 0;
  percuta_healing_cascade_slope(cascade, &cell->piece);
  double slope = cell->rate[field];
  for (int s = 0; s < 2; ++s) {
    cell->u[field] = keep + (s ? step : -step);
    take_rates(cascade, cell);
    side[s] = cell->rate[field];
  }
  cell->u[field] = keep;
  double exact = fmin(0, (side[1] - side[0]) / (2 * step));
  if (!(fabs(slope - exact) < 1e-4 * fabs(exact) + 1e-13))
    fail_msg("%s: slope %g, derivative %g", percuta_healing_layout_field[field].name, slope, exact);
}

static void check_slopes(unsigned parts) {
  struct percuta_cascade cascade = fixture_cascade(parts, NULL);
  for (int place = 0; place < 2; ++place) {
    struct cell cell;
    open_cell(&cell, 0.9);
    cell.piece.dermal = place == 0;
    cell.piece.epidermal = place == 1;
    disturb(&cascade, &cell);
    for (int p = 0; p < cascade.layout.count; ++p) {
      enum percuta_field f = cascade.layout.field[p];
      /* the cells' slopes leave out growth, and collagen's what extensions say of it, on purpose */
      if (f != PERCUTA_FIELD_fibroblast && f != PERCUTA_FIELD_myofibroblast &&
          f != PERCUTA_FIELD_collagen)
        check_slope(&cascade, &cell, f);
    }
  }
}

static void slopes_are_derivatives(void **state) {
  (void)state;
  check_slopes(fixture_all());
  check_slopes((fixture_all() & ~FIXTURE_CORES) | FIXTURE_PART(pensalfini));
}

/* What n steps of a chain hold after a unit has entered the first: for rates k1..kn that differ,
 * k1 .. k(n-1) sum_i exp(-k_i t) / prod_{j != i} (k_j - k_i) (Bateman). */
static double bateman(const double *k, int n, double t) {
  double sum = 0;
  for (int i = 0; i < n; ++i) {
    double term = exp(-k[i] * t);
    for (int j = 0; j < n; ++j)
      term /= j == i ? 1 : k[j] - k[i];
    sum += term;
  }
  for (int i = 0; i < n - 1; ++i)
    sum *= k[i];
  return sum;
}

/* One cell of dermis whose tenth is cut. */
static struct fixture_model cut_cell(const struct percuta_cascade *cascade) {
  const double face[] = {2e-4, 1.2e-3};
  struct percuta_grid *grid = NULL;
  double *u, injured = 0.1, clotted = 0.05;
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create(1, 1, 1e-3, 1e-3, face, 1, &grid));
  struct fixture_model m = fixture_model(grid, 1e-7, cascade);
  const struct percuta_injury injury = {
      .grid = grid, .y_count = 1, .injured = &injured, .clotted = &clotted, .signal_rel = 1};
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  percuta_healing_injure(m.healing, &injury, u);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  return m;
}

/* Clot, neutrophils and both kinds of macrophages come and go one after the other. */
static void trigger_is_a_chain(void **state) {
  (void)state;
  const enum percuta_field link[] = {PERCUTA_FIELD_clot, PERCUTA_FIELD_neutrophil,
                                     PERCUTA_FIELD_macrophage_M1, PERCUTA_FIELD_macrophage_M2};
  struct percuta_cascade cascade = fixture_cascade(FIXTURE_PLAIN, NULL);
  struct percuta_trigger law = *PERCUTA_PART(&cascade, trigger);
  law.polarisation *= 1.3; /* the formula wants rates that differ */
  PERCUTA_PART_KEEP(&cascade, trigger, &law);
  const struct percuta_trigger *t = PERCUTA_PART(&cascade, trigger);
  const double rates[] = {t->lysis, t->neutrophil_removal, t->polarisation, t->removal};
  struct fixture_model m = cut_cell(&cascade);
  for (int day = 1; day <= 16; day += 5) {
    fixture_advance(m.stepper, day * PERCUTA_DAY);
    for (int i = 0; i < 4; ++i) {
      double exact = 0.1 * bateman(rates, i + 1, day * PERCUTA_DAY);
      assert_true(fabs(fixture_mean(&m, link[i]) - exact) < 1e-5 * 0.1);
    }
  }
  fixture_model_clear(&m);
}

/* However fast macrophages turn, a unit of cut tissue brings one unit of signal. */
static void trigger_keeps_the_dose(void **state) {
  (void)state;
  struct percuta_cascade cascade = fixture_cascade(FIXTURE_PLAIN, NULL);
  const struct percuta_trigger *t = PERCUTA_PART(&cascade, trigger);
  double dose = t->platelet_signal + t->signal_M1 / t->polarisation + t->signal_M2 / t->removal;
  assert_true(fabs(dose - 1) < 1e-14);
}

/* Young collagen alone, k_x and l_x the only rates: x = x_rest (1 - exp(-(k_x + l_x) t)) of r. */
static void crosslinks_mature(void **state) {
  (void)state;
  struct percuta_cascade cascade = fixture_cascade(FIXTURE_CORE | FIXTURE_PART(crosslinks), NULL);
  const struct percuta_crosslinks *c = PERCUTA_PART(&cascade, crosslinks);
  struct percuta_koppenol core = *PERCUTA_PART(&cascade, koppenol);
  core.turnover = 0;
  PERCUTA_PART_KEEP(&cascade, koppenol, &core);
  struct cell cell;
  open_cell(&cell, 1.0);
  const struct percuta_tissue site = {.dermal = true, .rest = 1};
  percuta_healing_cascade_rest(&cascade, &site, cell.u);
  double share = cell.u[PERCUTA_FIELD_collagen_mature];
  assert_true(fabs(share - c->maturing / (c->maturing + c->loss)) < 1e-14);
  cell.u[PERCUTA_FIELD_collagen_mature] = 0.25;
  take_rates(&cascade, &cell);
  assert_true(
      fabs(cell.rate[PERCUTA_FIELD_collagen_mature] / (c->maturing * 0.75 - c->loss * 0.25) - 1) <
      1e-12);
  assert_true(fabs(cell.rate[PERCUTA_FIELD_collagen] / (-c->loss * 0.25) - 1) < 1e-12);
  assert_true(fabs(cell.piece.exposed[0] - 0.75) < 1e-14);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(age_leaves_what_signal_adds),
      cmocka_unit_test(rest_is_rest),
      cmocka_unit_test(off_is_the_core),
      cmocka_unit_test(slopes_are_derivatives),
      cmocka_unit_test(trigger_is_a_chain),
      cmocka_unit_test(trigger_keeps_the_dose),
      cmocka_unit_test(crosslinks_mature),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
