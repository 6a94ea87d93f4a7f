#!/bin/bash
# What the plan seals stays sealed: every answer of every role is byte for byte the same, apart from
# the time, whether no bid has come or many.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
bidder aa 甲社
bidder bb 乙社
bidder onlooker 丙社
fund_of statutory 600000.00
entry_of statutory public_bidding 600000.00
SCHEME='{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术和商务","en":"technical and business"},"weight":"85%"}],"deductions":[{"check":"small_enterprise","rate":"10%"}]}'
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$SCHEME"
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"

# Every GET there is, its {..} filled with what is there or, where nothing is, with what is not.
AS='' req GET /api/v1/openapi.json
jq -r '.paths | to_entries[] | select(.value.get) | .key' <<<"$BODY" | grep -v -e '^/metrics$' -e '^/api/v1/clock$' -e '^/api/v1/openapi.json$' |
    sed -e 's/{office}/3/; s/{tender}/'"$TENDER"'/; s/{lot}/'"$LOT"'/; s/{object}/'"$TENDER"'/; s/{organisation}/'"${ORG[aa]}"'/; s/{person}/'"${PERSON[aa]}"'/' \
        -e 's/{[a-z]*}/00000003-0000-8000-8000-0000000000ff/g' -e "s|^|url = \"$B|; s|\$|\"|" >"$T/urls"
say "$(wc -l <"$T/urls") questions"
roles='clerk approver agent operator evaluator1 assessor resident supervisor auditor root security onlooker'
look() { # folder
    local login
    mkdir -p "$1"
    for login in nobody $roles; do
        arguments=()
        [ "$login" = nobody ] || arguments=(-H "Authorization: Bearer ${TOKEN[$login]}")
        curl -s -i -g "${arguments[@]}" -K "$T/urls" | tr -d '\r' | grep -a -v '^Date: ' >"$1/$login"
    done
}
look "$T/none"
answered=$(cat "$T/none"/* | grep -a -o "HTTP/1.1 [0-9]*" | sort | uniq -c | tr -s " \n" " ")
say "answered:$answered"
ok "many questions are answered" [ "$(cat "$T/none"/* | grep -a -o "HTTP/1.1 200" | grep -c .)" -gt 250 ]
is "$(cat "$T/none"/* | grep -a -o "HTTP/1.1 5[0-9]*" | grep -c .)" 0 "none of them breaks"
bid_for aa 480000.00
bid_for bb 450000.00
bid_for aa 470000.00
bid_for aa 460000.00
look "$T/some"
for login in nobody $roles; do
    if cmp -s "$T/none/$login" "$T/some/$login"; then pass "$login sees no difference"; else
        fail "$login sees no difference"
        diff -a "$T/none/$login" "$T/some/$login" | cut -c1-300 | head -6 | sed 's/^/#   /'
    fi
done
# One who has handed in asks again and gets the same; another's file tells nothing.
hash=$(printf 'not there' | sha256sum | cut -d' ' -f1)
for digest in "$hash" "$(sql "SELECT encode(sha256, 'hex') FROM linli.bid WHERE organisation_id = '${ORG[bb]}'")"; do
    curl -s -I -H "Authorization: Bearer ${TOKEN[onlooker]}" "$UP/api/v1/blobs/$digest" | tr -d '\r' | grep -v '^Date' >"$T/head-${digest:0:8}"
done
is "$(cat "$T"/head-* | sort | uniq -u)" "" "a file that was handed in looks like one that was never uploaded"
is "$(grep -c "${ORG[aa]}\|${BID[aa]}" "$T/log")" 0 "the log names no bid and no bidder"
finish
