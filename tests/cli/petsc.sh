#!/bin/bash
# PETSc's options: none come from files, and those that are in force are told, recorded and hashed.
. "$(dirname "$0")/lib.bash"
cp "$root/examples/first-session.yaml" "$scratch/small.yaml"
mkdir "$scratch/stranger" "$scratch/home"
cd "$scratch/stranger" || exit 1
run() { percuta run ../small.yaml --fidelity column --set 'course.follow_up=1 day' --quiet -o "$@"; }
told() { grep -qF -- "$1" <<< "$err"; }
hash_in() { sed -n 's/.*"scenario_hash":[^"]*"\([^"]*\)".*/\1/p' "$1/summary.json"; }

# A folder from a stranger.
run plain
expect runs exits 0
echo precious > precious
for file in .petscrc petscrc ../home/.petscrc; do
  printf -- '-dll_append %s\n-log_view :%s\n-ts_adapt_dt_max 60\n-options_view\n' \
    "$PWD/evil.so" "$PWD/precious" > $file
done
cat > evil.c << 'C'
#include <stdio.h>
__attribute__((constructor)) static void come_in(void) { fclose(fopen("evil-was-here", "w")); }
C
${CC:-cc} -shared -fPIC -o evil.so evil.c || expect evil.c-compiles false
HOME=$scratch/home run hostile
expect a-folder-with-petscrc-runs exits 0
expect and-says-nothing test -z "$out$err"
expect runs-no-code-of-it test ! -e evil-was-here
expect overwrites-nothing grep -qx precious precious
expect has-the-same-hash test "$(hash_in hostile)" = "$(hash_in plain)"
expect and-result cmp -s hostile/timeline.csv plain/timeline.csv
HOME=$scratch/home percuta validate --stage skin
expect validate-neither exits 0
expect runs-none-there-either test ! -e evil-was-here
rm .petscrc petscrc

# In force: on the command line or in the environment.
run given -- -ts_adapt_dt_max 3600
expect an-option-runs exits 0
expect it-changes-the-hash test "$(hash_in given)" != "$(hash_in plain)"
expect summary-has-it grep -q '"petsc_options":.*"-ts_adapt_dt_max 3600"' given/summary.json
expect used-parameters-has-it grep -qx '# PETSc: -- -ts_adapt_dt_max 3600' given/used_parameters.yaml
expect the-log-has-it grep -qx 'petsc -ts_adapt_dt_max 3600' given/run.log
PETSC_OPTIONS="-ts_adapt_dt_max 3600" run environment
expect the-environment-counts-the-same test "$(hash_in environment)" = "$(hash_in given)"
expect and-is-told-at-once told "in force by the environment's PETSC_OPTIONS: -ts_adapt_dt_max 3600"
expect and-in-the-log grep -qx 'petsc -ts_adapt_dt_max 3600' environment/run.log
expect without-options-there-is-no-word test -z "$(grep -i petsc plain/{run.log,summary.json,used_parameters.yaml})"
run given
expect a-result-with-options-is-another exits 5

# Read by nothing.
run typo -- -ts_rtoll 1e-9
expect a-slip-is-told told "nothing has read these options of PETSc: -ts_rtoll 1e-9"
expect but-does-not-undo-the-run exits 0
run late -- -options_left no
expect what-petsc-reads-at-its-end-is-no-slip test "$code$err" = 0
for own in --set -o --fidelity=patch --resume; do
  run own -- $own model.seed=3
  expect "$own-after-the-dashes-is-refused" complains "stands after \`--\`"
done
run own -- 1e-9
expect a-word-alone-is-refused complains "is no option of PETSc"
run own -- -ts_rtol 1e-9 1e-8
expect a-second-value-is-refused complains "\`1e-8\` after \`--\` is no option"
run own -- -ts_rtol abc
expect a-word-for-a-number-is-refused complains "option \`-ts_rtol\` takes a number, not \`abc\`"
run own -- -ksp_max_it
expect no-number-is-refused complains "option \`-ksp_max_it\` takes a number"
run own -- -ksp_rtol -ksp_view
expect an-option-is-no-number complains "takes a number, not \`-ksp_view\`"
expect nothing-was-begun test ! -e own
exit $failed
