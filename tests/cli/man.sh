#!/bin/bash
# The manual page is what the program says of itself: every command, option and exit code of its help.
. "$(dirname "$0")/lib.bash"

percuta help --man
expect man-exits-zero exits 0
printf '%s\n' "$out" > "$scratch/percuta.1"
expect the-page-is-that-of-this-program cmp -s "$scratch/percuta.1" "$root/docs/percuta.1"
page=$(sed 's/\\f[BIR]//g; s/\\-/-/g; s/\\\[u2026\]/…/g' "$scratch/percuta.1")
in_page() { grep -qF -- "$1" <<< "$page"; }

percuta help
overview=$out
commands=$(sed -n '/^Commands:/,/^$/s/^  \([a-z][a-z]*\) .*/\1/p' <<< "$overview")
expect help-has-commands [ "$(wc -w <<< "$commands")" -ge 11 ]
for command in $commands; do
  expect "man-has-$command" grep -q "^\.SS $command" <<< "$page"
  percuta help "$command"
  options=$(sed -n '/^Options:/,$s/^  \(-[a-z], \)\{0,1\}\(--[a-z-]*\).*/\2/p' <<< "$out" | grep -v -- '--help')
  for option in $options; do
    section=$(sed -n "/^\.SS $command/,/^\.S[SH]/p" <<< "$page" | sed '1d')
    expect "man-has-$command$option" grep -qE -- "(^|, )$option( |$)" <<< "$(tail -n +2 <<< "$section")"
  done
done
for word in channel compounds --checkpoint-steps --checkpoint-minutes fields.pvd; do
  expect "man-names-$word" in_page "$word"
done
for code in $(grep -oE '\b(0|[2-9]|130|143)\b' <<< "$(grep -A2 '^Exit codes' <<< "$overview")"); do
  expect "man-has-exit-code-$code" grep -qx "\.B $code" <<< "$page"
done
if command -v groff > /dev/null; then
  groff -man -ww -Tutf8 "$root/docs/percuta.1" > /dev/null 2> "$scratch/warnings"
  expect the-page-is-good-troff [ ! -s "$scratch/warnings" ]
fi
exit $failed
