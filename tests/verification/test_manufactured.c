/* Prescribed solutions in all three fidelities: order in space on grids graded in depth, order in
 * time. Diffusion across layers, crowding, chemotaxis, a reaction, and the core model of repair
 * with chemotaxis made strong enough to be seen. */
#include "manufactured_fixture.h"
#include "model_fixture.h"

#include "healing/koppenol/koppenol.h"

static const double DIFFUSIVITY = 1e-10, SLOW = 2e-3, DAILY = 1 / PERCUTA_DAY;
static const char *const NAMES[] = {"column", "channel", "patch"};

enum kind { LAYERS, CROWDING, CHEMOTAXIS, REACTION, CORE };
static const char *const KINDS[] = {"layers", "crowding", "chemotaxis", "reaction", "core model"};

/* One grid with its problem. */
struct trial {
  struct percuta_grid *grid;
  struct percuta_mesh *mesh;
  struct percuta_problem problem; /* whose solution is prescribed */
  struct percuta_healing *healing;
  double *rows[3];
  struct fixture_manufactured m;
  struct percuta_stepper *stepper;
};

/* Upper layer 1, lower layer 4 times DIFFUSIVITY; a half wave of equal flux at their border: see
 * layered_rate in test_motion.c. With d u'' the same on both sides, so are the waves' rates. */
static void layers_down(int shape, double z, double *out) {
  /* k1 h for tan(k1 h) + 2 tan(0.75 k1 h) = 0: conductance 4 over wave number 1/2, depths 0.4, 0.6
   */
  double low = 1.6, high = 2.0;
  (void)shape;
  for (int i = 0; i < 60; ++i) {
    double x = 0.5 * (low + high);
    *(tan(x) + 2 * tan(0.75 * x) > 0 ? &high : &low) = x;
  }
  double h = FIXTURE_BORDER, k1 = low / h, k2 = 0.5 * k1;
  double ratio = cos(k1 * h) / cos(k2 * (FIXTURE_DEPTH - h)), rise = FIXTURE_DEPTH - z;
  bool above = z < h;
  out[0] = above ? cos(k1 * z) : ratio * cos(k2 * rise);
  out[1] = above ? -k1 * sin(k1 * z) : ratio * k2 * sin(k2 * rise);
  out[2] = above ? -k1 * k1 * out[0] : -k2 * k2 * out[0];
}

static void activator_rate(const void *context, double time, const struct percuta_cells *row,
                           const double *const *u, double *const *rate) {
  (void)context, (void)time;
  for (int i = 0; i < row->count; ++i) {
    double both = u[0][i] * u[0][i] * u[1][i];
    rate[0][i] += SLOW * (0.1 - u[0][i] + both);
    rate[1][i] += SLOW * (0.9 - both);
  }
}

static void activator_slope(const void *context, double time, const struct percuta_cells *row,
                            const double *const *u, double *const *slope) {
  (void)context, (void)time;
  for (int i = 0; i < row->count; ++i) {
    slope[0][i] = -SLOW;
    slope[1][i] = -SLOW * u[0][i] * u[0][i];
  }
}

/* All of the grid is dermis. */
static void set_core(struct trial *t) {
  struct percuta_cascade p = fixture_cascade(fixture_all(), NULL);
  struct percuta_skin skin = fixture_skin();
  for (int l = 0; l < PERCUTA_PAPILLARY_DERMIS; ++l)
    skin.thickness[l] = 0;
  struct percuta_koppenol core = *PERCUTA_PART(&p, koppenol);
  core.chemotaxis *= 1e8; /* as published it is 1e-8 of diffusion */
  PERCUTA_PART_KEEP(&p, koppenol, &core);
  CHECK(percuta_healing_create(t->mesh, &skin, &p, &t->healing));
  t->problem = t->healing->problem;
  for (int f = 0; f < p.layout.count; ++f) {
    /* what is near one at rest stays on the side of it on which the rates are smooth */
    bool plenty = percuta_healing_layout_field[p.layout.field[f]].typical >= 1;
    t->m.offset[f] = plenty ? 0.7 : 0.35;
    t->m.swing[f] = plenty ? 0.2 : 0.1;
    t->m.shape[f] = f % 2;
  }
}

static void set_problem(struct trial *t, enum kind kind) {
  struct percuta_problem *p = &t->problem;
  const double *even = t->rows[0], *strong = t->rows[1], *layers = t->rows[2];
  for (int f = 0; f < 3; ++f) {
    t->m.offset[f] = 1;
    t->m.swing[f] = f == 1 ? 0.3 : 0.5;
    t->m.shape[f] = f % 2;
  }
  switch (kind) {
  case LAYERS:
    *p = (struct percuta_problem){.fields = 1, .moving = 1, .motion = {{.constant = layers}}};
    break;
  case CROWDING:
    *p = (struct percuta_problem){
        .fields = 2, .moving = 2, .motion = {{.crowding = even}, {.crowding = even}}};
    break;
  case CHEMOTAXIS:
    *p = (struct percuta_problem){.fields = 3,
                                  .moving = 3,
                                  .signal = 2,
                                  .motion = {{.constant = even, .chemotaxis = strong},
                                             {.crowding = even, .chemotaxis = strong},
                                             {.constant = even}}};
    t->m.shape[0] = t->m.shape[1] = 1;
    break;
  case REACTION:
    *p = (struct percuta_problem){.fields = 2,
                                  .moving = 2,
                                  .motion = {{.constant = even}, {.constant = even}},
                                  .reaction = activator_rate,
                                  .slope = activator_slope};
    break;
  case CORE:
    set_core(t);
    break;
  }
}

/* `end` halves what is left of the swings. */
static struct trial *create(enum kind kind, enum fixture_fidelity fidelity, int n, double tolerance,
                            double *end) {
  static double scale[PERCUTA_FIELD_COUNT];
  for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f)
    scale[f] = 1;
  struct trial *t = calloc(1, sizeof *t);
  double *u;
  assert_non_null(t);
  t->grid = fixture_fidelity_grid(fidelity, n, n, kind == LAYERS);
  for (int r = 0; r < 3; ++r)
    t->rows[r] = fixture_rows(n, r == 1 ? 3 * DIFFUSIVITY : DIFFUSIVITY);
  for (int k = n / 2; k < n; ++k)
    t->rows[2][k] *= 4;
  int fields = kind == CORE     ? percuta_healing_layout_of(fixture_all()).count
               : kind == LAYERS ? 1
                                : 2;
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, t->grid, fields + (kind == CHEMOTAXIS),
                                     &t->mesh));
  set_problem(t, kind);
  t->m.decay = kind == CORE ? DAILY : SLOW;
  *end = log(2.0) / t->m.decay;
  fixture_manufactured_create(t->mesh, kind == LAYERS ? layers_down : fixture_cosine, &t->m);
  fixture_manufactured_wrap(&t->m, &t->problem);
  struct percuta_stepper_options options = {
      .tolerance = tolerance, .scale = scale, .first_step = *end / 50, .longest_step = *end};
  CHECK(percuta_numerics_stepper_create(t->mesh, &t->m.problem, options, &t->stepper));
  CHECK(VecGetArray(percuta_numerics_stepper_state(t->stepper), &u));
  fixture_manufactured_set(&t->m, t->mesh, 0.0, u);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(t->stepper), &u));
  return t;
}

static void destroy(struct trial *t) {
  CHECK(percuta_numerics_stepper_destroy(&t->stepper));
  CHECK(percuta_healing_destroy(&t->healing));
  CHECK(percuta_numerics_mesh_destroy(&t->mesh));
  percuta_numerics_grid_destroy(&t->grid);
  fixture_manufactured_clear(&t->m);
  for (int r = 0; r < 3; ++r)
    free(t->rows[r]);
  free(t);
}

static double space_error(enum kind kind, enum fixture_fidelity fidelity, int n) {
  double end, error;
  const double *u;
  struct trial *t = create(kind, fidelity, n, 1e-7, &end);
  fixture_advance(t->stepper, end);
  CHECK(VecGetArrayRead(percuta_numerics_stepper_state(t->stepper), &u));
  error = fixture_manufactured_error(&t->m, t->mesh, end, u);
  CHECK(VecRestoreArrayRead(percuta_numerics_stepper_state(t->stepper), &u));
  destroy(t);
  return error;
}

static void order_in_space(enum kind kind) {
  const int first[] = {16, 10, 8}, levels[] = {4, 3, 2};
  for (int f = 0; f < 3; ++f) {
    struct fixture_convergence c = {.test = KINDS[kind],
                                    .fidelity = NAMES[f],
                                    .what = "space",
                                    .asked = 1.9,
                                    .first = first[f],
                                    .levels = fixture_levels(levels[f])};
    for (int l = 0; l < c.levels; ++l)
      c.error[l] = space_error(kind, (enum fixture_fidelity)f, c.first << l);
    fixture_convergence_check(&c);
  }
}

/* The state after `steps` equal steps of the first quarter. */
static Vec equal_steps(enum kind kind, enum fixture_fidelity fidelity, int n, int steps) {
  double end;
  Vec result;
  struct trial *t = create(kind, fidelity, n, FIXTURE_ANY_ERROR, &end);
  end *= 0.25;
  percuta_numerics_stepper_clock(t->stepper)->next_step = end / steps;
  for (int s = 1; s <= steps; ++s)
    fixture_advance(t->stepper, s == steps ? end : end * s / steps);
  assert_int_equal(steps, percuta_numerics_stepper_clock(t->stepper)->totals.steps);
  CHECK(VecDuplicate(percuta_numerics_stepper_state(t->stepper), &result));
  CHECK(VecCopy(percuta_numerics_stepper_state(t->stepper), result));
  destroy(t);
  return result;
}

/* On one coarse grid, against many more steps. */
static void order_in_time(enum kind kind) {
  const int n[] = {12, 8, 6};
  for (int f = 0; f < 3; ++f) {
    struct fixture_convergence c = {.test = KINDS[kind],
                                    .fidelity = NAMES[f],
                                    .what = "time",
                                    .asked = 2.8,
                                    .first = kind == CORE ? 80 : 20,
                                    .levels = fixture_levels(2)};
    enum fixture_fidelity fidelity = (enum fixture_fidelity)f;
    Vec exact = equal_steps(kind, fidelity, n[f], c.first << (c.levels + 1));
    for (int l = 0; l < c.levels; ++l) {
      Vec u = equal_steps(kind, fidelity, n[f], c.first << l);
      CHECK(VecAXPY(u, -1.0, exact));
      CHECK(VecNorm(u, NORM_2, &c.error[l]));
      CHECK(VecDestroy(&u));
    }
    CHECK(VecDestroy(&exact));
    fixture_convergence_check(&c);
  }
}

#define BOTH_ORDERS(name, kind)                                                                    \
  static void name##_in_space(void **state) {                                                      \
    (void)state;                                                                                   \
    order_in_space(kind);                                                                          \
  }                                                                                                \
  static void name##_in_time(void **state) {                                                       \
    (void)state;                                                                                   \
    order_in_time(kind);                                                                           \
  }

BOTH_ORDERS(layers, LAYERS)
BOTH_ORDERS(crowding, CROWDING)
BOTH_ORDERS(chemotaxis, CHEMOTAXIS)
BOTH_ORDERS(reaction, REACTION)
BOTH_ORDERS(core, CORE)

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(layers_in_space),     cmocka_unit_test(layers_in_time),
      cmocka_unit_test(crowding_in_space),   cmocka_unit_test(crowding_in_time),
      cmocka_unit_test(chemotaxis_in_space), cmocka_unit_test(chemotaxis_in_time),
      cmocka_unit_test(reaction_in_space),   cmocka_unit_test(reaction_in_time),
      cmocka_unit_test(core_in_space),       cmocka_unit_test(core_in_time),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
