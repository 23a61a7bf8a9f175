/* A vertical cut through the fields at the days the report shows, thinned for a screen. */
#ifndef PERCUTA_REPORT_SLICE_H
#define PERCUTA_REPORT_SLICE_H

#include <stdbool.h>

#include "result/result.h"

#define PERCUTA_SLICE_DAYS 8

struct percuta_slice {
  int nx, nz;     /* cells kept */
  double *z_face; /* [m] owned, nz + 1 */
  bool *dermal;   /* owned, nz; repair is computed in the dermis only */
  double y;       /* [m] where the cut is */
  int day_count;  /* of the kept snapshots */
  int day[PERCUTA_SLICE_DAYS];
  struct percuta_layout layout;
  float *value; /* owned; [place in the layout][day][nz][nx] */
};

/* Cuts the snapshots in `folder` through the middle of the skin's defect, else through the row of
 * cells that holds most clot on the first day (the middle row without any), from the surface to
 * somewhat below the deepest cut. Rows and columns are averaged in groups so that at most 160
 * remain each way. */
enum percuta_status percuta_report_slice_create(const struct percuta_record *record,
                                                const char *folder, struct percuta_slice **out);
void percuta_report_slice_destroy(struct percuta_slice **slice); /* accepts NULL */

/* The thinned values of one field, which the run must have computed, on one of the kept days, nz
 * rows of nx. */
const float *percuta_report_slice_values(const struct percuta_slice *slice,
                                         enum percuta_field field, int day_index);

#endif
