/* Columns of channels.csv: X(name, unit as text, value, description). `value` is an expression of
 * `session` (its number), `strike` (from 1), `skin`, `c` (the channel) and `b` (what it bled). One
 * list makes the file's head, its rows and the check of the documentation. */
#ifndef PERCUTA_RESULT_CHANNEL_COLUMNS_H
#define PERCUTA_RESULT_CHANNEL_COLUMNS_H

#include <math.h>

#include "base/units.h"

#define PERCUTA_CHANNEL_DEGREES (180 / 3.14159265358979323846)
#define PERCUTA_CHANNEL_MILLI 1e-3
#define PERCUTA_CHANNEL_NANOLITRE 1e-12
#define PERCUTA_CHANNEL_MM2 1e-6
#define PERCUTA_CHANNEL_EPIDERMIS                                                                  \
  (percuta_skin_layer_top(skin, PERCUTA_PAPILLARY_DERMIS) + c->epidermis_shift)

#define PERCUTA_CHANNEL_COLUMN_LIST(X)                                                             \
  X(session, "1", session, "session, from 1")                                                      \
  X(strike, "1", strike, "strike within the session, from 1, in the order of time")                \
  X(pass, "1", c->pass + 1, "pass over the skin, from 1, over directions and repeats")             \
  X(needle, "1", c->needle + 1, "needle of the device, from 1")                                    \
  X(time_s, "s", c->time, "time since the session began")                                          \
  X(x_um, "um", c->x / PERCUTA_UM, "place on the patch")                                           \
  X(y_um, "um", c->y / PERCUTA_UM, "place on the patch")                                           \
  X(direction_deg, "degree", c->direction *PERCUTA_CHANNEL_DEGREES,                                \
    "direction of travel, anticlockwise from x")                                                   \
  X(recess_um, "um", c->recess / PERCUTA_UM,                                                       \
    "from drum or head down to the surface, where relief keeps them apart")                        \
  X(epidermis_um, "um", PERCUTA_CHANNEL_EPIDERMIS / PERCUTA_UM,                                    \
    "thickness of stratum corneum and epidermis there")                                            \
  X(penetrated, "1", c->penetrated, "1 when the needle broke the skin, else 0")                    \
  X(reentered, "1", c->reentered, "1 when it fell into an earlier channel, else 0")                \
  X(deflection_um, "um", c->deflection / PERCUTA_UM, "how far the skin was indented")              \
  X(depth_um, "um", c->depth / PERCUTA_UM,                                                         \
    "depth of the tip, and of the cut, while the needle is in")                                    \
  X(radius_surface_um, "um", c->radius_surface / PERCUTA_UM,                                       \
    "radius of the needle at the surface then")                                                    \
  X(radius_tip_um, "um", c->radius_tip / PERCUTA_UM, "and at the deepest point")                   \
  X(cylinder_depth_um, "um", c->cylinder_depth / PERCUTA_UM,                                       \
    "depth to which it is as wide as at the surface")                                              \
  X(tear_um, "um", c->tear_surface / PERCUTA_UM, "length that the roller tears at the surface")    \
  X(cut_um, "um", percuta_insertion_channel_cut(c, 0) / PERCUTA_UM,                                \
    "length of the cut at the surface, tear included")                                             \
  X(cut_area_mm2, "mm^2",                                                                          \
    percuta_insertion_channel_cut_area(c, 0, INFINITY) / PERCUTA_CHANNEL_MM2,                      \
    "area of the cut, all the way down")                                                           \
  X(damaged_nl, "nl",                                                                              \
    percuta_insertion_channel_damaged(c, 0, INFINITY) / PERCUTA_CHANNEL_NANOLITRE,                 \
    "volume of the damaged tissue along the cut")                                                  \
  X(residual_depth_um, "um", c->residual_depth / PERCUTA_UM,                                       \
    "depth of the track that stays open afterwards")                                               \
  X(residual_radius_um, "um", c->residual_radius_surface / PERCUTA_UM,                             \
    "its radius at the surface")                                                                   \
  X(force_mN, "mN", c->force / PERCUTA_CHANNEL_MILLI, "force on the needle at its deepest")        \
  X(loop_hits, "1", b->hits[PERCUTA_LOOP],                                                         \
    "capillary loops cut; the expected number where vessels are not drawn")                        \
  X(plexus_hits, "1", b->hits[PERCUTA_UPPER_PLEXUS],                                               \
    "vessels of the upper plexus cut; as loop_hits")                                               \
  X(deep_plexus_hits, "1", b->hits[PERCUTA_DEEP_PLEXUS],                                           \
    "vessels of the deep plexus cut; as loop_hits")                                                \
  X(bleed_probability, "1", b->bleed_probability,                                                  \
    "probability that a vessel was cut; 0 or 1 where vessels are drawn")                           \
  X(shed_nl, "nl", b->shed_volume / PERCUTA_CHANNEL_NANOLITRE,                                     \
    "blood shed; the expected volume where vessels are not drawn")                                 \
  X(clot_fill_frac, "1", b->clot_fill,                                                             \
    "share of the open track and the damaged tissue that clotted blood fills")

#endif
