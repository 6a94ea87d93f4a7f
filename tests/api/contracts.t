#!/bin/bash
# What becomes of a signed contract, to the fen: supplement, change, suspension, succession, end before its time; money asked
# back, payments that come back after they were settled, journals reversed.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person clerk2 office_clerk 3
person approver2 office_approver 3
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
stands() { # name, then available reserved committed payable in_transit paid returned
    AS='' req GET "/api/v1/appropriations/$APP"
    is "$(got '[.available, .reserved, .committed, .payable, .in_transit, .paid, .returned] | join(" ")')" "${*:2}" "$1"
}
planned() { # name sums...: the tranches, adding up to the contract
    AS=clerk req GET "/api/v1/contracts/$CONTRACT"
    is "$(got '[.tranches[].amount] | join(" ")')" "${*:2}" "$1"
    is "$(got '[.tranches[].amount | sub("\\."; "") | tonumber] | add')" "$(got '.amount | sub("\\."; "") | tonumber')" "they add up to the contract"
}
change() { AS=${WHO:-clerk} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/$2" "$3"; CHANGE=$(got .id); }
agree() { AS=$1 IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/agree"; }
approve() { AS=${2:-approver} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/approve"; }
contract_of 1000.01 1200.00
changed=$TENDER
stands "signed" 199.99 0.00 1000.01 0.00 0.00 0.00 0.00
planned "50/30/20" 500.00 300.00 200.01

# ---- supplement: within 10 % in all, 100.00 of 1,000.01 ----
add='{"amount":"60.00","name":{"zh":"增加场次","en":"more sessions"},"reason":"居民报名超出预期"}'
WHO=aa change 403 supplements "$add"
change 422 supplements "${add/60.00/0.00}"
WHY='a fen above a tenth' change 409 supplements "${add/60.00/100.01}"
is "$(problem)" contract/supplement "a tenth in all"
WHY='a date nobody asked for' change 422 supplements "${add/\"reason\"/\"due_on\":\"2027-09-01\",\"reason\"}"
change 200 supplements "$add"
is "$(got '.state + " " + .kind + " " + .amount')" "proposed supplement 60.00" "asked for"
first_change=$CHANGE
change 409 supplements "$add"
CHANGE=$first_change approve 409
is "$(problem)" approval/missing "not before the contractor agrees"
CHANGE=$first_change
AS=bb IFM='*' want 403 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/agree"
agree aa
AS=aa IFM='*' want 409 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/agree"
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
approve 409 clerk
is "$(problem)" approval/same-person "by a second person"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
# Where the server has no time (503) a client asks again with the same key.
for i in $(seq 8); do # at once: one
    curl -s --retry 8 -o "$T/x$i" -w '%{http_code}\n' -X POST -H "Authorization: Bearer ${TOKEN[approver]}" -H "Idempotency-Key: $(key)" -H 'If-Match: *' \
        "$B/api/v1/contracts/$CONTRACT/changes/$CHANGE/approve" >"$T/s$i" &
    pids[i]=$!
done
wait "${pids[@]}"
is "$(cat "$T"/s[0-9] | sort | uniq -c | tr -s ' ' | tr '\n' ';')" " 1 200; 7 409;" "eight approvals at once: one"
stands "supplemented: committed from what is free" 139.99 0.00 1060.01 0.00 0.00 0.00 0.00
planned "a tranche more" 500.00 300.00 200.01 60.00
WHY='a fen above what is left of the tenth' change 409 supplements "${add/60.00/40.01}"
like "$(got .detail)" "*还可追加 40.00 元" "it says what may still be added"
change 200 supplements "${add/60.00/40.00}"
agree aa
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/approve"
stands "to the last fen of the tenth" 99.99 0.00 1100.01 0.00 0.00 0.00 0.00
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "contract_change") | .body.added] | join(" ")')" "60.00 40.00" "both are published"

# ---- change: what is not let out yet is spread otherwise; the last day ----
parts
paid "${PARTS[0]}"
stands "the first tranche is paid" 99.99 0.00 600.01 0.00 0.00 500.00 0.00
spread() { echo "{\"tranches\":[{\"tranche\":\"$1\",\"amount\":\"$2\"},{\"tranche\":\"$3\",\"amount\":\"$4\"}],\"reason\":\"进度调整\"}"; }
change 422 changes '{"reason":"无"}'
WHY='a fen too little' change 422 changes "$(spread "${PARTS[1]}" 250.00 "${PARTS[2]}" 250.00)"
is "$(problem)" contract/exceeded "they must add up"
WHY='it is paid' change 422 changes "$(spread "${PARTS[0]}" 499.99 "${PARTS[1]}" 300.01)"
WHY='twice the same' change 422 changes "$(spread "${PARTS[1]}" 200.00 "${PARTS[1]}" 400.00)"
change 200 changes "$(spread "${PARTS[1]}" 250.00 "${PARTS[2]}" 250.01)"
agree aa
approve 200
planned "spread otherwise" 500.00 250.00 250.01 60.00 40.00
is "$(AS=clerk req GET "/api/v1/contracts/$CONTRACT/changes"; got '[.items[].before.tranches[1].amount] | join(" ")')" "300.00 300.00 300.00" "what it was before stays readable"
change 200 changes '{"ends":"2028-03-31","reason":"顺延一个月"}'
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/refuse" '{"reason":"撤回"}'
approve 409
AS=aa req GET "/api/v1/contracts/$CONTRACT"
is "$(got .ends)" 2028-02-29 "what was refused changes nothing"

# ---- suspended: nothing is reported, let out or paid until it is resumed ----
delivered "${PARTS[1]}" 750.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/release"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[1]}/payments" '{}'
waiting=$(got .id)
change 200 suspend '{"reason":"安全检查"}'
approve 200
is "$(got .contract_state)" suspended "suspended"
change 409 supplements "${add/60.00/0.01}"
AS=approver IFM='*' want 409 POST "/api/v1/payments/$waiting/approve"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/${PARTS[3]}/release"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/${PARTS[3]}/payments" '{}'
change 409 suspend '{"reason":"再"}'
change 200 resume '{"reason":"整改完成"}'
approve 200
AS=approver IFM='*' want 200 POST "/api/v1/payments/$waiting/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$waiting/settle" '{"bank_ref":"MID-1"}'
stands "resumed: paid" 99.99 0.00 350.01 0.00 0.00 750.00 0.00

# ---- a supplement's tranche is let out when what it was agreed on has come ----
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/${PARTS[3]}/release"
is "$(problem)" tranche/waiting "on acceptance"
delivered "${PARTS[3]}" 60.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[3]}/release"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[3]}/payments" '{}'
waiting=$(got .id)

# ---- the contractor was merged into another: it goes on with the successor ----
change 422 succeed "{\"organisation\":\"${ORG[aa]}\",\"reason\":\"更名\"}"
change 422 succeed '{"organisation":"00000000-0000-8000-8000-000000000001","reason":"更名"}'
WHY='the registry knows of no succession: that would pass the contract on' change 409 succeed "{\"organisation\":\"${ORG[cc]}\",\"reason\":\"转给丙社\"}"
is "$(problem)" contract/transfer "转包 is refused"
like "$(got .article)" '*条例 §72*' "by its article"
AS=clerk IFM='*' want 403 POST "/api/v1/organisations/${ORG[aa]}/divide" "{\"successor\":\"${ORG[cc]}\",\"reason\":\"x\"}"
AS=root IFM='*' want 422 POST "/api/v1/organisations/${ORG[aa]}/divide" "{\"successor\":\"${ORG[aa]}\",\"reason\":\"x\"}"
AS=root IFM='*' want 200 POST "/api/v1/organisations/${ORG[aa]}/divide" "{\"successor\":\"${ORG[cc]}\",\"reason\":\"民政部门批复分立\"}"
change 200 succeed "{\"organisation\":\"${ORG[cc]}\",\"reason\":\"甲社并入丙社，民政部门批复\"}"
AS=aa IFM='*' want 403 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/agree"
agree cc
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[cc]}', 3, 'office_approver', '2026-01-01')"
approve 409 cc
is "$(problem)" conflict/interest "not by one of those who are paid from then on"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[cc]}' AND office_id = 3"
approve 200
AS=aa IFM='*' WHY='it reads what it signed, and delivers no more' want 403 POST "/api/v1/tranches/${PARTS[4]}/deliveries" '{"paper":"acceptance_note","body":"完成"}'
AS=cc want 200 GET "/api/v1/contracts/$CONTRACT"
is "$(got .contractor)" 丙社 "it is the successor's"
AS=approver IFM='*' WHY='ordered for the one before' want 409 POST "/api/v1/payments/$waiting/approve"
is "$(problem)" payment/payee "money ordered before goes to nobody"
AS=approver IFM='*' want 200 POST "/api/v1/payments/$waiting/refuse" '{"reason":"由承继主体收款"}'
pay_released "${PARTS[3]}"
is "$(sql "SELECT payee FROM linli.payment WHERE id = '$PAYMENT'")" 丙社 "ordered anew it is paid to the successor"
stands "the first supplement is paid" 99.99 0.00 290.01 0.00 0.00 810.00 0.00
is "$(AS=clerk req GET "/api/v1/contracts/$CONTRACT/changes"; got '.items | last | .before.contractor')" 甲社 "and the record names the one before"
AS=cc IFM='*' want 200 POST "/api/v1/tranches/${PARTS[4]}/deliveries" "{\"paper\":\"acceptance_note\",\"body\":\"完成\"}"

# ---- ended before its time, settled at what was done: 930.00 of 1,100.01, 810.00 of it paid ----
change 422 terminate '{"settled":"809.99","reason":"x"}'
WHY='more than the contract' change 422 terminate '{"settled":"1100.02","reason":"x"}'
change 200 terminate '{"settled":"930.00","reason":"承接主体无力履行剩余部分"}'
approve 200
is "$(got .contract_state)" stopped "ended"
stands "what was done is payable, the rest is free" 270.00 0.00 0.00 120.00 0.00 810.00 0.00
planned "the open parts were reduced by the settlement" 500.00 250.00 170.01 60.00 0.00 120.00
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
settlement=$(got '.items[] | select(.code == "settlement") | .id')
change 409 terminate '{"settled":"930.00","reason":"再"}'
AS=clerk IFM='*' WHY='nothing is promised to a contract that is over' want 409 POST "/api/v1/contracts/$CONTRACT/promises" '{"kind":"own_share","by":"甲社","amount":"1.00"}'
pay_released "$settlement"
stands "the settlement is paid" 270.00 0.00 0.00 0.00 0.00 930.00 0.00
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" closed "and the tender is closed"

# ---- it came back after it was settled: paid once more, also where all was closed ----
AS=clerk IFM='*' want 422 POST "/api/v1/payments/$PAYMENT/return" '{"reason":"账户已销户，银行退汇"}'
is "$(got '.errors[0].pointer')" /bank_ref "settled money does not come back without the bank's reference"
WHY='the first says so' AS=clerk IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/return" '{"reason":"账户已销户，银行退汇","bank_ref":"TH-0"}'
is "$(got .state)" settled "one person moves nothing"
AS=approver req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "payment_return") | .act] | join(" ")')" payment_return "another finds it among the tasks"
WHY='it was another number' AS=clerk IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/return" '{"reason":"账户已销户，银行退汇","bank_ref":"MID-1"}'
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$PAYMENT/return" '{"reason":"账户已销户，银行退汇","bank_ref":"MID-1"}'
is "$(problem)" payment/same-person "nor does the same person twice"
AS=approver IFM='*' want 409 POST "/api/v1/payments/$PAYMENT/return" '{"reason":"账户已销户，银行退汇","bank_ref":"MID-1"}'
is "$(problem)" bank_ref/taken "a reference that paid something brings nothing back"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/return" '{"reason":"账户已销户，银行退汇","bank_ref":"TH-1"}'
stands "nothing has moved yet" 270.00 0.00 0.00 0.00 0.00 930.00 0.00
for i in $(seq 8); do
    curl -s --retry 8 -o "$T/said$i" -w '%{http_code}\n' -X POST -H "Authorization: Bearer ${TOKEN[approver]}" -H "Idempotency-Key: $(key)" -H 'If-Match: *' \
        --json '{"reason":"账户已销户，银行退汇","bank_ref":"TH-1"}' "$B/api/v1/payments/$PAYMENT/return" >"$T/b$i" &
    pids[i]=$!
done
wait "${pids[@]}"
is "$(cat "$T"/b[0-9] | sort | uniq -c | tr -s ' ' | tr '\n' ';')" " 1 200; 7 409;" "eight returns at once: one"
stands "come back: payable again" 270.00 0.00 0.00 120.00 0.00 810.00 0.00
AS='' req GET "/api/v1/tranches/$settlement"
is "$(got '.state + " " + .paid')" "released 0.00" "the tranche waits for its payment"
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$PAYMENT/return" '{"reason":"再退"}'
pay_released "$settlement"
stands "paid once more" 270.00 0.00 0.00 0.00 0.00 930.00 0.00

# ---- asked back: part of it returns, which opens no tranche ----
due=$(AS='' req GET /api/v1/clock; date -u -d "$(got .now) + 30 days" +%FT00:00:00Z)
ask() { AS=${WHO:-clerk} IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"$2\",\"due\":\"$due\",\"reason\":\"审计发现重复支出\"}"; }
WHO=aa ask 403 100.00
WHY='more than was paid' ask 422 930.01
AS=clerk IFM='*' WHY='a day that has passed' want 422 POST "/api/v1/contracts/$CONTRACT/recoveries" '{"amount":"200.00","due":"2020-01-01T00:00:00Z","reason":"审计发现重复支出"}'
is "$(problem) $(got '.errors[0].pointer')" "body/invalid /due" "it has to lie ahead"
ask 201 200.00
recovery=$(got .id)
WHY='the rest is 730.00' ask 422 730.01
is "$(problem) $(got '.errors[0].pointer')" "contract/exceeded /amount" "no more than was paid"
ask 201 730.00
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$(got .id)/refuse" '{"reason":"撤回"}'
is "$(got .state)" refused "to the fen, and refused"
AS=cc want 404 GET "/api/v1/recoveries/$recovery"
AS=clerk IFM='*' want 403 POST "/api/v1/recoveries/$recovery/approve" '{}'
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
AS=clerk IFM='*' WHY='who asked' want 409 POST "/api/v1/recoveries/$recovery/approve" '{}'
is "$(problem)" approval/same-person "by a second person"
sql "UPDATE linli.membership SET valid_until = '2026-01-02' WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
AS=clerk IFM='*' want 409 POST "/api/v1/recoveries/$recovery/receipts" '{"amount":"1.00","bank_ref":"R0"}'
AS=approver IFM='*' want 422 POST "/api/v1/recoveries/$recovery/approve" '{"due":"2020-01-01T00:00:00Z"}'
is "$(got '.errors[0].pointer')" /due "nor is it approved for a day that has passed"
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/approve" '{}'
AS=approver IFM='*' want 409 POST "/api/v1/recoveries/$recovery/refuse" '{"reason":"x"}'
is "$(problem)" state/refused "what was approved is refused no more"
AS=cc want 200 GET "/api/v1/recoveries/$recovery"
AS=bb want 404 GET "/api/v1/recoveries/$recovery"
AS=clerk IFM='*' WHY='a reference used before' want 409 POST "/api/v1/recoveries/$recovery/receipts" '{"amount":"150.00","bank_ref":"MID-1"}'
AS=clerk IFM='*' want 200 POST "/api/v1/recoveries/$recovery/receipts" '{"amount":"15.00","bank_ref":"R1"}'
receipt=$(got .id)
AS=clerk IFM='*' want 200 POST "/api/v1/recoveries/$recovery/receipts/$receipt/refuse"
is "$(got .state)" refused "a receipt that was typed wrongly is taken off"
AS=clerk IFM='*' want 409 POST "/api/v1/recoveries/$recovery/receipts/$receipt/refuse"
is "$(problem)" state/refused "once"
AS=clerk IFM='*' WHY='its reference is free again' want 200 POST "/api/v1/recoveries/$recovery/receipts" '{"amount":"150.00","bank_ref":"R1"}'
receipt=$(got .id)
AS=clerk IFM='*' WHY='50.00 is left' want 422 POST "/api/v1/recoveries/$recovery/receipts" '{"amount":"50.01","bank_ref":"R2"}'
stands "entered: nothing has moved" 270.00 0.00 0.00 0.00 0.00 930.00 0.00
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
AS=clerk IFM='*' want 409 POST "/api/v1/recoveries/$recovery/receipts/$receipt/confirm"
is "$(problem)" approval/same-person "confirmed by another"
AS=approver IFM='*' want 404 POST "/api/v1/recoveries/$recovery/receipts/$recovery/confirm"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
for i in $(seq 8); do
    curl -s --retry 8 -o "$T/said$i" -w '%{http_code}\n' -X POST -H "Authorization: Bearer ${TOKEN[approver]}" -H "Idempotency-Key: $(key)" -H 'If-Match: *' \
        "$B/api/v1/recoveries/$recovery/receipts/$receipt/confirm" >"$T/r$i" &
    pids[i]=$!
done
wait "${pids[@]}"
is "$(cat "$T"/r[0-9] | sort | uniq -c | tr -s ' ' | tr '\n' ';')" " 1 200; 7 409;" "eight confirmations at once: one"
stands "back and free again" 420.00 0.00 0.00 0.00 0.00 780.00 0.00
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
is "$(got '[.items[] | .recovered] | join(" ")')" "0.00 0.00 0.00 30.00 0.00 120.00" "taken off the last tranches first"
AS=clerk IFM='*' WHY='a partial recovery opens nothing' want 409 POST "/api/v1/tranches/$settlement/payments" '{}'
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$PAYMENT/return" '{"reason":"再退"}'
AS=clerk req GET "/api/v1/recoveries/$recovery"
is "$(got '[.state, .recovered, .overdue] | @json')" '["demanded","150.00",null]' "50.00 is missing"
AS=clerk IFM='*' WHY='no more than that' want 422 POST "/api/v1/recoveries/$recovery/receipts" '{"amount":"50.01","bank_ref":"R2"}'
WHY='150.00 of 930.00 are back, 50.00 asked for' ask 422 730.01
clock_to "$due"
advance 1m
AS=auditor req GET "/api/v1/recoveries/$recovery"
ok "the passed day is seen by who watches" [ "$(got .overdue)" != null ]
AS=clerk IFM='*' want 403 POST "/api/v1/recoveries/$recovery/write-off" '{"reason":"x"}'
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
for how in write-off set-off; do
    AS=clerk IFM='*' WHY='who asked' want 409 POST "/api/v1/recoveries/$recovery/$how" '{"reason":"x"}'
    is "$(problem)" approval/same-person "by a second person"
done
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/set-off" '{"reason":"从下一期抵扣"}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/write-off" '{"reason":"注销清算无可供执行财产"}'
is "$(got .state)" written_off "the rest is written off, which moves no money"
AS=auditor req GET "/api/v1/offices/3/events?object=$recovery"
is "$(got '[.items[] | .payload | .missing // .left // .written_off // empty] | join(" ")')" "50.00 50.00 50.00" "how much was missing, left to set off and written off stands in the record"
stands "as it was" 420.00 0.00 0.00 0.00 0.00 780.00 0.00

# ---- a journal reversed: once, by two people ----
journal() { AS='' req GET "/api/v1/appropriations/$APP/postings?limit=100"; got "[.items[] | select(.kind == \"$1\") | .journal] | last"; }
j=$(journal recover)
AS=clerk want 409 POST "/api/v1/appropriations/$APP/reversals" "{\"journal\":\"$(journal settle)\",\"reason\":\"x\"}"
is "$(problem)" ledger/irreversible "what moved a payment is undone by an act on it"
AS=clerk want 404 POST "/api/v1/appropriations/$APP/reversals" '{"journal":"00000003-0000-8000-8000-000000000001","reason":"x"}'
AS=clerk want 200 POST "/api/v1/appropriations/$APP/reversals" "{\"journal\":\"$j\",\"reason\":\"误登他人回款\"}"
v=$(got .id)
AS=clerk want 409 POST "/api/v1/appropriations/$APP/reversals" "{\"journal\":\"$j\",\"reason\":\"再\"}"
is "$(problem)" ledger/duplicate "asked for once"
AS=clerk want 403 POST "/api/v1/appropriations/$APP/reversals/$v/approve"
AS=approver want 404 POST "/api/v1/appropriations/$APP/reversals/$j/refuse"
AS=approver want 200 POST "/api/v1/appropriations/$APP/reversals/$v/refuse"
is "$(got .state)" refused "an approver may refuse it"
AS=approver want 409 POST "/api/v1/appropriations/$APP/reversals/$v/approve"
stands "nothing went back" 420.00 0.00 0.00 0.00 0.00 780.00 0.00
AS=clerk want 200 POST "/api/v1/appropriations/$APP/reversals" "{\"journal\":\"$j\",\"reason\":\"误登他人回款\"}"
v=$(got .id)
for i in $(seq 8); do
    curl -s --retry 8 -o "$T/said$i" -w '%{http_code}\n' -X POST -H "Authorization: Bearer ${TOKEN[approver]}" -H "Idempotency-Key: $(key)" \
        "$B/api/v1/appropriations/$APP/reversals/$v/approve" >"$T/v$i" &
    pids[i]=$!
done
wait "${pids[@]}"
is "$(cat "$T"/v[0-9] | sort | uniq -c | tr -s ' ' | tr '\n' ';')" " 1 200; 7 409;" "eight approvals at once: one"
stands "the way back, to the fen" 270.00 0.00 0.00 0.00 0.00 930.00 0.00
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
is "$(got '[.items[] | .recovered] | unique | join(" ")')" 0.00 "the tranches as before"
AS=clerk want 409 POST "/api/v1/appropriations/$APP/reversals" "{\"journal\":\"$j\",\"reason\":\"再\"}"
AS=approver want 200 POST "/api/v1/appropriations/$APP/supplement" '{"amount":"500.00","reason":"误录"}'
j=$(journal appropriate)
AS=approver want 200 POST "/api/v1/appropriations/$APP/reversals" "{\"journal\":\"$j\",\"reason\":\"金额误录\"}"
v=$(got .id)
AS=approver want 409 POST "/api/v1/appropriations/$APP/reversals/$v/approve"
AS=approver2 want 200 POST "/api/v1/appropriations/$APP/reversals/$v/approve"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got '.granted + " " + .available')" "1200.00 270.00" "a grant typed wrongly is reversed"

# ---- advance not covered: ended at less than was paid, the difference is asked back ----
contract_of 1000.00 1000.00
paid "${PARTS[0]}"
change 200 terminate '{"settled":"320.00","reason":"中途停止"}'
approve 200
stands "the rest is free" 500.00 0.00 0.00 0.00 0.00 500.00 0.00
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
is "$(got '[.items[] | .amount + " " + .state] | join(",")')" "180.00 proposed" "what was advanced and not earned is asked back"
AS=approver IFM='*' WHY='until when?' want 422 POST "/api/v1/recoveries/$(got '.items[0].id')/approve" '{}'
is "$(problem) $(got '.errors[0].pointer')" "body/invalid /due" "what nobody asked for on a day needs one"
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
recovery=$(got '.items[0].id') due=$(AS='' req GET /api/v1/clock; date -u -d "$(got .now) + 30 days" +%FT00:00:00Z)
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/approve" "{\"due\":\"$due\"}"
# Its day is waited for as long as any of it is missing; a receipt that was none is missing again.
waits() { AS=auditor req GET '/api/v1/offices/3/due?act=recovery_overdue'; is "$(got "[.items[] | select(.subject == \"$recovery\") | .at] | join(\" \")")" "$1" "$2"; }
part_came() { # REFERENCE SUM
    AS=clerk IFM='*' want 200 POST "/api/v1/recoveries/$recovery/receipts" "{\"amount\":\"$2\",\"bank_ref\":\"$1\"}"
    AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/receipts/$(got .id)/confirm"
}
came() { # REFERENCE [SUM]: all of it
    part_came "$1" "${2:-180.00}"
    AS=clerk req GET "/api/v1/recoveries/$recovery"
    is "$(got '.state + " " + .recovered')" "recovered 180.00" "all of it came"
}
waits "$due" "its day is waited for"
came ALL-1
waits "" "and is not any more"
AS=clerk want 200 POST "/api/v1/appropriations/$APP/reversals" "{\"journal\":\"$(journal recover)\",\"reason\":\"误登他人回款\"}"
AS=approver want 200 POST "/api/v1/appropriations/$APP/reversals/$(got .id)/approve"
waits "$due" "it did not come: its day is waited for again"
AS=clerk req GET "/api/v1/recoveries/$recovery/receipts"
is "$(got '[.items[].state] | join(" ")')" reversed "its receipt says so"
clock_to "$due"
advance 1m
AS=clerk req GET "/api/v1/recoveries/$recovery"
is "$(got '[.state, .recovered, .overdue != null] | map(tostring) | join(" ")')" "demanded 0.00 true" "and passes"
AS=auditor req GET "/api/v1/offices/3/events?object=$recovery"
is "$(got '[.items[] | select(.act == "recovery_overdue") | .tender] | @json')" "[\"$TENDER\"]" "which stands in the record of its tender"
late() { AS=clerk req GET '/api/v1/offices/3/tasks?overdue=true'; is "$(got "[.items[] | select(.task == \"recovery\" and .subject == \"$recovery\")] | length")" "$1" "$2"; }
late 1 "somebody has to see to it"
part_came ALL-1 80.00 # which is free again
advance 1m
AS=auditor req GET "/api/v1/offices/3/events?object=$recovery"
is "$(got '[.items[] | select(.act == "recovery_overdue")] | length')" 1 "part of it came late: its day does not pass twice"
late 1 "the rest is still missing"
came ALL-2 100.00
late 0 "and not any more"
planned "still" 500.00 300.00 200.00
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" closed "nothing is open any more"
# ---- ended while its advance is ordered: what is asked back does not go out as well ----
contract_of 1000.00 1000.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/release"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
waiting=$(got .id)
change 200 terminate '{"settled":"0.00","reason":"未开始履行"}'
approve 200
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
recovery=$(got '.items[0].id')
is "$(got '[.items[] | .amount + " " + .state] | join(",")')" "500.00 proposed" "what was let out is asked back"
AS=approver IFM='*' want 409 POST "/api/v1/payments/$waiting/approve"
is "$(problem) $(got '[.why[].code] | join(" ")')" "payment/held recovery" "nobody is paid what is asked back of it"
stands "nothing goes out" 500.00 0.00 0.00 500.00 0.00 0.00 0.00
AS=approver IFM='*' want 200 POST "/api/v1/payments/$waiting/refuse" '{"reason":"合同已终止"}'
AS=clerk IFM='*' WHY='nor is it ordered again' want 409 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/refuse" '{"reason":"款项未支付"}'
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/withdrawals" '{"reason":"合同已终止"}'
AS=approver IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/withdrawals/$(got .id)/approve"
stands "taken back, it is free again" 1000.00 0.00 0.00 0.00 0.00 0.00 0.00
# ---- what waited for a second person while the last payment went out finds nothing to change ----
WHOLE='[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]'
for x in suspend:'{"reason":"安全检查"}' terminate:'{"settled":"300.00","reason":"协商"}'; do
    TRANCHES=$WHOLE contract_of 300.00 300.00
    delivered "${PARTS[0]}" 300.00
    change 200 "${x%%:*}" "${x#*:}"
    paid "${PARTS[0]}"
    WHY="${x%%:*}" approve 409
    is "$(problem)" state/refused "${x%%:*}: a contract that is done is neither held nor ended"
    AS=clerk req GET "/api/v1/contracts/$CONTRACT"
    is "$(got .state)" closed "it stays done"
    AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$CHANGE/refuse" '{"reason":"合同已履行完毕"}'
done
said=$(decided_again "$changed")
like "$said" "*release*schedule*" "tranches let out under a contract that was changed"
unlike=$(tr ';' '\n' <<<"$said" | grep otherwise)
is "$unlike" "" "every decision comes out the same when it is asked again: $said"
ok "linli audit finds nothing" linli audit

# ---- more contracts than one answer holds: the latest are told, whatever their numbers ----
sql "INSERT INTO linli.award SELECT (jsonb_populate_record(NULL::linli.award, to_jsonb(a) || jsonb_build_object('state', 'withdrawn',
         'id', '00000003-0000-7000-8000-' || lpad(i::text, 12, '0')))).*
     FROM linli.contract c JOIN linli.award a ON a.office_id = c.office_id AND a.id = c.award_id, generate_series(1, 501) i WHERE c.id = '$CONTRACT';
     INSERT INTO linli.contract SELECT (jsonb_populate_record(NULL::linli.contract, to_jsonb(c) || jsonb_build_object('id', x.id, 'award_id', x.id,
         'number', lpad((999 - x.i)::text, 3, '0'), 'starts', date '2040-01-01' + x.i, 'ends', date '2060-01-01', 'year_no', 1, 'renews', NULL))).*
     FROM linli.contract c, (SELECT i, '00000003-0000-7000-8000-' || lpad(i::text, 12, '0') AS id FROM generate_series(1, 501) i) x WHERE c.id = '$CONTRACT'"
who=$(sql "SELECT p.login FROM linli.contract c JOIN linli.membership m ON m.organisation_id = c.organisation_id JOIN linli.person p ON p.id = m.person_id
    WHERE c.id = '$CONTRACT' LIMIT 1")
AS=$who req GET /api/v1/me/work
is "$(got '[(.contracts | length), .cut, .contracts[0].number, .contracts[499].number] | @json')" '[500,["contracts"],"498","997"]' \
    "of five hundred and one the one that began first is left out, whatever its number"
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
