/* Fields that follow others: sideways modes are there and back again and damp as diffusion does,
 * the solve is the inverse of what it stands for, and a pattern that is fast against the step dies
 * in it. */
#include "problem_fixture.h"

#include "numerics/modes.h"
#include "numerics/motion.h"
#include "numerics/reaction.h"
#include "numerics/splitting.h"

enum { N = 9, NZ = 7 };

static const double D = 3e-10, LOSS = 2e-5, MADE = 4e-5, SHIFT = 1e-5; /* [m^2/s], [1/s] */

static struct percuta_grid *rings(void) {
  double face[NZ + 1];
  struct percuta_grid *grid = NULL;
  for (int k = 0; k <= NZ; ++k)
    face[k] = 1e-4 * k * (1 + 0.1 * k);
  assert_int_equal(PERCUTA_OK, percuta_numerics_grid_create_rings(N, 4e-4, face, NZ, &grid));
  return grid;
}

static struct percuta_grid *grid_number(int which) {
  return which == 0 ? fixture_grid(N, NZ, 6e-4, 8e-4, 0.7) : rings();
}

/* A made-up value of cell c of a field. */
static double value(int field, size_t c) {
  return 1 + (double)((c + 1) * (size_t)(field + 3) * 7919 % 31) / 31;
}

static void modes_damp(void **state) {
  (void)state;
  for (int which = 0; which < 2; ++which) {
    struct percuta_grid *grid = grid_number(which);
    struct percuta_mesh *mesh;
    struct percuta_modes *modes;
    CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, grid, 1, &mesh));
    CHECK(percuta_numerics_modes_create(mesh, &modes));
    const size_t count = percuta_numerics_modes_count(modes);
    const int ny = mesh->ny;
    double plane[N * N], diffused[N * N], *mode = malloc(count * sizeof *mode);
    double *other = malloc(count * sizeof *other);
    const double y = 1 / (grid->dy * grid->dy);
    assert_true(mode && other);
    for (int c = 0; c < N * ny; ++c)
      plane[c] = value(0, (size_t)c);
    for (int j = 0; j < ny; ++j) {
      for (int i = 0; i < N; ++i) {
        const double *row = plane + j * N, here = row[i];
        diffused[j * N + i] = mesh->east[i] * (row[(i + 1) % N] - here) +
                              mesh->west[i] * (row[(i + N - 1) % N] - here);
        if (ny > 1)
          diffused[j * N + i] += y * (plane[(j + 1) % ny * N + i] - here) +
                                 y * (plane[(j + ny - 1) % ny * N + i] - here);
      }
    }
    percuta_numerics_modes_of(modes, plane, mode);
    percuta_numerics_modes_of(modes, diffused, other);
    for (size_t m = 0; m < count; ++m)
      assert_true(fabs(other[m] + percuta_numerics_modes_damping(modes)[m] * mode[m]) < 1e-2);
    percuta_numerics_modes_back(modes, mode, diffused);
    for (int c = 0; c < N * ny; ++c)
      assert_true(fabs(diffused[c] - plane[c]) < 1e-13);
    free(mode);
    free(other);
    CHECK(percuta_numerics_modes_destroy(&modes));
    CHECK(percuta_numerics_mesh_destroy(&mesh));
    percuta_numerics_grid_destroy(&grid);
  }
}

/* Fields 0 and 1 follow, the first the second, and that the last, which stays; diffusion differs by
 * layer. */
struct chain {
  struct percuta_grid *grid;
  struct percuta_mesh *mesh;
  double rows[NZ];
  struct percuta_problem problem;
};

static void loses(const void *context, double time, const struct percuta_cells *cells,
                  const double *const *u, double *const *slope) {
  (void)context, (void)time, (void)u;
  for (int f = 0; f < 3; ++f) {
    for (int i = 0; i < cells->count; ++i)
      slope[f][i] -= LOSS;
  }
}

static void reacts(const void *context, double time, const struct percuta_cells *cells,
                   const double *const *u, double *const *rate) {
  (void)context, (void)time;
  for (int i = 0; i < cells->count; ++i) {
    rate[0][i] += MADE * u[1][i] - LOSS * u[0][i];
    rate[1][i] += MADE * u[2][i] - LOSS * u[1][i];
    rate[2][i] -= LOSS * u[2][i];
  }
}

static void chain_create(struct chain *chain, int which) {
  chain->grid = grid_number(which);
  for (int k = 0; k < NZ; ++k)
    chain->rows[k] = k < 3 ? D : 4 * D;
  CHECK(percuta_numerics_mesh_create(PETSC_COMM_WORLD, chain->grid, 3, &chain->mesh));
  const struct percuta_motion follower = {.constant = chain->rows, .follows = true, .drivers = 1};
  chain->problem = (struct percuta_problem){
      .fields = 3, .moving = 2, .motion = {follower, follower}, .reaction = reacts, .slope = loses};
  chain->problem.motion[0].driver[0] = (struct percuta_driver){1, MADE};
  chain->problem.motion[1].driver[0] = (struct percuta_driver){2, MADE};
}

static void chain_destroy(struct chain *chain) {
  CHECK(percuta_numerics_mesh_destroy(&chain->mesh));
  percuta_numerics_grid_destroy(&chain->grid);
}

/* The problem is linear: its rate is J y. */
static void solve_is_the_inverse(void **state) {
  (void)state;
  for (int which = 0; which < 2; ++which) {
    struct chain chain;
    struct percuta_splitting *splitting;
    struct percuta_motion_work *motion;
    chain_create(&chain, which);
    const size_t values = 3 * chain.mesh->local;
    double *b = malloc(values * sizeof *b), *y = calloc(values, sizeof *y);
    double *rate = malloc(values * sizeof *rate);
    assert_true(b && y && rate);
    CHECK(percuta_numerics_splitting_create(chain.mesh, &chain.problem, &splitting));
    CHECK(percuta_numerics_motion_create(chain.mesh, &chain.problem, &motion));
    CHECK(percuta_numerics_splitting_factor(splitting, SHIFT, y));
    for (int k = 0; k < NZ; ++k) {
      for (int p = 0; p < percuta_numerics_reaction_pieces(chain.mesh, 1); ++p) {
        const struct percuta_cells piece = percuta_numerics_reaction_piece(chain.mesh, k, 1, p);
        percuta_numerics_splitting_factor_piece(splitting, 0, &piece, y);
      }
    }
    for (size_t i = 0; i < values; ++i)
      b[i] = value((int)(i / chain.mesh->local), i % chain.mesh->local);
    CHECK(percuta_numerics_splitting_solve(splitting, b, y));
    CHECK(percuta_numerics_motion_rate(motion, 0, y, rate));
    for (size_t i = 0; i < values; ++i)
      assert_true(fabs(SHIFT * y[i] - rate[i] - b[i]) < 1e-9);
    CHECK(percuta_numerics_motion_destroy(&motion));
    CHECK(percuta_numerics_splitting_destroy(&splitting));
    chain_destroy(&chain);
    free(b);
    free(y);
    free(rate);
  }
}

/* What one step, a thousand times longer than diffusion across a cell takes, leaves of a pattern
 * across that has no mean. */
static double left_after_a_step(bool follows) {
  struct chain chain;
  struct percuta_stepper *stepper;
  const double scale[3] = {1, 1, 1};
  double *u, most = 0;
  chain_create(&chain, 0);
  chain.problem.motion[0].follows = chain.problem.motion[1].follows = follows;
  const double step = 1e3 * chain.grid->dx * chain.grid->dx / D;
  const struct percuta_stepper_options options = {
      .tolerance = FIXTURE_ANY_ERROR, .scale = scale, .first_step = step, .longest_step = step};
  CHECK(percuta_numerics_stepper_create(chain.mesh, &chain.problem, options, &stepper));
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (size_t c = 0; c < chain.mesh->local; ++c)
    u[c] = cos(2 * M_PI * (double)(c % N) / N) * cos(2 * M_PI * (double)(c / N % N) / N);
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  fixture_advance(stepper, step);
  CHECK(VecGetArray(percuta_numerics_stepper_state(stepper), &u));
  for (size_t c = 0; c < chain.mesh->local; ++c)
    most = fmax(most, fabs(u[c]));
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(stepper), &u));
  CHECK(percuta_numerics_stepper_destroy(&stepper));
  chain_destroy(&chain);
  return most;
}

static void patterns_die(void **state) {
  (void)state;
  const double follows = left_after_a_step(true), splits = left_after_a_step(false);
  print_message("left of a pattern: %.1e where it follows, %.1e by factors\n", follows, splits);
  assert_true(follows < 1e-2);
  assert_true(splits > 0.5);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(modes_damp),
                                     cmocka_unit_test(solve_is_the_inverse),
                                     cmocka_unit_test(patterns_die)};
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
