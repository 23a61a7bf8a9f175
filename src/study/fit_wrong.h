/* What is wrong in a list: told with its place, one after another. Internal to study/. */
#ifndef PERCUTA_STUDY_FIT_WRONG_H
#define PERCUTA_STUDY_FIT_WRONG_H

#include "base/diag.h"
#include "base/status.h"
#include "base/yaml.h"

/* Adds a mistake at `node` of the list; NULL: of the list as a whole. Its place, and what was given
 * unless that is set, are filled in here. */
void percuta_study_fit_wrong_tell(struct percuta_diag *diag, const char *path,
                                  const struct percuta_yaml_node *node,
                                  struct percuta_mistake mistake);

/* Says why a fit cannot go on; returns PERCUTA_NUMERICS. */
enum percuta_status percuta_study_fit_wrong_lost(struct percuta_diag *diag, const char *what);

/* Names what below `node` is none of `known`, words with spaces between. */
void percuta_study_fit_wrong_keys(struct percuta_diag *diag, const char *path,
                                  const struct percuta_yaml_node *node, const char *known);

/* `did you mean` the one of `count` names that is nearest to `given`, into `out`; "" when none is
 * near. */
void percuta_study_fit_wrong_nearest(const char *given, const char *const *name, size_t count,
                                     char *out, size_t size);

#endif
