#!/bin/bash
# Bonds in statutory procurement: 2 % of the budget with a bid, 10 % of the contract with a contract; entered once nothing is sealed any
# more, back by the day the law names, with interest where that is late, kept for a reason; never part of a fund.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
person approver2 office_approver 3
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
REGIME=statutory SITS=(evaluator1 evaluator2 evaluator3 evaluator4 evaluator5) BIDDERS=(aa bb cc)
bond() { AS=${WHO:-clerk} IFM='*' want "$1" POST "/api/v1/tenders/$TENDER/bonds" "$2"; BOND=$(got .id); }
back() { AS=${WHO:-approver} IFM='*' want "$1" POST "/api/v1/tenders/$TENDER/bonds/$BOND/return" "$2"; }
day_of() { TZ=Asia/Shanghai date -d "$1" +%F; }
last_day() { TZ=Asia/Shanghai date -d "$1 - 1 second" +%F; } # of a deadline that is 24:00
keep() { AS=${WHO:-approver} IFM='*' want "$1" POST "/api/v1/tenders/$TENDER/bonds/$BOND/keep" "$2"; }
transfer() { echo "{\"bid\":\"${BID[$1]}\",\"form\":\"transfer\",\"amount\":\"$2\",\"reference\":\"$3\",\"received\":\"$(date -u +%F)\"}"; }

# ---- what the call may ask for ----
fund_of statutory 3000000.00
entry_of statutory public_bidding 1000000.00
AS=clerk want 422 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"需求\",\"scheme\":\"lowest_price\",\"options\":{\"tranches\":$TWO_PARTS,\"bid_bond\":\"2.1%\"},\"scheme_options\":{},\"appropriation\":\"$APP\"}"
is "$(got '.errors[0].pointer')" /options/bid_bond "2.1 % of the budget is more than the law allows"

# ---- with the bids ----
got_due() { AS=clerk req GET "/api/v1/tenders/$TENDER/bonds"; got ".items[] | select(.id == \"$1\") | .due"; }
IN_NOTICE=yes winner_of 1000000.00 '' ',"bid_bond":"2%","performance_bond":"10%"'
bond 422 '{"form":"transfer","amount":"1.00","reference":"T0","received":"2026-11-01"}'
of() { bond 422 "$(transfer aa 1.00 T0 | sed "s/}$/$1}/")"; is "$(problem) $(got '.errors[0].pointer')" "body/invalid $2" "$3"; }
of ',"return_days":30' /return_days "a bid's is back when the law says"
of ',"expires":"2028-12-31"' /expires "money has no last day"
bond 422 "$(transfer aa 1.00 T0 | sed "s/\(\"received\":\"\)[^\"]*/\12099-01-01/")"
is "$(got '.errors[0].pointer')" /received "what was received lies in the past"
bond 422 "{\"bid\":\"$LOT\",\"form\":\"transfer\",\"amount\":\"1.00\",\"reference\":\"T0\",\"received\":\"2026-11-01\"}"
is "$(got '.errors[0].pointer')" /bid "of a bid of this tender"
bond 422 "{\"bid\":\"${BID[aa]}\",\"form\":\"guarantee\",\"amount\":\"20000.00\",\"reference\":\"G0\",\"received\":\"2026-11-01\"}"
is "$(got '.errors[0].pointer')" /expires "a guarantee has a last day"
WHY='a fen above 2 % of the budget' bond 409 "$(transfer aa 20000.01 T1)"
like "$(problem) $(got .article) $(got .detail)" 'rule/refused *条例 §33* *最多 20000.00 元' "by its article, and how much it may be"
WHO=aa bond 403 "$(transfer aa 20000.00 T1)"
bond 200 "$(transfer aa 20000.00 T1)"
winner_bond=$BOND
is "$(got '[.state, .kind, .due] | @json')" '["held","bid",null]' "the winner's is held until the contract is signed"
bond 409 "$(transfer aa 100.00 T2)"
WHY='a reference used before' bond 409 "$(transfer bb 20000.00 T1)"
is "$(problem) $(got '.errors[0].pointer')" "value/taken /reference" "it names the member"
H='Accept-Language: en' bond 409 "$(transfer bb 20000.00 T1)"
is "$(got .detail)" '"T1" was used before' "and the reference"
bond 200 "$(transfer bb 20000.00 T3)"
loser_bond=$BOND
AS=clerk req GET "/api/v1/lots/$LOT/awards"
announced=$(got '.items[0].announced')
AS=clerk req GET "/api/v1/tenders/$TENDER/bonds"
is "$(last_day "$(got ".items[] | select(.id == \"$loser_bond\") | .due")")" "$(working_day "$(day_of "$announced")" 5)" "a loser's is back within five working days of the notice"
is "$(got ".items[] | select(.id == \"$loser_bond\") | .rule")" bid_bond_return "by the rule it names"
AS=approver req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "bond_return")] | length')" 1 "and stands among the approver's tasks"
AS=bb req GET "/api/v1/tenders/$TENDER/bonds"
is "$(got '[.items[].name] | join(" ")')" 乙社 "an organisation sees its own"
AS=resident want 403 GET "/api/v1/tenders/$TENDER/bonds"

# ---- late: interest of 120 % of the base rate for each day ----
AS=clerk req GET "/api/v1/tenders/$TENDER/bonds"
due=$(got ".items[] | select(.id == \"$loser_bond\") | .due")
clock_to "$(date -u -d "$due + 9 days + 3 hours" +%FT%TZ)"
BOND=$loser_bond
keep 200 '{"amount":"5004.00","reason":"虚假材料，按招标文件"}'
AS=approver req GET '/api/v1/offices/3/tasks?overdue=true'
is "$(got '[.items[] | select(.task == "bond_return")] | length')" 1 "ten days late: overdue"
WHO=clerk back 403 '{"bank_ref":"B1"}'
BOND=$LOT back 404 '{"bank_ref":"B1"}'
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
WHO=clerk back 409 '{"bank_ref":"B1","base_rate":"1.5%"}'
is "$(problem)" approval/same-person "by another than who entered it"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
back 422 '{"bank_ref":"B1"}'
is "$(problem) $(got '.errors[0].pointer')" "body/invalid /base_rate" "the rate of that year is asked for"
like "$(got .article)" '*第87号 §38*' "by its article"
back 422 '{"base_rate":"1.5%"}'
is "$(got '.errors[0].pointer')" /bank_ref "and the payment"
back 200 '{"bank_ref":"B1","base_rate":"1.5%"}'
# (20,000.00 - 5,004.00) x 1.5 % x 120 % x 10 / 365 = 7.3952..
is "$(got '.state + " " + .interest')" "returned 7.40" "interest to the fen, on what goes back"
AS=auditor req GET "/api/v1/offices/3/events?object=$BOND"
is "$(got '[.items[] | select(.act == "bond_return") | .payload.interest] | join(" ")')" 7.40 "and it stands in the record"
back 409 '{"bank_ref":"B2"}'
keep 409 '{"amount":"1.00","reason":"x"}'
is "$(problem)" state/refused "nothing is kept of what went back"
BOND=$LOT keep 404 '{"amount":"1.00","reason":"x"}'

# ---- with the contract: 10 %, by a guarantee ----
notice_over
draft_of "$AWARD"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got "[.items[] | select(.task == \"bond\" and .subject == \"$CONTRACT\")] | length")" 1 "the contract waits for its bond"
guarantee() { echo "{\"contract\":\"$CONTRACT\",\"form\":\"guarantee\",\"amount\":\"$1\",\"reference\":\"BH-1\",\"received\":\"2026-11-20\",\"expires\":\"2028-12-31\"$2}"; }
bond 422 "$(guarantee 100000.00 '')"
is "$(got '.errors[0].pointer')" /return_days "it says when it goes back"
WHY='a fen above a tenth' bond 409 "$(guarantee 100000.01 ',"return_days":30')"
like "$(got .article)" '*条例 §48*' "by its article"
bond 200 "$(guarantee 100000.00 ',"return_days":30')"
contract_bond=$BOND
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
parts
signed=$(AS=clerk req GET "/api/v1/contracts/$CONTRACT"; got .signed)
AS=clerk req GET "/api/v1/tenders/$TENDER/bonds"
is "$(last_day "$(got ".items[] | select(.id == \"$winner_bond\") | .due")")" "$(working_day "$(day_of "$signed")" 5)" "the winner's bid bond: five working days from the signing"
BOND=$winner_bond
WHY='that payment went elsewhere' back 409 '{"bank_ref":"B1"}'
is "$(problem)" bank_ref/taken "a payment gives back one"
clock_to "$(date -u -d "$(got_due "$winner_bond") - 2 hours" +%FT%TZ)"
back 200 '{"bank_ref":"B3"}'
is "$(got .interest)" 0.00 "in time on the last day: no interest"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "contract")] | length')" 1 "the contract is published with the second signature"

# ---- kept in part for a breach, the rest goes back when the contract ends ----
BOND=$contract_bond
WHO=clerk keep 403 '{"amount":"1.00","reason":"x"}'
keep 422 '{"amount":"100000.01","reason":"x"}'
keep 200 '{"amount":"30000.00","reason":"擅自停止服务，按合同第九条"}'
is "$(got '.state + " " + .kept')" "held 30000.00" "kept in part"
WHY='30,000.00 are kept already' keep 422 '{"amount":"70000.01","reason":"x"}'
is "$(got '.errors[0].pointer')" /amount "no more than is held"
paid "${PARTS[0]}"
delivered "${PARTS[1]}" 500000.00
paid "${PARTS[1]}"
delivered "${PARTS[2]}" 500000.00
paid "${PARTS[2]}"
AS='' req GET /api/v1/clock
closed=$(got .now)
AS=clerk req GET "/api/v1/tenders/$TENDER/bonds"
is "$(last_day "$(got ".items[] | select(.id == \"$contract_bond\") | .due")")" "$(TZ=Asia/Shanghai date -d "$(day_of "$closed") + 30 days" +%F)" "thirty days from the end of the contract"
advance 40d
back 200 '{}'
is "$(got '[.state, .kept, .interest] | join(" ")')" "returned 30000.00 0.00" "a guarantee goes back without a payment, late without interest: it was no money"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got '[.available, .paid] | join(" ")')" "2000000.00 1000000.00" "no bond was ever part of the fund"

# ---- a tender that failed: from that day; where the regime allows none, none is taken ----
fund_of statutory 500000.00
entry_of statutory public_bidding 500000.00
tender_of lowest_price "{\"tranches\":$TWO_PARTS,\"bid_bond\":\"1%\"}" '{}'
WHY='it is not published yet' bond 409 "$(transfer aa 5000.00 T9)"
is "$(problem) $(got .detail)" "state/refused 项目尚未发布" "a draft has no bonds"
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
BID=()
for login in aa bb cc; do bid_for $login 490000.00; done
WHY='nobody tells who bids' bond 422 "$(transfer aa 5000.00 T9)"
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/open"
AS='' req GET /api/v1/clock
today=$(day_of "$(got .now)")
received() { transfer "$1" 5000.00 "$2" | sed "s/\(\"received\":\"\)[^\"]*/\1$3/"; }
WHY='tomorrow' bond 422 "$(received aa T9 "$(date -d "$today + 1 day" +%F)")"
is "$(got '.errors[0].pointer')" /received "it did not come yet"
bond 200 "$(received aa T9 "$today")"
BOND_A=$BOND
# A cheque is money: no last day, its number is a payment's, and it goes back by one; where it is kept whole nothing does.
cheque() { received bb "$1" "$today" | sed "s/\"transfer\"/\"cheque\"/;s/}\$/${2:-}}/"; }
bond 422 "$(cheque C1 ',"expires":"2099-12-31"')"
is "$(got '.errors[0] | .pointer + " " + .code')" "/expires unknown" "a cheque has no last day"
WHY='the number of a transfer' bond 409 "$(cheque T1)"
bond 200 "$(cheque C1)"
back 422 '{}'
is "$(got '.errors[0].pointer')" /bank_ref "it goes back by a payment"
keep 200 '{"amount":"5000.00","reason":"虚假材料"}'
is "$(got '.state + " " + .kept')" "kept 5000.00" "kept whole"
back 409 '{"bank_ref":"B9"}'
bond 200 "$(received cc C2 "$today" | sed 's/"transfer"/"cheque"/')"
cheque_bond=$BOND
AS=approver IFM='*' want 200 POST "/api/v1/tenders/$TENDER/cancel" '{"ground":"task_gone","reason":"任务取消"}'
AS='' req GET /api/v1/clock
now=$(got .now)
AS=clerk req GET "/api/v1/tenders/$TENDER/bonds"
is "$(got ".items[] | select(.id == \"$BOND_A\").rule") $(last_day "$(got ".items[] | select(.id == \"$BOND_A\").due")")" "terminated_refund $(working_day "$(day_of "$now")" 5)" "five working days from its end"
# A cheque was money: late, it bears interest as a transfer does.
clock_to "$(date -u -d "$(got_due "$cheque_bond") + 9 days + 3 hours" +%FT%TZ)"
BOND=$cheque_bond
back 422 '{"bank_ref":"B8"}'
is "$(got '.errors[0].pointer')" /base_rate "the rate is asked for"
back 200 '{"bank_ref":"B8","base_rate":"1.5%"}'
# 5,000.00 x 1.5 % x 120 % x 10 / 365 = 2.4657..
is "$(got .interest)" 2.47 "ten days late"
REGIME=sub_threshold SITS=(evaluator1 evaluator2 evaluator3) BIDDERS=(aa bb)
winner_of 1000.00 1000.00
WHY='below the threshold there are none by default' bond 409 "$(transfer aa 0.01 T10)"

# ---- a regime that takes bonds and names no day for them to go back ----
stop_server
mkdir "$T/rules"
cp "$here"/config/rules/*.json "$T/rules"
sed -i '/"bid_bond_max"/s/"0%"/"2%"/' "$T/rules/p2.json"
start_server --set "data.rules=$T/rules"
IN_NOTICE=yes winner_of 1000.00 1000.00 ',"bid_bond":"2%"'
WHY='a fen above 2 %' bond 409 "$(transfer bb 20.01 T11)"
bond 200 "$(transfer bb 20.00 T11)"
is "$(got '[.state, .rule, .due] | @json')" '["held",null,null]' "the loser's goes back on no day that anybody named"
AS=approver req GET /api/v1/offices/3/tasks
is "$(got "[.items[] | select(.task == \"bond_return\" and .tender == \"$TENDER\")] | length")" 0 "and waits in nobody's tasks"
advance 400d
back 200 '{"bank_ref":"B11"}'
is "$(got '.state + " " + .interest')" "returned 0.00" "it is never late"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
verified
finish
