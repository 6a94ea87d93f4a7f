#!/bin/bash
# Paying: vouchers and the clock they start, what holds money back, a second checker, accounts that change.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person clerk2 office_clerk 3
person approver2 office_approver 3
person approver3 office_approver 3
for b in aa bb; do NO_ACCOUNT=1 bidder "$b" "机构 $b"; done
member a2 "${ORG[aa]}"
contract_of 1000.00 100000.00
uscc_aa=$(sql "SELECT uscc FROM linli.organisation WHERE id = '${ORG[aa]}'")
first=${PARTS[0]}
account() { AS=$1 IFM='*' want "$2" PATCH "/api/v1/organisations/${ORG[aa]}" "{\"bank_name\":\"示例银行\",\"bank_code\":\"${4:-102290000001}\",\"bank_account\":\"$3\"}"; }

# ---- vouchers ----
give() { echo "{\"kind\":\"$1\",\"number\":\"$2\",\"amount\":\"$3\",\"issued\":\"2026-11-01\"${4:-}}"; }
seller=",\"seller\":\"机构 aa\",\"seller_uscc\":\"$uscc_aa\""
v="/api/v1/tranches/$first/vouchers"
AS=bb want 403 POST "$v" "$(give einvoice 26310000000000000011 500.00 "$seller")"
AS=aa want 422 POST "$v" "$(give einvoice 2631000000000000001 500.00 "$seller")"
is "$(got '.errors[0].pointer // .errors[0].at // .pointers[0].pointer')" /number "19 digits are no e-invoice"
AS=aa want 422 POST "$v" "$(give invoice 12345678 500.00 "$seller")"
is "$(got '.errors[0].pointer')" /code "an older invoice has a code"
AS=aa want 422 POST "$v" "$(give invoice 1234567 500.00 "$seller,\"code\":\"3100123456\"")"
is "$(got '.errors[0].pointer')" /number "and a number of eight digits"
AS=aa want 422 POST "$v" "$(give fiscal_receipt 001 500.00 "$seller")"
is "$(problem)" voucher/kind "a purchase is not paid on a fiscal receipt"
AS=aa want 422 POST "$v" "$(give donation_receipt 001 500.00 "$seller")"
is "$(problem)" voucher/kind "nor on a donation receipt"
AS=aa want 422 POST "$v" "$(give einvoice 26310000000000000011 500.00)"
is "$(problem)" voucher/seller "an e-invoice names its seller"
AS=aa want 422 POST "$v" "$(give einvoice 26310000000000000011 500.00 ",\"seller_uscc\":\"$(uscc)\"")"
is "$(problem)" voucher/seller "the seller's code is the payee's"
AS=aa want 422 POST "$v" "$(give einvoice 26310000000000000011 500.00 ",\"seller\":\"别家\",\"seller_uscc\":\"$uscc_aa\"")"
AS=aa want 422 POST "$v" "$(give receipt 7 500.00 ',"reimburses":true')"
is "$(problem)" voucher/seller "a registered body is not reimbursed"
AS=clerk want 422 POST "$v" '{"kind":"receipt","number":"9","amount":"1.00","issued":"2036-01-01"}'
AS=aa want 201 POST "$v" "$(give einvoice 26310000000000000011 200.00 "$seller")"
# Boundary 29.
red=$(got .id) received=$(got .received) by=$(got .pay_by)
is "$(date -u -d "$by" +%s)" "$(date -u -d "$(TZ=Asia/Shanghai date -d "$received" +%F) + 31 days - 8 hours" +%s)" "thirty days run from the day it came, to their last midnight"
# Boundary 40.
AS=clerk want 409 POST "/api/v1/tranches/${PARTS[1]}/vouchers" "$(give einvoice 26310000000000000011 200.00 "$seller")"
is "$(problem) $(got '.errors[0].pointer')" "invoice/taken /number" "a number serves once"
WHY='by itself' AS=aa want 422 POST "/api/v1/vouchers/$red/reverse" '{"red_number":"26310000000000000011","reason":"开错"}'
is "$(got '.errors[0].pointer')" /red_number "a red one has a number of its own"
WHY='what takes an e-invoice back is one' AS=aa want 422 POST "/api/v1/vouchers/$red/reverse" '{"red_number":"红字1号","reason":"开错"}'
is "$(got '.errors[0].pointer')" /red_number "of 20 digits"
AS=aa want 201 POST "$v" "$(give invoice 12345678 300.00 "$seller,\"code\":\"310012345678\"")"
is "$(got .number)" 310012345678-12345678 "an older invoice is code and number"
AS=aa want 409 POST "$v" "$(give invoice 12345678 300.00 "$seller,\"code\":\"310012345678\"")"
AS=aa want 201 POST "$v" "$(give invoice 12345678 1.00 "$seller,\"code\":\"3100123456\"")"
older=$(got .id)
unred() { AS=aa WHY="$2" want 422 POST "/api/v1/vouchers/$1/reverse" "{\"red_number\":\"$2\",\"reason\":\"开错\"}"; is "$(problem) $(got '.errors[0].pointer')" "body/invalid /red_number" "no number of a red one"; }
for n in 2631000000000000009 263100000000000000990 2631000000000000009x 12345678 310012345-12345678 31001234567-12345678 \
    3100123456789-12345678 3100123456-1234567 3100123456-123456789 310012345x-12345678 3100123456; do unred "$older" "$n"; done
for n in 2631000000000000009 3100123456-12345679 RED-1; do unred "$red" "$n"; done
AS=aa want 200 POST "/api/v1/vouchers/$older/reverse" '{"red_number":"26310000000000000099","reason":"开错"}'
AS=aa want 201 POST "$v" "$(give invoice 12345679 1.00 "$seller,\"code\":\"3100123456\"")"
AS=aa WHY='an older one by an older one' want 200 POST "/api/v1/vouchers/$(got .id)/reverse" '{"red_number":"310012345678-12345680","reason":"开错"}'
AS=aa want 409 POST "$v" "$(give invoice 12345680 1.00 "$seller,\"code\":\"310012345678\"")"
is "$(problem)" invoice/taken "its code and number serve once too"
AS=aa want 409 POST "$v" "$(give einvoice 26310000000000000099 1.00 "$seller")"
is "$(problem)" invoice/taken "the number of a red one serves once too"
AS=resident want 403 GET "$v"
AS=auditor want 200 GET "$v"
is "$(got '.items | length')" 4 "those who watch see them"
AS=bb want 200 GET "$v"
is "$(got '.items | length')" 0 "another organisation does not"
WHY='numbered by its writer, not with the invoices' AS=aa want 201 POST "$v" "$(give receipt 26310000000000000011 1.00)"
plain=$(got .id)
AS=aa want 409 POST "$v" "$(give receipt 26310000000000000011 1.00)"
WHY='its writer is the payee, named on it or not' AS=aa want 409 POST "$v" "$(give receipt 26310000000000000011 1.00 ',"seller":"机构 aa"')"
WHY='the same, typed with blanks' AS=aa want 409 POST "$v" "$(give receipt ' 26310000000000000011　' 1.00)"
is "$(got .detail)" '发票26310000000000000011 已被使用' "whose receipt it is is not shown with its number"
AS=aa WHY='numbered by its writer too' want 200 POST "/api/v1/vouchers/$plain/reverse" '{"red_number":"26310000000000000099","reason":"开错"}'
AS=aa WHY='who wrote it already' want 409 POST "$v" "$(give receipt 26310000000000000099 1.00)"

# ---- vouchers first, where the office asks for them ----
AS='' req GET /api/v1/offices/3
AS=security IFM=$(etag) want 200 PATCH /api/v1/offices/3 '{"vouchers_first":true,"second_check":"400.00"}'
is "$(got '.second_check + " " + (.vouchers_first | tostring)')" "400.00 true" "an office sets its limit"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/$first/release"
AS=aa WHY='used before' want 409 POST "/api/v1/vouchers/$red/reverse" '{"red_number":"26310000000000000099","reason":"金额有误"}'
is "$(got '.errors[0].pointer')" /red_number "it says which number"
AS=aa want 200 POST "/api/v1/vouchers/$red/reverse" '{"red_number":"26310000000000000098","reason":"金额有误"}'
AS=aa want 409 POST "/api/v1/vouchers/$red/reverse" '{"red_number":"26310000000000000097","reason":"金额有误"}'
AS=clerk IFM='*' WHY='nowhere to pay to' want 409 POST "/api/v1/tranches/$first/payments" '{}'
is "$(problem)" payment/payee "nothing is ordered for a payee without an account"
account aa 422 6222001 10229000000x
is "$(got '.errors[0].pointer')" /bank_code "a bank has a code of twelve digits"
account aa 422 '6222 001'
is "$(got '.errors[0].pointer')" /bank_account "an account number has no spaces"
account aa 422 "$(printf '%035d' 1)"
WHY='a message to a bank would cut it' account aa 422 "$(printf '%034d' 1)x"
account aa 200 6222001
bank() { sql "UPDATE linli.organisation_account SET bank_name = $1 WHERE organisation_id = '${ORG[aa]}'"; }
bank NULL
AS=clerk IFM='*' WHY='a number at no bank' want 409 POST "/api/v1/tranches/$first/payments" '{}'
is "$(problem)" payment/payee "an account is a bank and a number"
bank "'示例银行'"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$first/payments" '{}'
is "$(problem)" voucher/missing "a red one covers nothing"
AS=aa want 201 POST "$v" "$(give einvoice 26310000000000000012 200.00 "$seller")"
by=$(got .pay_by)
AS=clerk IFM='*' WHY='red' want 409 POST "/api/v1/tranches/$first/payments" '{"invoice":"26310000000000000011"}'
is "$(problem)" invoice/taken "an order names no invoice that was taken back"
sql "UPDATE linli.tender SET regime = 'statutory' WHERE id = '$TENDER'"
AS=clerk IFM='*' WHY='a plain receipt' want 422 POST "/api/v1/tranches/$first/payments" '{"invoice":"FP-1"}'
is "$(problem)" voucher/kind "nor a kind that is not due for the money"
sql "UPDATE linli.organisation SET uscc = NULL WHERE id = '${ORG[aa]}'"
AS=clerk IFM='*' WHY='of a payee without a code' want 422 POST "/api/v1/tranches/$first/payments" '{"invoice":"26310000000000000071"}'
is "$(problem)" voucher/seller "nor an e-invoice that nobody can have written"
sql "UPDATE linli.organisation SET uscc = '$uscc_aa' WHERE id = '${ORG[aa]}'"
sql "UPDATE linli.tender SET regime = 'sub_threshold' WHERE id = '$TENDER'"

# ---- nor has whoever belongs to the payee: it judges no work of its own, and pays itself nothing ----
in_office() { sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[a2]}', 3, '$1', '2026-01-01')"; }
in_office office_clerk
AS=a2 IFM='*' want 409 POST "/api/v1/tranches/$first/payments" '{}'
is "$(problem)" conflict/interest "it orders nothing"
AS='' req GET "/api/v1/tenders/$TENDER/plan"
paper=$(got '[.plan.papers[] | select(.tranche == "mid")][0].code')
AS=aa IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/deliveries" "{\"paper\":\"$paper\",\"body\":\"完成\"}"
AS=clerk req GET "/api/v1/tranches/${PARTS[1]}/deliveries"
own=$(got '.items[0].id')
AS=a2 IFM='*' want 409 POST "/api/v1/tranches/${PARTS[1]}/accept" "{\"delivery\":\"$own\",\"finding\":\"accepted\",\"reason\":\"合格\"}"
is "$(problem)" conflict/interest "it accepts nothing"
AS=a2 IFM='*' want 409 POST "/api/v1/tranches/${PARTS[1]}/release"
is "$(problem)" conflict/interest "and lets nothing out"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[a2]}' AND office_id = 3"

# ---- the officer of the project has no part in it ----
sql "UPDATE linli.person SET name = '伊' WHERE id = '${PERSON[clerk2]}'"
AS=clerk2 IFM='*' want 409 POST "/api/v1/tranches/$first/payments" '{}'
is "$(problem)" payment/officer "its officer does not order"
contract_is() { sql "UPDATE linli.contract SET state = '$1' WHERE id = '$CONTRACT'"; }
contract_is suspended
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$first/payments" '{}'
is "$(problem) $(got .detail)" "state/refused 合同已中止履行，暂停支付" "nothing is ordered of a contract that is suspended"
contract_is signed

# ---- held back ----
# Boundary 39.
h=/api/v1/offices/3/holds
AS=clerk want 422 POST "$h" '{"kind":"credit_list","reason":"失信","article":"财库〔2016〕125号"}'
is "$(got '.errors[0].pointer')" /contract "of whom or of what"
AS=clerk want 422 POST "$h" "{\"organisation\":\"${ORG[aa]}\",\"contract\":\"$CONTRACT\",\"kind\":\"credit_list\",\"reason\":\"失信\",\"article\":\"财库〔2016〕125号\"}"
is "$(got '.errors[0].pointer')" /contract "not of both"
AS=clerk want 201 POST "$h" "{\"organisation\":\"${ORG[aa]}\",\"kind\":\"credit_list\",\"reason\":\"信用中国查询：列入失信被执行人\",\"article\":\"财库〔2016〕125号\"}"
hold=$(got .id)
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/$first/payments" '{}'
is "$(problem) $(got .article)" "payment/held 财库〔2016〕125号" "a credit list holds it, with its article"
AS=auditor want 200 GET "/api/v1/tranches/$first/holds"
is "$(got '.items | map(.code) | join(" ")')" credit_list "anybody who watches sees why"
AS=clerk want 403 POST "/api/v1/holds/$hold/lift" '{"reason":"已移出"}'
in_office office_approver
AS=a2 want 409 POST "/api/v1/holds/$hold/lift" '{"reason":"已移出"}'
is "$(problem)" conflict/interest "not by one of those it keeps money from"
AS=approver want 200 POST "/api/v1/holds/$hold/lift" '{"reason":"已移出"}'
AS=approver want 409 POST "/api/v1/holds/$hold/lift" '{"reason":"已移出"}'
AS=approver want 201 POST "$h" "{\"contract\":\"$CONTRACT\",\"kind\":\"challenge\",\"reason\":\"投诉处理期间\",\"article\":\"94号令 §28\"}"
AS=approver want 409 POST "/api/v1/holds/$(got .id)/lift" '{"reason":"x"}'
is "$(problem)" approval/same-person "who placed it does not lift it"
AS=a2 want 409 POST "/api/v1/holds/$(sql "SELECT id FROM linli.hold WHERE lifted IS NULL")/lift" '{"reason":"投诉驳回"}'
is "$(problem)" conflict/interest "nor one on its contract"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[a2]}' AND office_id = 3"
AS=approver2 want 200 POST "/api/v1/holds/$(sql "SELECT id FROM linli.hold WHERE lifted IS NULL")/lift" '{"reason":"投诉驳回"}'

# ---- where it goes: an account that changes ----
pay_to() { sql "SELECT coalesce(payee_account, '-') || ' ' || payee FROM linli.payment WHERE id = '$1'"; }
AS=aa want 200 GET "/api/v1/organisations/${ORG[aa]}/profile"
is "$(got .bank_account)" 6222001 "the first account holds at once"
account aa 200 6222002
AS=aa want 200 GET "/api/v1/organisations/${ORG[aa]}/profile"
is "$(got .bank_account)" 6222001 "a changed one does not"
account a2 409 6222003
is "$(problem)" account/waiting "one change at a time"
AS=clerk want 200 GET "/api/v1/organisations/${ORG[aa]}/accounts"
new=$(got '.items[1].id')
AS=aa want 409 POST "/api/v1/organisations/${ORG[aa]}/accounts/$new/agree"
is "$(problem)" approval/same-person "not by whoever asked for it"
AS=bb want 403 POST "/api/v1/organisations/${ORG[aa]}/accounts/$new/agree"
# Somebody let in a minute before is no second person, and throws nobody out; the others see who is in, and end it.
token_of a3 "$(linli user add a3 --name 丙 | jq -r .person)"
AS=aa want 200 POST "/api/v1/organisations/${ORG[aa]}/members" "{\"person\":\"${PERSON[a3]}\"}"
AS=a3 WHY='added a minute before' want 409 POST "/api/v1/organisations/${ORG[aa]}/accounts/$new/agree"
is "$(problem)" state/refused "two days, as the change itself"
AS=a3 want 409 POST "/api/v1/organisations/${ORG[aa]}/members/${PERSON[a2]}/end"
AS=a2 req GET "/api/v1/organisations/${ORG[aa]}/profile"
is "$(got '[.members[] | select(.name == "丙").person] | @json')" "[\"${PERSON[a3]}\"]" "the members are told who is in"
AS=clerk req GET "/api/v1/organisations/${ORG[aa]}/profile"
is "$(got .members)" null "nobody else"
AS=bb want 403 POST "/api/v1/organisations/${ORG[aa]}/members/${PERSON[a3]}/end"
AS=a2 want 200 POST "/api/v1/organisations/${ORG[aa]}/members/${PERSON[a3]}/end"
AS=a2 want 404 POST "/api/v1/organisations/${ORG[aa]}/members/${PERSON[a3]}/end"
AS=a3 WHY='and is out at once' want 403 GET "/api/v1/organisations/${ORG[aa]}/profile"
AS=bb WHY='somebody stays' want 409 POST "/api/v1/organisations/${ORG[bb]}/members/${PERSON[bb]}/end"
AS=a2 want 200 POST "/api/v1/organisations/${ORG[aa]}/accounts/$new/agree"
# Somebody notices that it is none of theirs: it is stopped, and asked for anew.
AS=bb want 403 POST "/api/v1/organisations/${ORG[aa]}/accounts/$new/refuse"
AS=aa WHY='within its two days' want 200 POST "/api/v1/organisations/${ORG[aa]}/accounts/$new/refuse"
AS=aa want 409 POST "/api/v1/organisations/${ORG[aa]}/accounts/$new/refuse"
account aa 200 6222002
AS=clerk want 200 GET "/api/v1/organisations/${ORG[aa]}/accounts"
is "$(got '[.items[].state] | join(" ")')" "agreed refused proposed" "nothing waits beside the new one"
new=$(got '.items[2].id')
AS=a2 want 200 POST "/api/v1/organisations/${ORG[aa]}/accounts/$new/agree"
advance 47h
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/$first/payments" '{}'
p=$(got .id)
is "$(pay_to "$p")" "6222001 机构 aa" "an hour before the 48 are over the old account is paid"
AS=approver IFM='*' want 200 POST "/api/v1/payments/$p/refuse" '{"reason":"账户即将变更"}'
advance 2h
AS=root want 200 GET "/api/v1/organisations/${ORG[aa]}/accounts"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/$first/payments" '{}'
p=$(got .id)
is "$(pay_to "$p")" "6222002 机构 aa" "then the new one"
is "$(got .pay_by)" "$by" "the clock runs from the first voucher that stands"
AS=a2 WHY='it holds' want 409 POST "/api/v1/organisations/${ORG[aa]}/accounts/$new/refuse"

# ---- looked at again when it is approved ----
unapproved() { AS=$1 IFM='*' want 409 POST "/api/v1/payments/$p/approve"; is "$(problem)" "$2" "$3"; }
named() { sql "UPDATE linli.person SET name = '$1' WHERE id = '${PERSON[approver3]}'"; }
named 伊
unapproved approver3 payment/officer "its officer does not approve"
named approver3
in_office office_approver
unapproved a2 conflict/interest "nor does one of the payee's"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[a2]}' AND office_id = 3"
contract_is suspended
unapproved approver state/refused "nor does anybody of a contract suspended since"
contract_is signed
AS=clerk want 201 POST "$h" "{\"contract\":\"$CONTRACT\",\"kind\":\"challenge\",\"reason\":\"投诉处理期间\",\"article\":\"94号令 §28\"}"
hold=$(got .id)
unapproved approver payment/held "or held back since"
AS=approver want 200 POST "/api/v1/holds/$hold/lift" '{"reason":"投诉驳回"}'
sql "UPDATE linli.contract SET organisation_id = '${ORG[bb]}' WHERE id = '$CONTRACT'"
unapproved approver payment/payee "or passed on to another"
sql "UPDATE linli.contract SET organisation_id = '${ORG[aa]}' WHERE id = '$CONTRACT'"

# ---- 500.00 where 400.00 take a second checker ----
AS=approver IFM='*' want 200 POST "/api/v1/payments/$p/approve"
is "$(got .state)" approved "the first of two signs"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got .in_transit)" 0.00 "and nothing moves"
AS=approver IFM='*' want 409 POST "/api/v1/payments/$p/approve"
is "$(problem)" payment/same-person "the second is another"
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$p/settle" '{"bank_ref":"X1"}'
is "$(problem)" state/refused "not settled before it was sent"
AS=approver2 IFM='*' want 200 POST "/api/v1/payments/$p/approve"
is "$(got .state)" sent "the second sends it"
unapproved approver3 state/refused "and there is nothing left to approve"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got .in_transit)" 500.00 "now it is with the bank"
AS=auditor want 200 GET "/api/v1/payments/$p/paper"
is "$(got '[.maker, .checker, .second, .payee_account] | join(" ")')" "clerk approver approver2 6222002" "three people and the account are on the paper"
AS=root IFM="*" want 200 POST "/api/v1/organisations/${ORG[aa]}/rename" '{"name":"机构新名","reason":"核准变更登记"}'
AS=auditor want 200 GET "/api/v1/payments/$p/paper"
is "$(got .payee)" "机构 aa" "and the name of that day"
AS=resident want 403 GET "/api/v1/payments/$p/paper"
AS=approver IFM='*' WHY='it is with the bank' want 409 POST "/api/v1/payments/$p/refuse" '{"reason":"x"}'
is "$(problem)" state/refused "what was sent is not refused any more"
sql "INSERT INTO linli.claim (kind, value, holder) VALUES ('bank_ref', 'X9', gen_random_uuid())"
AS=clerk IFM='*' want 409 POST "/api/v1/payments/$p/return" '{"reason":"账号不符","bank_ref":"X9"}'
is "$(problem)" bank_ref/taken "a reference of the bank tells of one thing"
AS=clerk IFM='*' WHY='the same, typed with a blank' want 409 POST "/api/v1/payments/$p/return" '{"reason":"账号不符","bank_ref":"X9 "}'
AS=clerk IFM='*' WHY='nothing but a blank' want 422 POST "/api/v1/payments/$p/return" '{"reason":"账号不符","bank_ref":" "}'
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$p/return" '{"reason":"账号不符","bank_ref":"X10 "}'
is "$(got .state) $(sql "SELECT holder = '$p back' FROM linli.claim WHERE kind = 'bank_ref' AND value = 'X10'")" "returned t" "sent back, with its reference"
is "$(sql "SELECT back_ref FROM linli.payment WHERE id = '$p'")" X10 "which stands with the payment"
# ---- where the limit is exactly what is paid, and where it is nothing ----
again() { # LIMIT: ordered anew, and approved by one; its STATE
    AS='' req GET /api/v1/offices/3
    AS=security IFM=$(etag) want 200 PATCH /api/v1/offices/3 "{\"second_check\":\"$1\"}"
    AS=clerk IFM='*' want 201 POST "/api/v1/tranches/$first/payments" '{}'
    p=$(got .id)
    AS=approver IFM='*' want 200 POST "/api/v1/payments/$p/approve"
    STATE=$(got .state)
}
again 500.00
is "$STATE" sent "500.00 are not above 500.00: one is enough"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$p/return" '{"reason":"账号不符"}'
again 0.00
is "$STATE" approved "above nothing is everything"

# ---- an invoice that is there before the work ----
# Handed in before the work was accepted: no clock yet (38号文 §3: 满足合同约定支付条件的).
AS=aa want 201 POST "/api/v1/tranches/${PARTS[1]}/vouchers" "$(give einvoice 26310000000000000031 300.00 ",\"seller_uscc\":\"$uscc_aa\"")"
is "$(got '[.received != null, .pay_by] | @json')" '[true,null]' "an invoice for work to come starts nothing"
# What is due on a day is earned on that day.
due_on() { # DAY NUMBER: into STARTS, whether a clock starts
    sql "UPDATE linli.tranche SET trigger_on = 'date', due_on = $1 WHERE id = '${PARTS[2]}'"
    AS=aa want 201 POST "/api/v1/tranches/${PARTS[2]}/vouchers" "{\"kind\":\"einvoice\",\"number\":\"$2\",\"amount\":\"1.00\",\"issued\":\"$today\",\"seller_uscc\":\"$uscc_aa\"}"
    STARTS=$(got '.pay_by != null')
}
today=$(AS='' req GET /api/v1/clock; TZ=Asia/Shanghai date -d "$(got .now)" +%F)
due_on "date '$today' + 1" 26310000000000000032
is "$STARTS" false "the day before it starts nothing either"
due_on "date '$today'" 26310000000000000033
is "$STARTS" true "on its day it does"
sql "UPDATE linli.tranche SET trigger_on = 'acceptance', due_on = NULL WHERE id = '${PARTS[2]}'"
advance 20d
delivered "${PARTS[1]}" 800.00
AS=clerk req GET "/api/v1/tranches/${PARTS[1]}/vouchers"
now=$(AS='' req GET /api/v1/clock; got .now)
is "$(date -u -d "$(got '.items[0].pay_by')" +%s)" "$(date -u -d "$(TZ=Asia/Shanghai date -d "$now" +%F) + 31 days - 8 hours" +%s)" "thirty days run from the acceptance"
ok "linli audit finds nothing" linli audit
stop_server
finish
