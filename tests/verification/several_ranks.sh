#!/usr/bin/env bash
# test_ranks.c on several processes.
set -u
log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=0
for ranks in 2 4; do
  if mpiexec -n $ranks "$PERCUTA_BUILD/tests/test_ranks" > "$log" 2>&1 &&
    [ "$(grep -c "$ranks ranks: rates the same" "$log")" = "$ranks" ]; then
    echo "ok rates and states of $ranks ranks are those of one"
  else
    cat "$log"
    echo "not ok rates and states of $ranks ranks are those of one"
    failed=1
  fi
done
exit $failed
