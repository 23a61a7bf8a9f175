#!/usr/bin/env bash
# Every code of src/base/codes.def is in use, and every mistake in the sources begins with its code.
set -u
cd "$PERCUTA_ROOT" || exit 1
count=0
unused=""
while read -r code; do
  count=$((count + 1))
  grep -rqw --include='*.c' "PERCUTA_CODE_$code" src || unused="$unused $code"
done < <(sed -n 's/^PERCUTA_CODE(\([A-Z_]*\),.*/\1/p' src/base/codes.def)
if [ -z "$unused" ] && [ "$count" -gt 0 ]; then
  echo "ok all $count codes of mistakes are in use"
else
  echo "not ok codes of mistakes are not in use:$unused ($count codes)"
fi
begin='(\(struct percuta_mistake\)|struct percuta_mistake \w+ =)\s*\{'
count=$(grep -rPzo --include='*.c' "$begin" src | tr -d -c '\0' | wc -c)
bare=$(grep -rPzol --include='*.c' "$begin(?!\s*\.code = )" src)
if [ -z "$bare" ] && [ "$count" -gt 0 ]; then
  echo "ok all $count mistakes have a code"
else
  echo "not ok mistakes without a code in ${bare//$'\n'/, }"
fi
