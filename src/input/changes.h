/* What a course does otherwise from a session on. */
#ifndef PERCUTA_INPUT_CHANGES_H
#define PERCUTA_INPUT_CHANGES_H

#include "input/resolve.h"

/* Finds the device of every entry of course.changes, each as the one before it left it, and says
 * which entries contradict the calendar, the device or each other. */
enum percuta_status percuta_input_changes_settle(struct percuta_resolve *resolve);

#endif
