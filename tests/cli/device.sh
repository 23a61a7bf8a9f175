#!/bin/bash
# percuta device: the sheet of every preset, of a user's own devices in every form, and what is said of wrong ones.
. "$(dirname "$0")/lib.bash"

# holds FILE EXPRESSION: the sheet `d` of that JSON file is whole (check.py) and the expression is true of it.
cat > "$scratch/check.py" <<'P'
import json, math, sys

def walk(node):
    """Every number is finite, every interval holds its value."""
    if isinstance(node, dict):
        if set(node) == {"value", "low", "high"} and node["low"] is not None:
            assert node["low"] <= node["value"] * (1 + 1e-9) or node in outside, node
            assert node["value"] <= node["high"] * (1 + 1e-9) or node in outside, node
        for child in node.values():
            walk(child)
    elif isinstance(node, list):
        for child in node:
            walk(child)
    elif isinstance(node, float):
        assert math.isfinite(node), node

def whole(d):
    walk(d)
    assert d["ok"] and d["level"] == 0.9 and d["mistakes"] == []
    places = d["sites"] + d["ages"] + d["forces"] + d["wear"] + [d["penetration"]]
    assert len(d["sites"]) == 31 and sum(s["as_conditions"] for s in d["sites"]) == 1
    for place in places:
        assert 0 <= place["entry"]["low"] <= place["entry"]["high"] <= 1, place
        deep, left = place["depth_in_place_um"], place["depth_left_open_um"]
        assert deep is None if place["entry"]["value"] == 0 else deep or place["entry"]["value"] < 0.5, place
        assert (deep is None) == (left is None) == (place["deepest_um"] is None), place
        if deep:
            assert deep["high"] <= place["deepest_um"] <= place["needle_length_um"] * (1 + 1e-9), place
            assert left["high"] <= deep["high"] and left["value"] <= deep["value"], place
    # the sheet's own conditions are the same wherever they stand
    for rows in (d["sites"], d["ages"], d["forces"], d["wear"]):
        base = [row for row in rows if row["as_conditions"]][0]
        assert base["depth_in_place_um"] == d["penetration"]["depth_in_place_um"], base
    if d["penetration"]["depth_in_place_um"]:
        depths = [f["depth_in_place_um"]["value"] for f in d["forces"] if f["depth_in_place_um"]]
        assert all(a <= b * (1 + 1e-9) for a, b in zip(depths, depths[1:])), depths
    passes = d["rate"]["passes"]
    for a, b in zip(passes, passes[1:]):
        assert a["passes"] < b["passes"], passes
        assert all(a["strikes_per_cm2"][k] < b["strikes_per_cm2"][k] for k in ("value", "high")), passes
        assert a["into_earlier_hole"] <= b["into_earlier_hole"], passes
    met = d["vessels"]["depths"]
    for a, b in zip(met, met[1:]):
        assert a["depth_um"] < b["depth_um"] and a["loops"] <= b["loops"], met
        assert a["cuts_a_vessel"]["value"] <= b["cuts_a_vessel"]["value"], met
    rows = [row for topic in d["evidence"].values() for row in topic["rows"]]
    assert len(rows) >= 8 and {row["verdict"] for row in rows} <= {"within", "outside", "not counted"}
    assert all(topic["rests_on"] for topic in d["evidence"].values())
    assert d["evidence"]["wear"]["rows"] == []

d = json.load(open(sys.argv[1], encoding="utf-8"))
# a row's value is that of one set of conditions; intervals of rows are those of validate
outside = [row["ours"] for topic in d["evidence"].values() for row in topic["rows"]]
whole(d)
sys.exit(0 if eval(sys.argv[2]) else 1)
P
holds() { /usr/bin/python3 "$scratch/check.py" "$1" "${2:-True}"; }
narrow() { /usr/bin/python3 -c 'import sys; sys.exit(any(len(line.rstrip("\n")) > 80 for line in open(sys.argv[1], encoding="utf-8")))' "$scratch/stdout"; }
no_nan() { ! grep -qiE '\b(nan|inf|-nan)\b' <<< "$out"; }

# Alone it lists what there is.
percuta device
expect alone-exits-zero exits 0
devices=$(awk '{print $1}' <<< "$out")
percuta list devices
expect alone-lists-devices [ "$devices" = "$(awk '{print $1}' <<< "$out")" ]

for device in $devices; do
  percuta device "$device" --json
  printf '%s\n' "$out" > "$scratch/$device.json"
  expect "$device-exits-zero" exits 0
  expect "$device-is-whole" holds "$scratch/$device.json" "d['scenario'] == '$device'"
done
depth_of() { /usr/bin/python3 -c "import json,sys; print(json.load(open(sys.argv[1]))['penetration']['depth_in_place_um']['value'])" "$scratch/$1.json"; }
grows() { local last=0 now; for device in "$@"; do now=$(depth_of "$device"); awk -v a="$last" -v b="$now" 'BEGIN {exit !(b > a)}' || return 1; last=$now; done; }
expect depth-grows-with-length grows roller-192-0.5mm roller-192-0.77mm roller-192-1.0mm roller-192-1.5mm roller-192-2.0mm
expect depth-of-pens-grows-too grows pen-12-0.5mm pen-14-1.5mm pen-14-2.5mm

# The same numbers as a run's of the same device, site and force.
cat > "$scratch/run.yaml" <<'E'
percuta: 1
person: {age: 45 years, sex: female}
skin: {site: cheek}
device: {preset: roller-192-1.5mm}
session: {repeat: 1, force: 5 N}
course: {sessions: 1, follow_up: 1 day}
model: {fidelity: patch, patch: {width: 20 mm, cell: 1 mm}}
E
percuta run "$scratch/run.yaml" -o "$scratch/run" -q
expect a-run-of-the-same exits 0
agrees() {
  /usr/bin/python3 - "$scratch/roller-192-1.5mm.json" "$scratch/run/summary.json" << 'P'
import json, sys
sheet, run = (json.load(open(path)) for path in sys.argv[1:])
base, session = sheet["penetration"], run["sessions"][0]
near = lambda a, b, error: abs(a - b) <= error * abs(b)
pairs = [(base["depth_in_place_um"]["low"], "depth_low_um"), (base["depth_in_place_um"]["high"], "depth_high_um"),
         (base["depth_left_open_um"]["low"], "residual_depth_low_um"),
         (base["depth_left_open_um"]["high"], "residual_depth_high_um"), (base["bearing_force_N"]["value"], "bearing_force_N"),
         (100 * base["entry"]["value"], "penetrates_draws_pct"),
         (sheet["rate"]["passes"][1]["strikes_per_cm2"]["value"], "strikes_expected_per_cm2")]
wrong = [(name, a, session[name]) for a, name in pairs if not near(a, session[name], 1e-6)]
# of its strikes the run has a mean: they scatter by 6 %, and there are 122
wrong += [name for a, name in [(base["depth_in_place_um"]["value"], "depth_mean_um"),
                               (base["depth_left_open_um"]["value"], "residual_depth_mean_um")]
          if not near(a, session[name], 0.02)]
print("# differ:" if wrong else "# agree", *wrong)
sys.exit(bool(wrong))
P
}
expect the-sheet-says-what-a-run-gives agrees

# Text, page and JSON of one.
percuta device roller-home-0.3mm --site forehead --age 60 --force 2 -o "$scratch/out"
expect text-exits-zero exits 0
expect text-is-80-wide narrow
expect text-has-no-nan no_nan
expect text-says-conditions says "forehead of a woman of 60 years"
expect text-says-force says "hand 2 N"
expect text-says-what-is-not-known says "Published rows: none."
expect text-says-no-wear says "No published measurement of how fast needles blunt"
expect json-is-written-too holds "$scratch/out/device.json" "d['conditions']['site'] == 'forehead' and d['conditions']['age_years'] == 60"
page=$scratch/out/device.html
expect the-page-is-there [ -s "$page" ]
expect the-page-has-no-hole [ "$(grep -c '{{' "$page")" = 0 ]
expect the-page-loads-nothing [ "$(grep -cE '<(script|link|img|iframe)|https?:' "$page")" = 0 ]
expect the-page-has-no-nan [ "$(grep -ciE '\b(nan|inf)\b' "$page")" = 0 ]

percuta device pen-14-2.5mm --set skin.support=plate
expect a-plate-stops-it says "stopped by the plate"
expect text-on-a-plate-is-80-wide narrow

# Devices of one's own, in each form.
cat > "$scratch/own.yaml" <<'E'
device:
  kind: pen
  needles: 12
  head_diameter: 6 mm
  frequency: 80 Hz
  needle: {length: 1 mm, base_diameter: 0.18 mm, tip_radius: 4 um, taper: 1 mm}
E
sed -n 's/^  //p' "$scratch/own.yaml" > "$scratch/bare.yaml"
cat > "$scratch/entry.yaml" <<'E'
name: of my own
kind: pen
needle_length: {value: 1 mm, status: assumed}
base_diameter: {value: 0.18 mm}
tip_radius: {value: 4 um}
taper: 1 mm
needles: {value: 12, status: cited, evidence: "MECH-014"}
head_diameter: {value: 6 mm}
frequency: {value: 80 Hz}
E
for form in own bare entry; do
  percuta device "$scratch/$form.yaml" --json
  printf '%s\n' "$out" > "$scratch/$form.json"
  expect "form-$form" holds "$scratch/$form.json"
  grep -v '"scenario"\|"known"\|^.\{0,1\}"name"' "$scratch/$form.json" > "$scratch/$form.numbers"
done
expect forms-agree cmp -s "$scratch/own.numbers" "$scratch/bare.numbers"
expect entry-agrees cmp -s "$scratch/own.numbers" "$scratch/entry.numbers"
percuta device - --json < "$scratch/own.yaml"
printf '%s\n' "$out" > "$scratch/stdin.json"
expect standard-input holds "$scratch/stdin.json" "d['scenario'] == '-'"
percuta device "$root/examples/first-session.yaml" --json
printf '%s\n' "$out" > "$scratch/scenario.json"
expect a-scenario-will-do holds "$scratch/scenario.json"

# One that does not get in: a sheet that says so.
sed 's/length: 1 mm/length: 0.06 mm/; s/taper: 1 mm/taper: 0.06 mm/; s/tip_radius: 4/tip_radius: 60/' \
  "$scratch/own.yaml" > "$scratch/blunt.yaml"
percuta device "$scratch/blunt.yaml"
expect blunt-exits-zero exits 0
expect blunt-says-so says "The needles do not get in"
expect blunt-has-no-nan no_nan
percuta device "$scratch/blunt.yaml" --json -o "$scratch/blunt"
expect blunt-is-whole holds "$scratch/blunt/device.json" "d['penetration']['depth_in_place_um'] is None"
expect blunt-has-a-page [ -s "$scratch/blunt/device.html" ]

# Wrong input: one clear message each, no half of a sheet, no folder.
wrong() { # name, what must be said, arguments…
  local name=$1 said=$2
  shift 2
  percuta device "$@" -o "$scratch/never"
  expect "$name" complains "$said"
  expect "$name-writes-nothing" [ ! -e "$scratch/never" ]
}
sed 's/length:/lenght:/' "$scratch/own.yaml" > "$scratch/wrong-key.yaml"
wrong wrong-key 'did you mean `device.needle.length`?' "$scratch/wrong-key.yaml"
wrong wrong-key-has-a-place "$scratch/wrong-key.yaml:6:12: device.needle.lenght: there is no such key" "$scratch/wrong-key.yaml"
grep -v frequency "$scratch/own.yaml" > "$scratch/missing.yaml"
wrong missing-key "device.frequency: is missing" "$scratch/missing.yaml"
sed 's/length: 1 mm/length: 900 mm/' "$scratch/own.yaml" > "$scratch/absurd.yaml"
wrong absurd-value 'device.needle.length: `900 mm` is too large; 0.05 to 5 mm' "$scratch/absurd.yaml"
sed 's/length: 1 mm/length: 1 N/' "$scratch/own.yaml" > "$scratch/unit.yaml"
wrong wrong-unit "is a force, not a length" "$scratch/unit.yaml"
sed 's/tip_radius/tip_radios/' "$scratch/entry.yaml" > "$scratch/entry-key.yaml"
wrong wrong-key-of-an-entry "entry-key.yaml:5:1: tip_radios: there is no such key" "$scratch/entry-key.yaml"
sed 's/needles: 12/needles: 2000/' "$scratch/own.yaml" > "$scratch/crowd.yaml"
wrong needles-that-overlap "the needles overlap on the head" "$scratch/crowd.yaml"
echo hello > "$scratch/word.yaml"
wrong no-map "this is not a device" "$scratch/word.yaml"
: > "$scratch/empty.yaml"
wrong empty-file "there is nothing in it" "$scratch/empty.yaml"
wrong unknown-device 'did you mean `pen-14-1.5mm`?' pen-14-1.5
wrong unknown-site '--site: skin.site: `chek` is not known' pen-14-1.5mm --site chek
wrong age-out-of-range '--age: person.age: `200 years` is too large' pen-14-1.5mm --age 200
wrong force-of-another-kind "is a length, not a force" pen-14-1.5mm --force 3mm
wrong no-device "a device is missing"
wrong two-devices "one argument too many" pen-14-1.5mm pen-12-0.5mm
wrong unknown-option 'did you mean `--site`?' pen-14-1.5mm --sitee cheek
percuta device pen-14-1.5mm --json --age 3
expect mistakes-as-json [ "$code" = 2 -a -z "$err" ]
expect mistakes-as-json-have-a-code says '"out-of-range"'
: > "$scratch/file"
percuta device pen-14-1.5mm -o "$scratch/file/below"
expect a-folder-that-cannot-be exits 4
expect a-folder-that-cannot-be-prints-nothing [ -z "$out" ]
exit $failed
