#!/bin/bash
# A negotiation: three respond, one leaves before the last quote and two end it (order 74 §37); then the
# two of a failed tender, with approval (§27), where the lowest last quote wins.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/road_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
fund_of statutory 1000000.00
WHOLE='[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]'
later() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) +$1 days" +%FT02:00:00Z; }
respond() { # login:price...
    local pair
    BID=()
    for pair in "$@"; do bid_for "${pair%%:*}" "${pair#*:}"; done
    past "$DAYS"
    is "$(lot_now)" "review opened" "the responses lie open"
    panel_in evaluator1 evaluator2 evaluator3
    all_pass evaluator1 qualified good_credit responsive
    as evaluator1 POST "/api/v1/lots/$LOT/advance"
    is "$(got .phase)" talks "on to the talks"
}
quote() { AS=$1 want 200 POST "/api/v1/bids/${BID[$1]}/requote" "{\"fields\":{\"price\":\"$2\"}}"; }

# Three respond, one leaves.
entry_of statutory negotiation 500000.00
AS=clerk want 422 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"x\",\"scheme\":\"lowest_price\",\"options\":{\"ground\":\"failed_two\",\"candidates\":2,\"tranches\":$WHOLE},\"appropriation\":\"$APP\"}"
is "$(got '.errors[0].pointer')" /options/approval "the two of a failed tender need an approval first"
tender_of lowest_price "{\"ground\":\"complex\",\"tranches\":$WHOLE}" '{}'
publish "$(date -u -d '+10 days' +%FT02:00:00Z)"
DAYS=11d respond aa:480000.00 bb:470000.00 cc:490000.00
AS=cc want 200 POST "/api/v1/bids/${BID[cc]}/withdraw"
as evaluator1 POST "/api/v1/lots/$LOT/advance"
is "$(got '.phase + " " + .state')" "void void" "two are not enough"
like "$(got '.reason|tostring')" '*财政部令第74号 §33*' "and says by which rule"
is "$(got '.ways|map(.code)|join(" ")')" "retender other_method" "the lawful ways on"
balance "free again" 1000000.00 0.00 0.00 0.00

# The two of a failed tender.
entry_of statutory negotiation 500000.00
tender_of lowest_price "{\"ground\":\"failed_two\",\"approval\":\"财采〔2026〕1号\",\"candidates\":2,\"quote_window\":\"2h\",\"tranches\":$WHOLE}" '{}'
as clerk POST "/api/v1/tenders/$TENDER/invitations" "{\"candidates\":[\"${ORG[aa]}\",\"${ORG[bb]}\"],\"invited\":2,\"source\":\"prequalified\"}"
AS=approver IFM='*' want 200 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 10)\",\"confirm_unverified\":true}"
DAYS=11d respond aa:480000.00 bb:470000.00
as agent POST "/api/v1/lots/$LOT/change" '{"body":"增加夜间值守","clause":"第二章 3","representative":"采购人代表","service":true,"terms":true}'
as evaluator1 POST "/api/v1/lots/$LOT/advance"
is "$(got '.phase + " " + (.round|tostring)')" "talks 2" "a second round"
quote aa 465000.00
as agent POST "/api/v1/lots/$LOT/change" '{"body":"值守人员增加一名","clause":"第二章 3","representative":"采购人代表","service":true}'
as evaluator1 POST "/api/v1/lots/$LOT/advance"
is "$(got '.phase + " " + (.round|tostring)')" "talks 3" "a third round"
quote aa 460000.00
quote bb 458000.00
as evaluator1 POST "/api/v1/lots/$LOT/advance"
is "$(got '.phase')" quoting "on to the last quotes"
quote bb 450000.00
quote aa 455000.00
AS=aa want 409 POST "/api/v1/bids/${BID[aa]}/withdraw"
past 3h
is "$(lot_now)" "scoring checked" "two last quotes suffice here"
report_signed
is "$(phase)" deciding "evaluated by price alone"
decided bb 450000.00
past 5d
fulfilled bb
balance "paid" 550000.00 0.00 0.00 450000.00
verified
stop_server
finish
