#!/usr/bin/env bash
# percuta study, sweep: the same rows whoever follows them and however often he is stopped; what fails
# is a row; what is wrong is said, all at once, where it stands.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
. "$root/tools/mpi-env.sh"
cd "$scratch" || exit 1

cat > base.yaml << 'END'
percuta: 1
person: {age: 40 years, sex: female}
skin: {site: cheek}
device: {preset: pen-12-0.5mm}
session: {passes: [{direction: 0 deg}], force: 4 N, speed: 3 cm/s}
course: {sessions: 1, follow_up: 2 weeks}
END

cat > grid.yaml << 'END'
percuta: 1
mode: sweep
scenario: base.yaml
vary:
  session.force: 3..5 N by 1
  person.age: [30 years, 60 years]
outcomes: [depth_mean_um, collagen_total_rel, closed_h]
times: [7 days, 2 weeks]
END
same() { cmp -s "$1/table.csv" "$2/table.csv"; }
count() { sqlite3 "$1/study.sqlite" "$2"; }
rows_are() { [ "$(count "$1" "$2")" = "$3" ]; }

percuta study grid.yaml -o whole
expect a_sweep_runs exits 0
expect a_row_for_every_run rows_are whole "SELECT count(*) FROM run WHERE status = 'ok'" 6
expect a_row_for_every_outcome_and_time rows_are whole "SELECT count(*) FROM outcome" 24
expect the_last_axis_is_the_fastest rows_are whole "SELECT name FROM arm WHERE arm = 2" "force=3 N, age=60 years"
expect columns_are_explained rows_are whole \
  "SELECT unit FROM \"column\" WHERE \"table\" = 'outcome' AND name = 'time'" d
expect the_table_is_long [ "$(head -1 whole/table.csv)" = run,person,arm,outcome,time,value,low,high,unit,status ]
expect the_table_has_all_rows [ "$(wc -l < whole/table.csv)" = 25 ]
expect a_package_describes_it grep -q '"path":.*"table.csv"' whole/datapackage.json

# one run by itself says the same
percuta run base.yaml --fidelity column --set session.force="5 N" --set person.age="60 years" -o one --quiet
expect a_run_alone_has_the_same_outcome python3 - << 'END'
import csv, json
alone = {o["name"]: o["value"] for o in json.load(open("one/summary.json"))["outcomes"]}
row = [r for r in csv.DictReader(open("whole/table.csv")) if r["run"] == "6" and r["outcome"] == "depth_mean_um"]
assert float(row[0]["value"]) == alone["depth_mean_um"], (row, alone["depth_mean_um"])
END

percuta study whole/used_study.yaml -o again --jobs 1
expect the_used_study_gives_the_same_on_one_process same whole again
timeout 300 mpiexec -n 2 "$PERCUTA" study grid.yaml -o ranks > /dev/null 2>&1
expect two_ranks_give_the_same same whole ranks
for part in 3 1 2; do percuta study grid.yaml -o parts --part $part/3; done
percuta study merge parts
expect parts_are_merged says "3 parts merged: 6 runs, of which 0 failed; 0 are missing"
expect parts_give_the_same same whole parts
percuta study merge parts/part-1-of-3 parts/part-3-of-3 -o some
expect missing_runs_are_told says "2 are missing"

percuta study grid.yaml -o whole
expect a_finished_study_says_so says "all runs of this study already"
expect and_that_is_no_mistake exits 0

# what is killed at any moment goes on, and ends as if nothing had been
sed 's/by 1/by 0.1/' grid.yaml > long.yaml
percuta study long.yaml -o long
for moment in 0.15 0.3 0.4 0.5 0.7; do
  "$PERCUTA" study long.yaml -o killed --resume --quiet > /dev/null 2>&1 &
  victim=$!
  sleep $moment
  kill -9 $victim 2> /dev/null
  wait $victim 2> /dev/null
done
done_before=$(count killed "SELECT count(*) FROM run")
percuta study long.yaml -o killed
if [ "$done_before" -lt 42 ]; then expect an_unfinished_study_is_not_overwritten exits 5; fi
percuta study long.yaml -o killed --resume
expect what_was_killed_ends exits 0
expect what_was_killed_is_the_same same long killed

# a process that dies takes one run with it, which is a row
"$PERCUTA" study long.yaml -o dead --jobs 2 --quiet > /dev/null 2>&1 &
parent=$!
for _ in $(seq 100); do
  child=$(pgrep -P $parent | head -1)
  [ -n "$child" ] && [ "$(count dead 'SELECT count(*) FROM run' 2> /dev/null || echo 0)" -gt 3 ] && break
  sleep 0.02
done
kill -9 "$child"
wait $parent
expect all_runs_are_there rows_are dead "SELECT count(*) FROM run" 42
expect the_dead_run_says_why rows_are dead \
  "SELECT count(*) FROM run WHERE status = 'failed' AND reason LIKE '%signal 9%'" 1
percuta study long.yaml -o dead --rerun failed
expect it_is_followed_once_more same long dead

# columns of the timeline are kept when they are asked for
sed 's/^outcomes:.*/&\ntimeline: [collagen_total_rel]/' grid.yaml > lines.yaml
percuta study lines.yaml -o lines --part 1/3
percuta study merge lines
expect a_timeline_is_kept [ "$(count lines "SELECT count(DISTINCT run) FROM timeline WHERE name = 'collagen_total_rel'")" = 2 ]
expect its_end_is_that_of_the_course rows_are lines \
  "SELECT max(t.value = o.value) FROM timeline t JOIN outcome o USING (run) WHERE o.outcome = 'collagen_total_rel' AND o.time = 14 AND t.time = 14 AND run = 1" 1
expect none_is_kept_unasked rows_are whole "SELECT count(*) FROM timeline" 0
sed 's/^outcomes:.*/timeline: [beauty]/' grid.yaml > beauty.yaml
percuta study beauty.yaml -o beauty
expect a_wrong_column_is_told complains "timeline: is no column of the timeline"

# out of its page
cp whole/report.html page.html
percuta study page.html -o page
expect a_page_brings_its_study same whole page
expect it_says_whether_it_still_holds says "The study of this page holds"
sed 's/"version":"[^"]*","hash":"[^"]*"/"version":"0.0.1","hash":"0"/' page.html > old.html
percuta study old.html -o page
expect an_older_page_is_told says "The page was made by Percuta 0.0.1"
printf '<html></html>' > empty.html
percuta study empty.html -o page
expect a_page_without_a_study_is_told complains "empty.html: holds no study"

# no room: what was written stays
(ulimit -f 150; "$PERCUTA" study long.yaml -o full > /dev/null 2> full.err; echo $? > full.code)
expect a_full_disk_is_an_error_of_writing [ "$(cat full.code)" = 4 ]
expect what_was_written_is_whole rows_are full "PRAGMA integrity_check" ok
percuta study long.yaml -o full --resume
expect and_the_rest_follows same long full

# of other versions and other studies
sqlite3 again/study.sqlite "UPDATE study SET value = '0.0.1' WHERE key = 'version'"
percuta study grid.yaml -o again --resume
expect another_version_is_refused exits 5
expect another_version_is_named grep -q "Percuta 0.0.1 has made" <<< "$err"
percuta study long.yaml -o whole --resume
expect another_study_is_refused grep -q "holds another study" <<< "$err"
percuta study long.yaml -o whole --force --json-progress
expect force_replaces_it same long whole
expect progress_is_json python3 -c "
import json, sys
last = [json.loads(line) for line in sys.argv[1].splitlines()][-1]
assert last['done'] == last['count'] == 42, last" "$out"

# mistakes, all at once
cat > wrong.yaml << 'END'
percuta: 1
mode: sweeep
scenario: base.yaml
vary:
  session.force: [3 N, 5 mm]
  device.needle.lenght: [1 mm]
outcome: [depth_mean_um]
END
percuta study wrong.yaml -o wrong
expect a_wrong_mode_is_told complains "wrong.yaml:2:7: mode: is no mode of a study"
expect an_unknown_key_is_told complains "wrong.yaml:7:1: outcome: there is no key \`outcome\` here"
sed -i 's/sweeep/sweep/; /^outcome/d' wrong.yaml
percuta study wrong.yaml -o wrong
expect a_wrong_value_is_told_in_its_place complains "wrong.yaml:5:24: session.force"
expect a_wrong_key_is_told_in_its_place complains "wrong.yaml:6:26: device.needle.lenght"
expect nothing_was_written [ ! -e wrong/study.sqlite ]
printf 'percuta: 1\nmode: sweep\nscenario: base.yaml\nvary: {session.force: 3..5 N}\n' > range.yaml
percuta study range.yaml -o range
expect a_range_needs_steps_or_a_sample complains "has a range without steps"

# files of rows, samples, the command line
printf 'session.force,person.age\n3 N,30 years\n4 N,50 years\n' > rows.csv
percuta sweep base.yaml --vary rows.csv -o rows
expect rows_of_a_file_are_arms rows_are rows "SELECT name FROM arm WHERE arm = 2" "force=4 N, age=50 years"
percuta study rows/used_study.yaml -o rows2
expect the_rows_are_kept_with_the_study same rows rows2
percuta sweep base.yaml --vary "session.force=2..6 N" --vary "person.sex=female,male" --sample 8 -o sample
expect a_sample_has_so_many_arms rows_are sample "SELECT count(*) FROM run" 8
expect each_part_is_met_once rows_are sample \
  "SELECT count(DISTINCT CAST((value - 2) * 2 AS INT)) FROM setting WHERE key = 'session.force'" 8
expect words_are_met_alike rows_are sample "SELECT count(*) FROM setting WHERE value = 'male'" 4
percuta sweep base.yaml -o none
expect nothing_varied_is_refused complains "--vary KEY=VALUES is missing"
percuta study slurm grid.yaml -o job
expect a_job_is_printed says "#SBATCH --array=1-1"

# people
cat > people.yaml << 'END'
percuta: 1
mode: cohort
scenario: base.yaml
people: 6
seed: 3
population:
  person.age: {mean: 40 years, sd: 12 years, low: 18 years, high: 80 years}
  person.sex: {female: 70 %, male: 30 %}
  person.phototype: {III: 50 %, IV: 30 %, V: 20 %}
include: {person.age: 30..60 years, person.phototype: [IV, V]}
arms:
  light: {session.force: 3 N}
  firm: {session.force: 5 N}
outcomes: [depth_mean_um, collagen_total_rel]
END
percuta study people.yaml -o people
expect a_cohort_runs rows_are people "SELECT count(*) FROM run" 12
expect only_the_included_are_there rows_are people \
  "SELECT count(*) FROM person WHERE key = 'person.phototype' AND value NOT IN ('IV', 'V') OR key = 'person.age' AND (value + 0 < 30 OR value + 0 > 60)" 0
expect people_differ rows_are people \
  "SELECT count(DISTINCT value) FROM person WHERE key = 'person.age'" 6
sed 's/people: 6/people: 3/' people.yaml > few.yaml
percuta study few.yaml -o few
head -n "$(wc -l < few/table.csv)" people/table.csv > first.csv
expect who_comes_first_does_not_change cmp -s few/table.csv first.csv
percuta study people.yaml -o few --resume
expect a_study_grows_by_people same people few
percuta study person 4 people
expect a_person_has_a_scenario exits 0
percuta run people/person-4.yaml -o fourth --quiet
expect he_heals_as_in_the_study python3 - << 'END'
import csv, json
alone = {o["name"]: o["value"] for o in json.load(open("fourth/summary.json"))["outcomes"]}
row = [r for r in csv.DictReader(open("people/table.csv"))
       if r["person"] == "4" and r["arm"] == "light" and r["outcome"] == "depth_mean_um"]
assert float(row[0]["value"]) == alone["depth_mean_um"], (row, alone["depth_mean_um"])
END
percuta study person 2 whole
expect a_sweep_has_no_people complains "has no people"

# runs that fail are rows: needles that taper over more than their length
cat > fails.yaml << 'END'
percuta: 1
mode: cohort
scenario: base.yaml
people: 3
set: {device.needle.taper: 0.2 mm}
population: {device.needle.taper: {low: 0.3 mm, high: 0.5 mm}}
arms:
  long: {device.needle.length: 0.5 mm}
  short: {device.needle.length: 0.25 mm}
outcomes: [depth_mean_um]
END
percuta study fails.yaml -o fails
expect some_failures_are_no_failure exits 0
expect failures_are_counted says "6 of 6 runs followed, of which 3 failed"
expect a_failure_says_why rows_are fails \
  "SELECT count(*) FROM run WHERE arm = 2 AND status = 'failed' AND reason LIKE 'device.needle.taper: %longer than the needle%'" 3
expect a_failure_is_a_row_of_the_table [ "$(grep -c ',short,,,,,,,"\?failed: device.needle.taper' fails/table.csv)" = 3 ]
expect the_page_shows_them grep -q 'every number is of the 3 others' fails/report.html
percuta study fails.yaml -o fails --rerun failed
expect they_are_followed_once_more says "3 of 3 runs followed, of which 3 failed"
expect nothing_but_failures_is_one exits 3

# the example, with fewer people
mkdir examples && cp "$root"/examples/{cohort-acne-scar,acne-scar}.yaml examples/
sed -i 's/people: 40/people: 2/' examples/cohort-acne-scar.yaml
percuta study examples/cohort-acne-scar.yaml -o example
expect the_example_runs rows_are example "SELECT count(*) FROM run WHERE status = 'ok'" 4
expect its_population_is_of_the_data rows_are example \
  "SELECT count(*) FROM person WHERE key = 'person.phototype' AND value IN ('IV', 'V')" 2
exit $failed
