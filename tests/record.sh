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
  # Of the scripts, those in robustness/ never start the engine; the others do, under mpiexec or not.
  leaks=${PERCUTA_DETECT_LEAKS:-0}
  unwind=1
  case "$*" in
    bash*/robustness/*) ;;
    bash*) leaks=0 ;;
    *)
      # What Open MPI keeps is known by who called for it, which only whole stacks tell.
      if ldd "$1" | grep -q libmpi; then unwind=0; fi ;;
  esac
  export LSAN_OPTIONS=suppressions=$here/leaks.supp:print_suppressions=0
  export ASAN_OPTIONS=detect_leaks=$leaks:fast_unwind_on_malloc=$unwind:abort_on_error=0
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
