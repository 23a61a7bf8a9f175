#!/bin/bash
# Courses as papers write them: days of their own, maintenance, sessions that differ, sessions that wait.
. "$(dirname "$0")/lib.bash"
cd "$scratch" || exit 1
cat > deeper.yaml <<'EOF'
percuta: 1
title: Deeper and deeper
person: {age: 30 years, sex: female}
skin: {site: abdomen}
device: {preset: roller-192-1.0mm}
course:
  days: [0 days, 42 days, 120 days]
  then_every: 90 days
  follow_up: 250 days
  changes: [{from: 2, needle_length: 1.5 mm}, {from: 3, device: pen-14-1.5mm, needle_length: 2 mm, force: 6 N}]
model: {fidelity: column}
EOF

# of FOLDER KEY: that key of every session, by spaces.
of() {
  /usr/bin/python3 -c 'import json, sys
print(*(round(s.get(sys.argv[2], -1)) for s in json.load(open(sys.argv[1] + "/summary.json"))["sessions"]))' "$@"
}

percuta run deeper.yaml --quiet -o deeper
expect deeper-runs exits 0
expect days-are-kept [ "$(of deeper start_d)" = "0 42 120 210" ]
read -r first second third fourth <<< "$(of deeper depth_mean_um)"
expect each-is-deeper [ "$first" -lt $((second - 300)) ]
expect another-device-deeper-still [ "$second" -lt $((third - 300)) ]
expect maintenance-is-like-the-last [ $((third - fourth)) -lt 20 -a $((fourth - third)) -lt 20 ]
# the averages are over the dermis down to the deepest of them, not to the first
expect treated-to-the-deepest /usr/bin/python3 -c 'import json
o = {o["name"]: o["value"] for o in json.load(open("deeper/summary.json"))["outcomes"]}
assert 1500 < o["treated_bottom_um"] < 2000, o["treated_bottom_um"]'
percuta run deeper/used_parameters.yaml --quiet -o again
expect used-parameters-repeat-it cmp -s deeper/timeline.csv again/timeline.csv
percuta run deeper.yaml --quiet --set 'course.changes=[]' -o alike
expect without-changes-all-alike [ "$(of alike depth_mean_um | awk '{ print ($4 - $1)^2 < 400 }')" = 1 ]

# Too close for the skin: what follows a late session is shifted, or keeps its day.
close=(--set 'course.days=[0 days, 1 day, 30 days]' --set 'course.changes=[]' --set 'course.then_every=0 days')
percuta run deeper.yaml --quiet "${close[@]}" -o shift
percuta run deeper.yaml --quiet "${close[@]}" --set course.when_late=keep -o keep
read -r _ late last <<< "$(of shift start_d)"
read -r _ same kept <<< "$(of keep start_d)"
expect the-second-waits [ "$late" -gt 1 -a "$late" = "$same" ]
expect shift-keeps-the-distance [ "$last" = $((late + 29)) ]
expect keep-keeps-the-day [ "$kept" = 30 ]

# Three times a week at home for half a year: the books of eighty sessions.
percuta run "$root/examples/forearm-home-roller.yaml" --quiet --fidelity column --set course.sessions=78 \
  --set 'course.interval=56 hours' --set 'course.follow_up=365 days' --set course.only_if_healed=false -o home
expect home-for-months exits 0
expect home-sessions-all-given grep -Eq '"sessions_given":[[:space:]]*78' home/summary.json

percuta check deeper.yaml --set 'course.sessions=3'
expect days-or-sessions complains 'course.sessions: does nothing with course.days'
percuta check deeper.yaml --set 'course.then_every=1 day' --set 'course.follow_up=10 years'
expect no-sessions-without-end complains 'course.then_every: makes more than 1000 sessions'
exit $failed
