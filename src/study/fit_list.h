/* The file behind `percuta fit LIST`. Internal to study/. */
#ifndef PERCUTA_STUDY_FIT_LIST_H
#define PERCUTA_STUDY_FIT_LIST_H

#include "base/yaml.h"
#include "study/fit.h"

/* Fills parameters, rows, scenarios and what stands beside them into `fit`, whose catalogue, crew
 * and diag are set. `path` is for mistakes, all of which are added to its diag. */
enum percuta_status percuta_study_fit_list_read(const char *path,
                                                const struct percuta_yaml_node *root,
                                                struct percuta_fit *fit);

#endif
