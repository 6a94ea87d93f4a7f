#!/bin/bash
# Every command speaks of itself as "linli COMMAND": usage, hints and complaints can be typed as they stand.  Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
T=$(mktemp -d /tmp/linli-names-XXXXXX)
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

mapfile -t commands < <("$LINLI" --help | awk '/^  [a-z]+ / && $1 != "linli" { print $1 }')
is "$([ ${#commands[@]} -gt 15 ] && echo many)" many 'the commands are listed'
for command in "${commands[@]}"; do
    "$LINLI" "$command" --no-such-option >"$T/out" 2>"$T/err" && code='taken' || code='refused'
    is "$code $(sed "s/^linli $command: unrecognized option.*/unrecognized/; s/^Try \`linli $command --help'.*/hint/" "$T/err" | paste -sd' ')" \
        'refused unrecognized hint' "$command names itself and its help"
    "$LINLI" "$command" --help >"$T/out" 2>&1
    is "$? $(head -n 1 "$T/out" | cut -d' ' -f1-3)" "0 Usage: linli $command" "which is there"
done

"$LINLI" rules show --regime nosuch 2>"$T/err"
is "$(head -n 1 "$T/err")" 'linli rules: unknown regime "nosuch": statutory, sub_threshold, grants or charity' 'an unknown regime lists those there are'
"$LINLI" serve --config "$T/nothing" 2>"$T/err"
is "$? $(cat "$T/err")" "78 linli serve: $T/nothing cannot be read: No such file or directory" 'a file of settings that is not there is told with the cause'
"$LINLI" serve --set server.workers=0 2>"$T/err"
is "$(cut -d: -f1 "$T/err")" 'linli serve' 'a fault is told in the same form'
"$LINLI" office add 2>"$T/err"
is "$? $(cut -d: -f1 "$T/err")" '64 linli office' 'and so is a mistake of use'
"$LINLI" plugin schema no_such 2>"$T/err"
is "$? $(cat "$T/err")" '69 linli plugin: there is no plug-in "no_such"' 'and what is not there'
echo "1..$tests"
[ "$failures" = 0 ]
