/* Mistakes of a list of parameters and rows, with their lines and what was meant.
 * Test: tests/verification/test_study.c. */
#include "study/fit_wrong.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"

enum { MOST_KEYS = 12, WORD = 32 };

void percuta_study_fit_wrong_tell(struct percuta_diag *diag, const char *path,
                                  const struct percuta_yaml_node *node,
                                  struct percuta_mistake mistake) {
  mistake.place = (struct percuta_place){
      .file = path, .line = node ? node->line : 0, .column = node ? node->column : 0};
  if (node && mistake.given == NULL)
    mistake.given = node->text;
  percuta_base_diag_add(diag, &mistake);
}

enum percuta_status percuta_study_fit_wrong_lost(struct percuta_diag *diag, const char *what) {
  percuta_base_diag_add(diag, &(struct percuta_mistake){
                                  .code = PERCUTA_CODE_NO_SOLUTION, .key = "fit", .what = what});
  return PERCUTA_NUMERICS;
}

void percuta_study_fit_wrong_nearest(const char *given, const char *const *name, size_t count,
                                     char *out, size_t size) {
  int limit = INT_MAX;
  out[0] = '\0';
  for (size_t i = 0; i < count; ++i) {
    const int distance = percuta_base_nearest_distance(given, name[i]);
    if (distance >= 0 && distance < limit) {
      limit = distance;
      snprintf(out, size, "did you mean `%s`?", name[i]);
    }
  }
}

void percuta_study_fit_wrong_keys(struct percuta_diag *diag, const char *path,
                                  const struct percuta_yaml_node *node, const char *known) {
  char word[MOST_KEYS][WORD], hint[64];
  const char *name[MOST_KEYS];
  size_t count = 0;
  for (const char *at = known; *at && count < MOST_KEYS; at += strspn(at, " ")) {
    const size_t length = strcspn(at, " ");
    snprintf(word[count], WORD, "%.*s", (int)length, at);
    name[count] = word[count];
    ++count;
    at += length;
  }
  for (const struct percuta_yaml_node *c = node ? node->child : NULL; c; c = c->next) {
    size_t i = 0;
    while (i < count && strcmp(name[i], c->key ? c->key : "") != 0)
      ++i;
    if (i < count)
      continue;
    percuta_study_fit_wrong_nearest(c->key ? c->key : "", name, count, hint, sizeof hint);
    percuta_base_diag_add(diag,
                          &(struct percuta_mistake){.code = PERCUTA_CODE_UNKNOWN_KEY,
                                                    .place = {path, c->key_line, c->key_column},
                                                    .key = c->key,
                                                    .what = "there is no such key",
                                                    .allowed = known,
                                                    .hint = hint[0] ? hint : NULL});
  }
}
