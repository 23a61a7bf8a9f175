#!/usr/bin/env bash
# Every symbol that src/<room>/.../<file>.c exports begins with percuta_<room>_<file>_, or with
# percuta_<room>_ where room and file have one name (constants: the same in capitals), so that a name
# says where it lives. Main programs, the engine's entry points, and what include/percuta/percuta.h
# declares are the exceptions.
set -u
cd "$PERCUTA_BUILD" || exit 1
# Objects of sources that are there: a build folder may hold some left over from files that are no more.
mapfile -t objects < <(find CMakeFiles -path '*.dir/src/*.c.o' | while IFS= read -r object; do
  source=${object#*.dir/}
  [ -e "$PERCUTA_ROOT/${source%.o}" ] && echo "$object"
done)
declared=$(tr '\n' ' ' < "$PERCUTA_ROOT/include/percuta/percuta.h" |
  grep -oE 'PERCUTA_PUBLIC [^(;]*\(' | grep -oE 'percuta_[a-z_]+\(' | tr -d '(' | tr '\n' ' ')
wrong=$(nm -A --defined-only --extern-only --format=posix "${objects[@]}" | awk -v declared=" $declared" '
  { path = $1; symbol = $2; sub(/:$/, "", path)
    sub(/.*\.dir\/src\//, "", path); sub(/\.o$/, "", path)
    if (symbol ~ /^(main|percuta_engine_(cohort|run|study|validate)|__(asan|odr_asan|ubsan|gcov).*)$/) next
    if (path ~ /^library\// && index(declared, " " symbol " ")) next
    n = split(path, part, "/"); room = part[1]; file = part[n]; sub(/\.c$/, "", file)
    stem = "percuta_" room (room == file ? "" : "_" file)
    low = tolower(symbol)
    if (low != stem && index(low, stem "_") != 1) print "src/" path " exports " symbol }')
count=${#objects[@]}
if [ -z "$wrong" ] && [ "$count" -gt 0 ]; then
  echo "ok exported symbols carry the names of their room and file ($count objects)"
else
  echo "$wrong"
  echo "not ok exported symbols carry the names of their room and file ($count objects)"
fi
