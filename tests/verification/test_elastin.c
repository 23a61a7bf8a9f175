/* Elastin at a point: the three pools are the closed forms of their chain, and what elastase cuts.
 */
#include "model_fixture.h"

#include "healing/koppenol/koppenol.h"
#include "healing/parts/elastin.h"

/* One cell of dermis of which only elastin is followed, by the classical fourth-order steps. */
struct cell {
  struct percuta_cascade cascade;
  double u[PERCUTA_FIELD_COUNT], rate[PERCUTA_FIELD_COUNT], rest;
};

static const enum percuta_field POOL[3] = {PERCUTA_FIELD_tropoelastin, PERCUTA_FIELD_elastin_new,
                                           PERCUTA_FIELD_elastin_old};

static void open_cell(struct cell *cell, unsigned parts) {
  *cell = (struct cell){.cascade = fixture_cascade(parts, NULL), .rest = 1};
  const struct percuta_tissue site = {.dermal = true, .rest = 1};
  percuta_healing_cascade_rest(&cell->cascade, &site, cell->u);
}

static void rates(struct cell *cell, const double *pool, double *out) {
  struct percuta_piece piece = {.count = 1, .dermal = true, .rest = &cell->rest};
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    piece.u[f] = &cell->u[f];
    piece.rate[f] = &cell->rate[f];
    cell->rate[f] = 0;
  }
  for (int p = 0; p < 3; ++p)
    cell->u[POOL[p]] = pool[p];
  percuta_healing_cascade_rate(&cell->cascade, &piece);
  for (int p = 0; p < 3; ++p)
    out[p] = cell->rate[POOL[p]];
}

static void step(struct cell *cell, double dt, double *pool) {
  double k[4][3], at[3];
  const double part[3] = {0.5, 0.5, 1};
  rates(cell, pool, k[0]);
  for (int s = 1; s < 4; ++s) {
    for (int p = 0; p < 3; ++p)
      at[p] = pool[p] + part[s - 1] * dt * k[s - 1][p];
    rates(cell, at, k[s]);
  }
  for (int p = 0; p < 3; ++p)
    pool[p] += dt / 6 * (k[0][p] + 2 * k[1][p] + 2 * k[2][p] + k[3][p]);
}

/* Without signal: T = T0 exp(-(x+l) t), of which x/(x+l) ends as fibre; nothing else changes. */
static void tropoelastin_becomes_fibre(void **state) {
  (void)state;
  struct cell cell;
  open_cell(&cell, FIXTURE_PLAIN | FIXTURE_PART(elastin));
  const struct percuta_elastin e = *PERCUTA_PART(&cell.cascade, elastin);
  double pool[3] = {0.05, 0, 0.97}, t = 0;
  for (int i = 0; i < 400; ++i, t += PERCUTA_DAY / 10)
    step(&cell, PERCUTA_DAY / 10, pool);
  double left = 0.05 * exp(-(e.linking + e.fading) * t);
  assert_true(fabs(pool[0] - left) < 1e-9);
  assert_true(fabs(pool[1] - (0.05 - left) * e.linking / (e.linking + e.fading)) < 1e-9);
  assert_true(pool[2] == 0.97);
}

/* Neutrophils cut old and new fibre alike; activity makes tropoelastin up to p (A - 1) / (x + l).
 */
static void elastase_cuts_and_activity_makes(void **state) {
  (void)state;
  struct cell cell;
  open_cell(&cell, FIXTURE_PLAIN | FIXTURE_PART(elastin));
  const struct percuta_elastin e = *PERCUTA_PART(&cell.cascade, elastin);
  const struct percuta_koppenol *k = PERCUTA_PART(&cell.cascade, koppenol);
  double pool[3] = {0, 0, 1}, t = 0;
  cell.u[PERCUTA_FIELD_neutrophil] = 0.2;
  cell.u[PERCUTA_FIELD_macrophage_M1] = 0.1;
  cell.u[PERCUTA_FIELD_signal] = 0.05;
  for (int i = 0; i < 2000; ++i, t += PERCUTA_DAY / 10)
    step(&cell, PERCUTA_DAY / 10, pool);
  assert_true(fabs(pool[2] - exp(-e.cutting * 0.3 * t)) < 1e-9);
  double activity = 1 + k->collagen_factor * 0.05 / (k->a4 + 0.05);
  double tropo = e.making * (activity - 1) / (e.linking + e.fading);
  assert_true(fabs(pool[0] / tropo - 1) < 1e-6);
  assert_true(fabs(pool[1] / (e.linking * tropo / (e.cutting * 0.3)) - 1) < 0.01);
}

/* Cells that make less collagen than at rest, as those of the second core do where a cut has taken
 * cytokine or collagen is plenty, make no tropoelastin; they do not take any away. */
static void quiet_cells_make_none(void **state) {
  (void)state;
  struct cell cell;
  double pool[3] = {0, 0, 1}, change[3];
  open_cell(&cell, FIXTURE_PART(pensalfini) | FIXTURE_PART(elastin));
  cell.u[PERCUTA_FIELD_cytokine] = 0.3;
  rates(&cell, pool, change);
  assert_true(change[0] == 0);
  cell.u[PERCUTA_FIELD_cytokine] = 1;
  cell.u[PERCUTA_FIELD_collagen] = 1.4;
  rates(&cell, pool, change);
  assert_true(change[0] == 0);
  cell.u[PERCUTA_FIELD_collagen] = 1;
  cell.u[PERCUTA_FIELD_cytokine] = 3;
  rates(&cell, pool, change);
  assert_true(change[0] > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tropoelastin_becomes_fibre),
      cmocka_unit_test(elastase_cuts_and_activity_makes),
      cmocka_unit_test(quiet_cells_make_none),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
