/* What MPI is told in a process that no launcher started: it is told nothing else in one that a
 * launcher did, what the user says stands, and nothing of it is left afterwards. */
/* cmocka wants these four first */
/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "engine/alone.h"
#include "engine/start.h"
#include "numerics/petsc_compat.h"

extern char **environ;

static const char *const TOLD[] = {"OMPI_MCA_ess_singleton_isolated", "OMPI_MCA_btl",
                                   "OMPI_MCA_pml", "OMPI_MCA_orte_create_session_dirs",
                                   "HWLOC_COMPONENTS"};
enum { TELLS = sizeof TOLD / sizeof *TOLD };

static int count_environment(void) {
  int count = 0;
  while (environ[count] != NULL)
    count++;
  return count;
}

static int forget(void **state) {
  (void)state;
  static const char *const launchers[] = {
      "OMPI_COMM_WORLD_SIZE", "PMIX_RANK",      "PMI_RANK",    "PMI_SIZE", "PMI_FD",
      "SLURM_STEP_ID",        "PMIX_NAMESPACE", "SLURM_STEPID"};
  for (size_t i = 0; i < sizeof launchers / sizeof *launchers; i++)
    unsetenv(launchers[i]);
  for (int i = 0; i < TELLS; i++)
    unsetenv(TOLD[i]);
  return 0;
}

static void a_process_alone_says_so_for_a_moment(void **state) {
  (void)state;
  const int before = count_environment();
  assert_false(percuta_engine_alone_launched());
  const unsigned added = percuta_engine_alone_prepare();
  for (int i = 0; i < TELLS; i++)
    assert_non_null(getenv(TOLD[i]));
  percuta_engine_alone_withdraw(added);
  for (int i = 0; i < TELLS; i++)
    assert_null(getenv(TOLD[i]));
  assert_int_equal(before, count_environment());
}

static void what_the_user_says_stands(void **state) {
  (void)state;
  setenv("OMPI_MCA_btl", "tcp,self", 1);
  setenv("HWLOC_COMPONENTS", "", 1);
  const unsigned added = percuta_engine_alone_prepare();
  assert_string_equal("tcp,self", getenv("OMPI_MCA_btl"));
  assert_string_equal("", getenv("HWLOC_COMPONENTS"));
  assert_string_equal("ob1", getenv("OMPI_MCA_pml"));
  percuta_engine_alone_withdraw(added);
  assert_string_equal("tcp,self", getenv("OMPI_MCA_btl"));
  assert_string_equal("", getenv("HWLOC_COMPONENTS"));
  assert_null(getenv("OMPI_MCA_pml"));
}

static void a_launched_process_is_left_to_its_launcher(void **state) {
  (void)state;
  static const char *const launchers[] = {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_RANK",
                                          "PMI_SIZE", "SLURM_STEP_ID"};
  for (size_t l = 0; l < sizeof launchers / sizeof *launchers; l++) {
    forget(NULL);
    setenv(launchers[l], "0", 1);
    assert_true(percuta_engine_alone_launched());
    const unsigned added = percuta_engine_alone_prepare();
    for (int i = 0; i < TELLS; i++)
      assert_null(getenv(TOLD[i]));
    percuta_engine_alone_withdraw(added);
  }
}

/* MPI as it then is: communicators, messages to oneself, no process beside this one, and nothing
 * left of what it was told. */
static void mpi_works_alone(void **state) {
  (void)state;
  int size = 0, sent = 42, received = 0;
  MPI_Comm half;
  MPI_Request request;
  assert_int_equal(PERCUTA_OK, percuta_engine_start(0, NULL, NULL));
  for (int i = 0; i < TELLS; i++)
    assert_null(getenv(TOLD[i]));
  assert_int_equal(MPI_SUCCESS, MPI_Comm_split(MPI_COMM_WORLD, 0, 0, &half));
  MPI_Comm_size(half, &size);
  assert_int_equal(1, size);
  MPI_Irecv(&received, 1, MPI_INT, 0, 7, half, &request);
  MPI_Send(&sent, 1, MPI_INT, 0, 7, half);
  MPI_Wait(&request, MPI_STATUS_IGNORE);
  assert_int_equal(sent, received);
  MPI_Comm_free(&half);
  errno = 0;
  assert_int_equal(-1, waitpid(-1, NULL, WNOHANG));
  assert_int_equal(ECHILD, errno);
}

/* MPI runs once in a process. */
static void nothing_starts_after_the_end(void **state) {
  (void)state;
  struct percuta_diag *diag = NULL;
  assert_int_equal(0, percuta_base_diag_create(&diag));
  percuta_engine_start_stop();
  assert_int_equal(PERCUTA_NUMERICS, percuta_engine_start(0, NULL, diag));
  assert_int_equal(1, percuta_base_diag_count(diag));
  assert_int_equal(PERCUTA_CODE_NOT_STARTED, percuta_base_diag_at(diag, 0)->code);
  percuta_base_diag_destroy(&diag);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(a_process_alone_says_so_for_a_moment, forget),
      cmocka_unit_test_setup(what_the_user_says_stands, forget),
      cmocka_unit_test_setup(a_launched_process_is_left_to_its_launcher, forget),
      cmocka_unit_test_setup(mpi_works_alone, forget),
      cmocka_unit_test_setup(nothing_starts_after_the_end, forget)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
