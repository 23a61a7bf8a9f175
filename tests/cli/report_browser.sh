#!/bin/bash
# Opens reports in headless Chromium and checks that their script runs without error and that every
# figure is there. REPORT names one report.html; without it two are made, of a column and of a patch,
# and the unit test's page with products on the skin is looked at, too.
set -u
if [ "${PERCUTA_SANITIZED:-0}" = 1 ]; then # the page is the same, and so is the browser
  echo "ok nothing-else-to-see-under-sanitizers"
  exit 0
fi
number=0
failed=0

tell() { # tell STATUS TEXT: one line per check
  number=$((number + 1))
  if [ "$1" -eq 0 ]; then
    echo "ok $number - $2"
  else
    echo "not ok $number - $2"
    failed=1
  fi
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
if [ -z "$browser" ]; then
  tell 1 "chromium is installed"
  exit 1
fi

# The page as it stands after its script has run; a plain page again if the browser was too busy.
render() { # render REPORT WIDTH OUTPUT
  local try
  for try in 1 2 3; do
    timeout 600 "$browser" --headless --no-sandbox --disable-gpu --no-first-run \
      --disable-background-networking --disable-component-update --disable-sync \
      --user-data-dir="$work/profile-$2-$try" --window-size="$2,2000" \
      --virtual-time-budget=8000 --dump-dom "file://$(realpath "$1")" >"$3" 2>"$work/browser.log"
    grep -q '</html>' "$3" && return 0
  done
  cat "$work/browser.log" >&2
  return 1
}

has() { # has PATTERN FILE TEXT
  grep -Eq -- "$1" "$2"
  tell $? "$3"
}

lacks() { # lacks PATTERN FILE TEXT
  ! grep -Eq -- "$1" "$2"
  tell $? "$3"
}

PRODUCTS=4   # plots of a cream and two serums, as in the first example
TIMELINES=13 # plots over time in web/report/report.js with one core of healing
FIELDS=6     # fields that are drawn then

check() { # check REPORT NAME WIDTH FIELDS PLOTS
  local page="$work/page.html" name="$2, $3 px wide" fields=$4 plots=$5
  render "$1" "$3" "$page"
  tell $? "$name: the browser renders it"
  local body figures present
  body=$(grep -oE '<body[^>]*>' "$page" | head -1)
  echo "$body" >"$work/body"
  has 'data-ready="true"' "$work/body" "$name: the script ran to its end"
  lacks 'data-error' "$work/body" "$name: no script error"
  figures=$(sed -n 's/.*data-figures="\([0-9]*\)".*/\1/p' "$work/body")
  present=$(grep -oE 'data-figure="[a-z0-9-]+"' "$page" | sort -u | wc -l)
  local all=$((1 + fields + plots))
  [ "${figures:-0}" -eq "$all" ] && [ "$present" -eq "$all" ]
  tell $? "$name: $all figures (map, $fields fields, $plots plots); ${figures:-0} counted, $present present"
  has '<circle class="(opened|reentered)"|<path class="held"' "$page" "$name: the map shows strikes"
  has '<div class="tissue"|class="curve"' "$page" "$name: fields are drawn"
  [ "$(grep -oE 'class="uplot ' "$page" | wc -l)" -eq "$plots" ]
  tell $? "$name: $plots plots are drawn"
  lacks '(NaN|undefined)[^a-zA-Z(]*</(span|text|td|p|strong)>' "$page" "$name: no empty numbers"
}

check_file() { # check_file REPORT NAME [FIELDS PLOTS]
  lacks '<link |@import|url\(["'"'"']?http|<(script|img|iframe)[^>]* src=' "$1" "$2: loads nothing"
  [ "$(wc -c <"$1")" -lt 3000000 ]
  tell $? "$2: smaller than 3 MB"
  has 'not medical advice' "$1" "$2: says that it is not medical advice"
  check "$1" "$2" 1200 "${3:-$FIELDS}" "${4:-$TIMELINES}"
  check "$1" "$2" 500 "${3:-$FIELDS}" "${4:-$TIMELINES}"
}

make_report() { # make_report NAME OPTIONS…
  local name=$1
  shift
  "$PERCUTA" run "$PERCUTA_ROOT/examples/first-session.yaml" -o "$work/$name" --quiet "$@" \
    >"$work/$name.log" 2>&1
  tell $? "$name: percuta run"
  [ -s "$work/$name/report.html" ] || cat "$work/$name.log"
}

if [ -n "${REPORT:-}" ]; then
  check_file "$REPORT" report
else
  make_report column --fidelity column
  check_file "$work/column/report.html" column "$FIELDS" $((TIMELINES + PRODUCTS))
  make_report patch --fidelity patch --set model.patch.cell='150 um'
  check_file "$work/patch/report.html" patch "$FIELDS" $((TIMELINES + PRODUCTS))
  # Both cores' figures but no closing, two serums of a compound each, a cream's depth and level.
  PERCUTA_KEEP_PAGE="$work/products.html" "$PERCUTA_BUILD/tests/test_report" >"$work/unit.log" 2>&1
  tell $? "products: the unit test writes a page"
  check_file "$work/products.html" products $((FIELDS + 2)) $((TIMELINES + 4))
fi
exit $failed
