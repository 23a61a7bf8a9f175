#!/bin/bash
# The memory that `percuta check` foretells is what a run then takes, within 15 %.
. "$(dirname "$0")/lib.bash"
scenario=$root/examples/first-session.yaml
if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then # which takes memory of its own
  echo "ok nothing-to-compare-under-sanitizers"
  exit 0
fi

# Memory is at its peak in the first steps: a loose tolerance takes few of them.
short=(--quiet --set "course.follow_up=1 day" --set model.tolerance=1e-2)

within() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > 0 && a > 0.85 * b && a < b / 0.85) }'; }

# compare NAME PROCESSES SETTINGS…
compare() {
  local name=$1 processes=$2 foretold more taken
  shift 2
  percuta check "$scenario" "$@"
  expect "$name-is-checked" exits 0
  foretold=$(sed -n 's/^memory: .* about \([0-9]*\) MB.*/\1/p' <<< "$out")
  more=$(sed -n 's/^memory: .* process \([0-9]*\) MB more/\1/p' <<< "$out")
  foretold=$((foretold + (processes - 1) * more))
  rm -rf "$scratch/run"
  if [ "$processes" = 1 ]; then
    percuta run "$scenario" -o "$scratch/run" "${short[@]}" "$@"
  else
    mpiexec -n "$processes" "$PERCUTA" run "$scenario" -o "$scratch/run" "${short[@]}" "$@" \
      > "$scratch/said" 2>&1
  fi
  taken=$(sed -n 's/.*"peak_memory_MB":[[:space:]]*\([0-9.]*\).*/\1/p' "$scratch/run/summary.json")
  echo "# $name: foretold $foretold MB, taken $taken MB"
  expect "$name-takes-what-was-foretold" within "$foretold" "$taken"
}

compare column 1 --fidelity column
compare channel 1 --fidelity channel
compare small-patch 1 --set "model.patch.width=1 mm"
compare followed-in-patch 1 --set "model.patch.width=1 mm" --set model.permeation=patch
compare large-patch 1 --set "model.patch.width=5 mm"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1
compare two-processes 2
exit $failed
