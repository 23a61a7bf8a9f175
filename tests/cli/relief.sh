#!/bin/bash
# A wrinkled, varied skin from outside: keys, what they do to the strikes, and what is written.
. "$(dirname "$0")/lib.bash"
cp "$root/examples/wrinkle.yaml" "$scratch/wrinkle.yaml"
cd "$scratch" || exit 1
quick=(--set 'course.sessions=1' --set 'course.follow_up=2 days' --quiet)

# value FOLDER KEY: the number of a key of summary.json that stands there once.
value() { sed -n "s/.*\"$2\":[[:space:]]*\([0-9.eE+-]*\).*/\1/p" "$1/summary.json" | head -n 1; }
less() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && b != "" && a + 0 < b + 0) }'; }
# spread FOLDER COLUMN: largest less smallest value of a column of channels.csv.
spread() {
  awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) column = i; next }
    NR == 2 || $column < low { low = $column } NR == 2 || $column > high { high = $column }
    END { print high - low }' "$1/channels.csv"
}

percuta run wrinkle.yaml "${quick[@]}" -o wrinkle
expect wrinkle-runs exits 0
expect depth-before-treatment [ "$(value wrinkle depth_um | cut -c1-3)" = 250 ]
expect roughness-before-treatment less 0 "$(value wrinkle ra_um)"
expect strikes-meet-furrows less 20 "$(spread wrinkle recess_um)"
expect epidermis-varies less 5 "$(spread wrinkle epidermis_um)"
expect report-shows-the-surface grep -q 'The surface before treatment' wrinkle/report.html
expect map-is-in-the-fields grep -q '/surface/height' wrinkle/fields.xdmf

percuta run wrinkle.yaml "${quick[@]}" -o even --set 'skin.condition.recess=0 um' \
  --set model.patch.variation=off
expect even-skin-runs exits 0
expect even-skin-has-no-recess [ "$(spread even recess_um)" = 0 ]
expect even-skin-is-as-thick-everywhere [ "$(spread even epidermis_um)" = 0 ]
expect furrows-shorten-the-reach less "$(value wrinkle depth_mean_um)" "$(value even depth_mean_um)"
expect even-report-shows-no-surface [ -z "$(grep 'The surface before treatment' even/report.html)" ]

percuta run wrinkle.yaml "${quick[@]}" -o column --fidelity column
expect column-runs exits 0
expect column-meets-furrows-too less "$(value column depth_mean_um)" "$(value even depth_mean_um)"

scar=(--set skin.condition.kind=acne-scar --set 'skin.condition.recess=300 um'
  --set 'skin.condition.width=2 mm' --set skin.condition.profile=rolling)
sed 's/condition: .*/condition: {kind: none}/' wrinkle.yaml > scar.yaml
percuta run scar.yaml "${quick[@]}" "${scar[@]}" -o scar
expect scar-runs exits 0
expect scar-is-deep [ "$(value scar depth_um)" = 300 ]
for kind in surgical-scar striae; do
  percuta check scar.yaml --set skin.condition.kind=$kind --set 'skin.condition.recess=-100 um'
  expect "raised-$kind-is-possible" exits 0
done
cat > pit.yaml << 'EOF'
percuta: 1
person: {age: 45 years, sex: female}
skin: {site: cheek, condition: {kind: acne-scar, recess: 600 um}}
device: {preset: roller-home-0.25mm}
course: {sessions: 1, follow_up: 1 day}
model: {fidelity: column}
EOF
percuta run pit.yaml -o pit
expect pit-runs exits 0
expect pit-is-too-deep grep -q 'in the middle of the atrophic acne scar: its floor lies .* um below' pit/summary.json
expect pit-blames-no-force [ -z "$(grep no_puncture pit/summary.json)" ]
percuta run pit.yaml -o flat --set skin.condition.recess='0 um' --set device.preset=stamp-540-0.5mm \
  --set 'session.force=0.1 N'
expect too-weak-hand-is-blamed grep -q 'is below the .* mN at which the skin opens' flat/summary.json
percuta cite scar
expect the-scar-is-cited says '@article{fabbrocini2010'
percuta check wrinkle.yaml --set skin.condition.profile=boxcar
expect wrinkles-have-no-profile complains 'only with acne-scar'
exit $failed
