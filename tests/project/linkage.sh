#!/usr/bin/env bash
# The program itself must start in milliseconds: it may not load PETSc, MPI or HDF5. The engine shows
# the world its entry points only.
set -u
if ! libraries=$(ldd "$PERCUTA"); then
  echo "not ok percuta can be inspected"
elif heavy=$(grep -E 'petsc|mpi|hdf5|hypre|scalapack' <<< "$libraries"); then
  echo "$heavy"
  echo "not ok percuta loads neither PETSc nor MPI nor HDF5"
else
  echo "ok percuta loads neither PETSc nor MPI nor HDF5"
fi

exported=$(nm -D --defined-only --format=just-symbols "$PERCUTA_BUILD/percuta_engine.so" |
  grep -vE '^(__odr_asan.*|_init|_fini|__bss_start|_edata|_end)$')
if [ "$(sort <<< "$exported")" = $'percuta_engine_run\npercuta_engine_study\npercuta_engine_validate' ]; then
  echo "ok the engine exports its two entry points only"
else
  echo "$exported"
  echo "not ok the engine exports its two entry points only"
fi

unresolved=$(ldd -r "$PERCUTA_BUILD/percuta_engine.so" 2>&1 | grep -E 'undefined symbol|not found|ldd:' |
  grep -vE '__(asan|ubsan)')
if [ -z "$unresolved" ]; then
  echo "ok the engine finds every symbol it needs"
else
  echo "$unresolved"
  echo "not ok the engine finds every symbol it needs"
fi

# The folder of the source tree, in which the build folder may lie, is named by no binary, except by
# those that sanitizers or coverage make name the files they report on.
if [ "${PERCUTA_SANITIZED:-0}" = 1 ] ||
  grep -q '^PERCUTA_COVERAGE:BOOL=ON' "$PERCUTA_BUILD/CMakeCache.txt"; then
  exit 0
fi
for binary in "$PERCUTA" "$PERCUTA_BUILD/percuta_engine.so"; do
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
