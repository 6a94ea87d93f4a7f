#!/bin/bash
# Every state of every mechanism, with up to BIDS bids (3): prints TAP.  `./dev explore` is this with four.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
bids=${1:-3}
tests=0 failures=0
for object in "$(dirname "$LINLI")"/plugins/*.so; do
    [ -e "$here/plugins/mechanisms/$(basename "$object" .so)" ] || continue
    tests=$((tests + 1))
    if said=$("$LINLI" plugin explore --bids "$bids" "$object" 2>&1); then
        echo "ok $tests - $(basename "$object" .so)"
    else
        failures=$((failures + 1))
        echo "not ok $tests - $(basename "$object" .so)"
    fi
    printf '%s\n' "$said" | sed 's/^/# /'
done
echo "1..$tests"
[ "$tests" -gt 0 ] && [ "$failures" = 0 ]
