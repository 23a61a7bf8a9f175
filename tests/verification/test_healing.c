/* The healing stage on grids: fidelities agree where they must, balances close, no touch of layers
 * that are not dermis. */
#include "model_fixture.h"

/* Cuts the same share of every cell down to `depth`; platelets release `signal_rel` of the normal.
 */
static void cut_evenly(const struct fixture_model *m, double share, double depth,
                       double signal_rel) {
  struct percuta_injury injury = {
      .grid = m->grid, .y_count = m->mesh->y_count, .signal_rel = signal_rel};
  double *u;
  injury.injured = calloc(m->mesh->local, sizeof(double));
  injury.clotted = calloc(m->mesh->local, sizeof(double));
  assert_non_null(injury.injured);
  assert_non_null(injury.clotted);
  size_t plane = (size_t)m->mesh->nx * (size_t)m->mesh->y_count;
  for (size_t c = 0; c < m->mesh->local; ++c) {
    if (m->grid->z_face[c / plane + 1] > depth)
      continue;
    injury.injured[c] = share;
    injury.clotted[c] = 0.5 * share;
  }
  CHECK(VecGetArray(percuta_numerics_stepper_state(m->stepper), &u));
  percuta_healing_injure(m->healing, &injury, u);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m->stepper), &u));
  percuta_healing_injury_clear(&injury);
}

static struct fixture_model even_model(int n, double tolerance) {
  struct percuta_cascade p = fixture_cascade(FIXTURE_PLAIN, NULL);
  struct fixture_model m = fixture_model(fixture_grid(n, 24, 1e-3, 1.4e-3, 0.3), tolerance, &p);
  cut_evenly(&m, 0.04, 8e-4, 1);
  return m;
}

/* The same on rings around an axis. */
static struct fixture_model even_rings(double tolerance) {
  struct percuta_cascade p = fixture_cascade(FIXTURE_PLAIN, NULL);
  struct percuta_grid *box = fixture_grid(1, 24, 1e-3, 1.4e-3, 0.3), *rings = NULL;
  assert_int_equal(PERCUTA_OK,
                   percuta_numerics_grid_create_rings(9, 4e-4, box->z_face, 24, &rings));
  percuta_numerics_grid_destroy(&box);
  struct fixture_model m = fixture_model(rings, tolerance, &p);
  cut_evenly(&m, 0.04, 8e-4, 1);
  return m;
}

/* Even across, a patch is a column, and so are rings. */
static void fidelities_agree(struct fixture_model patch) {
  struct fixture_model column = even_model(1, 1e-5);
  const double days[] = {1, 10, 40, 180};
  for (int i = 0; i < 4; ++i) {
    fixture_advance(column.stepper, days[i] * PERCUTA_DAY);
    fixture_advance(patch.stepper, days[i] * PERCUTA_DAY);
    for (int f = 0; f < PERCUTA_FIELD_COUNT; ++f) {
      double a = fixture_mean(&column, (enum percuta_field)f);
      double b = fixture_mean(&patch, (enum percuta_field)f);
      assert_true(fabs(a - b) < 1e-7 * fmax(1, fabs(a)));
    }
  }
  fixture_model_clear(&column);
  fixture_model_clear(&patch);
}

static void patch_agrees_with_column(void **state) {
  (void)state;
  fidelities_agree(even_model(6, 1e-5));
}

/* Cells are computed in pieces; a row of more than one has them all. */
static void long_rows_agree_with_column(void **state) {
  (void)state;
  struct percuta_cascade p = fixture_cascade(FIXTURE_PLAIN, NULL);
  struct percuta_grid *box = fixture_grid(1, 24, 1e-3, 1.4e-3, 0.3), *strip = NULL;
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create(PERCUTA_PIECE + 7, 1, 1e-4, 1e-4,
                                                            box->z_face, 24, &strip));
  percuta_numerics_grid_destroy(&box);
  struct fixture_model m = fixture_model(strip, 1e-5, &p);
  cut_evenly(&m, 0.04, 8e-4, 1);
  fidelities_agree(m);
}

static void rings_agree_with_column(void **state) {
  (void)state;
  fidelities_agree(even_rings(1e-5));
}

static void epidermis_holds_clot_only(void **state) {
  (void)state;
  struct fixture_model m = even_model(3, 1e-4);
  double *u;
  fixture_advance(m.stepper, 20 * PERCUTA_DAY);
  CHECK(VecGetArray(percuta_numerics_stepper_state(m.stepper), &u));
  int outside = 0;
  for (size_t c = 0; c < m.mesh->local; ++c) {
    if (m.healing->dermal[c / 9])
      continue;
    ++outside;
    const struct percuta_layout *layout = &m.healing->cascade.layout;
    for (int place = 0; place < layout->count; ++place) {
      if (percuta_healing_layout_field[layout->field[place]].home == PERCUTA_HOME_DERMIS)
        assert_true(u[(size_t)place * m.mesh->local + c] == 0);
    }
  }
  assert_true(outside > 0);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(m.stepper), &u));
  fixture_model_clear(&m);
}

/* Platelets that release a third give a third of the signal at once; clot is as much. */
static void platelets_scale_the_signal(void **state) {
  (void)state;
  struct percuta_cascade p = fixture_cascade(FIXTURE_PLAIN, NULL);
  struct fixture_model normal = even_model(3, 1e-4);
  struct fixture_model few = fixture_model(fixture_grid(3, 24, 1e-3, 1.4e-3, 0.3), 1e-4, &p);
  cut_evenly(&few, 0.04, 8e-4, 1. / 3);
  double all = fixture_mean(&normal, PERCUTA_FIELD_signal);
  assert_true(all > 0);
  assert_true(fabs(fixture_mean(&few, PERCUTA_FIELD_signal) / all - 1. / 3) < 1e-13);
  assert_true(fixture_mean(&few, PERCUTA_FIELD_clot) == fixture_mean(&normal, PERCUTA_FIELD_clot));
  fixture_model_clear(&normal);
  fixture_model_clear(&few);
}

/* A defect of `width` cells on a patch of 8 x 8: `expected` says, row by row, which cells' middles
 * are within it, and so it lies in the middle of the patch to a twentieth of a cell. */
static void check_defect(bool stripe, double width, const char *expected) {
  const double cell = 5e-5, depth = 4e-4;
  struct percuta_cascade p = fixture_cascade(FIXTURE_PLAIN, NULL);
  struct percuta_grid *grid = fixture_grid(8, 24, 8 * cell, 1.4e-3, 0.3);
  struct percuta_mesh *mesh;
  struct percuta_healing *healing;
  struct percuta_skin skin = fixture_skin();
  skin.collagen_rel = 0.9;
  skin.has_defect = true;
  skin.defect_is_stripe = stripe;
  skin.defect_width = width * cell;
  skin.defect_depth = depth;
  skin.defect_collagen_rel = 0.5;
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, grid, p.layout.count, &mesh));
  CHECK(percuta_healing_create(mesh, &skin, &p, &healing));
  int deep = 0, shallow = 0;
  for (int k = 0; k < 24; ++k) {
    double middle = 0.5 * (grid->z_face[k] + grid->z_face[k + 1]);
    double junction = percuta_skin_layer_top(&skin, PERCUTA_PAPILLARY_DERMIS);
    bool dermal = middle > junction, within = dermal && middle < junction + depth;
    deep += dermal && !within;
    shallow += within;
    for (int c = 0; c < 64; ++c) {
      double rest = !dermal ? 0 : within && expected[c] == 'x' ? 0.45 : 0.9;
      assert_true(fabs(healing->rest[64 * k + c] - rest) < 1e-15);
    }
  }
  assert_true(deep > 3 && shallow > 3);
  CHECK(percuta_healing_destroy(&healing));
  CHECK(percuta_numerics_mesh_destroy(&mesh));
  percuta_numerics_grid_destroy(&grid);
}

static void a_defect_lies_in_the_middle(void **state) {
  (void)state;
  const char *four = "..xxxx..";
  char stripe[65] = "", disc[65];
  for (int j = 0; j < 8; ++j)
    strcat(stripe, four);
  check_defect(true, 3.1, stripe); /* half of it 1.55 cells: those at 1.5 are in by a twentieth */
  check_defect(true, 4.9, stripe); /* 2.45: those at 2.5 are out by a twentieth */
  /* Cells' middles at sqrt(0.5) = 0.71, sqrt(2.5) = 1.58, sqrt(4.5) = 2.12 … */
  snprintf(disc, sizeof disc, "%s%s%s%s%s%s%s%s", "........", "........", "...xx...", "..xxxx..",
           "..xxxx..", "...xx...", "........", "........");
  check_defect(false, 3.26, disc);
  snprintf(disc, sizeof disc, "%s%s%s%s%s%s%s%s", "........", "........", "........", "...xx...",
           "...xx...", "........", "........", "........");
  check_defect(false, 3.06, disc);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(patch_agrees_with_column),   cmocka_unit_test(long_rows_agree_with_column),
      cmocka_unit_test(rings_agree_with_column),    cmocka_unit_test(epidermis_holds_clot_only),
      cmocka_unit_test(platelets_scale_the_signal), cmocka_unit_test(a_defect_lies_in_the_middle),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
