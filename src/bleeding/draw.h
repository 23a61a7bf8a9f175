/* The vessels of one patch, drawn: a pure function of the seed, so that every session and every
 * rank meets the same vessels. */
#ifndef PERCUTA_BLEEDING_DRAW_H
#define PERCUTA_BLEEDING_DRAW_H

#include <stdint.h>

#include "bleeding/bed.h"
#include "insertion/channel.h"

struct percuta_draw_patch;

/* Draws the vessels of `bed` under a square of side `width` [m] that repeats sideways. Release with
 * percuta_bleeding_draw_destroy. */
enum percuta_status percuta_bleeding_draw_create(const struct percuta_bed *bed, double width,
                                                 uint64_t seed, struct percuta_draw_patch **out);
void percuta_bleeding_draw_destroy(struct percuta_draw_patch **draw); /* accepts NULL */

/* How many vessels of each kind `channel` cuts. A vessel that comes back through the patch's
 * repetition counts again where it is cut again. */
void percuta_bleeding_draw_hits(const struct percuta_draw_patch *draw,
                                const struct percuta_channel *channel,
                                double hits[PERCUTA_VESSELS]);

#endif
