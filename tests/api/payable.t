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
EVEN='[{"code":"first","name":{"zh":"首款","en":"first"},"share":"50%","due":"on_milestone"},
 {"code":"final","name":{"zh":"尾款","en":"final"},"share":"50%","due":"on_acceptance"}]'
deduct() { AS=${WHO:-clerk} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/deductions" "$2"; DEDUCTION=$(got .id); }
agreed() { AS=${2:-approver} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/deductions/$DEDUCTION/approve"; }
asked() { # NAME "SUM STATE,..": what is asked back of the contract
    AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
    is "$(got '[.items[] | .amount + " " + .state] | sort | join(",")')" "$2" "$1"
}
setting_off() { # SUM: asked back, agreed, to be taken off what is let out next
    AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"$1\",\"due\":\"$(in_days 30)\",\"reason\":\"列支不当\"}"
    CLAIM=$(got .id)
    AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$CLAIM/approve" '{}'
    AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$CLAIM/set-off" '{"reason":"从下一期抵扣"}'
}
claimed() { AS=clerk req GET "/api/v1/recoveries/$CLAIM"; is "$(got '[.state, .recovered, .set_off] | join(" ")')" "$2" "$1"; }
released() { AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$1/release"; is "$(got .state)" "$2" "$3"; }
waits() { AS=auditor req GET '/api/v1/offices/3/due?act=recovery_overdue'; is "$(got "[.items[] | select(.subject == \"$1\")] | length")" "$2" "$3"; }
in_office() { sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[aa]}', 3, 'office_approver', '2026-01-01')"; }
out_of_office() { sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[aa]}' AND office_id = 3"; }
own() { # BOTH-SIDES PATH BODY: refused to the contractor's person who sits in the office
    in_office
    AS=aa IFM='*' WHY=$1 want 409 POST "$2" "${3-}"
    is "$(problem)" conflict/interest "$1: one person does not stand on both sides"
    out_of_office
}
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
limited() { sql "UPDATE linli.token SET roles = '$1' WHERE person_id = '${PERSON[aa]}'"; }
limited 8
own 'signed for the office' "/api/v1/contracts/$CONTRACT/sign"
limited 0
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
parts
elsewhere=${PARTS[0]}
AS='' want 404 GET "/api/v1/tranches/${PARTS[0]}/payable"
paid "${PARTS[0]}"
terms "${PARTS[0]}" "nothing is kept of an advance" "30000.00 0.00 0.00 0.00 0.00 0.00 30000.00"
deduct 422 '{"ground":"late","reason":"x"}'
is "$(problem) $(got '.errors[0].pointer')" "body/invalid /amount" "a sum or a rate"
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
in_office
agreed 409 aa
is "$(problem)" conflict/interest "nor by one of those it is taken from"
out_of_office
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
agreed 200
agreed 409
deduct 200 '{"ground":"quality","amount":"99.00","reason":"误填"}'
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/deductions/$DEDUCTION/refuse" '{"reason":"撤回"}'
deduct 200 '{"ground":"other","rate":"100%","days":2,"reason":"误填"}'
is "$(got .amount)" 100000.00 "more than all of a contract is all of it, to the fen"
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
waits "$recovery" 1 "its day is waited for"
delivered "${PARTS[1]}" 40000.00
paid "${PARTS[1]}"
terms "${PARTS[1]}" "40,000.00 less 5 % kept, 480.00 penalty, 1,000.00 set off" "40000.00 0.00 2000.00 480.00 1000.00 0.00 36520.00"
AS=clerk req GET "/api/v1/recoveries/$recovery"
is "$(got '[.state, .recovered, .set_off] | join(" ")')" "recovered 1000.00 1000.00" "the demand is met"
waits "$recovery" 0 "and its day is not waited for any more"
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
is "$(got '[.items[] | .code + " " + .amount] | join(", ")')" "first 30000.00, mid 38000.00, final 30000.00, retention 2000.00" "the tranches add up to the contract"
AS=clerk IFM='*' WHY='66,520.00 were paid: what was set off never went out' want 422 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"66520.01\",\"due\":\"$(in_days 30)\",\"reason\":\"x\"}"
deduct 200 '{"ground":"service_refused","rate":"5%","reason":"拒绝服务一次"}'
is "$(got '.amount + " " + (.days | tostring)')" "5000.00 1" "5 % of the contract, once"
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
deduct 404 "{\"ground\":\"late\",\"tranche\":\"$CONTRACT\",\"amount\":\"1.00\",\"reason\":\"x\"}"
deduct 422 "{\"ground\":\"late\",\"tranche\":\"$elsewhere\",\"amount\":\"1.00\",\"reason\":\"x\"}"
is "$(got '.errors[0].pointer')" /tranche "a tranche of another contract"
# Of 1,000.00, in millionths: four are 0.4 fen, five half a fen, which is rounded up; more than all is all.
deduct 422 '{"ground":"late","rate":"0.0004%","reason":"x"}'
is "$(got '.errors[0].pointer')" /rate "it makes no fen"
for row in '0.0005% 1 0.01' '33.3333% 3 1000.00' '33.3333% 4 1000.00' '100% 1 1000.00'; do
    read -r rate times sum <<<"$row"
    deduct 200 "{\"ground\":\"late\",\"rate\":\"$rate\",\"days\":$times,\"reason\":\"x\"}"
    is "$(got .amount)" "$sum" "$rate, $times times, of 1,000.00"
    AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/deductions/$DEDUCTION/refuse" '{"reason":"撤回"}'
done
DEDUCTION=$elsewhere agreed 404
deduct 200 '{"ground":"quality","amount":"800.00","reason":"全部返工"}'
agreed 200
delivered "${PARTS[1]}" 1000.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/release"
terms "${PARTS[1]}" "700.00 bear 700.00 of it" "700.00 0.00 0.00 700.00 0.00 0.00 0.00"
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
is "$(got '[.items[] | .amount + " " + .state + " " + .reason] | join(",")')" "100.00 proposed 违约扣款超过尚应支付的款项" "the rest is a demand, and says why"

# ---- a set-off is met by what is due, not by what nobody accepted: 400.00 of work, 300.00 of it paid ----
contract_of 1000.00
paid "${PARTS[0]}"
setting_off 300.00
delivered "${PARTS[1]}" 400.00
released "${PARTS[1]}" stopped "100.00 was due, and is taken"
terms "${PARTS[1]}" "100.00 of the set-off" "700.00 0.00 0.00 0.00 100.00 600.00 0.00"
claimed "200.00 are still to come back" "demanded 100.00 100.00"
asked "and nothing else is" "300.00 demanded"

# ---- a part that came out at nothing is over; what is kept goes out once, and nothing is added to it afterwards ----
TRANCHES=$PREPAID
kept=$(in_days 200) kept=${kept%T*}
kept_of 1000.00 '' ",\"retention\":\"10%\",\"retention_until\":\"$kept\""
paid "${PARTS[0]}"
AS=clerk IFM='*' WHY='what is kept would be paid before the end' want 422 POST "/api/v1/contracts/$CONTRACT/changes" "{\"ends\":\"$(date -d "$kept + 1 day" +%F)\",\"reason\":\"顺延\"}"
is "$(got '.errors[0].pointer')" /ends "a change keeps to the day of what is kept"
deduct 200 '{"ground":"quality","amount":"400.00","reason":"全部返工"}'
agreed 200
delivered "${PARTS[1]}" 400.00
released "${PARTS[1]}" stopped "the penalty takes all of it"
terms "${PARTS[1]}" "40.00 are kept" "400.00 0.00 40.00 360.00 0.00 0.00 0.00"
parts
clock_to "${kept}T00:00:00Z"
released "${PARTS[3]}" stopped "its day has come, and the rest of the penalty takes it"
terms "${PARTS[3]}" "what was kept" "40.00 0.00 0.00 40.00 0.00 0.00 0.00"
delivered "${PARTS[2]}" 50.00
released "${PARTS[2]}" stopped "450.00 of work less the penalty, of which 300.00 went out"
terms "${PARTS[2]}" "nothing is kept after its day, and the penalty is not paid back" "300.00 0.00 0.00 0.00 0.00 300.00 0.00"
asked "300.00 out where 50.00 were earned" "250.00 proposed"
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got .state)" closed "the contract is closed"
is "$(sql "SELECT coalesce(sum(credits - debits), 0) FROM linli.account WHERE bucket = 'committed' AND subject = '$CONTRACT'")" 0 "and nothing is left bound"

# ---- ended before its time: what was taken off is not paid back, what is still to be taken off is ----
TRANCHES=$EVEN
contract_of 1000.00
change() { AS=clerk IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/$2" "$3"; CHANGE=$(got .id); }
change_approved() { AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/approve"; }
WHY='three years and a day' change 409 changes '{"ends":"2030-03-01","reason":"顺延"}'
is "$(problem) $(got .article)" "rule/refused 财政部令第102号 §24" "a change keeps to the term the rules allow"
WHY='before it begins' change 422 changes '{"ends":"2027-02-28","reason":"提前"}'
change 200 changes '{"ends":"2030-02-28","reason":"顺延"}'
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/agree"
in_office
AS=aa IFM='*' WHY='for the office too' want 409 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/approve"
is "$(problem)" conflict/interest "one person does not stand on both sides"
out_of_office
change_approved
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got .ends)" 2030-02-28 "to the last day of three years"
deduct 200 '{"ground":"quality","amount":"100.00","reason":"返工"}'
agreed 200
delivered "${PARTS[0]}" 500.00
paid "${PARTS[0]}"
terms "${PARTS[0]}" "a penalty of 100.00" "500.00 0.00 0.00 100.00 0.00 0.00 400.00"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises" '{"kind":"own_share","by":"甲社","amount":"1000.00"}'
promise=$(got .id)
deduct 200 '{"ground":"late","amount":"50.00","reason":"逾期"}'
agreed 200
setting_off 150.00
change 422 terminate '{"settled":"499.99","reason":"停止"}'
change 200 terminate '{"settled":"800.00","reason":"停止"}'
change_approved
parts
terms "${PARTS[2]}" "800.00 less 400.00 out and 100.00 taken, then the penalty and the set-off" "300.00 0.00 0.00 50.00 150.00 0.00 100.00"
claimed "the set-off is met" "recovered 150.00 150.00"
asked "nothing else is asked back" "150.00 recovered"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/${PARTS[2]}/payments" '{}'
is "$(got '[.why[].zh] | join(" ")')" "甲社承诺的自筹应到位 800.00 元，已确认 0.00 元" "what was promised is due for what was settled"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises/$promise/evidence" '{"amount":"800.00","what":"银行回单"}'
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises/$promise/evidence/$(got '.evidence[-1].id')/accept"
pay_released "${PARTS[2]}"

# ---- a penalty nothing bears is asked back at once; what was set off never went out, and is not asked back again ----
contract_of 1000.00
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/budget" '{"lines":[{"code":"events","name":"活动","kind":"activity","amount":"900.00"},{"code":"prints","name":"印刷","kind":"activity","amount":"100.00"}]}'
delivered "${PARTS[0]}" 500.00
paid "${PARTS[0]}"
setting_off 200.00
delivered "${PARTS[1]}" 500.00
released "${PARTS[1]}" released "the last part"
deduct 200 '{"ground":"other","amount":"100.00","reason":"事后查实"}'
agreed 200
asked "all is let out: the penalty is a demand" "100.00 proposed,200.00 recovered"
pay_released "${PARTS[1]}"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/budget/account" '{"lines":[{"code":"events","spent":"500.00"},{"code":"prints","spent":"100.00"}]}'
AS=aa IFM='*' WHY='500.00 of 900.00 are spent' want 422 POST "/api/v1/contracts/$CONTRACT/budget/shifts" '{"from":"events","to":"prints","amount":"400.01","reason":"调整"}'
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/budget/shifts" '{"from":"events","to":"prints","amount":"400.00","reason":"调整"}'
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/budget/shifts/$(got '.shifts[-1].id')/refuse" '{"reason":"决算后不再调剂"}'
in_office
AS=aa IFM='*' WHY='its own account' want 409 POST "/api/v1/contracts/$CONTRACT/budget/settle"
out_of_office
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/budget/settle"
asked "800.00 were paid, 600.00 spent, 100.00 are asked back already" "100.00 proposed,100.00 proposed,200.00 recovered"
settled_again() { AS=approver IFM='*' WHY=$2 want "$1" POST "/api/v1/contracts/$CONTRACT/budget/settle"; }
settled_again 409 "nothing changed"
is "$(problem)" state/refused "an account is settled once"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/budget/account" '{"lines":[{"code":"events","spent":"500.00"}]}'
settled_again 409 "the same account"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/budget/account" '{"lines":[{"code":"events","spent":"400.00"}]}'
settled_again 200 "another account"
asked "500.00 spent: 100.00 more" "100.00 proposed,100.00 proposed,100.00 proposed,200.00 recovered"

# ---- accepted before the last part was paid: what is paid beyond the account comes back all the same ----
contract_of 1000.00
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/budget" '{"lines":[{"code":"events","name":"活动","kind":"activity","amount":"1000.00"}]}'
delivered "${PARTS[0]}" 500.00
paid "${PARTS[0]}"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/budget/account" '{"lines":[{"code":"events","spent":"600.00"}]}'
settled_again 200 "600.00 spent, 500.00 paid"
asked "nothing yet" ""
settled_again 409 "nothing changed"
delivered "${PARTS[1]}" 500.00
paid "${PARTS[1]}"
settled_again 200 "1,000.00 paid since"
asked "600.00 of 1,000.00 were spent" "400.00 proposed"
settled_again 409 "it is asked for once"

# ---- ended at nothing: what came back and what is asked back is not asked for twice ----
TRANCHES=$HALVES
contract_of 1000.00
paid "${PARTS[0]}"
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"100.00\",\"due\":\"$(in_days 30)\",\"reason\":\"列支不当\"}"
CLAIM=$(got .id)
own 'how long it may wait' "/api/v1/recoveries/$CLAIM/approve" '{}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$CLAIM/approve" '{}'
own 'when it is taken off' "/api/v1/recoveries/$CLAIM/set-off" '{"reason":"下期抵扣"}'
AS=clerk IFM='*' want 200 POST "/api/v1/recoveries/$CLAIM/receipts" '{"amount":"100.00","bank_ref":"BACK-1"}'
receipt=$(got .id)
own 'what it gave back' "/api/v1/recoveries/$CLAIM/receipts/$receipt/confirm"
own 'nor that it gave nothing' "/api/v1/recoveries/$CLAIM/receipts/$receipt/refuse"
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$CLAIM/receipts/$receipt/confirm"
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"50.00\",\"due\":\"$(in_days 30)\",\"reason\":\"列支不当\"}"
deduct 200 '{"ground":"other","amount":"200.00","reason":"违约"}'
agreed 200
change 200 terminate '{"settled":"0.00","reason":"中途停止"}'
change_approved
asked "150.00 of 300.00: 100.00 are back, 50.00 are asked for" "100.00 recovered,150.00 proposed,50.00 proposed"

# ---- with what is kept, and too little accepted: what is kept bears it last ----
TRANCHES=$PREPAID
kept=$(in_days 200) kept=${kept%T*}
kept_of 1000.00 '' ",\"retention\":\"10%\",\"retention_until\":\"$kept\""
paid "${PARTS[0]}"
delivered "${PARTS[1]}" 400.00
paid "${PARTS[1]}"
delivered "${PARTS[2]}" 390.00
paid "${PARTS[2]}"
terms "${PARTS[2]}" "790.00 accepted, 300 + 360 out, 70 kept" "300.00 0.00 30.00 0.00 0.00 210.00 60.00"
parts
clock_to "${kept}T00:00:00Z"
paid "${PARTS[3]}"
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
is "$(got '[.items[].released | tonumber] | add')" 790 "what was accepted is paid, to the fen"

# ---- what is kept bears what the last part could not; from its day on nothing is kept: nobody would pay it ----
TRANCHES=$EVEN
keeping() { # a tenth is kept for 200 days
    kept=$(in_days 200) kept=${kept%T*}
    kept_of 1000.00 '' ",\"retention\":\"10%\",\"retention_until\":\"$kept\""
}
keeping
delivered "${PARTS[0]}" 500.00
paid "${PARTS[0]}"
terms "${PARTS[0]}" "50.00 are kept" "500.00 0.00 50.00 0.00 0.00 0.00 450.00"
deduct 200 '{"ground":"quality","amount":"500.00","reason":"返工"}'
agreed 200
delivered "${PARTS[1]}" 500.00
released "${PARTS[1]}" stopped "the penalty takes all of it"
terms "${PARTS[1]}" "as much is kept again" "500.00 0.00 50.00 450.00 0.00 0.00 0.00"
asked "nothing is asked back: what is kept can bear the rest" ""
parts
clock_to "${kept}T00:00:00Z"
paid "${PARTS[2]}"
terms "${PARTS[2]}" "and does" "100.00 0.00 0.00 50.00 0.00 0.00 50.00"
keeping
clock_to "$(date -d "$kept - 1 day" +%F)T15:00:00Z"
delivered "${PARTS[0]}" 500.00
paid "${PARTS[0]}"
terms "${PARTS[0]}" "an hour before that day: kept" "500.00 0.00 50.00 0.00 0.00 0.00 450.00"
advance 2h
delivered "${PARTS[1]}" 500.00
paid "${PARTS[1]}"
terms "${PARTS[1]}" "on that day: paid" "500.00 0.00 0.00 0.00 0.00 0.00 500.00"

# ---- ended before its time: nothing is kept of the settlement, of which a penalty may leave nothing; what never went out is not asked back ----
keeping
delivered "${PARTS[0]}" 500.00
paid "${PARTS[0]}"
deduct 200 '{"ground":"late","amount":"150.00","reason":"逾期"}'
agreed 200
change 200 terminate '{"settled":"600.00","reason":"停止"}'
change_approved
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
terms "$(got '.items[] | select(.code == "settlement").id')" "600.00 less 450.00 out" "150.00 0.00 0.00 150.00 0.00 0.00 0.00"
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got .state)" stopped "ended"
contract_of 1000.00
deduct 200 '{"ground":"late","amount":"50.00","reason":"逾期"}'
agreed 200
change 200 terminate '{"settled":"0.00","reason":"停止"}'
change_approved
asked "nothing was paid: nothing can come back" ""

# ---- let out and never paid: taken back by two people once the contract is over ----
free() { AS='' req GET "/api/v1/appropriations/$APP"; got '[.available, .committed, .payable] | join(" ")'; }
take_back() { AS=${WHO:-clerk} IFM='*' want "$1" POST "/api/v1/tranches/${PARTS[0]}/withdrawals" '{"reason":"后期考核不合格，双方同意不再支付"}'; BACK=$(got .id); }
back() { AS=${3:-approver} IFM='*' want "$1" POST "/api/v1/tranches/${PARTS[0]}/withdrawals/$BACK/$2" "${@:4}"; }
TRANCHES=$EVEN
contract_of 1000.00 3000.00
delivered "${PARTS[0]}" 500.00
released "${PARTS[0]}" released "what was accepted"
AS='' req GET "/api/v1/tenders/$TENDER/plan"
paper=$(got '.plan.papers | (map(select(.tranche == "final")) + map(select(.tranche))) | .[0].code')
AS=aa IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/deliveries" "{\"paper\":\"$paper\",\"body\":\"完成\"}"
AS=clerk req GET "/api/v1/tranches/${PARTS[1]}/deliveries"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/accept" "{\"delivery\":\"$(got '.items[0].id')\",\"finding\":\"refused\",\"reason\":\"不合格\"}"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
is "$(got '[.why[].code] | join(" ")')" evaluation "the last finding keeps it back"
take_back 409
is "$(problem)" state/refused "as long as the contract goes on it is owed"
change 200 terminate '{"settled":"500.00","reason":"考核不合格，终止"}'
change_approved
is "$(free)" "2500.00 0.00 500.00" "ended at what was accepted: 500.00 are still to be paid"
WHY='nothing is taken off a contract that is over' deduct 409 '{"ground":"other","amount":"1.00","reason":"事后查实"}'
is "$(problem)" state/refused "what is owed for it is asked back"
WHO=aa take_back 403
take_back 200
is "$(got '[.amount, .state] | join(" ")')" "500.00 proposed" "all of it"
AS=approver req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "withdrawal")] | length')" 1 "its approver finds it among the tasks"
AS=aa req GET "/api/v1/tranches/${PARTS[0]}/withdrawals"
is "$(got '.items | length')" 0 "the contractor sees none that nobody approved"
waiting=$BACK
take_back 409
BACK=$waiting
back 403 approve clerk
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
back 409 approve clerk
is "$(problem)" approval/same-person "by a second person"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
order=$(got .id)
back 409 approve
is "$(problem)" state/refused "never what is ordered"
AS=approver IFM='*' want 200 POST "/api/v1/payments/$order/refuse" '{"reason":"不再支付"}'
back 200 approve
is "$(got .state) $(free)" "approved 3000.00 0.00 0.00" "the money is free again"
back 409 approve
back 409 refuse approver '{"reason":"再"}'
AS='' req GET "/api/v1/tranches/${PARTS[0]}"
is "$(got '[.state, .accepted, .released, .paid] | join(" ")')" "stopped 500.00 0.00 0.00" "the tranche is over"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" closed "and with it the tender"
AS=aa req GET "/api/v1/tranches/${PARTS[0]}/withdrawals"
is "$(got '[.items[] | .amount + " " + .state] | join(",")')" "500.00 approved" "the contractor sees what was approved"
verified "$TENDER"
# An advance nobody sent yet, of a contract ended at nothing: it is not asked back as if it had gone out.
TRANCHES=$HALVES
contract_of 1000.00
released "${PARTS[0]}" released "an advance"
change 200 terminate '{"settled":"0.00","reason":"中途停止"}'
change_approved
asked "300.00 are out, as far as the books know" "300.00 proposed"
take_back 409
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$(got '.items[0].id')/refuse" '{"reason":"尚未付出"}'
take_back 200
here=$BACK BACK=$waiting
back 404 approve
BACK=$here
back 200 refuse clerk '{"reason":"撤回"}'
take_back 200
back 200 approve
is "$(free)" "3000.00 0.00 0.00" "free again, and nothing is asked back"
asked "only what was refused" "300.00 refused"

# ---- accepted as worth nothing: nothing is paid, and the contract ends ----
TRANCHES=$HALVES contract_of 1000.00 1000.00
paid "${PARTS[0]}"
delivered "${PARTS[1]}" 0.00
released "${PARTS[1]}" stopped "nothing was due"
terms "${PARTS[1]}" "all of it is free" "700.00 0.00 0.00 0.00 0.00 700.00 0.00"
asked "the advance is covered by nothing" "300.00 proposed"
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got .state)" closed "and it does not hang"

# ---- what has come back and waits for its second person is not written off ----
TRANCHES=$HALVES
contract_of 1000.00 1000.00
paid "${PARTS[0]}"
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"300.00\",\"due\":\"$(in_days 30)\",\"reason\":\"列支不当\"}"
CLAIM=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$CLAIM/approve" '{}'
AS=clerk IFM='*' want 200 POST "/api/v1/recoveries/$CLAIM/receipts" '{"amount":"180.00","bank_ref":"HK-1"}'
came=$(got .id)
AS=approver IFM='*' WHY='180.00 came' want 409 POST "/api/v1/recoveries/$CLAIM/write-off" '{"reason":"无可供追偿财产"}'
is "$(problem)" state/refused "what came is confirmed or refused first"
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$CLAIM/receipts/$came/confirm"
sql "INSERT INTO linli.membership (id, person_id, organisation_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[approver]}', '${ORG[aa]}', 'organisation', '2026-01-01')"
AS=approver IFM='*' WHY='of its own organisation' want 409 POST "/api/v1/recoveries/$CLAIM/write-off" '{"reason":"无可供追偿财产"}'
is "$(problem)" conflict/interest "nobody lets its own organisation keep it"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[approver]}' AND organisation_id IS NOT NULL"
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$CLAIM/write-off" '{"reason":"无可供追偿财产"}'
claimed "the rest is written off" "written_off 180.00 0.00"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
