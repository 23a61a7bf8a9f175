/* What every part of the report is written from. */
#ifndef PERCUTA_REPORT_PAGE_H
#define PERCUTA_REPORT_PAGE_H

#include <stdio.h>

#include "outcome/outcomes.h"
#include "outcome/readings.h"
#include "result/result.h"

struct percuta_regions;

struct percuta_page {
  const struct percuta_record *record;      /* borrowed */
  const char *folder;                       /* borrowed; where the snapshots are */
  struct percuta_session_readings *session; /* borrowed; one for each of the result's sessions */
  int given;                                /* sessions given: the first `given` of the result's */
  const struct percuta_regions *regions;    /* borrowed; a scar beside the skin around it */
};

#endif
