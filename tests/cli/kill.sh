#!/bin/bash
# A run killed with SIGKILL at any moment can be ended, and the result is that of a run left alone,
# bit by bit: at random moments, and at every change of a file's name.
#   PERCUTA_KILL_SEED  another series of random moments
# In memory where that can be: a disk would spend most of the moments on syncing.
if [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
. "$(dirname "$0")/lib.bash"
scenario=$root/examples/first-session.yaml
small=(--quiet --set "model.patch.width=1 mm" --set "model.patch.cell=100 um" --set course.sessions=2 --set model.permeation=column
  --set "course.interval=20 days" --set "course.follow_up=40 days")
often=("${small[@]}" --checkpoint-steps 3)
whole=$scratch/whole

# same FOLDER: it holds what the run left alone holds, and nothing else.
same() {
  cmp -s "$1/fields.h5" "$whole/fields.h5" && cmp -s "$1/timeline.csv" "$whole/timeline.csv" &&
    cmp -s "$1/channels.csv" "$whole/channels.csv" &&
    cmp -s "$1/penetration.csv" "$whole/penetration.csv" && cmp -s "$1/numbing.csv" "$whole/numbing.csv" && cmp -s "$1/fields.xdmf" "$whole/fields.xdmf" &&
    diff <(sed '/"cost":/,/}/d' "$1/summary.json") <(sed '/"cost":/,/}/d' "$whole/summary.json") &&
    diff <(ls -A "$1") <(ls -A "$whole")
}

# end_it FOLDER: goes on from a checkpoint; without one --resume must say so, and a plain run works.
end_it() {
  local folder=$1
  if [ ! -e "$folder/checkpoint.h5" ] && [ ! -e "$folder/checkpoint.previous.h5" ]; then
    percuta run "$scenario" -o "$folder" "${small[@]}" --resume
    complains 'holds no checkpoint' || return 1
    percuta run "$scenario" -o "$folder" "${small[@]}"
  else
    percuta run "$scenario" -o "$folder" "${small[@]}" --resume
  fi
  exits 0
}

percuta run "$scenario" -o "$whole" "${small[@]}" --checkpoint-steps 0 --checkpoint-minutes 0
expect runs-without-checkpoints exits 0
start=$(date +%s%N)
percuta run "$scenario" -o "$scratch/often" "${often[@]}"
duration=$((($(date +%s%N) - start) / 1000000))
expect checkpoints-change-nothing same "$scratch/often"

seed=${PERCUTA_KILL_SEED:-1}
kills=30
if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then kills=5; fi
RANDOM=$seed
before=0 between=0 after=0
echo "# $kills moments out of $duration ms, seed $seed"
for n in $(seq "$kills"); do
  folder=$scratch/random
  rm -rf "$folder"
  delay=$((RANDOM * duration / 32768))
  "$PERCUTA" run "$scenario" -o "$folder" "${often[@]}" > /dev/null 2>&1 &
  pid=$!
  sleep "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
  kill -KILL $pid 2> /dev/null
  { wait $pid; } 2> /dev/null
  ended=$?
  if [ $ended = 0 ]; then
    after=$((after + 1))
  elif [ -e "$folder/checkpoint.h5" ] || [ -e "$folder/checkpoint.previous.h5" ]; then
    between=$((between + 1))
    expect "killed-$n-at-$delay-ms-goes-on" end_it "$folder"
  else
    before=$((before + 1))
    expect "killed-$n-at-$delay-ms-starts-again" end_it "$folder"
  fi
  expect "killed-$n-at-$delay-ms-ends-the-same" same "$folder"
done
echo "# $before before the first checkpoint, $between after it, $after runs were faster"
expect some-kills-met-a-checkpoint [ $between -gt 0 ]

# The preloaded library would come before the sanitizer's, which does not bear that.
if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then exit $failed; fi
${CC:-cc} -shared -fPIC -o "$scratch/faults.so" "$root/tests/cli/faults.c" -ldl ||
  expect faults.c-compiles false
while read -r call file nth; do
  name="killed-at-$call-$file-$nth"
  folder=$scratch/seam
  rm -rf "$folder"
  PERCUTA_KILL="$call $file $nth" LD_PRELOAD="$scratch/faults.so" "$PERCUTA" run "$scenario" \
    -o "$folder" "${small[@]}" --checkpoint-steps 20 > /dev/null 2>&1
  code=$?
  expect "$name" exits 137
  expect "$name-can-be-ended" end_it "$folder"
  expect "$name-ends-the-same" same "$folder"
done 2> /dev/null << 'SEAMS'
rename used_parameters.yaml.tmp 1
rename 000.f32.tmp 1
rename checkpoint.h5.tmp 1
rename checkpoint.h5 1
rename checkpoint.h5.tmp 2
rename 001.f32.tmp 1
rename fields.h5.tmp 1
rename fields.xdmf.tmp 1
rename timeline.csv.tmp 1
rename channels.csv.tmp 1
rename summary.json.tmp 1
rename report.html.tmp 1
unlink checkpoint.h5 1
unlink checkpoint.previous.h5 1
unlink 000.f32 1
unlink 002.f32 1
rmdir .snapshots 1
SEAMS
exit $failed
