#!/usr/bin/env bash
# test_permeation_patch.c on several processes.
set -u
log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=0
counts="2 3"
if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then counts=2; fi
for ranks in $counts; do
  if mpiexec -n $ranks "$PERCUTA_BUILD/tests/test_permeation_patch" > "$log" 2>&1 &&
    [ "$(grep -c "$ranks ranks: courses differ" "$log")" = "$ranks" ]; then
    echo "ok permeation of a patch on $ranks ranks is that of one"
  else
    cat "$log"
    echo "not ok permeation of a patch on $ranks ranks is that of one"
    failed=1
  fi
done
exit $failed
