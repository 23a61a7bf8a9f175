#!/usr/bin/env bash
# Every symbol that src/<room>/.../<file>.c exports begins with percuta_<room>_<file>_, or with
# percuta_<room>_ where room and file have one name (constants: the same in capitals), so that a name
# says where it lives. Main programs, the engine's entry points, and what include/percuta/percuta.h
# declares are the exceptions.
set -u
cd "$PERCUTA_BUILD" || exit 1
bad=0
count=0
declared=$(tr '\n' ' ' < "$PERCUTA_ROOT/include/percuta/percuta.h" |
  grep -oE 'PERCUTA_PUBLIC [^(;]*\(' | grep -oE 'percuta_[a-z_]+\(' | tr -d '(')
while IFS= read -r object; do
  source=${object#*.dir/src/}
  [ -e "$PERCUTA_ROOT/src/${source%.o}" ] || continue # left over from a file that is no more
  count=$((count + 1))
  room=${source%%/*}
  file=$(basename "$source" .c.o)
  stem=percuta_${room}_$file
  [ "$room" = "$file" ] && stem=percuta_$room
  while read -r symbol; do
    case ${symbol,,} in
      "$stem" | "${stem}_"*) ;;
      *)
        [ "$room" = library ] && grep -qx "$symbol" <<< "$declared" && continue
        echo "src/${source%.o} exports $symbol"
        bad=$((bad + 1))
        ;;
    esac
  done < <(nm --defined-only --extern-only --format=just-symbols "$object" |
    grep -vE '^(main|percuta_engine_run|percuta_engine_study|percuta_engine_validate|__(asan|odr_asan|ubsan|gcov).*)$')
done < <(find CMakeFiles -path '*.dir/src/*.c.o')
if [ "$bad" = 0 ] && [ "$count" -gt 0 ]; then
  echo "ok exported symbols carry the names of their room and file ($count objects)"
else
  echo "not ok exported symbols carry the names of their room and file ($bad of them do not; $count objects)"
fi
