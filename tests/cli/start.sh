#!/bin/bash
# What a run asks of the machine before it computes: every file of the data folder is opened once, by
# the report at the end too, and where no launcher is about, MPI starts no process and leaves nothing
# behind.
. "$(dirname "$0")/lib.bash"
scenario=$root/examples/what-gets-in.yaml
short=(--quiet --fidelity column --set "course.follow_up=3 weeks")

# The preloaded library would come before the sanitizer's, which does not bear that.
if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then
  expect sanitized-runs-are-not-watched true
  exit $failed
fi
${CC:-cc} -shared -fPIC -o "$scratch/faults.so" "$root/tests/cli/faults.c" -ldl ||
  expect faults.c-compiles false
export PERCUTA_DATA=$root/data

# Joint draws are read by each part of a run that draws, the sheet of the device among them.
opened() { grep -E "^$PERCUTA_DATA/.*\\.(yaml|csv)\$" "$scratch/opened"; }
twice() { opened | grep -v '/fit/draws\.csv$' | sort | uniq -d; }
shown() { [ "$(opened | wc -l)" -ge "$1" ]; }

PERCUTA_OPENED=$scratch/opened LD_PRELOAD=$scratch/faults.so \
  percuta run "$scenario" -o "$scratch/run" "${short[@]}"
expect runs exits 0
expect the-whole-catalogue-is-opened \
  shown "$(find "$PERCUTA_DATA" -name '*.yaml' -not -path '*/evidence/*' -not -path '*/fit/*' | wc -l)"
expect the-published-rows-are-opened grep -q "^$PERCUTA_DATA/evidence/healing.csv$" "$scratch/opened"
expect no-data-are-opened-twice test -z "$(twice)"
echo "# opened: $(opened | wc -l) files of the data, $(wc -l < "$scratch/opened") in all"

rm "$scratch/opened"
PERCUTA_OPENED=$scratch/opened LD_PRELOAD=$scratch/faults.so percuta check "$scenario"
expect check-opens-no-data-twice test -z "$(twice)"

# Alone: quiet, without MPI's folder in $TMPDIR, with the same results as under a launcher.
mkdir "$scratch/tmp"
TMPDIR=$scratch/tmp percuta run "$scenario" -o "$scratch/alone" "${short[@]}"
expect alone-is-quiet test -z "$out$err"
expect alone-leaves-no-folder test -z "$(ls -A "$scratch/tmp")"
mpiexec -n 1 "$PERCUTA" run "$scenario" -o "$scratch/launched" "${short[@]}" > /dev/null 2>&1 ||
  expect runs-under-a-launcher false
for file in timeline.csv channels.csv penetration.csv; do
  expect "$file-is-the-same-under-a-launcher" cmp -s "$scratch/alone/$file" "$scratch/launched/$file"
done

# Many at a time do not get into each other's way.
for i in 1 2 3 4 5 6 7 8; do
  { "$PERCUTA" run "$scenario" -o "$scratch/many$i" "${short[@]}" --set "course.follow_up=1 days" \
      --set "session.topicals=[]" > "$scratch/said$i" 2>&1 || echo "ended with $?" >> "$scratch/said$i"; } &
done
wait
expect eight-at-a-time-are-quiet test -z "$(cat "$scratch"/said?)"
exit $failed
