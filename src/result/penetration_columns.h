/* Columns of penetration.csv and numbing.csv: X(name, unit as text, format, value, description).
 * One list each makes the file's head, its rows and the check of the documentation. */
#ifndef PERCUTA_RESULT_PENETRATION_COLUMNS_H
#define PERCUTA_RESULT_PENETRATION_COLUMNS_H

#include "base/units.h"
#include "outcome/products.h"
#include "transport/flux.h"

#define PERCUTA_PENETRATION_UG_PER_CM2 1e-5 /* [kg/m^2] */
#define PERCUTA_PENETRATION_UG_PER_ML 1e-3  /* [kg/m^3] */
#define PERCUTA_PENETRATION_MINUTE 60.0     /* [s] */

/* `value` is an expression of `number`, `penetration`, `active` (of the penetration), `place`,
 * `course` and `i` (the output). */
#define PERCUTA_PENETRATION_IN(name)                                                               \
  (percuta_outcome_products_layer(penetration, course, i, name) / PERCUTA_PENETRATION_UG_PER_CM2)

#define PERCUTA_PENETRATION_COLUMN_LIST(X)                                                         \
  X(time_h, "h", "%.9g", penetration->time[i] / PERCUTA_HOUR,                                      \
    "time since this product was first applied")                                                   \
  X(number, "1", "%d", number,                                                                     \
    "product, from 1: the numbing cream, then those of session.topicals in their order")           \
  X(product, "text", "%s", penetration->product.id, "what was applied")                            \
  X(compound, "text", "%s", active->of.compound.id, "which of its compounds is followed")          \
  X(place, "text", "%s", place,                                                                    \
    "`needled`: the skin with its punctures; `intact`: the same skin without any")                 \
  X(applied_ug_per_cm2, "ug/cm^2", "%.9g", course->applied[i] / PERCUTA_PENETRATION_UG_PER_CM2,    \
    "compound applied so far")                                                                     \
  X(vehicle_ug_per_cm2, "ug/cm^2", "%.9g", course->vehicle[i] / PERCUTA_PENETRATION_UG_PER_CM2,    \
    "still in the product on the skin")                                                            \
  X(washed_ug_per_cm2, "ug/cm^2", "%.9g", course->washed[i] / PERCUTA_PENETRATION_UG_PER_CM2,      \
    "wiped or washed off so far")                                                                  \
  X(stratum_corneum_ug_per_cm2, "ug/cm^2", "%.9g", PERCUTA_PENETRATION_IN("stratum corneum"),      \
    "in the stratum corneum; in this and the next three punctures are included")                   \
  X(viable_epidermis_ug_per_cm2, "ug/cm^2", "%.9g", PERCUTA_PENETRATION_IN("viable epidermis"),    \
    "in the viable epidermis")                                                                     \
  X(dermis_ug_per_cm2, "ug/cm^2", "%.9g", PERCUTA_PENETRATION_IN("dermis"), "in the dermis")       \
  X(subcutis_ug_per_cm2, "ug/cm^2", "%.9g", PERCUTA_PENETRATION_IN("subcutis"), "in the fat")      \
  X(blood_ug_per_cm2, "ug/cm^2", "%.9g",                                                           \
    percuta_outcome_products_blood(course, i) / PERCUTA_PENETRATION_UG_PER_CM2,                    \
    "carried away by the blood so far")                                                            \
  X(receptor_ug_per_cm2, "ug/cm^2", "%.9g",                                                        \
    course->receptor[i] / PERCUTA_PENETRATION_UG_PER_CM2 + PERCUTA_PENETRATION_IN("receptor"),     \
    "gone deeper than the last layer so far; of excised skin what is in the receptor")             \
  X(sampled_ug_per_cm2, "ug/cm^2", "%.9g", course->sampled[i] / PERCUTA_PENETRATION_UG_PER_CM2,    \
    "taken out of the receptor in samples before this time")                                       \
  X(permeated_ug_per_cm2, "ug/cm^2", "%.9g",                                                       \
    percuta_transport_flux_permeated(penetration, course, i) / PERCUTA_PENETRATION_UG_PER_CM2,     \
    "come through excised skin so far, in the receptor and in samples; 0 of living skin")          \
  X(receptor_ug_per_ml, "ug/ml", "%.9g",                                                           \
    percuta_transport_flux_receptor(penetration, course, i) / PERCUTA_PENETRATION_UG_PER_ML,       \
    "level in the receptor, before a sample that is taken now; 0 of a sink")                       \
  X(flux_ug_per_cm2_h, "ug/cm^2/h", "%.9g",                                                        \
    percuta_transport_flux_mean(penetration, course, i) / PERCUTA_PENETRATION_UG_PER_CM2 *         \
        PERCUTA_HOUR,                                                                              \
    "flux through excised skin, or past the stratum corneum of living skin: mean since the row "   \
    "before")

/* `value` is an expression of `numbing` and `i`. After these comes one column for each anaesthetic,
 * PERCUTA_NUMBING_PLASMA with its name. */
#define PERCUTA_NUMBING_COLUMN_LIST(X)                                                             \
  X(time_min, "min", "%.9g", numbing->penetration.time[i] / PERCUTA_PENETRATION_MINUTE,            \
    "time since the cream was first applied")                                                      \
  X(numb_depth_mm, "mm", "%.9g", numbing->depth[i] / PERCUTA_MM,                                   \
    "how far below the surface skin is numb; 0: it is not")                                        \
  X(pain_free_depth_mm, "mm", "%.9g", numbing->pain_free[i] / PERCUTA_MM,                          \
    "depth to which a needle would not hurt; without cream that of `pain_free_unmedicated_mm`")

#define PERCUTA_NUMBING_PLASMA "plasma_%s_ug_per_ml"
#define PERCUTA_NUMBING_PLASMA_TEXT "level in the blood plasma, one column for each anaesthetic"

#endif
