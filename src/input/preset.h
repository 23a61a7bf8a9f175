/* Device presets: the rollers, stamps and pens that a scenario can name. */
#ifndef PERCUTA_INPUT_PRESET_H
#define PERCUTA_INPUT_PRESET_H

#include "catalogue/catalogue.h"
#include "scenario/scenario.h"

/* Fills every property of `device` but the preset's name from the preset `id`, whose entry *out
 * then is. PERCUTA_BAD_INPUT, nothing changed, when there is no such preset, and with an entry in
 * `diag` when its data are wrong. */
enum percuta_status percuta_input_preset_read(const struct percuta_catalogue *catalogue,
                                              const char *id, struct percuta_diag *diag,
                                              struct percuta_device *device,
                                              struct percuta_entry *out);

#endif
