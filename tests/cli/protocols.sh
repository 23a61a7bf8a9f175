#!/bin/bash
# Protocols of papers and clinics: each says whose it is and what was reported, is a valid scenario, and runs.
. "$(dirname "$0")/lib.bash"
folder=$root/examples/protocols

count=0
for protocol in "$folder"/*.yaml; do
  name=$(basename "$protocol" .yaml)
  expect "$name-says-what-it-is" [ "$(head -n 3 "$protocol" | grep -c '^# ')" = 3 ]
  expect "$name-is-listed" grep -qF "($name.yaml)" "$folder/README.md"
  percuta check "$protocol"
  expect "$name-checks" exits 0
  percuta run "$protocol" --quiet -o "$scratch/$name"
  expect "$name-runs" exits 0
  count=$((count + 1))
done
expect at-least-twenty [ $count -ge 20 ]
exit $failed
