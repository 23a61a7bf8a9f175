#!/usr/bin/env bash
# The program as tests run it that are not about joint draws: `run` follows none unless it is told how many, which
# saves most of a run's time. PERCUTA_PROGRAM is the program; it takes this script's place.
if [ "${1:-}" = run ]; then
  for argument in "$@"; do
    case $argument in
      --draws | --draws=* | *model.draws=* | *preparation=*) exec "$PERCUTA_PROGRAM" "$@" ;;
    esac
  done
  for argument in "${@:2}"; do
    case $argument in # a scenario is named: what is wrong with other calls is the program's to say
      *.yaml) # skin that is cut out has none
        if [ -f "$argument" ] && grep -q 'preparation:' "$argument"; then break; fi
        exec "$PERCUTA_PROGRAM" run --draws 0 "${@:2}"
        ;;
    esac
  done
fi
exec "$PERCUTA_PROGRAM" "$@"
