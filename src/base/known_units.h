/* Units that have been asked for, as UDUNITS-2 has understood them: few come again and again, and
 * it takes ten microseconds to parse one. Internal to base/. */
#ifndef PERCUTA_BASE_KNOWN_UNITS_H
#define PERCUTA_BASE_KNOWN_UNITS_H

#include <stdbool.h>
#include <udunits2.h>

#include "base/status.h"

struct percuta_known_units; /* what is known of one system */

struct percuta_known_unit {
  char *text;          /* owned */
  ut_unit *unit;       /* owned */
  ut_unit *base;       /* owned; the SI unit of its dimension; NULL: there is none */
  cv_converter *to_si; /* owned; to that; NULL with it */
};

/* `system` is borrowed. Release with percuta_base_known_units_destroy, which accepts NULL. */
enum percuta_status percuta_base_known_units_create(ut_system *system,
                                                    struct percuta_known_units **out);
void percuta_base_known_units_destroy(struct percuta_known_units **known);

/* Whether two units are of one dimension. Unlike for UDUNITS-2 an angle counts in it, also within a
 * unit, and a unit is not that of its inverse. */
bool percuta_base_known_units_alike(const struct percuta_known_unit *a,
                                    const struct percuta_known_unit *b);

/* The unit that `text` names, or NULL; borrowed until the second call after this one. */
const struct percuta_known_unit *percuta_base_known_units_find(struct percuta_known_units *known,
                                                               const char *text);

#endif
