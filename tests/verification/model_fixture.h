/* The healing model with the parameters that Percuta ships, for verification tests. */
#ifndef PERCUTA_TESTS_MODEL_FIXTURE_H
#define PERCUTA_TESTS_MODEL_FIXTURE_H

#include "problem_fixture.h"

#include "healing/healing.h"

static inline struct percuta_koppenol_parameters fixture_parameters(void) {
  struct percuta_units *units = NULL;
  struct percuta_parameters *set = NULL;
  struct percuta_diag *diag = NULL;
  struct percuta_koppenol_parameters out;
  assert_int_equal(0, percuta_diag_create(&diag));
  assert_int_equal(PERCUTA_OK, percuta_units_create(&units));
  assert_int_equal(PERCUTA_OK, percuta_parameters_create(&set));
  assert_int_equal(PERCUTA_OK, percuta_parameters_load_all(set, units, diag));
  assert_int_equal(PERCUTA_OK, percuta_koppenol_read(set, diag, &out));
  percuta_parameters_destroy(&set);
  percuta_units_destroy(&units);
  percuta_diag_destroy(&diag);
  return out;
}

/* Healthy young skin whose dermis is everything below 0.1 mm. */
static inline struct percuta_skin fixture_skin(void) {
  return (struct percuta_skin){.thickness = {2e-5, 8e-5, 2e-4, 1.2e-3, 1e-3},
                               .collagen_rel = 1,
                               .perfusion_rel = 1,
                               .closure_half_time = 86400,
                               .proliferation_factor = 1,
                               .production_factor = 1,
                               .clearance_factor = 1};
}

/* A stepper of the healing model on `grid`, at rest. */
struct fixture_model {
  struct percuta_grid *grid;
  struct percuta_mesh *mesh;
  struct percuta_healing *healing;
  struct percuta_stepper *stepper;
};

static inline struct fixture_model fixture_model(struct percuta_grid *grid, double tolerance,
                                                 const struct percuta_koppenol_parameters *p) {
  struct fixture_model m = {.grid = grid};
  struct percuta_skin skin = fixture_skin();
  double *u;
  CHECK(percuta_mesh_create(PETSC_COMM_WORLD, grid, PERCUTA_KOPPENOL_FIELDS, &m.mesh));
  CHECK(percuta_healing_create(m.mesh, &skin, p, &m.healing));
  struct percuta_stepper_options options = {.tolerance = tolerance,
                                            .scale = PERCUTA_HEALING_SCALE,
                                            .first_step = 1,
                                            .longest_step = 30 * PERCUTA_DAY};
  CHECK(percuta_stepper_create(m.mesh, &m.healing->problem, options, &m.stepper));
  CHECK(VecGetArray(percuta_stepper_state(m.stepper), &u));
  percuta_healing_rest(m.healing, u);
  CHECK(VecRestoreArray(percuta_stepper_state(m.stepper), &u));
  return m;
}

static inline void fixture_model_clear(struct fixture_model *m) {
  CHECK(percuta_stepper_destroy(&m->stepper));
  CHECK(percuta_healing_destroy(&m->healing));
  CHECK(percuta_mesh_destroy(&m->mesh));
  percuta_grid_destroy(&m->grid);
}

/* Mean of a field over the dermis. */
static inline double fixture_mean(const struct fixture_model *m, int field) {
  struct percuta_healing_means means;
  const double *u;
  CHECK(VecGetArrayRead(percuta_stepper_state(m->stepper), &u));
  CHECK(percuta_healing_average(m->healing, u, 0.0, 1.0, &means));
  CHECK(VecRestoreArrayRead(percuta_stepper_state(m->stepper), &u));
  return means.field[field];
}

#endif
