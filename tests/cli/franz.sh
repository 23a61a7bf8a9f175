#!/bin/bash
# Skin in a diffusion cell: what is written, that it balances at every output, what a cell cannot hold.
. "$(dirname "$0")/lib.bash"

cat > "$scratch/cell.yaml" << 'END'
percuta: 1
person: {age: 45 years, sex: female}
skin: {site: abdomen, preparation: dermatomed, dermatomed_thickness: 400 um}
device: {preset: stamp-35-1.0mm}
franz_cell: {receptor: stirred, volume: 5 ml, area: 1 cm^2, sample_volume: 0.5 ml, sample_times: [1 h, 4 h, 8.5 h]}
session:
  topicals:
    - {product: niacinamide-5%, infinite: true, report_times: [1 h, 8.5 h, 24 h]}
    - {product: tranexamic-acid-5%, follow: 30 h, apply: 12 h}
model: {fidelity: column, permeation: channel}
END
percuta run "$scratch/cell.yaml" -o "$scratch/cell" --quiet
expect runs exits 0

# Every row: donor, layers, receptor, samples and what was washed off are what was applied.
balances() {
  awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { split("vehicle washed stratum_corneum viable_epidermis dermis subcutis blood receptor sampled", part, " "); sum = 0
      for (p in part) sum += $at[part[p] "_ug_per_cm2"]
      applied = $at["applied_ug_per_cm2"]; d = sum - applied
      if (d < 0) d = -d
      if (d > 2e-8 * applied) bad = 1 # nine digits are written
      rows++ } END { exit bad || rows < 80 }' "$scratch/$1/penetration.csv"
}
expect every-row-balances balances cell
small() { awk '/"balance_rel"/ { gsub(/[^0-9.e+-]/, "", $2); if ($2 + 0 > 1e-10) bad = 1; n++ } END { exit bad || n < 2 }' "$scratch/cell/summary.json"; }
expect balances-to-1e-10 small
expect samples-are-rows grep -q "^8.5,1," "$scratch/cell/penetration.csv"
expect times-are-told grep -q '"flux_rel"' "$scratch/cell/summary.json"
percuta compare "$scratch/cell" "$scratch/cell" -o "$scratch/compared"
expect is-not-compared complains "is of skin in a diffusion cell, which has no course to compare"
expect no-timeline [ ! -e "$scratch/cell/timeline.csv" ]
expect no-fields [ ! -e "$scratch/cell/fields.h5" ]
without() { ! grep -qE "\"($1)\"" "$scratch/cell/summary.json"; }
expect nothing-bleeds-or-heals without "clot|shed_ul_per_cm2|injured_pct|collagen_peak_rel|healed_d|course"
expect says-that-it-is-dead grep -q excised_skin "$scratch/cell/summary.json"
expect a-finished-one-is-known bash -c '"$0" run "$1" -o "$2" --resume 2>&1 | grep -q "nothing is left to do"' "$PERCUTA" "$scratch/cell.yaml" "$scratch/cell"

percuta run "$scratch/cell/used_parameters.yaml" -o "$scratch/again" --quiet
expect runs-again-as-used exits 0
expect runs-again-alike cmp -s "$scratch/cell/penetration.csv" "$scratch/again/penetration.csv"

percuta run "$scratch/cell.yaml" -o "$scratch/sink" --quiet --set franz_cell.receptor=sink \
  --set "session.topicals[0].apply=72 h" --set "session.topicals[0].follow=72 h" --set "session.topicals[0].occluded=true"
expect becomes-steady grep -q '"kp_cm_per_h"' "$scratch/sink/summary.json"
expect a-sink-balances balances sink
for piece in full-thickness epidermis; do
  percuta run "$scratch/cell.yaml" -o "$scratch/$piece" --quiet --set skin.preparation=$piece
  expect "$piece" exits 0
  expect "$piece-balances" balances "$piece"
done

percuta run "$scratch/cell.yaml" -o "$scratch/bad" --set "skin.dermatomed_thickness=60 um"
expect thinner-than-the-epidermis complains "no thicker than its epidermis"
percuta run "$scratch/cell.yaml" -o "$scratch/bad" --set "franz_cell.sample_volume=6 ml"
expect samples-beyond-the-receptor complains "more than the receptor holds"
percuta run "$scratch/cell.yaml" -o "$scratch/bad" --set "franz_cell.sample_times=[2 h, 1 h]"
expect times-that-go-back complains "is not later than the one before it"
percuta run "$scratch/cell.yaml" -o "$scratch/bad" --set "course.sessions=2"
expect dead-skin-has-no-course complains "does nothing with skin.preparation dermatomed"

# One's own points beside the curve; all that is wrong in their file is said at once.
printf 'time [min],amount [ug/cm^2],spread [ug/cm^2],place\n60,100,20,needled\n# later\n240,3,1,intact\n' > "$scratch/mine.csv"
sed 's/infinite: true,/infinite: true, measured: mine.csv,/' "$scratch/cell.yaml" > "$scratch/points.yaml"
percuta run "$scratch/points.yaml" -o "$scratch/points"
expect points-are-told says "niacinamide-5% beside mine.csv: 2 points, RMSE"
expect points-are-in-the-summary grep -q '"fold_error_rel"' "$scratch/points/summary.json"
expect points-are-in-the-report grep -q "Residuals" "$scratch/points/report.html"
expect points-are-kept cmp -s "$scratch/mine.csv" "$scratch/points/mine.csv"
printf 'time [h],amount [ug/cm^2]\n1,3\n30,4\n' > "$scratch/mine.csv"
percuta check "$scratch/points.yaml"
expect points-nobody-follows complains "mine.csv:3:1: measured: 30 h is beyond the time that \`niacinamide-5%\` is followed; up to 24 h"
printf 'time [h],amount [ug/cm^2],time [h],plase\n1,3,1,intact\n' > "$scratch/mine.csv"
percuta check "$scratch/points.yaml"
expect a-column-twice complains "mine.csv:1:27: measured: \`time [h]\` stands there twice"
expect a-column-misspelt complains "mine.csv:1:36: measured: \`plase\` is no column that is read here; time, amount, flux, spread, place; did you mean \`place\`?"
# What is asked for in vain: beyond the time followed, or beside an infinite dose.
ask() { percuta check "$scratch/cell.yaml" --set "session.topicals[$1].$2"; }
ask 0 "report_times=[1 h, 36 h]"
expect times-nobody-follows complains "36 h is beyond the time that \`niacinamide-5%\` is followed"
ask 1 "report_times=[1 h, 30 h]"
expect up-to-the-end exits 0
ask 0 "dose=5 mg/cm^2"
expect a-dose-of-what-is-infinite complains "does nothing beside \`infinite: true\`"
ask 1 "follow=10 h"
expect followed-shorter-than-it-is-on complains "10 h ends while it is on the skin; from 12 h"
percuta check "$scratch/cell.yaml" --set "franz_cell.sample_times=[1 h, 31 h]"
expect samples-nobody-follows complains "31 h is beyond the time that any product is followed; up to 30 h"
printf 'time,amount [mg],place\nx,1,intact\n1,-2,here\n1,2\n' > "$scratch/mine.csv"
percuta check "$scratch/points.yaml"
for wrong in "mine.csv:1:1: measured: \`time\` has no unit" "mine.csv:1:6: measured: \`1 mg\` is a mass" \
  "mine.csv:2:1: measured: \`x\` is not a number" "mine.csv:3:3: measured: \`-2\`" "mine.csv:3:6: measured: \`here\`" \
  "mine.csv:4:1: measured: has more or fewer cells"; do
  expect "says-${wrong:9:3}" complains "$wrong"
done
exit $failed
