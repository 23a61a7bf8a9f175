#!/usr/bin/env bash
# The table of claims in README.md is what its tool writes from the data.
set -u
cd "$PERCUTA_ROOT" || exit 1
/usr/bin/python3 tools/claims.py --check
