/* The thrombin network integrated: against reference values of an accurate integration, its
 * conservation laws, its Jacobian, and convergence with the tolerance. */
#include "../unit/stage_fixture.h"

#include "clot/thrombin.h"
#include "numerics/petsc_compat.h"

#define NANOMOLAR 1e-6 /* [mol/m^3] */

static void open_person(struct fixture *f) {
  fixture_init(f);
  f->scenario.person.clotting = PERCUTA_CLOT_BLOOD_NORMAL;
}

static struct percuta_clot clot_of(struct fixture *f) {
  struct percuta_clot clot;
  enum percuta_status status = percuta_clot_thrombin_compute(&f->scenario, f->diag, &clot);
  percuta_base_diag_print(f->diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
  return clot;
}

/* Nine numbers from an integration of the same network with a relative tolerance of 1e-9. */
static void agrees_with_the_reference(void **state) {
  (void)state;
  static const struct {
    const char *tissue_factor;
    double threshold_time, peak, peak_time;
  } cases[] = {{"5 pmol/l", 371.96, 395.19, 698.72},
               {"10 pmol/l", 203.12, 467.66, 474.31},
               {"25 pmol/l", 104.35, 574.05, 295.5}};
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    struct fixture f;
    open_person(&f);
    fixture_set(&f, "clot.tissue_factor", cases[i].tissue_factor);
    struct percuta_clot clot = clot_of(&f);
    assert_near(clot.threshold_time, cases[i].threshold_time, 5e-4); /* 0.05 % */
    assert_near(clot.peak / NANOMOLAR, cases[i].peak, 5e-4);
    assert_near(clot.peak_time, cases[i].peak_time, 5e-4);
    assert_true(clot.balance_error < 1e-11);
    fixture_clear(&f);
  }
}

/* The error falls with the tolerance, against the tightest. */
static void converges_with_the_tolerance(void **state) {
  (void)state;
  static const char *const tolerance[] = {"1e-4", "1e-6", "1e-8", "1e-10"};
  enum { CASES = 4 };
  struct percuta_clot clot[CASES];
  for (int i = 0; i < CASES; i++) {
    struct fixture f;
    open_person(&f);
    fixture_set(&f, "clot.tolerance", tolerance[i]);
    clot[i] = clot_of(&f);
    fixture_clear(&f);
  }
  double before = INFINITY;
  for (int i = 0; i + 1 < CASES; i++) {
    double error = fabs(clot[i].threshold_time - clot[CASES - 1].threshold_time) +
                   fabs(clot[i].fibrin_time - clot[CASES - 1].fibrin_time);
    assert_true(error < before / 5);
    before = error;
  }
  assert_true(before < 1e-3);
}

/* Only thrombin and as much antithrombin: c(t) = c0 / (1 + k c0 t), so that the fibrin it makes has
 * a closed form. */
static void second_order_decay_is_exact(void **state) {
  (void)state;
  struct fixture f;
  open_person(&f);
  fixture_set(&f, "clot.fibrin_rate", "0.05 1/s"); /* so that some fibrinogen is left */
  struct percuta_blood blood;
  assert_int_equal(percuta_clot_blood_read(&f.scenario, true, f.diag, &blood), PERCUTA_OK);
  for (int i = 0; i < blood.network.species; i++)
    blood.initial[i] = 0;
  double start = 100 * NANOMOLAR, rate = 7100e-3; /* [m^3/(mol s)] of hockin.yaml */
  blood.initial[blood.thrombin] = start;
  blood.initial[percuta_clot_network_find(&blood.network, "ATIII")] = start;
  struct percuta_clot clot;
  assert_int_equal(percuta_clot_thrombin_integrate(&blood, &clot), PERCUTA_OK);
  /* K_M ln(F0/F) + (F0 - F) = k_cat * integral of thrombin = k_cat ln(1 + k c0 t) / k */
  const struct percuta_blood_parameters *p = &blood.parameters;
  double all = p->fibrinogen, left = all - clot.fibrin;
  double used = p->fibrin_half * log(all / left) + clot.fibrin;
  double made = p->fibrin_rate * log1p(rate * start * clot.window) / rate;
  assert_near(used, made, 1e-5);
  percuta_clot_blood_clear(&blood);
  fixture_clear(&f);
}

static void normal_blood_is_the_measure(void **state) {
  (void)state;
  struct fixture f;
  open_person(&f);
  struct percuta_clot clot = clot_of(&f);
  assert_true(clot.signal_rel == 1 && clot.plug_rel == 1);
  assert_near(clot.pdgf, clot.platelets_released * 250000 / 1e-9 * 4.77e-19, 1e-9);
  fixture_clear(&f);
}

/* Published direction and rough size: severe haemophilia makes far less thrombin, hardly later. */
static void what_a_person_lacks_shows(void **state) {
  (void)state;
  struct fixture f;
  open_person(&f);
  struct percuta_clot normal = clot_of(&f);
  f.scenario.person.clotting.VIII = 0.01;
  struct percuta_clot haemophilia = clot_of(&f);
  assert_true(haemophilia.peak < normal.peak / 2);
  assert_true(haemophilia.threshold_time > normal.threshold_time);
  assert_true(haemophilia.threshold_time < 1.5 * normal.threshold_time);
  assert_true(haemophilia.platelet_time > normal.platelet_time && haemophilia.signal_rel < 1);
  /* the skin bleeding time is normal in haemophilia, and within the normal range, which reaches
   * twice the mean, under warfarin (Green & Ts'ao 1983) */
  assert_true(haemophilia.plug_rel > 1 && haemophilia.plug_rel < 1.1);
  f.scenario.person.clotting.VIII = 1;
  f.scenario.person.anticoagulant = PERCUTA_ANTICOAGULANT_WARFARIN;
  struct percuta_clot warfarin = clot_of(&f);
  assert_true(warfarin.threshold_time > 1.5 * normal.threshold_time);
  assert_near(warfarin.plug_rel,
              0.8 + 0.2 * fmin(warfarin.threshold_time, warfarin.window) / normal.threshold_time,
              1e-12);
  assert_true(warfarin.plug_rel > haemophilia.plug_rel && warfarin.plug_rel < 2);
  assert_true(warfarin.peak < normal.peak / 2 && warfarin.signal_rel < haemophilia.signal_rel);
  f.scenario.person.anticoagulant = PERCUTA_ANTICOAGULANT_NONE;
  f.scenario.person.clotting.platelets = 0.2; /* 50,000 per microlitre */
  struct percuta_clot few = clot_of(&f);
  assert_near(few.signal_rel, 0.2, 1e-12);
  assert_near(few.plug_rel, (30.5 - 50000 / 3850.) / 4.5, 1e-12);
  assert_true(few.peak == normal.peak);
  f.scenario.person.clotting.X = 0;
  struct percuta_clot none = clot_of(&f);
  assert_true(isinf(none.threshold_time) && isinf(none.fibrin_time));
  assert_true(fabs(none.fibrin) < 1e-12 && fabs(none.signal_rel) < 1e-9);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(agrees_with_the_reference),   cmocka_unit_test(converges_with_the_tolerance),
      cmocka_unit_test(second_order_decay_is_exact), cmocka_unit_test(normal_blood_is_the_measure),
      cmocka_unit_test(what_a_person_lacks_shows),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
