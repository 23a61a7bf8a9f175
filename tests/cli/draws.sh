#!/bin/bash
# Joint draws beside a run: intervals in every file, the same on several processes and from
# used_parameters.yaml; without draws the run says so, and mistakes in the file have their line.
. "$(dirname "$0")/lib.bash"
data=$scratch/data
cp -r "$root/data" "$data"
file=$data/fit/draws.csv
cp "$root/examples/first-session.yaml" "$scratch/one.yaml"
cd "$scratch" || exit 1
quick=(--data "$data" --fidelity column --set 'course.follow_up=40 days' --set model.cores=drawn --quiet)

# outcomes FOLDER: the list of outcomes alone; only_values FOLDER: without what draws add.
outcomes() { sed -n '/"outcomes"/,/"warnings"/p' "$1/summary.json"; }
values() { outcomes "$1" | grep -E '"(name|value)"'; }
intervals() { outcomes "$1" | grep -c '"low"'; }

rm -f "$file"
percuta run one.yaml "${quick[@]}" -o without
expect a-run-without-a-file-of-draws exits 0
expect says-so-in-words grep -q 'data folder has no joint draws' without/summary.json
expect and-in-the-report grep -q 'data folder has no joint draws' without/report.html

{
  echo core,insertion,crosslinks.maturing,crosslinks.loss,activation.switching_on
  for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    core=koppenol
    [ $((i % 4)) = 0 ] && core=pensalfini
    echo "$core,$((7 * i)),$((3 + i))e-4,$((2 + i))e-4,0.0$((4 + i))"
  done
} > "$file"
percuta run one.yaml "${quick[@]}" -o drawn
expect a-run-with-draws exits 0
expect draws-change-no-value diff <(values without) <(values drawn)
expect but-give-intervals [ "$(intervals drawn)" -gt "$(($(intervals without) + 20))" ]
expect of-both-cores grep -q '9 with the core koppenol and 3 with pensalfini' drawn/summary.json
expect said-on-the-page grep -q '9 with the core koppenol and 3 with pensalfini' drawn/report.html
expect with-shares-of-the-model-s-form grep -q '"model_form"' drawn/summary.json
expect and-people-apart grep -q '"people"' drawn/summary.json
expect timeline-has-bands grep -q ',collagen_total_rel_low,collagen_total_rel_high,' drawn/timeline.csv
expect a-line-has-all-cells awk -F, 'NR == 1 { n = NF } NF != n { exit 1 }' drawn/timeline.csv

percuta run drawn/used_parameters.yaml --data "$data" --quiet -o again
expect used-parameters-run exits 0
expect and-repeat-the-intervals diff <(outcomes drawn) <(outcomes again)

percuta run one.yaml "${quick[@]}" --draws 4 -o four
expect fewer-draws [ "$(grep -c '"followed":[[:space:]]*4,' four/summary.json)" = 1 ]
percuta run one.yaml "${quick[@]}" --draws 0 -o none
expect without-draws-there-is-a-timeline [ -s none/timeline.csv ]
expect no-draws-are-told grep -q 'no draws were asked for' none/summary.json
expect and-make-no-bands test -z "$(grep _low none/timeline.csv)"

percuta run one.yaml "${quick[@]}" --set model.cores=kept --set 'parameters.crosslinks.loss=9e-4 1/day' -o kept
expect a-core-can-be-kept grep -q '"pensalfini":[[:space:]]*0' kept/summary.json
expect a-value-set-is-kept grep -q '1 of 3 drawn parameters keep the value' kept/summary.json

hash() { sed -n 's/.*"scenario_hash":[^"]*"\([0-9a-f]*\)".*/\1/p' "$1/summary.json"; }
before=$(hash drawn)
sed -i 's/9e-4/8e-4/' "$file"
percuta run one.yaml "${quick[@]}" -o drawn --force
expect the-file-is-part-of-the-scenario [ "$before" != "$(hash drawn)" ]

echo 'koppenol,3,many,1e-4,0.1' >> "$file"
percuta run one.yaml "${quick[@]}" -o bad
expect a-mistake-in-the-file exits 2
expect has-its-line grep -q 'draws.csv:14.*crosslinks.maturing' <<< "$err"
exit $failed
