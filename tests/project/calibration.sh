#!/usr/bin/env bash
# Parameters that say they are calibrated have the values of the stored fit, and every fitted one says so.
set -u
cd "$PERCUTA_ROOT" || exit 1
bad=0
count=0
# holds RESULT: every value that the fit found is in the data, and said to be calibrated
holds() {
  local name value table entry used status
  while read -r name value; do
    count=$((count + 1))
    table=${name%%.*}
    entry=$(sed -n "/^  ${name#*.}:$/,/^  [a-z]/p" $(ls data/*/"$table.yaml" | grep -v ^data/fit/))
    used=$(sed -n 's/^    value: //p' <<< "$entry" | head -1)
    status=$(sed -n 's/^    status: //p' <<< "$entry" | head -1)
    if [ "$used" != "$value" ] || [ "$status" != calibrated ]; then
      echo "$name: fitted to $value; the data have $used, $status"
      bad=$((bad + 1))
    fi
  done < <(sed -nE 's/^  - \{name: (\S+), .* value: ([^,]+), low.*/\1 \2/p' "$1")
}
holds data/fit/numbing.result.yaml
[ "$(grep -c "^  - {name:" data/fit/numbing.yaml)" = "$count" ] || bad=$((bad + 1))
of_numbing=$count
holds data/fit/healing.result.yaml
count=$((count - of_numbing))
said=$(grep -l . data/healing/*.yaml | xargs grep -c "status: calibrated" | awk -F: '{n += $2} END {print n}')
listed=$(grep -c "^  - {name:" data/fit/healing.yaml)
[ "$said" = "$count" ] && [ "$listed" = "$count" ] || {
  echo "$listed parameters are to be fitted, $count were, $said are said to be"
  bad=$((bad + 1))
}
if [ "$bad" = 0 ] && [ "$count" -gt 0 ]; then
  echo "ok calibrated parameters are those of the stored fit ($count)"
else
  echo "not ok calibrated parameters are those of the stored fit ($bad of them are not)"
fi
if tools/merge_draws.py --check; then
  echo "ok joint draws are those of their lists"
else
  echo "not ok joint draws are those of their lists"
fi
