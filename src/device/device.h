/* Device presets: the rollers, stamps and pens that a scenario can name. */
#ifndef PERCUTA_DEVICE_DEVICE_H
#define PERCUTA_DEVICE_DEVICE_H

#include "scenario/scenario.h"
#include "skin/skin.h"

/* Fills every property of `device` from data/devices/<preset>.yaml or data/devices/presets.yaml.
 * PERCUTA_BAD_INPUT, nothing changed, when there is no such preset. The preset's text is not
 * touched. `source` receives the citation, or "assumed". */
enum percuta_status percuta_device_load(const struct percuta_units *units, const char *preset,
                                        struct percuta_device *device, char *source,
                                        size_t source_size);

/* All presets; release with percuta_skin_free_list. */
enum percuta_status percuta_device_list(struct percuta_list_entry **out, size_t *count);

/* Needles in the whole device. */
int percuta_device_needle_count(const struct percuta_device *device);

/* Strikes per area of one pass [1/m^2], the closed form: for a roller, needles on the drum over the
 * area it covers in a turn, pi * drum diameter * drum width, divided by 1 + slip; for a pen,
 * needles * frequency / (speed * head diameter); for a stamp, needles over the head's area. */
double percuta_device_strike_density(const struct percuta_device *device, double speed,
                                     double slip);

#endif
