#!/usr/bin/env bash
# How long runs of the first-session scenario take on this machine: column and patch, one process and
# two. Wall time is the whole command, solve time and cells are the run's own account (summary.json).
set -eu
export LC_ALL=C
cd "$(dirname "$0")/.."
# shellcheck source=tools/mpi-env.sh
. tools/mpi-env.sh
scenario=${1:-examples/first-session.yaml}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT

# cost NAME: a number of the `cost` block of the last run's summary.
cost() {
  sed -n "s/.*\"$1\":[[:space:]]*\([0-9.eE+-]*\).*/\1/p" "$out/run/summary.json" | head -n 1
}

# measure RANKS FIDELITY: one row of the table.
measure() {
  local ranks=$1 fidelity=$2 launch=() start end
  [ "$ranks" = 1 ] || launch=(mpiexec -n "$ranks")
  rm -rf "$out/run"
  start=$(date +%s.%N)
  "${launch[@]}" build/percuta run "$scenario" --fidelity "$fidelity" --quiet -o "$out/run"
  end=$(date +%s.%N)
  printf '%-8s %5s %10s %8s %10.3f %10.3f %10.0f\n' "$fidelity" "$ranks" "$(cost cells)" \
    "$(cost steps)" "$(cost solve_s)" "$(awk "BEGIN {print $end - $start}")" "$(cost peak_memory_MB)"
}

echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores; $scenario"
printf '%-8s %5s %10s %8s %10s %10s %10s\n' fidelity ranks cells steps "solve [s]" "wall [s]" "peak [MB]"
measure 1 column
measure 1 patch
if [ "$(nproc)" -ge 2 ]; then measure 2 patch; fi
