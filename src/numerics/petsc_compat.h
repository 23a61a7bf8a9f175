/* PETSc as Debian ships it (3.18), with the one name newer releases add. */
#ifndef PERCUTA_NUMERICS_PETSC_COMPAT_H
#define PERCUTA_NUMERICS_PETSC_COMPAT_H

#include <petscdmda.h>
#include <petscsf.h>
#include <petscts.h>

#ifndef PETSC_SUCCESS
#define PETSC_SUCCESS ((PetscErrorCode)0)
#endif

#endif
