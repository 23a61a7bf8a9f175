/* How far what bleeds is known: draws of everything it rests on. */
#ifndef PERCUTA_BLEEDING_SPREAD_H
#define PERCUTA_BLEEDING_SPREAD_H

#include "bleeding/bleeding.h"

/* Fills bleeding->spread, of expectations. `plug_rel` is the person's time to plug a vessel over
 * that of normal blood, `width` [m] the side of the square that the channels were laid on. What the
 * scenario sets is not drawn. The draws are the same for every run. */
enum percuta_status percuta_bleeding_spread_compute(const struct percuta_scenario *scenario,
                                                    const struct percuta_skin *skin,
                                                    double plug_rel,
                                                    const struct percuta_channels *channels,
                                                    double width, struct percuta_diag *diag,
                                                    struct percuta_bleeding *bleeding);

#endif
