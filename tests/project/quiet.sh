#!/usr/bin/env bash
# Only cli/ and engine/ print on their own, handle signals, end the program, or start and end MPI and
# PETSc: everything else can be called from another program.
set -u
cd "$PERCUTA_BUILD" || exit 1
loud='stdout|stderr|(__)?v?printf(_chk)?|puts|putchar|perror|_?_?exit|abort|signal|sigaction'
loud+='|MPI_(Init|Init_thread|Finalize|Abort)|Petsc(Initialize.*|Finalize)'
bad=0
seen=0
count=0
while IFS= read -r object; do
  source=${object#*.dir/src/}
  [ -e "$PERCUTA_ROOT/src/${source%.o}" ] || continue # left over from a file that is no more
  count=$((count + 1))
  used=$(nm --undefined-only --format=just-symbols "$object" | sed 's/@.*//' | grep -xE "$loud")
  [ -z "$used" ] && continue
  case $source in
    cli/* | engine/*) seen=$((seen + 1)) ;;
    *)
      echo "src/${source%.o} uses" $used
      bad=$((bad + 1))
      ;;
  esac
done < <(find CMakeFiles -path '*.dir/src/*.c.o')
if [ "$bad" = 0 ] && [ "$count" -gt 0 ] && [ "$seen" -gt 3 ]; then
  echo "ok only cli/ and engine/ print, handle signals, exit, or start MPI ($count objects)"
else
  echo "not ok only cli/ and engine/ print, handle signals, exit, or start MPI ($bad others do; $count objects)"
fi
