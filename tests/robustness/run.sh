#!/bin/bash
# Malformed and hostile scenarios: each must end within a second, in bounded memory, with the
# expected message and exit code, and write nothing. Prints one line a case.
#   PERCUTA            the program
#   PERCUTA_SANITIZED  1: it was built with sanitizers, which need address space and time
cd "$(dirname "$0")" || exit 1
: "${PERCUTA:?names the program}"
sanitized=${PERCUTA_SANITIZED:-0}
case $sanitized in 1 | ON | TRUE) sanitized=1 ;; *) sanitized=0 ;; esac
limit_kib=400000
# A second of processor time, so that a busy machine does not decide; 300 on the clock end what waits.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
failed=0

report() { # ok? name reason
  if [ "$1" = 0 ]; then
    echo "ok $2"
  else
    echo "not ok $2: $3"
    failed=1
  fi
}

# Runs the program within the limits; leaves its messages in $scratch/said, its code in $code.
limited() {
  (
    [ "$sanitized" = 1 ] || ulimit -v $limit_kib -t 1
    exec timeout 300 "$PERCUTA" "$@"
  ) > "$scratch/out" 2> "$scratch/said"
  code=$?
}

# A file in cases/ says exactly what its .expected holds. Under sanitizers the same code is met with
# --json, of which compare.py makes the same lines.
for scenario in cases/*.yaml; do
  [ "$sanitized" = 1 ] && break
  name=$(basename "$scenario" .yaml)
  limited check "$scenario"
  reason=""
  [ $code = 2 ] || reason="exit code $code instead of 2"
  [ -s "$scratch/out" ] && reason="wrote to standard output"
  diff -u "cases/$name.expected" "$scratch/said" > "$scratch/diff" || reason="said something else"
  [ -z "$reason" ]
  report $? "$name" "$reason"
  [ "$reason" = "said something else" ] && cat "$scratch/diff"
done

# The same for programs: what --json holds makes the same lines, with the codes of codes.txt.
mkdir "$scratch/json"
for scenario in cases/*.yaml; do
  name=$(basename "$scenario" .yaml)
  limited check "$scenario" --json
  [ $code = 2 ] && [ ! -s "$scratch/said" ]
  report $? "$name-exit-with-json" "exit code $code instead of 2, or wrote to standard error"
  mv "$scratch/out" "$scratch/json/$name.json"
done
/usr/bin/python3 compare.py "$scratch/json" || failed=1

# A hostile file: the code may be one of $2, the message must match $3 and stay short.
hostile() { # name codes pattern file
  limited check "$4"
  reason=""
  case " $2 " in *" $code "*) ;; *) reason="exit code $code instead of $2" ;; esac
  grep -qE "$3" "$scratch/said" || reason="no message matching '$3': $(head -c 300 "$scratch/said")"
  [ "$(wc -c < "$scratch/said")" -lt 20000 ] || reason="too long a message"
  grep -qP '[\x00-\x08\x0b-\x1f\x7f]' "$scratch/said" && reason="control characters in the message"
  [ -z "$reason" ]
  report $? "$1" "$reason"
}

make_head() { printf 'percuta: 1\nperson: {age: 45 years, sex: female}\nskin: {site: cheek}\n'; }

{
  echo 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
  for i in $(seq 1 30); do
    echo "a$i: &a$i [*a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1)), *a$((i - 1))]"
  done
} > "$scratch/bomb.yaml"
hostile alias-bomb 2 'bomb.yaml:1:.*anchor' "$scratch/bomb.yaml"

truncate -s 100M "$scratch/zeros.yaml"
hostile hundred-megabytes-of-zeros 2 'zeros.yaml' "$scratch/zeros.yaml"

head -c 100000000 /dev/zero | tr '\0' 'a' > "$scratch/letters.yaml"
hostile hundred-megabytes-of-letters 2 'letters.yaml.*(MiB|bytes|large|long)' "$scratch/letters.yaml"
rm -f "$scratch/letters.yaml"

head -c 500000 /dev/zero | tr '\0' '[' > "$scratch/deep.yaml"
hostile deep-flow-lists 2 'deep.yaml:1:.*(deep|nest)' "$scratch/deep.yaml"

{ printf 'a: '; head -c 500000 /dev/zero | tr '\0' '{'; } > "$scratch/deepmap.yaml"
hostile deep-flow-maps 2 'deepmap.yaml:1:' "$scratch/deepmap.yaml"

for i in $(seq 0 200); do printf '%*sa:\n' "$i" ''; done > "$scratch/stairs.yaml"
hostile deep-block-maps 2 'stairs.yaml:.*(deep|nest)' "$scratch/stairs.yaml"

{ make_head; printf 'title: "a\001b"\n'; } > "$scratch/control.yaml"
hostile control-character 2 'control.yaml:4:' "$scratch/control.yaml"

{ make_head; printf 'title: "a\\e[31mred"\ndevice: {preset: "\\e[2Jx"}\n'; } > "$scratch/escape.yaml"
hostile terminal-escape 2 'escape.yaml:4:' "$scratch/escape.yaml"

{ make_head; printf 'title: "before\\0after"\n'; } > "$scratch/nul.yaml"
hostile escaped-nul 2 'nul.yaml:4:' "$scratch/nul.yaml"

head -c 4096 "$PERCUTA" > "$scratch/binary.yaml"
hostile binary 2 'binary.yaml' "$scratch/binary.yaml"

{ make_head; printf 'title: \xff\xfe\xc3\x28\n'; } > "$scratch/utf8.yaml"
hostile invalid-utf8 2 'utf8.yaml:4:' "$scratch/utf8.yaml"

{ make_head; printf 'title: \xed\xa0\x80\n'; } > "$scratch/surrogate.yaml"
hostile utf8-surrogate 2 'surrogate.yaml:4:' "$scratch/surrogate.yaml"

printf 'percuta: 1\ntitle: a\n' | iconv -t UTF-16 > "$scratch/utf16.yaml"
hostile utf16 2 'utf16.yaml' "$scratch/utf16.yaml"

: > "$scratch/empty.yaml"
hostile empty-file 2 'empty.yaml' "$scratch/empty.yaml"

printf '# only a comment\n' > "$scratch/comment.yaml"
hostile only-a-comment 2 'comment.yaml' "$scratch/comment.yaml"

{ make_head; for i in $(seq 1 3000); do echo "key$i: $i"; done; } > "$scratch/keys.yaml"
hostile three-thousand-unknown-keys 2 'keys.yaml:4:1: key1: ' "$scratch/keys.yaml"

{ make_head; printf 'k%s: 1\n' "$(head -c 600000 /dev/zero | tr '\0' 'k')"; } > "$scratch/longkey.yaml"
hostile very-long-key 2 'longkey.yaml:' "$scratch/longkey.yaml"

{ make_head; printf 'device: {preset: %s}\n' "$(head -c 600000 /dev/zero | tr '\0' 'x')"; } > "$scratch/longvalue.yaml"
hostile very-long-value 2 'longvalue.yaml:4:.*device.preset' "$scratch/longvalue.yaml"

{ make_head; printf 'session:\n  passes: ['; for i in $(seq 1 9000); do printf '{},'; done; printf ']\n'; } > "$scratch/passes.yaml"
hostile nine-thousand-passes 2 'passes.yaml:5:' "$scratch/passes.yaml"

{ make_head; printf 'session: {force: 5 %s}\n' "$(head -c 60000 /dev/zero | tr '\0' '(')"; } > "$scratch/unit.yaml"
hostile very-long-unit 2 'unit.yaml:4:.*session.force' "$scratch/unit.yaml"

{ make_head; printf 'session: {force: 5 N^999999999}\n'; } > "$scratch/power.yaml"
hostile huge-power-of-a-unit 2 'power.yaml:4:.*session.force' "$scratch/power.yaml"

{ make_head; printf 'session: {force: 5 %%s%%s%%n%%n N}\n'; } > "$scratch/format.yaml"
hostile printf-format 2 'format.yaml:4:.*session.force' "$scratch/format.yaml"

hostile directory '2 4' "robustness|$scratch|directory" "$scratch"
hostile missing-file '2 4' 'nowhere.yaml' "$scratch/nowhere.yaml"
hostile device-file '2 4' '/dev/' /dev/zero
mkfifo "$scratch/pipe.yaml"
hostile pipe-without-writer '2 4' 'pipe.yaml' "$scratch/pipe.yaml"
if [ "$(id -u)" != 0 ]; then
  make_head > "$scratch/locked.yaml"
  chmod 000 "$scratch/locked.yaml"
  hostile unreadable-file '2 4' 'locked.yaml' "$scratch/locked.yaml"
fi

# A bad scenario writes nothing, also with run.
limited run "$PWD/cases/quantity-without-unit.yaml" -o "$scratch/result"
[ $code = 2 ] && [ ! -e "$scratch/result" ]
report $? run-writes-nothing "exit code $code, or a folder was made"

exit $failed
