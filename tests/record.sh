#!/usr/bin/env bash
# record.sh LOG COMMAND…: runs one test program, keeps its output in LOG with a last line `# exit N`,
# and fails when the program failed, a case failed or no case was reported. A program that is killed
# leaves no last line; tests/count.sh then counts it as failed.
set -u
log=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tools/mpi-env.sh
. "$here/../tools/mpi-env.sh"
mkdir -p "$(dirname "$log")"
rm -f "$log"

if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then
  export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
  # Open MPI and PETSc keep memory until the process ends; what never calls them must not leak. Of
  # the scripts, those in robustness/ never start the engine.
  leaks=${PERCUTA_DETECT_LEAKS:-0}
  case "$*" in
    bash*/robustness/*) ;;
    bash*) leaks=0 ;;
    *) if nm -u "$1" | grep -qE ' (Petsc|MPI_)'; then leaks=0; fi ;;
  esac
  export ASAN_OPTIONS=detect_leaks=$leaks:abort_on_error=0
fi

# Processor time goes into the log, for the labels quick and slow (CONTRIBUTING.md). Before it stands what
# bash has to say of a program that crashed.
TIMEFORMAT='%U %S'
{ time "$@" > "$log" 2>&1 < /dev/null; } 2> "$log.time"
code=$?
sed '$d' "$log.time" >> "$log"
tail -n 1 "$log.time" | awk '{ printf "# seconds %.1f\n", $1 + $2 }' >> "$log"
rm -f "$log.time"
echo "# exit $code" >> "$log"
cat "$log"
bash "$here/count.sh" "$log" > /dev/null
