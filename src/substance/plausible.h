/* Whether a molecule that a file describes can be. */
#ifndef PERCUTA_SUBSTANCE_PLAUSIBLE_H
#define PERCUTA_SUBSTANCE_PLAUSIBLE_H

#include "substance/compound.h"

/* Says in entry->diag what of a compound, each part of which is right alone, no molecule can have.
 */
enum percuta_status percuta_substance_plausible_check(const struct percuta_entry *entry,
                                                      const struct percuta_scenario *scenario,
                                                      const struct percuta_compound *compound);

#endif
