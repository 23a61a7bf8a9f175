/* Values of the published relations that outcomes rest on; table `outcome`, read once. */
#ifndef PERCUTA_OUTCOME_LAW_H
#define PERCUTA_OUTCOME_LAW_H

#include "outcome/hair.h"
#include "outcome/injection.h"
#include "outcome/redness.h"
#include "outcome/suction.h"
#include "outcome/surface.h"
#include "outcome/thickness.h"
#include "transport/nerves.h"

/* A published share of patients [%], and who they were (borrowed from the parameters). */
struct percuta_outcome_share {
  double value, low, high;
  const char *population;
};

struct percuta_outcome_law {
  double reference_length; /* [m] shortest needle of the study of pain */
  double length_end;       /* [m] its longest */
  double count_end;        /* most needles at a time in it */
  struct percuta_outcome_range length_exponent, count_exponent;
  struct percuta_outcome_range vas;  /* pain of one reference needle, from 0 to 10 */
  struct percuta_outcome_range site; /* of the pain at a site over that at the site of the study */
  struct percuta_nerves nerves;      /* of skin without a bottom */
  struct percuta_injection_law injection;
  struct percuta_redness_law redness;
  struct percuta_hair_law hair;
  struct percuta_surface_law surface;
  struct percuta_suction_law suction;
  struct percuta_thickness_law thickness;
  double clinical_low; /* [m] shortest needle of clinical devices */
  double interval_low; /* [s] least time from session to session in trials */
  struct percuta_outcome_share pigment, tracks; /* dark marks, rows of scars */
};

enum percuta_status percuta_outcome_law_read(const struct percuta_scenario *scenario,
                                             struct percuta_diag *diag,
                                             struct percuta_outcome_law *out);

#endif
