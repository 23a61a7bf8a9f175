/* What starts repair: clot and cut tissue are dissolved and call neutrophils, which call
 * macrophages, which change from inflammatory (M1) to repairing (M2), release signal and leave. */
#ifndef PERCUTA_HEALING_PARTS_TRIGGER_H
#define PERCUTA_HEALING_PARTS_TRIGGER_H

#include "healing/part.h"

struct percuta_trigger {
  double lysis;              /* of clot and debris [1/s] */
  double neutrophil_removal; /* [1/s] */
  double polarisation;       /* M1 -> M2 [1/s] */
  double removal;            /* of M2 [1/s] */
  double signal_M1;          /* signal made by the M1 that a unit of tissue calls, per s */
  double signal_M2;          /* the same of M2 */
  double platelet_signal;    /* released at once by a unit of clot, relative to c_wound */
  double diffusivity;        /* of these cells [m^2/s] */
  double macrophage_density; /* of one unit of macrophages [1/m^3] */
};

#endif
