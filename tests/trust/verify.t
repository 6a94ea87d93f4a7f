#!/bin/bash
# The second verifier, in Python, against the vectors, and against what `linli seal` makes.  Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
T=$(mktemp -d /tmp/linli-second-XXXXXX)
trap 'rm -rf "$T"' EXIT
tests=0 failures=0

is() { # GOT EXPECTED NAME
    tests=$((tests + 1))
    if [ "$1" = "$2" ]; then
        echo "ok $tests - $3"
    else
        failures=$((failures + 1))
        printf 'not ok %d - %s\n#   got %s\n#   expected %s\n' "$tests" "$3" "$1" "$2"
    fi
}
second() { python3 "$here/tests/trust/verify.py" "$@" >"$T/said" 2>&1; }

second vectors "$here/tests/data/trust/vectors.json"
is "$? $(grep -c ^PASS "$T/said")" '0 27' 'every vector'
jq '.log.entries[3] |= sub("4c"; "4d") | .sbx1.signature |= sub("^.."; "00") | .log.checkpoint |= sub("\n7\n"; "\n8\n")' \
    "$here/tests/data/trust/vectors.json" >"$T/wrong.json"
second vectors "$T/wrong.json"
is "$? $(grep ^FAIL "$T/said" | cut -d: -f1 | paste -sd,)" \
    '4 FAIL leaf hashes,FAIL log_vkey,FAIL witness_vkey,FAIL the container' 'and none that was changed'

cd "$T" || exit 2
for i in 1 2 3; do "$LINLI" keygen opener "o$i" --name "o$i" --plain >"p$i"; done
"$LINLI" keygen bidder b --name b --plain >/dev/null
"$LINLI" openers --tender 0192f0c4-a000-7000-8000-00000000a001 --threshold 2 --not-before 2026-01-01T00:00:00Z "$(cat p1)" "$(cat p2)" "$(cat p3)" >named
for bytes in 0 4000 65536 300000; do
    head -c "$bytes" /dev/urandom >"标书$bytes"
    "$LINLI" seal --openers named --key b --price 1180.00 -o "$bytes.sbx" "标书$bytes" b >/dev/null
    second open "$bytes.sbx" --openers named --key o3 --key o1
    is "$? $(cat said)" "0 price 118000
file $(sha256sum <"标书$bytes" | cut -c1-64) $bytes 标书$bytes
file $(sha256sum <b | cut -c1-64) $(wc -c <b | tr -d ' ') b" "a bid of $bytes bytes, opened by the first and the third"
done
second open 0.sbx --openers named --key o1
is "$?" 1 'one opener alone opens nothing'
"$LINLI" seal --openers named --key b --co-key co -o co.sbx b >/dev/null
second open co.sbx --openers named --key o1 --key o2
is "$?" 1 'nor two without the key the bidder kept'
second open co.sbx --openers named --key o1 --key o2 --co-key co
is "$?" 0 'with it they do'
printf X | dd of=0.sbx bs=1 seek=600 conv=notrunc 2>/dev/null
second open 0.sbx --openers named --key o1 --key o2
is "$?" 4 'a changed byte is a forged signature'

# Draws.
for size in 1 2 57 300; do
    { printf 'linli/pool/v1\ndraw 0192f0c4-a002-7000-8000-00000000d001\n'; seq -f 'E%04g' "$size"; } >pool
    "$LINLI" draw pool --source "彩票 2026138" --source 24-11-09-30 >drawn
    code=$?
    second draw pool --source "彩票 2026138" --source 24-11-09-30
    is "$code $? $(cmp drawn said && echo same)" '0 0 same' "a pool of $size is drawn the same"
done
"$LINLI" draw pool --source "彩票 2026138" --source 24-11-09-30 --most 3 >first
is "$(cmp first <(head -n 5 drawn) && echo same)" same 'or its first three'
"$LINLI" draw pool --source 24-11-09-30 --source "彩票 2026138" >other
is "$(cmp -s other drawn || echo differs)" differs 'the order of the sources counts'
tac pool >backwards
"$LINLI" draw backwards --source x >/dev/null 2>&1
is "$?" 65 'a pool that is not sorted is none'
"$LINLI" draw pool >/dev/null 2>&1
is "$?" 64 'without a source nobody is drawn'
echo "1..$tests"
[ $failures -eq 0 ]
