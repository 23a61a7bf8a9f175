/* Mistakes in the file of a study. Internal to cohort/. */
#ifndef PERCUTA_COHORT_SAY_H
#define PERCUTA_COHORT_SAY_H

#include "base/diag.h"
#include "base/status.h"
#include "base/yaml.h"

/* Where a node of the file `path` stands; NULL: the file as a whole. */
struct percuta_place percuta_cohort_say_place(const char *path,
                                              const struct percuta_yaml_node *node);

/* Adds the mistake at that place, with the node's text as what was given unless the mistake says
 * what. Returns PERCUTA_BAD_INPUT. */
enum percuta_status percuta_cohort_say_wrong(struct percuta_diag *diag, const char *path,
                                             const struct percuta_yaml_node *node,
                                             struct percuta_mistake mistake);

/* Members of `map` that are none of `known` ("mode|vary|…") are said, with the likeliest meant. */
void percuta_cohort_say_unknown(struct percuta_diag *diag, const char *path, const char *section,
                                const struct percuta_yaml_node *map, const char *known);

#endif
