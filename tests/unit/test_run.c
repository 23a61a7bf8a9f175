/* The run object: stepped in pieces, looked at, written, several in one process. What is compared
 * with: the same run in one go, bit by bit. */
#include "run_fixture.h"

#include "course/keep.h"
#include "course/look.h"
#include "course/members.h"
#include "course/write.h"
#include "numerics/try.h"
#include "report/report.h"

static const struct percuta_run_options NO_TRACE = {.folder = NULL};
static const struct percuta_run_options IN_MEMORY = {.keep_fields = true};

static void advance(struct percuta_run *run, double days) {
  assert_int_equal(PERCUTA_OK, percuta_course_run_advance(run, days * PERCUTA_DAY));
}

static void assert_same(const struct percuta_run *a, const struct percuta_run *b) {
  char words[256] = "";
  const bool same = percuta_course_members_same(a, b, words, sizeof words);
  if (!same)
    print_message("%s\n", words);
  assert_true(same);
}

/* Events are sessions, fields to be kept, the end. */
static void pauses_at_events_change_nothing(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL);
  struct percuta_run *whole = fixture_run(&f, &IN_MEMORY, NULL);
  struct percuta_run *pieces = fixture_run(&f, &IN_MEMORY, NULL);
  assert_int_equal(0, percuta_course_look_rows(pieces));
  advance(pieces, -1);
  assert_int_equal(0, percuta_course_look_rows(pieces)); /* before the first session */
  static const double days[] = {0, 0, 1, 7, 7, 30, 42};
  for (size_t i = 0; i < sizeof days / sizeof *days; ++i) {
    advance(pieces, days[i]);
    assert_true(percuta_course_run_time(pieces) == days[i] * PERCUTA_DAY);
    assert_true(percuta_course_look_newest(pieces)->time_d == days[i]);
    assert_int_equal(days[i] < 42, !pieces->state.ended);
  }
  advance(whole, INFINITY);
  assert_true(percuta_course_run_time(whole) == 42 * PERCUTA_DAY);
  assert_same(whole, pieces);
  assert_int_equal(whole->record.warnings.count, pieces->record.warnings.count);
  assert_true(whole->record.warnings.count > 0);
  assert_true(whole->record.cost.wall_s > 0 &&
              whole->record.cost.solve_s <= whole->record.cost.wall_s);
  const size_t rows = percuta_course_look_rows(whole);
  advance(whole, INFINITY); /* the end is the end */
  assert_int_equal(rows, percuta_course_look_rows(whole));
  percuta_course_run_destroy(&whole);
  percuta_course_run_destroy(&pieces);
  assert_null(whole);
  percuta_course_run_destroy(&whole);
  fixture_close(&f);
}

/* Rows of the timeline end no step; a pause at each of them makes them do so. */
static void rows_within_steps_are_right(void **state) {
  (void)state;
  struct fixture f = fixture_open("model.tolerance=1e-4");
  struct percuta_run *whole = fixture_run(&f, &NO_TRACE, NULL);
  struct percuta_run *forced = fixture_run(&f, &NO_TRACE, NULL);
  advance(whole, INFINITY);
  const struct percuta_timeline *timeline = &whole->record.timeline;
  for (size_t i = 0; i < timeline->count; ++i) {
    advance(forced, timeline->row[i].time_d);
    assert_true(percuta_course_look_newest(forced)->time_d == timeline->row[i].time_d);
  }
  assert_int_equal(timeline->count, percuta_course_look_rows(forced));
  double worst = 0;
  for (size_t i = 0; i < timeline->count; ++i) {
    const struct percuta_timeline_row *a = &timeline->row[i];
    const struct percuta_timeline_row *b = &forced->record.timeline.row[i];
    worst = fmax(worst, fabs(a->collagen_total_rel - b->collagen_total_rel));
    worst = fmax(worst, fabs(a->collagen_production_rel - b->collagen_production_rel));
    worst = fmax(worst, fabs(a->fibroblast_rel - b->fibroblast_rel));
    worst = fmax(worst, fabs(a->clot_frac - b->clot_frac));
  }
  print_message("%ld steps, with forced ones %ld; rows differ by %.1e\n", whole->record.cost.steps,
                forced->record.cost.steps, worst);
  assert_true(forced->record.cost.steps > whole->record.cost.steps);
  assert_true(worst > 0 && worst < 3e-4);
  percuta_course_run_destroy(&whole);
  percuta_course_run_destroy(&forced);
  fixture_close(&f);
}

/* A pause between events ends a step there: the same course within the tolerance of steps, and no
 * event is lost, however near to it the pause is. */
static void pauses_between_events_hardly_matter(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL);
  struct percuta_run *whole = fixture_run(&f, &NO_TRACE, NULL);
  struct percuta_run *pieces = fixture_run(&f, &NO_TRACE, NULL);
  static const double days[] = {0.3, 3.3, 7 - 1e-7, 20.9, 21 - 1e-8};
  advance(whole, INFINITY);
  for (size_t i = 0; i < sizeof days / sizeof *days; ++i) {
    advance(pieces, days[i]);
    assert_true(percuta_course_run_time(pieces) == days[i] * PERCUTA_DAY);
    assert_true(percuta_course_look_newest(pieces)->time_d < days[i]);
  }
  advance(pieces, INFINITY);
  assert_int_equal(whole->record.timeline.count, pieces->record.timeline.count);
  double worst = 0;
  for (size_t i = 0; i < whole->record.timeline.count; ++i) {
    const struct percuta_timeline_row *a = &whole->record.timeline.row[i];
    const struct percuta_timeline_row *b = &pieces->record.timeline.row[i];
    assert_true(a->time_d == b->time_d && a->session == b->session);
    worst = fmax(worst, fabs(a->collagen_total_rel - b->collagen_total_rel));
    worst = fmax(worst, fabs(a->tightness_rel - b->tightness_rel));
  }
  print_message("pauses change collagen and tightness by %.1e\n", worst);
  assert_true(worst > 0 && worst < 1e-4);
  percuta_course_run_destroy(&whole);
  percuta_course_run_destroy(&pieces);
  fixture_close(&f);
}

static void columns_and_fields_are_found_by_name(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL);
  struct percuta_run *run = fixture_run(&f, &IN_MEMORY, NULL);
  const size_t cells = percuta_numerics_grid_cell_count(run->plan->grid);
  double column[256], *now = calloc(cells, sizeof *now), *kept = calloc(cells, sizeof *kept);
  assert_true(now && kept);
  advance(run, 7);
  assert_true(percuta_course_look_rows(run) < 256);
  assert_int_equal(PERCUTA_OK, percuta_course_look_column(run, "tightness_rel", column));
  for (size_t i = 0; i < percuta_course_look_rows(run); ++i)
    assert_true(column[i] == run->record.timeline.row[i].tightness_rel);
  assert_true(column[percuta_course_look_rows(run) - 1] != 0); /* also on the way */
  assert_int_equal(PERCUTA_BAD_INPUT, percuta_course_look_column(run, "tightness", column));
  assert_int_equal(PERCUTA_BAD_INPUT, percuta_course_look_column(run, "cytokine_rel", column));

  assert_int_equal(3, run->record.snapshot_count); /* days 0, 1, 7 */
  assert_int_equal(PERCUTA_OK, percuta_course_look_field(run, "collagen", now));
  assert_int_equal(PERCUTA_OK, percuta_course_look_kept(run, "collagen", 2, kept));
  double most = 0;
  for (size_t i = 0; i < cells; ++i) {
    assert_true(kept[i] == (double)(float)now[i]);
    most = fmax(most, now[i]);
  }
  assert_true(most > 0);
  assert_int_equal(PERCUTA_OK, percuta_course_look_kept(run, "collagen", 1, kept));
  assert_memory_not_equal(now, kept, cells * sizeof *now);
  assert_int_equal(PERCUTA_BAD_INPUT, percuta_course_look_kept(run, "collagen", 3, kept));
  assert_int_equal(PERCUTA_BAD_INPUT, percuta_course_look_kept(run, "nothing", 0, kept));
  assert_int_equal(PERCUTA_BAD_INPUT, percuta_course_look_field(run, "cytokine", now));
  free(now);
  free(kept);
  percuta_course_run_destroy(&run);
  fixture_close(&f);
}

static void assert_file(const char *folder, const char *name, bool there) {
  char path[128];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  assert_int_equal(there ? 0 : -1, access(path, F_OK));
}

/* Files with fields kept in memory, half way and at the end; and without fields. */
static void a_run_is_written_where_one_likes(void **state) {
  (void)state;
  static const char *const names[] = {"timeline.csv", "channels.csv", "penetration.csv",
                                      "numbing.csv",  "summary.json", "fields.h5",
                                      "fields.xdmf",  "report.html",  "sources.html"};
  struct fixture f = fixture_open(NULL);
  struct percuta_run *run = fixture_run(&f, &IN_MEMORY, NULL);
  struct percuta_run *bare = fixture_run(&f, &NO_TRACE, NULL);
  char folder[64], inner[96];
  fixture_folder(folder);
  snprintf(inner, sizeof inner, "%s/inner", folder);
  assert_int_equal(PERCUTA_BAD_INPUT,
                   percuta_course_write(run, inner, percuta_report_write)); /* nothing yet */
  assert_file(folder, "inner", false);
  advance(run, 7);
  assert_int_equal(PERCUTA_OK, percuta_course_write(run, inner, percuta_report_write));
  assert_file(inner, "report.html", true);
  fixture_remove(inner);
  advance(run, INFINITY);
  assert_int_equal(PERCUTA_OK, percuta_course_write(run, inner, percuta_report_write));
  for (size_t i = 0; i < sizeof names / sizeof *names; ++i)
    assert_file(inner, names[i], true);
  fixture_remove(inner); /* no .snapshots in it */
  advance(bare, INFINITY);
  assert_int_equal(PERCUTA_OK, percuta_course_write(bare, inner, percuta_report_write));
  fixture_remove(inner);
  fixture_remove(folder);
  assert_int_equal(PERCUTA_IO, percuta_course_write(run, "/dev/null/below", percuta_report_write));
  assert_non_null(strstr(run->failure, "cannot write /dev/null/below"));
  percuta_course_run_destroy(&run);
  percuta_course_run_destroy(&bare);
  fixture_close(&f);
}

/* A folder keeps fields as they come, and the same ones as memory does. */
static void a_folder_keeps_what_memory_keeps(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL);
  char folder[64];
  fixture_folder(folder);
  const struct percuta_run_options on_disk = {.folder = folder};
  struct percuta_run *disk = fixture_run(&f, &on_disk, NULL);
  struct percuta_run *memory = fixture_run(&f, &IN_MEMORY, NULL);
  const size_t cells = percuta_numerics_grid_cell_count(disk->plan->grid);
  double *a = calloc(cells, sizeof *a), *b = calloc(cells, sizeof *b);
  advance(disk, INFINITY);
  advance(memory, INFINITY);
  assert_file(folder, ".snapshots/000.f32", true);
  assert_same(disk, memory);
  assert_int_equal(5, disk->record.snapshot_count); /* days 0, 1, 7, 30, 42 */
  for (int n = 0; n < 5; ++n) {
    assert_int_equal(PERCUTA_OK, percuta_course_look_kept(disk, "signal", n, a));
    assert_int_equal(PERCUTA_OK, percuta_course_look_kept(memory, "signal", n, b));
    assert_memory_equal(a, b, cells * sizeof *a);
  }
  percuta_course_keep_remove(folder);
  fixture_remove(folder);
  free(a);
  free(b);
  percuta_course_run_destroy(&disk);
  percuta_course_run_destroy(&memory);
  fixture_close(&f);
}

/* Two runs of two scenarios side by side are each what it is alone. */
static void runs_do_not_know_of_each_other(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL), g = fixture_open("healing.core=pensalfini");
  struct percuta_run *alone[2] = {fixture_run(&f, &IN_MEMORY, NULL),
                                  fixture_run(&g, &IN_MEMORY, NULL)};
  advance(alone[0], INFINITY);
  advance(alone[1], INFINITY);
  struct percuta_run *beside[2] = {fixture_run(&f, &IN_MEMORY, NULL),
                                   fixture_run(&g, &IN_MEMORY, NULL)};
  static const double days[] = {0, 1, 7, 30, 42};
  for (size_t i = 0; i < sizeof days / sizeof *days; ++i) {
    advance(beside[0], days[i]);
    advance(beside[1], days[i]);
  }
  assert_same(alone[0], beside[0]);
  assert_same(alone[1], beside[1]);
  char words[256];
  assert_false(percuta_course_members_same(alone[0], alone[1], words, sizeof words));
  for (int i = 0; i < 2; ++i) {
    percuta_course_run_destroy(&alone[i]);
    percuta_course_run_destroy(&beside[i]);
  }
  fixture_close(&f);
  fixture_close(&g);
}

struct listener {
  size_t rows, steps;
  size_t stop_after; /* steps; 0: never */
};

static void on_step(void *context, const struct percuta_run *run) {
  struct listener *listener = context;
  (void)run;
  listener->steps += 1;
}

static enum percuta_status on_row(void *context, const struct percuta_run *run) {
  struct listener *listener = context;
  listener->rows += 1;
  return listener->rows == percuta_course_look_rows(run) ? PERCUTA_OK : PERCUTA_NUMERICS;
}

static enum percuta_status on_pause(void *context, struct percuta_run *run) {
  struct listener *listener = context;
  (void)run;
  if (listener->stop_after == 0 || listener->steps < listener->stop_after)
    return PERCUTA_OK;
  listener->stop_after = 0;
  return PERCUTA_INTERRUPTED;
}

/* A reporter sees every step and row; one that stops a run leaves it where it can go on, bit by
 * bit.
 */
static void a_reporter_sees_and_stops(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL);
  struct listener listener = {.stop_after = 20};
  const struct percuta_reporter reporter = {
      .context = &listener, .step = on_step, .row = on_row, .between = on_pause};
  struct percuta_run *whole = fixture_run(&f, &NO_TRACE, NULL);
  struct percuta_run *run = fixture_run(&f, &NO_TRACE, &reporter);
  advance(whole, INFINITY);
  assert_int_equal(PERCUTA_INTERRUPTED, percuta_course_run_advance(run, INFINITY));
  const double then = percuta_course_run_time(run);
  assert_true(then > 0 && then < 42 * PERCUTA_DAY && listener.steps >= 20);
  advance(run, INFINITY);
  assert_same(whole, run);
  assert_int_equal(percuta_course_look_rows(run), listener.rows);
  assert_int_equal(run->record.cost.steps, listener.steps);
  percuta_course_run_destroy(&whole);
  percuta_course_run_destroy(&run);
  fixture_close(&f);
}

/* The gain over all of the dermis is the mean over the treated part times its thickness where all
 * of it is treated, and holds what is gained below where it is not. */
static void a_gain_is_on_one_measure(void **state) {
  (void)state;
  static const char *const deep[] = {"model.fidelity=column",     "course.follow_up=6 weeks",
                                     "device.needle.length=3 mm", "device.needle.taper=1 mm",
                                     "session.force=60 N",        "skin.layers.dermis=0.6 mm"};
  static const char *const shallow[] = {"model.fidelity=column", "course.follow_up=6 weeks",
                                        "device.needle.length=0.5 mm"};
  struct fixture f[2] = {fixture_read("first-session", deep, 6),
                         fixture_read("first-session", shallow, 3)};
  for (int i = 0; i < 2; ++i) {
    struct percuta_run *run = fixture_run(&f[i], &NO_TRACE, NULL);
    advance(run, INFINITY);
    const struct percuta_skin *skin = &run->plan->skin;
    const double treated = run->record.treated_bottom - run->record.treated_top;
    const bool whole =
        run->record.treated_bottom == percuta_skin_layer_top(skin, PERCUTA_HYPODERMIS);
    const struct percuta_timeline *timeline = &run->record.timeline;
    double below = 0;
    assert_true(whole == (i == 0));
    for (size_t k = 0; k < timeline->count; ++k) {
      const double gain = 1e6 * treated * (timeline->row[k].collagen_total_rel - 1);
      below = fmax(below, fabs(timeline->row[k].collagen_gain_um - gain));
    }
    assert_true(whole ? below < 1e-9 * 1e6 * treated : below > 1e-4);
    percuta_course_run_destroy(&run);
    fixture_close(&f[i]);
  }
}

/* Words for a step that cannot be found; the next run is none the worse for it. */
static void a_run_that_fails_says_why(void **state) {
  (void)state;
  struct fixture f = fixture_open(NULL);
  struct fixture g = fixture_open("parameters.koppenol.wound_signal=\"1e30 g/cm^3\"");
  struct percuta_run *before = fixture_run(&f, &NO_TRACE, NULL);
  struct percuta_run *bad = fixture_run(&g, &NO_TRACE, NULL);
  advance(before, INFINITY);
  assert_string_equal("", bad->failure);
  assert_int_equal(PERCUTA_NUMERICS, percuta_course_run_advance(bad, INFINITY));
  assert_non_null(strstr(bad->failure, "no step leads on from day"));
  assert_non_null(strstr(bad->failure, "the field fibroblasts went from"));
  percuta_course_run_destroy(&bad);
  struct percuta_run *after = fixture_run(&f, &NO_TRACE, NULL);
  advance(after, INFINITY);
  assert_same(before, after);
  percuta_course_run_destroy(&before);
  percuta_course_run_destroy(&after);
  fixture_close(&f);
  fixture_close(&g);
}

/* The data folder is read once: a copy of it is removed as soon as it has been, and with products,
 * presets and all the course is the same. */
static void the_data_may_go_once_they_are_read(void **state) {
  (void)state;
  char folder[64], command[5000];
  struct percuta_catalogue *catalogue = NULL;
  struct fixture f = fixture_open(NULL), g = {.scenario = NULL};
  const char *sets[] = {"model.fidelity=column", "course.sessions=2", "course.interval=3 weeks",
                        "course.follow_up=6 weeks"};
  fixture_folder(folder);
  snprintf(command, sizeof command, "cp -r '%s/data' %s/data", getenv("PERCUTA_ROOT"), folder);
  assert_int_equal(0, system(command));
  assert_int_equal(0, percuta_base_diag_create(&g.diag));
  snprintf(command, sizeof command, "%s/data", folder);
  assert_int_equal(PERCUTA_OK, percuta_catalogue_open(command, g.diag, &catalogue));
  snprintf(command, sizeof command, "rm -r %s/data", folder);
  assert_int_equal(0, system(command));
  fixture_remove(folder);
  snprintf(command, sizeof command, "%s/examples/first-session.yaml", getenv("PERCUTA_ROOT"));
  assert_int_equal(PERCUTA_OK,
                   percuta_input_read(catalogue, command, sets, 4, g.diag, &g.scenario));
  struct percuta_run *before = fixture_run(&f, &NO_TRACE, NULL);
  struct percuta_run *after = fixture_run(&g, &NO_TRACE, NULL);
  advance(before, INFINITY);
  advance(after, INFINITY);
  assert_same(before, after);
  percuta_course_run_destroy(&before);
  percuta_course_run_destroy(&after);
  fixture_close(&f);
  fixture_close(&g);
  percuta_catalogue_close(&catalogue);
}

/* What a rank that is left over holds. */
static void no_run_is_accepted(void **state) {
  (void)state;
  double value = 7;
  assert_int_equal(PERCUTA_OK, percuta_course_run_advance(NULL, 1));
  assert_int_equal(PERCUTA_OK, percuta_course_write(NULL, "/nowhere", percuta_report_write));
  assert_int_equal(PERCUTA_OK, percuta_course_look_column(NULL, "time_d", &value));
  assert_int_equal(PERCUTA_OK, percuta_course_look_field(NULL, "collagen", &value));
  assert_true(value == 7 && percuta_course_run_time(NULL) == 0);
}

static void petsc_errors_have_a_status(void **state) {
  (void)state;
  assert_int_equal(PERCUTA_OK, percuta_numerics_try_status(PETSC_SUCCESS));
  assert_int_equal(PERCUTA_MEMORY, percuta_numerics_try_status(PETSC_ERR_MEM));
  assert_int_equal(PERCUTA_NUMERICS, percuta_numerics_try_status(PETSC_ERR_ARG_SIZ));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(pauses_at_events_change_nothing),
                                     cmocka_unit_test(rows_within_steps_are_right),
                                     cmocka_unit_test(pauses_between_events_hardly_matter),
                                     cmocka_unit_test(columns_and_fields_are_found_by_name),
                                     cmocka_unit_test(a_run_is_written_where_one_likes),
                                     cmocka_unit_test(a_folder_keeps_what_memory_keeps),
                                     cmocka_unit_test(runs_do_not_know_of_each_other),
                                     cmocka_unit_test(a_reporter_sees_and_stops),
                                     cmocka_unit_test(a_gain_is_on_one_measure),
                                     cmocka_unit_test(a_run_that_fails_says_why),
                                     cmocka_unit_test(the_data_may_go_once_they_are_read),
                                     cmocka_unit_test(no_run_is_accepted),
                                     cmocka_unit_test(petsc_errors_have_a_status)};
  if (percuta_engine_start(0, NULL, NULL) != PERCUTA_OK)
    return 1;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
