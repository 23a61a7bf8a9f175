/* Open MPI 4 starts a process that stands alone as if others might join it: it forks a daemon,
 * opens every network it knows and asks the machine for its graphics cards, which takes longer than
 * a run of one column. Told to be one process that talks to itself, it starts in a tenth of that;
 * only MPI_Comm_spawn needs the daemon. Other MPIs read none of these names. Test: test_alone.c. */
#include "engine/alone.h"

#include <stddef.h>
#include <stdlib.h>

static const struct setting {
  const char *name, *value;
  bool alone; /* only for a process that stands alone */
} SETTING[] = {
    {"HWLOC_HIDE_ERRORS", "2", false}, /* containers may hide the machine's topology */
    {"PMIX_MCA_gds", "hash", false},   /* or have too little shared memory */
    {"OMPI_MCA_ess_singleton_isolated", "1", true},
    /* every isolated process would take, and clear away, the same folder in /tmp */
    {"OMPI_MCA_orte_create_session_dirs", "0", true},
    {"OMPI_MCA_pml", "ob1", true},
    {"OMPI_MCA_btl", "self", true},
    {"HWLOC_COMPONENTS", "-gl,-opencl,-cuda,-nvml,-pci,-linuxio", true},
};
enum { SETTINGS = sizeof SETTING / sizeof *SETTING };

/* What launchers leave in the environment: Open MPI and PMIx, MPICH and its like, Slurm's srun,
 * Cray's aprun, IBM's jsrun, Flux. */
static const char *const LAUNCHER[] = {"OMPI_COMM_WORLD_SIZE",
                                       "PMIX_RANK",
                                       "PMIX_NAMESPACE",
                                       "PMI_RANK",
                                       "PMI_SIZE",
                                       "PMI_FD",
                                       "PMI_PORT",
                                       "MPI_LOCALNRANKS",
                                       "SLURM_STEP_ID",
                                       "SLURM_STEPID",
                                       "ALPS_APP_PE",
                                       "JSM_NAMESPACE_RANK",
                                       "FLUX_TASK_RANK"};

bool percuta_engine_alone_launched(void) {
  for (size_t i = 0; i < sizeof LAUNCHER / sizeof *LAUNCHER; i++)
    if (getenv(LAUNCHER[i]) != NULL)
      return true;
  return false;
}

unsigned percuta_engine_alone_prepare(void) {
  const bool launched = percuta_engine_alone_launched();
  unsigned added = 0;
  for (int i = 0; i < SETTINGS; i++) {
    const struct setting *setting = &SETTING[i];
    if ((setting->alone && launched) || getenv(setting->name) != NULL)
      continue;
    if (setenv(setting->name, setting->value, 0) == 0)
      added |= 1U << i;
  }
  return added;
}

void percuta_engine_alone_withdraw(unsigned added) {
  for (int i = 0; i < SETTINGS; i++)
    if (added & 1U << i)
      (void)unsetenv(SETTING[i].name);
}
