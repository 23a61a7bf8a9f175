#!/bin/bash
# Commands that compute nothing load neither MPI nor PETSc. How long they take is shown, not judged.
. "$(dirname "$0")/lib.bash"
first=$root/examples/first-session.yaml

light() { ! grep -qiE 'libpetsc|libmpi|libopen-|libhdf5' "$scratch/libraries"; }

try() { # name arguments…
  local name=$1
  shift
  rm -f "$scratch"/libraries*
  LD_DEBUG=libs LD_DEBUG_OUTPUT="$scratch/libraries.log" "$PERCUTA" "$@" > /dev/null 2>&1
  cat "$scratch"/libraries.log* > "$scratch/libraries"
  expect "$name-loads-something" [ -s "$scratch/libraries" ]
  expect "$name-is-light" light
  local start end
  start=$(date +%s%N)
  "$PERCUTA" "$@" > /dev/null 2>&1
  end=$(date +%s%N)
  echo "# $name: $(((end - start) / 1000000)) ms"
}

try help --help
try version --version
try check check "$first"
try explain explain "$first"
try list list sites
try schema schema
try device device pen-12-0.5mm
try cite cite
for needle in 0.5 1.5; do
  "$PERCUTA" run "$root/examples/cheek-rejuvenation.yaml" --quiet --fidelity column --set device.preset=roller-192-${needle}mm \
    --set "course.follow_up=30 days" -o "$scratch/$needle"
done
try compare compare "$scratch/0.5" "$scratch/1.5" -o "$scratch/page"
exit $failed
