/* A scar or stria beside the skin around it, read off the timeline and the punctures. */
#ifndef PERCUTA_REPORT_REGIONS_H
#define PERCUTA_REPORT_REGIONS_H

#include "report/page.h"

enum { PERCUTA_REGIONS_TIMES = 8 };

struct percuta_regions {
  int count; /* of times; 0: no defect */
  double day[PERCUTA_REGIONS_TIMES];
  /* Collagen relative to that before in the same cells, from the junction down to the bottom of the
   * defect or of the treated dermis, whichever is higher up. */
  double inside[PERCUTA_REGIONS_TIMES], around[PERCUTA_REGIONS_TIMES];
  double top, bottom; /* [m] */
  double depth_inside,
      depth_around; /* [m] of the cuts of the first session, mean; NAN: none there */
};

void percuta_report_regions_read(const struct percuta_page *page, struct percuta_regions *out);

#endif
