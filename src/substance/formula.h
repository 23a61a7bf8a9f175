/* Atoms counted in a molecular formula such as C14H22N2O. */
#ifndef PERCUTA_SUBSTANCE_FORMULA_H
#define PERCUTA_SUBSTANCE_FORMULA_H

#include "base/status.h"

struct percuta_formula {
  int CHNO;                 /* atoms of C, H, N and O together */
  int F, Cl, Br, iodine, S; /* `I` is the imaginary unit wherever PETSc is included */
  int other;                /* atoms of which the volume is not known */
};

/* PERCUTA_BAD_INPUT, *out untouched, when `text` is no formula of elements and numbers. */
enum percuta_status percuta_substance_formula_read(const char *text, struct percuta_formula *out);

/* The next element of a formula and how often it stands there; moves *text on. PERCUTA_BAD_INPUT
 * when there is none. */
enum percuta_status percuta_substance_formula_next(const char **text, char symbol[3], int *number);

#endif
