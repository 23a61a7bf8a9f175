/* Calls into PETSc from functions that return enum percuta_status: their one channel of errors. */
#ifndef PERCUTA_NUMERICS_TRY_H
#define PERCUTA_NUMERICS_TRY_H

#include "base/status.h"
#include "numerics/petsc_compat.h"

/* Returns from the calling function, with the status of it, when a call into PETSc fails. */
#define PERCUTA_PETSC(call)                                                                        \
  do {                                                                                             \
    const PetscErrorCode percuta_failed = (call);                                                  \
    if (percuta_failed)                                                                            \
      return percuta_numerics_try(percuta_failed, __LINE__, __func__, __FILE__);                   \
  } while (0)

/* The status of a PETSc error: PERCUTA_MEMORY for PETSC_ERR_MEM, else PERCUTA_NUMERICS. */
enum percuta_status percuta_numerics_try_status(PetscErrorCode code);

/* The same, after PETSc's handler of errors has been told where the error passed. */
enum percuta_status percuta_numerics_try(PetscErrorCode code, int line, const char *function,
                                         const char *file);

#endif
