#!/bin/bash
# A result folder holds one run of one scenario; what is not of Percuta's making in it stays as it is.
. "$(dirname "$0")/lib.bash"
scenario=$root/examples/needle-then-numb.yaml
short=(--quiet --fidelity column --set "course.follow_up=2 days")
cd "$scratch" || exit 1
told() { grep -qF -- "$1" <<< "$err"; }
run() { percuta run "$scenario" "${short[@]}" -o "$@"; }
hash_in() { sed -n 's/.*"scenario_hash":[^"]*"\([^"]*\)".*/\1/p' "$1/summary.json"; }
refused() { [ "$code" = 5 ] && told "$1" && told "-o DIR"; }

sed '/numbing:/,/area:/d' "$scenario" > dry.yaml

# One scenario, another, the same again.
run one
expect a-new-folder-is-taken exits 0
cp -r one kept
run one
expect the-same-scenario-runs-again exits 0
run one --set model.seed=7
expect another-scenario-is-refused refused "one holds the result of another scenario"
expect and-changes-nothing diff -r --exclude=summary.json --exclude=report.html one kept
run one --set model.seed=7 --resume
expect nor-resumed refused "one holds the result of another scenario"
run one --set model.seed=7 --force
expect force-replaces-it exits 0
expect with-its-own-result test "$(hash_in one)" != "$(hash_in kept)"
run one --resume --force
expect resume-and-force-exclude-each-other complains "exclude each other"
run one --set model.seed=7 --resume
expect a-finished-run-is-not-run-again exits 0
expect and-it-says-so told "one holds the finished result of this scenario"
rm one/report.html
run one --set model.seed=7 --resume
expect half-a-result-is-made-whole test "$code" = 0 -a -s one/report.html
expect and-what-it-lacked-is-said told "one holds no checkpoint, and of the result no report.html: the run starts from the beginning"
cp one/timeline.csv was.csv
rm one/timeline.csv one/fields/001.vtu
run one --set model.seed=7 --resume
expect what-is-lost-is-named told "of the result no timeline.csv, fields/001.vtu: the run starts"
expect and-made-again cmp one/timeline.csv was.csv
run one --set model.seed=7 --resume
expect then-nothing-is-left told "one holds the finished result of this scenario"
run fresh --resume
expect resume-starts-where-there-is-nothing exits 0
expect as-if-it-were-not-there diff kept/timeline.csv fresh/timeline.csv
percuta run dry.yaml "${short[@]}" -o one --force
expect and-one-with-nothing-on-the-skin exits 0
expect what-is-no-longer-written-is-gone test ! -e one/penetration.csv -a ! -e one/numbing.csv
listed() { # every file is one that the log names
  local name
  for name in $(ls -A "$1"); do
    grep -q "^files.* $name\( \|$\)" "$1/run.log" || return 1
  done
}
expect the-log-names-all-files listed kept

# At the same time: the first holds the folder, its process stopped in the midst of it.
long=("${short[@]}" --set "course.follow_up=6 months" --set course.sessions=3)
"$PERCUTA" run "$scenario" "${long[@]}" -o two --checkpoint-steps 1 > /dev/null 2>&1 &
first=$!
while [ ! -e two/run.log ] && kill -0 $first 2> /dev/null; do sleep 0.01; done
kill -STOP $first
run two
if [ -e two/.lock ]; then
  expect the-second-is-refused refused "two is in use by another run (percuta, process $first on"
fi
kill -CONT $first
wait $first
expect the-first-ends-well test $? = 0
expect and-leaves-no-lock test ! -e two/.lock
mkdir three
echo "percuta, process 1 on nowhere" > three/.lock
run three
expect the-lock-of-a-dead-process-does-not-matter exits 0
expect and-goes test ! -e three/.lock
echo "my lock" > three/.lock
run three
expect a-lock-of-others-is-left refused "holds a .lock that is no file of Percuta's"
expect as-it-is grep -qx "my lock" three/.lock

# What the user has in the folder.
for name in run.log timeline.csv summary.json report.html used_parameters.yaml checkpoint.h5 numbing.csv fields.h5; do
  rm -rf four
  mkdir four
  echo mine > "four/$name"
  for how in "" --force --resume; do
    run four $how
    expect "own-$name-is-kept$how" refused "four/$name is not of Percuta's making"
    expect "own-$name-is-as-it-was$how" grep -qx mine "four/$name"
  done
  expect "own-$name-is-alone" test "$(ls -A four)" = "$name"
done
rm -rf four
mkdir four
for name in notes.txt timeline.csv.tmp checkpoint.h5.tmp 000.f32; do echo mine > "four/$name"; done
run four
expect other-files-do-not-matter exits 0
expect and-stay test "$(cat four/{notes.txt,timeline.csv.tmp,checkpoint.h5.tmp,000.f32} | sort -u)" = mine

# A product of the user's own is copied into the folder; another one of that name there is his, too.
mkdir own eight
cp "$root/data/products/lidocaine-4%.yaml" own/my-cream.yaml
sed 's/lidocaine-4%/my-cream/' "$scenario" > own/mine.yaml
{ cat own/my-cream.yaml; echo "# mine"; } > eight/my-cream.yaml
cp eight/my-cream.yaml before.yaml
for how in "" --force; do
  percuta run own/mine.yaml "${short[@]}" -o eight $how
  expect "own-product-is-kept$how" refused "eight/my-cream.yaml is another file than the one of the scenario"
  expect "own-product-is-as-it-was$how" cmp -s before.yaml eight/my-cream.yaml
done
percuta run own/mine.yaml "${short[@]}" -o nine
expect own-product-is-copied cmp -s own/my-cream.yaml nine/my-cream.yaml
echo "# changed" >> nine/my-cream.yaml
percuta run own/mine.yaml "${short[@]}" -o nine
expect a-copy-that-was-changed-is-kept refused "nine/my-cream.yaml is another file"
percuta run own/mine.yaml "${short[@]}" -o nine --force
expect unless-it-is-to-be-replaced cmp -s own/my-cream.yaml nine/my-cream.yaml

# Links and pipes.
echo precious > precious
for name in run.log timeline.csv fields.h5 checkpoint.h5 .snapshots; do
  rm -rf five
  mkdir five
  ln -s ../precious "five/$name"
  run five --force
  expect "link-$name-is-not-followed" refused "five/$name is a link"
  rm "five/$name"
  mkfifo "five/$name"
  run five
  expect "pipe-$name-is-not-opened" exits 5
done
run kept
for name in run.log summary.json fields.h5; do
  rm "kept/$name"
  ln -s ../precious "kept/$name"
  run kept --force
  expect "link-$name-in-a-result-is-not-followed" exits 5
  rm "kept/$name"
done
mkdir six
for name in .run.log.tmp .timeline.csv.tmp .checkpoint.h5.tmp .fields.h5.tmp; do ln -s ../precious "six/$name"; done
run six --checkpoint-steps 5
expect drafts-are-made-anew exits 0
expect no-link-was-written-through grep -qx precious precious
ln -s six seven
run seven
expect a-link-to-the-folder-itself-is-fine exits 0

# Kept fields that are lost on the way cost the fields of their time.
run whole --set "course.follow_up=10 days"
"$PERCUTA" run "$scenario" "${short[@]}" -o lost --set "course.follow_up=10 days" --checkpoint-steps 1 > /dev/null 2>&1 &
first=$!
while [ ! -e lost/.snapshots/001.f32 ] && kill -0 $first 2> /dev/null; do sleep 0.005; done
kill -TERM $first
wait $first
if [ $? = 143 ] && [ -e lost/.snapshots/000.f32 ]; then
  printf 'x' | dd of=lost/.snapshots/000.f32 bs=1 seek=100 conv=notrunc 2> /dev/null
  rm lost/.snapshots/001.f32
  run lost --set "course.follow_up=10 days" --resume
  expect a-lost-snapshot-does-not-end-the-run exits 0
  expect it-is-told grep -q '"fields_lost"' lost/summary.json
  expect the-rest-is-the-same cmp -s lost/timeline.csv whole/timeline.csv
  expect there-is-a-report test -s lost/report.html
  times() { grep -c '<Time ' "$1/fields.xdmf"; }
  expect two-times-are-missing test "$(times lost)" = $(($(times whole) - 2))
fi
exit $failed
