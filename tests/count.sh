#!/usr/bin/env bash
# count.sh LOG…: counts the cases in logs written by record.sh: cmocka's `[       OK ] name` and the
# shell tests' `ok name` / `not ok name`. A cmocka case that began and did not end well, a program
# that ended badly although all its cases are fine, one that was killed and one that reported no case
# count as one failure each. Names every failure, then prints `passed failed`; fails if any failed.
set -u
passed=0
failed=0

blame() {
  failed=$((failed + 1))
  echo "failed: $1" >&2
}

for log in "$@"; do
  name=$(basename "$log" .log)
  if [ ! -f "$log" ]; then
    blame "$name: did not run"
    continue
  fi
  before=$failed
  good=$(grep -acE '\[       OK \] |^ok ' "$log")
  while IFS= read -r case; do
    [ -n "$case" ] && blame "$name: $case"
  done < <(
    grep -aE '^not ok ' "$log" | sed 's/^not ok //'
    # every `[ RUN ]` without its `[ OK ]` or `[ SKIPPED ]`
    comm -23 <(grep -aoE '\[ RUN      \] .*' "$log" | sed 's/^\[ RUN      \] //' | sort) \
      <(grep -aoE '\[(       OK|  SKIPPED) \] .*' "$log" | sed -E 's/^\[[ A-Z]*\] //' | sort)
  )
  code=$(tail -n 1 "$log" | sed -n 's/^# exit //p')
  if [ -z "$code" ]; then
    blame "$name: was killed (time limit?)"
  elif [ "$code" != 0 ] && [ "$failed" = "$before" ]; then
    blame "$name: ended with exit code $code"
  elif [ "$good" = 0 ] && [ "$failed" = "$before" ]; then
    blame "$name: reported no case"
  fi
  passed=$((passed + good))
done

echo "$passed $failed"
[ "$failed" = 0 ]
