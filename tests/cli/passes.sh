#!/bin/bash
# Passes by name, motions of the hand, and a session that ends when blood appears.
. "$(dirname "$0")/lib.bash"
cd "$scratch" || exit 1
cat > roller.yaml <<'EOF'
percuta: 1
person: {age: 40 years, sex: female}
skin: {site: cheek}
device: {preset: roller-192-1.5mm}
session: {repeat: 8, until: pinpoint-bleeding}
course: {follow_up: 2 days}
model: {fidelity: column}
EOF

percuta explain roller.yaml --set session.passes=four-directions
expect four-directions-by-name says '{direction: 45, motion: "straight"}, {direction: 135, motion: "straight"}]'
percuta explain roller.yaml --set 'session.passes=[{direction: vertical}, {direction: diagonal right}, {direction: diagonal left}]'
expect directions-by-name says '[{direction: 90, motion: "straight"}, {direction: 45, motion: "straight"}, {direction: 135, motion: "straight"}]'
percuta check roller.yaml --set session.passes=crosshatched
expect name-of-passes-misspelt complains 'did you mean `cross-hatched`?'
percuta check roller.yaml --set 'session.passes=[{direction: vertikal}]'
expect direction-misspelt complains 'did you mean `vertical`?'
percuta check roller.yaml --set session.passes=stamping
expect a-roller-rolls complains 'session.passes[0].motion: a roller rolls'
percuta check roller.yaml --set device.preset=stamp-35-1.0mm --set session.passes=circular
expect a-stamp-is-put-down complains 'session.passes[0].motion: a stamp or array is put down, not moved'

# column NAME: that column of channels.csv of the run in `run`, one value a line.
column() {
  awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i; next } { print $column }' run/channels.csv
}
pen=(--set device.preset=pen-14-1.5mm --set session.until=passes --set session.repeat=2 --force --quiet)
percuta run roller.yaml "${pen[@]}" --set 'session.passes=[{direction: 0 deg}]' -o run
glided=$(column x_um | sort -u | wc -l) glided_all=$(column x_um | wc -l)
percuta run roller.yaml "${pen[@]}" --set session.passes=stamping -o run
stamped=$(column x_um | sort -u | wc -l) stamped_all=$(column x_um | wc -l)
expect stamping-strikes-as-often awk -v a="$glided_all" -v b="$stamped_all" 'BEGIN { exit !(a > 1000 && (a - b)^2 < (0.1 * a)^2) }'
expect stamping-strikes-one-spot-again [ $((3 * stamped)) -lt "$glided" ]
percuta run roller.yaml "${pen[@]}" --set session.passes=circular --set session.repeat=4 -o run
expect circles-cross-in-any-direction [ "$(column direction_deg | sort -u | wc -l)" = 4 ]

# The endpoint: long needles bleed at once; short ones never do, which the run says.
percuta run roller.yaml --quiet -o long
expect blood-ends-the-session grep -q '  repeat: 1 ' long/used_parameters.yaml
expect blood-was-there grep -q blood_at_surface long/summary.json
percuta run roller.yaml --quiet --set device.preset=roller-c8-0.13mm -o short
expect no-blood-all-passes grep -q '  repeat: 8 ' short/used_parameters.yaml
expect the-run-says-so grep -q '"endpoint_not_reached"' short/summary.json
exit $failed
