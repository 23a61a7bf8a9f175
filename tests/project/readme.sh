#!/usr/bin/env bash
# What the documents promise is there: the scenario printed in the README is valid, every example is,
# and every relative link leads somewhere.
set -u
cd "$PERCUTA_ROOT" || exit 1
scenario=$(mktemp --suffix=.yaml)
trap 'rm -f "$scenario"' EXIT

sed -n '/^```yaml$/,/^```$/p' README.md | grep -v '^```' > "$scenario"
for file in "$scenario" examples/*.yaml; do
  case $file in examples/cohort-* | examples/trial-*) continue ;; esac # studies
  case $file in
    examples/*) name="$file is a valid scenario" ;;
    *) name="the README's scenario is valid" ;;
  esac
  if "$PERCUTA" check "$file"; then echo "ok $name"; else echo "not ok $name"; fi
done

broken=0
while IFS=: read -r page link; do
  target=$(dirname "$page")/${link%%#*}
  if [ ! -e "$target" ]; then
    echo "$page: no such file: $link"
    broken=$((broken + 1))
  fi
done < <(find . -name '*.md' -not -path '*/node_modules/*' -not -path './build*' -print0 |
  xargs -0 grep -oHE '\]\([^)]+\)' | sed -E 's/\]\(([^)]*)\)/\1/' | grep -vE ':(https?:|#|mailto:)')
if [ "$broken" = 0 ]; then
  echo "ok links between documents lead somewhere"
else
  echo "not ok links between documents lead somewhere ($broken do not)"
fi

# counted NUMBER WHAT: the README gives this number of it.
counted() {
  if grep -qE "\b$1 $2" README.md; then echo "ok the README counts $1 $2"; else echo "not ok the README counts $1 $2"; fi
}
listed() { "$PERCUTA" list "$1" | grep -c '^[a-z]'; }
counted "$(listed sites)" sites
counted "$(listed compounds)" compounds
counted "$(listed products)" products
counted "$(find examples/protocols -name '*.yaml' | wc -l)" "published protocols"
