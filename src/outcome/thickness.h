/* Thickness of dermis and epidermis on the scale of each method, and how dense the collagen is.
 * Theory: docs/theory/suction.md. */
#ifndef PERCUTA_OUTCOME_THICKNESS_H
#define PERCUTA_OUTCOME_THICKNESS_H

#include "scenario/scenario.h"

struct percuta_record;

struct percuta_thickness_law {
  double dermis_histology;     /* over that by ultrasound */
  double epidermis_ultrasound; /* over that by histology */
};

enum percuta_status percuta_outcome_thickness_read(const struct percuta_scenario *scenario,
                                                   struct percuta_diag *diag,
                                                   struct percuta_thickness_law *out);

/* Dermis [m] on the scale of ultrasound, that of the atlas, if `share` of the new collagen shows as
 * volume. */
double percuta_outcome_thickness_dermis(const struct percuta_record *record, double share,
                                        double day);

#endif
