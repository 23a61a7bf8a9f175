/* What a checkpoint holds: the table itself, saving and loading a run at any place of it, and words
 * for what differs. What is compared with: the run left alone, bit by bit. */
#include "run_fixture.h"

#include <sys/stat.h>

#include "base/build.h"
#include "course/keep.h"
#include "course/look.h"
#include "course/members.h"
#include "course/restart.h"
#include "result/checkpoint.h"

static size_t width_of(enum percuta_member_type type) {
  switch (type) {
  case PERCUTA_MEMBER_DOUBLE:
    return sizeof(double);
  case PERCUTA_MEMBER_LONG:
    return sizeof(long);
  case PERCUTA_MEMBER_INT:
    return sizeof(int);
  case PERCUTA_MEMBER_UNSIGNED:
    return sizeof(unsigned);
  case PERCUTA_MEMBER_BOOL:
    return sizeof(bool);
  }
  return 0;
}

/* No name twice, no two members in one place. */
static void the_table_is_sound(void **state) {
  (void)state;
  for (int a = 0; a < percuta_course_members_count; ++a) {
    const struct percuta_member *one = &percuta_course_members[a];
    assert_true(strlen(one->name) < 64 && width_of(one->type) > 0);
    for (int b = 0; b < a; ++b) {
      const struct percuta_member *other = &percuta_course_members[b];
      const int length = other->length ? other->length : PERCUTA_PROBLEM_MAX_FIELDS;
      assert_string_not_equal(one->name, other->name);
      if (one->home == other->home)
        assert_true(one->offset >= other->offset + (size_t)length * width_of(other->type) ||
                    one->offset < other->offset);
    }
  }
}

struct stopper {
  long after; /* steps */
};

static enum percuta_status stop(void *context, struct percuta_run *run) {
  const struct stopper *stopper = context;
  const long steps = percuta_numerics_stepper_clock(run->state.stepper)->totals.steps;
  return steps == stopper->after ? PERCUTA_INTERRUPTED : PERCUTA_OK;
}

static void assert_same(const struct percuta_run *a, const struct percuta_run *b) {
  char words[256] = "";
  const bool same = percuta_course_members_same(a, b, words, sizeof words);
  if (!same)
    print_message("%s\n", words);
  assert_true(same);
}

/* Whatever the step after which it is saved, a run goes on as if nothing had happened. */
static void a_loaded_run_is_the_saved_one(void **state) {
  (void)state;
  static const long stops[] = {1, 5, 30, 60, 90, 120};
  struct fixture f = fixture_open("model.tolerance=1e-5");
  char folder[64];
  fixture_folder(folder);
  const struct percuta_run_options options = {.folder = folder};
  struct percuta_run *whole = fixture_run(&f, &options, NULL);
  assert_int_equal(PERCUTA_OK, percuta_course_run_advance(whole, INFINITY));
  assert_true(whole->record.cost.steps > 120);
  for (size_t i = 0; i < sizeof stops / sizeof *stops; ++i) {
    struct stopper stopper = {stops[i]};
    const struct percuta_reporter reporter = {.context = &stopper, .between = stop};
    struct percuta_run *saved = fixture_run(&f, &options, &reporter);
    struct percuta_run *loaded = fixture_run(&f, &options, NULL);
    assert_int_equal(PERCUTA_INTERRUPTED, percuta_course_run_advance(saved, INFINITY));
    assert_int_equal(PERCUTA_OK, percuta_course_restart_save(saved));
    assert_int_equal(PERCUTA_OK, percuta_course_restart_load(loaded));
    assert_same(saved, loaded);
    assert_int_equal(PERCUTA_OK, percuta_course_run_advance(loaded, INFINITY));
    assert_same(whole, loaded);
    assert_int_equal(whole->record.session[1].channels.count,
                     loaded->record.session[1].channels.count);
    assert_true(loaded->record.cost.wall_s > loaded->record.cost.solve_s);
    assert_int_equal(PERCUTA_BAD_INPUT, percuta_course_restart_load(loaded)); /* too late */
    percuta_course_run_destroy(&saved);
    percuta_course_run_destroy(&loaded);
  }
  percuta_course_run_destroy(&whole);
  percuta_result_checkpoint_remove(folder);
  percuta_course_keep_remove(folder);
  fixture_remove(folder);
  fixture_close(&f);
}

/* Every member of the table, changed in one place, is found and named; and so is a field. */
static void what_differs_is_named(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL);
  const struct percuta_run_options options = {.keep_fields = true};
  struct percuta_run *a = fixture_run(&f, &options, NULL), *b = fixture_run(&f, &options, NULL);
  char words[256], expected[128];
  double *value = calloc(100000, sizeof *value);
  PetscScalar *u;
  assert_non_null(value);
  assert_int_equal(PERCUTA_OK, percuta_course_run_advance(a, 8 * PERCUTA_DAY));
  assert_int_equal(PERCUTA_OK, percuta_course_run_advance(b, 8 * PERCUTA_DAY));
  assert_same(a, b);
  for (int m = 0; m < percuta_course_members_count; ++m) {
    const struct percuta_member *member = &percuta_course_members[m];
    const size_t count = percuta_course_members_size(b, member);
    assert_true(count > 0 && count < 100000);
    percuta_course_members_get(b, member, value);
    const double was = value[count - 1];
    value[count - 1] = member->type == PERCUTA_MEMBER_BOOL ? was == 0 : was + 1;
    assert_int_equal(PERCUTA_OK, percuta_course_members_put(b, member, value, count));
    assert_false(percuta_course_members_same(a, b, words, sizeof words));
    snprintf(expected, sizeof expected, "%s[%zu]: ", member->name, count - 1);
    assert_memory_equal(expected, words, strlen(expected));
    value[count - 1] = was;
    assert_int_equal(PERCUTA_OK, percuta_course_members_put(b, member, value, count));
    assert_same(a, b);
    assert_int_equal(PERCUTA_BAD_INPUT, percuta_course_members_put(b, member, value, count + 1));
  }
  assert_int_equal(0, VecGetArray(percuta_numerics_stepper_state(b->state.stepper), &u));
  u[3] += 1e-9;
  assert_int_equal(0, VecRestoreArray(percuta_numerics_stepper_state(b->state.stepper), &u));
  assert_false(percuta_course_members_same(a, b, words, sizeof words));
  assert_non_null(strstr(words, "cell 3: "));
  assert_int_equal(PERCUTA_OK, percuta_course_run_advance(a, 9 * PERCUTA_DAY));
  assert_false(percuta_course_members_same(a, b, words, sizeof words));
  free(value);
  percuta_course_run_destroy(&a);
  percuta_course_run_destroy(&b);
  fixture_close(&f);
}

static void what_does_not_fit_is_refused(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL), g = fixture_open("model.seed=2");
  char folder[64];
  fixture_folder(folder);
  const struct percuta_run_options options = {.folder = folder}, none = {.folder = NULL};
  struct percuta_run *run = fixture_run(&f, &options, NULL);
  struct percuta_run *other = fixture_run(&g, &options, NULL);
  struct percuta_run *nowhere = fixture_run(&f, &none, NULL);
  assert_int_equal(PERCUTA_BAD_INPUT, percuta_course_restart_save(nowhere));
  assert_int_equal(PERCUTA_BAD_INPUT, percuta_course_restart_load(nowhere));
  assert_int_equal(PERCUTA_IO, percuta_course_restart_load(run));
  assert_non_null(strstr(run->failure, "no checkpoint to resume from"));
  percuta_course_run_destroy(&run);
  run = fixture_run(&f, &options, NULL);
  assert_int_equal(PERCUTA_OK, percuta_course_run_advance(run, PERCUTA_DAY));
  assert_int_equal(PERCUTA_OK, percuta_course_restart_save(run));
  assert_int_equal(PERCUTA_TAKEN, percuta_course_restart_load(other));
  assert_non_null(strstr(other->failure, "another scenario"));
  percuta_course_run_destroy(&other);
  /* whole and of this scenario, but without what the table asks for */
  const double number = 1;
  const struct percuta_checkpoint_entry entry = {"time", &number, 1};
  char program[PERCUTA_BASE_BUILD_SIZE];
  percuta_base_build_name(program);
  const struct percuta_checkpoint_owner owner = {.hash = f.scenario->hash,
                                                 .keys_hash = f.scenario->keys_hash,
                                                 .program = program,
                                                 .petsc_options = ""};
  assert_int_equal(PERCUTA_OK, percuta_result_checkpoint_write(folder, &owner, &entry, 1));
  other = fixture_run(&f, &options, NULL);
  assert_int_equal(PERCUTA_BAD_INPUT, percuta_course_restart_load(other));
  assert_non_null(strstr(other->failure, "does not fit this run: next_step"));
  percuta_course_run_destroy(&run);
  percuta_course_run_destroy(&other);
  percuta_course_run_destroy(&nowhere);
  percuta_result_checkpoint_remove(folder);
  percuta_course_keep_remove(folder);
  fixture_remove(folder);
  fixture_close(&f);
  fixture_close(&g);
}

/* Somebody who has started PETSc himself ends it himself. */
static void petsc_stays_with_its_owner(void **state) {
  (void)state;
  PetscBool running;
  assert_int_equal(PERCUTA_OK, percuta_engine_start(0, NULL, NULL));
  percuta_engine_start_stop();
  assert_int_equal(0, PetscInitialized(&running));
  assert_true(running);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_table_is_sound), cmocka_unit_test(a_loaded_run_is_the_saved_one),
      cmocka_unit_test(what_differs_is_named), cmocka_unit_test(what_does_not_fit_is_refused),
      cmocka_unit_test(petsc_stays_with_its_owner)};
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  const int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
