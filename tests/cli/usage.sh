#!/bin/bash
# Commands, options and help.
. "$(dirname "$0")/lib.bash"
first=$root/examples/first-session.yaml

percuta
expect no-command complains 'a command is missing'
percuta --help
expect help-exits-zero exits 0
for word in run check explain list compare validate schema cite; do
  expect "help-names-$word" says "  $word"
done
percuta -h
expect short-help says 'Usage: percuta'
percuta help
expect help-command says 'Usage: percuta'
percuta help run
expect help-run says '--json-progress'
percuta run --help
expect run-help says '--json-progress'
percuta help rum
expect help-unknown complains 'did you mean `run`?'
percuta --version
version=$(sed -n 's/^project(percuta VERSION \([0-9.]*\).*/\1/p' "$root/CMakeLists.txt")
expect version-as-in-cmake [ "$out" = "percuta $version" ]

percuta chekc "$first"
expect unknown-command complains 'did you mean `check`?'
percuta plan "$first"
expect later-command-plan complains 'there is no command `plan`'
percuta check
expect missing-argument complains 'Usage: percuta check SCENARIO'
percuta check a.yaml b.yaml
expect one-argument-too-many complains '`b.yaml` is one argument too many'
percuta run "$first" --resum
expect unknown-option complains 'did you mean `--resume`?'
percuta check "$first" --resume
expect option-of-another-command complains 'there is no option `--resume`'
percuta run "$first" --output
expect option-without-value complains '--output needs a value'
percuta run "$first" --resume=yes
expect flag-with-value complains '--resume takes no value'
percuta run "$first" --quiet --json-progress
expect options-that-exclude complains 'exclude each other'
percuta check "$first" -- -ts_view
expect petsc-options-only-for-run complains 'there is no option `--`'

percuta list
expect list-needs-a-word complains 'Usage: percuta list'
percuta list planets
expect list-unknown complains 'sites, devices, conditions, compounds, products or outcomes'
for word in cheek volar-forearm abdomen shin; do
  percuta list sites
  expect "site-$word" says "$word"
done
for word in none photoaged acne-scar striae poor-healing; do
  percuta list conditions
  expect "condition-$word" says "$word"
done
percuta list devices
expect device-mf8 says 'roller-192-1.5mm'
percuta list compounds
for word in water lidocaine hyaluronic-acid-50kda; do
  expect "compound-$word" says "$word"
done
expect compound-with-size says '234.343 g/mol, log Kow 2.44'
percuta list products
expect product-with-kind says 'numbing cream, bought freely; LMX4; numbing, not sterile'
expect product-sterile says 'serum, sterile'
for word in lidocaine-prilocaine-5% ascorbic-acid-15%; do
  expect "product-$word" says "$word"
done

percuta sensitivity "$first" --trajectories 0
expect sensitivity-trajectories complains '--trajectories: `0` is not a whole number from 2 to 1000'
percuta sensitivity "$first" --span 2
expect sensitivity-span complains '--span: `2` is not a number above 0, at most 1'
percuta fit "$scratch/nosuch.yaml" -o "$scratch/fitted"
expect fit-without-a-list exits 4
expect fit-names-the-list grep -qF 'nosuch.yaml: cannot be read' <<< "$err"
cat > "$scratch/list.yaml" << 'END'
sead: 3
stage: healing
parameters:
  - {name: crosslinks.maturin, unit: 1/day, prior: 6.3e-4, low: 1e-4, high: 4e-3}
  - {name: crosslinks.loss, unit: 1/week, prior: 7.0e-4, low: 1e-4, high: 5e-3}
  - {name: crosslinks.loss, unit: 1/day, prior: 7.0e-4, low: 1e-4, high: 5e-3}
  - {name: crosslinks.maturing, unit: 1/day, prior: 6.3e-4, low: 1, high: 4e-3}
rows: [HEAL-129, HEAL-129,
  HEAL-9999]
END
percuta fit "$scratch/list.yaml" -o "$scratch/fitted"
for wrong in "1:1: sead: there is no such key; stage core" "4:12: crosslinks.maturin: is no parameter; did you mean \`crosslinks.maturing\`?" \
  "5:35: crosslinks.loss: is given in another unit than its data file; 1/day" "6:12: crosslinks.loss: is listed twice" \
  "7:5: crosslinks.maturing: needs numbers low" "8:18: HEAL-129: is listed twice" \
  "9:3: rows: is no row of this stage; calibration rows: HEAL-"; do
  expect "fit-says-${wrong%%: *}" complains "list.yaml:$wrong"
done
sed -i 's/healing/heeling/' "$scratch/list.yaml"
percuta fit "$scratch/list.yaml" -o "$scratch/fitted"
expect fit-names-the-stage complains "did you mean \`healing\`?"

if [ -w /dev/full ]; then
  "$PERCUTA" list sites > /dev/full 2> "$scratch/stderr"
  expect full-disk-is-noticed [ $? = 4 ]
fi
exit $failed
