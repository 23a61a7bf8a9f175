#!/usr/bin/env bash
# Interrupting and going on, ranks, repeated runs: the whole program on a small patch.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl_vader_single_copy_mechanism=none
failed=0
verdict() { # name, exit code of the check
  if [ "$2" -eq 0 ]; then echo "ok $1"; else echo "not ok $1"; failed=1; fi
}
scenario=$PERCUTA_ROOT/examples/first-session.yaml
small=(--set "model.patch.width=1 mm" --set "model.patch.cell=100 um" --set "course.follow_up=60 days" --quiet)
run() { "$PERCUTA" run "$scenario" -o "$work/$1" "${small[@]}" "${@:2}"; }

run whole >"$work/log" 2>&1
verdict "small patch runs" $?
run again >"$work/log" 2>&1
cmp -s "$work/whole/fields.h5" "$work/again/fields.h5"
verdict "equal runs give equal fields" $?
cmp -s "$work/whole/channels.csv" "$work/again/channels.csv"
verdict "equal runs give equal strikes" $?

# Interrupt as soon as the run is under way: wait for its first log line. Should it be over by then,
# because this script had to wait for the processor, try again.
for _ in 1 2 3 4 5; do
  rm -rf "$work/cut"
  "$PERCUTA" run "$scenario" -o "$work/cut" "${small[@]}" >"$work/log" 2>&1 &
  pid=$!
  while kill -0 $pid 2>/dev/null; do
    if grep -q '^day' "$work/cut/run.log" 2>/dev/null; then kill -INT $pid 2>/dev/null; break; fi
    sleep 0.002
  done
  wait $pid
  interrupted=$?
  [ "$interrupted" -eq 0 ] || break
done
[ "$interrupted" -eq 130 ]; verdict "Ctrl-C ends with 130" $?
grep -q -- '--resume' "$work/log"; verdict "Ctrl-C says how to resume" $?
[ -f "$work/cut/checkpoint.h5" ]; verdict "Ctrl-C leaves a checkpoint" $?
run cut >"$work/log" 2>&1
[ $? -eq 5 ]; verdict "an unfinished run is not overwritten" $?
run cut --resume >"$work/log" 2>&1
verdict "resumed run ends well" $?
cmp -s "$work/whole/fields.h5" "$work/cut/fields.h5" && cmp -s "$work/whole/timeline.csv" "$work/cut/timeline.csv"
verdict "resumed run is equal bit by bit" $?
[ ! -e "$work/cut/checkpoint.h5" ]; verdict "checkpoint is removed after success" $?
run cut --resume >"$work/log" 2>&1
verdict "a finished run needs no resuming" $?
grep -q 'nothing is left to do' "$work/log"; verdict "and says so" $?
cmp -s "$work/whole/fields.h5" "$work/cut/fields.h5"; verdict "and stays as it is" $?

"$PERCUTA" run "$work/whole/used_parameters.yaml" -o "$work/used" --quiet >"$work/log" 2>&1
# fields.h5 also keeps the scenario's text, which differs
cmp -s "$work/whole/channels.csv" "$work/used/channels.csv" &&
  cmp -s "$work/whole/timeline.csv" "$work/used/timeline.csv"
verdict "used_parameters.yaml gives the same result" $?

for ranks in 2 4; do
  mpiexec -n $ranks "$PERCUTA" run "$scenario" -o "$work/ranks$ranks" "${small[@]}" >"$work/log" 2>&1
  /usr/bin/env python3 - "$work/whole/timeline.csv" "$work/ranks$ranks/timeline.csv" <<'P'
import csv, sys
a, b = ([[float(x) for x in row] for row in list(csv.reader(open(p)))[1:]] for p in sys.argv[1:])
worst = max(abs(x - y) / max(1.0, abs(x)) for r, s in zip(a, b) for x, y in zip(r, s))
print(f"largest difference {worst:.1e}")
sys.exit(len(a) != len(b) or worst > 1e-8)
P
  verdict "$ranks ranks agree with one" $?
done
mpiexec -n 2 "$PERCUTA" run "$scenario" -o "$work/column" --fidelity column --quiet >"$work/log" 2>&1
verdict "a column runs under mpiexec" $?
exit $failed
