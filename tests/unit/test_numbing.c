/* Numb depth over time, plasma, limits. */
#include "penetration_fixture.h"

static const struct percuta_numbing_plan HOUR_OF_CREAM = {.apply = 3600, .area = 400e-4};

static void depth_grows_and_ends(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product cream = bench_product(&b, "lidocaine-prilocaine-5%");
  struct percuta_numbing *n = bench_numb(&b, &cream, &HOUR_OF_CREAM);
  const struct percuta_penetration *d = &n->penetration;
  assert_true(n->depth[0] == 0);
  assert_true(n->onset > 0 && n->onset < 3600);
  assert_true(n->end > n->onset);
  assert_true(n->depth_most >= n->depth_at_needling && n->depth_most_time >= 3600);
  assert_true(n->depth_low <= n->depth_at_needling && n->depth_at_needling <= n->depth_high);
  assert_true(n->pain_free_unmedicated < n->pain_free_low);
  assert_true(n->pain_free_low < n->pain_free_depth && n->pain_free_depth < n->pain_free_high);
  assert_true(d->balance <= 1e-10);
  bool met = false;
  for (int at = 0; at < d->count; at++)
    met = met || d->time[at] == n->needling;
  assert_true(met);
  bench_wake(&n);
  fixture_clear(&b.f);
}

/* The time at which the numb depth passes `top`, rising or falling, for the last time; linear. */
static double passes(const struct percuta_numbing *n, double top, bool rising) {
  const double *time = n->penetration.time;
  double met = -1;
  for (int at = 1; at < n->penetration.count; at++) {
    const double a = n->depth[at - 1], b = n->depth[at];
    if (rising ? a < top && b >= top : a >= top && b < top)
      met = time[at - 1] + (top - a) / (b - a) * (time[at] - time[at - 1]);
  }
  return met;
}

/* Numb is when the top of the dermis is; a course that ends before numbness does has no end of it.
 */
static void numb_from_and_until(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product cream = bench_product(&b, "lidocaine-prilocaine-5%");
  struct percuta_numbing *n = bench_numb(&b, &cream, &HOUR_OF_CREAM);
  const double top = n->penetration.thickness[PERCUTA_INTACT_STRATUM] +
                     n->penetration.thickness[PERCUTA_INTACT_EPIDERMIS];
  assert_true(passes(n, top, true) > 0 && passes(n, top, false) > 0);
  assert_near(n->onset, passes(n, top, true), 1e-12);
  assert_near(n->end, passes(n, top, false), 1e-12);
  assert_true(n->penetration.time[n->penetration.count - 1] > n->end);
  bench_wake(&n);
  b.model.follow = 600;
  n = bench_numb(&b, &cream, &HOUR_OF_CREAM);
  assert_true(n->onset > 0 && n->end == -1);
  bench_wake(&n);
  fixture_clear(&b.f);
}

/* At the numb depth the anaesthetics add up to what numbs; above there is more, below less. */
static void depth_is_where_the_level_is_met(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product cream = bench_product(&b, "lidocaine-prilocaine-5%");
  struct percuta_numbing *n = bench_numb(&b, &cream, &HOUR_OF_CREAM);
  const struct percuta_penetration *d = &n->penetration;
  int at = 0;
  while (d->time[at] != n->needling)
    at++;
  const double shifts[] = {-0.2e-3, 0.2e-3};
  for (int i = 0; i < 2; i++) {
    double level = 0;
    for (int a = 0; a < 2; a++)
      level += percuta_transport_numbing_tissue(d, a, at, n->depth_at_needling + shifts[i]) /
               cream.active[a].compound.numbing.level;
    assert_true(i == 0 ? level > 1 : level < 1);
  }
  assert_true(percuta_transport_numbing_tissue(d, 0, at, 1e-6) ==
              0); /* stratum corneum does not count */
  /* what tissue holds is that of its row, anywhere in it */
  const struct percuta_permeation *intact = d->active[0].intact;
  const double dermis =
      d->thickness[PERCUTA_INTACT_STRATUM] + d->thickness[PERCUTA_INTACT_EPIDERMIS];
  int rows = 0;
  for (int row = 0; row < intact->rows && intact->face[row] < 1e-3; row++) {
    if (intact->face[row] < dermis * (1 + 1e-9))
      continue;
    const double top = intact->face[row], high = intact->face[row + 1] - top;
    const double held = intact->activity[at * intact->rows + row] *
                        d->active[0].partition_intact[PERCUTA_INTACT_DERMIS];
    for (int i = 0; i < 2; i++)
      assert_near(percuta_transport_numbing_tissue(d, 0, at, top + (0.01 + 0.98 * i) * high), held,
                  1e-12);
    rows++;
  }
  assert_true(rows > 5);
  /* the interval is that of the level: widest of both anaesthetics, low where the most is needed */
  double least = 1, most = 1;
  for (int a = 0; a < 2; a++) {
    const struct percuta_compound_numbing *drug = &cream.active[a].compound.numbing;
    least = fmin(least, drug->level_low / drug->level);
    most = fmax(most, drug->level_high / drug->level);
  }
  assert_true(least < 1 && most > 1 && b.model.level_spread > 1);
  const double spread = hypot(log(b.model.level_spread), log(b.model.plasma_persons));
  least = exp(-hypot(log(least), spread)); /* and of what is in the tissue of people */
  most = exp(hypot(log(most), spread));
  assert_near(n->depth_low, percuta_transport_numbing_depth(d, at, most), 1e-12);
  assert_near(n->depth_high, percuta_transport_numbing_depth(d, at, least), 1e-12);
  assert_true(n->depth_low < n->depth_at_needling && n->depth_at_needling < n->depth_high);
  assert_true(percuta_transport_numbing_depth(d, at, 0.5) > n->depth_at_needling);
  assert_true(percuta_transport_numbing_depth(d, at, 1e9) == 0);
  bench_wake(&n);
  fixture_clear(&b.f);
}

/* Nothing in the cream blocks nothing; far more of it all nerves that a needle reaches. */
static void block_has_its_limits(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  struct percuta_product cream = bench_product(&b, "lidocaine-prilocaine-5%");
  const double scale[] = {1e-9, 1, 1e3};
  double left[3];
  for (int i = 0; i < 3; i++) {
    struct percuta_product changed = cream;
    for (int a = 0; a < cream.active_count; a++)
      changed.active[a].compound.numbing.level /= scale[i];
    struct percuta_numbing *n = bench_numb(&b, &changed, &HOUR_OF_CREAM);
    left[i] = percuta_transport_nerves_felt(&n->nerves, &n->levels, 1, 1e-3) /
              percuta_transport_nerves_reached(&n->nerves, 1e-3);
    if (i == 0) {
      assert_true(n->onset < 0 && n->depth_most == 0);
      assert_near(n->pain_free_depth, n->pain_free_unmedicated, 1e-9);
    }
    bench_wake(&n);
  }
  assert_near(left[0], 1, 1e-12);
  assert_true(left[1] < 0.9 && left[1] > left[2] && left[2] < 1e-3);
  fixture_clear(&b.f);
}

/* Numbness ends after the cream is off, the later the longer that was on. */
static void longer_on_lasts_longer(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product cream = bench_product(&b, "lidocaine-prilocaine-5%");
  double before = 0;
  strcpy(b.skin.region, "neck"); /* on the face an hour is all that it takes */
  b.model.follow = 12 * 3600;
  for (int hours = 1; hours <= 2; hours++) {
    const struct percuta_numbing_plan plan = {.apply = 3600 * hours, .area = 400e-4};
    struct percuta_numbing *n = bench_numb(&b, &cream, &plan);
    assert_true(n->end > plan.apply && n->end - plan.apply > before);
    before = n->end - plan.apply;
    bench_wake(&n);
  }
  fixture_clear(&b.f);
}

/* On the face a cream enters faster than elsewhere. */
static void the_face_takes_up_more(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product cream = bench_product(&b, "lidocaine-prilocaine-5%");
  assert_string_equal(b.skin.region, "face");
  struct percuta_numbing *face = bench_numb(&b, &cream, &HOUR_OF_CREAM);
  strcpy(b.skin.region, "neck");
  struct percuta_numbing *neck = bench_numb(&b, &cream, &HOUR_OF_CREAM);
  assert_true(face->onset < neck->onset);
  assert_true(face->pain_free_depth > neck->pain_free_depth);
  assert_true(face->active[0].plasma_most > neck->active[0].plasma_most);
  bench_wake(&face);
  bench_wake(&neck);
  fixture_clear(&b.f);
}

/* Vasoconstriction keeps the anaesthetic in the skin: deeper, longer, less in the blood. */
static void less_blood_numbs_deeper(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  struct percuta_product cream = bench_product(&b, "lidocaine-prilocaine-5%");
  assert_true(cream.blood_flow < 1);
  struct percuta_numbing *constricted = bench_numb(&b, &cream, &HOUR_OF_CREAM);
  cream.blood_flow = 3;
  struct percuta_numbing *dilated = bench_numb(&b, &cream, &HOUR_OF_CREAM);
  assert_true(constricted->depth_most > 1.2 * dilated->depth_most);
  assert_true(constricted->active[0].plasma_most < dilated->active[0].plasma_most);
  bench_wake(&constricted);
  bench_wake(&dilated);
  fixture_clear(&b.f);
}

/* The cream on punctures numbs at once, and the blood takes up more. */
static void needles_first_are_faster(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  strcpy(b.skin.region, "neck"); /* where the barrier that needles open counts for more */
  const struct percuta_product cream = bench_product(&b, "lidocaine-prilocaine-5%");
  struct percuta_numbing_plan plan = HOUR_OF_CREAM;
  struct percuta_numbing *first = bench_numb(&b, &cream, &plan);
  plan.order = PERCUTA_NEEDLES_FIRST;
  struct percuta_numbing *last = bench_numb(&b, &cream, &plan);
  assert_true(last->onset < first->onset);
  assert_true(last->active[0].plasma_most > first->active[0].plasma_most);
  assert_true(last->depth_at_needling == 0 && last->needling == 0); /* too late for the needles */
  assert_near(last->onset_intact, first->onset, 0.1); /* other outputs, so other steps */
  assert_true(last->absorbed_intact < last->active[0].absorbed + last->active[1].absorbed);
  bench_wake(&first);
  bench_wake(&last);
  fixture_clear(&b.f);
}

/* Cleared amounts that grow evenly: C = R/CL (1 - exp(-CL t/V)), and after the end it decays. */
static void plasma_is_one_compartment(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product cream = bench_product(&b, "lidocaine-4%");
  struct percuta_numbing *n = bench_numb(&b, &cream, &HOUR_OF_CREAM);
  const struct percuta_compound_numbing *drug = &cream.active[0].compound.numbing;
  const double volume = drug->distribution * b.model.body_mass;
  double held = 0, cleared = 0;
  for (int at = 1; at < n->penetration.count; at++) {
    double now;
    const double step = n->penetration.time[at] - n->penetration.time[at - 1];
    const double *plasma = n->active[0].plasma;
    percuta_transport_penetration_entered(n->penetration.active[0].intact, at, &now);
    now *= n->area;
    /* what came in went out or is there: the integral of CL C over the step in closed form */
    const double rate = (now - cleared) / step;
    const double out = rate * step - volume * (plasma[at] - plasma[at - 1]);
    const double k = drug->clearance / volume, decay = 1 - exp(-k * step);
    const double exact = plasma[at - 1] * volume * decay + rate * (step - decay / k);
    assert_true(fabs(out - exact) <= 1e-9 * fmax(now, 1e-12));
    held = volume * plasma[at];
    cleared = now;
  }
  assert_true(held < cleared);
  assert_near(n->active[0].absorbed, cleared, 1e-12);
  assert_near(n->toxicity, n->active[0].plasma_most / drug->toxic, 1e-12);
  bench_wake(&n);
  fixture_clear(&b.f);
}

static void limits_are_watched(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product cream = bench_product(&b, "lidocaine-prilocaine-5%");
  struct percuta_numbing_plan plan = {.apply = 3600, .area = 100e-4};
  struct percuta_numbing *n = bench_numb(&b, &cream, &plan);
  assert_near(n->mass, 15e-3, 1e-9); /* 150 mg/cm2 on 100 cm2 */
  assert_int_equal(n->warnings, 0);
  bench_wake(&n);
  plan.area = 700e-4;
  plan.apply = 6 * 3600;
  plan.again = 2 * 3600;
  n = bench_numb(&b, &cream, &plan);
  assert_near(n->mass, 3 * 105e-3, 1e-9);
  assert_int_equal(n->warnings & ~(unsigned)PERCUTA_NUMBING_TOXIC,
                   PERCUTA_NUMBING_MASS | PERCUTA_NUMBING_AREA | PERCUTA_NUMBING_TIME);
  bench_wake(&n);
  fixture_set(&b.f, "numbing.warn_share", "0.001");
  assert_int_equal(percuta_transport_numbing_model_read(&b.f.scenario, b.f.diag, &b.model),
                   PERCUTA_OK);
  plan = HOUR_OF_CREAM;
  n = bench_numb(&b, &cream, &plan);
  assert_int_equal(n->warnings, PERCUTA_NUMBING_TOXIC);
  assert_near(n->signs, 0.001, 1e-12);
  bench_wake(&n);
  fixture_clear(&b.f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(depth_grows_and_ends),
      cmocka_unit_test(numb_from_and_until),
      cmocka_unit_test(depth_is_where_the_level_is_met),
      cmocka_unit_test(block_has_its_limits),
      cmocka_unit_test(longer_on_lasts_longer),
      cmocka_unit_test(the_face_takes_up_more),
      cmocka_unit_test(less_blood_numbs_deeper),
      cmocka_unit_test(needles_first_are_faster),
      cmocka_unit_test(plasma_is_one_compartment),
      cmocka_unit_test(limits_are_watched),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
