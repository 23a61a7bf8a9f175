/* What a list says beside parameters and rows: which core, what a product of parameters must stay
 * below, and whether the parameters of insertion are drawn with the rest. */
#ifndef PERCUTA_STUDY_FIT_BESIDE_H
#define PERCUTA_STUDY_FIT_BESIDE_H

#include "base/yaml.h"
#include "study/fit.h"

/* Reads `core`, `bounds` and `insertion` of the list `root`, once its parameters and rows have been
 * read. */
enum percuta_status percuta_study_fit_beside_read(const char *path,
                                                  const struct percuta_yaml_node *root,
                                                  struct percuta_fit *fit);
void percuta_study_fit_beside_clear(struct percuta_fit *fit);

/* Whether skin can rest with the parameters at z. */
bool percuta_study_fit_beside_allows(const struct percuta_fit *fit, const double *z);

/* Gives all parameters of `scenario` their values at z. */
enum percuta_status percuta_study_fit_beside_set(const struct percuta_fit *fit, const double *z,
                                                 const struct percuta_scenario *scenario);

#endif
