/* timeline.csv of a result. Internal to compare/. */
#ifndef PERCUTA_COMPARE_TIMELINE_H
#define PERCUTA_COMPARE_TIMELINE_H

#include "compare/compare.h"

/* Fills the run's timeline from its folder's file. */
enum percuta_status percuta_compare_timeline_read(struct percuta_diag *diag,
                                                  struct percuta_compare_run *run);

/* Name, unit and meaning of a column. */
struct percuta_compare_column_text {
  const char *name, *unit, *text;
};
struct percuta_compare_column_text percuta_compare_timeline_column(int column);

/* The value in a row. */
double percuta_compare_timeline_value(const struct percuta_compare_run *run, size_t row,
                                      int column);

#endif
