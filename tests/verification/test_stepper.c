/* The time stepper: observed order, conservation over steps, positivity, restart bit by bit. */
#include "model_fixture.h"

#include <string.h>

/* A patch with blocks of injury, as after a few punctures. */
static void injure_blocks(const struct fixture_model *m) {
  double *u;
  size_t n = m->mesh->local;
  CHECK(VecGetArray(percuta_numerics_stepper_state(m->stepper), &u));
  for (size_t c = 0; c < n; ++c) {
    size_t i = c % (size_t)m->mesh->nx, j = c / (size_t)m->mesh->nx % (size_t)m->mesh->y_count;
    double cut = i % 6 < 2 && j % 6 < 2 ? 0.6 : 0.0;
    if (!(m->healing->rest[c] > 0))
      continue;
    fixture_field(m, u, PERCUTA_FIELD_fibroblast)[c] *= 1 - cut;
    fixture_field(m, u, PERCUTA_FIELD_collagen)[c] *= 1 - cut;
    fixture_field(m, u, PERCUTA_FIELD_collagen_III)[c] *= 1 - cut;
    fixture_field(m, u, PERCUTA_FIELD_signal)[c] = 0.5 * cut;
    fixture_field(m, u, PERCUTA_FIELD_clot)[c] = cut;
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m->stepper), &u));
}

/* A smooth start. */
static void set_waves(const struct fixture_model *m) {
  double *u;
  size_t n = m->mesh->local;
  CHECK(VecGetArray(percuta_numerics_stepper_state(m->stepper), &u));
  for (size_t c = 0; c < n; ++c) {
    double wave =
        0.5 + 0.5 * cos(2 * M_PI * (double)(c % 6) / 6) * cos(2 * M_PI * (double)(c / 6 % 6) / 6);
    if (!(m->healing->rest[c] > 0))
      continue;
    fixture_field(m, u, PERCUTA_FIELD_signal)[c] = 0.05 * (1 + wave);
    fixture_field(m, u, PERCUTA_FIELD_myofibroblast)[c] = 0.05 * (1 + wave);
    fixture_field(m, u, PERCUTA_FIELD_clot)[c] = 0.02 * (1 + wave);
    fixture_field(m, u, PERCUTA_FIELD_macrophage_M1)[c] = 0.02;
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m->stepper), &u));
}

/* Smooth start, fixed steps: the state after `end` with steps end/count. */
static Vec run_fixed(const struct percuta_cascade *p, int count, double end) {
  struct fixture_model m = fixture_model(fixture_grid(6, 6, 3e-3, 2e-3, 0.5), FIXTURE_ANY_ERROR, p);
  Vec result;
  set_waves(&m);
  percuta_numerics_stepper_clock(m.stepper)->next_step = end / count;
  for (int s = 1; s <= count; ++s)
    fixture_advance(m.stepper, s == count ? end : end * s / count);
  assert_int_equal(count, percuta_numerics_stepper_clock(m.stepper)->totals.steps);
  CHECK(VecDuplicate(percuta_numerics_stepper_state(m.stepper), &result));
  CHECK(VecCopy(percuta_numerics_stepper_state(m.stepper), result));
  fixture_model_clear(&m);
  return result;
}

static void order_in_time(void **state) {
  (void)state;
  struct percuta_cascade p = fixture_cascade(FIXTURE_PLAIN, NULL);
  const double end = 4 * PERCUTA_DAY;
  double error[3];
  Vec exact = run_fixed(&p, 1280, end);
  for (int i = 0; i < 3; ++i) {
    Vec u = run_fixed(&p, 40 << i, end);
    CHECK(VecAXPY(u, -1.0, exact));
    CHECK(VecNorm(u, NORM_2, &error[i]));
    CHECK(VecDestroy(&u));
  }
  CHECK(VecDestroy(&exact));
  double first = log2(error[0] / error[1]), second = log2(error[1] / error[2]);
  print_message("error %.2e %.2e %.2e, order %.2f %.2f\n", error[0], error[1], error[2], first,
                second);
  assert_true(second > 2.8);
  assert_true(first > 2.5);
}

/* The state a share of the way through one step of `days`, less that of sixty small ones. */
static double error_between(const struct percuta_cascade *p, double days, double theta) {
  const double end = days * PERCUTA_DAY;
  struct fixture_model m = fixture_model(fixture_grid(6, 6, 3e-3, 2e-3, 0.5), FIXTURE_ANY_ERROR, p);
  struct fixture_model fine =
      fixture_model(fixture_grid(6, 6, 3e-3, 2e-3, 0.5), FIXTURE_ANY_ERROR, p);
  struct percuta_stepper_moment moment;
  const double *exact;
  double sum = 0, u;
  set_waves(&m);
  set_waves(&fine);
  percuta_numerics_stepper_clock(m.stepper)->next_step = end;
  fixture_advance(m.stepper, end);
  assert_int_equal(1, percuta_numerics_stepper_clock(m.stepper)->totals.steps);
  assert_true(percuta_numerics_stepper_from(m.stepper) == 0.0);
  percuta_numerics_stepper_clock(fine.stepper)->next_step = theta * end / 60;
  for (int s = 1; s <= 60; ++s)
    fixture_advance(fine.stepper, s == 60 ? theta * end : theta * end * s / 60);
  CHECK(percuta_numerics_stepper_between(m.stepper, theta * end, &moment));
  CHECK(VecGetArrayRead(percuta_numerics_stepper_state(fine.stepper), &exact));
  for (size_t i = 0; i < m.mesh->local * (size_t)p->layout.count; ++i) {
    percuta_numerics_stepper_moment(&moment, i, 1, &u);
    sum += (u - exact[i]) * (u - exact[i]);
  }
  CHECK(VecRestoreArrayRead(percuta_numerics_stepper_state(fine.stepper), &exact));
  fixture_model_clear(&m);
  fixture_model_clear(&fine);
  return sqrt(sum);
}

/* Of order two: within one step the error falls with its third power; at its end it
 * is much less, that of the step. */
static void order_between_steps(void **state) {
  (void)state;
  struct percuta_cascade p = fixture_cascade(FIXTURE_PLAIN, NULL);
  static const double theta[] = {0.3, 0.7};
  for (int i = 0; i < 2; ++i) {
    double error[3];
    for (int k = 0; k < 3; ++k)
      error[k] = error_between(&p, 0.025 / (1 << k), theta[i]);
    double first = log2(error[0] / error[1]), second = log2(error[1] / error[2]);
    print_message("at %.1f: error %.2e %.2e %.2e, order within a step %.2f %.2f\n", theta[i],
                  error[0], error[1], error[2], first, second);
    assert_true(second > 2.7);
  }
  assert_true(error_between(&p, 0.025, 1.0) < 0.3 * error_between(&p, 0.025, 0.5));
}

/* Movement alone over many adaptive steps keeps every total. */
static void steps_conserve(void **state) {
  (void)state;
  enum { N = 10, NZ = 8, CELLS = N * N * NZ };
  struct percuta_grid *grid = fixture_grid(N, NZ, 1e-3, 8e-4, 1.0);
  struct percuta_mesh *mesh;
  struct percuta_stepper *stepper;
  double *rows = fixture_rows(NZ, 1e-11), before[3], after[3], *u;
  const double scale[3] = {1, 1, 1};
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, grid, 3, &mesh));
  struct percuta_motion cells = {.crowding = rows, .chemotaxis = rows};
  struct percuta_problem problem = {
      .fields = 3, .moving = 3, .signal = 2, .motion = {cells, cells, {.constant = rows}}};
  struct percuta_stepper_options options = {
      .tolerance = 1e-4, .scale = scale, .first_step = 1, .longest_step = 1e5};
  CHECK(percuta_numerics_stepper_create(mesh, &problem, options, &stepper));
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (int c = 0; c < 3 * CELLS; ++c)
    u[c] = 1 + (c * 7919 % 13) / 13.0;
  for (int f = 0; f < 3; ++f) {
    before[f] = 0;
    for (int c = 0; c < CELLS; ++c)
      before[f] += percuta_numerics_grid_cell_volume(grid, 0, c / N / N) * u[f * CELLS + c];
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  fixture_advance(stepper, 1e5);
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (int f = 0; f < 3; ++f) {
    after[f] = 0;
    for (int c = 0; c < CELLS; ++c)
      after[f] += percuta_numerics_grid_cell_volume(grid, 0, c / N / N) * u[f * CELLS + c];
    assert_true(fabs(after[f] / before[f] - 1) < 1e-12);
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  assert_true(percuta_numerics_stepper_clock(stepper)->totals.steps > 10);
  CHECK(percuta_numerics_stepper_destroy(&stepper));
  CHECK(percuta_numerics_mesh_destroy(&mesh));
  percuta_numerics_grid_destroy(&grid);
  free(rows);
}

static void fields_stay_positive(void **state) {
  (void)state;
  struct percuta_cascade p = fixture_cascade(FIXTURE_PLAIN, NULL);
  struct fixture_model m = fixture_model(fixture_grid(12, 20, 6e-4, 1e-3, 0), 1e-4, &p);
  injure_blocks(&m);
  double least;
  for (int day = 1; day <= 120; day += 7) {
    fixture_advance(m.stepper, day * PERCUTA_DAY);
    CHECK(VecMin(percuta_numerics_stepper_state(m.stepper), NULL, &least));
    assert_true(least >= 0);
  }
  struct percuta_stepper_totals totals = percuta_numerics_stepper_clock(m.stepper)->totals;
  for (int f = 0; f < p.layout.count; ++f) {
    double share = totals.most[f] > 0 ? totals.clipped[f] / totals.most[f] : 0;
    print_message("field %d: lifted %.1e of its largest total\n", f, share);
    assert_true(share < 1e-3);
  }
  fixture_model_clear(&m);
}

/* Ten steps at once, or six, then the other four in a new stepper from time, state and next step.
 */
static void restart_is_bitwise(void **state) {
  (void)state;
  struct percuta_cascade p = fixture_cascade(FIXTURE_PLAIN, NULL);
  const double end = 3 * PERCUTA_DAY;
  PetscBool ok, same;
  const char *why;
  struct fixture_model whole = fixture_model(fixture_grid(6, 10, 6e-4, 1e-3, 0), 1e-4, &p);
  struct fixture_model first = fixture_model(fixture_grid(6, 10, 6e-4, 1e-3, 0), 1e-4, &p);
  struct fixture_model second = fixture_model(fixture_grid(6, 10, 6e-4, 1e-3, 0), 1e-4, &p);
  injure_blocks(&whole);
  injure_blocks(&first);
  fixture_advance(whole.stepper, end);
  for (int s = 0; s < 6; ++s)
    CHECK(percuta_numerics_stepper_step(first.stepper, end, &ok, &why));
  CHECK(VecCopy(percuta_numerics_stepper_state(first.stepper),
                percuta_numerics_stepper_state(second.stepper)));
  *percuta_numerics_stepper_clock(second.stepper) = *percuta_numerics_stepper_clock(first.stepper);
  fixture_advance(second.stepper, end);
  CHECK(VecEqual(percuta_numerics_stepper_state(whole.stepper),
                 percuta_numerics_stepper_state(second.stepper), &same));
  assert_true(same);
  assert_int_equal(percuta_numerics_stepper_clock(whole.stepper)->totals.steps,
                   percuta_numerics_stepper_clock(second.stepper)->totals.steps);
  fixture_model_clear(&whole);
  fixture_model_clear(&first);
  fixture_model_clear(&second);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(order_in_time),      cmocka_unit_test(order_between_steps),
      cmocka_unit_test(steps_conserve),     cmocka_unit_test(fields_stay_positive),
      cmocka_unit_test(restart_is_bitwise),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
