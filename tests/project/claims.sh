#!/usr/bin/env bash
# The table of claims in README.md is what its tool writes from the data.
set -u
cd "$PERCUTA_ROOT" || exit 1
if /usr/bin/python3 tools/claims.py --check; then
  echo "ok the README's claims are those of the data"
else
  echo "not ok the README's claims are those of the data"
fi
