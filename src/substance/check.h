/* What may be wrong in the file of a compound or product: keys, words and quantities, each said
 * with its place, what is allowed, and what was probably meant. */
#ifndef PERCUTA_SUBSTANCE_CHECK_H
#define PERCUTA_SUBSTANCE_CHECK_H

#include <stdbool.h>

#include "scenario/scenario.h"

/* The file of `id` of a kind, in scenario->files or in the catalogue. Mistakes go to `diag`;
 * PERCUTA_BAD_INPUT also when there is none, or it is no map. */
enum percuta_status percuta_substance_check_open(const struct percuta_scenario *scenario,
                                                 enum percuta_kind kind, const char *id,
                                                 struct percuta_diag *diag,
                                                 struct percuta_entry *out);

/* Reports a mistake at `node` (NULL: the file as a whole), which gives it its place and the value
 * given, and returns PERCUTA_BAD_INPUT. */
enum percuta_status percuta_substance_check_report(const struct percuta_entry *entry,
                                                   const struct percuta_yaml_node *node,
                                                   struct percuta_mistake mistake);

/* Reports every key of map `node` that is not among `keys`, which NULL ends. */
enum percuta_status percuta_substance_check_keys(const struct percuta_entry *entry,
                                                 const struct percuta_yaml_node *node,
                                                 const char *const *keys);

/* The place of the text of `key` among `words`, which NULL ends. */
enum percuta_status percuta_substance_check_choice(const struct percuta_entry *entry,
                                                   const struct percuta_yaml_node *node,
                                                   const char *key, const char *const *words,
                                                   int *out);

/* A `name` may be missing, but not empty. */
enum percuta_status percuta_substance_check_name(const struct percuta_entry *entry);

/* How well a value is known, where map `node` says it. */
enum percuta_status percuta_substance_check_status(const struct percuta_entry *entry,
                                                   const struct percuta_yaml_node *node);

/* From `low` to `high`, in `unit`; HUGE_VAL is no end. */
struct percuta_check_range {
  const char *unit; /* "1" of a ratio, which may be in per cent; "" of a number that may not */
  double low, high;
  bool above; /* `low` itself is too small */
};

/* The text of `key` of map `node`, a quantity, into SI. */
enum percuta_status percuta_substance_check_scalar(const struct percuta_entry *entry,
                                                   const struct percuta_yaml_node *node,
                                                   const char *key,
                                                   const struct percuta_check_range *range,
                                                   double *out);

/* The scalar `field` of the map `key` of map `node`, with the other keys of that map. */
enum percuta_status percuta_substance_check_quantity(const struct percuta_entry *entry,
                                                     const struct percuta_yaml_node *node,
                                                     const char *key, const char *field,
                                                     const struct percuta_check_range *range,
                                                     double *out);

/* The status of two checks that were both made: a failure, else a mistake, else PERCUTA_OK. */
enum percuta_status percuta_substance_check_both(enum percuta_status one,
                                                 enum percuta_status other);

#endif
