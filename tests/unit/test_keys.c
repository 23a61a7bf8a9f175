/* The registry of keys: sound in itself, and all of it in the schema. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>

#include "catalogue_fixture.h"
#include "input/keys.h"
#include "input/schema.h"

static void test_registry_is_sound(void **state) {
  (void)state;
  for (int i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at((size_t)i);
    assert_int_equal(percuta_input_keys_find(key->path), i);
    const char *choices = NULL;
    const int when = percuta_input_keys_when(key, &choices);
    assert_true(when < i); /* the key it depends on is read before it */
    assert_true((strchr(key->when, '=') != NULL) == (when >= 0));
    assert_true((key->fallback != NULL && *key->fallback != '\0') == (*key->source != '\0'));
    assert_true(*key->meaning != '\0' && key->meaning[strlen(key->meaning) - 1] == '.');
    char section[PERCUTA_KEYS_TEXT];
    snprintf(section, sizeof section, "%s", key->path);
    char *dot = strrchr(section, '.');
    if (dot != NULL) {
      *dot = '\0';
      const size_t length = strlen(section);
      if (strcmp(section + length - 2, "[]") == 0)
        section[length - 2] = '\0';
      assert_true(percuta_input_keys_find_section(section) >= 0 ||
                  percuta_input_keys_find(section) >= 0);
    }
  }
}

static void test_lists_hold_what_the_registry_allows(void **state) {
  (void)state;
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++) {
    const struct percuta_key *key = percuta_input_keys_at(i);
    if (key->type != PERCUTA_KEY_LIST)
      continue;
    const struct percuta_keys_list *list = percuta_input_keys_list_find(key->path);
    assert_non_null(list);
    assert_int_equal(list->most, (int)key->high);
    int items = 0;
    for (size_t k = 0; k < PERCUTA_KEYS_COUNT; k++)
      items += percuta_input_keys_is_item(percuta_input_keys_at(k)->path, key->path);
    assert_true(items > 0);
  }
}

/* The node of the schema that describes the key or section at `path`. */
static const cJSON *schema_at(const cJSON *schema, const char *path) {
  char copy[PERCUTA_KEYS_TEXT];
  snprintf(copy, sizeof copy, "%s", path);
  char *rest = NULL;
  for (char *word = strtok_r(copy, ".", &rest); word != NULL; word = strtok_r(NULL, ".", &rest)) {
    char *item = strstr(word, "[]");
    if (item != NULL)
      *item = '\0';
    schema = cJSON_GetObjectItemCaseSensitive(
        cJSON_GetObjectItemCaseSensitive(schema, "properties"), word);
    if (item != NULL)
      schema = cJSON_GetObjectItemCaseSensitive(schema, "items");
  }
  return schema;
}

static void test_schema_holds_every_key(void **state) {
  (void)state;
  char *text = NULL;
  size_t length = 0;
  FILE *stream = open_memstream(&text, &length);
  assert_int_equal(percuta_input_schema_print(fixture_catalogue(), stream), PERCUTA_OK);
  fclose(stream);
  cJSON *schema = cJSON_Parse(text);
  assert_non_null(schema);
  for (size_t i = 0; i < PERCUTA_KEYS_COUNT; i++)
    assert_non_null(schema_at(schema, percuta_input_keys_at(i)->path));
  for (size_t i = 0; i < PERCUTA_KEYS_SECTIONS; i++) {
    const cJSON *section = schema_at(schema, percuta_input_keys_section_at(i)->path);
    assert_true(cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(section, "additionalProperties")));
  }
  assert_true(cJSON_IsFalse(cJSON_GetObjectItemCaseSensitive(schema, "additionalProperties")));
  const cJSON *sites = cJSON_GetObjectItemCaseSensitive(schema_at(schema, "skin.site"), "enum");
  assert_true(cJSON_GetArraySize(sites) >= 10);
  cJSON_Delete(schema);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_registry_is_sound),
                                     cmocka_unit_test(test_lists_hold_what_the_registry_allows),
                                     cmocka_unit_test(test_schema_holds_every_key)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
