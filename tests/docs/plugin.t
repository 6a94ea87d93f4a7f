#!/bin/bash
# docs/plugin.md says nothing that is not so: its code is the example's, its commands work, its table is the answer.
# Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=$(realpath "${LINLI:-$here/bin/linli}")
T=$(mktemp -d /tmp/linli-docs-XXXXXX)
trap 'rm -rf "$T"' EXIT
page=$here/docs/plugin.md
tests=0 failures=0

ok() { # STATUS NAME
    tests=$((tests + 1))
    [ "$1" = 0 ] || { failures=$((failures + 1)) && printf 'not '; }
    echo "ok $tests - $2"
}

# What a code block of this language holds, all of them after each other.
blocks() { awk -v open="\`\`\`$1" '$0 == "```" { inside = 0 } inside { print } $0 == open { inside = 1 }' "$page"; }

diff <(blocks c | grep -v '^$') <(grep -v '^$' "$here/docs/example_plugin/plugin.c") >&2
ok $? 'the code of the page is that of the example'

cd "$here" && blocks sh > "$T/commands"
mapfile -t commands < "$T/commands"
ok "$([ ${#commands[@]} = 3 ]; echo $?)" 'the page has three commands'
linli() { "$LINLI" "$@"; }

in_folder() { # COMMAND: run beside the example, the object going to a folder of ours
    local line=${1//cheapest.so/$T/cheapest.so}
    eval "${line//--plugins ./--plugins $T}"
}

in_folder "${commands[0]}" 2>"$T/warnings"
ok $? 'the example compiles as the page says'
ok "$([ ! -s "$T/warnings" ]; echo $?)" 'without a warning'
in_folder "${commands[1]}" > "$T/check"
ok $? 'and passes every check'
ok "$(grep -q '^FAIL' "$T/check"; echo $((!$?)))" 'no line says FAIL'
in_folder "${commands[2]}" > "$T/answer"
ok $? 'it can be asked'
ok "$([ "$(jq -c '[.items[] | [.bid, .rank]]' "$T/answer")" = '[[1,3],[2,1],[3,1],[4,0]]' ]; echo $?)" 'the ranks are those of the page'
for sentence in '0 家报价更低' '2 家报价更低' '报价 200,000.00 元 低于 250,000.00 元，须先说明'; do
    grep -q "$sentence" "$T/answer" && grep -q "$sentence" "$page"
    ok $? "the page quotes: $sentence"
done

# Every check the program knows is on the page.
while read -r name; do
    grep -q "\`$name\`" "$page"
    ok $? "the page names the check $name"
done < <(awk '{ print $3 }' "$T/check" | sort -u)

echo "1..$tests"
[ "$failures" = 0 ]
