#!/bin/bash
# Below the threshold: a price that looks too low is explained, a blind panel, a founded objection and who comes next.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
for login in aa bb cc dd ee; do bidder $login "${login}社"; done
fund_of sub_threshold 1000000.00
entry_of sub_threshold public_bidding 990000.00
tender_of comprehensive_score "{\"panel_blind\":true,\"tranches\":$TWO_PARTS}" \
    '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
deadline=$(date -u -d '+40 days' +%FT02:00:00Z)
publish "$deadline"
bid_for aa 960000.00
bid_for bb 900000.00
bid_for cc 420000.00
bid_for dd 880000.00
bid_for ee 920000.00
clock_to "$deadline"
advance 1h
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
AS=clerk IFM=$(etag) want 200 POST "/api/v1/tenders/$TENDER/open"
checks='' responsive=''
for login in aa bb cc dd ee; do
    for rule in qualified good_credit; do checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"$rule\",\"passed\":true}"; done
    responsive="$responsive,{\"bid\":\"${BID[$login]}\",\"rule\":\"responsive\",\"passed\":true}"
done
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
tag=$(AS='' lot_etag)

# Once the bids are open, nobody with an interest is even named; one that ended 3 years and a day ago is none.
person former evaluator 3
sql "INSERT INTO linli.membership (id, person_id, organisation_id, role, valid_from, valid_until) VALUES
     (gen_random_uuid(), '${PERSON[former]}', '${ORG[bb]}', 'organisation', '2000-01-01', (SELECT (now() + value::bigint * interval '1 microsecond')::date FROM linli.setting WHERE name = 'clock_offset_us') - interval '3 years')"
panel() { echo "{\"members\":[$(seat evaluator1 expert true),$(seat evaluator2 expert false),$(seat evaluator3 expert false),$(seat evaluator4 expert false),$(seat "$1" expert false)]}"; }
AS=clerk IFM=$tag WHY='three years ago to the day' want 409 PUT "/api/v1/lots/$LOT/panel" "$(panel former)"
is "$(problem)" conflict/interest "an interest"
sql "UPDATE linli.membership SET valid_until = valid_until - 2 WHERE person_id = '${PERSON[former]}' AND organisation_id IS NOT NULL"
AS=clerk IFM=$tag WHY='longer ago' want 200 PUT "/api/v1/lots/$LOT/panel" "$(panel former)"
sql "UPDATE linli.person SET employer = 'bb社' WHERE login = 'former'"
AS=clerk IFM=$(etag) WHY='but employed there' want 409 PUT "/api/v1/lots/$LOT/panel" "$(panel former)"
sql "UPDATE linli.person SET employer = NULL, family = ARRAY['bb'] WHERE login = 'former'"
AS=clerk IFM=$(AS='' lot_etag) WHY='or with family there' want 409 PUT "/api/v1/lots/$LOT/panel" "$(panel former)"
AS=clerk IFM=$(AS='' lot_etag) want 200 PUT "/api/v1/lots/$LOT/panel" "$(panel evaluator5)"
AS=clerk lot advance
for i in 1 2 3 4 5; do
    AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/panel/enter"
    AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
    AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${responsive#,}]}"
done
AS=evaluator1 lot advance
is "$(phase)" scoring "five respond"
sheets=
for pair in aa:80 bb:90 cc:85 dd:82 ee:88; do
    sheets="$sheets,{\"bid\":\"${BID[${pair%%:*}]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"${pair#*:}\",\"reason\":\"见记录\"}]}"
done
for i in 1 2 3 4 5; do
    AS=evaluator$i want 200 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[${sheets#,}]}"
    AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
done
isnt_null() { [ "$1" != null ]; }
ok "every sheet is locked" isnt_null "$(got .all_locked)"

# Bids are read by the panel, not by whoever is an evaluator; a blind one reads no names.
AS=evaluator1 want 200 GET "/api/v1/lots/$LOT/panel/bids"
is "$(got '[(.items | length), .items[0].content.fields.price != null, .items[0].name, .items[0].organisation, (.items[0].content | has("organisation"))] | @json')" \
    '[5,true,null,null,false]' "what they offer, not who they are"
AS=former req GET "/api/v1/lots/$LOT/panel/bids"
is "$(got '.items | length')" 0 "an evaluator of another panel reads nothing"
AS=former req GET "/api/v1/tenders/$TENDER/opening"
is "$(got '.items | length')" 0 "nor in the record of the opening"

# One finds an interest late: its views are void, and four are no panel.
AS=evaluator5 want 422 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":true}'
AS=evaluator5 want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":true,"reason":"亲属在该单位任职"}'
is "$(got .locked)" null "open again"
AS=evaluator5 want 409 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[${sheets#,}]}"
AS=evaluator1 want 409 PUT "/api/v1/lots/$LOT/report" '{"summary":"x"}'
is "$(problem)" panel/unfit "four are no panel"
person evaluator6 evaluator 3
AS=clerk req GET "/api/v1/lots/$LOT/panel"
gone=$(got '.members[] | select(.state == "excused") | .id')
AS=clerk IFM=$(etag) want 200 POST "/api/v1/lots/$LOT/panel/replace" "{\"member\":\"$gone\",\"person\":\"${PERSON[evaluator6]}\",\"kind\":\"expert\",\"reason\":\"回避\"}"
AS=evaluator6 want 200 POST "/api/v1/lots/$LOT/panel/enter"
AS=evaluator6 want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
AS=evaluator1 want 409 PUT "/api/v1/lots/$LOT/report" '{"summary":"x"}'
AS=evaluator6 want 200 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[${sheets#,}]}"
AS=evaluator6 want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
AS=evaluator2 lot evaluate
AS=evaluator2 req GET "/api/v1/lots/$LOT/evaluation"
is "$(got '[.bids[] | has("organisation")] | any')" false "a blind panel reads no names"
AS=evaluator1 want 200 PUT "/api/v1/lots/$LOT/report" '{"summary":"待说明报价"}'
for i in 1 2 3 4 6; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/report/sign" '{}'; done

# 420,000.00 is less than half the mean: asked first.
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '[.phase, .waiting] | @json')" '["scoring","explanation"]' "the lot waits for an explanation"
AS=aa want 409 POST "/api/v1/bids/${BID[aa]}/explanation" '{"body":"x"}'
AS=aa want 403 POST "/api/v1/bids/${BID[cc]}/explanation" '{"body":"x"}'
AS=evaluator1 WHY='it was not heard yet' want 409 POST "/api/v1/bids/${BID[cc]}/explanation/judge" '{"accepted":false,"reason":"x"}'
AS=cc want 200 POST "/api/v1/bids/${BID[cc]}/explanation" '{"body":"志愿者参与，成本构成见附表"}'
AS=clerk want 403 POST "/api/v1/bids/${BID[cc]}/explanation/judge" '{"accepted":true,"reason":"x"}'
AS=evaluator2 WHY='the chair speaks for the panel' want 403 POST "/api/v1/bids/${BID[cc]}/explanation/judge" '{"accepted":false,"reason":"x"}'
AS=evaluator1 want 200 POST "/api/v1/bids/${BID[cc]}/explanation/judge" '{"accepted":false,"reason":"未提供成本依据"}'
AS=evaluator1 WHY='judged is judged' want 409 POST "/api/v1/bids/${BID[cc]}/explanation/judge" '{"accepted":true,"reason":"x"}'
is "$(phase)" deciding "evaluated again"
AS=clerk req GET "/api/v1/lots/$LOT/evaluation"
n=$(got ".bids | to_entries[] | select(.value.bid == \"${BID[cc]}\") | .key")
is "$(got ".evaluation.items[] | select(.bid == $n) | .standing")" out "a price that was not shown to be sound is out"
AS=clerk lot decide
is "$(got '[.awards[].organisation] | @json')" '["bb社","ee社","dd社"]' "the others are ranked"
AS=approver lot confirm
AS=clerk lot announce
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '.items[] | select(.kind == "result") | .body.ranking | length')" 5 "below the threshold totals and ranks are public"
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h

# A founded objection takes the winner out.
AS=ee want 201 POST "/api/v1/lots/$LOT/objections" "{\"kind\":\"result\",\"bid\":\"${BID[bb]}\",\"body\":\"业绩不实\"}"
objection=$(got .id)
AS=clerk req GET "/api/v1/objections/$objection"
AS=clerk IFM=$(etag) want 200 POST "/api/v1/objections/$objection/answer" '{"finding":"founded","answer":"成立","effect":"取消中标资格，按排名递补","consequence":"next"}'
AS=clerk lot decide
is "$(got '[.awards[] | [.organisation, .standing]] | @json')" '[["ee社","winner"],["dd社","reserve"]]' "the next in rank moves up"
AS=clerk req GET "/api/v1/lots/$LOT/objections"
is "$(got '.items[0].state')" founded "and the record says why"
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
