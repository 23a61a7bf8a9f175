/* The healing model with the parameters that Percuta ships, for verification tests. */
#ifndef PERCUTA_TESTS_MODEL_FIXTURE_H
#define PERCUTA_TESTS_MODEL_FIXTURE_H

#include "../unit/catalogue_fixture.h"
#include "problem_fixture.h"

#include "healing/healing.h"

/* Parts of the model that a test switches on; of the cores exactly one. */
#define FIXTURE_PART(name) (1U << PERCUTA_PART_##name)
static const unsigned FIXTURE_CORE = FIXTURE_PART(koppenol);
static const unsigned FIXTURE_CORES = 0
#define PERCUTA_CORE(name) | FIXTURE_PART(name)
#define PERCUTA_EXTENSION(name, meaning)
#include "scenario/parts.def"
#undef PERCUTA_CORE
#undef PERCUTA_EXTENSION
    ;
static const unsigned FIXTURE_PLAIN =
    FIXTURE_PART(koppenol) | FIXTURE_PART(trigger) | FIXTURE_PART(collagen_types);

/* The core with every extension. */
static inline unsigned fixture_all(void) {
  return (((1U << PERCUTA_PART_COUNT) - 1) & ~FIXTURE_CORES) | FIXTURE_CORE;
}

static inline bool fixture_one_core(unsigned parts) {
  unsigned cores = parts & FIXTURE_CORES;
  return cores != 0 && (cores & (cores - 1)) == 0;
}

/* The parts with the parameters that Percuta ships; `skin` NULL for healthy young skin. */
static inline struct percuta_cascade fixture_cascade(unsigned parts,
                                                     const struct percuta_skin *skin) {
  struct percuta_diag *diag = NULL;
  struct percuta_layout layout = percuta_healing_layout_of(parts);
  struct percuta_cascade out;
  assert_int_equal(0, percuta_base_diag_create(&diag));
  assert_int_equal(PERCUTA_OK, percuta_healing_cascade_read(
                                   &layout, percuta_catalogue_parameters(fixture_catalogue()), skin,
                                   diag, &out));
  percuta_base_diag_destroy(&diag);
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
                                                 const struct percuta_cascade *cascade) {
  struct fixture_model m = {.grid = grid};
  struct percuta_skin skin = fixture_skin();
  double *u;
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, grid, cascade->layout.count, &m.mesh));
  CHECK(percuta_healing_create(m.mesh, &skin, cascade, &m.healing));
  struct percuta_stepper_options options = {.tolerance = tolerance,
                                            .scale = m.healing->scale,
                                            .first_step = 1,
                                            .longest_step = 30 * PERCUTA_DAY};
  CHECK(percuta_numerics_stepper_create(m.mesh, &m.healing->problem, options, &m.stepper));
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  percuta_healing_rest(m.healing, u);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  return m;
}

static inline void fixture_model_clear(struct fixture_model *m) {
  CHECK(percuta_numerics_stepper_destroy(&m->stepper));
  CHECK(percuta_healing_destroy(&m->healing));
  CHECK(percuta_numerics_mesh_destroy(&m->mesh));
  percuta_numerics_grid_destroy(&m->grid);
}

/* This rank's values of a field in the state `u`. */
static inline double *fixture_field(const struct fixture_model *m, double *u,
                                    enum percuta_field field) {
  double *values = percuta_healing_field(m->healing, u, field);
  assert_non_null(values);
  return values;
}

/* Mean of a field over the dermis. */
static inline double fixture_mean(const struct fixture_model *m, enum percuta_field field) {
  struct percuta_healing_means means;
  const double *u;
  CHECK(VecGetArrayRead(percuta_numerics_stepper_state(m->stepper), &u));
  const struct percuta_healing_source state = {.array = u};
  CHECK(percuta_healing_average(m->healing, &state, 0.0, 1.0, &means));
  CHECK(VecRestoreArrayRead(percuta_numerics_stepper_state(m->stepper), &u));
  return means.field[field];
}

#endif
