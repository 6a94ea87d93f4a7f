#!/bin/bash
# linli rules: which numbers hold on a day and whence, sound and unsound folders, the numbers of a tender.  Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
T=$(mktemp -d /tmp/linli-rules-XXXXXX)
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

run() { # ARGUMENT...: leaves CODE, $T/out, $T/err
    "$LINLI" rules "$@" > "$T/out" 2> "$T/err"
    CODE=$?
}
rule() { awk -v code="$1" '$1 == code { print $2 }' "$T/out"; }

run show --on 2026-11-21
is $CODE 0 'what holds on a day'
wrong=
while IFS=, read -r id set code _ value source; do
    case $id in '#'*) continue ;; esac
    grep -E "^  $code +$value  $set " "$T/out" | grep -qF "$source" || wrong="$wrong $id"
done < "$here/tests/data/rules/windows.csv"
is "$wrong" '' 'every window of the table, its value and its article'

run show --on 2026-01-31 --regime statutory
is "$(head -1 "$T/out" | cut -d' ' -f1) $(rule abnormal_mean)$(rule domestic_deduction)" 'p1@2026-01-01 20%' 'the day before the low-price rules'
run show --on 2026-02-01 --regime statutory
is "$(head -1 "$T/out" | cut -d' ' -f1) $(rule abnormal_mean)" 'p1@2026-02-01 50%' 'their first day'
run show --on 2026-09-30 --regime statutory
is "$(rule emergency_supplement_max)" '' 'the day before emergency purchases'
run show --on 2026-10-01 --regime statutory
is "$(rule emergency_supplement_max) $(grep -c '^  emergency.*未核实 unverified' "$T/out")" '30% 2' 'their first day, unverified'
run show --on 2022-06-30
is $CODE 65 'nothing holds before the oldest set'
run show --regime statutory --json --on 2026-11-21
is "$(jq -r '[.rules[] | select(.code == "bid_window") | .period, .set, .from, .source] | join(" ")' "$T/out")" \
    '20d p1 2022-07-01 政府采购法 §35' 'as it is frozen with a tender'

mkdir "$T/rules"
cp "$here"/config/rules/*.json "$here"/config/rules/examples/*.json "$T/rules"
run check --folder "$T/rules"
is "$CODE $(cat "$T/err")" '0 ' 'local sets beside the national ones'
run show --folder "$T/rules" --regime grants --area 310105011 --on 2026-11-21
is "$(head -1 "$T/out" | cut -d' ' -f1) $(rule result_notice)" 'p3@2022-07-01+shanghai-grants@2022-07-01 15d' 'a street in Shanghai'
run show --folder "$T/rules" --regime grants --area 440106001 --on 2026-11-21
is "$(rule result_notice) $(rule grant_max) $(rule unused_return)" '5wd 500000.00 24m' 'a street in Guangzhou'
run show --folder "$T/rules" --regime grants --area 330102001 --on 2024-07-10
is "$(rule centre_square_metres_min)" 50 'a rule on its last day'
run show --folder "$T/rules" --regime grants --area 330102001 --on 2024-07-11
is "$(rule centre_square_metres_min)" '' 'the day after'

sed 's/"count": 1,/"count": "one",/' "$here/config/rules/examples/shanghai-grants.json" > "$T/rules/shanghai-grants.json"
run check --folder "$T/rules"
is "$CODE $(sed 's/.*shanghai/shanghai/' "$T/err" | cut -d' ' -f1,2)" '65 shanghai-grants.json:10: /rules/1/count' 'a fault names file, line and member'
run check --folder "$T/none"
is $CODE 65 'no folder'
run explain "$T/none"
is $CODE 66 'no file'
run explain
is $CODE 64 'explain what'
run show --regime feudal
is $CODE 64 'no such regime'
LINLI_CONFIG=$T/away run check --folder "$here/config/rules" --calendar "$here/config/calendar"
is $CODE 0 'who brings both needs no settings'

echo "1..$tests"
[ "$failures" = 0 ]
