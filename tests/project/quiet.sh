#!/usr/bin/env bash
# Only cli/ and engine/ print on their own, handle signals, end the program, or start and end MPI and
# PETSc: everything else can be called from another program.
set -u
cd "$PERCUTA_BUILD" || exit 1
loud='stdout|stderr|(__)?v?printf(_chk)?|puts|putchar|perror|_?_?exit|abort|signal|sigaction'
loud+='|MPI_(Init|Init_thread|Finalize|Abort)|Petsc(Initialize.*|Finalize)'
bad=0
seen=0
objects=()
while IFS= read -r object; do
  source=${object#*.dir/src/}
  [ -e "$PERCUTA_ROOT/src/${source%.o}" ] && objects+=("$object") # else left over from a file that is no more
done < <(find CMakeFiles -path '*.dir/src/*.c.o')
count=${#objects[@]}
while read -r object used; do # a line for every object that uses such a word
  source=${object#*.dir/src/}
  case $source in
    cli/* | engine/*) seen=$((seen + 1)) ;;
    *)
      echo "src/${source%.o} uses $used"
      bad=$((bad + 1))
      ;;
  esac
done < <(nm -A --undefined-only --format=posix "${objects[@]}" | sed 's/: / /; s/@[^ ]*//' |
  awk -v loud="^($loud)\$" '$2 ~ loud {used[$1] = used[$1] " " $2} END {for (o in used) print o used[o]}')
if [ "$bad" = 0 ] && [ "$count" -gt 0 ] && [ "$seen" -gt 3 ]; then
  echo "ok only cli/ and engine/ print, handle signals, exit, or start MPI ($count objects)"
else
  echo "not ok only cli/ and engine/ print, handle signals, exit, or start MPI ($bad others do; $count objects)"
fi
