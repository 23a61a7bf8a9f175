/* Capillaries: VEGF decays and spreads as it must, cut vessels return exponentially, sprouting ends
 * at the closed-form balance, and oxygen acts on repair by Michaelis' law. */
#include "model_fixture.h"

#include "healing/parts/capillaries.h"

static struct percuta_cascade model(const struct percuta_skin *skin) {
  return fixture_cascade(FIXTURE_CORE | FIXTURE_PART(capillaries), skin);
}

/* Sets a field everywhere in the dermis. */
static void set_all(const struct fixture_model *m, enum percuta_field field, double value) {
  double *u;
  CHECK(VecGetArray(percuta_numerics_stepper_state(m->stepper), &u));
  double *values = fixture_field(m, u, field);
  size_t plane = (size_t)m->mesh->nx * (size_t)m->mesh->y_count;
  for (size_t c = 0; c < m->mesh->local; ++c)
    values[c] = m->healing->dermal[c / plane] ? value : 0;
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m->stepper), &u));
}

/* More vessels than at rest, no lack of oxygen, no VEGF: pruned at k. */
static void surplus_is_pruned(void **state) {
  (void)state;
  struct percuta_cascade parts = model(NULL);
  struct fixture_model m = fixture_model(fixture_grid(1, 24, 1e-3, 1.4e-3, 0.3), 1e-7, &parts);
  set_all(&m, PERCUTA_FIELD_capillary, 1.8);
  for (int day = 5; day <= 60; day += 11) {
    fixture_advance(m.stepper, day * PERCUTA_DAY);
    double want = 1 + 0.8 * exp(-PERCUTA_PART(&parts, capillaries)->pruning * day * PERCUTA_DAY);
    assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_capillary) - want) < 1e-5);
  }
  fixture_model_clear(&m);
}

/* Fewer vessels lack oxygen: VEGF follows within hours, v = h (1 - c), and c obeys
 * dc/dt = g v/(H + v) (1 - c/most) - k (c - 1), integrated here in small steps. */
static void loss_calls_vessels(void **state) {
  (void)state;
  struct percuta_cascade parts = model(NULL);
  const struct percuta_capillaries k = *PERCUTA_PART(&parts, capillaries);
  struct fixture_model m = fixture_model(fixture_grid(1, 24, 1e-3, 1.4e-3, 0.3), 1e-7, &parts);
  double v = 0, c = 0.6, dt = 60;
  set_all(&m, PERCUTA_FIELD_capillary, c);
  for (double t = 0; t < 6 * PERCUTA_DAY - 1; t += dt) {
    double lack = fmax(0, 1 - c);
    v += dt * k.decay * (k.hypoxic * lack - v);
    c += dt * (k.sprouting * v / (k.half + v) * (1 - c / k.most) - k.pruning * (c - 1));
  }
  fixture_advance(m.stepper, 6 * PERCUTA_DAY);
  assert_true(c > 0.85);
  assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_capillary) - c) < 2e-4);
  assert_true(fabs(fixture_mean(&m, PERCUTA_FIELD_vegf) - v) < 2e-4);
  fixture_model_clear(&m);
}

/* Half the blood flow: oxygen is half, and supply (1 + K) o/(K + o). */
static void supply_is_michaelis(void **state) {
  (void)state;
  struct percuta_skin poor = fixture_skin();
  poor.perfusion_rel = 0.5;
  struct percuta_cascade rich = model(NULL), thin = model(&poor);
  double constant = PERCUTA_PART(&rich, capillaries)->half_oxygen, u[PERCUTA_FIELD_COUNT],
         sink[PERCUTA_FIELD_COUNT] = {0}, rest = 1;
  struct percuta_piece piece = {.count = 1, .dermal = true, .rest = &rest};
  const struct percuta_tissue site = {.dermal = true, .rest = 1};
  percuta_healing_cascade_rest(&rich, &site, u);
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
    piece.u[f] = &u[f];
    piece.rate[f] = &sink[f];
  }
  percuta_healing_cascade_rate(&rich, &piece);
  assert_true(piece.supply[0] == 1);
  percuta_healing_cascade_rate(&thin, &piece);
  assert_true(fabs(piece.supply[0] - (1 + constant) * 0.5 / (constant + 0.5)) < 1e-15);
  u[PERCUTA_FIELD_capillary] = 2;
  u[PERCUTA_FIELD_fibroblast] = 1.5;
  percuta_healing_cascade_rate(&thin, &piece);
  double oxygen = 0.5 * 2 / (1 + PERCUTA_PART(&thin, capillaries)->demand * 0.5);
  assert_true(fabs(piece.supply[0] - (1 + constant) * oxygen / (constant + oxygen)) < 1e-15);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(surplus_is_pruned),
      cmocka_unit_test(loss_calls_vessels),
      cmocka_unit_test(supply_is_michaelis),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
