/* In-plane mechanics: the closed form for a steady pull, rest, and what is held or free. */
#include "model_fixture.h"

#include "healing/parts/mechanics.h"

static struct percuta_mechanics law(void) {
  struct percuta_cascade cascade = fixture_cascade(FIXTURE_CORE | FIXTURE_PART(mechanics), NULL);
  return *PERCUTA_PART(&cascade, mechanics);
}

enum { TIMES = 2001 };
static const double REST = 0.9, SHARE = 0.6, THICKNESS = 1.4e-3;

/* `TIMES` rows, `step` apart, with a steady pull up to row `until`. */
static void follow(const struct percuta_mechanics *m, double step, int until,
                   struct percuta_mechanics_state *out) {
  static struct percuta_mechanics_means means[TIMES];
  for (int i = 0; i < TIMES; ++i)
    means[i] = (struct percuta_mechanics_means){.time = step * i,
                                                .collagen = 1,
                                                .elastin = 1,
                                                .fibroblast = 1,
                                                .myofibroblast = i <= until ? 0.02 : 0,
                                                .signal = i <= until ? 0.3 : 0};
  percuta_healing_mechanics_follow(m, REST, SHARE, THICKNESS, TIMES, means, out);
}

/* e = c phi (a - p/E), da/dt = g (e - a): a goes to -c phi/(1 - c phi) p/E at the rate g (1 - c
 * phi). */
static void a_steady_pull_is_the_closed_form(void **state) {
  (void)state;
  struct percuta_mechanics m = law();
  static struct percuta_mechanics_state out[TIMES];
  double step = PERCUTA_DAY / 4, held = m.constraint * SHARE;
  double pull = m.pull * 0.02 * REST / (m.half_collagen * m.half_collagen + REST * REST);
  double modulus = m.modulus * sqrt(REST);
  double g = m.remodelling * (1 + m.mmp * 0.02) * 0.3 / (1 + m.inhibition * 0.3);
  follow(&m, step, TIMES, out);
  for (int i = 0; i < TIMES; i += 100) {
    double plastic = -held / (1 - held) * pull / modulus * (1 - exp(-g * (1 - held) * step * i));
    double strain = held * (plastic - pull / modulus);
    assert_true(fabs(out[i].plastic - plastic) < 1e-12);
    assert_true(fabs(out[i].strain - strain) < 1e-12);
    double stress = modulus * (strain - plastic) + pull;
    assert_true(fabs(out[i].tension - stress) < 1e-9 * pull);
    assert_true(fabs(out[i].tightness - 1 - stress / (m.tension / THICKNESS)) < 1e-12);
  }
}

/* When the pull ends, what has become lasting stays, and nothing else. */
static void what_gave_way_stays(void **state) {
  (void)state;
  struct percuta_mechanics m = law();
  static struct percuta_mechanics_state out[TIMES];
  follow(&m, PERCUTA_DAY / 4, 400, out);
  assert_true(out[401].plastic < 0);
  assert_true(out[TIMES - 1].plastic == out[401].plastic);
  assert_true(fabs(out[TIMES - 1].strain - m.constraint * SHARE * out[401].plastic) < 1e-15);
  assert_true(out[TIMES - 1].tightness > 1);
}

static void rest_is_unstrained(void **state) {
  (void)state;
  struct percuta_mechanics m = law();
  static struct percuta_mechanics_state out[TIMES];
  follow(&m, PERCUTA_DAY, -1, out);
  for (int i = 0; i < TIMES; ++i)
    assert_true(out[i].strain == 0 && out[i].plastic == 0 && out[i].tension == 0 &&
                out[i].stiffness == 1 && out[i].tightness == 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_steady_pull_is_the_closed_form),
      cmocka_unit_test(what_gave_way_stays),
      cmocka_unit_test(rest_is_unstrained),
  };
  if (PetscInitialize(NULL, NULL, NULL, NULL))
    return 1;
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  return PetscFinalize() || failed;
}
