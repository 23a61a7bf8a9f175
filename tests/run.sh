#!/usr/bin/env bash
# run.sh [quick]: the whole suite: build with gcc and run every test; build with clang; build with
# sanitizers and run the tests again, but those of the project, the golden numbers and those labelled
# `numerics` or `once`, which repeat much the same code at length. With `quick`: the tests labelled quick, of the
# gcc build alone. The last line is `N passed, N failed`, counted in cases.
# JOBS sets how much runs at once.
set -u
cd "$(dirname "$0")/.." || exit 1
jobs=${JOBS:-$(nproc)}
quick=0
if [ "${1:-}" = quick ]; then quick=1; fi
passed=0
failed=0

# step NAME COMMAND…: one case of the suite; its output is shown only when it fails.
step() {
  local name=$1 log code=0
  shift
  log=$(mktemp)
  "$@" > "$log" 2>&1 || code=1
  if [ "$code" = 0 ]; then
    passed=$((passed + 1))
    echo "ok $name"
  else
    failed=$((failed + 1))
    tail -n 60 "$log"
    echo "not ok $name"
  fi
  rm -f "$log"
  return "$code"
}

# build FOLDER PRESET: configures once; after that the build itself notices when it must be done again.
build() {
  { [ "$1/build.ninja" -nt CMakePresets.json ] || cmake --preset "$2"; } &&
    cmake --build --preset "$2" -j "$jobs"
}

# What the tests said that failed; without `quick` also every test as it ends.
told() {
  if [ "$quick" = 1 ]; then
    grep -vE '^ +Start |^ *[0-9]+/[0-9]+ Test .* Passed |^Internal ctest|^Test project|sec\*proc|^Label Time|^$'
  else
    cat
  fi
}

# suite BUILD_FOLDER CTEST_ARGUMENTS…: runs the tests of one build and adds up their cases.
suite() {
  local folder=$1 logs=() counts
  shift
  rm -rf "$folder/test-logs"
  ctest --test-dir "$folder" -j "$jobs" --output-on-failure "$@" | told
  while IFS= read -r name; do
    logs+=("$folder/test-logs/$name.log")
  done < <(ctest --test-dir "$folder" -N "$@" | sed -n 's/^ *Test *#[0-9]*: //p')
  counts=$(bash tests/count.sh "${logs[@]}")
  echo "$folder: ${counts% *} passed, ${counts#* } failed"
  passed=$((passed + ${counts% *}))
  failed=$((failed + ${counts#* }))
}

if [ "$quick" = 1 ]; then
  step build build build default && suite build -L '^quick$'
else
  echo "== gcc"
  step build-gcc build build default && suite build

  echo "== clang"
  step build-clang build build-clang clang

  echo "== address and undefined-behaviour sanitizers"
  if step build-asan build build-asan asan; then
    # Leak detection needs ptrace, which some containers forbid: ask a program that leaks nothing.
    if ASAN_OPTIONS=detect_leaks=1 build-asan/percuta --version > /dev/null 2>&1; then
      export PERCUTA_DETECT_LEAKS=1
    else
      echo "(leaks cannot be looked for on this machine)"
    fi
    suite build-asan -LE '^(project|golden|numerics|once)$'
  fi
fi

echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
