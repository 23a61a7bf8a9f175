/* First warnings: what published experience says to beware of in a session like this. */
#ifndef PERCUTA_OUTCOME_SAFETY_H
#define PERCUTA_OUTCOME_SAFETY_H

#include "bleeding/bleeding.h"
#include "outcome/law.h"
#include "outcome/warnings.h"

/* Adds the warnings that apply to a session with these channels and this bleeding. */
enum percuta_status percuta_outcome_safety_compute(const struct percuta_outcome_law *law,
                                                   const struct percuta_scenario *scenario,
                                                   const struct percuta_skin *skin,
                                                   const struct percuta_channels *channels,
                                                   const struct percuta_bleeding *bleeding,
                                                   struct percuta_warnings *out);

#endif
