#!/usr/bin/env bash
# drift.sh REF: what moved since a commit, in one Markdown table (also in build/drift/drift.md): every
# outcome and column of every example and every evidence row. The commit is built and run once, in
# build/drift/<commit>. QUICK=1 runs the examples at fidelity `column`. JOBS sets how much runs at once.
set -eu
cd "$(dirname "$0")/.."
ref=${1:-}
[ -n "$ref" ] || { echo "usage: make drift REF=<commit> [QUICK=1]" >&2; exit 2; }
commit=$(git rev-parse --verify --quiet "$ref^{commit}") || { echo "there is no commit $ref" >&2; exit 2; }
export JOBS=${JOBS:-$(nproc)}
kind=full quick=()
if [ "${QUICK:-0}" = 1 ]; then kind=quick quick=(--quick); fi
# shellcheck source=tools/mpi-env.sh
. tools/mpi-env.sh
there=build/drift/${commit:0:12}
log=build/drift/build.log
mkdir -p "$there"

# make_it TREE: configures and builds the program of a tree in TREE/build. What it opens for a run is
# the library; it was once called the engine.
make_it() {
  local opened=percuta_library
  cmake -S "$1" --preset default || return 1
  ninja -C "$1/build" -t query $opened > /dev/null 2>&1 || opened=percuta_engine
  cmake --build "$1/build" -j "$JOBS" --target percuta $opened percuta_web
}

if [ ! -e "$there/$kind/failures.json" ]; then
  if [ ! -e "$there/tree/CMakeLists.txt" ]; then
    mkdir -p "$there/tree"
    git archive "$commit" | tar -x -C "$there/tree"
    # The report's plotting library is fetched already when it is the same.
    if cmp -s web/report/package-lock.json "$there/tree/web/report/package-lock.json" &&
      [ -d web/report/node_modules ]; then
      cp -a web/report/node_modules "$there/tree/web/report/"
      find "$there/tree/web/report/node_modules" -exec touch {} +
    fi
  fi
  (cd "$there/tree" && make_it .) > "$log" 2>&1 || { tail -n 40 "$log" >&2; exit 1; }
  echo "Running $ref ($kind) …" >&2
  tools/drift.py collect "$PWD/$there/tree/build/percuta" "$PWD/$there/tree" "$there/$kind" "${quick[@]}"
fi
make_it . > "$log" 2>&1 || { tail -n 40 "$log" >&2; exit 1; }
echo "Running this tree ($kind) …" >&2
tools/drift.py collect "$PWD/build/percuta" "$PWD" build/drift/now "${quick[@]}"
tools/drift.py compare "$there/$kind" build/drift/now | tee build/drift/drift.md
