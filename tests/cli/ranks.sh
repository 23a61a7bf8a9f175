#!/bin/bash
# Studies share their runs over the ranks they are started with: the same bytes for any number of them, one
# message where a run fails, and something to see on a terminal alone.
. "$(dirname "$0")/lib.bash"

# ranks N ARGUMENTS…: as percuta, on N ranks; what mpiexec itself says of an exit code is left out of $err.
ranks() {
  local ranks=$1
  shift
  mpiexec -n "$ranks" "$PERCUTA" "$@" > "$scratch/stdout" 2> "$scratch/stderr"
  code=$?
  out=$(< "$scratch/stdout")
  err=$(grep -E 'HEAL-|percuta|mistake' "$scratch/stderr" | grep -v mpiexec)
}

# same NAME FILE ARGUMENTS…: what 1, 2 and 3 ranks print, and write into $scratch/out, is the same; FILE is there.
same() {
  local name=$1 file=$2
  shift 2
  for n in 1 2 3; do
    mkdir "$scratch/out"
    ranks "$n" "$@"
    expect "$name-$n" exits 0
    cp "$scratch/stdout" "$scratch/out/printed"
    rm -rf "${scratch:?}/$n"
    mv "$scratch/out" "$scratch/$n"
  done
  expect "$name-writes" [ -s "$scratch/1/$file" ]
  expect "$name-prints" [ -s "$scratch/1/printed" ]
  expect "$name-2-as-1" diff -r "$scratch/1" "$scratch/2"
  expect "$name-3-as-1" diff -r "$scratch/1" "$scratch/3"
}

cat > "$scratch/list.yaml" << 'EOF'
stage: healing
parameters:
  - {name: crosslinks.maturing, unit: 1/day, prior: 6.3e-4, low: 1e-4, high: 4e-3}
rows: [HEAL-129, HEAL-018]
EOF

# every kind of prediction: rows alone, with draws, several off one course
data=$scratch/data
published=$root/data/evidence/healing.csv
cp -r "$root/data" "$data"
grep -E '^(id|HEAL-(115|118|119|142|153)),' "$published" > "$data/evidence/healing.csv"
same validate rows.csv validate --data "$data" --stage insertion,clot,healing --csv "$scratch/out/rows.csv"
same ask questions.csv ask --draws 2 -o "$scratch/out"
same fit result.yaml fit "$scratch/list.yaml" -o "$scratch/out"

# joint draws, with progress: points, surfaces, samplers and draws are the same on every rank
cat > "$scratch/joint.yaml" << 'EOF'
stage: numbing
parameters:
  - {name: delivery.cream_factor, unit: "1", prior: 5, low: 1, high: 30}
rows: [NUMB-002]
EOF
same joint draws.csv fit "$scratch/joint.yaml" --draws 5 -o "$scratch/out"

# ranges are closed around their values but for those of the epidermis, so that few parameters are varied
few=$scratch/few
cp -r "$root/data" "$few"
for file in $(find "$few"/{bleeding,clot,healing,insertion,outcome,skin,transport} -name '*.yaml' ! -name epidermis.yaml); do
  awk '/^ *value:/ { value = $2 } /^ *range: \[/ { sub(/\[.*\]/, "[" value ", " value "]") } { print }' \
    "$file" > "$scratch/closed"
  mv "$scratch/closed" "$file"
done
same sensitivity sensitivity.csv sensitivity "$root/examples/first-session.yaml" --data "$few" --fidelity column \
  --trajectories 2 --set "course.follow_up=30 days" -o "$scratch/out"

# the conditions of a row do not exist: told once, with the row, whichever rank met it
{
  grep -E '^(id|HEAL-115),' "$published"
  grep '^HEAL-142,' "$published" | sed -E 's/,track,/,nowhere,/'
} > "$data/evidence/healing.csv"
for n in 1 2 3; do
  ranks "$n" validate --data "$data" --stage healing
  [ "$n" = 1 ] && alone=$err
  expect "failure-$n-exit-code" exits 4
  expect "failure-$n-names-the-row" [ "$(grep -c 'HEAL-142' <<< "$err")" = 1 ]
  expect "failure-$n-as-alone" [ "$err" = "$alone" ]
done

# on a terminal how far it is; nothing with --quiet, or in a file
see() { script -qec "$(printf '%q ' "$@")" /dev/null < /dev/null > "$scratch/terminal"; }
if command -v script > /dev/null; then
  see "$PERCUTA" ask --draws 1 -o "$scratch/seen"
  expect runs-are-counted grep -qE 'questions: 1 of 2 runs done' "$scratch/terminal"
  # a patch is looked at many times on any machine: it goes on until it has been seen, or is over
  : > "$scratch/terminal"
  script -qefc "$(printf '%q ' "$PERCUTA" sensitivity "$root/examples/first-session.yaml" --data "$few" \
    --fidelity patch --trajectories 2 -o "$scratch/seen")" "$scratch/terminal" < /dev/null > "$scratch/said" &
  seen=$!
  followed='runs done; this one at day [0-9.]+ of [0-9]+'
  while ! grep -qaE "$followed" "$scratch/terminal" && kill -0 $seen 2> /dev/null; do sleep 0.1; done
  kill -TERM $seen 2> /dev/null
  wait $seen
  expect the-run-is-followed grep -qaE "$followed" "$scratch/terminal"
  see "$PERCUTA" ask --draws 1 --quiet -o "$scratch/seen"
  expect quiet-is-quiet [ "$(grep -c 'runs done' "$scratch/terminal")" = 0 ]
fi
percuta ask --draws 0 -o "$scratch/seen"
expect nothing-in-a-file [ -z "$err" ]
percuta ask --draws -1
expect draws-are-checked complains '--draws: `-1` is not a whole number from 0 to 1000'
exit $failed
