#!/bin/bash
# With a log, receipts and bids sealed to openers, what is sealed stays so: every answer of every role, the log's files and the
# signer's are the same, apart from the time, whether no bid has come or fifty.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
mkdir "$T/l"
cd "$T/l" || exit 2
linli keygen opener k0.key --name office --plain >k0.pub
linli keygen receipts receipts.key --name log.example/linli/receipts --plain >receipts.pub
signs log log --receipts receipts.key --opener k0.key --sandbox
start_server --set "trust.log_key=$(cat log.pub)" --set "trust.signer=$PWD/log.sock" --set "trust.folder=$PWD/out" --set trust.log_ms=50 \
    --set "trust.receipts_key=$(cat receipts.pub)"
people
for ((i = 0; i < 50; i++)); do bidder "b$i" "社$i" >/dev/null; done
bidder onlooker 旁观社
linli keygen bidder bidder.key --name any --plain >/dev/null
fund_of sub_threshold 9000.00
entry_of sub_threshold public_bidding 1000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"
AS='' req GET "/api/v1/tenders/$TENDER/openers"
jq -j .note <<<"$BODY" >openers

AS='' req GET /api/v1/openapi.json
jq -r '.paths | to_entries[] | select(.value.get) | .key' <<<"$BODY" | grep -v -e '^/metrics$' -e '^/api/v1/clock$' -e '^/api/v1/openapi.json$' |
    sed -e 's/{office}/3/; s/{tender}/'"$TENDER"'/; s/{lot}/'"$LOT"'/; s/{object}/'"$TENDER"'/; s/{organisation}/'"${ORG[b0]}"'/; s/{person}/'"${PERSON[b0]}"'/' \
        -e 's/{[a-z0-9]*}/00000003-0000-8000-8000-0000000000ff/g' -e "s|^|url = \"$B|; s|\$|\"|" >urls
say "$(wc -l <urls) questions"
roles='clerk approver agent operator supervisor auditor resident root onlooker'
look() { # folder
    local login arguments
    mkdir -p "$1"
    for login in nobody $roles; do
        arguments=()
        [ "$login" = nobody ] || arguments=(-H "Authorization: Bearer ${TOKEN[$login]}")
        curl -s -i -g "${arguments[@]}" -K urls | tr -d '\r' | grep -a -v '^Date: ' >"$1/$login"
    done
    cat out/checkpoint >"$1/log"
    cat log.state >"$1/signer"
}
still() { # the log says no more for a while
    local was now
    for ((i = 0; i < 40; i++)); do
        was=$(cat out/checkpoint); sleep 0.3; now=$(cat out/checkpoint)
        [ "$was" = "$now" ] && return
    done
}
still
look none
is "$(cat none/* | grep -a -o "HTTP/1.1 5[0-9]*" | grep -c .)" 0 "no question breaks"
taken=0 receipts=''
for ((i = 0; i < 50; i++)); do
    printf '{"linli":"bid/1","organisation":"%s","lot":1,"fields":{"price":"%d.00"}}' "${ORG[b$i]}" $((500 + i)) >bid.json
    rm -f bid.sbx
    linli seal --openers openers --key bidder.key -o bid.sbx bid.json >/dev/null
    digest=$(sha256sum bid.sbx | cut -d' ' -f1)
    curl -s -o /dev/null -X PUT -H "Authorization: Bearer ${TOKEN[b$i]}" -H 'Content-Type: application/octet-stream' --data-binary @bid.sbx "$UP/api/v1/blobs/$digest"
    AS=b$i req POST "/api/v1/tenders/$TENDER/bids" "{\"organisation\":\"${ORG[b$i]}\",\"sha256\":\"$digest\",\"bytes\":$(stat -c %s bid.sbx)}"
    [ "$STATUS" = 201 ] && taken=$((taken + 1))
    receipts="$receipts $(jq -r .receipt <<<"$BODY" | grep -c .)"
done
is "$taken" 50 "fifty sealed bids are taken in"
is "$(tr ' ' '\n' <<<"$receipts" | grep . | sort -u | wc -l)" 1 "every receipt has as many lines as the first"
still
look some
for who in nobody $roles log signer; do
    if cmp -s "none/$who" "some/$who"; then pass "no difference between none and fifty: $who"; else
        fail "no difference between none and fifty: $who"
        diff -a "none/$who" "some/$who" | cut -c1-300 | head -6 | sed 's/^/#   /'
    fi
done
is "$(grep -c "${ORG[b7]}" "$T/log")" 0 "the server's log names no bidder"
finish
