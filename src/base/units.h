/* Units. Inside Percuta every physical quantity is in SI base units: metre, second, kilogram,
 * newton, pascal, radian; amounts of cells are plain numbers (a cell density is 1/m^3). Text is
 * converted once, at the door, by UDUNITS-2, and back when results are written. */
#ifndef PERCUTA_BASE_UNITS_H
#define PERCUTA_BASE_UNITS_H

#include "base/codes.h"
#include "base/status.h"
#include "base/usual.h"

/* week = 7 d, month = 365/12 d, year = 365 d. */
#define PERCUTA_DAY 86400.0            /* [s] */
#define PERCUTA_WEEK (7 * PERCUTA_DAY) /* [s] */
#define PERCUTA_YEAR (365 * PERCUTA_DAY)
#define PERCUTA_MONTH (PERCUTA_YEAR / 12)
#define PERCUTA_HOUR 3600.0 /* [s] */
#define PERCUTA_UM 1e-6     /* [m] */
#define PERCUTA_MM 1e-3     /* [m] */

struct percuta_units; /* the unit system; owns the UDUNITS-2 database */

/* UDUNITS-2 reads units with a parser of which there is one in a process: no two threads may use
 * units at a time, not even different ones. */

/* Opens the unit database. On failure *out is NULL and PERCUTA_IO is returned. */
enum percuta_status percuta_base_units_create(struct percuta_units **out);
void percuta_base_units_destroy(struct percuta_units **units); /* accepts NULL */

/* Converts `value` of unit `from` to unit `to`. "cells" counts as a plain number; day, week, month
 * and year have the lengths above. Returns PERCUTA_BAD_INPUT, *out untouched, when a unit is not
 * known or the dimensions differ. */
enum percuta_status percuta_base_units_convert(const struct percuta_units *units, double value,
                                               const char *from, const char *to, double *out);

/* Converts `value` of unit `from` into SI base units. Errors as above. */
enum percuta_status percuta_base_units_to_si(const struct percuta_units *units, double value,
                                             const char *from, double *out);

/* What the dimension of `unit` is called and the units in which people write it; NULL when it has
 * no name. */
const struct percuta_usual *percuta_base_units_usual(const struct percuta_units *units,
                                                     const char *unit);

/* Why a text is no quantity: its code, and what is wrong in words that hold the text. */
struct percuta_units_mistake {
  enum percuta_code code;
  char what[400];
};

/* Reads "1.5 mm", "45 years", "2 mg/cm^2", "0.3": number, then unit of the dimension of
 * `dimension` (a unit such as "m"; "1" for pure numbers, of which 30 % is one; "" for those that
 * are no share, as a pH), into SI. Fails with PERCUTA_BAD_INPUT and the reason in `why`, which may
 * be NULL. */
enum percuta_status percuta_base_units_parse(const struct percuta_units *units, const char *text,
                                             const char *dimension, double *out,
                                             struct percuta_units_mistake *why);

#endif
