/* What a person does and takes that is known to change how skin is repaired: smoking, diabetes,
 * steroids. Each has factors with a published range. */
#ifndef PERCUTA_SKIN_HABITS_H
#define PERCUTA_SKIN_HABITS_H

#include "base/diag.h"
#include "skin/skin.h"

enum { PERCUTA_HABITS = 3 };

/* One that applies to a person. */
struct percuta_habit {
  const char *words;            /* "in smokers" */
  const char *basis;            /* what was measured, in words */
  double production, low, high; /* factor of the collagen that repair adds, and its range */
  double clearance; /* factor of the rate at which clot goes and macrophages turn and leave */
};

/* Those that apply to the scenario's person, into out[PERCUTA_HABITS]; returns how many. NAN where
 * the parameters lack a factor. */
int percuta_skin_habits_find(const struct percuta_scenario *scenario, struct percuta_habit *out);

/* Multiplies the factors of repair of `skin` by them. A factor that the parameters lack is a
 * mistake, added to `diag`. */
enum percuta_status percuta_skin_habits_apply(const struct percuta_scenario *scenario,
                                              struct percuta_diag *diag, struct percuta_skin *skin);

#endif
