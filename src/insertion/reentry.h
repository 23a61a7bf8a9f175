/* Open channels of the periodic patch, binned so that "does this point fall into one?" costs the
 * same however many there are. */
#ifndef PERCUTA_INSERTION_REENTRY_H
#define PERCUTA_INSERTION_REENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct percuta_reentry; /* owns its cells */

/* An empty patch of `width` [m] for at most `capacity` openings of at most `radius_max` [m]. */
enum percuta_status percuta_insertion_reentry_create(double width, double radius_max,
                                                     size_t capacity, struct percuta_reentry **out);
void percuta_insertion_reentry_destroy(struct percuta_reentry **reentry); /* accepts NULL */

/* Adds an opening at (x, y) [m] inside the patch; the capacity must not be exceeded. */
void percuta_insertion_reentry_add(struct percuta_reentry *reentry, double x, double y,
                                   double radius);

/* Whether (x, y) lies within an opening, across the patch's borders too. */
bool percuta_insertion_reentry_hits(const struct percuta_reentry *reentry, double x, double y);

#endif
