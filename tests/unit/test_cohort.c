/* Studies: ranges, combinations, samples, people. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cohort/axes.h"
#include "cohort/people.h"
#include "cohort/say.h"

struct given {
  struct percuta_diag *diag;
  struct percuta_yaml_node *root;
};

static struct given give(const char *text) {
  struct given given = {.diag = NULL};
  assert_int_equal(percuta_base_diag_create(&given.diag), 0);
  assert_int_equal(percuta_base_yaml_parse(text, strlen(text), "study.yaml",
                                           PERCUTA_BASE_YAML_LIMITS_SCENARIO, given.diag,
                                           &given.root),
                   PERCUTA_OK);
  return given;
}

static void take_back(struct given *given) {
  percuta_base_yaml_destroy(&given->root);
  percuta_base_diag_destroy(&given->diag);
}

static void ranges_are_read(void **state) {
  (void)state;
  struct percuta_cohort_range range;
  assert_true(percuta_cohort_axes_range("1..3 mm by 0.5", &range));
  assert_true(range.low == 1 && range.high == 3 && range.by == 0.5);
  assert_string_equal(range.unit, "mm");
  assert_true(percuta_cohort_axes_range("1.5 mm..3 mm", &range));
  assert_true(range.low == 1.5 && range.by == 0);
  assert_true(percuta_cohort_axes_range("-2..2", &range));
  assert_string_equal(range.unit, "");
  assert_false(percuta_cohort_axes_range("3..1 mm", &range));
  assert_false(percuta_cohort_axes_range("1 um..3 mm", &range));
  assert_false(percuta_cohort_axes_range("1..3 mm by 0", &range));
  assert_false(percuta_cohort_axes_range("1..3 mm by 0.5 um", &range));
  assert_false(percuta_cohort_axes_range("1 mm", &range));
}

static void span(const char *text, int sample, int *count, struct percuta_cohort_arm **arm) {
  struct given given = give(text);
  struct percuta_cohort_axes axes;
  assert_int_equal(percuta_cohort_axes_read(given.root, "study.yaml", "", given.diag, &axes),
                   PERCUTA_OK);
  assert_int_equal(percuta_cohort_axes_span(&axes, sample, 7, count, arm), PERCUTA_OK);
  percuta_cohort_axes_clear(&axes);
  take_back(&given);
}

static void all_combinations_are_made(void **state) {
  (void)state;
  int count;
  struct percuta_cohort_arm *arm;
  span("a.x: 0.1..0.3 N by 0.1\nb.y: [one, two]\n", 0, &count, &arm);
  assert_int_equal(count, 6); /* 0.3 among them, though 3 steps of 0.1 are a little more */
  assert_string_equal(arm[0].name, "x=0.1 N, y=one");
  assert_string_equal(arm[1].set[1].text, "b.y=two");
  assert_string_equal(arm[5].set[0].text, "a.x=0.3 N");
  assert_int_equal(arm[5].set[1].place.line, 2);
  percuta_cohort_axes_free(arm, count);
  span("a.x: [1, 2]\nb.x: [3]\n", 0, &count, &arm);
  assert_string_equal(arm[1].name, "a.x=2, b.x=3"); /* leaves alike: whole keys */
  percuta_cohort_axes_free(arm, count);
}

static void a_sample_meets_each_part_once(void **state) {
  (void)state;
  enum { N = 50 };
  int count, met[N] = {0}, words = 0;
  struct percuta_cohort_arm *arm;
  double with = 0;
  span("a.x: 10..20 mm\nb.y: [one, two]\nc.z: 0..1\n", N, &count, &arm);
  assert_int_equal(count, N);
  for (int i = 0; i < N; ++i) {
    const double x = atof(arm[i].set[0].text + 4), z = atof(arm[i].set[2].text + 4);
    ++met[(int)((x - 10) / 10 * N)];
    words += strcmp(arm[i].set[1].text, "b.y=one") == 0;
    with += ((x - 15) / 10) * (z - 0.5) * 12 / N;
  }
  for (int i = 0; i < N; ++i)
    assert_int_equal(met[i], 1);
  assert_int_equal(words, N / 2);
  assert_true(fabs(with) < 0.4); /* axes do not follow each other: 3 standard errors */
  percuta_cohort_axes_free(arm, count);
}

static const char POPULATION[] =
    "population:\n"
    "  person.age: {mean: 40 years, sd: 10 years, low: 20 years, high: 60 years}\n"
    "  skin.layers.dermis: {median: 2 mm, spread: 1.3}\n"
    "  person.sex: {female: 70 %, male: 30 %}\n"
    "  correlations: [{of: [person.age, skin.layers.dermis], r: -0.6}]\n"
    "include: {person.sex: female}\n";

static enum percuta_status read_people(const struct given *given,
                                       struct percuta_cohort_people *out) {
  return percuta_cohort_people_read(percuta_base_yaml_get(given->root, "population"),
                                    percuta_base_yaml_get(given->root, "include"), "study.yaml",
                                    given->diag, out);
}

static void draw(const struct percuta_cohort_people *people, int number,
                 struct percuta_cohort_set set[8]) {
  assert_int_equal(percuta_cohort_people_draw(people, 5, number, set), PERCUTA_OK);
}

static void drop(const struct percuta_cohort_people *people, struct percuta_cohort_set *set) {
  for (int i = 0; i < percuta_cohort_people_sets(people); ++i)
    free(set[i].text);
}

static double after(const struct percuta_cohort_set *set) {
  return atof(strchr(set->text, '=') + 1);
}

/* Means and correlation of many people beside those of the distributions; a normal distribution cut
 * at two standard deviations has a standard deviation of 0.8796 (Johnson, Kotz & Balakrishnan). */
static void people_are_like_their_population(void **state) {
  (void)state;
  enum { N = 4000 };
  struct given given = give(POPULATION);
  struct percuta_cohort_people people;
  double age = 0, square = 0, dermis = 0, dermis_square = 0, both = 0;
  assert_int_equal(read_people(&given, &people), PERCUTA_OK);
  for (int i = 1; i <= N; ++i) {
    struct percuta_cohort_set set[8];
    draw(&people, i, set);
    const double a = (after(&set[0]) - 40) / 10, d = log(after(&set[1]) / 2) / log(1.3);
    assert_string_equal(set[2].text, "person.sex=female");
    assert_true(fabs(a) <= 2);
    age += a / N, square += a * a / N, dermis += d / N, dermis_square += d * d / N,
        both += a * d / N;
    drop(&people, set);
  }
  assert_true(fabs(age) < 0.05 && fabs(dermis) < 0.06);
  assert_true(fabs(sqrt(square) - 0.8796) < 0.03);
  assert_true(fabs(sqrt(dermis_square) - 1) < 0.04);
  assert_true(fabs(both / sqrt(square * dermis_square) + 0.6) < 0.05);
  percuta_cohort_people_clear(&people);
  take_back(&given);
}

/* Person 37 stays who he is, whatever else the population has. */
static void a_person_is_a_function_of_his_number(void **state) {
  (void)state;
  struct given given = give(POPULATION), more = give("population:\n"
                                                     "  person.smoking: {no: 80 %, yes: 20 %}\n"
                                                     "  person.age: {mean: 40 years, sd: 10 years, "
                                                     "low: 20 years, high: 60 years}\n");
  struct percuta_cohort_people people, others;
  struct percuta_cohort_set first[8], again[8], other[8];
  assert_int_equal(read_people(&given, &people), PERCUTA_OK);
  assert_int_equal(read_people(&more, &others), PERCUTA_OK);
  draw(&people, 37, first);
  draw(&people, 1, again);
  assert_string_not_equal(first[0].text, again[0].text);
  drop(&people, again);
  draw(&people, 37, again);
  for (int i = 0; i < percuta_cohort_people_sets(&people); ++i)
    assert_string_equal(first[i].text, again[i].text);
  draw(&others, 37, other);
  assert_string_equal(first[4].text, other[3].text); /* his own skin */
  drop(&people, first);
  drop(&people, again);
  drop(&others, other);
  percuta_cohort_people_clear(&people);
  percuta_cohort_people_clear(&others);
  take_back(&given);
  take_back(&more);
}

static void nobody_is_told(void **state) {
  (void)state;
  struct given given = give("population:\n  person.age: {low: 20 years, high: 30 years}\n"
                            "include: {person.age: 40..50 years}\n");
  struct percuta_cohort_people people;
  struct percuta_cohort_set set[8] = {{.text = NULL}};
  assert_int_equal(read_people(&given, &people), PERCUTA_OK);
  assert_int_equal(percuta_cohort_people_draw(&people, 1, 1, set), PERCUTA_BAD_INPUT);
  percuta_cohort_people_clear(&people);
  take_back(&given);
}

static void wrong_populations_are_refused(void **state) {
  (void)state;
  static const char *const wrong[] = {
      "population: {person.age: {mean: 40 years}}\n",
      "population: {person.age: {mean: 40 years, sd: 10 months}}\n",
      "population: {person.age: {low: 40 years, high: 30 years}}\n",
      "population: {person.sex: {female: 70 %, male: 20 %}}\n",
      "population: {person.age: 40 years}\n",
      "population: {a: {low: 0, high: 1}, correlations: [{of: [a, b], r: 0.5}]}\n",
      "population: {a: {low: 0, high: 1}, b: {low: 0, high: 1}, c: {low: 0, high: 1}, "
      "correlations: "
      "[{of: [a, b], r: 0.9}, {of: [b, c], r: 0.9}, {of: [a, c], r: -0.9}]}\n",
      "population: {person.sex: {female: 70 %, male: 30 %}}\ninclude: {person.sex: both}\n",
      "population: {person.age: {low: 20 years, high: 30 years}}\ninclude: {person.sex: male}\n",
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; ++i) {
    struct given given = give(wrong[i]);
    struct percuta_cohort_people people;
    assert_int_equal(read_people(&given, &people), PERCUTA_BAD_INPUT);
    assert_true(percuta_base_diag_count(given.diag) > 0);
    assert_int_equal(percuta_base_diag_at(given.diag, 0)->place.line, i >= 7 ? 2 : 1);
    percuta_cohort_people_clear(&people);
    take_back(&given);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ranges_are_read),
      cmocka_unit_test(all_combinations_are_made),
      cmocka_unit_test(a_sample_meets_each_part_once),
      cmocka_unit_test(people_are_like_their_population),
      cmocka_unit_test(a_person_is_a_function_of_his_number),
      cmocka_unit_test(nobody_is_told),
      cmocka_unit_test(wrong_populations_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
