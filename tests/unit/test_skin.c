#include "stage_fixture.h"

#include "skin/atlas.h"
#include "skin/person.h"

static void mean_person_has_the_values_of_the_atlas(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  fixture_init(&f);
  snprintf(f.site, sizeof f.site, "forehead");
  fixture_skin(&f, &skin);
  double dermis =
      skin.thickness[PERCUTA_PAPILLARY_DERMIS] + skin.thickness[PERCUTA_RETICULAR_DERMIS];
  assert_near(dermis, 0.86e-3, 1e-12); /* MECH-133 */
  assert_near(skin.thickness_sd[PERCUTA_PAPILLARY_DERMIS] +
                  skin.thickness_sd[PERCUTA_RETICULAR_DERMIS],
              0.16e-3, 1e-12);
  f.scenario.person.sex = PERCUTA_MALE;
  fixture_skin(&f, &skin);
  dermis = skin.thickness[PERCUTA_PAPILLARY_DERMIS] + skin.thickness[PERCUTA_RETICULAR_DERMIS];
  assert_near(dermis, 1.17e-3, 1e-12); /* MECH-132 */
  snprintf(f.site, sizeof f.site, "buttock");
  fixture_skin(&f, &skin);
  assert_near(skin.thickness[PERCUTA_STRATUM_CORNEUM], 14.9e-6, 1e-12); /* MECH-122 */
  assert_near(percuta_skin_layer_top(&skin, PERCUTA_PAPILLARY_DERMIS), 96.4e-6, 1e-12);
  assert_near(skin.loop_top, 96.4e-6, 1e-12);
  assert_string_equal(skin.condition_name, "healthy skin");
  fixture_clear(&f);
}

static void age_follows_the_published_points(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin young, old, older, middle;
  fixture_init(&f);
  f.scenario.person.age = 29.5 * PERCUTA_YEAR;
  fixture_skin(&f, &young);
  f.scenario.person.age = 69.5 * PERCUTA_YEAR;
  fixture_skin(&f, &old);
  f.scenario.person.age = 85 * PERCUTA_YEAR;
  fixture_skin(&f, &older);
  f.scenario.person.age = 49.5 * PERCUTA_YEAR;
  fixture_skin(&f, &middle);
  assert_near(young.collagen_rel, 1, 1e-12);
  assert_near(old.collagen_rel, 55.3 / 73.28, 1e-12);
  assert_near(older.collagen_rel, old.collagen_rel, 1e-12);
  assert_near(middle.collagen_rel, (1 + 55.3 / 73.28) / 2, 1e-12);
  assert_true(old.loop_density < middle.loop_density && middle.loop_density < young.loop_density);
  f.scenario.person.age = 20 * PERCUTA_YEAR;
  fixture_skin(&f, &young);
  f.scenario.person.age = 74 * PERCUTA_YEAR;
  fixture_skin(&f, &old);
  assert_near(old.loop_density / young.loop_density, 0.45, 1e-12); /* MECH-081: -40 to -70 % */
  assert_true(old.stiffness > young.stiffness);
  fixture_clear(&f);
}

/* 2000 seeds: the drawn thickness scatters around the mean person's with the published spread. */
static void drawn_people_scatter_as_published(void **state) {
  (void)state;
  const double mean = 56.6, sd = 11.5;
  struct percuta_scenario scenario = {.person.draw = PERCUTA_DRAW_SAMPLED};
  double sum = 0, squares = 0;
  const int people = 2000;
  for (int i = 0; i < people; i++) {
    scenario.model.seed = (uint64_t)i;
    double value = percuta_person_draw(&scenario, PERCUTA_TRAIT_EPIDERMIS, mean, sd);
    assert_true(value > 0);
    sum += log(value / mean);
    squares += log(value / mean) * log(value / mean);
  }
  double sigma = sqrt(log1p(sd * sd / mean / mean));
  assert_true(fabs(sum / people) < 4 * sigma / sqrt(people));
  assert_near(sqrt(squares / people), sigma, 0.06);
  scenario.person.draw = PERCUTA_DRAW_MEAN;
  assert_near(percuta_person_draw(&scenario, PERCUTA_TRAIT_EPIDERMIS, mean, sd), mean, 1e-15);
}

static void a_draw_is_reproducible_and_its_own(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin mean, a, again, b;
  fixture_init(&f);
  fixture_skin(&f, &mean);
  f.scenario.person.draw = PERCUTA_DRAW_SAMPLED;
  fixture_skin(&f, &a);
  fixture_skin(&f, &again);
  f.scenario.model.seed = 2;
  fixture_skin(&f, &b);
  assert_true(a.thickness[PERCUTA_RETICULAR_DERMIS] == again.thickness[PERCUTA_RETICULAR_DERMIS]);
  assert_true(a.thickness[PERCUTA_RETICULAR_DERMIS] != mean.thickness[PERCUTA_RETICULAR_DERMIS]);
  assert_true(a.thickness[PERCUTA_RETICULAR_DERMIS] != b.thickness[PERCUTA_RETICULAR_DERMIS]);
  assert_true(a.collagen_rel != mean.collagen_rel);
  fixture_clear(&f);
}

static void conditions_change_what_they_say(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin healthy, skin;
  fixture_init(&f);
  fixture_skin(&f, &healthy);
  assert_false(healthy.has_defect);
  snprintf(f.kind, sizeof f.kind, "poor-healing");
  fixture_skin(&f, &skin);
  assert_near(skin.perfusion_rel, 0.5, 1e-12);
  assert_near(skin.closure_half_time, 1.5 * healthy.closure_half_time, 1e-12);
  assert_near(skin.proliferation_factor, 0.6, 1e-12);
  snprintf(f.kind, sizeof f.kind, "photoaged");
  fixture_skin(&f, &skin);
  assert_near(skin.collagen_rel, 0.8 * healthy.collagen_rel, 1e-12);
  snprintf(f.kind, sizeof f.kind, "acne-scar");
  fixture_skin(&f, &skin);
  assert_true(skin.has_defect && !skin.defect_is_stripe);
  assert_near(skin.defect_depth, 0.5e-3, 1e-12);
  f.scenario.condition.width = 1e-3;
  f.scenario.condition.depth = 4e-3;
  fixture_skin(&f, &skin);
  assert_near(skin.defect_width, 1e-3, 1e-12);
  assert_near(skin.defect_depth, 0.87e-3, 1e-12); /* the whole dermis */
  snprintf(f.kind, sizeof f.kind, "striae");
  fixture_skin(&f, &skin);
  assert_true(skin.has_defect && skin.defect_is_stripe);
  fixture_clear(&f);
}

static void every_site_and_condition_can_be_built(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin;
  struct percuta_list_entry *list = NULL;
  size_t count = 0;
  fixture_init(&f);
  assert_int_equal(percuta_skin_list_sites(&list, &count), PERCUTA_OK);
  assert_true(count >= 14);
  for (size_t i = 0; i < 2 * count; i++) {
    snprintf(f.site, sizeof f.site, "%.31s", list[i / 2].id);
    f.scenario.person.sex = i % 2 ? PERCUTA_MALE : PERCUTA_FEMALE;
    fixture_skin(&f, &skin);
    assert_true(list[i / 2].detail[0] != '\0');
    for (int layer = 0; layer < PERCUTA_LAYER_COUNT; layer++) {
      assert_true(skin.thickness[layer] > 5e-6 && skin.thickness[layer] < 2e-2);
    }
  }
  percuta_skin_free_list(&list);
  assert_null(list);
  assert_int_equal(percuta_skin_list_conditions(&list, &count), PERCUTA_OK);
  for (size_t i = 0; i < count; i++) {
    snprintf(f.kind, sizeof f.kind, "%.31s", list[i].id);
    fixture_skin(&f, &skin);
    assert_string_equal(skin.condition_name, list[i].name);
  }
  percuta_skin_free_list(&list);
  fixture_clear(&f);
}

static void an_unknown_site_or_condition_is_a_mistake(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin skin = {.loop_density = -1};
  fixture_init(&f);
  snprintf(f.site, sizeof f.site, "cheeek");
  assert_int_equal(percuta_skin_build(&f.scenario, f.diag, &skin), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_diag_count(f.diag), 1);
  snprintf(f.site, sizeof f.site, "cheek");
  snprintf(f.kind, sizeof f.kind, "tired");
  assert_int_equal(percuta_skin_build(&f.scenario, f.diag, &skin), PERCUTA_BAD_INPUT);
  assert_int_equal(percuta_diag_count(f.diag), 2);
  assert_true(skin.loop_density == -1);
  fixture_clear(&f);
}

/* Columns are never mixed: one method per column, every number with status and, unless assumed, a
 * source. */
static void atlas_says_where_every_number_comes_from(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_atlas atlas;
  fixture_init(&f);
  assert_int_equal(percuta_atlas_open("skin/atlas.yaml", f.scenario.units, f.diag, &atlas),
                   PERCUTA_OK);
  const struct percuta_yaml_node *site = percuta_yaml_get(atlas.root, "sites")->child;
  int entries = 0;
  for (; site; site = site->next) {
    for (const struct percuta_yaml_node *key = site->child; key; key = key->next) {
      if (key->kind != PERCUTA_YAML_MAP)
        continue;
      const struct percuta_yaml_node *entry = percuta_yaml_get(key, "value") ? key : key->child;
      for (; entry; entry = entry == key ? NULL : entry->next) {
        const char *method = percuta_yaml_text(entry, "method", "");
        const char *status = percuta_yaml_text(entry, "status", "");
        bool epidermal = !strcmp(key->key, "stratum_corneum") || !strcmp(key->key, "epidermis");
        if (epidermal)
          assert_string_equal(method, "histology");
        if (!strcmp(key->key, "dermis"))
          assert_string_equal(method, "ultrasound");
        if (strcmp(status, "assumed") != 0)
          assert_true(percuta_yaml_text(entry, "source", "")[0] != '\0');
        else
          assert_true(percuta_yaml_text(entry, "note", "")[0] != '\0');
        entries++;
      }
    }
  }
  assert_true(entries > 14 * 8 - 1);
  percuta_atlas_close(&atlas);
  fixture_clear(&f);
}

/* Thicknesses given in the scenario replace the atlas's, and have no spread; 0 leaves them. */
static void given_layers_replace_the_atlas(void **state) {
  (void)state;
  struct fixture f;
  struct percuta_skin atlas, given;
  fixture_init(&f);
  fixture_skin(&f, &atlas);
  f.scenario.person.draw = PERCUTA_DRAW_SAMPLED;
  f.scenario.layers = (struct percuta_layers){.dermis = 0.7e-3, .hypodermis = 1e-3};
  fixture_skin(&f, &given);
  double dermis =
      given.thickness[PERCUTA_PAPILLARY_DERMIS] + given.thickness[PERCUTA_RETICULAR_DERMIS];
  assert_near(dermis, 0.7e-3, 1e-12);
  assert_near(given.thickness[PERCUTA_HYPODERMIS], 1e-3, 1e-12);
  assert_true(given.thickness_sd[PERCUTA_HYPODERMIS] == 0);
  f.scenario.person.draw = PERCUTA_DRAW_MEAN;
  fixture_skin(&f, &given);
  assert_true(given.thickness[PERCUTA_VIABLE_EPIDERMIS] ==
              atlas.thickness[PERCUTA_VIABLE_EPIDERMIS]);
  fixture_clear(&f);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(given_layers_replace_the_atlas),
      cmocka_unit_test(mean_person_has_the_values_of_the_atlas),
      cmocka_unit_test(age_follows_the_published_points),
      cmocka_unit_test(drawn_people_scatter_as_published),
      cmocka_unit_test(a_draw_is_reproducible_and_its_own),
      cmocka_unit_test(conditions_change_what_they_say),
      cmocka_unit_test(every_site_and_condition_can_be_built),
      cmocka_unit_test(an_unknown_site_or_condition_is_a_mistake),
      cmocka_unit_test(atlas_says_where_every_number_comes_from),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
