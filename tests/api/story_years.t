#!/bin/bash
# A service contract of three years from its award to its closing, through the API alone: a payment the bank sends back, a year that fails
# its evaluation and is done again, a supplement, a demand set off and one paid back, what was kept paid half a year after the end.
# Then 一招三年: contracts of a year each under one award, renewed by evaluation, from the money of each year.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社 cc:晨光社区居委会; do bidder "${x%%:*}" "${x#*:}"; done
TRANCHES='[{"code":"advance","name":{"zh":"预付款","en":"advance"},"share":"20%","due":"on_signing","advance":true},
 {"code":"year_1","name":{"zh":"第一年","en":"first year"},"share":"25%","due":"on_milestone","on":"2028-03-31"},
 {"code":"year_2","name":{"zh":"第二年","en":"second year"},"share":"25%","due":"on_milestone","on":"2029-03-31"},
 {"code":"year_3","name":{"zh":"第三年","en":"third year"},"share":"30%","due":"on_acceptance"}]'
MORE='"acceptance":{"scheme":"performance","options":{"factor":"steps","step_rounding":"floor","indicators":[{"code":"year","name":{"zh":"年度考核","en":"year"},"group":"output","points":"100"}]}}'
to_day() { clock_to "$(TZ=Asia/Shanghai date -u -d "$1 12:00" +%FT%TZ)"; }
stands() { # name available committed payable in_transit paid returned
    AS='' req GET "/api/v1/appropriations/$APP"
    is "$(got '[.available, .committed, .payable, .in_transit, .paid, .returned] | join(" ")')" "${*:2}" "the money: $1"
}
report() { # TRANCHE: DELIVERY
    local part_code part_paper
    AS='' req GET "/api/v1/tranches/$1"
    part_code=$(got .code)
    AS='' req GET "/api/v1/tenders/$TENDER/plan"
    part_paper=$(got ".plan.papers | (map(select(.tranche == \"$part_code\")) + map(select(.tranche))) | .[0].code")
    AS=aa IFM='*' want 200 POST "/api/v1/tranches/$1/deliveries" "{\"paper\":\"$part_paper\",\"body\":\"年度报告\",\"figures\":[{\"name\":\"服务人次\",\"value\":\"5200\"}]}"
    AS=clerk req GET "/api/v1/tranches/$1/deliveries"
    DELIVERY=$(got '[.items[] | select(.finding == null)][0].id')
}
found() { # TRANCHE FINDING [POINTS]: by the assessor
    local points=
    [ -z "${3:-}" ] || points=",\"marks\":[{\"criterion\":\"year\",\"value\":\"$3\"}]"
    AS=assessor IFM='*' want 200 POST "/api/v1/tranches/$1/accept" "{\"delivery\":\"$DELIVERY\",\"finding\":\"$2\",\"reason\":\"第三方评估\"$points}"
}
release() { AS=clerk IFM='*' want "$2" POST "/api/v1/tranches/$1/release"; }
terms() { AS='' req GET "/api/v1/tranches/$1/payable"; is "$(got '[.planned, .score, .retained, .deducted, .set_off, .advance, .payable] | join(" ")')" "$3" "$2"; }

# ---- the award, and a contract of three years with three parties ----
winner_of 300000.00 400000.00
AS=clerk want 201 POST "/api/v1/awards/$AWARD/contract" "{\"starts\":\"2027-04-01\",\"ends\":\"2030-03-31\",\"terms\":\"三年期服务\",\"retention\":\"5%\",\"retention_until\":\"2030-09-30\",\"parties\":[{\"organisation\":\"${ORG[cc]}\",\"part\":\"community\"}]}"
CONTRACT=$(got .id)
for who in aa approver cc; do AS=$who IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"; done
is "$(got .state)" signed "signed by all three"
parts
advance=${PARTS[0]} year1=${PARTS[1]} year2=${PARTS[2]} year3=${PARTS[3]}
stands "bound" 100000.00 300000.00 0.00 0.00 0.00 0.00

# ---- the advance, which the bank sends back once ----
release "$advance" 200
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/$advance/payments" '{}'
PAYMENT=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/approve"
stands "with the bank" 100000.00 240000.00 0.00 60000.00 0.00 0.00
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/return" '{"reason":"户名不符，银行退汇"}'
stands "sent back: payable again" 100000.00 240000.00 60000.00 0.00 0.00 0.00
pay_released "$advance"
stands "paid once" 100000.00 240000.00 0.00 0.00 60000.00 0.00

# ---- the first year ----
to_day 2028-03-20
report "$year1"
found "$year1" accepted 89
paid "$year1"
terms "$year1" "89 points: no whole step below 90; 5 % kept" "75000.00 0.00 3750.00 0.00 0.00 0.00 71250.00"

# ---- the second fails, and is evaluated again after it was put right ----
to_day 2029-03-20
report "$year2"
found "$year2" refused
release "$year2" 409
is "$(problem)" tranche/waiting "a year that failed is not paid"
stands "nothing moved" 100000.00 168750.00 0.00 0.00 131250.00 0.00
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" '{"amount":"3000.00","due":"2029-05-01T00:00:00Z","reason":"审计：不合规支出"}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$(got .id)/approve" '{}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$(got .id)/set-off" '{"reason":"从第二年款抵扣"}'
report "$year2"
found "$year2" accepted 80
paid "$year2"
terms "$year2" "80 points cost 2 %; 5 % kept; 3,000.00 set off" "75000.00 1500.00 3750.00 0.00 3000.00 0.00 66750.00"

# ---- more is asked for: a tenth, and not a fen beyond ----
supplement() { AS=clerk IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/supplements" "{\"amount\":\"$2\",\"name\":{\"zh\":\"增加站点\",\"en\":\"more places\"},\"reason\":\"新增居民区\"}"; }
supplement 409 30000.01
supplement 200 30000.00
change=$(got .id)
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$change/agree"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$change/approve"
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
more=$(got '.items[] | select(.code == "supplement_1") | .id')
report "$more"
found "$more" accepted 95
paid "$more"
terms "$more" "the supplement, 5 % kept" "30000.00 0.00 1500.00 0.00 0.00 0.00 28500.00"

# ---- the third, whose acceptance covers the advance; then what was kept ----
to_day 2030-03-25
report "$year3"
found "$year3" accepted 90
AS=clerk req GET "/api/v1/tranches/$year3/deliveries"
is "$(got '.items[0].value')" 150000.00 "the last acceptance is for all that is left of the contract"
paid "$year3"
terms "$year3" "the last year" "90000.00 0.00 4500.00 0.00 0.00 0.00 85500.00"
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
kept=$(got '.items[] | select(.code == "retention") | .id')
is "$(got '.items[] | select(.code == "retention") | .amount + " " + .due_on')" "13500.00 2030-09-30" "kept in all"
to_day 2030-09-29
release "$kept" 409
to_day 2030-09-30
paid "$kept"
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got .state)" closed "the contract is closed"
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" closed "and the tender"
# 330,000.00 less 1,500.00 and 3,000.00.
stands "paid" 74500.00 0.00 0.00 0.00 325500.00 0.00

# ---- after its closing: money comes back ----
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" '{"amount":"5000.00","due":"2030-12-01T00:00:00Z","reason":"决算审计：结余资金"}'
recovery=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/approve" '{}'
AS=clerk IFM='*' want 200 POST "/api/v1/recoveries/$recovery/receipts" '{"amount":"5000.00","bank_ref":"RETURN-1"}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/receipts/$(got .id)/confirm"
stands "unspent money is back and free" 79500.00 0.00 0.00 0.00 320500.00 0.00
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[].kind] | group_by(.) | map("\(.[0]) \(length)") | join(", ")')" "acceptance 5, contract 1, contract_change 1, result 1, tender 1" "everybody could follow it"

# ---- 一招三年: one award, a contract each year, from the money of that year ----
AS='' req GET "/api/v1/appropriations/$APP"
fund=$(got .fund)
money_of() { # YEAR ITEM SUM: an appropriation of that year
    AS=approver want 201 POST "/api/v1/funds/$fund/appropriations" "{\"year\":$1,\"budget_item\":\"$2\",\"name\":\"$1 年度\",\"amount\":\"$3\"}"
    YEARLY=$(got .id)
}
HALVES='[{"code":"half","name":{"zh":"年中款","en":"half-year"},"share":"50%","due":"on_milestone","on":"2031-09-30"},
 {"code":"final","name":{"zh":"年末款","en":"end of the year"},"share":"50%","due":"on_acceptance"}]'
yearly() { TRANCHES=$HALVES MORE="\"years\":$1,$MORE" winner_of 100000.00 100000.00; first_year=$APP; } # YEARS: an award
first() { # its first contract
    AS=clerk WHY='a year and a day' want 422 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2031-03-01","ends":"2032-03-01","terms":"一年一签"}'
    AS=clerk want 201 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2031-03-01","ends":"2032-02-29","terms":"一年一签"}'
    CONTRACT=$(got .id)
    both_sign
}
both_sign() {
    for who in approver aa; do AS=$who IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"; done
    parts
}
done_and_found() { report "$1"; found "$1" "$2" "${3:-}"; }
renew() { # STATUS STARTS ENDS MONEY
    AS=clerk IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/renewal" "{\"starts\":\"$2\",\"ends\":\"$3\",$4,\"reason\":\"年度考核合格\"}"
}
phase_is() { AS='' req GET "/api/v1/tenders/$TENDER"; is "$(got .state)" "$1" "$2"; }
AS=clerk WHY='four years' want 422 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"years\":4,\"summary\":\"-\",\"scheme\":\"lowest_price\",\"options\":{}}"
yearly 3
first
first_contract=$CONTRACT
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got '[.year_no, .renews, .amount, .renewal] | map(tostring) | join(" ")')" "1 null 100000.00 null" "the first of three years"
money_of 2032 y2a 70000.00
a32=$YEARLY
money_of 2032 y2b 50000.00
b32=$YEARLY
next="\"sources\":[{\"appropriation\":\"$a32\",\"amount\":\"60000.00\"},{\"appropriation\":\"$b32\",\"amount\":\"40000.00\"}]"
renew 409 2032-03-01 2033-02-28 "$next"
is "$(problem)" renewal/waits "nothing of the year was evaluated yet"
CONTRACT=$a32 renew 404 2032-03-01 2033-02-28 "$next"
to_day 2031-09-20
done_and_found "${PARTS[0]}" accepted 95
paid "${PARTS[0]}"
to_day 2032-02-10
AS=clerk req GET "/api/v1/offices/3/tasks"
is "$(got '[.items[] | select(.task == "renewal").due] | join(" ")')" 2032-02-29T16:00:00Z "whether it is renewed waits for somebody, until the year ends"
done_and_found "${PARTS[1]}" refused
renew 409 2032-03-01 2033-02-28 "$next"
is "$(problem)" renewal/failed "what was found wanting is not renewed"
done_and_found "${PARTS[1]}" accepted 85
WHY='before the first has ended' renew 422 2032-02-29 2033-02-28 "$next"
WHY='more than a year' renew 422 2032-03-01 2033-03-01 "$next"
renew 409 2032-03-01 2033-02-28 "\"appropriation\":\"$first_year\""
is "$(problem)" renewal/year "the money of another year does not pay for it"
WHY='a fen short' renew 409 2032-03-01 2033-02-28 "${next/40000.00/39999.99}"
renew 409 2032-03-01 2033-02-28 "\"amount\":\"99999.99\",$next"
is "$(problem)" fund/sources "they add up to the price of that year"
WHY='nobody is named' renew 422 2032-03-01 2033-02-28 '"sources":[]'
WHY='it is paid from one, or from several' renew 422 2032-03-01 2033-02-28 "\"appropriation\":\"$a32\",$next"
sql "UPDATE linli.contract SET state = 'suspended' WHERE id = '$CONTRACT'"
renew 409 2032-03-01 2033-02-28 "$next"
is "$(problem) $(got .detail)" "state/refused 合同不在履行状态" "nor is one that is suspended"
sql "UPDATE linli.contract SET state = 'signed' WHERE id = '$CONTRACT'"
sql "UPDATE linli.organisation SET ended = now() WHERE id = '${ORG[aa]}'"
WHY='its contractor is no more' renew 409 2032-03-01 2033-02-28 "$next"
is "$(problem)" organisation/ended "and that is the reason"
sql "UPDATE linli.organisation SET ended = NULL WHERE id = '${ORG[aa]}'"
renew 201 2032-03-01 2033-02-28 "$next"
second_contract=$(got .id)
is "$(got '[.year_no, .amount, .starts, .ends, .state] | map(tostring) | join(" ")') $([ "$(got .renews)" = "$first_contract" ] && echo linked)" \
    "2 100000.00 2032-03-01 2033-02-28 draft linked" "the contract of the second year, at the price of the award"
is "$(got .number)" "$(sql "SELECT number FROM linli.contract WHERE id = '$first_contract'")-2" "under its number, and that of the year"
renew 409 2032-03-01 2033-02-28 "$next"
is "$(problem) $(got .detail)" "renewal/ended 本年度是否续签已有决定" "it is renewed once"
CONTRACT=$second_contract
AS=approver IFM='*' WHY='it is not signed' want 409 POST "/api/v1/contracts/$CONTRACT/renewal/refuse" '{"reason":"-"}'
is "$(problem)" state/refused "what is not signed has no year after it"
both_sign
APP=$a32 stands "60 % of it from the district's money of 2032" 10000.00 60000.00 0.00 0.00 0.00 0.00
APP=$b32 stands "40 % from another" 10000.00 40000.00 0.00 0.00 0.00 0.00
is "$(AS='' req GET "/api/v1/contracts/$second_contract/tranches"; got '.items[0].due_on')" 2032-09-30 "the days of its tranches are those of its year"
# What was left of the first year is paid from the first year's money, though the second has begun.
AS='' req GET "/api/v1/contracts/$first_contract/tranches"
paid "$(got '.items[1].id')"
AS=clerk req GET "/api/v1/contracts/$first_contract"
is "$(got '[.state, .renewal.decision] | join(" ")')" "closed renewed" "the first year is closed"
APP=$first_year stands "85 points cost 1 % of the half" 500.00 0.00 0.00 0.00 99500.00 0.00
phase_is delivering "the award goes on"
to_day 2032-09-20
done_and_found "${PARTS[0]}" accepted 90
paid "${PARTS[0]}"
APP=$a32 stands "the half-year from both, 3 to 2" 10000.00 30000.00 0.00 0.00 30000.00 0.00
to_day 2033-02-10
done_and_found "${PARTS[1]}" accepted 92
paid "${PARTS[1]}"
phase_is delivering "a third year may follow"
money_of 2033 y3 120000.00
WHY="a year and a day" renew 422 2033-03-01 2034-03-01 "\"appropriation\":\"$YEARLY\""
WHY="three years and a month in all" renew 409 2034-02-28 2034-03-31 "\"appropriation\":\"$YEARLY\""
renew 409 2033-03-01 2034-02-28 "\"amount\":\"110000.01\",\"appropriation\":\"$YEARLY\""
like "$(problem) $(got .detail)" 'contract/supplement *10000.00*' "a tenth above the price of the award, and not a fen beyond"
renew 201 2033-03-01 2034-02-28 "\"amount\":\"110000.00\",\"appropriation\":\"$YEARLY\""
CONTRACT=$(got .id)
is "$(got .amount)" 110000.00 "more is bought in the third year"
both_sign
is "$(AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"; got '[.items[].amount] | join(" ")')" "55000.00 55000.00" "its tranches add up to the price of that year"
supplement 409 0.01
is "$(problem)" contract/supplement "which leaves nothing to add"
to_day 2033-09-20
done_and_found "${PARTS[0]}" accepted 90
paid "${PARTS[0]}"
to_day 2034-02-10
done_and_found "${PARTS[1]}" accepted 90
paid "${PARTS[1]}"
APP=$YEARLY stands "the third year" 10000.00 0.00 0.00 0.00 110000.00 0.00
phase_is closed "three years are over: the tender is closed"
# Boundary 44.
renew 409 2034-03-01 2035-02-28 "\"appropriation\":\"$YEARLY\""
is "$(problem) $(got .detail)" "renewal/ended 采购文件约定的年数已满" "there is no fourth"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "contract") | .body.year] | sort | join(" ")')" "1/3 2/3 3/3" "each year's contract was published"
AS='' req GET "/api/v1/offices/3/contracts?tender=$TENDER"
is "$(got '[.items[] | .year_no] | sort | map(tostring) | join(" ")')" "1 2 3" "and stands in the list"

# ---- a year that is found poor is the last; one that is good may be refused with a reason ----
HALVES=${HALVES//2031-09-30/2034-12-31}
first_of() { # its first contract, of 2034
    AS=clerk want 201 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2034-07-01","ends":"2035-06-30","terms":"一年一签"}'
    CONTRACT=$(got .id)
    both_sign
}
told() { AS='' req GET "/api/v1/tenders/$TENDER/notices"; got '[.items[] | select(.kind == "contract_change").body | [.kind, .year, .reason] | join(" ")] | join(", ")'; }
yearly 3
first_of
to_day 2034-12-20
done_and_found "${PARTS[0]}" accepted 90
paid "${PARTS[0]}"
money_of 2035 y4 200000.00
renew 201 2035-07-01 2036-06-30 "\"appropriation\":\"$YEARLY\""
early=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$early/sign"
to_day 2035-06-10
done_and_found "${PARTS[1]}" accepted 55
AS=aa IFM='*' WHY='55 points are 差, found after it was drawn up' want 409 POST "/api/v1/contracts/$early/sign"
is "$(problem)" renewal/failed "no year follows one that was found wanting"
paid "${PARTS[1]}"
AS=clerk req GET "/api/v1/contracts/$early"
is "$(got .state)" stopped "what was drawn up falls with the year"
APP=$YEARLY stands "nothing of the next year was bound" 200000.00 0.00 0.00 0.00 0.00 0.00
is "$(told)" "renewal_failed 1/3 年度考核不合格，不再续签" "settled, it is told that no other year follows"
phase_is closed "and the tender is closed"
AS=aa req GET "/api/v1/contracts/$CONTRACT"
is "$(got '[.state, .renewal.decision] | join(" ")')" "closed failed" "its contractor reads it as well"
AS=approver IFM='*' want 409 POST "/api/v1/contracts/$CONTRACT/renewal/refuse" '{"reason":"-"}'

HALVES=${HALVES//2034-12-31/2035-12-31}
yearly 2
AS=clerk want 201 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2035-07-01","ends":"2036-06-30","terms":"一年一签"}'
CONTRACT=$(got .id)
both_sign
to_day 2035-12-20
done_and_found "${PARTS[0]}" accepted 95
paid "${PARTS[0]}"
money_of 2036 y5 200000.00
done_and_found "${PARTS[1]}" refused
renew 409 2036-07-01 2037-06-30 "\"appropriation\":\"$YEARLY\""
is "$(problem)" renewal/failed "found wanting: not renewed as long as that stands"
done_and_found "${PARTS[1]}" accepted 90
renew 201 2036-07-01 2037-06-30 "\"amount\":\"80000.00\",\"appropriation\":\"$YEARLY\""
unsigned=$(got .id)
is "$(got .amount)" 80000.00 "less is bought where the budget of that year is less"
paid "${PARTS[1]}"
phase_is delivering "its second year is drawn up"
AS=clerk IFM='*' WHY='not by the clerk' want 403 POST "/api/v1/contracts/$CONTRACT/renewal/refuse" '{"reason":"经费取消"}'
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/renewal/refuse" '{"reason":"下一年度经费取消"}'
is "$(got .renewal.decision)" refused "refused"
is "$(told)" "renewal_refused 1/2 下一年度经费取消" "with the reason, told to everybody"
AS=clerk req GET "/api/v1/contracts/$unsigned"
is "$(got .state)" stopped "what was drawn up and not signed falls"
AS=aa IFM='*' want 409 POST "/api/v1/contracts/$unsigned/sign"
phase_is closed "and the tender is closed"
APP=$YEARLY stands "nothing was bound" 200000.00 0.00 0.00 0.00 0.00 0.00

ok "linli audit finds nothing" linli audit
sql "SET session_replication_role = replica; UPDATE linli.renewal SET decision = 'refused' WHERE next_id = '$second_contract'"
ok "linli audit names a year that nobody renewed" sh -c "'$LINLI' audit >$T/audit; grep -q '^FAIL  renewed ' $T/audit"
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
verified
finish
