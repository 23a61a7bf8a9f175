/* Movement: order in space on a graded grid against an exact solution, conservation to round-off.
 */
#include "crowd_fixture.h"
#include "report_fixture.h"

#include "numerics/motion.h"

static const double SIZE = 2e-3, DEPTH = 1e-3, DIFFUSIVITY = 1e-10;

/* u = exp(-rate t) cos(2 pi x / SIZE) cos(2 pi y / SIZE) cos(pi z / DEPTH) solves u' = D lap u. */
static double exact_rate(void) {
  double kx = 2 * M_PI / SIZE, kz = M_PI / DEPTH;
  return DIFFUSIVITY * (2 * kx * kx + kz * kz);
}

static double shape(const struct percuta_grid *g, int i, int j, int k) {
  double z = 0.5 * (g->z_face[k] + g->z_face[k + 1]);
  return cos(2 * M_PI * (i + 0.5) / g->nx) * cos(2 * M_PI * (j + 0.5) / g->ny) *
         cos(M_PI * z / DEPTH);
}

/* Relative L2 error after the slowest mode has fallen to one half. */
static double diffusion_error(int n) {
  struct percuta_grid *grid = fixture_grid(n, n, SIZE, DEPTH, 0.7);
  struct percuta_mesh *mesh;
  struct percuta_stepper *stepper;
  double *rows = fixture_rows(n, DIFFUSIVITY);
  double end = log(2.0) / exact_rate(), scale = 1.0, sum = 0, norm = 0, *u;
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, grid, 1, &mesh));
  struct percuta_problem problem = {.fields = 1, .moving = 1, .motion = {{.constant = rows}}};
  struct percuta_stepper_options options = {
      .tolerance = 1e-8, .scale = &scale, .first_step = end / 1000, .longest_step = end / 20};
  CHECK(percuta_numerics_stepper_create(mesh, &problem, options, &stepper));
  /* an offset keeps u positive: values below zero would be lifted */
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (int c = 0; c < n * n * n; ++c)
    u[c] = 2 + shape(grid, c % n, c / n % n, c / n / n);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  fixture_advance(stepper, end);
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (int c = 0; c < n * n * n; ++c) {
    double exact = 0.5 * shape(grid, c % n, c / n % n, c / n / n);
    double volume = percuta_numerics_grid_cell_volume(grid, 0, c / n / n);
    sum += volume * pow(u[c] - 2 - exact, 2);
    norm += volume * exact * exact;
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  CHECK(percuta_numerics_stepper_destroy(&stepper));
  CHECK(percuta_numerics_mesh_destroy(&mesh));
  percuta_numerics_grid_destroy(&grid);
  free(rows);
  return sqrt(sum / norm);
}

/* u = exp(-D k^2 t) J0(k r) with k R the first zero of J1 solves the radial problem with a closed
 * wall. */
static double rings_error(int n) {
  const double radius = 4e-4, k = 3.8317059702075123 / radius,
               end = log(2.0) / (DIFFUSIVITY * k * k);
  const double face[] = {0, 1e-4};
  struct percuta_grid *grid = NULL;
  struct percuta_mesh *mesh;
  struct percuta_stepper *stepper;
  double *rows = fixture_rows(1, DIFFUSIVITY);
  double scale = 1.0, sum = 0, norm = 0, *u;
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create_rings(n, radius, face, 1, &grid));
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, grid, 1, &mesh));
  struct percuta_problem problem = {.fields = 1, .moving = 1, .motion = {{.constant = rows}}};
  struct percuta_stepper_options options = {
      .tolerance = 1e-8, .scale = &scale, .first_step = end / 1000, .longest_step = end / 20};
  CHECK(percuta_numerics_stepper_create(mesh, &problem, options, &stepper));
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (int i = 0; i < n; ++i)
    u[i] = 2 + j0(k * (i + 0.5) * radius / n);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  fixture_advance(stepper, end);
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (int i = 0; i < n; ++i) {
    double exact = 0.5 * j0(k * (i + 0.5) * radius / n);
    sum += percuta_numerics_grid_cell_area(grid, i) * pow(u[i] - 2 - exact, 2);
    norm += percuta_numerics_grid_cell_area(grid, i) * exact * exact;
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  CHECK(percuta_numerics_stepper_destroy(&stepper));
  CHECK(percuta_numerics_mesh_destroy(&mesh));
  percuta_numerics_grid_destroy(&grid);
  free(rows);
  return sqrt(sum / norm);
}

static void as_it_is(const void *context, size_t count, const double *guide, double *out) {
  (void)context;
  for (size_t i = 0; i < count; ++i)
    out[i] = guide[i];
}

/* The source that keeps u = 2 + exp(-rate t) shape a solution of u' = div(D w grad u) for the guide
 * w = 1.5 + shape / 2, which stays: with K = rate / D, div(w grad shape) = -K w shape +
 * |grad shape|^2 / 2. */
static void guided_source(const void *context, double time, const struct percuta_cells *row,
                          const double *const *u, double *const *rate) {
  const struct percuta_grid *g = context;
  double kx = 2 * M_PI / SIZE, kz = M_PI / DEPTH, slow = exact_rate();
  double z = 0.5 * (g->z_face[row->k] + g->z_face[row->k + 1]);
  double cz = cos(kz * z);
  (void)u;
  for (int i = 0; i < row->count; ++i) {
    const int cell = ((int)row->offset + i) % (g->nx * g->ny);
    double x = 2 * M_PI * (cell % g->nx + 0.5) / g->nx, y = 2 * M_PI * (cell / g->nx + 0.5) / g->ny;
    double cy = cos(y);
    double mode = cos(x) * cy * cz, w = 1.5 + 0.5 * mode;
    double gx = kx * sin(x) * cy * cz, gy = kx * cos(x) * sin(y) * cz;
    double gz = kz * cos(x) * cy * sin(kz * z);
    rate[0][i] += exp(-slow * time) * (-slow * mode + slow * w * mode -
                                       DIFFUSIVITY * 0.5 * (gx * gx + gy * gy + gz * gz));
  }
}

static double guided_error(int n) {
  struct percuta_grid *grid = fixture_grid(n, n, SIZE, DEPTH, 0.7);
  struct percuta_mesh *mesh;
  struct percuta_stepper *stepper;
  double *rows = fixture_rows(n, DIFFUSIVITY);
  double end = log(2.0) / exact_rate(), scale[] = {1, 1}, sum = 0, norm = 0, *u;
  int cells = n * n * n;
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, grid, 2, &mesh));
  struct percuta_problem problem = {.fields = 2,
                                    .moving = 1,
                                    .guide = 1,
                                    .guidance = as_it_is,
                                    .motion = {{.guided = rows}},
                                    .reaction = guided_source,
                                    .context = grid};
  struct percuta_stepper_options options = {
      .tolerance = 1e-7, .scale = scale, .first_step = end / 1000, .longest_step = end / 20};
  CHECK(percuta_numerics_stepper_create(mesh, &problem, options, &stepper));
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (int c = 0; c < cells; ++c) {
    double mode = shape(grid, c % n, c / n % n, c / n / n);
    u[c] = 2 + mode;
    u[cells + c] = 1.5 + 0.5 * mode;
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  fixture_advance(stepper, end);
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (int c = 0; c < cells; ++c) {
    double exact = 0.5 * shape(grid, c % n, c / n % n, c / n / n);
    double volume = percuta_numerics_grid_cell_volume(grid, 0, c / n / n);
    sum += volume * pow(u[c] - 2 - exact, 2);
    norm += volume * exact * exact;
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  CHECK(percuta_numerics_stepper_destroy(&stepper));
  CHECK(percuta_numerics_mesh_destroy(&mesh));
  percuta_numerics_grid_destroy(&grid);
  free(rows);
  return sqrt(sum / norm);
}

/* Errors from `first` cells on, doubled at each of `levels`. */
static void check_order(const char *test, const char *fidelity, double (*error)(int), int first,
                        int levels) {
  struct fixture_convergence c = {.test = test,
                                  .fidelity = fidelity,
                                  .what = "space",
                                  .asked = 1.9,
                                  .first = first,
                                  .levels = fixture_levels(levels)};
  for (int l = 0; l < c.levels; ++l)
    c.error[l] = error(first << l);
  fixture_convergence_check(&c);
}

static void order_in_rings(void **state) {
  (void)state;
  check_order("Bessel mode in a closed cylinder", "channel", rings_error, 10, 3);
}

static void order_in_space(void **state) {
  (void)state;
  check_order("waves", "patch", diffusion_error, 8, 2);
}

static void order_of_guided_movement(void **state) {
  (void)state;
  check_order("guided waves", "patch", guided_error, 8, 2);
}

/* Two layers, the lower one four times as diffusive. With closed ends the slowest mode is
 * cos(k1 z) above the border and a multiple of cos(k2 (H - z)) below it, k = sqrt(rate / D); equal
 * flux at the border sets the rate. */
static double layered_rate(double d1, double d2, double h, double depth) {
  /* the flux goes from minus to plus infinity between the rates at which a tangent is infinite */
  double one = d1 * pow(0.5 * M_PI / h, 2), other = d2 * pow(0.5 * M_PI / (depth - h), 2);
  double low = fmin(one, other) * (1 + 1e-9), high = fmax(one, other) * (1 - 1e-9);
  for (int i = 0; i < 200; ++i) {
    double rate = 0.5 * (low + high), k1 = sqrt(rate / d1), k2 = sqrt(rate / d2);
    double flux = d1 * k1 * tan(k1 * h) + d2 * k2 * tan(k2 * (depth - h));
    if (flux > 0)
      high = rate;
    else
      low = rate;
  }
  return 0.5 * (low + high);
}

static double layered_error(int n) {
  const double h = 4e-4, d1 = DIFFUSIVITY, d2 = 4 * DIFFUSIVITY;
  double rate = layered_rate(d1, d2, h, DEPTH), k1 = sqrt(rate / d1), k2 = sqrt(rate / d2);
  double ratio = cos(k1 * h) / cos(k2 * (DEPTH - h)), end = log(2.0) / rate;
  double scale = 1.0, sum = 0, norm = 0, *u, *face = malloc(((size_t)n + 1) * sizeof *face);
  double *rows = fixture_rows(n, d1);
  struct percuta_grid *grid = NULL;
  struct percuta_mesh *mesh;
  struct percuta_stepper *stepper;
  assert_non_null(face);
  int upper = 2 * n / 5; /* finer above than below: the cells differ in height at the border */
  for (int k = 0; k <= n; ++k)
    face[k] = k <= upper ? h * k / upper : h + (DEPTH - h) * (k - upper) / (n - upper);
  for (int k = upper; k < n; ++k)
    rows[k] = d2;
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create(1, 1, SIZE, SIZE, face, n, &grid));
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, grid, 1, &mesh));
  struct percuta_problem problem = {.fields = 1, .moving = 1, .motion = {{.constant = rows}}};
  struct percuta_stepper_options options = {
      .tolerance = 1e-8, .scale = &scale, .first_step = end / 1000, .longest_step = end / 20};
  CHECK(percuta_numerics_stepper_create(mesh, &problem, options, &stepper));
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (int pass = 0; pass < 2; ++pass) {
    for (int k = 0; k < n; ++k) {
      double z = 0.5 * (face[k] + face[k + 1]), height = face[k + 1] - face[k];
      double mode = z < h ? cos(k1 * z) : ratio * cos(k2 * (DEPTH - z));
      if (pass == 0) {
        u[k] = 4 + mode;
        continue;
      }
      sum += height * pow(u[k] - 4 - 0.5 * mode, 2);
      norm += height * 0.25 * mode * mode;
    }
    if (pass > 0)
      break;
    CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
    fixture_advance(stepper, end);
    CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  CHECK(percuta_numerics_stepper_destroy(&stepper));
  CHECK(percuta_numerics_mesh_destroy(&mesh));
  percuta_numerics_grid_destroy(&grid);
  free(rows);
  free(face);
  return sqrt(sum / norm);
}

static void order_across_layers(void **state) {
  (void)state;
  check_order("laminate slab", "column", layered_error, 20, 3);
}

/* Layers in series: at rest of flux, a slab between two reactions would need the harmonic mean;
 * here the face value itself is checked against the exact conductance of two layers. */
static void face_is_series_conductance(void **state) {
  (void)state;
  double a = 3e-5, b = 5e-5, da = 1e-10, db = 7e-11;
  double exact = 1.0 / (0.5 * a / da + 0.5 * b / db);
  assert_true(fabs(percuta_numerics_motion_face(da, a, db, b) / exact - 1) < 1e-14);
  assert_true(percuta_numerics_motion_face(da, a, 0.0, b) == 0.0);
}

/* Random fields under all kinds of movement, guided by one that stays: what leaves one cell enters
 * another. */
static void rates_conserve(void **state) {
  (void)state;
  enum { N = 12, NZ = 9, FIELDS = 3, ALL = FIELDS + 1 };
  struct percuta_grid *grid = fixture_grid(N, NZ, SIZE, DEPTH, 1.5);
  struct percuta_mesh *mesh;
  struct percuta_motion_work *work;
  double *rows = fixture_rows(NZ, DIFFUSIVITY);
  rows[0] = 0.0; /* a closed layer */
  rows[5] *= 7;
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, grid, ALL, &mesh));
  struct percuta_motion cells = {.crowding = rows, .chemotaxis = rows, .guided = rows};
  struct percuta_problem problem = {.fields = ALL,
                                    .moving = FIELDS,
                                    .signal = 2,
                                    .guide = FIELDS,
                                    .guidance = fixture_guidance,
                                    .motion = {cells, cells, {.constant = rows}}};
  CHECK(percuta_numerics_motion_create(mesh, &problem, &work));
  double *u = malloc(sizeof(double) * ALL * N * N * NZ),
         *rate = malloc(sizeof(double) * ALL * N * N * NZ);
  assert_non_null(u);
  assert_non_null(rate);
  unsigned seed = 1;
  for (int c = 0; c < ALL * N * N * NZ; ++c) {
    seed = seed * 1664525u + 1013904223u;
    u[c] = (seed >> 8) / (double)(1u << 24);
  }
  CHECK(percuta_numerics_motion_rate(work, 0.0, u, rate));
  for (int f = 0; f < FIELDS; ++f) {
    double sum = 0, size = 0;
    for (int c = 0; c < N * N * NZ; ++c) {
      double part =
          percuta_numerics_grid_cell_volume(grid, 0, c / N / N) * rate[f * N * N * NZ + c];
      sum += part;
      size += fabs(part);
    }
    assert_true(size > 0);
    assert_true(fabs(sum) < 1e-12 * size);
    for (int c = 0; c < N * N; ++c)
      assert_true(rate[f * N * N * NZ + c] == 0.0);
  }
  free(u);
  free(rate);
  free(rows);
  CHECK(percuta_numerics_motion_destroy(&work));
  CHECK(percuta_numerics_mesh_destroy(&mesh));
  percuta_numerics_grid_destroy(&grid);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(order_in_space),      cmocka_unit_test(order_in_rings),
      cmocka_unit_test(order_across_layers), cmocka_unit_test(face_is_series_conductance),
      cmocka_unit_test(rates_conserve),      cmocka_unit_test(order_of_guided_movement),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
