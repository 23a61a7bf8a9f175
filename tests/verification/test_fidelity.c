/* The fidelities agree: what a column and a channel say of the gain in collagen one, six and twelve
 * months after the last session, beside the mean of patches over seeds, for one session and for
 * five, and what they say of a scar and of the skin around it. The short form has one skin and
 * coarse cells; the long one (`make verify`) three skins, eight seeds and the usual patch. */
#include "../unit/run_fixture.h"

#include "outcome/outcomes.h"
#include "report_fixture.h"

enum { TIMES = 3, MOST_SEEDS = 8, MOST_SETS = 12 };

static const double DAYS[TIMES] = {30, 182, 365};

/* [1] Gains differ by as much of this at least before it counts: shares of next to nothing say
 * nothing. */
static const double SMALL = 0.01;

struct skin {
  const char *name;
  const char *sets[4];
};

static const struct skin SKINS[] = {
    {"cheek, 45 years", {NULL}},
    {"inner forearm, 70 years", {"skin.site=volar-forearm", "person.age=70 years", NULL}},
    {"shin that heals poorly, 72 years",
     {"skin.site=shin", "person.age=72 years", "person.sex=male",
      "skin.condition.kind=poor-healing"}}};

/* Gains of one run. */
static void follow(const struct skin *skin, int sessions, const char *const *model, int models,
                   double gain[TIMES]) {
  char many[40], until[60];
  const char *sets[MOST_SETS] = {many, "course.interval=4 weeks", until};
  size_t count = 3;
  snprintf(many, sizeof many, "course.sessions=%d", sessions);
  snprintf(until, sizeof until, "course.follow_up=%d days", 366 + 56 * (sessions - 1));
  for (int i = 0; i < 4 && skin->sets[i]; ++i)
    sets[count++] = skin->sets[i];
  for (int i = 0; i < models; ++i)
    sets[count++] = model[i];
  const struct percuta_run_options options = {.folder = NULL};
  struct fixture f = fixture_read("../data/evidence/scenarios/healing", sets, count);
  struct percuta_run *run = fixture_run(&f, &options, NULL);
  assert_int_equal(PERCUTA_OK, percuta_course_run_advance(run, INFINITY));
  for (int i = 0; i < TIMES; ++i) {
    const struct percuta_outcome_time time = {PERCUTA_SINCE_LAST_SESSION, DAYS[i]};
    gain[i] =
        percuta_outcome_outcomes_number_on(&run->record, PERCUTA_OUTCOME_collagen_total_rel, time) -
        1;
  }
  percuta_course_run_destroy(&run);
  fixture_close(&f);
}

/* Mean gains of patches, and the standard error of the last. */
static double follow_patches(const struct skin *skin, int sessions, const char *const *model,
                             int seeds, double mean[TIMES]) {
  double square = 0;
  for (int i = 0; i < TIMES; ++i)
    mean[i] = 0;
  for (int seed = 1; seed <= seeds; ++seed) {
    char with[40];
    double gain[TIMES];
    const char *sets[] = {"model.fidelity=patch", model[0], model[1], with};
    snprintf(with, sizeof with, "model.seed=%d", seed);
    follow(skin, sessions, sets, 4, gain);
    for (int i = 0; i < TIMES; ++i)
      mean[i] += gain[i] / seeds;
    square += gain[TIMES - 1] * gain[TIMES - 1] / seeds;
  }
  return sqrt(fmax(0, square - mean[TIMES - 1] * mean[TIMES - 1]) / (seeds - 1));
}

/* Prints the lines of the table; whether they meet the bound. */
static bool compare(const struct skin *skin, int sessions, const char *const *patch, int seeds,
                    const double *bounds) {
  static const char *const names[] = {"column", "channel"};
  double mean[TIMES];
  const double error = follow_patches(skin, sessions, patch, seeds, mean);
  bool met = true;
  for (int f = 0; f < 2; ++f) {
    char fidelity[40];
    double gain[TIMES], worst = 0;
    const char *sets[] = {fidelity};
    snprintf(fidelity, sizeof fidelity, "model.fidelity=%s", names[f]);
    follow(skin, sessions, sets, 1, gain);
    for (int i = 0; i < TIMES; ++i)
      worst = fmax(worst, fabs(gain[i] - mean[i]) / fmax(fabs(mean[i]), SMALL));
    print_message("fidelity | %s | %d | %.2f, %.2f, %.2f | %.1f | %s | %.2f, %.2f, %.2f | %.1f | "
                  "%.0f\n",
                  skin->name, sessions, 100 * mean[0], 100 * mean[1], 100 * mean[2],
                  100 * error / fmax(fabs(mean[TIMES - 1]), SMALL), names[f], 100 * gain[0],
                  100 * gain[1], 100 * gain[2], 100 * worst, 100 * bounds[f]);
    met &= worst <= bounds[f];
  }
  return met;
}

/* A channel resolves a track better than the usual patch, and five sessions leave more of it. */
static void column_and_channel_are_the_mean_patch(void **state) {
  static const char *const coarse[] = {"model.patch.width=6 mm", "model.patch.cell=150 um"};
  static const char *const usual[] = {"model.patch.width=4 mm", "model.patch.cell=62.5 um"};
  (void)state;
  if (!fixture_is_long()) {
    assert_true(compare(&SKINS[0], 1, coarse, 3, (const double[]){0.15, 0.15}));
    return;
  }
  bool met = true;
  for (size_t s = 0; s < sizeof SKINS / sizeof *SKINS; ++s) {
    met &= compare(&SKINS[s], 1, usual, MOST_SEEDS, (const double[]){0.05, 0.06});
    met &= compare(&SKINS[s], 5, usual, MOST_SEEDS, (const double[]){0.05, 0.15});
  }
  assert_true(met);
}

/* Gains of the tile, inside the scar and around it. */
enum { PARTS = 3 };

/* Read off the last row of the timeline before each time. */
static void follow_scar(const char *fidelity, int seed, double gain[PARTS][TIMES]) {
  char model[40], draw[40];
  const bool patch = strcmp(fidelity, "patch") == 0;
  const char *sets[] = {"course.sessions=1", "course.follow_up=366 days", model, draw,
                        "model.patch.cell=62.5 um"};
  const struct percuta_run_options options = {.folder = NULL};
  snprintf(model, sizeof model, "model.fidelity=%s", fidelity);
  snprintf(draw, sizeof draw, "model.seed=%d", seed);
  struct fixture f = fixture_read("acne-scar", sets, patch ? 5 : 4);
  struct percuta_run *run = fixture_run(&f, &options, NULL);
  assert_int_equal(PERCUTA_OK, percuta_course_run_advance(run, INFINITY));
  const struct percuta_timeline *timeline = &run->record.timeline;
  for (size_t r = 0; r < timeline->count; ++r) {
    for (int i = 0; i < TIMES; ++i) {
      if (timeline->row[r].time_d > DAYS[i])
        continue;
      gain[0][i] = timeline->row[r].collagen_total_rel - 1;
      gain[1][i] = timeline->row[r].collagen_inside_rel - 1;
      gain[2][i] = timeline->row[r].collagen_around_rel - 1;
    }
  }
  percuta_course_run_destroy(&run);
  fixture_close(&f);
}

static void print_scar(const char *who, const double gain[PARTS][TIMES]) {
  print_message("scar | %s", who);
  for (int part = 0; part < PARTS; ++part)
    print_message(" | %.2f, %.2f, %.2f", 100 * gain[part][0], 100 * gain[part][1],
                  100 * gain[part][2]);
  print_message("\n");
}

/* The tile's gain agrees; between inside and around nothing passes in rings, so that of these the
 * table shows how far they are off. */
static void a_scar_in_rings_and_on_a_patch(void **state) {
  double mean[PARTS][TIMES] = {{0}}, rings[PARTS][TIMES];
  const int seeds = 4;
  (void)state;
  if (!fixture_is_long())
    return;
  for (int seed = 1; seed <= seeds; ++seed) {
    double gain[PARTS][TIMES];
    follow_scar("patch", seed, gain);
    for (int i = 0; i < PARTS * TIMES; ++i)
      mean[i / TIMES][i % TIMES] += gain[i / TIMES][i % TIMES] / seeds;
  }
  follow_scar("column", 1, rings);
  print_scar("patch", (const double(*)[TIMES])mean);
  print_scar("column", (const double(*)[TIMES])rings);
  for (int i = 0; i < TIMES; ++i)
    assert_true(fabs(rings[0][i] - mean[0][i]) <= 0.1 * fmax(fabs(mean[0][i]), SMALL));
}

/* Later sessions cut new tracks: each as much as the first, but for what it finds cut already. */
static void sessions_cut_new_tracks(void **state) {
  static const char *const fidelities[] = {"model.fidelity=column", "model.fidelity=channel"};
  (void)state;
  for (int i = 0; i < 2; ++i) {
    const char *sets[] = {fidelities[i], "course.sessions=5", "course.interval=4 weeks",
                          "course.follow_up=113 days", "course.only_if_healed=false"};
    const struct percuta_run_options options = {.folder = NULL};
    struct fixture f = fixture_read("../data/evidence/scenarios/healing", sets, 5);
    struct percuta_run *run = fixture_run(&f, &options, NULL);
    assert_int_equal(PERCUTA_OK, percuta_course_run_advance(run, INFINITY));
    const double first = run->record.session[0].injured_frac;
    for (int s = 1; s < 5; ++s) {
      print_message("%s, session %d: %g of the first\n", fidelities[i], s + 1,
                    run->record.session[s].injured_frac / first);
      assert_true(fabs(run->record.session[s].injured_frac / first - 1) < 0.1);
    }
    percuta_course_run_destroy(&run);
    fixture_close(&f);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(a_scar_in_rings_and_on_a_patch),
                                     cmocka_unit_test(sessions_cut_new_tracks),
                                     cmocka_unit_test(column_and_channel_are_the_mean_patch)};
  if (percuta_engine_start(0, NULL, NULL) != PERCUTA_OK)
    return 1;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
