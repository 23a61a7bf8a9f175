#!/usr/bin/env bash
# install-deps.sh run|all: installs through apt, without asking anything, what Percuta needs and does
# not find: `run` to build and use it, `all` to test it as well. Silent when nothing is missing. On a
# system without apt it lists what is missing and stops with exit code 1.
set -eu

# package, and what shows that it (or its like from elsewhere) is there
needs_run="
gcc                 command:gcc
libc6-dev           header:stdio.h
cmake               command:cmake
ninja-build         command:ninja
pkg-config          command:pkg-config
openmpi-bin         command:mpiexec
nodejs              command:node
npm                 command:npm
ca-certificates     file:/etc/ssl/certs/ca-certificates.crt
libpetsc-real-dev   module:PETSc
libopenmpi-dev      module:ompi-c
libhdf5-openmpi-dev module:hdf5-openmpi
libyaml-dev         module:yaml-0.1
libudunits2-dev     module:udunits
libcjson-dev        module:libcjson
librandom123-dev    header:Random123/philox.h
"
needs_all="$needs_run
binutils            command:nm
clang               command:clang
clang-format        command:clang-format
chromium            command:chromium
fonts-dejavu-core   file:/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
python3             command:python3
libcmocka-dev       module:cmocka
"
case ${1:-run} in
  run) needs=$needs_run ;;
  all) needs=$needs_all ;;
  *)
    echo "usage: install-deps.sh run|all" >&2
    exit 2
    ;;
esac

present() {
  case $1 in
    command:*) command -v "${1#*:}" ;;
    module:*) pkg-config --exists "${1#*:}" ;;
    header:*) [ -e "/usr/include/${1#*:}" ] || [ -e "/usr/local/include/${1#*:}" ] ;;
    file:*) [ -e "${1#*:}" ] ;;
  esac > /dev/null 2>&1
}

missing=()
while read -r package sign; do
  [ -z "$package" ] || present "$sign" || missing+=("$package")
done <<< "$needs"
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get > /dev/null 2>&1; then
  echo "Percuta installs what it needs through apt, which this system does not have." >&2
  echo "Please install what these Debian packages hold, then try again:" >&2
  printf '  %s\n' "${missing[@]}" >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo > /dev/null 2>&1; then
    echo "Packages are missing and there is no sudo. Please run as root:" >&2
    echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
quiet_apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y -o DPkg::Lock::Timeout=300 "$@" >> "$log" 2>&1 < /dev/null
}
echo "Installing (once, a few minutes): ${missing[*]}"
quiet_apt update || true # a broken third-party list need not matter; the next line tells
if ! quiet_apt install --no-install-recommends "${missing[@]}"; then
  cat "$log" >&2
  echo "apt-get could not install what is missing (see above)." >&2
  exit 1
fi
