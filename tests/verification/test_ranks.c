/* The same problem on one rank and on all of them: rates bit by bit, whole runs to rounding. Run by
 * several_ranks.sh on several; on one the two are the same. */
#include "crowd_fixture.h"

#include "numerics/deal.h"
#include "numerics/motion.h"
#include "numerics/share.h"

enum { ACROSS = 11, DOWN = 9, FIELDS = 3 };

struct side {
  struct percuta_mesh *mesh;
  struct percuta_stepper *stepper;
};

static struct side side_create(MPI_Comm comm, const struct percuta_grid *grid,
                               const struct percuta_problem *problem) {
  static const double scale[FIELDS] = {1, 1, 1};
  struct percuta_stepper_options options = {
      .tolerance = 1e-4, .scale = scale, .first_step = 1e-2, .longest_step = 1e9};
  struct side side;
  double *u;
  CHECK(percuta_numerics_mesh_create(comm, grid, FIELDS, &side.mesh));
  CHECK(percuta_numerics_stepper_create(side.mesh, problem, options, &side.stepper));
  CHECK(VecGetArray(percuta_numerics_stepper_state(side.stepper), &u));
  int rows = side.mesh->y_count;
  for (int c = 0; c < FIELDS * (int)side.mesh->local; ++c) {
    int field = c / (int)side.mesh->local, at = c % (int)side.mesh->local;
    int i = at % ACROSS, j = side.mesh->y_start + at / ACROSS % rows, k = at / ACROSS / rows;
    u[c] = field == 2 ? fixture_noise(grid, 0, i, j, k) : fixture_speckle(grid, 0, i, j, k);
  }
  CHECK(VecRestoreArray(percuta_numerics_stepper_state(side.stepper), &u));
  return side;
}

static void side_destroy(struct side *side) {
  CHECK(percuta_numerics_stepper_destroy(&side->stepper));
  CHECK(percuta_numerics_mesh_destroy(&side->mesh));
}

static double *rates(const struct side *side, const struct percuta_problem *problem) {
  struct percuta_motion_work *work;
  double *rate = calloc(FIELDS * side->mesh->local, sizeof *rate);
  const double *u;
  assert_non_null(rate);
  CHECK(percuta_numerics_motion_create(side->mesh, problem, &work));
  CHECK(VecGetArrayRead(percuta_numerics_stepper_state(side->stepper), &u));
  CHECK(percuta_numerics_motion_rate(work, 0.0, u, rate));
  CHECK(VecRestoreArrayRead(percuta_numerics_stepper_state(side->stepper), &u));
  CHECK(percuta_numerics_motion_destroy(&work));
  return rate;
}

/* The largest difference of this rank's values from those of the same cells in the whole. */
static double difference(const struct side *slab, const double *part, const struct side *one,
                         const double *whole) {
  size_t from = (size_t)slab->mesh->y_start, rows = (size_t)slab->mesh->y_count;
  double most = 0;
  for (size_t c = 0; c < FIELDS * slab->mesh->local; ++c) {
    size_t field = c / slab->mesh->local, at = c % slab->mesh->local;
    size_t j = from + at / ACROSS % rows, k = at / ACROSS / rows;
    size_t there = field * one->mesh->local + (k * ACROSS + j) * ACROSS + at % ACROSS;
    most = fmax(most, fabs(part[c] - whole[there]));
  }
  return most;
}

static void ranks_agree(void **state) {
  struct percuta_grid *grid = fixture_grid(ACROSS, DOWN, 1e-3, 8e-4, 1.0);
  struct fixture_crowd c = fixture_crowd_create(DOWN, 5);
  struct side one = side_create(PETSC_COMM_SELF, grid, &c.problem);
  struct side slab = side_create(PETSC_COMM_WORLD, grid, &c.problem);
  double *whole_rate = rates(&one, &c.problem), *rate = rates(&slab, &c.problem);
  const double *u, *whole;
  PetscMPIInt size;
  (void)state;
  assert_true(difference(&slab, rate, &one, whole_rate) == 0);
  fixture_advance(one.stepper, 1e3);
  fixture_advance(slab.stepper, 1e3);
  CHECK(VecGetArrayRead(percuta_numerics_stepper_state(one.stepper), &whole));
  CHECK(VecGetArrayRead(percuta_numerics_stepper_state(slab.stepper), &u));
  double most = difference(&slab, u, &one, whole);
  CHECK(VecRestoreArrayRead(percuta_numerics_stepper_state(slab.stepper), &u));
  CHECK(VecRestoreArrayRead(percuta_numerics_stepper_state(one.stepper), &whole));
  CHECK(MPI_Comm_size(PETSC_COMM_WORLD, &size));
  print_message("%d ranks: rates the same, states differ by %.1e\n", (int)size, most);
  assert_true(most < 1e-10);
  free(rate);
  free(whole_rate);
  fixture_crowd_clear(&c);
  side_destroy(&slab);
  side_destroy(&one);
  percuta_numerics_grid_destroy(&grid);
}

/* One rank's failure is everybody's. */
static void a_status_is_shared(void **state) {
  PetscMPIInt rank, size;
  (void)state;
  CHECK(MPI_Comm_rank(PETSC_COMM_WORLD, &rank));
  CHECK(MPI_Comm_size(PETSC_COMM_WORLD, &size));
  assert_int_equal(PERCUTA_OK, percuta_numerics_share(PETSC_COMM_WORLD, PERCUTA_OK));
  for (int bad = 0; bad < size; ++bad)
    assert_int_equal(PERCUTA_IO, percuta_numerics_share(PETSC_COMM_WORLD,
                                                        rank == bad ? PERCUTA_IO : PERCUTA_OK));
  assert_int_equal(
      size > 1 ? PERCUTA_MEMORY : PERCUTA_BAD_INPUT,
      percuta_numerics_share(PETSC_COMM_WORLD, rank > 0 ? PERCUTA_MEMORY : PERCUTA_BAD_INPUT));
}

enum { RUNS = 23, WIDTH = 2 };

/* Numbers that say which run it was; run number *context fails, and then the last one as well. */
static enum percuta_status a_run(void *context, int index, struct percuta_diag *diag, double *out) {
  const int bad = *(const int *)context;
  out[0] = index == 5 ? -0.0 : 1.0 / (index + 3);
  out[1] = index == 7 ? (double)NAN : index;
  if (bad >= RUNS || (index != bad && index != RUNS - 1))
    return PERCUTA_OK;
  percuta_base_diag_add(diag, &(struct percuta_mistake){.code = PERCUTA_CODE_NO_SOLUTION,
                                                        .key = "equation",
                                                        .what = "has no solution"});
  return index == bad ? PERCUTA_NUMERICS : PERCUTA_IO;
}

static void name_run(void *context, int index, char *out, size_t size) {
  (void)context;
  snprintf(out, size, "run %d", index);
}

/* All ranks have the numbers of all runs, bit by bit. */
static void runs_are_dealt(void **state) {
  const struct percuta_crew crew = {.comm = PETSC_COMM_WORLD};
  int bad = RUNS;
  const struct percuta_deal deal = {
      .count = RUNS, .width = WIDTH, .context = &bad, .run = a_run, .name = name_run};
  double shared[RUNS * WIDTH], alone[RUNS * WIDTH];
  (void)state;
  assert_int_equal(PERCUTA_OK, percuta_numerics_deal(&crew, &deal, NULL, shared));
  assert_int_equal(PERCUTA_OK, percuta_numerics_deal(NULL, &deal, NULL, alone));
  assert_memory_equal(shared, alone, sizeof shared);
  assert_true(signbit(shared[5 * WIDTH]) && isnan(shared[7 * WIDTH + 1]));
  assert_true(shared[22 * WIDTH + 1] == 22);
}

/* The first failure by number is everybody's status, and rank 0 alone can tell it. */
static void the_first_failure_is_told(void **state) {
  const struct percuta_crew crew = {.comm = PETSC_COMM_WORLD};
  double shared[RUNS * WIDTH];
  PetscMPIInt rank;
  (void)state;
  CHECK(MPI_Comm_rank(PETSC_COMM_WORLD, &rank));
  for (int bad = 0; bad < RUNS - 1; bad += 3) {
    struct percuta_diag *diag = NULL;
    const struct percuta_deal deal = {
        .count = RUNS, .width = WIDTH, .context = &bad, .run = a_run, .name = name_run};
    char name[32];
    assert_int_equal(0, percuta_base_diag_create(&diag));
    assert_int_equal(PERCUTA_NUMERICS, percuta_numerics_deal(&crew, &deal, diag, shared));
    assert_int_equal(percuta_base_diag_count(diag), rank == 0 ? 2 : 0);
    name_run(NULL, bad, name, sizeof name);
    if (rank == 0) {
      assert_string_equal(percuta_base_diag_at(diag, 0)->key, "equation");
      assert_string_equal(percuta_base_diag_at(diag, 1)->key, name);
    }
    percuta_base_diag_destroy(&diag);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ranks_agree), cmocka_unit_test(a_status_is_shared),
      cmocka_unit_test(runs_are_dealt), cmocka_unit_test(the_first_failure_is_told)};
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
