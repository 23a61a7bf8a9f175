/* Mistakes in the file of a study, each at its place. Test: tests/unit/test_cohort.c. */
#include "cohort/say.h"

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/nearest.h"

struct percuta_place percuta_cohort_say_place(const char *path,
                                              const struct percuta_yaml_node *node) {
  return (struct percuta_place){
      .file = path, .line = node ? node->line : 0, .column = node ? node->column : 0};
}

enum percuta_status percuta_cohort_say_wrong(struct percuta_diag *diag, const char *path,
                                             const struct percuta_yaml_node *node,
                                             struct percuta_mistake mistake) {
  mistake.place = percuta_cohort_say_place(path, node);
  if (mistake.given == NULL && node != NULL)
    mistake.given = node->text;
  percuta_base_diag_add(diag, &mistake);
  return PERCUTA_BAD_INPUT;
}

/* Whether `word` is in the list "a|b|c"; if not, the one nearest to it in `near`. */
static bool is_known(const char *known, const char *word, char *near, size_t size) {
  int best = INT_MAX;
  *near = '\0';
  for (const char *at = known; *at != '\0';) {
    const size_t length = strcspn(at, "|");
    char entry[64];
    snprintf(entry, sizeof entry, "%.*s", (int)length, at);
    const int distance = percuta_base_nearest_distance(word, entry);
    if (strcmp(entry, word) == 0)
      return true;
    if (distance >= 0 && distance < best) {
      best = distance;
      snprintf(near, size, "did you mean `%s`?", entry);
    }
    at += length + (at[length] == '|');
  }
  return false;
}

/* "a, b, c" of "a|b|c". */
static void in_words(const char *known, char *out, size_t size) {
  size_t used = 0;
  for (; *known != '\0' && used + 3 < size; ++known) {
    out[used++] = *known == '|' ? ',' : *known;
    if (*known == '|')
      out[used++] = ' ';
  }
  out[used] = '\0';
}

void percuta_cohort_say_unknown(struct percuta_diag *diag, const char *path, const char *section,
                                const struct percuta_yaml_node *map, const char *known) {
  char near[96], allowed[512], what[160], key[160];
  for (const struct percuta_yaml_node *node = map ? map->child : NULL; node; node = node->next) {
    if (node->key == NULL || is_known(known, node->key, near, sizeof near))
      continue;
    in_words(known, allowed, sizeof allowed);
    snprintf(key, sizeof key, "%s%s%.100s", section, *section ? "." : "", node->key);
    snprintf(what, sizeof what, "there is no key `%.80s` here", node->key);
    percuta_base_diag_add(
        diag, &(struct percuta_mistake){
                  .code = PERCUTA_CODE_UNKNOWN_KEY,
                  .place = {.file = path, .line = node->key_line, .column = node->key_column},
                  .key = key,
                  .what = what,
                  .given = node->key,
                  .allowed = allowed,
                  .hint = near});
  }
}
