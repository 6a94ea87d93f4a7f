#!/bin/bash
# A tender of three lots played to its contracts: one fails for want of bidders, one organisation may bid for two lots
# and win one; then two lots that share a budget.  Fund and ledger to the fen at each step.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
for x in aa:甲社 bb:乙社 cc:丙社 dd:丁社 ee:戊社; do bidder "${x%%:*}" "${x#*:}"; done
SCHEME='{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
declare -A LOTS OF
stands() { # name, then available reserved committed
    AS='' req GET "/api/v1/appropriations/$APP"
    is "$(got '[.available, .reserved, .committed, .payable, .in_transit, .paid] | join(" ")')" "$2 $3 $4 0.00 0.00 0.00" "$1"
}
in_lot() { # number: LOT, and BID with its bidders
    local key
    LOT=${LOTS[$1]} BID=()
    for key in "${!OF[@]}"; do [ "${key%%:*}" != "$1" ] || BID[${key#*:}]=${OF[$key]}; done
}
bids() { # lot login:price...
    local pair no=$1; shift
    for pair in "$@"; do
        LOT_NO=$no bid_for "${pair%%:*}" "${pair#*:}"
        OF[$no:${pair%%:*}]=${BID[${pair%%:*}]}
    done
}
lots_of_tender() {
    AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
    local no
    for no in $(got '.lots[].no'); do LOTS[$no]=$(got ".lots[] | select(.no == $no) | .id"); done
}
checked() { # the office's findings about every bid of the lot
    local login rule checks=
    for login in "${!BID[@]}"; do for rule in qualified good_credit; do checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"$rule\",\"passed\":true}"; done; done
    AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
}
to_deciding() { # members... -- login:mark...
    local members=()
    while [ "$1" != -- ]; do members+=("$1"); shift; done
    shift
    checked
    panel_sits "${members[@]}"
    marks_of "$@"
    report_signed
    is "$(phase)" deciding "evaluated"
}
announced() {
    AS=approver lot confirm
    AS=clerk lot announce
    AS='' req GET "/api/v1/lots/$LOT"
    clock_to "$(got .phase_due)"
    advance 1m
    is "$(phase)" contracting "the notice has ended"
}
signed() { # login: the winner's contract, by both
    local contract
    AS=clerk req GET "/api/v1/lots/$LOT/awards"
    AS=clerk want 201 POST "/api/v1/awards/$(got '.items[] | select(.standing == "winner") | .id')/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"条款"}'
    contract=$(got .id)
    AS=approver IFM='*' want 200 POST "/api/v1/contracts/$contract/sign"
    AS=$1 IFM='*' want 200 POST "/api/v1/contracts/$contract/sign"
}
panel5=(evaluator1 evaluator2 evaluator3 evaluator4 evaluator5) panel3=(evaluator1 evaluator2 evaluator3)

# ---- drawn up: budgets add up, limits are whole numbers of lots ----
fund_of statutory 700000.00
entry_of statutory public_bidding 600000.00
three='[{"title":"一包","budget":"200000.00"},{"title":"二包","budget":"300000.00"},{"title":"三包","budget":"100000.00"}]'
draft() { AS=clerk want "$1" POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"comprehensive_score\",\"options\":{\"tranches\":$TWO_PARTS},\"scheme_options\":$SCHEME,\"appropriation\":\"$APP\",$2}"; }
WHY='a fen too much' draft 422 "\"lots\":${three/100000.00/100000.01}"
WHY='no lot' draft 422 "\"lots\":$three,\"most_bids\":0"
WHY='shared: together less than the whole' draft 422 "\"shared_pool\":true,\"lots\":${three/100000.00/99999.99}"
WHY='shared: one alone more than the whole' draft 422 "\"shared_pool\":true,\"lots\":${three/300000.00/600000.01}"
draft 201 "\"lots\":$three,\"most_bids\":2,\"most_awards\":1"
is "$(got '[.most_bids, .most_awards, .shared_pool] | @json')" '[2,1,false]' "the limits are in the draft"
TENDER=$(got .id) TAG=$(etag)
lots_of_tender
deadline=$(date -u -d '+40 days' +%FT02:00:00Z)
publish "$deadline"
stands "published: the whole is reserved" 100000.00 600000.00 0.00
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got '[.most_bids, .most_awards] | @json')" '[2,1]' "everybody reads the limits"

# ---- bids: two lots an organisation ----
bids 1 aa:180000.00 bb:190000.00 cc:195000.00
bids 2 aa:270000.00 bb:280000.00 dd:290000.00
bids 3 cc:90000.00 dd:95000.00
envelope() { # login lot price: uploads, gives the body of the bid
    local text hash
    text="{\"linli\":\"bid/1\",\"organisation\":\"${ORG[$1]}\",\"lot\":$2,\"fields\":{\"price\":\"$3\"}}"
    hash=$(printf '%s' "$text" | sha256sum | cut -d' ' -f1)
    AS=$1 BASE=$UP TYPE=application/octet-stream req PUT "/api/v1/blobs/$hash" "$text"
    echo "{\"lot\":$2,\"organisation\":\"${ORG[$1]}\",\"sha256\":\"$hash\",\"bytes\":$(printf '%s' "$text" | wc -c)}"
}
third=$(envelope aa 3 99000.00)
AS=aa WHY='a third lot' want 409 POST "/api/v1/tenders/$TENDER/bids" "$third"
is "$(problem)" bid/limit "as many lots as one may bid for"
bids 2 aa:271000.00
AS=cc IFM='*' want 200 POST "/api/v1/bids/${OF[3:cc]}/withdraw"
bids 3 cc:91000.00
for n in 1 2 3; do envelope ee $n "${n}0000.00" >"$T/ee$n"; done
for n in 1 2 3; do # at once, on any connection
    curl -s -o /dev/null -w '%{http_code}\n' -X POST -H "Authorization: Bearer ${TOKEN[ee]}" -H "Idempotency-Key: $(key)" \
        -H 'Content-Type: application/json' --data-binary "@$T/ee$n" "$B/api/v1/tenders/$TENDER/bids" >"$T/ee_code$n" &
    pids[n]=$!
done
wait "${pids[@]}"
is "$(cat "$T"/ee_code? | sort | tr '\n' ' ')" "201 201 409 " "three lots at once: two"
AS=ee req GET "/api/v1/me/bids"
for b in $(got '.items[].id'); do AS=ee IFM='*' want 200 POST "/api/v1/bids/$b/withdraw"; done

# ---- the deadline: the third lot has two bidders and fails; its money is free at once ----
clock_to "$deadline"
advance 1h
AS='' req GET "/api/v1/tenders/$TENDER/lots"
is "$(got '[.items[] | [.no, .state]] | @json')" '[[1,"bidding"],[2,"bidding"],[3,"void"]]' "one lot has failed, two go on"
stands "a failed lot's reserve is free at once" 200000.00 500000.00 0.00
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/open"
is "$(got '.state')" opened "the others are opened"

# ---- decided in published order; who has won one lot wins no other ----
in_lot 2
to_deciding "${panel5[@]}" -- aa:95 bb:90 dd:80
tag=$(AS='' lot_etag)
AS=clerk IFM=$tag want 409 POST "/api/v1/lots/$LOT/decide"
is "$(problem)" lot/order "not before the first"
in_lot 1
to_deciding "${panel5[@]}" -- aa:95 bb:90 cc:80
AS=clerk lot decide
is "$(got '[.awards[] | [.organisation, .standing, .amount]] | @json')" '[["甲社","winner","180000.00"],["乙社","reserve","190000.00"],["丙社","reserve","195000.00"]]' "A wins the first"
in_lot 2
AS=clerk lot decide
is "$(got '[.awards[] | [.organisation, .standing, .amount]] | @json')" '[["乙社","winner","280000.00"],["丁社","reserve","290000.00"]]' "and is passed over in the second"
AS=clerk req GET "/api/v1/tenders/$TENDER/decisions"
d=$(got "[.items[] | select(.question == \"award\")] | last | .id")
like "$(got "[.items[] | select(.question == \"award\")] | last | .answer.why | map(.code) | join(\" \")")" "barred" "the decision says so"
AS=clerk req GET "/api/v1/decisions/$d"
is "$(got '.facts.elsewhere | map([.lot, .amount, .standing] | join(" ")) | sort | join(", ")')" "1 180000.00 winner, 1 190000.00 reserve, 1 195000.00 reserve" "its facts say what the other lot gave"
is "$(got '[.facts.bids[] | select(.barred)] | length')" 1 "and who is barred"
got '{facts: .facts, options: .options}' | jq '.facts + {options: .options}' >"$T/facts.json"
is "$("$LINLI" decide public_bidding --ask award --facts "$T/facts.json" | jq -c '[.items[].amount]')" '["280000.00","290000.00"]' "and it can be computed again"
announced
in_lot 1
announced
stands "nothing is bound before signing" 200000.00 500000.00 0.00
in_lot 2
signed bb
stands "the second is signed: its rest is free, the first lot's money is held" 220000.00 200000.00 280000.00
in_lot 1
signed aa
stands "both are signed" 240000.00 0.00 460000.00
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" delivering "the tender goes on without its failed lot"

# ---- two lots that share a budget: what the first leaves is the second's ----
# Two lots of 300,000.00 that share their pool, published, bid for and opened.
pooled() { # BIDS-OF-ONE BIDS-OF-TWO
    draft 201 '"shared_pool":true,"lots":[{"title":"一包","budget":"300000.00"},{"title":"二包","budget":"300000.00"}]'
    TENDER=$(got .id) TAG=$(etag)
    lots_of_tender
    AS='' req GET /api/v1/clock
    deadline=$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)
    publish "$deadline"
    # shellcheck disable=SC2086
    { bids 1 $1; bids 2 $2; }
    clock_to "$deadline"
    advance 1h
    AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/open"
}
fund_of sub_threshold 400000.00
entry_of sub_threshold public_bidding 400000.00
OF=()
pooled 'aa:250000.00 bb:260000.00 cc:270000.00' 'aa:200000.00 bb:150000.00 cc:140000.00'
in_lot 1
to_deciding "${panel3[@]}" -- aa:95 bb:90 cc:80
in_lot 2
to_deciding "${panel3[@]}" -- aa:99 bb:90 cc:80
in_lot 1
AS=clerk lot decide
in_lot 2
AS=clerk lot decide
is "$(got '[.awards[] | [.organisation, .standing, .amount]] | @json')" '[["乙社","winner","150000.00"],["丙社","reserve","140000.00"]]' "exactly what is left is enough; a fen more is not"
AS=clerk req GET "/api/v1/tenders/$TENDER/decisions"
AS=clerk req GET "/api/v1/decisions/$(got "[.items[] | select(.question == \"award\")] | last | .id")"
is "$(got .facts.tender.pool)" 150000.00 "the facts say what is left"
announced
in_lot 1
announced
stands "held together" 0.00 400000.00 0.00
signed aa
stands "what the first did not take stays with the second" 0.00 150000.00 250000.00
in_lot 2
signed bb
stands "nothing is left" 0.00 0.00 400000.00

# ---- the first takes all: the second is compared all the same, and nobody has it ----
fund_of sub_threshold 300000.00
entry_of sub_threshold public_bidding 300000.00
OF=()
pooled 'aa:300000.00 bb:300000.00 cc:300000.00' 'aa:200000.00 bb:150000.00 cc:140000.00'
in_lot 1
to_deciding "${panel3[@]}" -- aa:95 bb:90 cc:80
AS=clerk lot decide
is "$(got '[.awards[] | [.organisation, .standing, .amount]][0] | @json')" '["甲社","winner","300000.00"]' "the first takes all"
in_lot 2
to_deciding "${panel3[@]}" -- aa:99 bb:90 cc:80
AS=clerk lot decide
is "$(got '.awards | length')" 0 "nothing is left for the second"
AS=clerk req GET "/api/v1/tenders/$TENDER/decisions"
AS=clerk req GET "/api/v1/decisions/$(got "[.items[] | select(.question == \"award\")] | last | .id")"
is "$(got .facts.tender.pool)" -0.01 "its facts say that nothing is"
got '{facts: .facts, options: .options}' | jq '.facts + {options: .options}' >"$T/facts.json"
is "$("$LINLI" decide public_bidding --ask award --facts "$T/facts.json" | jq '.items | length')" 0 "and it can be computed again"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
# shellcheck disable=SC2046
verified $(with_result)
finish
