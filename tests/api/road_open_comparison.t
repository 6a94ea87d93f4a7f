#!/bin/bash
# The office's own ladder: a direct order on one quote, three quotes a clerk typed in, an open call that one
# organisation answers and that goes on with approval.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/road_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
fund_of sub_threshold 200000.00
WHOLE='[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]'
later() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) +$1 days" +%FT02:00:00Z; }
typed() { # login price
    as clerk POST "/api/v1/tenders/$TENDER/quotes" "{\"organisation\":\"${ORG[$1]}\",\"fields\":{\"price\":\"$2\"},\"source\":\"书面报价单，3月5日\"}"
    BID[$1]=$(got .id)
}
pass_and_compare() {
    all_pass clerk qualified responsive
    as clerk POST "/api/v1/lots/$LOT/advance"
    is "$(got .phase)" scoring "on to the comparison"
    as clerk POST "/api/v1/lots/$LOT/evaluate"
    is "$(phase)" deciding "compared"
}

# ---- a direct order of 8,000 ----
entry_of sub_threshold open_comparison 8000.00
FIRST=$ENTRY
tender_of lowest_price "{\"way\":\"direct\",\"tranches\":$WHOLE}" '{}'
publish "$(later 3)"
is "$(got '.sealing + " " + .lots[0].phase')" "open_bids collecting" "published"
AS=aa want 403 POST "/api/v1/tenders/$TENDER/proposals" '{"title":"x","body":"x","place":"x","cost":"1.00","organisation":true}'
AS=aa want 403 POST "/api/v1/tenders/$TENDER/quotes" "{\"organisation\":\"${ORG[aa]}\",\"fields\":{\"price\":\"1.00\"},\"source\":\"x\"}"
AS=clerk want 422 POST "/api/v1/tenders/$TENDER/quotes" '{"organisation":"00000003-0000-8000-8000-000000000001","fields":{"price":"1.00"},"source":"x"}'
AS=clerk want 422 POST "/api/v1/tenders/$TENDER/quotes" "{\"organisation\":\"${ORG[aa]}\",\"fields\":{},\"source\":\"x\"}"
AS=clerk IFM='*' want 409 POST "/api/v1/lots/$LOT/advance"
typed aa 8000.00
as clerk POST "/api/v1/lots/$LOT/advance"
is "$(got .phase)" checking "one quote is enough"
pass_and_compare
decided aa 8000.00
fulfilled aa
balance "paid" 192000.00 0.00 0.00 8000.00

# ---- three quotes ----
BID=()
entry_of sub_threshold open_comparison 50000.00
AS='' req GET "/api/v1/entries/$ENTRY"
is "$(got '.warnings|length')" 0 "no warning: together far from the threshold"
AS=clerk want 422 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"x\",\"scheme\":\"lowest_price\",\"options\":{\"way\":\"direct\",\"tranches\":$WHOLE},\"appropriation\":\"$APP\"}"
is "$(got '.errors[0].pointer')" /options/way "50,000.00 is no direct order"
tender_of lowest_price "{\"way\":\"quotes\",\"tranches\":$WHOLE}" '{}'
publish "$(later 3)"
typed aa 49000.00
typed bb 47000.00
AS=clerk want 409 POST "/api/v1/tenders/$TENDER/quotes" "{\"organisation\":\"${ORG[bb]}\",\"fields\":{\"price\":\"46000.00\"},\"source\":\"x\"}"
AS=bb want 404 POST "/api/v1/bids/${BID[aa]}/withdraw"
as clerk POST "/api/v1/bids/${BID[bb]}/withdraw"
typed bb 46000.00
AS=clerk IFM='*' want 409 POST "/api/v1/lots/$LOT/advance"
is "$(got '.why.why[0].code')" to_collect "two of three"
typed cc 48000.00
as clerk POST "/api/v1/lots/$LOT/advance"
pass_and_compare
decided bb 46000.00
fulfilled bb
balance "paid" 146000.00 0.00 0.00 54000.00

# ---- an open call with one answer ----
BID=()
entry_of sub_threshold open_comparison 100000.00
tender_of lowest_price "{\"way\":\"call\",\"below\":\"ask\",\"tranches\":$WHOLE}" '{}'
AS=approver IFM=$TAG want 409 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 3)\",\"confirm_unverified\":true}"
is "$(problem)" rule/refused "five working days are the office's own rule"
publish "$(later 15)"
bid_for cc 90000.00
AS=clerk want 403 POST "/api/v1/tenders/$TENDER/quotes" "{\"organisation\":\"${ORG[aa]}\",\"fields\":{\"price\":\"1.00\"},\"source\":\"x\"}"
past 16d
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.phase + " " + .waiting + " " + (.ways|map(.code)|join(" "))')" "collecting approval go_on retender other_method" "one answer: a person decides"
as approver POST "/api/v1/lots/$LOT/approve" '{"way":"go_on","reason":"需求紧迫，价格合理"}'
is "$(lot_now)" "checking opened" "on with the one there is"
all_pass clerk qualified responsive
as clerk POST "/api/v1/lots/$LOT/advance"
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.phase + " " + .waiting')" "checking approval" "the next gate asks again"
as approver POST "/api/v1/lots/$LOT/approve" '{"way":"go_on","reason":"审查合格"}'
is "$(lot_now)" "scoring checked" "on to the panel"
panel_in evaluator1 evaluator2 evaluator3
report_signed
is "$(phase)" deciding "evaluated"
decided cc 90000.00
past 20d
fulfilled cc
balance "paid" 56000.00 0.00 0.00 144000.00
verified
stop_server
finish
