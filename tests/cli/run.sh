#!/bin/bash
# `percuta run` from outside: the folder, what is said and where, and running a run again.
. "$(dirname "$0")/lib.bash"
cp "$root/examples/first-session.yaml" "$scratch/small.yaml"
cd "$scratch" || exit 1
quick=(--fidelity column --set model.draws=0 --set 'course.follow_up=10 days')

percuta run small.yaml "${quick[@]}" --quiet
expect run-ends-well exits 0
expect default-folder [ -s out/small/summary.json ]
expect quiet-says-nothing-on-stdout [ -z "$out" ]
expect used-parameters-is-written [ -s out/small/used_parameters.yaml ]

hash_of() { "$PERCUTA" check "$@" | sed -n 's/.*hash //p'; }
expect used-parameters-has-the-same-hash [ "$(hash_of small.yaml "${quick[@]}")" = \
  "$(hash_of out/small/used_parameters.yaml)" ]
percuta run out/small/used_parameters.yaml -o again --quiet
expect used-parameters-runs exits 0
expect used-parameters-gives-the-same-timeline cmp -s out/small/timeline.csv again/timeline.csv
expect used-parameters-gives-the-same-channels cmp -s out/small/channels.csv again/channels.csv

percuta run small.yaml "${quick[@]}" -o json --json-progress
expect json-progress-ends-well exits 0
expect json-progress-is-json [ -z "$(grep -v '^{.*}$' "$scratch/stdout")" ]
expect json-progress-says-something [ -n "$out" ]

percuta run small.yaml "${quick[@]}" -o petsc --quiet -- -options_left no
expect petsc-options-pass exits 0

percuta cite out/small
expect cite-of-a-run says '@software{percuta'
expect cite-of-a-run-names-its-skin says '@article{meng2022'
expect cite-of-a-run-leaves-out-other-devices [ -z "$(grep '@misc{k243800' <<< "$out")" ]
expect cite-of-a-run-knows-every-source [ -z "$(grep '^@misc{source' <<< "$out")" ]
unset HWLOC_HIDE_ERRORS PMIX_MCA_gds
percuta run small.yaml "${quick[@]}" -o quiet --quiet
expect mpi-says-nothing-of-the-machine [ "$code$err" = 0 ]

PERCUTA_ENGINE=$scratch/nowhere.so percuta run small.yaml -o none
expect engine-missing exits 4
expect engine-missing-says-why grep -q 'solver could not be opened' <<< "$err"
: > file
percuta run small.yaml "${quick[@]}" -o file/below --quiet
expect folder-cannot-be-made exits 4
expect and-what-helps-is-named grep -q -- '-o DIR' <<< "$err"
exit $failed
