/* How the device is moved: what it cannot do, and when enough is done. */
#ifndef PERCUTA_INPUT_PASSES_H
#define PERCUTA_INPUT_PASSES_H

#include "input/resolve.h"

/* Says which motions the device cannot make. */
void percuta_input_passes_check(const struct percuta_resolve *resolve);

/* Of a session that ends with its endpoint, sets how often each direction is gone over until then,
 * at most as often as the scenario says. For a scenario without mistakes. */
enum percuta_status percuta_input_passes_settle(struct percuta_scenario *scenario,
                                                struct percuta_diag *diag);

#endif
