#!/bin/bash
# A run killed with SIGKILL at any moment can be ended, and the result is that of a run left alone,
# bit by bit. What is on the disk changes only by calls: the run is killed before some of the thousands
# of such calls, drawn at random, and before every change of a file's name that matters.
#   PERCUTA_KILL_SEED  another series of random calls
# In memory where that can be: a disk would spend most of the time on syncing.
if [ -w /dev/shm ]; then export TMPDIR=/dev/shm; fi
. "$(dirname "$0")/lib.bash"
scenario=$root/examples/first-session.yaml
short=(--quiet --set course.sessions=2 --set "course.interval=20 days" --set "course.follow_up=40 days")
patch=("${short[@]}" --set "model.patch.width=1 mm" --set "model.patch.cell=100 um" --set model.permeation=column)
column=("${short[@]}" --fidelity column)

# same FOLDER WHOLE: it holds what the run left alone holds, and nothing else.
same() {
  local name
  for name in fields.h5 fields.xdmf timeline.csv channels.csv penetration.csv numbing.csv; do
    cmp -s "$1/$name" "$2/$name" || return 1
  done
  diff -r "$1/fields" "$2/fields" && cmp -s "$1/fields.pvd" "$2/fields.pvd" &&
    diff <(sed '/"cost":/,/}/d' "$1/summary.json") <(sed '/"cost":/,/}/d' "$2/summary.json") &&
    diff <(ls -A "$1") <(ls -A "$2")
}

resumable() { [ -e "$1/checkpoint.h5" ] || [ -e "$1/checkpoint.previous.h5" ]; }

# end_it FOLDER OPTIONS…: --resume continues from a checkpoint and starts where there is none.
end_it() {
  local folder=$1
  shift
  percuta run "$scenario" -o "$folder" "$@" --resume
  exits 0
}

# killed FOLDER MOMENT OPTIONS…: runs into FOLDER until the moment (see faults.c).
killed() {
  local folder=$1 moment=$2
  shift 2
  rm -rf "$folder"
  { # bash has its word about a killed program
    PERCUTA_KILL=$moment LD_PRELOAD=$scratch/faults.so percuta run "$scenario" -o "$folder" "$@"
  } 2> /dev/null
  exits 137
}

${CC:-cc} -shared -fPIC -o "$scratch/faults.so" "$root/tests/cli/faults.c" -ldl ||
  expect faults.c-compiles false

# At random, in three dimensions.
percuta run "$scenario" -o "$scratch/whole" "${patch[@]}" --checkpoint-steps 0 --checkpoint-minutes 0
expect runs-without-checkpoints exits 0
PERCUTA_COUNT=$scratch/count LD_PRELOAD=$scratch/faults.so \
  percuta run "$scenario" -o "$scratch/often" "${patch[@]}" --checkpoint-steps 3
expect checkpoints-change-nothing same "$scratch/often" "$scratch/whole"
calls=$(< "$scratch/count")
expect calls-are-counted [ "$calls" -gt 500 ]

kills=8
between=0
RANDOM=${PERCUTA_KILL_SEED:-1}
for n in $(seq "$kills"); do # one in each eighth of the run
  call=$((((n - 1) * 32768 + RANDOM) * calls / (kills * 32768) + 1))
  name=killed-before-change-$call-of-$calls
  expect "$name" killed "$scratch/random" "any * $call" "${patch[@]}" --checkpoint-steps 3
  if resumable "$scratch/random"; then between=$((between + 1)); fi
  expect "$name-goes-on" end_it "$scratch/random" "${patch[@]}"
  expect "$name-ends-the-same" same "$scratch/random" "$scratch/whole"
done
expect most-kills-met-a-checkpoint [ $between -ge $((kills / 2)) ]

# At the seams, where one file takes the place of another. Depth alone has the same files.
percuta run "$scenario" -o "$scratch/column" "${column[@]}" --checkpoint-steps 0 --checkpoint-minutes 0
expect column-runs exits 0
while read -r call file nth start; do
  name="killed-at-$call-$file-$nth"
  folder=$scratch/seam
  expect "$name" killed "$folder" "$call $file $nth" "${column[@]}" --checkpoint-steps 20
  if [ "$start" = anew ]; then
    expect "$name-has-no-checkpoint" [ ! -e "$folder/checkpoint.h5" ]
  fi
  expect "$name-can-be-ended" end_it "$folder" "${column[@]}"
  expect "$name-ends-the-same" same "$folder" "$scratch/column"
done << 'SEAMS'
rename .run.log.tmp 1 anew
rename .used_parameters.yaml.tmp 1 anew
rename .000.f32.tmp 1
rename .checkpoint.h5.tmp 1 anew
rename checkpoint.h5 1
rename .checkpoint.h5.tmp 2
rename .001.f32.tmp 1
rename .001.vtu.tmp 1
rename .fields.h5.tmp 1
rename .fields.xdmf.tmp 1
rename .fields.pvd.tmp 1
rename .timeline.csv.tmp 1
rename .channels.csv.tmp 1
rename .summary.json.tmp 1
rename .sources.html.tmp 1
rename .report.html.tmp 1
unlink checkpoint.h5 1
unlink checkpoint.previous.h5 1
unlink 000.f32 1
unlink 002.f32 1
rmdir .snapshots 1
SEAMS
exit $failed
