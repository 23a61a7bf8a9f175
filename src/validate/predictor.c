#include "validate/predictor.h"

#include <string.h>

static const struct percuta_predictor PREDICTORS[] = {
#define PERCUTA_PREDICTOR(...) {__VA_ARGS__},
#include "validate/predictors.def"
#undef PERCUTA_PREDICTOR
};

const struct percuta_predictor *percuta_predictor_find(const char *name) {
  for (size_t i = 0; i < sizeof PREDICTORS / sizeof *PREDICTORS; i++)
    if (strcmp(PREDICTORS[i].name, name) == 0)
      return &PREDICTORS[i];
  return NULL;
}
