/* What a condition (data/skin/conditions.yaml) does to healthy skin. */
#ifndef PERCUTA_SKIN_CONDITION_H
#define PERCUTA_SKIN_CONDITION_H

#include "skin/skin.h"

/* Applies the condition of `scenario` to `skin`: multiplies what it changes, adds its defect. On a
 * mistake in the data, reported to `diag`, `skin` stays as it was. */
enum percuta_status percuta_skin_condition_apply(const struct percuta_scenario *scenario,
                                                 struct percuta_diag *diag,
                                                 struct percuta_skin *skin);

#endif
