/* Points that the user measured, to be laid over a curve. Plain data; input/measured.c reads them.
 */
#ifndef PERCUTA_SCENARIO_MEASURED_H
#define PERCUTA_SCENARIO_MEASURED_H

#include <stdbool.h>
#include <stddef.h>

struct percuta_measured_point {
  double time;   /* [s] since the first dose */
  double value;  /* [kg/m^2] passed by then or, of a flux, [kg/m^2/s] */
  double spread; /* of it, to either side; NAN: not given */
  bool intact;   /* of skin without punctures */
  int line;      /* of the file */
};

/* One file. All owned by the scenario. */
struct percuta_measured {
  char *text; /* the file as read */
  size_t length;
  bool flux; /* values are fluxes, not amounts */
  bool spread_given;
  struct percuta_measured_point *point; /* in the order of the file */
  int count;
};

#endif
