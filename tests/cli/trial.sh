#!/usr/bin/env bash
# percuta study, mode: trial: groups and pairs, visits, who leaves, files for statisticians, type I error; a
# trial is analysed anew without a run.
source "$(dirname "${BASH_SOURCE[0]}")/lib.bash"
cd "$scratch" || exit 1
cat > base.yaml << 'END'
percuta: 1
person: {age: 40 years, sex: female}
skin: {site: cheek}
device: {preset: pen-12-0.5mm}
session: {passes: [{direction: 0 deg}], force: 4 N, speed: 3 cm/s}
course: {sessions: 1, interval: 1 week, follow_up: 6 weeks}
END
cat > trial.yaml << 'END'
percuta: 1
mode: trial
title: Force
scenario: base.yaml
people: 8
population:
  person.age: {mean: 40 years, sd: 12 years, low: 18 years, high: 80 years}
  person.sex: {female: 70 %, male: 30 %}
arms:
  light: {session.force: 1 N}
  firm: {session.force: 6 N}
  twice: {session.force: 6 N, course.sessions: 2}
outcomes: [depth_mean_um]
trial:
  design: parallel
  endpoint: collagen_total_rel
  visits: [1 week, 4 weeks]
  group: 30
  responder: 1.01
  drop-out: 40 %
  noise: {instrument: 0.01}
  trials: 200
END
percuta study trial.yaml -o groups
expect a_trial_runs exits 0
check() { /usr/bin/python3 - "$@"; }
expect its_files_fit_each_other check << 'END'
import pandas as pd
adsl, adeff, effects = (pd.read_csv(f"groups/{name}.csv") for name in ("ADSL", "ADEFF", "trial"))
assert len(adsl) == 90 and adsl.USUBJID.is_unique and set(adsl.SEX) <= {"F", "M"}, adsl
assert list(adsl.groupby("TRT01P").size()) == [30, 30, 30]
last = adeff[adeff.ANL01FL == "Y"]
assert set(last.AVISITN) == {2} and last.USUBJID.is_unique
done = adsl.set_index("USUBJID").EOSSTT
assert (done[last.USUBJID] == "COMPLETED").all() and len(last) == (done == "COMPLETED").sum()
assert 0.2 < 1 - len(last) / 90 < 0.6, len(last)          # 40 % have left by then
first = adeff[adeff.AVISITN == 1]
assert len(last) < len(first) < 90                         # some of them by the first visit
seen = last.groupby("TRTP").AVAL.mean()
row = effects.set_index("arm").loc["firm"]
assert abs(row.estimate - (seen["firm"] - seen["light"])) < 1e-8, (row, seen)
assert row.low < row.estimate < row.high and row.observed_arm == (last.TRTP == "firm").sum()
null = effects.set_index("arm").loc["control twice"]
assert null.power_30 < 0.12 and 0 < null.power_30_error < 0.03, null
assert ((last.CRIT1FL == "Y") == (last.AVAL >= 1.01)).all()
END
expect visits_count_from_the_last_session check << 'END'
import pandas as pd
table = pd.read_csv("groups/table.csv")
days = table[table.outcome == "collagen_total_rel"].groupby("arm").time.unique()
assert sorted(days["light"]) == [7, 28], days
twice = sorted(days["twice"])  # whose second session waits, in some, until they have healed
assert twice[0] >= 14, days
assert len(twice) % 2 == 0 and [day + 21 for day in twice[:len(twice) // 2]] == twice[len(twice) // 2:], days
END
expect the_page_tells_of_it grep -q 'control twice: type I error' groups/report.html

# another analysis of the same rows
sed 's/parallel/split-face/; s/drop-out: 40 %/drop-out: 0 %/; /twice/d' trial.yaml > pairs.yaml
percuta study pairs.yaml -o pairs
expect pairs_are_analysed check << 'END'
import pandas as pd
adsl, adeff, effects = (pd.read_csv(f"pairs/{name}.csv") for name in ("ADSL", "ADEFF", "trial"))
assert len(adsl) == 30 and set(adsl.TRT01P) == {"light"} and set(adsl.TRT02P) == {"firm"}
last = adeff[adeff.ANL01FL == "Y"].pivot(index="USUBJID", columns="TRTP", values="AVAL")
row = effects.set_index("arm").loc["firm"]
assert len(last) == 30 and abs(row.estimate - (last.firm - last.light).mean()) < 1e-8
END
cp pairs/table.csv before.csv
sed -i 's/instrument: 0.01/instrument: 10/' pairs.yaml
percuta study pairs.yaml -o pairs
expect another_noise_needs_no_run says "holds all runs of this study already"
expect but_is_another_trial check << 'END'
import pandas as pd
assert pd.read_csv("pairs/trial.csv").set_index("arm").loc["firm"].power_30 < 0.2
END
expect its_rows_are_the_same cmp -s pairs/table.csv before.csv

# mistakes
sed 's/4 weeks\]/8 weeks]/' trial.yaml > late.yaml
percuta study late.yaml -o late
expect a_visit_after_the_course_is_told complains "has its last visit on day 56 of the arm \`light\`, whose course is followed for 42 days"
sed 's/design: parallel/design: paralel/; s/drop-out: 40 %/drop-out: 400 %/; s/endpoint: .*/endpoint: beauty/' trial.yaml > wrong.yaml
percuta study wrong.yaml -o wrong
expect a_wrong_design_is_told complains "trial.design: is no design of a trial"
expect a_wrong_endpoint_is_told complains "trial.endpoint: is no outcome"
expect a_wrong_share_is_told complains "trial.drop-out: is out of range"
sed 's/  endpoint/  control: none\n  endpoint/' trial.yaml > control.yaml
percuta study control.yaml -o control
expect a_wrong_control_is_told complains "trial.control: is no arm"
sed 's/mode: trial/mode: cohort/' trial.yaml > idle.yaml
percuta study idle.yaml -o idle
expect a_trial_in_another_mode_is_told complains "trial: has no effect in another mode"

# the example, with fewer people
cp "$root"/examples/{trial-acne-scar,acne-scar}.yaml .
sed -i 's/people: 200/people: 1/; s/trials: 1000/trials: 10/; s/course.sessions: \[3, 6\]/course.sessions: [3]/; s/4..8 weeks by 2/4..6 weeks by 2/' trial-acne-scar.yaml
percuta study trial-acne-scar.yaml -o example
expect the_example_runs exits 0
exit $failed
