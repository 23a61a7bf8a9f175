#!/bin/bash
# check, explain, schema, --set and the pages made from the registry.
. "$(dirname "$0")/lib.bash"
first=$root/examples/first-session.yaml

count=0
for example in "$root"/examples/*.yaml "$root"/tests/validation/*.yaml; do
  case ${example##*/} in cohort-* | trial-*) continue ;; esac # studies
  percuta check "$example"
  expect "check-$(basename "$example" .yaml)" exits 0
  count=$((count + 1))
done
expect at-least-six-examples [ $count -ge 6 ]

percuta explain "$first"
expect explain-value grep -q 'value: 45$' <<< "$out"
expect explain-unit grep -q 'unit: "years"' <<< "$out"
expect explain-place grep -q 'source: ".*first-session.yaml:[0-9]*"' <<< "$out"
expect explain-preset grep -q 'source: "preset roller-192-1.5mm' <<< "$out"
expect explain-default grep -q 'source: "default: ' <<< "$out"
expect explain-parameter says 'koppenol.signal_diffusivity:'
expect explain-leaves-out-idle-keys [ -z "$(grep 'device.frequency' <<< "$out")" ]
printf '%s\n' "$out" > "$scratch/explained.yaml"
percuta explain "$first" --json
expect explain-json says '"koppenol.signal_diffusivity":'
percuta explain "$first" --set 'parameters.koppenol.signal_diffusivity=5 cm^2/day'
expect explain-outside-range says 'outside_range: true'
expect explain-overridden says 'origin: "--set:1"'

percuta explain "$first" --set session.force=6N --set session.force='7 N'
expect last-set-wins grep -q 'value: 7$' <<< "$out"
expect set-is-the-source says 'source: "--set:2"'
percuta explain "$first" --set 'session.passes=[{direction: 30 deg}]'
expect set-a-list says 'value: [{direction: 30, motion: "straight"}]'
percuta explain "$first" --set 'course={sessions: 2, interval: 1 week}'
expect set-a-group grep -q 'value: 7$' <<< "$out"
percuta explain "$first" --set=device.needle.length=1mm
expect set-with-equals says 'source: "--set:1"'
percuta check "$first" --set session.forse=3N
expect set-unknown-key complains '--set:1: session.forse: there is no such key'
percuta check "$first" --set session.force
expect set-without-value complains 'key.path=value'
percuta check "$first" --set 'session.passes=[{direction: 0 deg}'
expect set-broken-yaml complains '--set'
percuta check "$first" --set 'session.force=3 kg' --set 'session.speed=2'
expect set-two-mistakes complains '--set:2: session.speed'
percuta check "$first" --fidelity column
expect fidelity-column exits 0
percuta check "$first" --fidelity column --set model.patch.width='2 mm'
expect idle-key-on-the-command-line complains 'does nothing with model.fidelity column'
percuta check "$first" --fidelity colum
expect fidelity-misspelt complains 'did you mean `column`?'
expect fidelity-is-named-as-given complains '--fidelity: model.fidelity: '
percuta explain "$first" --fidelity column
expect fidelity-is-the-source says 'source: "--fidelity"'
percuta check "$first" --set session.force=3N --set model.fidelity=foo
expect fidelity-by-set-is-named-as-given complains '--set:2: model.fidelity: '

hash() { sed -n 's/.*hash //p' <<< "$out"; }
percuta check "$first"
plain=$(hash)
percuta check "$first" --set 'title=Another title'
expect title-keeps-the-hash [ "$(hash)" = "$plain" ]
percuta check "$first" --set 'session.force=5000 mN'
expect unit-keeps-the-hash [ "$(hash)" = "$plain" ]
percuta check "$first" --set 'session.force=5.1 N'
expect value-changes-the-hash [ "$(hash)" != "$plain" ]
percuta check "$first" --set 'parameters.koppenol.signal_diffusivity=3e-3 cm^2/day'
expect parameter-changes-the-hash [ "$(hash)" != "$plain" ]

# A user's own product and compound, as docs/products.md shows them.
mkdir -p "$scratch/own"
part() { # the number of the block of YAML in the page
  awk -v want="$1" '/^```$/ {inside = 0} inside && n == want; /^```yaml$/ {n++; inside = 1}' "$root/docs/products.md"
}
part 1 > "$scratch/own/my-serum.yaml"
part 2 > "$scratch/own/my-peptide.yaml"
part 3 > "$scratch/own/mine.yaml"
mine=$scratch/own/mine.yaml
percuta check "$mine"
expect own-product-of-the-docs exits 0
plain=$(hash)
percuta explain "$mine"
expect explain-list-of-topicals says 'value: [{product: "my-serum", after: 0.16666666666667, dose: 0, '
expect explain-units-of-a-list says '      dose: "mg/cm^2"'
expect explain-product says '  my-peptide:'
percuta check "$mine" --set 'session.topicals=[{product: my-serun}]'
expect product-misspelt complains '--set:1: session.topicals[0].product: `my-serun` is not known'
percuta check "$mine" --set 'session.numbing.product=lidocaine-prilocain-5%'
expect product-misspelt-hint complains 'did you mean `lidocaine-prilocaine-5%`?'
percuta check "$mine" --set session.numbing.product=my-serum
expect numbing-is-no-cream complains '--set:1: session.numbing.product: `my-serum` is not a numbing cream'
quick=(--fidelity column --set model.draws=0 --set 'course.follow_up=1 day' --set 'session.numbing.product=""' --quiet)
percuta run "$mine" "${quick[@]}" -o "$scratch/result"
expect own-product-runs exits 0
expect own-product-is-copied cmp "$scratch/own/my-serum.yaml" "$scratch/result/my-serum.yaml"
expect own-compound-is-copied cmp "$scratch/own/my-peptide.yaml" "$scratch/result/my-peptide.yaml"
expect nothing-else-is-copied [ "$(ls "$scratch/result" | grep -c 'yaml')" = 3 ]
percuta check "$mine" "${quick[@]:0:8}"
same=$(hash)
percuta check "$scratch/result/used_parameters.yaml"
expect used-parameters-find-own-products [ "$(hash)" = "$same" ]
percuta cite "$scratch/result"
expect cite-own-product says 'note = {the label}'
cp "$scratch/own/my-peptide.yaml" "$scratch/result/niacinamide.yaml"
percuta run "$mine" "${quick[@]}" -o "$scratch/result"
expect foreign-file-in-the-result-folder complains 'holds niacinamide.yaml, which used_parameters.yaml there would read'
sed -i 's/pKa: 7.6/pKa: 7.5/' "$scratch/own/my-peptide.yaml"
percuta check "$mine"
expect own-compound-changes-the-hash [ "$(hash)" != "$plain" ]
sed -i 's/kind: peptide .*/kind: potion/' "$scratch/own/my-peptide.yaml"
percuta check "$mine" --set session.force=0N
expect mistake-in-own-compound complains 'own/my-peptide.yaml:2:7: kind: is none of: small-molecule'
expect all-mistakes-at-once complains '--set:1: session.force: '
percuta run "$mine" "${quick[@]}" -o "$scratch/none"
expect run-says-it-before-anything complains 'own/my-peptide.yaml:2:7: kind: '
expect and-makes-no-folder [ ! -e "$scratch/none" ]
rm "$scratch/own/my-peptide.yaml"
percuta check "$mine"
expect missing-compound complains 'own/my-serum.yaml:5:16: compound: there is no compound `my-peptide`'

# Names of compounds are free for one's own product, and for the scenario.
mkdir -p "$scratch/names"
sed 's/my-peptide/caffeine/' "$scratch/own/my-serum.yaml" > "$scratch/names/caffeine.yaml"
sed 's/my-serum/caffeine/' "$mine" > "$scratch/names/lidocaine.yaml"
percuta check "$scratch/names/lidocaine.yaml"
expect names-of-compounds-are-free exits 0
percuta run "$scratch/names/lidocaine.yaml" "${quick[@]}" -o "$scratch/named"
expect such-a-product-runs exits 0
percuta check "$scratch/named/used_parameters.yaml"
expect and-runs-again exits 0
percuta check "$scratch/names/lidocaine.yaml" --set 'session.topicals=[{product: lidocaine}]'
expect scenario-is-no-product complains 'lidocaine.yaml beside the scenario is no product: it lacks `actives`'
sed -i 's/^dose: .*/dose: 2 mg\/cm^2/; s/^pH: .*/pH: {value: 15}/; s/^sterile/steril/' "$scratch/names/caffeine.yaml"
percuta check "$scratch/names/lidocaine.yaml"
expect own-file-unknown-key complains 'did you mean `sterile`?'
expect own-file-scalar complains 'dose: takes a map with a `value`; above 0 and up to 500 mg/cm^2; write `dose: {value: 2 mg/cm^2}`'
expect own-file-out-of-range complains 'pH: `15` is too large; 0 to 14'

percuta schema
expect schema-draft says 'https://json-schema.org/draft/2020-12/schema'
percuta schema --reference
expect reference-page-is-up-to-date diff -q "$scratch/stdout" "$root/docs/scenario.md"

percuta cite
expect cite-percuta says '@software{percuta'
expect cite-core says '10.1007/s10237-017-0881-y'
expect cite-names-a-work-of-the-skin says '@article{meng2022'
expect cite-names-a-work-of-a-device says '10.4103/0974-2077.58529'
expect cite-knows-every-source [ -z "$(grep '^@misc{source' <<< "$out")" ]
expect cite-skips-assumptions [ -z "$(grep -i 'assumed' <<< "$out")" ]
mkdir -p "$scratch/data"
cp -r "${PERCUTA_DATA:-$root/data}/." "$scratch/data"
sed -i 's/source: "Mahler 1983 /source: "Nobody 1900 \& others, /' "$scratch/data/skin/skin.yaml"
PERCUTA_DATA=$scratch/data percuta cite
expect cite-shows-an-unknown-source says 'note = {Nobody 1900 \& others, '
expect cite-drops-an-unused-work [ -z "$(grep '@article{mahler1983' <<< "$out")" ]
percuta cite "$scratch"
expect cite-no-result complains 'is not a result folder'

# Standard input.
"$PERCUTA" check - < "$root/examples/pen-face.yaml" > "$scratch/stdin" 2>&1
expect check-reads-standard-input grep -q '^standard input: no mistakes' "$scratch/stdin"
expect standard-input-is-the-same-scenario [ "$(head -1 "$scratch/stdin" | sed 's/.*hash//')" = \
  "$("$PERCUTA" check "$root/examples/pen-face.yaml" | head -1 | sed 's/.*hash//')" ]
printf 'percuta: 1\nperson: 5\n' | "$PERCUTA" check - > "$scratch/stdin" 2>&1
expect standard-input-has-places grep -q '^standard input:2:9: person: ' "$scratch/stdin"
(cd "$scratch" && "$PERCUTA" run - -q < "$root/examples/pen-face.yaml" > said 2>&1)
expect run-reads-standard-input [ -e "$scratch/out/stdin/summary.json" ]
OMPI_COMM_WORLD_SIZE=2 "$PERCUTA" check - < "$root/examples/pen-face.yaml" > "$scratch/stdin" 2>&1
expect several-processes-have-none grep -q 'cannot be read by several processes' "$scratch/stdin"

# Entries of lists, counted from 0.
first=$root/examples/first-session.yaml
percuta explain "$first" --set 'session.passes[1].direction=30 deg'
expect an-entry-is-set says '{direction: 0, motion: "straight"}, {direction: 30, motion: "straight"}, {direction: 45, motion: "straight"}'
percuta explain "$first" --set 'session.passes[4].direction=10 deg'
expect an-entry-is-added says '{direction: 135, motion: "straight"}, {direction: 10, motion: "straight"}'
percuta explain "$root/examples/pen-face.yaml" --set 'session.topicals[0]={product: niacinamide-5%}'
expect an-empty-list-is-filled says '{product: "niacinamide-5%"'
percuta check "$first" --set 'session.passes[6].direction=10 deg'
expect no-gap-in-a-list complains 'session.passes[6]: there is no such entry'
percuta check "$first" --set 'session.passes.direction=10 deg'
expect forgotten-index-is-told complains 'did you mean `session.passes[0].direction`'
percuta check "$first" --set 'session.passes[0].angle=10 deg'
expect unknown-leaf-is-told complains 'keys here: direction'
exit $failed
