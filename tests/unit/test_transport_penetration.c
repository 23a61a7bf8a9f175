/* What products bring in. */
#include "penetration_fixture.h"

static void amounts_balance_and_punctures_add(void **state) {
  (void)state;
  struct bench b;
  struct percuta_entry entry;
  const char *id = NULL;
  bench_init(&b);
  for (size_t i = 0; percuta_catalogue_at(b.f.scenario.catalogue, PERCUTA_PRODUCTS, i, &id, &entry);
       i++) {
    const struct percuta_product product = bench_product(&b, id);
    struct percuta_penetration *d = bench_deliver(&b, &product, NULL);
    assert_true(d->balance <= 1e-10);
    for (int a = 0; a < d->active_count; a++) {
      const struct percuta_penetration_active *active = &d->active[a];
      assert_near(active->applied, product.dose * product.active[a].mass_fraction, 1e-12);
      assert_true(active->needled->least >= 0 && active->intact->least >= 0);
      assert_true(active->entered >= active->entered_intact * (1 - 1e-3));
      assert_true(active->entered <= active->applied * (1 + 1e-10));
      assert_true(active->blood <= active->entered);
      assert_non_null(strstr(active->reason, ", log Kow "));
    }
    bench_drop(&d);
  }
  fixture_clear(&b.f);
}

/* Punctures help what the stratum corneum keeps out, and hardly what it lets through. */
static void needling_does_not_help_all_alike(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product salt = bench_product(&b, "magnesium-sulfate-1M");
  const struct percuta_product vitamin = bench_product(&b, "retinol-0.5%");
  struct percuta_penetration *d = bench_deliver(&b, &salt, NULL);
  assert_true(d->active[0].enhancement > 5 && d->active[0].helps);
  assert_int_equal(d->active[0].route, PERCUTA_PENETRATION_PUNCTURES);
  assert_int_equal(d->verdict, PERCUTA_PENETRATION_HELPS);
  bench_drop(&d);
  d = bench_deliver(&b, &vitamin, NULL);
  assert_true(d->active[0].enhancement < 2 && !d->active[0].helps);
  assert_int_equal(d->active[0].route, PERCUTA_PENETRATION_LIPIDS);
  assert_int_equal(d->verdict, PERCUTA_PENETRATION_DO_NOT); /* it irritates */
  bench_drop(&d);
  struct percuta_product kind = vitamin;
  kind.irritant = false;
  d = bench_deliver(&b, &kind, NULL);
  assert_int_equal(d->verdict, PERCUTA_PENETRATION_HARDLY_HELPS);
  bench_drop(&d);
  fixture_clear(&b.f);
}

/* Without punctures there is one course, that of intact skin. */
static void no_punctures_no_help(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product product = bench_product(&b, "niacinamide-5%");
  struct percuta_penetration *with = bench_deliver(&b, &product, NULL);
  b.bores.density = 0;
  struct percuta_penetration *without = bench_deliver(&b, &product, NULL);
  assert_null(without->active[0].needled);
  assert_true(without->active[0].enhancement == 1);
  assert_near(without->active[0].entered, with->active[0].entered_intact, 1e-12);
  assert_int_equal(without->met, PERCUTA_PENETRATION_UNOPENED);
  assert_int_equal(without->verdict, PERCUTA_PENETRATION_NOT_NEEDLED);
  assert_non_null(strstr(without->active[0].reason, "no puncture passes"));
  bench_drop(&with);
  bench_drop(&without);
  fixture_clear(&b.f);
}

/* What has entered after half an hour. */
static double soon(struct bench *b, const struct percuta_product *product,
                   const struct percuta_penetration_plan *plan) {
  struct percuta_penetration *d = bench_deliver(b, product, plan);
  const double entered = percuta_transport_penetration_entered(d->active[0].needled, 0, NULL);
  bench_drop(&d);
  return entered;
}

/* Twice as many punctures bring in more; old ones less. */
static void more_punctures_bring_more(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product product = bench_product(&b, "magnesium-sulfate-1M");
  struct percuta_penetration_plan plan =
      percuta_transport_penetration_usual(&b.model.penetration, &product);
  const double fresh = soon(&b, &product, &plan);
  plan.start = 24 * PERCUTA_HOUR;
  assert_true(soon(&b, &product, &plan) < 0.9 * fresh);
  plan.start = 0;
  b.bores.density *= 2;
  assert_true(soon(&b, &product, &plan) > 1.2 * fresh);
  fixture_clear(&b.f);
}

/* Doses on top of each other; what is washed off does not enter. */
static void doses_and_washing(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product product = bench_product(&b, "niacinamide-5%");
  struct percuta_penetration_plan plan =
      percuta_transport_penetration_usual(&b.model.penetration, &product);
  struct percuta_penetration *d = bench_deliver(&b, &product, &plan);
  const double once = d->active[0].entered_intact, applied = d->active[0].applied;
  bench_drop(&d);
  plan.again = 2 * PERCUTA_HOUR; /* in 12 hours six times */
  d = bench_deliver(&b, &product, &plan);
  assert_near(d->active[0].applied, 6 * applied, 1e-12);
  assert_true(d->active[0].entered_intact > 1.3 * once);
  bench_drop(&d);
  plan.again = 5 * PERCUTA_HOUR; /* at 0, 5 and 10 */
  d = bench_deliver(&b, &product, &plan);
  assert_near(d->active[0].applied, 3 * applied, 1e-12);
  bench_drop(&d);
  plan.again = 0;
  plan.apply = 600;
  d = bench_deliver(&b, &product, &plan);
  assert_true(d->active[0].entered_intact < 0.2 * once);
  assert_true(d->active[0].intact->washed[2] > 0.8 * applied);
  assert_true(d->active[0].intact->vehicle[2] == 0);
  bench_drop(&d);
  fixture_clear(&b.f);
}

/* A cover wets the stratum corneum, which then lets more through. */
static void a_cover_opens_the_stratum_corneum(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product product = bench_product(&b, "minoxidil-5%");
  struct percuta_penetration_plan plan =
      percuta_transport_penetration_usual(&b.model.penetration, &product);
  plan.apply = 86400;
  struct percuta_penetration *open = bench_deliver(&b, &product, &plan);
  plan.occluded = true;
  struct percuta_penetration *covered = bench_deliver(&b, &product, &plan);
  assert_true(covered->active[0].entered_intact > 1.2 * open->active[0].entered_intact);
  bench_drop(&open);
  bench_drop(&covered);
  fixture_clear(&b.f);
}

/* Beyond what the water dissolves the rest waits: the activity is that of saturation. */
static void what_is_not_dissolved_waits(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  struct percuta_product product = bench_product(&b, "lidocaine-5%");
  const struct percuta_compound *lidocaine = &product.active[0].compound;
  const double neutral = percuta_substance_compound_neutral(lidocaine, product.pH, 1);
  const double saturated = lidocaine->solubility / neutral;
  assert_near(percuta_transport_penetration_undissolved(&b.model.penetration, &product, 0),
              product.active[0].concentration / saturated, 1e-9);
  product.active[0].concentration = 0.5 * saturated;
  assert_true(percuta_transport_penetration_undissolved(&b.model.penetration, &product, 0) == 1);
  product.active[0].compound.solubility = 0; /* not known */
  product.active[0].concentration = 500;
  assert_true(percuta_transport_penetration_undissolved(&b.model.penetration, &product, 0) == 1);
  fixture_clear(&b.f);
}

static void columns_and_channels_agree(void **state) {
  (void)state;
  static const char *const ids[] = {"niacinamide-5%", "magnesium-sulfate-1M", "peptide-serum"};
  struct bench b;
  bench_init(&b);
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    const struct percuta_product product = bench_product(&b, ids[i]);
    b.setting.fidelity = PERCUTA_COLUMN;
    struct percuta_penetration *column = bench_deliver(&b, &product, NULL);
    b.setting.fidelity = PERCUTA_CHANNEL;
    struct percuta_penetration *channel = bench_deliver(&b, &product, NULL);
    for (int a = 0; a < column->active_count; a++) {
      const double by_column = column->active[a].entered, by_channel = channel->active[a].entered;
      assert_true(fabs(by_column / by_channel - 1) < 0.1);
    }
    bench_drop(&column);
    bench_drop(&channel);
  }
  fixture_clear(&b.f);
}

/* What the product met decides the verdict: nothing is said of needling where none was open. */
static void what_was_met_is_told(void **state) {
  (void)state;
  struct bench b;
  bench_init(&b);
  const struct percuta_product product = bench_product(&b, "ascorbic-acid-15%");
  struct percuta_penetration_plan plan =
      percuta_transport_penetration_usual(&b.model.penetration, &product);
  const struct {
    double start;
    enum percuta_penetration_skin met;
    enum percuta_penetration_verdict verdict;
    const char *reason;
  } cases[] = {
      {0, PERCUTA_PENETRATION_PUNCTURED, PERCUTA_PENETRATION_DO_NOT, "as much"},
      {-3600, PERCUTA_PENETRATION_BEFORE, PERCUTA_PENETRATION_NOT_NEEDLED, "before the needles"},
      {7 * PERCUTA_DAY, PERCUTA_PENETRATION_CLOSED, PERCUTA_PENETRATION_NOT_NEEDLED, "had closed"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    plan.start = cases[i].start;
    struct percuta_penetration *d = bench_deliver(&b, &product, &plan);
    assert_int_equal(d->met, cases[i].met);
    assert_int_equal(d->verdict, cases[i].verdict);
    assert_int_equal(d->active[0].needled != NULL, i == 0);
    assert_non_null(strstr(d->active[0].reason, cases[i].reason));
    bench_drop(&d);
  }
  fixture_clear(&b.f);
}

/* Few punctures change little, although tissue counts ions only where there are some. */
static void few_punctures_change_little(void **state) {
  (void)state;
  static const char *const ids[] = {"lidocaine-prilocaine-5%", "ascorbic-acid-15%",
                                    "niacinamide-5%"};
  struct bench b;
  bench_init(&b);
  b.bores.density = 1;
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    const struct percuta_product product = bench_product(&b, ids[i]);
    struct percuta_penetration *d = bench_deliver(&b, &product, NULL);
    for (int a = 0; a < d->active_count; a++)
      assert_near(d->active[a].entered, d->active[a].entered_intact, 0.07);
    bench_drop(&d);
  }
  fixture_clear(&b.f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(amounts_balance_and_punctures_add),
      cmocka_unit_test(needling_does_not_help_all_alike),
      cmocka_unit_test(no_punctures_no_help),
      cmocka_unit_test(more_punctures_bring_more),
      cmocka_unit_test(doses_and_washing),
      cmocka_unit_test(a_cover_opens_the_stratum_corneum),
      cmocka_unit_test(what_is_not_dissolved_waits),
      cmocka_unit_test(columns_and_channels_agree),
      cmocka_unit_test(what_was_met_is_told),
      cmocka_unit_test(few_punctures_change_little),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
