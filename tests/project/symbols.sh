#!/usr/bin/env bash
# Every symbol a file foo.c exports begins with percuta_foo_ (constants: PERCUTA_FOO_), so that a name
# says where it lives. Main programs and the engine's one entry point are the exceptions.
set -u
cd "$PERCUTA_BUILD" || exit 1
bad=0
count=0
while IFS= read -r object; do
  source=${object#*.dir/src/}
  [ -e "$PERCUTA_ROOT/src/${source%.o}" ] || continue # left over from a file that is no more
  count=$((count + 1))
  file=$(basename "$source" .c.o)
  while read -r symbol; do
    case ${symbol,,} in
      "percuta_$file" | "percuta_${file}_"*) ;;
      *)
        echo "src/${source%.o} exports $symbol"
        bad=$((bad + 1))
        ;;
    esac
  done < <(nm --defined-only --extern-only --format=just-symbols "$object" |
    grep -vE '^(main|percuta_engine_run|percuta_engine_study|percuta_engine_validate|__(asan|odr_asan|ubsan|gcov).*)$')
done < <(find CMakeFiles -path '*.dir/src/*.c.o')
if [ "$bad" = 0 ] && [ "$count" -gt 0 ]; then
  echo "ok exported symbols carry their file's name ($count objects)"
else
  echo "not ok exported symbols carry their file's name ($bad of them do not; $count objects)"
fi
