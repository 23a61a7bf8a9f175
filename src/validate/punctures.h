/* The punctures that one session of a study leaves on a patch. */
#ifndef PERCUTA_VALIDATE_PUNCTURES_H
#define PERCUTA_VALIDATE_PUNCTURES_H

#include "transport/needled.h"

/* Every strike of the scenario's first session on its patch; release with
 * percuta_insertion_channel_clear. */
enum percuta_status percuta_validate_punctures_make(const struct percuta_scenario *scenario,
                                                    const struct percuta_skin *skin,
                                                    struct percuta_diag *diag,
                                                    struct percuta_channels *out);

/* The mean puncture of the same; of `living` skin with the clot that vessels leave in it. */
enum percuta_status percuta_validate_punctures_bores(const struct percuta_scenario *scenario,
                                                     const struct percuta_skin *skin, bool living,
                                                     struct percuta_diag *diag,
                                                     struct percuta_needled_bores *out);

#endif
