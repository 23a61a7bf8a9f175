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
verdict "the installed program runs and writes a report" \
  moved/bin/percuta run moved/share/percuta/examples/first-session.yaml --fidelity column \
  --set "course.follow_up=2 weeks" --quiet -o out
verdict "the report is there" test -s out/report.html
