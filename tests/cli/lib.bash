# For the scripts beside this file: running the program and reporting cases.
#   PERCUTA  the program; PERCUTA_ROOT  the project
: "${PERCUTA:?names the program}"
root=${PERCUTA_ROOT:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

# percuta ARGUMENTS…: leaves standard output in $out, standard error in $err, the exit code in $code.
percuta() {
  "$PERCUTA" "$@" > "$scratch/stdout" 2> "$scratch/stderr"
  code=$?
  out=$(< "$scratch/stdout")
  err=$(< "$scratch/stderr")
}

# expect NAME CONDITION…: the case holds when the condition (a command) succeeds.
expect() {
  local name=$1
  shift
  if "$@"; then
    echo "ok $name"
  else
    echo "not ok $name: $* (exit code $code; said: ${err:0:300})"
    failed=1
  fi
}

says() { grep -qF -- "$1" <<< "$out"; }
complains() { [ "$code" = 2 ] && grep -qF -- "$1" <<< "$err" && [ -z "$out" ]; }
exits() { [ "$code" = "$1" ]; }
