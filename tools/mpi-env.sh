# shellcheck shell=bash
# Source this: makes Open MPI work without a word on one machine, in a container and as root.
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1               # more ranks than cores, for tests
export OMPI_MCA_hwloc_base_binding_policy=none           # parallel tests must not share one core
export OMPI_MCA_mpi_yield_when_idle=1                    # waiting ranks leave the core to others
export OMPI_MCA_btl_vader_single_copy_mechanism=none     # containers forbid process_vm_readv
export OMPI_MCA_btl_base_warn_component_unused=0         # no cluster network is no news
export OMPI_MCA_plm_rsh_agent=                           # no ssh is needed on one machine
export HWLOC_HIDE_ERRORS=2                               # containers may hide /sys
export PMIX_MCA_gds=hash                                 # Debian 12's shared-memory store is noisy
