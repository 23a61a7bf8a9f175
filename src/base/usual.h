/* Dimensions that people know by name, and the units in which they write them. */
#ifndef PERCUTA_BASE_USUAL_H
#define PERCUTA_BASE_USUAL_H

#include <stdbool.h>
#include <stddef.h>

struct percuta_usual {
  const char *unit;    /* SI, which names the dimension */
  const char *name;    /* "a length" */
  const char *example; /* a unit to propose */
  const char *units;   /* those met, between blanks, an underscore for a blank within */
};

/* The dimension at `index`, or NULL past the end. */
const struct percuta_usual *percuta_base_usual_at(size_t index);

/* The unit of `usual` at `index` in `out`; false past the end. */
bool percuta_base_usual_unit(const struct percuta_usual *usual, int index, char *out, size_t size);

#endif
