#!/bin/bash
# The hash is that of what a run uses of the data, in values; with others, or another program, a run
# is not continued, and says why.
. "$(dirname "$0")/lib.bash"
cp -r "$root/data" "$scratch/data"
cd "$scratch" || exit 1
scenario=$root/examples/needle-then-numb.yaml
hash_with() { "$PERCUTA" check "$scenario" --data "$1" | sed -n 's/.*hash //p'; }
plain=$(hash_with "$root/data")
moves() { [ -n "$1" ] && [ "$1" != "$plain" ]; }
expect a-copy-has-the-same-hash test "$(hash_with data)" = "$plain"

# change NAME moves|stays FILE SED: changes the copy, looks at the hash, changes it back.
change() {
  cp "data/$3" saved
  sed -i "$4" "data/$3"
  if cmp -s saved "data/$3"; then expect "$1-changes-something" false; fi
  if [ "$2" = moves ]; then
    expect "$1-moves-the-hash" moves "$(hash_with data)"
  else
    expect "$1-leaves-the-hash" test "$(hash_with data)" = "$plain"
  fi
  cp saved "data/$3"
}
change the-site moves skin/atlas.yaml '/^  cheek:/,/^  forehead:/s/13.6 um/13.7 um/'
change another-site stays skin/atlas.yaml '/^  forehead:/,/^  temple:/s/13.6 um/13.7 um/'
change a-note stays skin/atlas.yaml '/^  cheek:/,/^  forehead:/s/note: "/note: "so they say: /'
change a-comment stays skin/atlas.yaml '1i# a comment'
change the-product moves 'products/lidocaine-4%.yaml' 's/\([0-9]\) %/\19 %/'
change its-compound moves compounds/lidocaine.yaml 's/value: 2.44/value: 2.45/'
change another-compound stays compounds/caffeine.yaml 's/value: /value: 1/'
change a-constant-of-a-law moves transport/transfer.yaml 's/7.611e-4/7.612e-4/'
change a-parameter moves healing/koppenol.yaml '0,/value: 1/s//value: 2/'
change a-source stays healing/koppenol.yaml 's/source: "/source: "after /'

# An unfinished run.
short=(--quiet --set "course.follow_up=60 days" --checkpoint-steps 1)
start() { # FOLDER: leaves it with a checkpoint; again when the run was over before it could be killed
  for _ in 1 2 3 4 5; do
    rm -rf "$1"
    "$PERCUTA" run "$scenario" --data data -o "$1" "${short[@]}" > /dev/null 2>&1 &
    local pid=$!
    while [ ! -e "$1/checkpoint.h5" ] && kill -0 $pid 2> /dev/null; do sleep 0.005; done
    kill -KILL $pid 2> /dev/null
    { wait $pid; } 2> /dev/null
    [ -e "$1/checkpoint.h5" ] && return 0
  done
  return 1
}
told() { [ "$code" = 5 ] && grep -qE -- "$1" <<< "$err"; }
resume() { percuta run "$scenario" --data data -o cut "${short[@]}" --resume "$@"; }
expect a-run-is-cut-short start cut
cp -r cut kept
sed -i 's/value: 2.44/value: 2.45/' data/compounds/lidocaine.yaml
resume
expect other-data-are-refused told 'written with other data'
expect and-what-helps-is-named told '--force starts the run anew, -o DIR in another folder'
cp "$root/data/compounds/lidocaine.yaml" data/compounds/
resume --set model.seed=3
expect another-scenario-is-refused told 'another scenario'
resume -- -ts_adapt_dt_max 1e9
expect other-options-are-refused told "PETSc's options \`\`, and now they are \`-ts_adapt_dt_max 1e9\`"
expect the-checkpoint-stays cmp -s cut/checkpoint.h5 kept/checkpoint.h5
expect the-log-as-well cmp -s cut/run.log kept/run.log
resume
expect the-same-is-resumed exits 0
percuta run "$scenario" --data data -o whole "${short[@]}"
expect and-ends-the-same cmp -s cut/timeline.csv whole/timeline.csv

# Its own checkpoint is resumed by what it wrote itself.
expect a-run-is-cut-again start used
percuta run used/used_parameters.yaml -o used "${short[0]}" --resume
expect used-parameters-resumes exits 0
expect and-ends-the-same-as-well cmp -s used/timeline.csv whole/timeline.csv
exit $failed
