#!/bin/bash
# Boundary 35. What is paid of a tranche, term by term: planned x factor(score) - retention - deductions - set-off - advance, never more than what
# was accepted; what no payment can bear is asked back, and what is kept is paid on its day.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
PREPAID='[{"code":"first","name":{"zh":"预付款","en":"advance"},"share":"30%","due":"on_signing","advance":true},
 {"code":"mid","name":{"zh":"中期款","en":"mid-term"},"share":"40%","due":"on_milestone"},
 {"code":"final","name":{"zh":"尾款","en":"final"},"share":"30%","due":"on_acceptance"}]'
HALVES='[{"code":"first","name":{"zh":"预付款","en":"advance"},"share":"30%","due":"on_signing","advance":true},
 {"code":"final","name":{"zh":"尾款","en":"final"},"share":"70%","due":"on_acceptance"}]'
kept_of() { # SUM APPROPRIATED MORE: a contract drawn up with more members, signed by both
    winner_of "$1" "$2"
    AS=clerk want "${DRAFTED:-201}" POST "/api/v1/awards/$AWARD/contract" "{\"starts\":\"2027-03-01\",\"ends\":\"2028-02-29\",\"terms\":\"条款\"$3}"
    CONTRACT=$(got .id)
    [ "${DRAFTED:-201}" = 201 ] || return
    AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
    AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
    parts
}
terms() { # TRANCHE NAME SUMS: planned score retained deducted set_off advance payable
    AS='' want 200 GET "/api/v1/tranches/$1/payable"
    is "$(got '[.planned, .score, .retained, .deducted, .set_off, .advance, .payable] | join(" ")')" "$3" "$2"
}
deduct() { AS=${WHO:-clerk} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/deductions" "$2"; DEDUCTION=$(got .id); }
agreed() { AS=${2:-approver} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/deductions/$DEDUCTION/approve"; }
in_days() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) + $1 days" +%FT00:00:00Z; }

# ---- all terms of one contract ----
TRANCHES=$PREPAID
DRAFTED=422 kept_of 100000.00 400000.00 ',"retention":"5%"'
is "$(got '.errors[0].pointer')" /retention_until "what is kept has a day"
AS=clerk want 422 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"条款","retention":"5%","retention_until":"2028-02-28"}'
AS=clerk want 422 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"条款","retention":"50.1%","retention_until":"2028-08-31"}'
AS=clerk want 201 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"条款","retention":"5%","retention_until":"2028-08-31"}'
CONTRACT=$(got .id)
is "$(got '.retention + " " + .retention_until')" "5% 2028-08-31" "the contract says what is kept until when"
deduct 409 '{"ground":"late","amount":"1.00","reason":"未签约"}'
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
parts
AS='' want 404 GET "/api/v1/tranches/${PARTS[0]}/payable"
paid "${PARTS[0]}"
terms "${PARTS[0]}" "nothing is kept of an advance" "30000.00 0.00 0.00 0.00 0.00 0.00 30000.00"
deduct 422 '{"ground":"late","reason":"x"}'
deduct 422 '{"ground":"late","amount":"1.00","rate":"1%","reason":"x"}'
deduct 422 '{"ground":"late","amount":"1.00","days":2,"reason":"x"}'
WHO=aa deduct 403 '{"ground":"late","amount":"1.00","reason":"x"}'
# Three per thousand a day, four days late, of 40,000.00.
# Boundary 34.
deduct 200 "{\"ground\":\"late\",\"tranche\":\"${PARTS[1]}\",\"rate\":\"0.3%\",\"days\":4,\"reason\":\"第七条，逾期四日\"}"
is "$(got '[.amount, .rate, .days, .state] | map(tostring) | join(" ")')" "480.00 0.3% 4 proposed" "3‰ a day for four days of 40,000.00"
AS=approver req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "deduction")] | map(.about) | join(" ")')" late "its approver finds it among the tasks"
AS=aa req GET "/api/v1/contracts/$CONTRACT/deductions"
is "$(got '.items | length')" 0 "the contractor sees none that nobody approved"
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
agreed 409 clerk
is "$(problem)" approval/same-person "by a second person"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
agreed 200
agreed 409
deduct 200 '{"ground":"quality","amount":"99.00","reason":"误填"}'
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/deductions/$DEDUCTION/refuse" '{"reason":"撤回"}'
AS=aa req GET "/api/v1/contracts/$CONTRACT/deductions"
is "$(got '[.items[] | .ground + " " + .amount] | join(",")')" "late 480.00" "it sees what was approved"
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"1000.00\",\"due\":\"$(in_days 30)\",\"reason\":\"审计发现列支不当\"}"
recovery=$(got .id)
AS=approver IFM='*' WHY='not demanded yet' want 409 POST "/api/v1/recoveries/$recovery/set-off" '{"reason":"x"}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/approve" '{}'
AS=clerk IFM='*' want 403 POST "/api/v1/recoveries/$recovery/set-off" '{"reason":"x"}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/set-off" '{"reason":"承接主体同意抵扣"}'
AS=approver IFM='*' want 409 POST "/api/v1/recoveries/$recovery/set-off" '{"reason":"再"}'
delivered "${PARTS[1]}" 40000.00
paid "${PARTS[1]}"
terms "${PARTS[1]}" "40,000.00 less 5 % kept, 480.00 penalty, 1,000.00 set off" "40000.00 0.00 2000.00 480.00 1000.00 0.00 36520.00"
AS=clerk req GET "/api/v1/recoveries/$recovery"
is "$(got '[.state, .recovered, .set_off] | join(" ")')" "recovered 1000.00 1000.00" "the demand is met"
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
is "$(got '[.items[] | .code + " " + .amount] | join(", ")')" "first 30000.00, mid 38000.00, final 30000.00, retention 2000.00" "the tranches add up to the contract"
AS=clerk IFM='*' WHY='it came back by set-off already' want 422 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"65520.01\",\"due\":\"$(in_days 30)\",\"reason\":\"x\"}"
deduct 200 '{"ground":"service_refused","rate":"5%","reason":"拒绝服务一次"}'
is "$(got .amount)" 5000.00 "5 % of the contract"
agreed 200
delivered "${PARTS[2]}" 60000.00
paid "${PARTS[2]}"
terms "${PARTS[2]}" "the last part" "30000.00 0.00 1500.00 5000.00 0.00 0.00 23500.00"
parts
AS=clerk IFM='*' WHY='before its day' want 409 POST "/api/v1/tranches/${PARTS[3]}/release"
clock_to 2028-08-30T16:00:00Z
paid "${PARTS[3]}"
terms "${PARTS[3]}" "what was kept is paid on its day" "3500.00 0.00 0.00 0.00 0.00 0.00 3500.00"
AS='' req GET "/api/v1/appropriations/$APP"
# 30,000 + 36,520 + 23,500 + 3,500 of 100,000: less 480, 1,000 and 5,000.
is "$(got '[.available, .committed, .payable, .paid] | join(" ")')" "306480.00 0.00 0.00 93520.00" "the ledger says the same"
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got .state)" closed "and the contract is closed"
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
is "$(got '.items | length')" 1 "nothing more is asked back"

# ---- the advance is covered by what is accepted, or taken off the last part, or asked back ----
TRANCHES=$HALVES
contract_of 1000.00
paid "${PARTS[0]}"
delivered "${PARTS[1]}" 800.00
paid "${PARTS[1]}"
terms "${PARTS[1]}" "accepted 800.00 in all, 300.00 of it were advanced" "700.00 0.00 0.00 0.00 0.00 200.00 500.00"
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
is "$(got '.items | length')" 0 "nothing is uncovered"
contract_of 1000.00
paid "${PARTS[0]}"
delivered "${PARTS[1]}" 250.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/release"
is "$(got .state)" stopped "250.00 accepted: nothing is left to pay"
terms "${PARTS[1]}" "all of it is covered by the advance" "700.00 0.00 0.00 0.00 0.00 700.00 0.00"
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
is "$(got '[.items[] | .amount + " " + .state] | join(",")')" "50.00 proposed" "50.00 of the advance are covered by nothing: asked back"

# ---- what no payment can bear is asked back ----
contract_of 1000.00
paid "${PARTS[0]}"
deduct 200 '{"ground":"quality","amount":"800.00","reason":"全部返工"}'
agreed 200
delivered "${PARTS[1]}" 1000.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/release"
terms "${PARTS[1]}" "700.00 bear 700.00 of it" "700.00 0.00 0.00 700.00 0.00 0.00 0.00"
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
is "$(got '[.items[] | .amount + " " + .state] | join(",")')" "100.00 proposed" "the rest is a demand"

# ---- with what is kept, and too little accepted: what is kept bears it last ----
TRANCHES=$PREPAID
kept_of 1000.00 '' ',"retention":"10%","retention_until":"2029-01-31"'
paid "${PARTS[0]}"
delivered "${PARTS[1]}" 400.00
paid "${PARTS[1]}"
delivered "${PARTS[2]}" 390.00
paid "${PARTS[2]}"
terms "${PARTS[2]}" "790.00 accepted, 300 + 360 out, 70 kept" "300.00 0.00 30.00 0.00 0.00 210.00 60.00"
parts
clock_to 2029-02-01T00:00:00Z
paid "${PARTS[3]}"
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
is "$(got '[.items[].released | tonumber] | add')" 790 "what was accepted is paid, to the fen"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
