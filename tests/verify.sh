#!/usr/bin/env bash
# The verification suite in its long form (one more level of refinement than in `make check`): prints
# what was refined, the errors, the order seen and the order asked, and writes the same into
# docs/verification.md. Then makes thirty small mistakes in the stages and counts those that the tests
# notice (mutation.py). Fails when a test fails or fewer than 27 mistakes are noticed.
set -u
cd "$(dirname "$0")/.." || exit 1
build=${1:-build}
table=docs/verification.md
code=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

if ! { { [ "$build/build.ninja" -nt CMakePresets.json ] || cmake --preset default; } &&
  cmake --build --preset default -j "${JOBS:-$(nproc)}"; } > "$log" 2>&1; then
  tail -n 60 "$log"
  exit 1
fi
rm -rf "$build/test-logs"
if ! PERCUTA_VERIFY=long ctest --test-dir "$build" -L '^verification$' --output-on-failure > "$log" 2>&1; then
  tail -n 100 "$log"
  code=1
fi

# rows KIND: the lines of one kind that the tests printed, in the tests' order.
rows() {
  cat "$build"/test-logs/verification.*.log | sed -n "s/^$1 | //p"
}

{
  echo "<!-- Written by \`make verify\`; do not edit. -->"
  cat << 'TEXT'
# Verification

What `make verify` found: the numerics against known solutions, each grid twice as fine as the one
before it. `make check` runs the same with one level less. Every line is a test that fails when the
order seen between any two levels is below the order asked; the asked order in space is 1.9 of 2, in
time 2.8 of 3 (permeation: 1.8 of 2). Errors in space are relative (L2), those in time 2-norms over all cells and fields; of permeation the
largest relative one of the amounts. Depth
is graded in all grids (cells at the bottom are up to 2.4 times as high as at the top) but those of a slab
or a cylinder of one row.

- Known solutions: waves, Bessel modes, a laminate slab's slowest mode, Gaussians that spread and decay
  (images for walls and periodic sides), a disc in a closed cylinder (its Bessel series). Permeation: Crank's
  slabs under infinite and finite doses, a laminate by its Laplace transform, steady loss, a ring around a bore.
- Prescribed solutions, in all three fidelities: a source is added that makes a given course exact.
  *Layers*: diffusivity jumps fourfold; *crowding*: diffusivity grows with the fields; *chemotaxis*: two
  fields follow a third; *reaction*: an activator and its substrate; *core model*: the seven fields of
  repair, with chemotaxis raised until it counts.

## Order
| problem | fidelity | refined in | cells or steps | error | order seen | asked |
|---|---|---|---|---|---|---|
TEXT
  rows verify | sed 's/^/| /; s/$/ |/'
  cat << 'TEXT'

## Bounds
| problem | fidelity | quantity | found | at most |
|---|---|---|---|---|
TEXT
  rows bound | sed 's/^/| /; s/$/ |/'
  cat << 'TEXT'

## Fidelities
Gains in collagen one, six and twelve months after the last session, in per cent: the mean of eight patches of 4 mm with cells of
62.5 um, the standard error of its last, and what rings around the mean puncture give. The difference is the largest of the
three, of the gain, or of one point where it is less. Why a channel gives more after five sessions: [numerics](theory/numerics.md).

| skin | sessions | patch | error, % | fidelity | gains | difference, % | at most, % |
|---|---|---|---|---|---|---|---|
TEXT
  rows fidelity | sed 's/^/| /; s/$/ |/'
  cat << 'TEXT'

The same of one session on a scar (`examples/acne-scar.yaml`): of the whole tile, inside the scar, and around it. Four patches; the
tile's gain in rings is held within 10 % of theirs, its parts are not.

| fidelity | tile | inside | around |
|---|---|---|---|
TEXT
  rows scar | sed 's/^/| /; s/$/ |/'
  cat << 'TEXT'

## Error against cost
Errors are the largest of any row of the timeline, over the
column's largest value, beside the same course with a tolerance of 1e-6; rows within a step count like all others.

| course | fidelity | tolerance | steps | error of collagen | of the worst column | which |
|---|---|---|---|---|---|---|
TEXT
  rows cost | sed 's/^/| /; s/$/ |/'
} > "$log"

rows verify | awk -F ' \\| ' '
  BEGIN { form = "%-48s %-8s %-6s %-22s %-44s %-24s %s\n"
          printf form, "problem", "fidelity", "in", "cells or steps", "error", "order", "asked" }
  { printf form, $1, $2, $3, $4, $5, $6, $7 }'
echo
rows bound | awk -F ' \\| ' '
  BEGIN { form = "%-48s %-8s %-44s %-9s %s\n"; printf form, "problem", "fidelity", "quantity", "found", "at most" }
  { printf form, $1, $2, $3, $4, $5 }'
echo
if [ "$code" = 0 ]; then
  cp "$log" "$table"
  echo "All met. Table: $table"
else
  echo "Some tests failed; $table was left as it was."
fi
echo
tests/mutation.sh --seed 1 --count 30 --least 27 || code=1
exit "$code"
