#!/bin/bash
# A service contract of three years from its award to its closing, through the API alone: a payment the bank sends back, a year that fails
# its evaluation and is done again, a supplement, a demand set off and one paid back, what was kept paid half a year after the end.
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
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
