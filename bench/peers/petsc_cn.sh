#!/usr/bin/env bash
# petsc_cn.sh --problem r1 [--substrates N] [--steps N] [--cells N] [--threads N] [--method free|assembled]
# builds petsc_cn.c (once, into build/peers) and runs it with as many processes as threads are asked
# for. Other words are passed on (options of PETSc, with one hyphen).
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=tools/mpi-env.sh
. tools/mpi-env.sh
ranks=$(nproc)
words=()
while [ $# -gt 0 ]; do
  case $1 in
    --problem)
      if [ "${2:-}" != r1 ]; then
        echo "petsc_cn solves r1 only" >&2
        exit 2
      fi
      shift 2
      ;;
    --threads)
      ranks=${2:?--threads wants a number}
      shift 2
      ;;
    --*)
      words+=("${1#-}")
      shift
      ;;
    *)
      words+=("$1")
      shift
      ;;
  esac
done
program=build/peers/petsc_cn
if [ ! -x $program ] || [ bench/peers/petsc_cn.c -nt $program ]; then
  mkdir -p build/peers
  # shellcheck disable=SC2046 # several words are wanted
  mpicc -std=c17 -O3 -march=native -o $program bench/peers/petsc_cn.c $(pkg-config --cflags --libs PETSc) -lm
fi
exec mpiexec -n "$ranks" $program ${words[@]+"${words[@]}"}
