/* Skin in a diffusion cell: values that must fit each other. */
#ifndef PERCUTA_INPUT_FRANZ_H
#define PERCUTA_INPUT_FRANZ_H

#include "input/resolve.h"

/* Mistakes go to the list of `resolve`; else only what reading the skin says. */
enum percuta_status percuta_input_franz_check(const struct percuta_resolve *resolve);

#endif
