#!/bin/bash
# compare: two results and many, what is wrong with folders, strangers' texts, and what it leaves alone.
. "$(dirname "$0")/lib.bash"
cd "$scratch" || exit 1
example=$root/examples/cheek-rejuvenation.yaml

make() { # folder options…
  local folder=$1
  shift
  "$PERCUTA" run "$example" --quiet --fidelity column --set "course.follow_up=6 months" -o "$folder" "$@" ||
    echo "not ok $folder is made"
}
# Only what is compared, so that forty copies are small.
thin() { # from to
  mkdir -p "$2" && cp "$1"/{summary.json,used_parameters.yaml,timeline.csv,report.html} "$2"
}
narrow() { python3 -c "import sys; sys.exit(any(len(l) > 80 for l in open('$scratch/stdout').read().splitlines()))"; }
lacks() { ! grep -qF -- "$1" "$2"; }
holds() { grep -qF -- "$1" "$2"; }
# What is said in a sentence, wherever its lines end.
tells() { grep -qF -- "$1" <<< "$(tr -s ' \n' ' ' <<< "$out")"; }
state() { find "$@" -printf '%p %s %T@\n' | sort; find "$@" -type f -print0 | sort -z | xargs -0 sha256sum; }

make long --set device.preset=roller-192-1.5mm
make "short one" --set device.preset=roller-192-0.5mm
make nested/once --set course.sessions=1
before=$(state long "short one" nested)

# Two and three runs, in any order.
percuta compare long "short one" -o page
expect two-runs exits 0
expect two-runs-fit-80-columns narrow
expect two-runs-differ-in-their-device says "device.preset"
expect two-runs-seed-noise-is-unknown says "Seed noise: not known"
expect two-runs-have-no-interval says "Interval of a difference: none"
expect two-runs-numerical-error says "numerical error"
expect no-run-is-stale lacks "(stale)" stdout
expect the-page-is-there [ -s page/compare.html ]
expect the-table-is-there [ -s page/compare.csv ]
expect no-draft-is-left [ "$(ls -A page | wc -l)" = 2 ]
expect the-first-line-of-the-table \
  [ "$(head -1 page/compare.csv)" = "run,outcome,time,since,value,unit,low,high,level,difference,pairs,mean_difference,difference_low,difference_high,seed_sd,numerical_error,seed,fidelity,status" ]
difference() { python3 - "$1" "$2" << 'PY'
import csv, sys
rows = {(r["run"], r["outcome"], r["time"], r["since"]): r for r in csv.DictReader(open("page/compare.csv"))}
mine, base = sys.argv[1:]
told = [(r, rows[(base, *key[1:])]) for key, r in rows.items() if key[0] == mine and (base, *key[1:]) in rows]
bad = [r for r, b in told if abs(float(r["difference"]) - (float(r["value"]) - float(b["value"]))) > 1e-6 * abs(float(r["value"]))]
error = [r for r, b in told if r["outcome"] == "collagen_total_rel" and r["time"] == "90"]
wanted = sum(0.05 * max(abs(float(rows[(n, "collagen_total_rel", "90", "first-session")]["value"]) - 1), 0.01) for n in (mine, base))
sys.exit(bool(bad) or len(told) < 40 or abs(float(error[0]["numerical_error"]) / wanted - 1) > 1e-6)
PY
}
expect differences-and-errors-add-up difference "short one" long
percuta compare "short one" long nested/once --baseline long/ -o page
expect three-runs exits 0
expect three-runs-fit-80-columns narrow
expect another-baseline says "long  (baseline)"
expect months-after-the-last-session says "after the last session"
expect the-other-way-round difference "short one" long
expect the-table-counts-from-the-last-session holds "last-session" page/compare.csv
percuta compare long "short one" --json -o page
expect json-is-json python3 -c "import json; d = json.load(open('stdout')); assert d['ok'] is True and d['runs'][1]['run'] == 'short one'; assert d['inputs'][0]['key'] == 'device.preset' and d['inputs'][0]['given']; assert len(d['outcomes']) > 80; assert d['inputs_equal'] > 300"

# Several seeds of two scenarios: noise, and an interval of the paired difference.
for seed in 1 2 3; do
  make "seed $seed a" --set model.seed=$seed --set course.sessions=1
  make "seed $seed b" --set model.seed=$seed --set course.sessions=1 \
    --set device.preset=roller-192-0.5mm
done
percuta compare seed* -o page
expect six-runs-fit-80-columns narrow
expect seed-noise-is-known tells "from 6 runs"
paired() { python3 - << 'PY'
import csv, statistics, sys
rows = [r for r in csv.DictReader(open("page/compare.csv")) if r["outcome"] == "collagen_total_rel" and r["time"] == "90"]
value = {r["run"]: float(r["value"]) for r in rows}
d = [value[f"seed {s} b"] - value[f"seed {s} a"] for s in (1, 2, 3)]
half = 4.303 * statistics.stdev(d) / 3 ** 0.5
b = next(r for r in rows if r["run"] == "seed 2 b")
sd = ((statistics.variance([value[f"seed {s} a"] for s in (1, 2, 3)]) + statistics.variance([value[f"seed {s} b"] for s in (1, 2, 3)])) / 2) ** 0.5
near = lambda text, wanted: abs(float(text) - wanted) < 1e-6
assert near(b["difference"], d[1]) and near(b["mean_difference"], statistics.mean(d)) and b["pairs"] == "3"
assert near(b["difference_low"], statistics.mean(d) - half) and near(b["difference_high"], statistics.mean(d) + half)
assert near(b["seed_sd"], sd) and sd > 0
PY
}
expect pairs-have-the-interval-of-their-seeds paired

# Nothing in the folders was touched, nor may anything be written there.
expect the-folders-are-untouched [ "$before" = "$(state long "short one" nested)" ]
percuta compare long nested/once -o long
expect not-into-a-compared-folder complains "where nothing is written"
percuta compare long nested/once -o long/deeper/still
expect nor-below-one complains "where nothing is written"
expect nothing-was-made [ ! -e long/deeper ]

# All that is wrong at once, and no output.
mkdir nothing half; cp long/used_parameters.yaml half; touch half/checkpoint.h5 file
thin long old; sed -i 's/"schema_version":[^,]*/"schema_version": 1/' old/summary.json
thin long computed; sed -i '4s/^[^,]*,/=1+1,/' computed/timeline.csv
thin long unended; rm unended/report.html
percuta compare long ./long/ nothing half old computed unended file missing --baseline other -o bad
expect all-are-wrong [ "$code" = 2 ]
for words in "long/: stands twice" "nothing: is no result" "half: is half a result" "old/summary.json: has schema_version 1" \
  "computed/timeline.csv: row 3" "unended: is half a result" "file: is not a folder" "missing: there is no such folder" \
  "other: is the baseline, but not among"; do
  expect "told-at-once-${words%%:*}" complains "$words"
done
expect each-is-told-once [ "$(grep -c . <<< "$err")" = 10 ]
expect nothing-is-written [ ! -e bad ]
percuta compare long missing --json -o bad
expect json-of-what-is-wrong [ "$code" = 2 ]
expect json-names-the-code says '"not-a-result"'
percuta compare long page -o bad
expect a-comparison-is-no-result complains "page: is no result but a comparison; leave it out of the list"
percuta compare long
expect one-is-too-few complains "an argument is missing"

# Strangers' texts.
mkdir -p strange
python3 - << 'PY'
import json, os, shutil
for name, title in (("=1+1", "</script><script>document.title='bad'</script>"), ("@ünï <b>", "<img src=x> \u202e\u001b[31m\"&{{data}}")):
    folder = os.path.join("strange", name)
    shutil.copytree("long", folder)
    path = os.path.join(folder, "summary.json")
    summary = json.load(open(path))
    summary["title"] = title
    json.dump(summary, open(path, "w"))
    path = os.path.join(folder, "used_parameters.yaml")
    text = open(path).read().replace("preset: roller-192-1.5mm #", "preset: roller-192-1.5mm # </script><i>" + name)
    open(path, "w").write(text)
PY
(cd strange && "$PERCUTA" compare "=1+1" "@ünï <b>" -o ../page > ../stdout 2> ../stderr); code=$?
expect strange-texts exits 0
expect no-script-is-closed lacks "</script><" page/compare.html
expect no-tag-is-opened lacks "<img" page/compare.html
expect no-label-is-a-tag lacks "<b>ünï" page/compare.html
expect no-part-is-named lacks "{{data}}{" page/compare.html
expect no-escape-reaches-the-terminal [ -z "$(grep -P '\x1b|\xe2\x80\xae' stdout)" ]
expect no-cell-is-a-formula python3 -c "import csv; assert not [c for r in csv.reader(open('page/compare.csv')) for c in r if c[:1] in '=@' and c]"
sed 's/"name":"[a-z_]*"/"name":"=cmd()"/; s/"name": *"pain_rel"/"name": "=cmd()"/' "strange/=1+1/summary.json" > t && mv t "strange/=1+1/summary.json"
percuta compare long "strange/=1+1" -o bad
expect names-of-outcomes-are-names complains "not of the form"

# Stale: other data, another program; and what is told in words.
cp -r "$PERCUTA_DATA" data && sed -i 's/value: 20 min/value: 21 min/; /window:/,/unit:/s/value: 20$/value: 21/' data/clot/*.yaml
percuta compare long nested/once --data data -o page
expect other-data-make-it-stale says "(stale)"
expect stale-says-why tells "parameters are not those of the present data"
thin long earlier; sed -i 's/"program_version":[^,]*/"program_version": "0.0.9"/; s/"scenario_hash":[^,]*/"scenario_hash": "0123456789abcdef"/' earlier/summary.json
percuta compare long earlier -o page
expect another-version-is-stale tells "made by Percuta 0.0.9"
expect versions-are-told tells "Different versions of Percuta: 0.1.0 (run 1); 0.0.9 (run 2)."
expect the-status-is-in-the-table holds ",stale" page/compare.csv
thin long cut; head -40 long/timeline.csv > cut/timeline.csv
percuta compare long cut -o page
expect a-run-that-stopped-early says "Stopped early: run 2"
expect lengths-are-told tells "Different lengths"
expect copies-are-told tells "The same run: runs 1 and 2"
"$PERCUTA" run "$example" --quiet --fidelity patch --set "model.patch.cell=400 um" --set course.sessions=1 --set "course.follow_up=30 days" -o patch
percuta compare long patch -o page
expect fidelities-are-told tells "Different fidelities: column (run 1); patch (run 2)."
make own --set "parameters.clot.window=10 min"
percuta compare long own -o page
expect a-changed-parameter-is-an-input says "parameters.clot.window"
expect and-not-stale lacks "(stale)" stdout

# Up to forty.
for i in $(seq 40); do thin long "many/arm $i"; done
percuta compare many/* -o page
expect forty-runs exits 0
expect forty-runs-fit-80-columns narrow
percuta compare many/* long -o bad
expect forty-one-are-too-many complains "too many"
exit $failed
