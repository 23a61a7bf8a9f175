#include "stage_fixture.h"

#include "clot/network.h"

static void build(struct fixture *f, struct percuta_network *network) {
  fixture_init(f);
  enum percuta_status status =
      percuta_clot_network_build(f->scenario.parameters, "hockin", f->diag, network);
  percuta_base_diag_print(f->diag, stderr);
  assert_int_equal(status, PERCUTA_OK);
}

static void has_the_published_size(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_network n;
  build(&f, &n);
  assert_int_equal(n.species, 34);
  assert_int_equal(n.reactions, 43);
  assert_int_equal(percuta_clot_network_find(&n, "XII"), -1);
  percuta_clot_network_clear(&n);
  fixture_clear(&f);
}

/* One reaction at work: mIIa + ATIII -> mIIa:ATIII at 7100 l/mol/s. */
static void rates_are_mass_action(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_network n;
  double c[PERCUTA_NETWORK_SPECIES] = {0}, rate[PERCUTA_NETWORK_SPECIES];
  build(&f, &n);
  int a = percuta_clot_network_find(&n, "mIIa"), b = percuta_clot_network_find(&n, "ATIII");
  int ab = percuta_clot_network_find(&n, "mIIa:ATIII");
  c[a] = 3;
  c[b] = 0.5;
  percuta_clot_network_rates(&n, c, rate);
  for (int i = 0; i < n.species; i++) {
    double flux = 7100e-3 * 3 * 0.5;
    double expected = i == a || i == b ? -flux : i == ab ? flux : 0;
    assert_true(fabs(rate[i] - expected) <= 1e-14 * flux);
  }
  percuta_clot_network_clear(&n);
  fixture_clear(&f);
}

/* Rates are at most bilinear, so that a central difference is exact to round-off. */
static void jacobian_is_the_derivative(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_network n;
  enum { MOST = PERCUTA_NETWORK_SPECIES, STRIDE = MOST + 1 };
  double c[MOST], low[MOST], high[MOST], jacobian[STRIDE * MOST];
  build(&f, &n);
  for (int i = 0; i < n.species; i++)
    c[i] = 1 + 0.1 * i;
  percuta_clot_network_jacobian(&n, c, STRIDE, jacobian);
  for (int j = 0; j < n.species; j++) {
    double kept = c[j], step = 0.25;
    c[j] = kept - step;
    percuta_clot_network_rates(&n, c, low);
    c[j] = kept + step;
    percuta_clot_network_rates(&n, c, high);
    c[j] = kept;
    for (int i = 0; i < n.species; i++) {
      double difference = (high[i] - low[i]) / (2 * step);
      assert_true(fabs(difference - jacobian[i + j * STRIDE]) < 1e-10 * (1e6 + fabs(difference)));
    }
  }
  percuta_clot_network_clear(&n);
  fixture_clear(&f);
}

/* The weight that every species holds of a factor, from its name: "TF:VIIa:X" holds one X. */
static double holds(const char *name, const char *const *parts) {
  double count = 0;
  char copy[PERCUTA_NETWORK_NAME];
  snprintf(copy, sizeof copy, "%s", name);
  for (char *part = strtok(copy, ":"); part; part = strtok(NULL, ":"))
    for (int i = 0; parts[i]; i++)
      count += strcmp(part, parts[i]) == 0;
  return count;
}

/* Every total that the names imply is a law, and there are no others: as many laws as totals. */
static void laws_are_the_totals(void **state) {
  (void)state;
  static const char *const totals[][6] = {{"TF"},
                                          {"II", "IIa", "mIIa"},
                                          {"V", "Va"},
                                          {"VII", "VIIa"},
                                          {"VIII", "VIIIa", "VIIIa1-L"},
                                          {"VIII", "VIIIa", "VIIIa2"},
                                          {"IX", "IXa"},
                                          {"X", "Xa"},
                                          {"ATIII"},
                                          {"TFPI"}};
  enum { TOTALS = sizeof totals / sizeof totals[0], MOST = PERCUTA_NETWORK_SPECIES };
  struct fixture f;
  struct percuta_network n;
  double law[MOST * MOST], c[MOST], rate[MOST];
  build(&f, &n);
  assert_int_equal(percuta_clot_network_laws(&n, law), TOTALS);
  for (int i = 0; i < n.species; i++)
    c[i] = 1 + 0.3 * i;
  percuta_clot_network_rates(&n, c, rate);
  for (int k = 0; k < TOTALS; k++) {
    double named = 0, found = 0, scale = 0;
    for (int i = 0; i < n.species; i++) {
      named += holds(n.name[i], totals[k]) * rate[i];
      found += law[k * n.species + i] * rate[i];
      scale += fabs(rate[i]);
    }
    assert_true(scale > 0 && fabs(named) < 1e-13 * scale && fabs(found) < 1e-13 * scale);
  }
  percuta_clot_network_clear(&n);
  fixture_clear(&f);
}

static void refuses_what_is_no_reaction(void **state) {
  (void)state;
  struct fixture f;
  fixture_init(&f);
  struct percuta_network n = {.species = -7};
  assert_int_equal(percuta_clot_network_build(f.scenario.parameters, "bleeding", f.diag, &n),
                   PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_base_diag_count(f.diag), 12);
  assert_int_equal(percuta_clot_network_build(f.scenario.parameters, "nothing", f.diag, &n),
                   PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_base_diag_count(f.diag), 13);
  assert_int_equal(n.species, -7);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(has_the_published_size),      cmocka_unit_test(rates_are_mass_action),
      cmocka_unit_test(jacobian_is_the_derivative),  cmocka_unit_test(laws_are_the_totals),
      cmocka_unit_test(refuses_what_is_no_reaction),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
