#include "../unit/transport_fixture.h"

#include "permeation/channel.h"
#include "permeation/column.h"
#include "transport/needled.h"

/* Excised skin under an endless dose: a closed form without bores, and two solvers with them. */

typedef enum percuta_status solver(const struct percuta_domain *, const struct percuta_resolution *,
                                   struct percuta_permeation **, const char **);

static const double STEADY[] = {20 * PERCUTA_DAY, 30 * PERCUTA_DAY};
static const double DERMIS = 500e-6;

struct piece {
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_needled_model model;
  struct percuta_compound compound;
};

static void begin(struct piece *piece, const char *compound) {
  transport_init(&piece->f, &piece->model.intact);
  piece->model.haematocrit = 0.45;
  piece->compound = transport_compound(&piece->f, compound);
  fixture_skin(&piece->f, &piece->skin);
}

static struct percuta_needled_case case_of(const struct piece *piece) {
  return (struct percuta_needled_case){.model = &piece->model,
                                       .skin = &piece->skin,
                                       .compound = &piece->compound,
                                       .pH = 7.4,
                                       .hydration = PERCUTA_HYDRATION_WET,
                                       .barrier = 1,
                                       .flow = 1,
                                       .excised = true,
                                       .dermis = DERMIS};
}

/* [m/s] at the steady state; nothing goes to blood. */
static double permeability(solver *solve, struct percuta_needled_domain *skin) {
  static const struct percuta_dose held = {.kind = PERCUTA_DOSE_FIXED, .concentration = 1};
  const struct percuta_resolution usual = {0};
  struct percuta_permeation *course = NULL;
  const char *wrong = "";
  skin->domain.doses = &held;
  skin->domain.dose_count = 1;
  skin->domain.outputs = STEADY;
  skin->domain.output_count = 2;
  assert_int_equal(solve(&skin->domain, &usual, &course, &wrong), PERCUTA_OK);
  for (int at = 0; at < course->output_count * course->layer_count; at++)
    assert_true(course->cleared[at] == 0);
  const double through = (course->receptor[1] - course->receptor[0]) / (STEADY[1] - STEADY[0]);
  percuta_permeation_domain_course_destroy(&course);
  return through;
}

static void intact_skin_passes_what_its_layers_do(void **state) {
  (void)state;
  static const char *const compounds[] = {"carbamazepine", "magnesium", "lidocaine"};
  for (int i = 0; i < 3; i++) {
    struct piece piece;
    struct percuta_needled_domain skin;
    begin(&piece, compounds[i]);
    const struct percuta_needled_case what = case_of(&piece);
    percuta_transport_needled_make(&what, NULL, NULL, 0, 0, &skin);
    assert_int_equal(skin.domain.layer_count, PERCUTA_INTACT_SUBCUTIS);
    assert_true(skin.domain.sink);
    assert_near(skin.layer[PERCUTA_INTACT_DERMIS].thickness, DERMIS, 1e-12);
    const double top =
        percuta_permeation_column_intact_permeability(skin.layer, 1) + skin.domain.bypass;
    const double below = percuta_permeation_column_intact_permeability(skin.layer + 1, 2);
    assert_near(permeability(percuta_permeation_column_run, &skin), 1 / (1 / top + 1 / below),
                2e-3);
    fixture_clear(&piece.f);
  }
}

/* The column has a few rings, the channel many. */
static void bores_stay_open_and_solvers_agree(void **state) {
  (void)state;
  static const char *const compounds[] = {"carbamazepine", "magnesium"};
  const struct percuta_needled_bores bores = {
      .density = 1e6, .depth = 200e-6, .radius = 25e-6, .tip_share = 0.2};
  for (int i = 0; i < 2; i++) {
    struct piece piece;
    struct percuta_needled_domain intact, needled;
    begin(&piece, compounds[i]);
    const struct percuta_needled_case what = case_of(&piece);
    percuta_transport_needled_make(&what, NULL, NULL, 0, 0, &intact);
    percuta_transport_needled_make(&what, &bores, NULL, 0, 0, &needled);
    assert_int_equal(needled.domain.closing_count, 0);
    const double before = permeability(percuta_permeation_column_run, &intact);
    const double column = permeability(percuta_permeation_column_run, &needled);
    const double channel = permeability(percuta_permeation_channel_run, &needled);
    print_message("%s: %g times as much; channel over column %.3f\n", compounds[i], column / before,
                  channel / column);
    assert_true(column > before);
    assert_near(column, channel, 0.15);
    fixture_clear(&piece.f);
  }
}

/* Deeper than the piece is thick: the bore ends in it all the same. */
static void bores_end_within_the_piece(void **state) {
  (void)state;
  struct piece piece;
  struct percuta_needled_domain skin;
  const struct percuta_needled_bores bores = {
      .density = 1e6, .depth = 2e-3, .radius = 25e-6, .tip_share = 0.2};
  const char *wrong = "";
  begin(&piece, "magnesium");
  const struct percuta_needled_case what = case_of(&piece);
  percuta_transport_needled_make(&what, &bores, NULL, 0, 0, &skin);
  skin.domain.outputs = STEADY;
  skin.domain.output_count = 2;
  assert_true(skin.typical.depth < percuta_permeation_domain_depth(&skin.domain));
  assert_int_equal(percuta_permeation_domain_check(&skin.domain, true, &wrong), PERCUTA_OK);
  fixture_clear(&piece.f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(intact_skin_passes_what_its_layers_do),
      cmocka_unit_test(bores_stay_open_and_solvers_agree),
      cmocka_unit_test(bores_end_within_the_piece),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
