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
