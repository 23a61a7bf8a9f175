#!/bin/bash
# Products over the weeks of a course: pauses around needlings, another product later, doses as one measures them out.
. "$(dirname "$0")/lib.bash"
cd "$scratch" || exit 1
cat > weekly.yaml <<'EOF'
percuta: 1
person: {age: 28 years, sex: male}
skin: {site: scalp}
device: {preset: roller-192-1.5mm}
session:
  topicals:
    - {product: minoxidil-5%, amount: 1 ml, area: 200 cm^2, times_per_day: 2, for: 12 weeks, not_within: 24 hours}
    - {product: platelet-rich-plasma, amount: 4 ml, from: 2}
course: {sessions: 4, interval: 1 week, only_if_healed: false, follow_up: 6 weeks}
model: {fidelity: column}
EOF

# of FOLDER NUMBER KEY: a key of the product of that number.
of() {
  /usr/bin/python3 -c 'import json, sys
print(json.load(open(sys.argv[1] + "/summary.json"))["penetration"][int(sys.argv[2])][sys.argv[3]])' "$@"
}

percuta run weekly.yaml --quiet -o weekly
expect weekly-runs exits 0
expect begins-after-the-pause [ "$(of weekly 0 start_h)" = 24 ]
expect ends-before-the-next [ "$(of weekly 0 applications)" = 10 -a "$(of weekly 0 followed_h)" = 120 ]
expect millilitres-over-an-area [ "$(of weekly 0 dose_mg_per_cm2)" = 5 ]
expect plasma-comes-with-the-second [ "$(of weekly 1 product)" = platelet-rich-plasma ]
expect what-is-not-modelled-is-said grep -qi 'platelets and what they release are not modelled' weekly/report.html
percuta run weekly/used_parameters.yaml --quiet -o again
expect used-parameters-repeat-it cmp -s weekly/penetration.csv again/penetration.csv
percuta run weekly.yaml --quiet --set 'course.sessions=1' --set 'session.topicals[1].from=1' -o once
expect without-a-next-session-to-the-end [ "$(of once 0 applications)" -gt 60 ]

percuta run weekly.yaml --quiet --set 'session.topicals=[]' --set session.injection.solution=tumescent \
  --set 'session.injection.dose=500 mg' --set 'session.injection.wait=30 min' -o numb
expect tumescent-runs exits 0
expect tumescent-within-its-limit [ -z "$(grep -o 'injection_dose' numb/summary.json)" ]
percuta run weekly.yaml --quiet --set 'session.topicals=[]' --set session.injection.solution=tumescent \
  --set 'session.injection.dose=3000 mg' --set 'session.injection.wait=5 min' -o numb --force
expect tumescent-beyond-it grep -q 'as a tumescent solution' numb/summary.json
expect too-early grep -q '"injection_time"' numb/summary.json
exit $failed
