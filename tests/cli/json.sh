#!/bin/bash
# check --json and explain --json: one document on standard output, whatever happens; docs/errors.md.
. "$(dirname "$0")/lib.bash"
first=$root/examples/first-session.yaml

# holds NAME EXPRESSION: standard output is one JSON document, `d` in the expression, which is true.
holds() {
  [ -z "$err" ] && /usr/bin/python3 - "$scratch/stdout" "$1" <<'P'
import json, os, re, sys
d = json.load(open(sys.argv[1], encoding="utf-8"))
first = d["mistakes"][0] if d["mistakes"] else None
codes = [mistake["code"] for mistake in d["mistakes"]]
sys.exit(0 if eval(sys.argv[2]) else 1)
P
}

percuta check "$first"
hash=$(sed -n 's/.*hash //p' <<< "$out")
cells=$(sed -n 's/memory: \([0-9]*\) cells of .*/\1/p' <<< "$out")
each=$(sed -n 's/memory: .* cells of \([0-9]*\) bytes.*/\1/p' <<< "$out")
about=$(sed -n 's/.*about \([0-9]*\) MB.*/\1/p' <<< "$out")
more=$(sed -n 's/.*process \([0-9]*\) MB.*/\1/p' <<< "$out")
percuta check "$first" --json
expect check-exit-code exits 0
expect check-is-of-this-scenario holds "d['scenario'] == '$first' and d['ok'] is True and d['status'] == 'done'"
expect check-hash holds "d['hash'] == '$hash'"
expect check-memory holds "d['memory']['cells'] == $cells and d['memory']['bytes_per_cell'] == $each"
expect check-memory-in-all holds "round(d['memory']['bytes'] / 1e6) == $about"
expect check-memory-of-processes holds "round(d['memory']['bytes_more_per_process'] / 1e6) == $more"
expect check-no-mistakes holds "d['mistakes'] == [] and d['count'] == 0"

percuta check "$first" --json --set session.force=3mm --set session.forse=3N
expect mistakes-exit-code exits 2
expect mistakes holds "d['ok'] is False and d['count'] == 2 and codes == ['wrong-dimension', 'unknown-key']"
expect mistakes-leave-the-rest-unknown holds "d['hash'] is None and d['memory'] is None"
expect mistake-members holds "list(first) == ['code', 'file', 'line', 'column', 'key', 'given', 'allowed', 'what', 'hint']"
expect mistake-place holds "first['file'] == '--set' and first['line'] == 1 and first['column'] is None"
expect mistake-given holds "first['key'] == 'session.force' and first['given'] == '3mm'"
expect mistake-allowed holds "first['allowed'] == '0.1 to 100 N' and first['hint'] is None"
expect mistake-of-a-key holds "d['mistakes'][1]['given'] == 'session.forse'"

percuta check "$scratch/nowhere.yaml" --json
expect missing-file exits 4
expect missing-file-code holds "codes == ['unreadable-file'] and d['status'] == 'input or output failed'"
percuta check "$first" --json --set session.force
expect set-without-value holds "codes == ['bad-form'] and first['given'] == 'session.force'"
printf 'percuta: 1\ntitle: "a\001b"\n' > "$scratch/control.yaml"
percuta check "$scratch/control.yaml" --json
expect control-character holds "codes == ['bad-character'] and first['line'] == 2"
: > "$scratch/empty.yaml"
percuta check "$scratch/empty.yaml" --json
expect empty-file holds "codes == ['empty']"
for i in $(seq 1 60); do echo "key$i: $i"; done > "$scratch/many.yaml"
percuta check "$scratch/many.yaml" --json
expect many-are-counted holds "d['count'] > len(d['mistakes']) == 50"
odd=$scratch/$'quote" \\ \x1b[2J \xff.yaml'
printf 'percuta: 2\ntitle: "tab\\t\\"quoted\\""\nperson: {sex: "a \\"b\\"\\nc"}\n' > "$odd"
percuta check "$odd" --json
expect odd-path holds "d['scenario'].endswith('quote\" \\\\ \\\\x1B[2J \\\\xFF.yaml') and first['file'] == d['scenario']"
expect odd-value holds "'a \"b\"\\\\nc' in [mistake['given'] for mistake in d['mistakes']]"

# Faults of the data are told apart from the user's.
cp -r "${PERCUTA_DATA:-$root/data}/." "$scratch/data"
sed -i '0,/unit: /s//unti: /' "$scratch/data/healing/koppenol.yaml"
PERCUTA_DATA=$scratch/data percuta check "$first" --json
expect fault-of-the-data holds "set(codes) == {'data-fault'}"
PERCUTA_DATA=$scratch/none percuta check "$first" --json
expect no-data holds "codes == ['no-data'] and 'PERCUTA_DATA' in first['hint']"

percuta explain "$first" --json --set session.force=3kg
expect explain-mistakes-exit-code exits 2
expect explain-mistakes holds "list(d) == ['scenario', 'ok', 'status', 'count', 'mistakes'] and d['scenario'] == '$first' and codes == ['wrong-dimension']"
percuta explain "$first" --json --set 'session.force=3000 mN' --set 'parameters.koppenol.signal_diffusivity=5 cm^2/day'
expect explain-exit-code exits 0
expect explain-is-right holds "d['ok'] is True and d['mistakes'] == [] and d['scenario'] == '$first'"
key() { holds "(lambda k: $2)(d['keys']['$1'])"; }
expect explain-quantity key session.force "k['value'] == 3 and k['unit'] == 'N' and k['written'] == '3 N' and k['type'] == 'quantity'"
expect explain-limits key session.force "k['low'] == 0.1 and k['high'] == 100"
expect explain-option key session.force "k['origin'] == '--set:1' and k['source'] is None and k['default'] is False"
expect explain-place key person.age "k['origin'].startswith('$first:') and k['default'] is False"
expect explain-default key model.tolerance "k['origin'] == 'default' and k['source'] == 'numerical choice' and k['default'] is True"
expect explain-choice key person.sex "k['choices'] == ['female', 'male', 'other'] and k['low'] is None"
expect explain-preset key device.needle.length "k['origin'].startswith('preset ') and k['source'] and k['default'] is False"
expect explain-name key skin.site "k['list'] == 'sites' and k['choices'] is None"
expect explain-list key session.passes "k['items']['direction']['unit'] == 'deg' and k['value'][0]['direction'] is not None"
expect explain-every-key-alike holds "all({'value', 'unit', 'origin', 'source', 'default', 'type', 'low', 'high', 'choices', 'list', 'meaning'} <= set(k) for k in d['keys'].values())"
expect explain-parameter holds "(lambda p: p['value'] == 5 and p['unit'] == 'cm^2/day' and p['overridden'] and p['outside_range'] and p['origin'] == '--set:2' and p['low'] < p['high'] < 5)(d['parameters']['koppenol.signal_diffusivity'])"
expect explain-every-parameter-alike holds "all(list(p) == ['value', 'unit', 'low', 'high', 'outside_range', 'status', 'source', 'population', 'meaning', 'origin', 'overridden'] for p in d['parameters'].values())"
percuta explain "$first"
cp "$scratch/stdout" "$scratch/explained.yaml"
percuta explain "$first" --json
expect explain-has-the-keys-of-the-text holds "set(d['keys']) | set(d['parameters']) | set().union(*(d[part] for part in ('site', 'condition', 'products', 'compounds'))) == set(re.findall(r'^  (\S+):$', open('$scratch/explained.yaml').read(), re.M))"

percuta schema --errors
expect errors-page-is-up-to-date diff -q "$scratch/stdout" "$root/docs/errors.md"
exit $failed
