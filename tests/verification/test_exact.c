/* Exact solutions: a Gaussian that spreads and decays in all three fidelities, a disc that spreads
 * in a closed cylinder. Totals, values that stay above zero, rings against a patch. */
#include "crowd_fixture.h"
#include "manufactured_fixture.h"

#include "numerics/motion.h"

static const double DIFFUSIVITY = 1e-10;
static const char *const NAMES[] = {"column", "channel", "patch"};

/* A stepper of `problem` on `grid`. */
struct run {
  struct percuta_grid *grid;
  struct percuta_mesh *mesh;
  struct percuta_stepper *stepper;
};

static struct run start(struct percuta_grid *grid, const struct percuta_problem *problem,
                        double tolerance, double first_step) {
  static const double scale[] = {1, 1, 1};
  struct run run = {.grid = grid};
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, grid, problem->fields, &run.mesh));
  struct percuta_stepper_options options = {
      .tolerance = tolerance, .scale = scale, .first_step = first_step, .longest_step = 1e9};
  CHECK(percuta_numerics_stepper_create(run.mesh, problem, options, &run.stepper));
  return run;
}

static void finish(struct run *run) {
  CHECK(percuta_numerics_stepper_destroy(&run->stepper));
  CHECK(percuta_numerics_mesh_destroy(&run->mesh));
  percuta_numerics_grid_destroy(&run->grid);
}

/* A value at the middle of a cell; `time` since the start. */
typedef double solution_fn(const struct percuta_grid *grid, double time, int i, int j, int k);

static void set(const struct run *run, int field, solution_fn *solution) {
  const struct percuta_mesh *mesh = run->mesh;
  double *u;
  CHECK(VecGetArray(percuta_numerics_stepper_state(run->stepper), &u));
  u += (size_t)field * mesh->local;
  for (int c = 0; c < (int)mesh->local; ++c) {
    int i = c % mesh->nx, j = c / mesh->nx % mesh->ny;
    u[c] = solution(mesh->grid, 0.0, i, j, c / mesh->nx / mesh->ny);
  }
  u -= (size_t)field * mesh->local;
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(run->stepper), &u));
}

/* Relative L2 error of field 0. */
static double error_against(const struct run *run, solution_fn *solution) {
  const struct percuta_mesh *mesh = run->mesh;
  double time = percuta_numerics_stepper_clock(run->stepper)->time, sum = 0, norm = 0;
  const double *u;
  CHECK(VecGetArrayRead(percuta_numerics_stepper_state(run->stepper), &u));
  for (int c = 0; c < (int)mesh->local; ++c) {
    int i = c % mesh->nx, j = c / mesh->nx % mesh->ny, k = c / mesh->nx / mesh->ny;
    double volume = percuta_numerics_grid_cell_volume(mesh->grid, i, k);
    double exact = solution(mesh->grid, time, i, j, k);
    sum += volume * pow(u[c] - exact, 2);
    norm += volume * exact * exact;
  }
  CHECK(VecRestoreArrayRead(percuta_numerics_stepper_state(run->stepper), &u));
  return sqrt(sum / norm);
}

/* Volume integral of a power of a field. */
static double integral(const struct run *run, int field, double power) {
  const struct percuta_mesh *mesh = run->mesh;
  size_t plane = (size_t)mesh->nx * (size_t)mesh->ny;
  double sum = 0;
  const double *u;
  CHECK(VecGetArrayRead(percuta_numerics_stepper_state(run->stepper), &u));
  for (size_t c = 0; c < mesh->local; ++c) {
    sum += percuta_numerics_grid_cell_volume(mesh->grid, (int)(c % (size_t)mesh->nx),
                                             (int)(c / plane)) *
           pow(u[(size_t)field * mesh->local + c], power);
  }
  CHECK(VecRestoreArrayRead(percuta_numerics_stepper_state(run->stepper), &u));
  return sum;
}

/* Gaussian of variance s^2 = WIDTH^2 + 2 D t times exp(-DECAY t). Images stand for the periodic
 * sides and the closed top and bottom; rings are wide enough to do without. */
static const double WIDTH = 1.2e-4, DECAY = 1e-3, GAUSSIAN_END = 100;

static double images(double at, double variance, double period) {
  double sum = 0;
  for (int m = -4; m <= 4; ++m)
    sum += exp(-pow(at + m * period, 2) / (2 * variance));
  return sum * WIDTH / sqrt(variance);
}

static double gaussian(const struct percuta_grid *g, double time, int i, int j, int k) {
  double variance = WIDTH * WIDTH + 2 * DIFFUSIVITY * time;
  double z = 0.5 * (g->z_face[k] + g->z_face[k + 1]), centre = 0.4 * FIXTURE_DEPTH;
  double down = images(z - centre, variance, 2 * FIXTURE_DEPTH) +
                images(z + centre, variance, 2 * FIXTURE_DEPTH);
  double across = 1;
  if (g->metric == PERCUTA_CYLINDRICAL) {
    across = exp(-pow((i + 0.5) * g->dx, 2) / (2 * variance)) * WIDTH * WIDTH / variance;
  } else if (g->nx > 1) {
    across = images((i + 0.5) * g->dx - 0.7 * FIXTURE_SIZE, variance, FIXTURE_SIZE) *
             images((j + 0.5) * g->dy - 0.1 * FIXTURE_SIZE, variance, FIXTURE_SIZE);
  }
  return down * across * exp(-DECAY * time);
}

static void decay_rate(const void *context, double time, const struct percuta_cells *row,
                       const double *const *u, double *const *rate) {
  (void)context, (void)time;
  for (int i = 0; i < row->count; ++i)
    rate[0][i] -= DECAY * u[0][i];
}

static void decay_slope(const void *context, double time, const struct percuta_cells *row,
                        const double *const *u, double *const *slope) {
  (void)context, (void)time, (void)u;
  for (int i = 0; i < row->count; ++i)
    slope[0][i] = -DECAY;
}

static double gaussian_error(enum fixture_fidelity fidelity, int n) {
  double *rows = fixture_rows(n, DIFFUSIVITY);
  struct percuta_problem problem = {.fields = 1,
                                    .moving = 1,
                                    .motion = {{.constant = rows}},
                                    .reaction = decay_rate,
                                    .slope = decay_slope};
  struct run run = start(fixture_fidelity_grid(fidelity, n, n, false), &problem, 1e-7, 1);
  set(&run, 0, gaussian);
  fixture_advance(run.stepper, GAUSSIAN_END);
  double error = error_against(&run, gaussian);
  finish(&run);
  free(rows);
  return error;
}

static void gaussian_spreads(void **state) {
  const int first[] = {20, 20, 20};
  (void)state;
  for (int f = 0; f < 3; ++f) {
    struct fixture_convergence c = {.test = "Gaussian with decay",
                                    .fidelity = NAMES[f],
                                    .what = "space",
                                    .asked = 1.9,
                                    .first = first[f],
                                    .levels = fixture_levels(f == FIXTURE_PATCH ? 2 : 3)};
    for (int l = 0; l < c.levels; ++l)
      c.error[l] = gaussian_error((enum fixture_fidelity)f, c.first << l);
    fixture_convergence_check(&c);
  }
}

/* The n-th positive zero of J1: McMahon's expansion, then Newton, with J1' = J0 - J1/x. */
static double bessel_zero(int n) {
  double b = (n + 0.25) * M_PI, x = b - 3 / (8 * b);
  for (int i = 0; i < 5; ++i)
    x -= j1(x) / (j0(x) - j1(x) / x);
  return x;
}

/* One within DISC_INNER of the axis, nothing outside, in a closed cylinder of radius R:
 * u = (a/R)^2 + sum 2 a J1(x a/R) / (R x J0(x)^2) J0(x r/R) exp(-D x^2 t/R^2), J1(x) = 0; averaged
 * over a ring, since at the start a ring is either full or empty. */
static const double DISC_SHARE = 0.4, DISC_END = 120;

static double disc(const struct percuta_grid *g, double time, int i, int j, int k) {
  double inner = (double)i / g->nx, outer = (i + 1.0) / g->nx, radius = g->nx * g->dx;
  (void)j, (void)k;
  if (time <= 0)
    return outer < DISC_SHARE * (1 + 1e-9) ? 1.0 : 0.0;
  double sum = DISC_SHARE * DISC_SHARE;
  for (int n = 1; n < 60; ++n) {
    double x = bessel_zero(n);
    double ring =
        2 * (outer * j1(x * outer) - inner * j1(x * inner)) / (x * (outer * outer - inner * inner));
    sum += 2 * DISC_SHARE * j1(x * DISC_SHARE) / (x * j0(x) * j0(x)) * ring *
           exp(-DIFFUSIVITY * x * x * time / (radius * radius));
  }
  return sum;
}

static double disc_error(int n) {
  const double face[] = {0, 1e-4};
  double rows[] = {DIFFUSIVITY};
  struct percuta_problem problem = {.fields = 1, .moving = 1, .motion = {{.constant = rows}}};
  struct percuta_grid *grid = NULL;
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create_rings(n, 4e-4, face, 1, &grid));
  struct run run = start(grid, &problem, 1e-7, 1e-3);
  set(&run, 0, disc);
  fixture_advance(run.stepper, DISC_END);
  double error = error_against(&run, disc);
  finish(&run);
  return error;
}

static void disc_spreads(void **state) {
  (void)state;
  struct fixture_convergence c = {.test = "disc in a closed cylinder",
                                  .fidelity = "channel",
                                  .what = "space",
                                  .asked = 1.9,
                                  .first = 20,
                                  .levels = fixture_levels(3)};
  for (int l = 0; l < c.levels; ++l)
    c.error[l] = disc_error(c.first << l);
  fixture_convergence_check(&c);
}

/* Over many steps totals change by what was lifted from below zero, and by nothing else. */
static void totals_are_kept(void **state) {
  const int n[] = {24, 12, 10};
  (void)state;
  for (int f = 0; f < 3; ++f) {
    struct fixture_crowd c = fixture_crowd_create(n[f], 20);
    struct run run = start(fixture_fidelity_grid((enum fixture_fidelity)f, n[f], n[f], false),
                           &c.problem, 1e-4, 1e-2);
    double before[3], worst = 0, share = 0;
    for (int field = 0; field < 3; ++field) {
      set(&run, field, field == 2 ? fixture_noise : fixture_speckle);
      before[field] = integral(&run, field, 1);
    }
    fixture_advance(run.stepper, 5e3);
    struct percuta_stepper_totals totals = percuta_numerics_stepper_clock(run.stepper)->totals;
    double area =
        percuta_numerics_grid_cell_area(run.grid, 0); /* lifted amounts are counted in it */
    assert_true(totals.steps > 30);
    for (int field = 0; field < 3; ++field) {
      double after = integral(&run, field, 1) - area * totals.clipped[field];
      worst = fmax(worst, fabs(after / before[field] - 1));
      share = fmax(share, area * totals.clipped[field] / before[field]);
    }
    fixture_bound_check("totals kept, less what is booked as lifted", NAMES[f],
                        "share of the total", worst, 1e-12);
    fixture_bound_check("lifted from below zero, rough start", NAMES[f], "share of the total",
                        share, 1e-3);
    finish(&run);
    fixture_crowd_clear(&c);
  }
}

/* No movement takes from an empty cell, however strong the pull. */
static void empty_cells_only_fill(void **state) {
  (void)state;
  for (int f = 0; f < 3; ++f) {
    for (double pull = 0.1; pull < 1e6; pull *= 100) {
      struct fixture_crowd c = fixture_crowd_create(9, pull);
      struct run run =
          start(fixture_fidelity_grid((enum fixture_fidelity)f, 9, 9, false), &c.problem, 1, 1);
      struct percuta_motion_work *work;
      size_t n = run.mesh->local, filled = 0;
      double *rate = calloc(3 * n, sizeof *rate), largest = 0;
      const double *u;
      assert_non_null(rate);
      for (int field = 0; field < 3; ++field)
        set(&run, field, field == 2 ? fixture_noise : fixture_speckle);
      CHECK(percuta_numerics_motion_create(run.mesh, &c.problem, &work));
      CHECK(VecGetArrayRead(percuta_numerics_stepper_state(run.stepper), &u));
      CHECK(percuta_numerics_motion_rate(work, 0.0, u, rate));
      for (size_t at = 0; at < 2 * n; ++at)
        largest = fmax(largest, fabs(rate[at]));
      for (size_t at = 0; at < 2 * n; ++at) {
        filled += u[at] == 0 && rate[at] > 0;
        assert_true(u[at] > 0 || rate[at] >= -1e-15 * largest);
      }
      assert_true(filled > 1);
      CHECK(VecRestoreArrayRead(percuta_numerics_stepper_state(run.stepper), &u));
      CHECK(percuta_numerics_motion_destroy(&work));
      free(rate);
      finish(&run);
      fixture_crowd_clear(&c);
    }
  }
}

/* A round spot in the middle of a patch, or on the axis of rings half as wide. */
static double spot(const struct percuta_grid *g, double time, int i, int j, int k) {
  double x = (i + 0.5) * g->dx, y = 0;
  double z = 0.5 * (g->z_face[k] + g->z_face[k + 1]) / FIXTURE_DEPTH;
  (void)time;
  if (g->metric == PERCUTA_CARTESIAN) {
    x -= 0.5 * FIXTURE_SIZE;
    y = (j + 0.5) * g->dy - 0.5 * FIXTURE_SIZE;
  }
  return (1 + cos(M_PI * z)) * exp(-(x * x + y * y) / (2 * pow(2e-4, 2)));
}

/* The integral of the square of a field that crowds and follows a signal. */
static double spot_square(enum fixture_fidelity fidelity, int n) {
  enum { DOWN = 8 };
  struct fixture_crowd c = fixture_crowd_create(DOWN, 2);
  c.spread[5] = DIFFUSIVITY;
  struct run run = start(fixture_fidelity_grid(fidelity, n, DOWN, false), &c.problem, 1e-6, 1);
  for (int field = 0; field < 3; ++field)
    set(&run, field, spot);
  fixture_advance(run.stepper, 60);
  double square = integral(&run, 0, 2);
  finish(&run);
  fixture_crowd_clear(&c);
  return square;
}

/* With cells of the same width across they differ by what either is off. */
static void rings_agree_with_patch(void **state) {
  (void)state;
  struct fixture_convergence c = {.test = "crowding and chemotaxis: channel against patch",
                                  .fidelity = "both",
                                  .what = "space",
                                  .asked = 1.9,
                                  .first = 10,
                                  .levels = fixture_levels(2)};
  for (int l = 0; l < c.levels; ++l) {
    int n = c.first << l;
    double rings = spot_square(FIXTURE_CHANNEL, n), patch = spot_square(FIXTURE_PATCH, 2 * n);
    c.error[l] = fabs(rings - patch) / patch;
  }
  fixture_convergence_check(&c);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(gaussian_spreads),       cmocka_unit_test(disc_spreads),
      cmocka_unit_test(totals_are_kept),        cmocka_unit_test(empty_cells_only_fill),
      cmocka_unit_test(rings_agree_with_patch),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
