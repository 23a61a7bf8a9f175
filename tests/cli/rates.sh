#!/usr/bin/env bash
# The published rates are what the tool pools from the rows; the program lists and looks them up.
set -u
root=$PERCUTA_ROOT
python=/usr/bin/python3
if "$python" -c 'import scipy' 2>/dev/null; then
  if "$python" "$root/tools/pool_rates.py" --check; then
    echo "ok rates are what the tool pools"
  else
    echo "not ok rates are what the tool pools"
  fi
else
  echo "# without scipy the tool is not run"
fi
[ "$(grep -c '    rows: ' "$root/data/outcome/rates.yaml")" -gt 20 ] ||
  echo "not ok there are rates with rows"
missing=$(grep -h '    rows: ' "$root/data/outcome/rates.yaml" | grep -oE '(OUTC|HEAL)-[0-9]+' | sort -u |
  while read -r row; do grep -q "^$row," "$root/data/evidence/rates.csv" || echo "$row"; done)
if [ -z "$missing" ]; then
  echo "ok every rate has its rows"
else
  echo "not ok every rate has its rows: $missing"
fi
