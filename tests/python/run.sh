#!/usr/bin/env bash
# run.sh NAME: the tests in NAME.py, against the library of this build.
set -u
here=$(cd "$(dirname "$0")" && pwd)
export PYTHONPATH=$PERCUTA_ROOT/python PERCUTA_LIBRARY=$PERCUTA_BUILD/libpercuta.so
export PYTHONDONTWRITEBYTECODE=1
# a sanitized library wants its runtime to be there before anything else
[ "${PERCUTA_SANITIZED:-0}" = 1 ] && LD_PRELOAD=$(gcc -print-file-name=libasan.so) && export LD_PRELOAD
cd "$here" && exec /usr/bin/python3 report.py "$1"
