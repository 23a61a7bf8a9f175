#!/usr/bin/env bash
# Every C file of src/ opens with a comment that names a test that is there, every room has a README, and
# every source file, header, registry or script that comments and documents name is there.
set -u
cd "$PERCUTA_ROOT" || exit 1

# "FILE TEST" for every test that the comment at the head of a file names; "FILE -" for every file.
heads() {
  find src -name '*.c' -print0 | xargs -0 awk '
    FNR == 1 {print FILENAME, "-"; head = /^\/\*/}
    head {
      for (rest = $0; match(rest, /tests\/robustness|test_[a-z0-9_]+\.c|[a-z_]+\.sh/);
           rest = substr(rest, RSTART + RLENGTH))
        print FILENAME, substr(rest, RSTART, RLENGTH)
    }
    /\*\// {head = 0}'
}

declare -A tested
bad=0
while read -r file test; do
  [ "$test" = - ] && tested[$file]=${tested[$file]:-0} && continue
  if [ -e "$test" ] || compgen -G "tests/*/$test" > /dev/null; then
    tested[$file]=1
  else
    echo "$file: no such test: $test"
    bad=$((bad + 1))
  fi
done < <(heads)
count=${#tested[@]}
for file in "${!tested[@]}"; do
  if [ "${tested[$file]}" = 0 ]; then
    echo "$file: its head names no test"
    bad=$((bad + 1))
  fi
done
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
declare -A known
while IFS= read -r name; do known[$name]=1; done < <(
  find src tests bench tools include examples -type f -printf '%f\n')
gone=0
named=0
while IFS=: read -r page line name; do
  named=$((named + 1))
  folder=.
  [[ $page == */* ]] && folder=${page%/*}
  while [[ $name == ../* ]]; do name=${name#../}; done
  for place in "$name" "src/$name" "tests/$name" "bench/$name" "$folder/$name" "include/$name"; do
    [ -e "$place" ] && continue 2
  done
  [[ $name != */* && -n ${known[$name]:-} ]] && continue
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
