/* A list of everything that is wrong with an input, gathered so that all mistakes are shown at
 * once, each as `file:line:column: key: what is wrong; what is allowed; hint`. */
#ifndef PERCUTA_BASE_DIAG_H
#define PERCUTA_BASE_DIAG_H

#include <stddef.h>
#include <stdio.h>

#include "base/codes.h"

/* Where in an input file something was said; line and column count from 1, 0 = not known. */
struct percuta_place {
  const char *file; /* borrowed */
  int line;
  int column;
};

struct percuta_diag; /* owns copies of all its texts */

/* Creates an empty list in *out; returns 0, or -1 when out of memory. */
int percuta_base_diag_create(struct percuta_diag **out);
/* Frees the list and sets *diag to NULL; accepts NULL. */
void percuta_base_diag_destroy(struct percuta_diag **diag);

/* One mistake. Where a text does not apply it is NULL or "". */
struct percuta_mistake {
  enum percuta_code code;
  struct percuta_place place;
  const char *key;     /* dotted path */
  const char *what;    /* what is wrong, in words that hold the value given */
  const char *given;   /* that value alone, as the user wrote it */
  const char *allowed; /* what could stand there */
  const char *hint;    /* what to do */
};

/* Appends one mistake. All texts are copied; control characters are then shown escaped, and a long
 * text is cut. After PERCUTA_DIAG_MAX entries further ones are only counted. */
#define PERCUTA_DIAG_MAX 50
void percuta_base_diag_add(struct percuta_diag *diag, const struct percuta_mistake *mistake);

/* Number of mistakes so far, including those only counted. */
size_t percuta_base_diag_count(const struct percuta_diag *diag);

/* Number of mistakes that can be looked at: up to PERCUTA_DIAG_MAX. */
size_t percuta_base_diag_kept(const struct percuta_diag *diag);
/* The mistake number `index`, from 0 and below percuta_base_diag_kept, in the order in which they
 * are printed; borrowed until something is added. */
const struct percuta_mistake *percuta_base_diag_at(const struct percuta_diag *diag, size_t index);

/* Another hint for that mistake; it stays as it was when out of memory. */
void percuta_base_diag_set_hint(struct percuta_diag *diag, size_t index, const char *hint);

/* Prints every mistake, sorted by file, line and column, then `N mistakes` when more than one. */
void percuta_base_diag_print(const struct percuta_diag *diag, FILE *stream);

#endif
