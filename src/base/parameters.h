/* Physical parameters: every number of the models, read from data files, each with unit, range
 * and source. Names are dotted: "<table>.<entry>", e.g. "koppenol.signal_diffusivity".
 *
 * A data file is YAML:
 *   table: koppenol
 *   description: one sentence
 *   parameters:
 *     signal_diffusivity:
 *       value: 2.88e-3
 *       unit: cm^2/day
 *       range: [1e-3, 1e-2]
 *       status: cited            # cited | derived | calibrated | to-be-checked | assumed
 *       source: "Koppenol & Vermolen 2017, Biomech Model Mechanobiol"
 *       population: "human dermal wound model"
 *       meaning: "diffusivity of the signalling molecule"
 */
#ifndef PERCUTA_BASE_PARAMETERS_H
#define PERCUTA_BASE_PARAMETERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/status.h"
#include "base/units.h"

enum percuta_parameter_status {
  PERCUTA_PARAMETER_CITED,
  PERCUTA_PARAMETER_DERIVED,       /* by a formula from what is cited */
  PERCUTA_PARAMETER_CALIBRATED,    /* by `percuta fit` to rows of data/evidence */
  PERCUTA_PARAMETER_TO_BE_CHECKED, /* against the printed source */
  PERCUTA_PARAMETER_ASSUMED,
  PERCUTA_PARAMETER_STATUS_COUNT
};

/* One parameter. All texts are owned by the table. */
struct percuta_parameter {
  const char *name; /* "table.entry" */
  double value;     /* in `unit`, as given */
  double value_si;  /* the same in SI */
  const char *unit; /* text UDUNITS-2 reads; "1" for pure numbers */
  double low, high; /* plausible range, in `unit` */
  enum percuta_parameter_status status;
  const char *source;     /* citation; "" when assumed */
  const char *population; /* "" when not said */
  const char *meaning;    /* one sentence */
  bool overridden;        /* set by the scenario's `parameters:` block */
  const char *origin;     /* where the value used came from: data file:line or scenario file:line */
};

/* The word of a status as data files have it: "cited". Static text. */
const char *percuta_base_parameters_status(enum percuta_parameter_status status);

struct percuta_parameters; /* a set of tables */

/* An empty set of its own. */
enum percuta_status percuta_base_parameters_create(struct percuta_parameters **out);

/* A set with the entries of `base`, which is borrowed and must not change as long as the overlay
 * lives; what is set in the overlay is seen there only. */
enum percuta_status percuta_base_parameters_overlay(const struct percuta_parameters *base,
                                                    struct percuta_parameters **out);
void percuta_base_parameters_destroy(struct percuta_parameters **set); /* accepts NULL */

/* Adds a copy of `parameter`. PERCUTA_BAD_INPUT when the set is an overlay or has one of that name.
 */
enum percuta_status percuta_base_parameters_append(struct percuta_parameters *set,
                                                   const struct percuta_parameter *parameter);

/* Takes away the entries from index `count` on, of a set of its own. */
void percuta_base_parameters_truncate(struct percuta_parameters *set, size_t count);

/* Sets one value from text with a unit of the same dimension, e.g. "3e-3 cm^2/day". On failure
 * nothing changes and `why` says what is wrong. Values outside the range are allowed (they are
 * reported as such by `percuta explain`). */
enum percuta_status percuta_base_parameters_override(struct percuta_parameters *set,
                                                     const struct percuta_units *units,
                                                     const char *name, const char *text,
                                                     const char *origin,
                                                     struct percuta_units_mistake *why);

/* Sets one value, in the parameter's own unit: for draws and fits. PERCUTA_BAD_INPUT when there is
 * no such parameter. It is not marked as overridden. */
enum percuta_status percuta_base_parameters_put(struct percuta_parameters *set,
                                                const struct percuta_units *units, const char *name,
                                                double value);

size_t percuta_base_parameters_count(const struct percuta_parameters *set);
const struct percuta_parameter *percuta_base_parameters_at(const struct percuta_parameters *set,
                                                           size_t index);
/* The parameter called `name`, or NULL. */
const struct percuta_parameter *percuta_base_parameters_find(const struct percuta_parameters *set,
                                                             const char *name);
/* The name nearest to `name` among those of the set, or NULL when none is near. */
const char *percuta_base_parameters_nearest(const struct percuta_parameters *set, const char *name);

/* Reads many parameters at once into the doubles of a struct, in SI. Returns PERCUTA_BAD_INPUT and
 * a message naming every missing entry in `diag` when a table lacks one. */
struct percuta_parameter_slot {
  const char *name; /* "table.entry" */
  double *value;    /* out, SI */
};
enum percuta_status percuta_base_parameters_fill(const struct percuta_parameters *set,
                                                 const struct percuta_parameter_slot *slots,
                                                 size_t count, struct percuta_diag *diag);

#endif
