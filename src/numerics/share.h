/* One status for all ranks. */
#ifndef PERCUTA_NUMERICS_SHARE_H
#define PERCUTA_NUMERICS_SHARE_H

#include "base/status.h"
#include "numerics/petsc_compat.h"

/* The worst (last in PERCUTA_STATUS_LIST) of what the ranks of `comm` bring: PERCUTA_OK where all
 * of them do. Collective; called after what one rank does for all, as writing a file, so that all
 * go on or none does. */
enum percuta_status percuta_numerics_share(MPI_Comm comm, enum percuta_status status);

#endif
