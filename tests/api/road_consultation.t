#!/bin/bash
# Three last quotes in a consultation: last quotes 190,000, 200,000 and 180,000, other points 72,
# 76 and 66; the second wins with 94.0000. One round of changed needs; nobody reads a last quote before its moment. Then a
# call with one response, which ends it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/road_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
fund_of statutory 600000.00
entry_of statutory consultation 250000.00
HALVES='[{"code":"first","name":{"zh":"首款","en":"first"},"share":"50%","due":"on_signing","advance":true},
 {"code":"final","name":{"zh":"尾款","en":"final"},"share":"50%","due":"on_acceptance"}]'
SCORES='{"price_weight":"20%","criteria":[{"code":"business","name":{"zh":"商务","en":"business"},"weight":"25%","max":"25"},
 {"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"50%","max":"50"},{"code":"credit","name":{"zh":"信用","en":"credit"},"weight":"5%","max":"5"}]}'
tender_of two_stage_quote "{\"quote_window\":\"1h\",\"tranches\":$HALVES}" "$SCORES"
AS=approver IFM=$TAG want 409 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(date -u -d '+9 days' +%FT02:00:00Z)\",\"confirm_unverified\":true}"
is "$(got '.article')" "财库〔2014〕214号 §10" "nine days are too few to respond"
publish "$(date -u -d '+21 days' +%FT02:00:00Z)"
is "$(got '.state + " " + .lots[0].phase')" "bidding responding" "the call is out"
bid_for aa 195000.00
bid_for bb 205000.00
bid_for cc 185000.00
AS=clerk IFM='*' want 409 POST "/api/v1/tenders/$TENDER/open" '' # there is no public opening
past 22d
is "$(lot_now)" "review opened" "what was sealed lies open at the deadline"
AS=clerk want 200 GET "/api/v1/tenders/$TENDER/opening"
is "$(got '[.items[].price]|sort|join(" ")')" "185000.00 195000.00 205000.00" "the office reads the first quotes"
AS=aa req GET "/api/v1/tenders/$TENDER/opening"
is "$(got '[.items[]|.price]|join(" ")')" "195000.00" "a supplier its own"

# The group checks, and talks.
panel_in evaluator1 evaluator2 evaluator3
all_pass evaluator1 qualified good_credit responsive
as evaluator1 POST "/api/v1/lots/$LOT/advance"
is "$(got .phase)" talks "on to the talks"
AS=aa want 200 POST "/api/v1/bids/${BID[aa]}/requote" '{"fields":{"price":"194000.00"},"reason":"按磋商意见调整"}'
is "$(got '.price + " " + .quotes[0].value')" "194000.00 194000.00" "A responds anew"
AS=evaluator1 IFM='*' want 403 POST "/api/v1/lots/$LOT/change" '{"body":"x","clause":"y","representative":"z","service":true}'
AS=clerk IFM='*' want 422 POST "/api/v1/lots/$LOT/change" '{"body":"每周服务次数由二次改为三次","clause":"第三章 5.2","representative":"采购人代表"}'
as clerk POST "/api/v1/lots/$LOT/change" '{"body":"每周服务次数由二次改为三次","clause":"第三章 5.2","representative":"采购人代表","service":true}'
as evaluator1 POST "/api/v1/lots/$LOT/advance"
is "$(got '.phase + " " + (.round|tostring)')" "talks 2" "the needs have changed: a second round"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[]|select(.kind=="change")|.body.body]|join(" ")')" "每周服务次数由二次改为三次" "all are told at once"
AS=clerk IFM='*' want 409 POST "/api/v1/tenders/$TENDER/amend" '{"body":"x"}'
AS='' req GET "/api/v1/tenders/$TENDER"
deadline=$(got .deadline)
AS=clerk IFM='*' WHY='the bids are open' want 409 POST "/api/v1/tenders/$TENDER/extend" '{"body":"x","deadline":"2039-01-05T02:00:00Z"}'
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .deadline)" "$deadline" "the deadline of open bids does not move"
as evaluator1 POST "/api/v1/lots/$LOT/advance"
is "$(got .phase)" quoting "on to the last quotes"

# Last quotes: the last before the moment counts, and nobody else reads it until then.
AS=bb want 200 POST "/api/v1/bids/${BID[bb]}/requote" '{"fields":{"price":"203000.00"}}'
AS=bb want 200 POST "/api/v1/bids/${BID[bb]}/requote" '{"fields":{"price":"200000.00"}}'
is "$(got '.price + " " + (.quotes|map(.value)|join(" "))')" "205000.00 200000.00" "B replaces its last quote"
AS=aa want 404 POST "/api/v1/bids/${BID[bb]}/requote" '{"fields":{"price":"1.00"}}'
AS=clerk want 403 POST "/api/v1/bids/${BID[bb]}/requote" '{"fields":{"price":"1.00"}}'
AS=clerk want 200 GET "/api/v1/bids/${BID[bb]}"
is "$(got '.price + " " + (.quotes|tostring)')" "205000.00 null" "the office reads nothing of it yet"
AS=aa want 200 POST "/api/v1/bids/${BID[aa]}/requote" '{"fields":{"price":"190000.00"}}'
AS=cc want 200 POST "/api/v1/bids/${BID[cc]}/requote" '{"fields":{"price":"180000.00"}}'
AS=evaluator1 IFM='*' WHY="only the clock ends it" want 409 POST "/api/v1/lots/$LOT/advance"
AS='' req GET "/api/v1/lots/$LOT"
AS='' req POST /api/v1/clock "{\"to\":\"$(got .phase_due)\"}"
AS=aa WHY='the moment has come, whether it was acted on or not' want 409 POST "/api/v1/bids/${BID[aa]}/requote" '{"fields":{"price":"1.00"}}'
past 2h
is "$(lot_now)" "scoring checked" "three last quotes: the scoring"
AS=cc want 409 POST "/api/v1/bids/${BID[cc]}/requote" '{"fields":{"price":"1.00"}}'
AS=clerk want 200 GET "/api/v1/tenders/$TENDER/opening"
is "$(got '[.items[].price]|sort|join(" ")')" "180000.00 190000.00 200000.00" "now they are the prices"

# 72, 76 and 66 of 80; the totals as worked out by hand.
sheet() { # login business technical credit
    printf '{"bid":"%s","marks":[{"criterion":"business","value":"%s","reason":"见记录"},{"criterion":"technical","value":"%s","reason":"见记录"},{"criterion":"credit","value":"%s","reason":"见记录"}]}' "${BID[$1]}" "$2" "$3" "$4"
}
for e in "${PANEL[@]}"; do
    as "$e" PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[$(sheet aa 22 45 5),$(sheet bb 23 48 5),$(sheet cc 20 42 4)]}"
    as "$e" POST "/api/v1/lots/$LOT/marks/lock" '{}'
done
report_signed
AS=clerk req GET "/api/v1/lots/$LOT/evaluation"
is "$(got '[.evaluation.items[]|.total]|sort|join(" ")')" "86.0 90.9474 94.0" "the totals as worked out by hand"
decided bb 200000.00
past 5d
balance "reserved" 350000.00 250000.00 0.00 0.00
fulfilled bb
balance "paid" 400000.00 0.00 0.00 200000.00

# One response: terminated, with the article, and what may follow.
entry_of statutory consultation 250000.00
tender_of two_stage_quote "{\"tranches\":$HALVES}" "$SCORES"
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) +25 days" +%FT02:00:00Z)"
bid_for aa 195000.00
past 26d
is "$(lot_now)" "void void" "one response ends it"
AS='' req GET "/api/v1/lots/$LOT"
like "$(got '.reason|tostring')" '*财库〔2015〕124号*' "and says by which rule"
is "$(got '.ways|map(.code)|join(" ")')" "retender other_method" "the lawful ways on"
balance "free again" 400000.00 0.00 0.00 200000.00
verified
stop_server
finish
