#!/bin/bash
# Predicted against published: stages, files, the last line, and that the page in docs/ is up to date.
. "$(dirname "$0")/lib.bash"

last() { [ "$(tail -n 1 <<< "$out")" = "$1" ]; }
ends_in_total() { [[ "$(tail -n 1 <<< "$out")" =~ ^[0-9]+\ of\ [0-9]+\ within$ ]]; }

percuta validate --stage insertion --csv "$scratch/rows.csv"
expect one-stage exits 0
expect last-line ends_in_total
expect calibration-row says 'MECH-021'
expect miss-is-shown says 'outside'
expect reasons-are-shown says 'the diameter of the tips is not in the abstract'
expect no-other-stage [ "$(grep -c 'validation rows within' <<< "$out")" = 1 ]
expect validation-rows-lead [ "$(grep -nm1 'TRAN-125' <<< "$out" | cut -d: -f1)" -lt \
  "$(grep -nm1 'MECH-029' <<< "$out" | cut -d: -f1)" ]
expect calibration-rows-are-counted-apart [ "$(grep -E '^insertion,MECH-02[1278],' "$scratch/rows.csv" |
  grep -cE ',(within|outside),')" = 4 ]
header=$(head -n 1 "$scratch/rows.csv")
expect csv-header [ "${header%%,*}" = stage ]
expect csv-has-every-row [ "$(grep -c '^insertion,' "$scratch/rows.csv")" = \
  "$(($(wc -l < "$root/data/evidence/insertion.csv") - 1))" ]
within=$(grep -c ',within,' "$scratch/rows.csv")
compared=$((within + $(grep -c ',outside,' "$scratch/rows.csv")))
expect total-is-that-of-the-rows last "$within of $compared within"
percuta validate --stage closure --csv "$scratch/closure.csv"
expect identities-are-shown-not-counted [ "$(grep -E '^closure,TRAN-(260|171|172),' "$scratch/closure.csv" |
  grep -cE ',(within|outside),')" = 0 ]

percuta validate --stage device,bleeding
expect two-stages says 'bleeding: '
percuta validate --stage course
expect stage-without-rows says 'has no comparison with published rows yet'
expect stage-without-rows-exits-zero exits 0
expect nothing-to-count last '0 of 0 within'
percuta validate --stage insertoin
expect unknown-stage complains 'did you mean `insertion`?'
percuta validate --stage ,
expect empty-stage complains 'there is no stage'
percuta validate extra
expect no-arguments complains 'one argument too many'
percuta validate --stage device --csv "$scratch/missing/rows.csv"
expect unwritable-file exits 4

# All stages take two minutes, and ten times as long under sanitizers, which meet every predictor in
# unit.validate.
if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then
  exit $failed
fi
percuta validate --markdown "$scratch/page.md"
expect all-stages exits 0
expect needled-flux says 'TRAN-141'
expect numb-depth says 'TRAN-203'
expect pain-under-cream says 'MECH-018'
expect donors-not-known says 'the limit of detection is not in the abstract: TRAN-128'
for stage in skin device insertion bleeding clot healing barrier permeation closure numbing outcome course; do
  expect "stage-$stage" grep -q "^$stage: " <<< "$out"
done
expect page-is-up-to-date cmp "$scratch/page.md" "$root/docs/validation.md"

percuta validate --stage barrier --csv "$scratch/barrier.csv"
expect barrier says 'TRAN-019'
"$root/tools/permeability_plot.py" "$scratch/barrier.csv" "$scratch/permeability.svg"
expect plot-is-up-to-date cmp "$scratch/permeability.svg" "$root/docs/permeability.svg"
exit $failed
