#!/bin/bash
# Runs that cannot go on: a solve that finds no step, a disk that fills up. Each says so once, in words
# a user can act on, with the exit code of its kind, and leaves the last good state.
. "$(dirname "$0")/lib.bash"
scenario=$root/examples/first-session.yaml
small=(--quiet --set "model.patch.width=1 mm" --set "model.patch.cell=100 um"
  --set "course.follow_up=40 days")

told() { grep -qE -- "$1" <<< "$err"; }
without() { ! grep -qE -- "$1" <<< "$err"; }

# So much signal in a wound that cells change faster than any step can follow.
percuta run "$scenario" -o "$scratch/solve" "${small[@]}" \
  --set 'parameters.koppenol.wound_signal="1e30 g/cm^3"'
expect no-step-exits-3 exits 3
expect no-step-says-when-and-what-was-tried \
  told 'no step leads on from day [0-9.]+: [0-9]+ tried, from .* s down to .* s'
expect no-step-names-field-layer-and-cell \
  told 'field (myo)?fibroblasts went from .* to .* in the (papillary|reticular) dermis, cell \([0-9]+, [0-9]+, [0-9]+\)'
expect no-step-names-the-checkpoint told "last good state is in $scratch/solve/checkpoint.h5"
expect no-step-leaves-the-checkpoint [ -s "$scratch/solve/checkpoint.h5" ]
expect no-step-hides-the-library without 'PETSC ERROR|MPI_ABORT'
expect no-step-writes-no-results [ ! -e "$scratch/solve/summary.json" ]

# The preloaded library would come before the sanitizer's, which does not bear that.
if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then exit $failed; fi
${CC:-cc} -shared -fPIC -o "$scratch/faults.so" "$root/tests/cli/faults.c" -ldl ||
  expect faults.c-compiles false
small=(--quiet --fidelity column --set "course.follow_up=40 days")
PERCUTA_ROOM=409600 LD_PRELOAD=$scratch/faults.so percuta run "$scenario" -o "$scratch/tiny" "${small[@]}"
expect too-small-a-disk-is-refused exits 2
expect with-both-sizes told "the result takes up to [0-9.]+ MB; 410 kB are free where $scratch/tiny lies; name a folder"
expect and-makes-nothing [ ! -e "$scratch/tiny" ]
percuta run "$scenario" -o "$scratch/whole" "${small[@]}"
expect runs exits 0
while read -r nth; do
  folder=$scratch/full
  rm -rf "$folder"
  PERCUTA_FULL=$nth LD_PRELOAD=$scratch/faults.so percuta run "$scenario" -o "$folder" "${small[@]}" \
    --checkpoint-steps 5
  expect "disk-full-at-write-$nth-exits-4" exits 4
  expect "disk-full-at-write-$nth-names-the-file" told 'cannot write .*: No space left on device'
  expect "disk-full-at-write-$nth-names-what-helps" told '-o DIR'
  expect "disk-full-at-write-$nth-does-not-say-start-again" without 'start the run again'
  resume=()
  if [ -e "$folder/checkpoint.h5" ] || [ -e "$folder/checkpoint.previous.h5" ]; then
    expect "disk-full-at-write-$nth-names-the-checkpoint" told 'last good state is in'
    resume=(--resume)
  fi
  percuta run "$scenario" -o "$folder" "${small[@]}" "${resume[@]}"
  expect "disk-full-at-write-$nth-can-be-ended" exits 0
  expect "disk-full-at-write-$nth-ends-the-same" cmp -s "$scratch/whole/fields.h5" "$folder/fields.h5"
done << 'MOMENTS'
1
12
30
60
90
MOMENTS
exit $failed
