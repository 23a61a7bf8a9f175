#!/usr/bin/env bash
# Every part of the healing model can be switched off: its columns go, the run goes on, and what does not hang on it stays
# the same within the solver's tolerance. All off leaves the core.
set -u
. "$PERCUTA_ROOT/tools/mpi-env.sh"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scenario=$PERCUTA_ROOT/data/evidence/scenarios/healing.yaml

run() { # run NAME KEY=VALUE...
  local name=$1 sets=()
  shift
  for set in "$@"; do sets+=(--set "$set"); done
  "$PERCUTA" run "$scenario" -q --set course.follow_up='60 days' "${sets[@]}" -o "$work/$name" > "$work/$name.log" 2>&1
}
column() { # column NAME COLUMN
  awk -F, -v want="$2" 'NR == 1 { for (i = 1; i <= NF; ++i) if ($i == want) c = i; next } c { print $c }' "$work/$1/timeline.csv"
}
tell() { if [ "$1" = 0 ]; then echo "ok $2"; else echo "not ok $2"; fi; }

run all
tell $? "all parts on"
# part, one of its columns, a column that must not move with it
while read -r part own other; do
  run "$part" "healing.$part=off"
  tell $? "without $part"
  [ -n "$(column all "$own")" ] && [ -z "$(column "$part" "$own")" ]
  tell $? "without $part there is no $own"
  paste -d, <(column all "$other") <(column "$part" "$other") |
    awk -F, '{ d = $1 - $2; if (d < 0) d = -d; if (d > most) most = d; ++n } END { exit !(n > 20 && most < 5e-4) }'
  tell $? "without $part $other stays"
done << 'LIST'
elastin elastin_rel collagen_total_rel
epidermis epidermis_um collagen_total_rel
mechanics tightness_rel collagen_total_rel
collagen_types collagen_III_rel collagen_total_rel
capillaries capillary_rel clot_frac
crosslinks collagen_mature_rel clot_frac
trigger clot_frac tewl_rel
activation collagen_messenger_rel clot_frac
LIST
run latent healing.latent=off
tell $? "without latent"
early() { awk -F, 'NR == 1 { for (i = 1; i <= NF; ++i) if ($i == "signal_rel") c = i; next } $1 == 0 { s = $c } END { print s }' \
  "$work/$1/timeline.csv"; }
[ "$(early all)" = 0 ] && [ "$(early latent)" != 0 ]
tell $? "without latent platelets' signal is there at once"
run tension healing.tension=off
tell $? "without tension"
paste -d, <(column all collagen_total_rel) <(column tension collagen_total_rel) |
  awk -F, '{ if ($1 - $2 > most) most = $1 - $2 } END { exit !(most > 5e-4 && most < 0.1) }'
tell $? "without tension a gain passes sooner"
rows() { sed -n '/Beside published studies/,/<\/details>/p' "$work/$1/report.html"; }
run longer "course.follow_up=100 days"
[ "$(rows longer | grep -cE '<td>(within|<b>outside</b>)</td>')" -ge 10 ]
tell $? "the report sets the run beside published rows"
rows longer | grep -oE '<td>(calibration|validation)</td>' | head -n 1 | grep -q validation
tell $? "those that no value was set by come first"
rows longer | grep -q 'blood flow at 300' && ! rows all | grep -q 'blood flow at 300'
tell $? "a row of three months is not set beside two"
rows all | grep -q 'raised elastin mRNA' && ! rows elastin | grep -q 'raised elastin mRNA'
tell $? "a row that hangs on a part which is off is not shown"
off=()
for part in trigger latent activation collagen_types crosslinks tension elastin capillaries epidermis mechanics; do off+=("healing.$part=off"); done
run none "${off[@]}"
tell $? "the core alone"
[ "$(head -1 "$work/none/timeline.csv" | tr ',' '\n' | grep -cE 'elastin|messenger|capillary|epidermis|clot|III|mature|tight|neutro')" = 0 ]
tell $? "the core alone has the core's columns"
