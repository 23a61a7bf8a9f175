/* A list of everything that is wrong with an input, gathered so that all mistakes are shown at
 * once, each as `file:line:column: key: what is wrong; what is allowed; hint`. */
#ifndef PERCUTA_BASE_DIAG_H
#define PERCUTA_BASE_DIAG_H

#include <stddef.h>
#include <stdio.h>

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

/* Appends one mistake. `key` is the dotted key path or "" ; `allowed` and `hint` may be NULL.
 * `what` says what is wrong including the value given. All texts are copied; control characters
 * are shown escaped. After PERCUTA_DIAG_MAX entries further ones are only counted. */
#define PERCUTA_DIAG_MAX 50
void percuta_base_diag_add(struct percuta_diag *diag, struct percuta_place place, const char *key,
                           const char *what, const char *allowed, const char *hint);

/* Number of mistakes so far, including those only counted. */
size_t percuta_base_diag_count(const struct percuta_diag *diag);

/* Prints every mistake, sorted by file, line and column, then `N mistakes` when more than one. */
void percuta_base_diag_print(const struct percuta_diag *diag, FILE *stream);

#endif
