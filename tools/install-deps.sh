#!/usr/bin/env bash
# install-deps.sh run|all|bench: installs through apt, without asking anything, what Percuta needs and
# does not find: `run` to build and use it, `all` to test it as well, `bench` to compare its speed with
# other programs (those that this system's apt does not have are left out, with a word about it).
# Silent when nothing is missing. On a system without apt it lists what is missing and stops with exit
# code 1.
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
zlib1g-dev          module:zlib
libfftw3-dev        module:fftw3
liblapack-dev       module:lapack
libgsl-dev          module:gsl
libsqlite3-dev      module:sqlite3
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
poppler-utils       command:pdftotext
fonts-dejavu-core   file:/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
python3             command:python3
python3-numpy       python:numpy
python3-pandas      python:pandas
python3-yaml        python:yaml
python3-jsonschema  python:jsonschema
python3-meshio      python:meshio
sqlite3             command:sqlite3
libcmocka-dev       module:cmocka
"
# only compared with: bench/peers does without those that are not there
peers="
python3             command:python3
python3-numpy       python:numpy
python3-scipy       python:scipy
python3-numba       python:numba
python3-mpi4py      python:mpi4py
python3-petsc4py    python:petsc4py
python3-dolfinx     python:dolfinx
libsundials-dev     header:arkode/arkode.h
"
optional=""
case ${1:-run} in
  run) needs=$needs_run ;;
  all) needs=$needs_all ;;
  bench) needs=$needs_run optional=$peers ;;
  *)
    echo "usage: install-deps.sh run|all|bench" >&2
    exit 2
    ;;
esac

present() {
  case $1 in
    command:*) command -v "${1#*:}" ;;
    module:*) pkg-config --exists "${1#*:}" ;;
    header:*) [ -e "/usr/include/${1#*:}" ] || [ -e "/usr/local/include/${1#*:}" ] ;;
    file:*) [ -e "${1#*:}" ] ;;
    python:*) /usr/bin/python3 -c "import importlib.util as u; raise SystemExit(not u.find_spec('${1#*:}'))" ;;
  esac > /dev/null 2>&1
}

missing=()
while read -r package sign; do
  [ -z "$package" ] || present "$sign" || missing+=("$package")
done <<< "$needs"
missing_peers=()
while read -r package sign; do
  [ -z "$package" ] || present "$sign" || missing_peers+=("$package")
done <<< "$optional"
[ $((${#missing[@]} + ${#missing_peers[@]})) -gt 0 ] || exit 0

if ! command -v apt-get > /dev/null 2>&1; then
  echo "Percuta installs what it needs through apt, which this system does not have." >&2
  echo "Please install what these Debian packages hold, then try again:" >&2
  printf '  %s\n' "${missing[@]}" ${missing_peers[@]+"${missing_peers[@]}"} >&2
  exit 1
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
  if ! command -v sudo > /dev/null 2>&1; then
    echo "Packages are missing and there is no sudo. Please run as root:" >&2
    echo "  apt-get install --no-install-recommends ${missing[*]} ${missing_peers[*]}" >&2
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
echo "Installing (once, a few minutes): ${missing[*]} ${missing_peers[*]}"
quiet_apt update || true # a broken third-party list need not matter; the next lines tell
if [ ${#missing[@]} -gt 0 ] && ! quiet_apt install --no-install-recommends "${missing[@]}"; then
  cat "$log" >&2
  echo "apt-get could not install what is missing (see above)." >&2
  exit 1
fi
for package in ${missing_peers[@]+"${missing_peers[@]}"}; do
  # one by one: a peer that cannot be had must not keep the others away
  if ! apt-cache show "$package" > /dev/null 2>&1; then
    echo "Left out of the comparison: $package (this system's apt does not have it)."
  elif ! quiet_apt install --no-install-recommends "$package"; then
    echo "Left out of the comparison: $package (apt-get could not install it)."
  fi
done
