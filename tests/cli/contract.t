#!/bin/bash
# The contract only grows: what was built against the oldest version that still loads is loaded, checked and asked, and
# today's header has every struct and number of that version where it was.  Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
T=$(mktemp -d /tmp/linli-contract-XXXXXX)
trap 'rm -rf "$T"' EXIT
tests=0 failures=0
ok() { # NAME COMMAND...
    local name=$1
    shift
    tests=$((tests + 1))
    if "$@" >"$T/said" 2>&1; then
        echo "ok $tests - $name"
    else
        failures=$((failures + 1))
        echo "not ok $tests - $name"
        tail -n 15 "$T/said" | sed 's/^/#   /'
    fi
}
is() { ok "$3" [ "$1" = "$2" ] || printf '#   got %s\n#   expected %s\n' "$1" "$2"; }
number() { sed -nE "s/^#define LINLI_ABI_$1 ([0-9]+)u.*/\1/p" "$2/linli/plugin.h"; }
built() { # SOURCE OBJECT
    gcc -std=gnu17 -Wall -Wextra -Werror -O1 -shared -fPIC -fvisibility=hidden -fno-stack-protector -mgeneral-regs-only -nostartfiles \
        -Wl,-z,relro,-z,now,-z,noexecstack -I"$old" -o "$2" "$1"
}
new=$here/plugins/include old=$here/tests/data/contract/$(number MAJOR "$new").$(number SINCE "$new")

is "$(number MINOR "$old")" "$(number SINCE "$new")" 'the version that is kept is the oldest that loads'
ok 'since then the contract has only grown' python3 "$here/tests/cli/contract.py" "$old" "$new"

# A comparison that could not fail would show nothing.
broken() { # NAME FILTER WORDS
    rm -rf "$T/broken" && cp -r "$new" "$T/broken"
    sed -i -E "$2" "$T/broken/linli/plugin.h"
    ok "$1" bash -c "! cmp -s '$T/broken/linli/plugin.h' '$new/linli/plugin.h'"
    ok '  is seen' bash -c "python3 '$here/tests/cli/contract.py' '$old' '$T/broken' | grep -q '$3'"
}
broken 'a leaf that grows' 's/^(typedef struct linli_tranche \{ const char \*code;)/\1 int64_t more;/' 'linli_tranche'
broken 'a root that grows in its middle' 's/^(    int32_t +kind; +\/\* LINLI_WAIT.. \*\/)/    int64_t more; \1/' 'linli_release.more is new'
broken 'a number that moves' 's/LINLI_STAY = 1/LINLI_STAY = 2/' 'LINLI_STAY'
broken 'a member that is gone' 's/linli_money amount, recovery;/linli_money amount;/' 'linli_release.recovery is gone'

ok 'a scheme of then builds against its own header' built "$old/scheme/plugin.c" "$T/cheapest.so"
ok 'a mechanism of then too' built "$old/mechanism.c" "$T/planted_mechanism.so"
for name in cheapest planted_mechanism; do
    ok "$name keeps the contract of today" "$LINLI" plugin check --quiet "$T/$name.so"
done
printf '%s' '{"linli":"facts/1","tender":{"key":1,"budget":"500000.00","currency":"CNY","category":"services","regime":"sub_threshold","lot":1,"lots":1},
    "bids":[{"key":1,"bidder":1,"open":true,"priced":true,"price":"480000.00"},{"key":2,"bidder":2,"open":true,"priced":true,"price":"450000.00"}]}' >"$T/facts.json"
ok 'it is asked' bash -c "'$LINLI' decide cheapest --plugins '$T' --facts '$T/facts.json' >'$T/answer'"
is "$(jq -c '[.items[] | [.bid, .rank]]' "$T/answer")" '[[1,2],[2,1]]' 'and answers'
ok 'what a struct has gained since is as before: nothing' bash -c "'$LINLI' decide cheapest --plugins '$T' --facts '$T/facts.json' --ask criteria >'$T/criteria'"
is "$(jq -c '.ballot_sum // 0' "$T/criteria")" 0 'no sum of a ballot is asked for'
ok 'the mechanism makes its plan' bash -c "'$LINLI' decide planted_mechanism --plugins '$T' --facts '$T/facts.json' --ask plan >'$T/plan'"
is "$(jq -r '[.phases[].code] | join(" ")' "$T/plan")" 'bidding deciding delivering closed failed' 'as it stands in its source'
echo "1..$tests"
[ "$failures" = 0 ]
