#!/usr/bin/env bash
# The published rates are what the tool pools from the rows; the program lists and looks them up.
set -u
root=$PERCUTA_ROOT
python=/usr/bin/python3
if "$python" -c 'import scipy' 2>/dev/null; then
  "$python" "$root/tools/pool_rates.py" --check || exit 1
fi
missing=$(grep -h '    rows: ' "$root/data/outcome/rates.yaml" | grep -oE '(OUTC|HEAL)-[0-9]+' | sort -u |
  while read -r row; do grep -q "^$row," "$root/data/evidence/rates.csv" || echo "$row"; done)
[ -z "$missing" ] || { echo "rates without a row: $missing"; exit 1; }
