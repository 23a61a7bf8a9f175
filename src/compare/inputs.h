/* The values of used_parameters.yaml, and which of them differ. Internal to compare/. */
#ifndef PERCUTA_COMPARE_INPUTS_H
#define PERCUTA_COMPARE_INPUTS_H

#include "compare/compare.h"

/* Fills the run's inputs, fidelity and seed from the text of its used_parameters.yaml, which ends
 * in NUL. */
enum percuta_status percuta_compare_inputs_read(const char *text, size_t length,
                                                struct percuta_diag *diag,
                                                struct percuta_compare_run *run);
/* The options of PETSc that a run was made with, from the head of the file; *length 0: none. `text`
 * ends in NUL. */
const char *percuta_compare_inputs_options(const char *text, size_t *length);
/* The value of a key; NULL when the run has none. */
const struct percuta_compare_input *
percuta_compare_inputs_find(const struct percuta_compare_run *run, const char *key);

/* Whether someone gave the value, as its origin tells: it is no default and of no preset, and no
 * parameter as the data have it. */
bool percuta_compare_inputs_given(const char *key, const char *origin);

/* Where the comment of a line begins, at its #; NULL: it has none. */
const char *percuta_compare_inputs_comment(const char *line, size_t length);

/* Fills what differs, and how many are equal. */
enum percuta_status percuta_compare_inputs_differ(struct percuta_comparison *comparison);

#endif
