/* A relief as a picture that is lit from one side. */
#ifndef PERCUTA_REPORT_SHADE_H
#define PERCUTA_REPORT_SHADE_H

#include "skin/relief.h"

/* The relief from above as a grey bitmap in base64, 128 where it is even, brighter where it faces
 * the light; in true scale. The caller frees it; NULL when out of memory. */
char *percuta_report_shade_bitmap(const struct percuta_relief *relief);

/* The grey [0, 255] of a slope (dh/dx, dh/dy). */
unsigned char percuta_report_shade_grey(double along_x, double along_y);

#endif
