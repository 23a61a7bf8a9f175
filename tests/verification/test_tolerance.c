/* What is asked of the steps is what comes: the error of a whole run on a patch stays within three
 * times the tolerance. */
#include "model_fixture.h"
#include "report_fixture.h"

/* A round wound of the core model in a patch, followed for sixty days; one state after another. */
static void follow_wound(double tolerance, const double *days, int count, Vec *out) {
  struct percuta_cascade p = fixture_cascade(FIXTURE_PLAIN, NULL);
  struct fixture_model m = fixture_model(fixture_grid(8, 8, 6e-4, 8e-4, 0.5), tolerance, &p);
  size_t n = m.mesh->local;
  double *u;
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  for (size_t c = 0; c < n; ++c) {
    double x = (double)(c % 8) - 3.5, y = (double)(c / 8 % 8) - 3.5;
    double cut = m.healing->rest[c] > 0 ? 0.5 * exp(-(x * x + y * y) / 6) : 0;
    fixture_field(&m, u, PERCUTA_FIELD_fibroblast)[c] *= 1 - cut;
    fixture_field(&m, u, PERCUTA_FIELD_collagen)[c] *= 1 - cut;
    fixture_field(&m, u, PERCUTA_FIELD_collagen_III)[c] *= 1 - cut;
    fixture_field(&m, u, PERCUTA_FIELD_signal)[c] = 0.3 * cut;
    fixture_field(&m, u, PERCUTA_FIELD_clot)[c] = cut;
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  for (int i = 0; i < count; ++i) {
    fixture_advance(m.stepper, days[i] * PERCUTA_DAY);
    CHECK(VecDuplicate(percuta_numerics_stepper_state(m.stepper), &out[i]));
    CHECK(VecCopy(percuta_numerics_stepper_state(m.stepper), out[i]));
  }
  fixture_model_clear(&m);
}

/* Root mean square of the error over each field's size and the value itself, as steps are held to;
 * over the tolerance this is what was achieved of what was asked. */
static double achieved(Vec u, Vec exact) {
  struct percuta_layout layout = percuta_healing_layout_of(FIXTURE_PLAIN);
  const double *a, *b;
  PetscInt n;
  double sum = 0;
  CHECK(VecGetLocalSize(u, &n));
  CHECK(VecGetArrayRead(u, &a));
  CHECK(VecGetArrayRead(exact, &b));
  for (PetscInt i = 0; i < n; ++i) {
    double size =
        percuta_healing_layout_field[layout.field[i / (n / layout.count)]].typical + fabs(b[i]);
    sum += pow((a[i] - b[i]) / size, 2);
  }
  CHECK(VecRestoreArrayRead(exact, &b));
  CHECK(VecRestoreArrayRead(u, &a));
  return sqrt(sum / n);
}

static void tolerance_is_met(void **state) {
  enum { TIMES = 4 };
  const double days[TIMES] = {1, 5, 20, 60};
  Vec exact[TIMES], u[TIMES];
  (void)state;
  follow_wound(1e-8, days, TIMES, exact);
  for (double tolerance = 1e-3; tolerance > 5e-6; tolerance /= 10) {
    double worst = 0;
    follow_wound(tolerance, days, TIMES, u);
    for (int i = 0; i < TIMES; ++i) {
      worst = fmax(worst, achieved(u[i], exact[i]));
      CHECK(VecDestroy(&u[i]));
    }
    char what[40];
    snprintf(what, sizeof what, "error, asked %.0e", tolerance);
    fixture_bound_check("core model, a wound for 60 days", "patch", what, worst, 3 * tolerance);
  }
  for (int i = 0; i < TIMES; ++i)
    CHECK(VecDestroy(&exact[i]));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(tolerance_is_met)};
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
