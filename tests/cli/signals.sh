#!/bin/bash
# Signals that ask a run to end: between two steps it stops with a checkpoint of just then, in the midst
# of a long stage it ends within seconds, and checkpoints come by themselves.
. "$(dirname "$0")/lib.bash"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl_vader_single_copy_mechanism=none
cd "$scratch" || exit 1
scenario=$root/examples/first-session.yaml
small=(--quiet --set "model.patch.width=1 mm" --set "model.patch.cell=100 um" --set "course.follow_up=1 year"
  --set model.permeation=column --set course.sessions=3)
told() { grep -qF -- "$1" <<< "$err"; }
percuta run "$scenario" "${small[@]}" -o whole
expect runs exits 0

# ask SIGNAL FOLDER: sends it to a run that is under way; again when the run was over before.
ask() {
  local tries=5
  while [ $tries -gt 0 ]; do
    rm -rf "$2"
    "$PERCUTA" run "$scenario" --data "$root/data" "${small[@]}" -o "$2" > /dev/null 2> said &
    local pid=$!
    while kill -0 $pid 2> /dev/null; do
      if grep -q '^day' "$2/run.log" 2> /dev/null; then
        kill "-$1" $pid 2> /dev/null
        break
      fi
      sleep 0.002
    done
    wait $pid
    code=$?
    err=$(< said)
    [ $code = 0 ] || return 0
    tries=$((tries - 1))
  done
}
# Under sanitizers, where one run takes as long as five, one way through the code is enough.
signals=4
if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then signals=1; fi
while read -r signal expected; do
  folder="at $signal" # what is said can be typed as it stands
  ask "$signal" "$folder"
  expect "$signal-ends-with-$expected" exits "$expected"
  expect "$signal-says-how-to-resume" told "resume with: percuta run '$folder/used_parameters.yaml' -o '$folder' --resume --data $root/data"
  expect "$signal-leaves-a-checkpoint" test -s "$folder/checkpoint.h5"
  expect "$signal-leaves-no-lock" test ! -e "$folder/.lock"
  eval "$(sed -n 's/.*resume with: //p' said) -q"
  expect "$signal-is-resumed" exits 0
  expect "$signal-ends-the-same" cmp -s "$folder/timeline.csv" whole/timeline.csv
done < <(head -n "$signals" << 'SIGNALS'
INT 130
TERM 143
HUP 143
XCPU 143
SIGNALS
)

# Who has logged out wants his run to go on.
(
  trap '' HUP
  exec "$PERCUTA" run "$scenario" "${small[@]}" -o nohup > /dev/null 2> said
) &
pid=$!
while [ ! -e nohup/run.log ] && kill -0 $pid 2> /dev/null; do sleep 0.002; done
kill -HUP $pid
wait $pid
code=$? err=$(< said)
expect nohup-goes-on exits 0

# A session whose products take minutes to follow, alone and shared.
long=(--quiet --fidelity patch --set model.permeation=patch --set "model.patch.width=3 mm"
  --set "model.patch.cell=50 um" --set "course.follow_up=3 days")
# What it and its ranks have computed [s]: a busy machine does not decide.
computed() { ps -o cputimes= -p "$1" --ppid "$1" | awk '{ sum += $1 } END { print sum + 0 }'; }
slow() { # FOLDER PROGRAM…
  local folder=$1
  shift
  "$@" run "$root/examples/what-gets-in.yaml" "${long[@]}" -o "$folder" > /dev/null 2> said &
  pid=$!
  while [ ! -e "$folder/used_parameters.yaml" ] && kill -0 $pid 2> /dev/null; do sleep 0.01; done
  sleep 0.5
  local before
  before=$(computed $pid)
  kill -TERM $pid
  while kill -0 $pid 2> /dev/null && [ $(($(computed $pid) - before)) -lt 60 ]; do sleep 0.1; done
  kill -KILL $pid 2> /dev/null
  wait $pid
  code=$?
  err=$(< said)
}
slow stage "$PERCUTA"
expect the-midst-of-a-stage-is-no-hideout exits 143
expect and-it-is-told told 'stopped before there was anything to save'
expect and-nothing-looks-like-a-result test ! -e stage/summary.json
slow ranks mpiexec -n 2 "$PERCUTA"
expect ranks-are-no-hideout test $code != 137 -a $code != 0
percuta run "$scenario" "${small[@]}" -o stage
expect the-folder-is-free-but-another-scenario-s exits 5

# By themselves: a run of some seconds has its first checkpoint after one of them. Should it be over
# before it is seen, because this script had to wait for the processor, try again.
for _ in 1 2 3 4 5; do
  rm -rf auto
  "$PERCUTA" run "$scenario" -q -o auto --set "course.follow_up=5 years" > /dev/null 2>&1 &
  pid=$!
  while [ ! -e auto/checkpoint.h5 ] && kill -0 $pid 2> /dev/null; do sleep 0.02; done
  kill -KILL $pid 2> /dev/null
  { wait $pid; } 2> /dev/null
  [ -e auto/summary.json ] || break
done
expect a-checkpoint-comes-by-itself test -e auto/checkpoint.h5
expect before-the-run-is-over test ! -e auto/summary.json
percuta run "$scenario" "${small[@]}" -o never --checkpoint-minutes 0
expect never-runs exits 0
exit $failed
