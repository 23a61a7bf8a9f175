#!/bin/bash
# Creams and serums in whole runs: the three ways to follow them agree, on any number of processes;
# what is at the edge (needles deeper than the dermis, openings that merge, none at all) has an answer.
. "$(dirname "$0")/lib.bash"
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
export OMPI_MCA_rmaps_base_oversubscribe=1
short=(--quiet --set "course.follow_up=2 days")

cat > "$scratch/serums.yaml" << 'END'
percuta: 1
person: {age: 45 years, sex: female}
skin: {site: cheek}
device: {preset: roller-192-1.5mm}
session:
  passes: [{direction: 0 deg}, {direction: 90 deg}]
  repeat: 8
  topicals: [{product: tranexamic-acid-5%, apply: 5 min}]
model: {patch: {width: 1 mm, cell: 50 um}} # bores that bleed hold serum at their mouths, 20 um of them
END

# entered FOLDER: what has entered of the first compound, ug/cm2
entered() {
  sed -n 's/.*"entered_ug_per_cm2":[[:space:]]*\([0-9.e+-]*\),.*/\1/p' "$scratch/$1/summary.json" | head -1
}
near() { awk -v a="$1" -v b="$2" -v most="$3" 'BEGIN { d = a / b - 1; exit !(a > 0 && d < most && d > -most) }'; }

for way in column channel patch; do
  percuta run "$scratch/serums.yaml" -o "$scratch/$way" "${short[@]}" --set model.permeation=$way
  expect "followed-by-$way" exits 0
  echo "# $way: $(entered $way) ug/cm2"
done
expect column-and-channel-agree near "$(entered column)" "$(entered channel)" 0.1
expect patch-and-channel-agree near "$(entered patch)" "$(entered channel)" 0.1
mpiexec -n 2 "$PERCUTA" run "$scratch/serums.yaml" -o "$scratch/two" "${short[@]}" \
  --set model.permeation=patch > "$scratch/said" 2>&1
expect two-processes-agree near "$(entered two)" "$(entered patch)" 1e-5

column=("${short[@]}" --fidelity column)
percuta run "$scratch/serums.yaml" -o "$scratch/deep" "${column[@]}" --set skin.site=eyelid --set device.preset=pen-14-2.5mm
expect needles-deeper-than-the-dermis exits 0
percuta run "$scratch/serums.yaml" -o "$scratch/dense" "${column[@]}" --set device.preset=pen-36-1.5mm --set session.repeat=30
expect openings-that-merge exits 0
percuta run "$scratch/serums.yaml" -o "$scratch/light" "${column[@]}" --set "session.force=0.1 N" \
  --set device.preset=stamp-540-0.5mm
expect no-needle-gets-in exits 0
expect nothing-was-needled grep -q '"verdict":[[:space:]]*"not needled"' "$scratch/light/summary.json"

# A cover long after the session does not slow what has closed before.
closed() { grep '"closed_h"' "$scratch/$1/summary.json"; }
sed 's/apply: 5 min/apply: 5 hours, after: 100 hours, occluded: true/' "$scratch/serums.yaml" > "$scratch/late.yaml"
sed 's/apply: 5 min/apply: 5 hours, occluded: true/' "$scratch/serums.yaml" > "$scratch/covered.yaml"
percuta run "$scratch/late.yaml" -o "$scratch/late" "${column[@]}" --set "course.follow_up=5 days"
percuta run "$scratch/covered.yaml" -o "$scratch/covered" "${column[@]}"
percuta run "$scratch/serums.yaml" -o "$scratch/open" "${column[@]}"
expect late-cover-changes-nothing [ "$(closed late)" = "$(closed open)" ]
expect cover-slows-closing [ "$(closed covered)" != "$(closed open)" ]

# Twice a day for a week, on skin that closes meanwhile: what needles let in, they let in at first.
sed 's/apply: 5 min/times_per_day: 2, for: 7 days, report_times: [12 h, 7 days]/' "$scratch/serums.yaml" > "$scratch/often.yaml"
percuta run "$scratch/often.yaml" -o "$scratch/often" "${column[@]}" --set "course.follow_up=8 days"
expect regimen exits 0
expect regimen-counts grep -q '"applications":[[:space:]]*14' "$scratch/often/summary.json"
ratios() { sed -n 's/.*"entered_rel":[[:space:]]*\([0-9.e+-]*\).*/\1/p' "$scratch/often/summary.json"; }
expect regimen-gains-early awk -v first="$(ratios | head -1)" -v last="$(ratios | tail -1)" 'BEGIN { exit !(first > 1.5 * last && last > 1) }'
sed 's/apply: 5 min/times_per_day: 2/' "$scratch/serums.yaml" > "$scratch/half.yaml"
percuta check "$scratch/half.yaml"
expect regimen-says-how-long complains "does nothing without \`for\`"

# The blood is warned of.
cat > "$scratch/much.yaml" << 'END'
percuta: 1
person: {age: 45 years, sex: female}
skin: {site: cheek}
device: {preset: roller-192-1.5mm}
session:
  numbing: {product: lidocaine-4%, order: needles-first, apply: 2 hours, area: 1000 cm^2}
model: {fidelity: column}
END
percuta run "$scratch/much.yaml" -o "$scratch/much" "${short[@]}"
expect blood-is-warned-of grep -q 'the blood of a person may carry' "$scratch/much/summary.json"
expect label-is-watched grep -q '1000 cm2 is more than the 900 cm2' "$scratch/much/summary.json"

# Own files: shares with their unit, molecules that can be; said before anything is run.
own=$scratch/own
mkdir "$own"
product() { # mass_fraction compound
  printf 'kind: solution\nactives: [{compound: %s, mass_fraction: %s}]\npH: {value: 7.4}\ndensity: {value: 1 g/cm^3}\n' "$2" "$1"
  printf 'dose: {value: 2 mg/cm^2}\ncontact: {value: 8 hours}\noccluded: false\nsterile: true\n'
  printf 'meant_to_be_needled_in: true\nirritant: false\n'
}
molecule() { # rings
  printf 'name: "a molecule"\nkind: small-molecule\nformula: C6H6N2O\nrings: %s\ndouble_bonds: 4\n' "$1"
  printf 'molar_mass: {value: 122.12 g/mol}\nlog_kow: {value: -0.37}\nstate: molecule\nbinding: neutral-or-base\n'
}
printf 'percuta: 1\nperson: {age: 45 years, sex: female}\nskin: {site: cheek}\ndevice: {preset: roller-192-1.5mm}\n' > "$own/s.yaml"
printf 'session: {topicals: [{product: mine}]}\ncourse: {follow_up: 30 days}\nmodel: {fidelity: column}\n' >> "$own/s.yaml"
for share in 0.5 1 '5 % w/v' '50 mg/ml' '500 IU'; do
  product "$share" niacinamide > "$own/mine.yaml"
  percuta run "$own/s.yaml" -o "$own/out"
  expect "share-$share-is-refused" complains 'mine.yaml:2:50: mass_fraction: '
done
for share in '0.5 %' '0.5 % w/w' '0.5 wt%' '5 mg/g'; do
  product "$share" niacinamide > "$own/mine.yaml"
  percuta explain "$own/s.yaml" --json
  expect "share-$share-is-read" exits 0
done
product '1 %' molecule > "$own/mine.yaml"
molecule 40 > "$own/molecule.yaml"
for command in check explain run; do
  percuta $command "$own/s.yaml"
  expect "rings-are-refused-by-$command" complains 'molecule.yaml:4:8: rings: 40 rings'
done
molecule 1 > "$own/molecule.yaml"
percuta run "$own/s.yaml" -q -o "$own/out"
expect one-ring-runs exits 0
exit $failed
