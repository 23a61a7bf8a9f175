/* Permeation of a patch: against columns, channels and the parallel-pore formula, and on several
 * ranks (several_ranks_permeation.sh). */
#include "permeation_fixture.h"

#include "permeation/patch.h"

#define CHECK(call) assert_int_equal(0, (int)(call))

static const struct percuta_permeation_layer SKIN[] = {
    {.name = "sc", .thickness = 1.5e-5, .diffusivity = 1e-14, .partition = 10},
    {.name = "ve", .thickness = 1e-4, .diffusivity = 5e-11, .partition = 0.8},
    {.name = "dermis", .thickness = 1e-3, .diffusivity = 8e-11, .partition = 0.7, .loss = 3e-4}};
static const struct percuta_dose GEL[] = {
    {.kind = PERCUTA_DOSE_FINITE, .time = 0, .volume = 1e-4, .concentration = 50},
    {.kind = PERCUTA_DOSE_WASH, .time = 3600}};
static const double OUTPUTS[] = {600, 3600, 14400};
static const double WIDE[] = {4e-5};

static struct percuta_domain skin(const struct percuta_bore *bores, int count) {
  return (struct percuta_domain){.layers = SKIN,
                                 .layer_count = 3,
                                 .bores = bores,
                                 .bore_count = count,
                                 .fill_diffusivity = 5e-10,
                                 .fill_partition = 1,
                                 .doses = GEL,
                                 .dose_count = 2,
                                 .outputs = OUTPUTS,
                                 .output_count = 3};
}

static struct percuta_permeation *run(MPI_Comm comm, const struct percuta_domain *domain,
                                      struct percuta_patch_window window,
                                      struct percuta_resolution resolution) {
  struct percuta_permeation *course = NULL;
  const char *wrong = NULL;
  assert_int_equal(PERCUTA_OK, percuta_permeation_patch_run(comm, domain, &window, &resolution,
                                                            &course, &wrong));
  return course;
}

/* The largest difference of entered and cleared amounts, relative. */
static double difference(const struct percuta_permeation *a, const struct percuta_permeation *b) {
  double worst = 0;
  for (int o = 0; o < a->output_count; ++o) {
    double entered = b->applied[o] - b->vehicle[o] - b->washed[o];
    double other = a->applied[o] - a->vehicle[o] - a->washed[o];
    int below = o * a->layer_count + a->layer_count - 1;
    worst = fmax(worst, fabs(other / entered - 1));
    worst = fmax(worst, fabs(a->cleared[below] - b->cleared[below]) / entered);
  }
  return worst;
}

static void intact_patch_is_a_column(void **state) {
  struct percuta_domain domain = skin(NULL, 0);
  const struct percuta_patch_window window = {1e-3, 1e-3, 4, 4};
  const struct percuta_resolution resolution = {.cells = 10, .steps = 40};
  domain.bypass = 2e-9; /* of the size of what the barrier lets through */
  (void)state;
  struct percuta_permeation *patch = run(PETSC_COMM_WORLD, &domain, window, resolution);
  struct percuta_permeation *column =
      fixture_course(percuta_permeation_column_run, &domain, resolution);
  fixture_bound_check("intact skin, patch beside column", "patch",
                      "amounts entered and cleared, relative", difference(patch, column), 1e-5);
  assert_true(patch->balance < 1e-10 && patch->least >= 0);
  percuta_permeation_domain_course_destroy(&patch);
  percuta_permeation_domain_course_destroy(&column);
}

static void one_bore_is_a_channel(void **state) {
  const struct percuta_bore bore = {
      .x = 0, .y = 1.9e-4, .depth = 3e-4, .radius_count = 1, .radius = WIDE};
  struct percuta_domain domain = skin(&bore, 1), typical = domain;
  const struct percuta_patch_window window = {4e-4, 4e-4, 24, 24};
  const struct percuta_resolution resolution = {.cells = 8};
  (void)state;
  typical.density = 1 / window.width_x / window.width_y;
  struct percuta_permeation *patch = run(PETSC_COMM_WORLD, &domain, window, resolution);
  struct percuta_permeation *channel =
      fixture_course(percuta_permeation_channel_run, &typical, resolution);
  fixture_bound_check("one bore, patch beside channel", "patch",
                      "amounts entered and cleared, relative", difference(patch, channel), 0.05);
  fixture_bound_check("one bore", "patch", "balance, share of the dose", patch->balance, 1e-10);
  assert_true(patch->least >= 0);
  percuta_permeation_domain_course_destroy(&patch);
  percuta_permeation_domain_course_destroy(&channel);
}

/* A bore that closes in steps: what was factored for one shape must not serve for the next. */
/* Out of which fluid flows for two minutes. */
static void a_flowing_bore_is_a_flowing_channel(void **state) {
  static const struct percuta_closing stops[] = {
      {.time = 0, .radius_share = 1, .depth_share = 1, .flow_share = 1},
      {.time = 120, .radius_share = 1, .depth_share = 1}};
  const struct percuta_bore bore = {
      .y = 1.9e-4, .depth = 3e-4, .radius_count = 1, .radius = WIDE, .flow = 5e-14, .flowing = 0.7};
  struct percuta_domain domain = skin(&bore, 1), typical;
  const struct percuta_patch_window window = {4e-4, 4e-4, 24, 24};
  const struct percuta_resolution resolution = {.cells = 8};
  (void)state;
  domain.closings = stops;
  domain.closing_count = 2;
  typical = domain;
  typical.density = 1 / window.width_x / window.width_y;
  struct percuta_permeation *patch = run(PETSC_COMM_WORLD, &domain, window, resolution);
  struct percuta_permeation *channel =
      fixture_course(percuta_permeation_channel_run, &typical, resolution);
  fixture_bound_check("one bore that flows, patch beside channel", "patch",
                      "amounts entered and cleared, relative", difference(patch, channel), 0.05);
  assert_true(patch->balance < 1e-10 && patch->least >= 0);
  percuta_permeation_domain_course_destroy(&patch);
  percuta_permeation_domain_course_destroy(&channel);
}

static void a_closing_bore_is_a_closing_channel(void **state) {
  const struct percuta_closing slowly[] = {{.time = 300, .radius_share = 0.7, .depth_share = 1},
                                           {.time = 900, .radius_share = 0.4, .depth_share = 0.8},
                                           {.time = 1800, .radius_share = 0, .depth_share = 0}};
  const struct percuta_bore bore = {
      .x = 0, .y = 1.9e-4, .depth = 3e-4, .radius_count = 1, .radius = WIDE};
  struct percuta_domain domain = skin(&bore, 1), typical;
  const struct percuta_patch_window window = {4e-4, 4e-4, 24, 24};
  const struct percuta_resolution resolution = {.cells = 8};
  (void)state;
  domain.closings = slowly;
  domain.closing_count = 3;
  typical = domain;
  typical.density = 1 / window.width_x / window.width_y;
  struct percuta_permeation *patch = run(PETSC_COMM_WORLD, &domain, window, resolution);
  struct percuta_permeation *channel =
      fixture_course(percuta_permeation_channel_run, &typical, resolution);
  fixture_bound_check("closing bore, patch beside channel", "patch",
                      "amounts entered and cleared, relative", difference(patch, channel), 0.05);
  fixture_bound_check("closing bore", "patch", "balance, share of the dose", patch->balance, 1e-10);
  assert_true(patch->least >= 0);
  percuta_permeation_domain_course_destroy(&patch);
  percuta_permeation_domain_course_destroy(&channel);
}

/* Impermeable skin, steady, cells of a fifth of the radius, less than 1 % of the skin covered. */
static void parallel_pore_formula(void **state) {
  const double radius = 35e-6, length = 150e-6, below = 2e-4, fill = 1e-9;
  const double outputs[] = {1e9, 2e9};
  const struct percuta_permeation_layer layers[] = {
      {.name = "lid", .thickness = length, .diffusivity = 0, .partition = 1},
      {.name = "tissue", .thickness = below, .diffusivity = fill, .partition = 1}};
  const struct percuta_dose fixed = {.kind = PERCUTA_DOSE_FIXED, .concentration = 2};
  const struct percuta_bore bore = {.depth = length, .radius_count = 1, .radius = &radius};
  const struct percuta_domain domain = {.layers = layers,
                                        .layer_count = 2,
                                        .sink = true,
                                        .bores = &bore,
                                        .bore_count = 1,
                                        .fill_diffusivity = fill,
                                        .fill_partition = 1,
                                        .doses = &fixed,
                                        .dose_count = 1,
                                        .outputs = outputs,
                                        .output_count = 2};
  const struct percuta_patch_window window = {90 * 7e-6, 90 * 7e-6, 90, 90};
  const double density = 1 / window.width_x / window.width_y;
  (void)state;
  assert_true(density * FIXTURE_PI * radius * radius < 0.01);
  struct percuta_permeation *c =
      run(PETSC_COMM_WORLD, &domain, window, (struct percuta_resolution){.cells = 10, .steps = 1});
  double found = (c->receptor[1] - c->receptor[0]) / 1e9 / 2;
  double ratio = (1 / found - below / fill) *
                 percuta_permeation_column_bore_permeability(density, radius, length, fill, fill);
  print_message("resistance over the formula's: %.3f\n", ratio);
  fixture_bound_check("parallel-pore formula", "patch", "252 per cm2, radius 35 um, length 150 um",
                      fabs(ratio - 1), 0.05);
  percuta_permeation_domain_course_destroy(&c);
}

static void ranks_agree(void **state) {
  const double narrow[] = {3e-5, 1e-5};
  const struct percuta_bore bores[] = {
      {.x = 0, .y = 1e-4, .depth = 3e-4, .radius_count = 1, .radius = WIDE},
      {.x = 2.1e-4, .y = 2.9e-4, .depth = 2e-4, .radius_count = 2, .radius = narrow},
      {.x = 1.0e-4, .y = 3e-4, .depth = 5e-4, .radius_count = 2, .radius = narrow}};
  const struct percuta_domain domain = skin(bores, 3);
  const struct percuta_patch_window window = {3e-4, 4e-4, 9, 11};
  const struct percuta_resolution resolution = {.cells = 6, .steps = 20};
  PetscMPIInt ranks;
  (void)state;
  CHECK(MPI_Comm_size(PETSC_COMM_WORLD, &ranks));
  struct percuta_permeation *all = run(PETSC_COMM_WORLD, &domain, window, resolution);
  struct percuta_permeation *one = run(PETSC_COMM_SELF, &domain, window, resolution);
  double worst = difference(all, one);
  assert_true(all->balance < 1e-10 && all->least >= 0 && all->rows == one->rows);
  print_message("%d ranks: courses differ by %.1e\n", (int)ranks, worst);
  assert_true(worst < 1e-6);
  percuta_permeation_domain_course_destroy(&all);
  percuta_permeation_domain_course_destroy(&one);
}

static void mistakes_are_told(void **state) {
  const struct percuta_domain domain = skin(NULL, 0);
  const struct percuta_patch_window narrow = {1e-3, 1e-3, 2, 4};
  struct percuta_permeation *course = NULL;
  const char *wrong = NULL;
  (void)state;
  assert_int_equal(PERCUTA_BAD_INPUT,
                   percuta_permeation_patch_run(PETSC_COMM_WORLD, &domain, &narrow,
                                                &(struct percuta_resolution){0}, &course, &wrong));
  assert_non_null(wrong);
  assert_null(course);
}

int main(void) {
  const struct CMUnitTest several[] = {cmocka_unit_test(ranks_agree),
                                       cmocka_unit_test(mistakes_are_told)};
  const struct CMUnitTest alone[] = {cmocka_unit_test(intact_patch_is_a_column),
                                     cmocka_unit_test(one_bore_is_a_channel),
                                     cmocka_unit_test(a_closing_bore_is_a_closing_channel),
                                     cmocka_unit_test(a_flowing_bore_is_a_flowing_channel),
                                     cmocka_unit_test(parallel_pore_formula)};
  PetscMPIInt ranks;
  if (PetscInitialize(NULL, NULL, NULL, NULL) || MPI_Comm_size(PETSC_COMM_WORLD, &ranks))
    return 1;
  int failed = cmocka_run_group_tests(several, NULL, NULL);
  if (ranks == 1)
    failed += cmocka_run_group_tests(alone, NULL, NULL);
  return PetscFinalize() || failed;
}
