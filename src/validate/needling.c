/* The predictors of needling.def by name, without those that follow a course or need a solver.
 * Test: tests/cli/device.sh. */
#include "validate/needling.h"

#include <string.h>

static const struct percuta_predictor NEEDLING[] = {
#define PERCUTA_PREDICTOR(name, function, unit, tables, meaning)                                   \
  {name, function, NULL, NULL, unit, tables, meaning},
#include "validate/needling.def"
#undef PERCUTA_PREDICTOR
};

const struct percuta_predictor *percuta_validate_needling_find(const char *name) {
  for (size_t i = 0; i < sizeof NEEDLING / sizeof *NEEDLING; i++)
    if (strcmp(NEEDLING[i].name, name) == 0)
      return &NEEDLING[i];
  return NULL;
}
