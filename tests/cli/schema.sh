#!/bin/bash
# The JSON Schema and the program give one answer: every example, five hundred drawn scenarios, and spellings of each kind.
. "$(dirname "$0")/lib.bash"
percuta schema
expect schema-is-printed exits 0
printf '%s' "$out" > "$scratch/schema.json"
/usr/bin/python3 "$root/tests/robustness/schema.py" "$PERCUTA" "$scratch" "$root" || failed=1
exit $failed
