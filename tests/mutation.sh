#!/usr/bin/env bash
# Would the tests notice? See mutation.py, which this runs; `make verify` does so for one seed.
exec python3 "$(dirname "$0")/mutation.py" "$@"
