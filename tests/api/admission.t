#!/bin/bash
# A bid that is not admitted says why: to the office with the evaluation, to its bidder with the result, and in the notice
# as far as the regime tells of others.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
bidder aa 甲社
bidder bb 乙社
bidder cc 丙社
why() { got ".items[] | select((.id // .bid) == \"${BID[$1]}\") | .not_admitted | if . then map(.zh) | join(\"；\") else null end"; }

to_evaluation() { # REGIME
    fund_of "$1" 90000.00
    entry_of "$1" public_bidding 90000.00
    tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
    AS='' req GET /api/v1/clock
    publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
    BID=()
    bid_for aa 80000.00
    bid_for bb 85000.00
    bid_for cc 99000.00
    open_bids aa bb cc
}

to_evaluation sub_threshold
panel_sits evaluator1 evaluator2 evaluator3
marks_of aa:90 bb:80
AS=clerk req GET "/api/v1/tenders/$TENDER/opening"
is "$(got "[.items[] | select(.not_admitted)] | length")" 0 "nothing is found before the report is signed"
report_signed
is "$(phase)" deciding "evaluated"

AS=clerk req GET "/api/v1/tenders/$TENDER/opening"
like "$(why cc)" '*超过最高限价*' "the record of the opening says why it is not admitted"
say "  $(why cc)"
is "$(why aa)" null "and nothing of who is"
AS=clerk want 200 GET "/api/v1/bids/${BID[cc]}"
like "$(got '.not_admitted[0].en')" '*over the ceiling*' "so does the bid, in English too"
AS=clerk want 200 GET "/api/v1/lots/$LOT/evaluation"
like "$(got ".bids[] | select(.bid == \"${BID[cc]}\") | .not_admitted[0].zh")" '*超过最高限价*' "and the evaluation, which leaves it out"
for at in "bids/${BID[cc]}" me/bids "tenders/$TENDER/opening"; do
    AS=cc req GET "/api/v1/$at"
    is "$(got '[.. | objects | .not_admitted? | select(. != null)] | length')" 0 "$at: its bidder is told with the result, not before"
done

AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
for at in "bids/${BID[cc]}" me/bids "tenders/$TENDER/opening" "lots/$LOT/evaluation/own"; do
    AS=cc want 200 GET "/api/v1/$at"
    like "$(got '[.. | objects | .not_admitted? | select(. != null)][0][0].zh')" '*超过最高限价*' "$at: now its bidder is told"
done
AS=cc req GET /api/v1/me/work
like "$(got '.bids[0].not_admitted[0].zh')" '*超过最高限价*' "me/work too"
AS=aa req GET "/api/v1/lots/$LOT/evaluation/own"
is "$(got '.items[0].not_admitted')" null "another is not told of it there"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "result")][0].body.not_admitted | map(.number) | @json')" '[3]' "the notice names the serial of the bid below the threshold"
like "$(got '[.items[] | select(.kind == "result")][0].body.not_admitted[0].why[0].zh')" '*超过最高限价*' "with the reason"

# Statutory procurement, and three are too few when one is void: the article, to the bidder alone.
to_evaluation statutory
AS=clerk IFM=$(AS='' lot_etag) req POST "/api/v1/lots/$LOT/advance"
PANEL=(evaluator1 evaluator2 evaluator3 evaluator4 evaluator5)
[ "$(phase)" = conformity ] && conformity
AS='' req GET "/api/v1/lots/$LOT"
is "$(got .state)" void "two of three is too few"
AS=cc req GET "/api/v1/bids/${BID[cc]}"
like "$(got '.not_admitted[0].zh')" '*超过最高限价*' "the bidder is told although nothing was compared"
like "$(got '.not_admitted[0].source')" '*87号 §63*' "by which article"
AS=aa req GET "/api/v1/tenders/$TENDER/opening"
is "$(got '[.items[] | .not_admitted | select(. != null)] | length')" 0 "other bidders are not"
finish
