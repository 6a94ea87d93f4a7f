#!/bin/bash
# An evaluation that was reported on is made again only on the grounds the rules name (财政部令第87号 §64, 财库〔2014〕214号 §32, 财政部令第74号 §21):
# asked for by one person, approved by another, reported anew; what it overtook stays readable.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
person both office_clerk 3
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[both]}', 3, 'office_approver', '2020-01-01')"
BIDDERS=(aa bb cc)
stands() { AS='' req GET "/api/v1/appropriations/$APP"; is "$(got '[.available, .reserved, .committed] | join(" ")')" "${*:2}" "$1"; }
ask() { # status ground [bid]: asked by the clerk
    AS=${WHO:-clerk} IFM='*' want "$1" POST "/api/v1/lots/$LOT/reviews" "{\"ground\":\"$2\",\"reason\":\"复核发现\"${3:+,\"bid\":\"$3\"}}"
    [ "$1" != 201 ] || REVIEW=$(got .id)
}
approve() { AS=${WHO:-approver} IFM='*' want "$1" POST "/api/v1/lots/$LOT/reviews/$REVIEW/approve"; }
remark() { # login value: by the whole panel
    local i
    for i in "${PANEL[@]}"; do
        AS=$i want 200 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[{\"bid\":\"${BID[$1]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"$2\",\"reason\":\"重新评审\"}]}]}"
        AS=$i want 200 POST "/api/v1/lots/$LOT/marks/lock" '{}'
    done
}
awards() { AS=clerk req GET "/api/v1/lots/$LOT/awards"; got '[.items[] | select(.state != "withdrawn" and .state != "refused") | .organisation + " " + .standing] | join(",")'; }

# ---- a mark outside its range: the winner changes ----
IN_NOTICE=1 winner_of 1000.00 2500.00
stands "reserved" 1500.00 1000.00 0.00
first=$AWARD
AS=clerk req GET "/api/v1/lots/$LOT/evaluation"
was=$(got '[.evaluation.items[] | [.bid, .rank]] | tostring')
WHY='no such ground' ask 422 better_offer
is "$(got '.errors[0].pointer')" /ground "the member at fault"
WHY='another approves' WHO=approver ask 403 out_of_range
AS=aa IFM='*' want 403 POST "/api/v1/lots/$LOT/reviews" '{"ground":"sum_wrong","reason":"x"}'
WHY='not a bid of this lot' ask 422 out_of_range "$LOT"
ask 201 out_of_range "${BID[aa]}"
is "$(got '.state')" asked "asked for"
WHY='once at a time' ask 409 sum_wrong
WHO=clerk approve 403
AS=approver IFM='*' want 200 POST "/api/v1/lots/$LOT/reviews/$REVIEW/refuse" '{"reason":"依据不足"}'
approve 409
WHO=both ask 201 out_of_range "${BID[aa]}"
WHO=both approve 409
is "$(problem)" approval/same-person "two people"
is "$(phase)" notice "and nothing has moved"
approve 200
is "$(got '[.state, .phase] | join(" ")')" "approved scoring" "back to the evaluation"
is "$(awards)" "" "what rested on it has fallen"
stands "its money stays reserved" 1500.00 1000.00 0.00
AS=clerk IFM='*' WHY='it has fallen' want 409 POST "/api/v1/awards/$first/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"条款"}'
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "review") | .body.ground, .body.reason] | join(" ")')" "out_of_range 复核发现" "the public is told the ground"
AS=clerk WHY='what the plan shows of marks only later' want 404 GET "/api/v1/lots/$LOT/evaluation"
AS=evaluator1 IFM='*' WHY='a sheet is open' want 409 POST "/api/v1/lots/$LOT/evaluate"
AS=evaluator1 IFM='*' WHY='nor does the old one carry it on' want 409 POST "/api/v1/lots/$LOT/advance"
AS=evaluator1 WHY='that of another bid stays locked' want 409 PUT "/api/v1/lots/$LOT/marks" "{\"sheets\":[{\"bid\":\"${BID[bb]}\",\"marks\":[{\"criterion\":\"technical\",\"value\":\"1\",\"reason\":\"x\"}]}]}"
remark aa 80
is "$(phase)" scoring "not over before there is a fresh report"
report_signed
is "$(phase)" deciding "reported anew"
AS=auditor req GET "/api/v1/lots/$LOT/reviews"
is "$(got '[.items[] | .state] | join(",")')" "refused,done" "both are on record"
is "$(got '.items[1] | [.changed, .before.report.summary, (.before.signatures | length), .before.awards[0].award] | @json')" \
    "[true,\"评审报告\",3,\"$first\"]" "with what it overtook"
is "$(sql "SELECT count(*) FROM linli.sheet_reopened")" 3 "and what the sheets said"
AS=auditor want 200 GET "/api/v1/decisions/$(got '.items[1].before.evaluation')"
is "$(got '[.answer.items[] | [.bid, .rank]] | tostring')" "$was" "the old evaluation can still be read"
AS=clerk lot decide
is "$(got '[.awards[] | [.organisation, .standing]] | @json')" '[["乙社","winner"],["丙社","reserve"],["甲社","reserve"]]' "another wins"
AS=approver lot confirm
AS=clerk lot announce
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "result") | .body.awards[] | select(.standing == "winner") | .name] | join(",")')" "甲社,乙社" "announced anew, the old notice is there"

# ---- the sum: nothing changes, and once a contract is signed nothing can ----
notice_over
ask 201 sum_wrong
approve 200
is "$(phase)" scoring "back from the signing, too"
report_signed
AS=clerk req GET "/api/v1/lots/$LOT/reviews"
is "$(got '.items[2] | [.state, .changed] | @json')" '["done",false]' "the order is the same"
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
notice_over
AS=clerk req GET "/api/v1/lots/$LOT/awards"
draft_of "$(got '.items[] | select(.standing == "winner" and .state == "announced") | .id')"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=bb IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
stands "signed" 1500.00 0.00 1000.00
WHY='a contract is signed' ask 409 sum_wrong

# ---- a qualification, where the rules name it ----
IN_NOTICE=1 winner_of 1000.00
ask 201 qualification_wrong "${BID[aa]}"
approve 200
AS=clerk WHY='another bid is not looked at' want 422 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[{\"bid\":\"${BID[bb]}\",\"rule\":\"qualified\",\"passed\":false,\"reason\":\"x\"}]}"
AS=clerk want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[{\"bid\":\"${BID[aa]}\",\"rule\":\"qualified\",\"passed\":false,\"reason\":\"登记证书已过期\"}]}"
report_signed
AS=clerk lot decide
is "$(got '[.awards[] | [.organisation, .standing]] | @json')" '[["乙社","winner"],["丙社","reserve"]]' "who is not qualified is out"
AS=clerk WHY='that is over' want 409 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[{\"bid\":\"${BID[bb]}\",\"rule\":\"qualified\",\"passed\":false,\"reason\":\"x\"}]}"

# ---- in a public bidding by law it is no ground ----
person evaluator4 evaluator 3
person evaluator5 evaluator 3
fund_of statutory 5000.00
entry_of statutory public_bidding 5000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
BID=()
for x in aa bb cc; do bid_for "$x" 4000.00; done
open_bids aa bb cc
panel_sits evaluator1 evaluator2 evaluator3 evaluator4 evaluator5
WHY='not evaluated yet' ask 409 sum_wrong
marks_of aa:90 bb:85 cc:80
report_signed
ask 409 qualification_wrong
is "$(problem) $(got .article)" "review/ground 财政部令第87号 §64" "not in a public bidding"
ask 201 abnormal
is "$(got .ground)" abnormal "but this is"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
# shellcheck disable=SC2046
verified $(with_result)
finish
