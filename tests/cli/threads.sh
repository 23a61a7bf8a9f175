#!/bin/bash
# Threads of one process: the same bytes for any number of them, and for threads beside processes.
. "$(dirname "$0")/lib.bash"
# enough cells for two threads of each of two processes, and few steps
short=(--quiet --set "course.follow_up=1 day" --set "session.topicals=[]" --set "model.patch.cell=50 um"
  --set "model.patch.width=2.6 mm")
scenario=$root/examples/first-session.yaml

OMP_NUM_THREADS=1 percuta run "$scenario" -o "$scratch/one" "${short[@]}"
expect one-thread-runs exits 0
for threads in 2; do
  OMP_NUM_THREADS=$threads percuta run "$scenario" -o "$scratch/threads$threads" "${short[@]}"
  expect "$threads-threads-run" exits 0
  expect "$threads-threads-give-the-same-rows" \
    cmp -s "$scratch/one/timeline.csv" "$scratch/threads$threads/timeline.csv"
  expect "$threads-threads-give-the-same-fields" \
    cmp -s "$scratch/one/fields.h5" "$scratch/threads$threads/fields.h5"
done
OMP_NUM_THREADS=two percuta run "$scenario" -o "$scratch/odd" --quiet --fidelity column
expect a-number-that-is-none-does-no-harm exits 0
exit $failed
