/* Slips of the hand change one letter of a short word, two or three of a long one, and of a short
 * word seldom the first: chek is cheek, but chin is not shin. A word that stands for something else
 * is as far from the known one as its own words are: a burn-scar is no acne-scar, an upper lip no
 * upper-arm. Numbers are not misspelt. Test: tests/unit/test_nearest.c. */
#include "base/nearest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/hidden.h"
#include "base/utf8.h"
#include "base/yaml.h"

enum { MOST_WORDS = 12, LONGEST = 63 };

/* A text in lower case, cut into words. */
struct words {
  int count;
  char word[MOST_WORDS][LONGEST + 1];
  char joined[LONGEST + 1];
};

/* Copies a text without what is not seen in it. */
static void copy_seen(const char *text, char out[LONGEST + 1]) {
  size_t left = strlen(text), used = 0;
  while (left > 0) {
    uint32_t code = 0;
    const int bytes = percuta_base_utf8_next(text, left, &code);
    const size_t length = bytes > 0 ? (size_t)bytes : 1;
    if (bytes == 0 || percuta_base_hidden_name(code) == NULL) {
      memcpy(out + used, text, length);
      used += length;
    }
    text += length;
    left -= length;
  }
  out[used] = '\0';
}

/* False for a text that is longer than any that is meant. */
static bool cut(const char *given, struct words *out) {
  *out = (struct words){.count = 0};
  char seen[LONGEST + 1];
  const char *text = seen;
  size_t used = 0;
  if (strlen(given) > LONGEST)
    return false;
  copy_seen(given, seen);
  while (*text != '\0') {
    text += strspn(text, "-_ /");
    const size_t length = strcspn(text, "-_ /");
    if (length == 0)
      break;
    if (out->count == MOST_WORDS)
      return false;
    for (size_t i = 0; i < length; i++) {
      const char letter = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] - 'A' + 'a' : text[i]);
      out->word[out->count][i] = out->joined[used++] = letter;
    }
    out->count++;
    text += length;
  }
  return used > 0;
}

/* How many letters of so many may be wrong. */
static int reach(size_t letters) {
  return letters < 3 ? 0 : letters < 6 ? 1 : letters < 9 ? 2 : 3;
}

static bool is_roman(const char *word) {
  return strspn(word, "ivx") == strlen(word);
}

/* Whether the one begins the other, and is most of it: `1.5` is `1.5mm`. */
static bool begins(const char *a, const char *b) {
  const size_t length = strlen(a) < strlen(b) ? strlen(a) : strlen(b);
  return strncmp(a, b, length) == 0 && 3 * length > strlen(a) && 3 * length > strlen(b);
}

static int apart(const char *given, const char *known) {
  static const char digits[] = "0123456789";
  const size_t a = strlen(given), b = strlen(known);
  if (strcmp(given, known) == 0)
    return 0;
  if (strpbrk(given, digits) != NULL || strpbrk(known, digits) != NULL)
    return begins(given, known) ? 1 : -1;
  const int distance = percuta_base_yaml_distance(given, known);
  const bool first = (a >= 6 && b >= 6) || given[0] == known[0];
  return distance <= reach(a > b ? a : b) && first && !is_roman(given) ? distance : -1;
}

int percuta_base_nearest_distance(const char *given, const char *known) {
  struct words a, b;
  if (!cut(given, &a) || !cut(known, &b))
    return -1;
  if (strcmp(a.joined, b.joined) == 0)
    return 0;
  if (a.count != b.count) {
    const bool most = strlen(a.joined) >= 3 && 2 * strlen(a.joined) > strlen(b.joined) &&
                      strncmp(a.joined, b.joined, strlen(a.joined)) == 0;
    return most ? 1 : apart(a.joined, b.joined);
  }
  int sum = 0;
  for (int i = 0; i < a.count; i++) {
    const int distance = apart(a.word[i], b.word[i]);
    if (distance < 0)
      return -1;
    sum += distance;
  }
  return sum;
}
