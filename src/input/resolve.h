/* From what was given to a scenario: reads every value, takes the rest from the preset or the
 * defaults, and remembers where each came from. */
#ifndef PERCUTA_INPUT_RESOLVE_H
#define PERCUTA_INPUT_RESOLVE_H

#include "catalogue/entry.h"
#include "input/given.h"

/* Where each key's value came from. */
struct percuta_provenance {
  char *origin[PERCUTA_KEYS_COUNT]; /* owned, "place" or "place: source"; NULL: the key does nothing
                                     * in this scenario */
  size_t source[PERCUTA_KEYS_COUNT]; /* where the source begins in that; 0: there is none */
  bool fallback[PERCUTA_KEYS_COUNT]; /* it is the default of the registry */
};

/* A scenario being resolved. */
struct percuta_resolve {
  struct percuta_scenario *scenario;
  const struct percuta_given *given;
  struct percuta_diag *diag;
  bool valid[PERCUTA_KEYS_COUNT];   /* the key applies and holds a legal value */
  bool skipped[PERCUTA_KEYS_COUNT]; /* the key does nothing in this scenario */
  bool preset_loaded;
  bool full_taper; /* the preset's needles taper over their whole length */
  char preset_source[256];
  struct percuta_catalogue device; /* the preset's entry, while keys are resolved */
};

/* Fills the scenario of `resolve`, whose parameters and units must exist, key by key. Mistakes go
 * to the diag; the status is PERCUTA_OK also then, and a failure otherwise. */
enum percuta_status percuta_input_resolve_keys(struct percuta_resolve *resolve);

/* Applies the overrides of the `parameters:` block. */
enum percuta_status percuta_input_resolve_parameters(struct percuta_resolve *resolve);

#endif
