#!/bin/bash
# The memory that `percuta check` foretells is what a run then takes, within 15 %.
. "$(dirname "$0")/lib.bash"
scenario=$root/examples/first-session.yaml

# Memory is at its peak in the first steps: a loose tolerance takes few of them.
short=(--quiet --set "course.follow_up=1 day" --set model.tolerance=1e-2)

within() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a > 0 && a > 0.85 * b && a < b / 0.85) }'; }

# compare NAME PROCESSES SETTINGS…
compare() {
  local name=$1 processes=$2 foretold more taken
  shift 2
  percuta check "$scenario" "$@"
  expect "$name-is-checked" exits 0
  foretold=$(sed -n 's/^memory: .* about \([0-9]*\) MB.*/\1/p' <<< "$out")
  more=$(sed -n 's/^memory: .* process \([0-9]*\) MB more/\1/p' <<< "$out")
  foretold=$((foretold + (processes - 1) * more))
  rm -rf "$scratch/run"
  if [ "$processes" = 1 ]; then
    percuta run "$scenario" -o "$scratch/run" "${short[@]}" "$@"
  else
    mpiexec -n "$processes" "$PERCUTA" run "$scenario" -o "$scratch/run" "${short[@]}" "$@" \
      > "$scratch/said" 2>&1
  fi
  taken=$(sed -n 's/.*"peak_memory_MB":[[:space:]]*\([0-9.]*\).*/\1/p' "$scratch/run/summary.json")
  echo "# $name: foretold $foretold MB, taken $taken MB"
  expect "$name-takes-what-was-foretold" within "$foretold" "$taken"
}

compare column 1 --fidelity column
compare channel 1 --fidelity channel
compare small-patch 1 --set "model.patch.width=1 mm"
compare followed-in-patch 1 --set "model.patch.width=1 mm" --set model.permeation=patch
compare large-patch 1 --set "model.patch.width=5 mm"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1
compare two-processes 2

# A stamp of many needles on a small head: strikes outweigh cells.
cat > "$scratch/strikes.yaml" << 'EOF'
percuta: 1
person: {age: 45 years, sex: female}
skin: {site: forehead}
device: {kind: stamp, needle: {length: 0.4 mm, base_diameter: 0.05 mm, tip_radius: 0.5 um, taper: 0.4 mm},
  needles: 49, head_diameter: 0.5 mm, frequency: 16 Hz}
session: {repeat: 2, force: 19 N, speed: 6 cm/s}
course: {sessions: 2, interval: 1 day, only_if_healed: false, follow_up: 2 days}
model: {fidelity: column}
EOF
scenario=$scratch/strikes.yaml
short=(--quiet --set model.tolerance=1e-2)
compare strikes 1
foretold=$(percuta check "$scenario"; sed -n 's/^disk: up to \([0-9]*\) MB/\1/p' <<< "$out")
taken=$(du -sm "$scratch/run" | cut -f 1)
echo "# disk: foretold up to $foretold MB, taken $taken MB"
expect disk-is-enough [ "$foretold" -ge "$taken" ]
expect disk-is-not-far-from-it [ "$foretold" -le $((3 * taken + 5)) ]

# What the machine does not have is refused before it starts; `ulimit -v` makes any machine small.
large=(--set "model.patch.width=40 mm" --set model.patch.cell="50 um")
limited() { (ulimit -v 3000000 && exec "$PERCUTA" "$@") > "$scratch/said" 2>&1; }
limited run "$root/examples/first-session.yaml" -o "$scratch/large" "${large[@]}"
expect too-large-is-refused [ $? = 2 ]
expect too-large-says-what-fits grep -qE 'model.patch.width up to [0-9.]+ mm.*model.patch.cell from [0-9]+ um' "$scratch/said"
expect too-large-leaves-nothing [ ! -e "$scratch/large" ]
width=$(sed -n 's/.*width up to \([0-9.]*\) mm.*/\1/p' "$scratch/said")
limited check "$root/examples/first-session.yaml" "${large[@]}" --set "model.patch.width=$width mm"
expect what-is-said-to-fit-fits [ -z "$(grep 'is refused here' "$scratch/said")" ]
limited check "$root/examples/first-session.yaml" "${large[@]}"
expect check-says-so-too grep -q 'a run is refused here' "$scratch/said"

# The time is an estimate, within its interval, wider here since machines differ. The processor's time
# of a run that computes by itself is what a quiet machine's clock would show: work beside it counts not.
percuta check "$root/examples/abdomen-striae.yaml" --json
read -r low high < <(python3 -c 'import json, sys; t = json.loads(sys.argv[1])["time"]; print(t["seconds_low"] / 3, t["seconds_high"] * 3)' "$out")
TIMEFORMAT='%U %S'
taken=$({ time "$PERCUTA" run "$root/examples/abdomen-striae.yaml" -q -o "$scratch/timed" > /dev/null 2>&1; } 2>&1 |
  awk '{ print $1 + $2 }')
echo "# time: foretold $low to $high s, taken $taken s"
expect time-is-foretold awk -v a="$low" -v b="$high" -v t="$taken" 'BEGIN { exit !(t >= a && t <= b) }'
exit $failed
