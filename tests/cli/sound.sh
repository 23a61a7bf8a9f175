#!/bin/bash
# What did not happen is not told as if it had: no strike, no thrombin, no peak, no tissue left.
. "$(dirname "$0")/lib.bash"
cd "$scratch" || exit 1

# value FOLDER KEY: the number, true or false of the first key of that name in summary.json.
value() { sed -n "s/.*\"$2\":[[:space:]]*\([0-9a-z.+-]*\).*/\1/p" "$1/summary.json" | head -n 1; }
has() { grep -q "\"$2\"" "$1/summary.json"; }
lacks() { ! has "$@"; }
outcome() { sed -n "/\"name\":[[:space:]]*\"$2\"/,/}/s/.*\"value\":[[:space:]]*\([0-9.eE+-]*\).*/\1/p" "$1/summary.json" | head -n 1; }
finite() { ! grep -qE "(^|,)-?(nan|inf)(,|\$)" "$1"/*.csv; }
negative_free() { ! grep -qE "\": -[0-9]" "$1/summary.json"; }

cat > blood.yaml <<'END'
percuta: 1
person: {age: 30 years, sex: male}
skin: {site: cheek}
device: {preset: roller-192-1.5mm}
session: {force: 5 N, speed: 5 cm/s}
course: {sessions: 1, follow_up: 30 days}
model: {fidelity: column}
END
percuta run blood.yaml --quiet -o normal
expect normal-blood-peaks [ "$(value normal thrombin_peaked)" = true ]
expect normal-blood-has-a-time-of-its-peak has normal thrombin_peak_s

percuta run blood.yaml --quiet -o slow --set 'person.clotting.VIII=1 %'
expect slow-blood-runs exits 0
expect slow-blood-has-not-peaked [ "$(value slow thrombin_peaked)" = false ]
expect slow-blood-has-no-time-of-a-peak lacks slow thrombin_peak_s
expect slow-blood-is-warned-of has slow thrombin_rising
expect the-report-says-so grep -q "has not peaked" slow/sources.html
percuta run blood.yaml --quiet -o longer --set 'person.clotting.VIII=1 %' \
  --set 'parameters.clot.window=60 min'
expect followed-longer-it-peaks has longer thrombin_peak_s

for factor in II X; do
  percuta run blood.yaml --quiet -o "no-$factor" --set "person.clotting.$factor=0 %"
  expect "without-$factor-no-thrombin" [ "$(value "no-$factor" thrombin_peak_nmol_per_l)" = 0 ]
  expect "without-$factor-no-peak" lacks "no-$factor" thrombin_peak_s
  expect "without-$factor-no-fibrin" [ "$(value "no-$factor" fibrin_umol_per_l)" = 0 ]
  expect "without-$factor-no-platelets" [ "$(value "no-$factor" platelets_released_pct)" = 0 ]
  expect "without-$factor-nothing-below-zero" negative_free "no-$factor"
  expect "without-$factor-the-report-says-so" grep -q 'No thrombin forms' "no-$factor/sources.html"
done

percuta run blood.yaml --quiet -o short --set 'course.follow_up=40 days'
expect collagen-that-still-rises-has-no-day lacks short collagen_peak_d
expect collagen-that-still-rises-is-warned-of has short collagen_rising
percuta run blood.yaml --quiet -o long --set 'course.follow_up=2 years'
expect collagen-that-has-risen-has-its-day has long collagen_peak_d
expect collagen-that-has-risen-is-not-warned-of lacks long collagen_rising
percuta run blood.yaml --quiet -o cream --set 'session.numbing.product=lidocaine-prilocaine-5%' \
  --set 'session.numbing.apply=60 min'
expect a-cream-that-is-over-has-its-time has cream plasma_time_h
percuta run blood.yaml --quiet -o rising --set 'session.numbing.product=lidocaine-prilocaine-5%' \
  --set 'session.numbing.apply=60 min' --set 'parameters.numbing.follow=0.01 h'
expect a-cream-that-still-rises-has-none lacks rising plasma_time_h
expect a-cream-that-still-rises-is-warned-of has rising cream_rising

cat > small.yaml <<'END'
percuta: 1
person: {age: 45 years, sex: female}
skin: {site: cheek}
device: {preset: roller-192-1.5mm}
session: {passes: [{direction: 0 deg}, {direction: 90 deg}], repeat: 1, force: 5 N, speed: 5 cm/s}
course: {sessions: 1, follow_up: 10 days}
model: {seed: 2, patch: {width: 800 um, cell: 100 um}}
END
percuta run small.yaml --quiet -o missed
expect no-strike-runs exits 0
expect no-strike-is-counted [ "$(value missed strikes)" = 0 ]
expect no-strike-is-warned-of has missed no_strike
expect no-strike-is-no-weak-needle lacks missed no_puncture
expect no-strike-leaves-no-clot lacks missed time_to_stop_s
expect no-strike-leaves-no-peak lacks missed neutrophil_peak_d
expect no-strike-is-finite finite missed
expect no-strike-is-in-the-report grep -q 'No strike of session 1' missed/report.html

cat > cut.yaml <<'END'
percuta: 1
person: {age: 45 years, sex: male}
skin: {site: nose}
device: {kind: stamp, needle: {length: 5 mm, base_diameter: 1 mm, tip_radius: 79 um, taper: 0.68 mm}, needles: 1, head_diameter: 1.5 mm, frequency: 213 Hz}
session: {passes: [{direction: 0 deg}, {direction: 90 deg}], repeat: 4, force: 2.1 N, speed: 4.8 cm/s}
course: {sessions: 1, follow_up: 10 days}
model: {patch: {width: 400 um, cell: 100 um}}
parameters: {insertion.damage_width: 1 mm, insertion.open_width: "1.5"}
END
percuta run cut.yaml --quiet -o cut
expect all-cut-runs exits 0
expect all-cut-is-finite finite cut
expect all-cut-is-warned-of has cut all_cut
told_of() { sed 's/<[^>]*>//g' cut/report.html | grep -qE "$1"; }
expect nothing-is-left-is-said told_of 'nothing is left that could close or heal'
expect no-redness-of-it test -z "$(sed 's/<[^>]*>//g' cut/report.html | grep -E '^ *Redness is no longer seen|not healed within|closed the punctures|Water loss is back')"
expect all-cut-leaves-no-collagen [ "$(outcome cut collagen_peak_rel)" = 0 ]
expect no-more-than-all-is-open [ "$(value cut open_pct)" = 100 ]

# Parameters that contradict each other, each within its range, are refused in words.
percuta run blood.yaml --quiet -o restless --set 'parameters.koppenol.secretion="4e-12 g/day"' \
  --set 'parameters.koppenol.secretion_half_signal="1e-9 g/cm^3"'
expect restless-skin-is-refused exits 2
expect restless-skin-is-named grep -q 'no skin could stay at rest' <<< "$err"
exit $failed
