#!/usr/bin/env bash
# Phrases that no English scientist would write, and words of advice where a model only computes, are nowhere in what a user
# reads: source, documents, examples, data.
set -u
cd "$PERCUTA_ROOT" || exit 1
while read -r phrase; do
  if grep -rnIiE --include='*.md' --include='*.c' --include='*.h' --include='*.def' --include='*.yaml' --include='*.html' \
    --include='*.js' --include='*.py' --include='percuta.1' --exclude-dir=node_modules --exclude-dir='build*' \
    --exclude=CHANGELOG.md -- "$phrase" README.md docs src include web examples data/transport data/healing tools python; then
    echo "not ok nowhere: $phrase"
  else
    echo "ok nowhere: $phrase"
  fi
done << 'PHRASES'
in earnest
too fond of
fond of (water|fat)
<strong>Mind:
what the (answer|result) hangs on
answer hangs
does not belong (into|there)
do not belong (into|there)
go on with(:| --resume)
foretold
foretell
counts to the layer
points of per cent
is walked through
wiped off or left
(values|value) below zero were lifted
every needle went in
drew no blood
(horny layer|living epidermis)
PHRASES
