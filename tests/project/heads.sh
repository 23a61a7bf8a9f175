#!/usr/bin/env bash
# Every C file of src/ opens with a comment that names a test that is there, every room has a README, and
# every source file, header, registry or script that comments and documents name is there.
set -u
cd "$PERCUTA_ROOT" || exit 1

# The comment at the head of a file; nothing where it does not open with one.
head_of() { awk 'NR == 1 && !/^\/\*/ {exit} {print} /\*\//{exit}' "$1"; }

bad=0
count=0
while IFS= read -r file; do
  count=$((count + 1))
  found=0
  while IFS= read -r test; do
    if [ -e "$test" ] || compgen -G "tests/*/$test" > /dev/null; then
      found=1
    else
      echo "$file: no such test: $test"
      bad=$((bad + 1))
    fi
  done < <(head_of "$file" | grep -oE 'tests/robustness|test_[a-z0-9_]+\.c|[a-z_]+\.sh')
  if [ $found = 0 ]; then
    echo "$file: its head names no test"
    bad=$((bad + 1))
  fi
done < <(find src -name '*.c')
if [ $bad = 0 ] && [ $count -gt 0 ]; then
  echo "ok every C file opens with the test that holds it ($count files)"
else
  echo "not ok every C file opens with the test that holds it ($bad do not; $count files)"
fi

bare=""
for room in src/*/; do
  [ -e "${room}README.md" ] || bare="$bare $room"
done
if [ -z "$bare" ]; then echo "ok every room has a README"; else echo "not ok rooms without a README:$bare"; fi

# Names with a star, a brace or an angle bracket stand for many.
gone=0
named=0
while IFS=: read -r page line name; do
  named=$((named + 1))
  while [[ $name == ../* ]]; do name=${name#../}; done
  for place in "$name" "src/$name" "tests/$name" "bench/$name" "$(dirname "$page")/$name" "include/$name"; do
    [ -e "$place" ] && continue 2
  done
  [[ $name != */* ]] && [ -n "$(find src tests bench tools include examples -name "$name" -print -quit)" ] && continue
  echo "$page:$line: no such file: $name"
  gone=$((gone + 1))
done < <(find . \( -name '*.md' -o -path './src/*' -name '*.[chd]*' -o -path './bench/*' -name '*.[ch]' \) \
  -not -name CHANGELOG.md -not -path '*/node_modules/*' -not -path './build*' -type f -printf '%P\0' |
  xargs -0 grep -HnoP '(?<![\w*<>{}%/.-])(\.\./)*([a-z0-9_]+/)*[a-z0-9_]+\.(c|h|def|sh|py)\b(?![(.])')
if [ $gone = 0 ] && [ $named -gt 100 ]; then
  echo "ok the files that comments and documents name are there ($named names)"
else
  echo "not ok the files that comments and documents name are there ($gone are not; $named names)"
fi
