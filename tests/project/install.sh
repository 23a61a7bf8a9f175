#!/usr/bin/env bash
# An installed tree works from its own place, without the source tree or the build folder.
set -u
unset PERCUTA_DATA PERCUTA_WEB
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

# verdict NAME COMMAND…
verdict() {
  local name=$1
  shift
  if "$@" > "$stage/log" 2>&1; then
    echo "ok $name"
  else
    cat "$stage/log"
    echo "not ok $name"
  fi
}

DESTDIR=$stage/root verdict "installs below DESTDIR" \
  cmake --install "$PERCUTA_BUILD" --prefix /opt/percuta
tree=$stage/root/opt/percuta
verdict "the man page is installed" test -s "$tree/share/man/man1/percuta.1"
# Moved, so that nothing can lean on the place it was installed to.
mv "$tree" "$stage/moved"
cd "$stage" || exit 1
verdict "the installed program finds its data" moved/bin/percuta list sites
# What help points to is there, and runs; so are the documents and what they point to.
moved/bin/percuta help > help.txt
start=$(sed -n 's/^Start with: percuta run //p' help.txt)
verdict "help names an installed example" [ "$start" = moved/share/percuta/examples/first-session.yaml ]
verdict "the example is valid" moved/bin/percuta check "$start"
verdict "help names the documents" test -s "$(sed -n 's/^Read: //p' help.txt)"
lead_somewhere() {
  local broken=0 page link
  while IFS=: read -r page link; do
    [ -e "$(dirname "$page")/${link%%#*}" ] || { echo "$page: no such file: $link"; broken=1; }
  done < <(find moved/share/doc/percuta -name '*.md' -print0 | xargs -0 grep -oHE '\]\([^)]+\)' |
    sed -E 's/\]\(([^)]*)\)/\1/' | grep -vE ':(https?:|#|mailto:)')
  [ "$broken" = 0 ] && [ -s moved/share/doc/percuta/docs/scenario.md ]
}
verdict "links of the installed documents lead somewhere" lead_somewhere
verdict "the installed program runs and writes a report" \
  moved/bin/percuta run moved/share/percuta/examples/first-session.yaml --fidelity column \
  --set "course.follow_up=2 weeks" --quiet -o out
verdict "the report is there" test -s out/report.html

# A program of somebody else's, in a folder of its own, against nothing but the installed tree.
library=$(dirname "$(find "$stage/moved" -name libpercuta.so | head -1)")
export PKG_CONFIG_PATH=$library/pkgconfig
mkdir other
cp moved/share/percuta/examples/needle_lengths.c other
cd other || exit 1
build_by_pkgconfig() {
  # shellcheck disable=SC2046 # flags are words
  "${CC:-cc}" needle_lengths.c $(pkg-config --cflags --libs percuta) -Wl,-rpath,"$library" \
    ${SANITIZE:-} -o by-pkgconfig
}
build_by_cmake() {
  printf '%s\n' 'cmake_minimum_required(VERSION 3.25)' 'project(other C)' \
    'find_package(percuta 0.1 REQUIRED)' 'add_executable(by-cmake needle_lengths.c)' \
    'target_link_libraries(by-cmake PRIVATE percuta::percuta)' > CMakeLists.txt
  cmake -S . -B build -DCMAKE_PREFIX_PATH="$stage/moved" -DCMAKE_C_FLAGS="${SANITIZE:-}" &&
    cmake --build build
}
[ "${PERCUTA_SANITIZED:-0}" = 1 ] && SANITIZE=-fsanitize=address,undefined
verdict "a program is built through pkg-config" build_by_pkgconfig
verdict "a program is built through CMake" build_by_cmake
scenario=$stage/moved/share/percuta/examples/first-session.yaml
verdict "it runs and finds its own answer right" ./by-pkgconfig "$scenario"
verdict "so does the other" build/by-cmake "$scenario"

# The same of a Python program, which is told where the package is and nothing else.
by_python() {
  env -u PERCUTA_LIBRARY PYTHONPATH="$stage/moved/lib/python3/dist-packages" \
    ${SANITIZE:+LD_PRELOAD="$(gcc -print-file-name=libasan.so)"} /usr/bin/python3 -B "$@"
}
says_place() {
  [ "$(by_python -c 'import percuta; print(percuta.__file__)')" = \
    "$stage/moved/lib/python3/dist-packages/percuta/__init__.py" ]
}
cp "$stage/moved/share/percuta/examples/needle_depth.py" .
verdict "Python imports the installed package" says_place
verdict "a Python program runs and finds its own answer right" by_python needle_depth.py "$scenario"
