/* What a scenario asks, read off its keys: it decides what the first screen answers. */
#ifndef PERCUTA_REPORT_ASKS_H
#define PERCUTA_REPORT_ASKS_H

#include "report/page.h"

struct percuta_asks {
  bool course;    /* how the skin changes in months */
  bool condition; /* what becomes of a scar or stria beside the skin around it */
  bool numbing;   /* how numb a cream makes */
  bool products;  /* what gets in */
};

/* A cream or product asks for itself; the course is asked for where it is followed for half a year,
 * or in several sessions, or where nothing else is asked. */
struct percuta_asks percuta_report_asks_read(const struct percuta_page *page);

/* Days from the first session to the last one given; 0 without any. */
double percuta_report_asks_last_session(const struct percuta_page *page);
/* The i-th of the times at which outcomes are told, counted from the last session given. */
struct percuta_outcome_time percuta_report_asks_time(const struct percuta_page *page, int i);

#endif
