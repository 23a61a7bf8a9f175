/* What one rank has met, told to all. Test: tests/verification/test_ranks.c. */
#include "numerics/share.h"

enum percuta_status percuta_numerics_share(MPI_Comm comm, enum percuta_status status) {
  int code = (int)status;
  MPI_Allreduce(MPI_IN_PLACE, &code, 1, MPI_INT, MPI_MAX, comm);
  return (enum percuta_status)code;
}
