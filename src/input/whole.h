/* The scenario as a whole, read as a run will read it. */
#ifndef PERCUTA_INPUT_WHOLE_H
#define PERCUTA_INPUT_WHOLE_H

#include "input/resolve.h"

/* Reads what all stages of a run read before it begins, so that whatever a run would refuse is
 * refused here: parameters that contradict each other, molecules that cannot be followed. Of a
 * scenario without mistakes; those found go to the diag, with PERCUTA_BAD_INPUT. */
enum percuta_status percuta_input_whole_check(const struct percuta_resolve *resolve);

#endif
