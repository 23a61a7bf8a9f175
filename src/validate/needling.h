/* Predictors that need no solver. */
#ifndef PERCUTA_VALIDATE_NEEDLING_H
#define PERCUTA_VALIDATE_NEEDLING_H

#include "validate/predictor.h"

/* The predictor called `name` where it is one of needling.def, or NULL. */
const struct percuta_predictor *percuta_validate_needling_find(const char *name);

#endif
