/* The wall clock. */
#ifndef PERCUTA_BASE_CLOCK_H
#define PERCUTA_BASE_CLOCK_H

/* [s] since some moment in the past, the same for a whole process; never goes back. */
double percuta_base_clock(void);

#endif
