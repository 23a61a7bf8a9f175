/* The units in which published laws of transport were fitted, in SI. */
#ifndef PERCUTA_BASE_LAWS_H
#define PERCUTA_BASE_LAWS_H

#include "base/units.h"

#define PERCUTA_LAWS_CM 1e-2                                   /* [m] */
#define PERCUTA_LAWS_CM2_PER_S 1e-4                            /* [m^2/s] */
#define PERCUTA_LAWS_CM_PER_H (PERCUTA_LAWS_CM / PERCUTA_HOUR) /* [m/s] */
#define PERCUTA_LAWS_CM3 1e-6                                  /* [m^3], per mol */
#define PERCUTA_LAWS_GRAM 1e-3                                 /* [kg], per mol */

#endif
