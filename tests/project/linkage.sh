#!/usr/bin/env bash
# The program itself must start in milliseconds: it may not load PETSc, MPI or HDF5. The library
# shows the world what its header declares, and what the program calls.
set -u
if ! libraries=$(ldd "$PERCUTA"); then
  echo "not ok percuta can be inspected"
elif heavy=$(grep -E 'petsc|mpi|hdf5|hypre|scalapack' <<< "$libraries"); then
  echo "$heavy"
  echo "not ok percuta loads neither PETSc nor MPI nor HDF5"
else
  echo "ok percuta loads neither PETSc nor MPI nor HDF5"
fi

# Names in the public header, declared as PERCUTA_PUBLIC; and what the program itself calls.
declared=$(tr '\n' ' ' < "$PERCUTA_ROOT/include/percuta/percuta.h" |
  grep -oE 'PERCUTA_PUBLIC [^(;]*\(' | grep -oE 'percuta_[a-z_]+\(' | tr -d '(')
declared+=$'\npercuta_engine_cohort\npercuta_engine_run\npercuta_engine_study\npercuta_engine_validate'
exported=$(nm -D --defined-only --format=just-symbols "$PERCUTA_BUILD/libpercuta.so" |
  grep -vE '^(__odr_asan.*|_init|_fini|__bss_start|_edata|_end)$')
if difference=$(diff <(sort -u <<< "$declared") <(sort -u <<< "$exported")); then
  echo "ok the library exports what its header declares ($(wc -l <<< "$declared") names)"
else
  echo "$difference"
  echo "not ok the library exports what its header declares"
fi

unresolved=$(ldd -r "$PERCUTA_BUILD/libpercuta.so" 2>&1 | grep -E 'undefined symbol|not found|ldd:' |
  grep -vE '__(asan|ubsan)')
if [ -z "$unresolved" ]; then
  echo "ok the library finds every symbol it needs"
else
  echo "$unresolved"
  echo "not ok the library finds every symbol it needs"
fi

# The folder of the source tree, in which the build folder may lie, is named by no binary, except by
# those that sanitizers or coverage make name the files they report on.
if [ "${PERCUTA_SANITIZED:-0}" = 1 ] ||
  grep -q '^PERCUTA_COVERAGE:BOOL=ON' "$PERCUTA_BUILD/CMakeCache.txt"; then
  exit 0
fi
for binary in "$PERCUTA" "$PERCUTA_BUILD/libpercuta.so"; do
  name="$(basename "$binary") does not name the folder it was built in"
  if ! strings -a "$binary" > "$PERCUTA_BUILD/strings.txt"; then
    echo "not ok $name: it cannot be read"
  elif grep -m 5 -F -e "$PERCUTA_ROOT" -e "$PERCUTA_BUILD" "$PERCUTA_BUILD/strings.txt"; then
    echo "not ok $name"
  else
    echo "ok $name"
  fi
done
rm -f "$PERCUTA_BUILD/strings.txt"
