/* From PETSc's error codes to ours. Test: tests/unit/test_run.c. */
#include "numerics/try.h"

enum percuta_status percuta_numerics_try_status(PetscErrorCode code) {
  if (!code)
    return PERCUTA_OK;
  return code == PETSC_ERR_MEM ? PERCUTA_MEMORY : PERCUTA_NUMERICS;
}

enum percuta_status percuta_numerics_try(PetscErrorCode code, int line, const char *function,
                                         const char *file) {
  (void)PetscError(PETSC_COMM_SELF, line, function, file, code, PETSC_ERROR_REPEAT, " ");
  return percuta_numerics_try_status(code);
}
