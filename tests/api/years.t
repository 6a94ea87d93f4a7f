#!/bin/bash
# 预算年度：支付申请截止日、三个月前的预报、结转、重新安排与收回；调剂；捐赠限定用途与同意书；自筹与配捐不到位不拨款；任一日的余额；捐赠去向。
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person approver2 office_approver 3
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
Y=$(year)
at_app() { AS='' req GET "/api/v1/appropriations/$1"; got "$2"; }

# ---- a contract of three years; three months ahead, and the last day ----
winner_of 1000.00 3000.00
AS=clerk want 201 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2027-03-01","ends":"2030-02-28","terms":"三年期服务"}'
CONTRACT=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
parts
CLOSED=$APP LONG=$CONTRACT SERVICE=$TENDER LAST=("${PARTS[@]:1}")
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "tender").body | has("sources")] | @json')" "[false]" "where one pays that has nothing to say the notice names no sources"
AS=clerk want 403 POST "/api/v1/appropriations/$APP/last-day" "{\"last_request\":\"$Y-12-20\"}"
AS=approver WHY='not its year' want 422 POST "/api/v1/appropriations/$APP/last-day" "{\"last_request\":\"$((Y + 1))-01-05\"}"
sql "UPDATE linli.appropriation SET year = 2027 WHERE id = '$APP'" # the road takes the sandbox into the next year
AS=approver want 200 POST "/api/v1/appropriations/$APP/last-day" '{"last_request":"2027-12-20"}'
is "$(got '.last_request + " " + (.carried | tostring)')" "2027-12-20 0" "the last day to ask for payments"
ahead() { AS=clerk req GET /api/v1/offices/3/year-end; got "[.items[] | select(.appropriation == \"$APP\") | [.carry_over, .again, .lapse] | join(\" \")] | join(\", \")"; }
clock_to 2027-09-19T00:00:00Z
is "$(ahead)" "" "more than three months ahead nothing is said"
clock_to 2027-09-21T00:00:00Z
is "$(ahead)" "1000.00 0.00 2000.00" "three months ahead: what is bound will carry over, what is free will lapse"
AS='' req GET /api/v1/offices/3/year-end
is "$STATUS" 401 "it is for the office"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/release"
clock_to 2027-12-21T01:00:00Z
AS=clerk IFM='*' WHY='the last day has passed' want 409 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
like "$BODY" '*2027-12-20*预算法 §42*' "and the day and the article are named"

# Carried over by two people, on a decision; the payment goes then.
move() { echo "/api/v1/appropriations/$APP/transfers"; }
# Boundary 37.
carry='{"kind":"carry_over","last_request":"2028-12-20","reason":"项目未完","decision":"财结〔2027〕1号"}'
AS=clerk WHY='a year further than the next' want 422 POST "$(move)" "${carry/2028/2099}"
AS=clerk WHY='no decision' want 422 POST "$(move)" '{"kind":"carry_over","last_request":"2028-12-20","reason":"x"}'
AS=clerk WHY='a sum' want 422 POST "$(move)" "${carry/\"reason\"/\"amount\":\"1.00\",\"reason\"}"
AS=clerk WHY='an earlier day' want 422 POST "$(move)" "${carry/2028/2027}"
AS=approver want 200 POST "$(move)" "$carry"
x=$(got .id)
AS=approver WHY='who asked' want 409 POST "$(move)/$x/approve"
is "$(problem)" approval/same-person "two people"
AS=approver2 want 200 POST "$(move)/$x/approve"
is "$(at_app "$APP" '.last_request + " " + (.carried | tostring)')" "2028-12-20 1" "carried over"
AS=approver2 WHY=twice want 409 POST "$(move)/$x/approve"
AS=approver WHY='it is kept for the next year' want 422 POST "/api/v1/appropriations/$APP/last-day" '{"last_request":"2027-12-19"}'
AS=approver want 200 POST "/api/v1/appropriations/$APP/last-day" '{"last_request":"2028-12-20"}'
pay_released "${PARTS[0]}"

# Two years at most (预算法 §42), then it lapses and has to be budgeted again.
carry2=${carry/2028/2029}
AS=clerk want 200 POST "$(move)" "$carry2"
AS=approver want 200 POST "$(move)/$(got .id)/approve"
AS=clerk WHY='a third year' want 409 POST "$(move)" "${carry/2028/2030}"
is "$(problem) $(got .article)" "fund/lapsed 预算法 §42" "and that is the reason"
clock_to 2029-10-01T00:00:00Z
is "$(ahead)" "0.00 500.00 2500.00" "unused for two years: what is still bound is budgeted again, and lapses here"
AS=clerk denied attachment SELECT POST "$(move)" '{"kind":"lapse","amount":"2000.00","reason":"结余","decision":"财结〔2029〕1号"}'
AS=clerk WHY='more than is free' want 200 POST "$(move)" '{"kind":"lapse","amount":"2000.01","reason":"结余","decision":"财结〔2029〕1号"}'
AS=approver want 409 POST "$(move)/$(got .id)/approve"
is "$(problem)" fund/insufficient "no more than is free lapses"
AS=clerk want 200 POST "$(move)" '{"kind":"lapse","amount":"2000.00","reason":"结余","decision":"财结〔2029〕1号"}'
AS=approver want 200 POST "$(move)/$(got .id)/approve"
is "$(at_app "$APP" '[.granted, .available, .lapsed, .committed, .paid] | join(" ")')" "3000.00 0.00 2000.00 500.00 500.00" "2,000.00 lapsed"

# ---- any past day, from the lines alone ----
F=$(at_app "$APP" .fund)
on() { AS='' req GET "/api/v1/funds/$F/balance${1:+?on=$1}"; got '[.received, .available, .reserved, .committed, .payable, .paid, .returned, .lapsed] | join(" ")'; }
is "$(on)" "3000.00 0.00 0.00 500.00 0.00 500.00 0.00 2000.00" "as it stands"
is "$(on 2029-09-30)" "3000.00 2000.00 0.00 500.00 0.00 500.00 0.00 0.00" "the day before it lapsed"
is "$(on 2027-12-20)" "3000.00 2000.00 0.00 500.00 500.00 0.00 0.00 0.00" "released and not paid"
is "$(on 2027-09-20)" "3000.00 2000.00 0.00 1000.00 0.00 0.00 0.00 0.00" "signed"
is "$(on 2020-01-01)" "0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00" "before there was any"
AS='' want 422 GET "/api/v1/funds/$F/balance?on=2027-02-30"

# ---- what was given for a field, and moving it ----
AS=operator want 201 POST /api/v1/offices/3/funds '{"code":"gifts","name":{"zh":"睦邻基金","en":"Neighbours"},"purpose":"公益","regimes":["charity","sub_threshold"],"holder_kind":"foundation","holder":"示例基金会"}'
G=$(got .id)
gift() { AS=operator want 201 POST "/api/v1/funds/$G/gifts" "{\"donor\":\"$1\",\"amount\":\"$2\",\"received\":\"2026-01-10\",\"receipt\":\"$3\"${4:-}}"; }
gift 甲公司 300.00 G-0001 ',"restriction":"养老"'; OLD=$(got .appropriation) g1=$(got .id)
gift 王某 900.00 G-0002 ',"restriction":"养老","anonymous":true'; g2=$(got .id)
is "$(got .donor)" 匿名 "masked"
gift 李某 100.00 G-0003; FREE=$(got .appropriation)
# With a receipt of its own, not before it came; a pledge has none. Whoever holds the money for the office is named.
unfit() { AS=operator want "$1" POST "$2" "$3"; like "$(problem) $(got '.errors[0].pointer')" "*/* $4" "$5"; }
unfit 422 "/api/v1/funds/$G/gifts" '{"donor":"x","amount":"1.00","received":"2026-01-10"}' /receipt "a gift has a receipt"
is "$(got .article) $(got .detail)" "慈善法 §38 捐赠须有票据" "by the law of gifts"
unfit 409 "/api/v1/funds/$G/gifts" '{"donor":"x","amount":"1.00","received":"2026-01-10","receipt":"G-0001"}' /receipt "which was given once"
H='Accept-Language: en' unfit 409 "/api/v1/funds/$G/gifts" '{"donor":"x","amount":"1.00","received":"2026-01-10","receipt":"G-0001"}' /receipt "in English too"
is "$(problem) $(got .detail)" "value/taken a gift with this receipt is recorded" "and why"
unfit 422 "/api/v1/funds/$G/gifts" '{"donor":"x","amount":"1.00","received":"2029-10-03","receipt":"G-0099"}' /received "and lies in the past"
AS=operator want 201 POST "/api/v1/funds/$G/gifts" '{"donor":"赵某","amount":"1.00","received":"2029-10-01","kind":"pledge"}'
is "$(got '.kind + " " + (.appropriation | tostring)')" "pledge null" "what is only promised is no money"
unfit 422 /api/v1/offices/3/funds '{"code":"held","name":{"zh":"x","en":"x"},"purpose":"x","regimes":["charity"],"holder_kind":"foundation"}' /holder "whoever holds it is named"
gift 李某 1000.00 G-0009; wrong=$(got .id)
AS='' req GET "/api/v1/appropriations/$FREE/postings?limit=100"
AS=approver want 200 POST "/api/v1/appropriations/$FREE/reversals" "{\"journal\":\"$(got '[.items[] | select(.kind == "appropriate") | .journal] | last')\",\"reason\":\"金额误录\"}"
AS=approver2 want 200 POST "/api/v1/appropriations/$FREE/reversals/$(got .id)/approve"
AS='' req GET "/api/v1/gifts/$wrong"
ok "a gift entered wrongly is seen to be reversed" [ "$(got .reversed)" != null ]
gift 李某 10.00 G-0009
AS='' req GET "/api/v1/funds/$G/gifts"
is "$(got '[.items[] | select(.receipt == "G-0009") | .amount + " " + (.reversed != null | tostring)] | join(", ")')" "1000.00 true, 10.00 false" "the right one takes its receipt"
unfit 409 "/api/v1/funds/$G/gifts" '{"donor":"x","amount":"1.00","received":"2026-01-10","receipt":"G-0009"}' /receipt "and it alone"
AS='' req GET "/api/v1/appropriations/$FREE/postings?limit=100"
AS=approver want 200 POST "/api/v1/appropriations/$FREE/reversals" "{\"journal\":\"$(got '[.items[] | select(.kind == "appropriate") | .journal] | last')\",\"reason\":\"重复\"}"
AS=approver2 want 200 POST "/api/v1/appropriations/$FREE/reversals/$(got .id)/approve"
gift 律所 200.00 G-0004 ',"kind":"service"'
is "$(got '.kind + " " + (.appropriation | tostring)')" "service null" "a service is valued, and is no money"
shift_it() { echo "{\"to\":\"$FREE\",\"amount\":\"50.00\",\"reason\":\"调整\",\"decision\":\"理事会〔2029〕3号\"${1:-}}"; }
AS=clerk WHY='nowhere' want 422 POST "/api/v1/appropriations/$OLD/transfers" '{"amount":"50.00","reason":"x","decision":"y"}'
AS=clerk WHY='it does not lapse' want 409 POST "/api/v1/appropriations/$OLD/transfers" '{"kind":"lapse","amount":"50.00","reason":"x","decision":"y"}'
is "$(problem)" fund/purpose "budget money does"
mis() { AS=clerk want 422 POST "/api/v1/appropriations/$OLD/transfers" "$1"; is "$(problem) $(got '.errors[0].pointer')" "body/invalid $2" "it names $2"; }
mis "{\"to\":\"$OLD\",\"amount\":\"1.00\",\"reason\":\"x\",\"decision\":\"y\"}" /to
mis '{"kind":"carry_over","reason":"x","decision":"y"}' /last_request
mis "{\"to\":\"$FREE\",\"amount\":\"1.00\",\"last_request\":\"2029-12-20\",\"reason\":\"x\",\"decision\":\"y\"}" /last_request
mis "{\"to\":\"$FREE\",\"reason\":\"x\",\"decision\":\"y\"}" /amount
AS=clerk want 200 POST "/api/v1/appropriations/$OLD/transfers" "$(shift_it)"
AS=approver want 409 POST "/api/v1/appropriations/$OLD/transfers/$(got .id)/approve"
is "$(problem)" fund/consent "the donors gave it for the old: they have to consent"
hash=$(printf '%%PDF-1.4 consent' | sha256sum | cut -d' ' -f1)
AS=clerk BASE=$UP TYPE=application/pdf req PUT "/api/v1/blobs/$hash" '%PDF-1.4 consent'
AS=clerk want 201 POST /api/v1/offices/3/attachments "{\"object_kind\":\"appropriation\",\"object\":\"$OLD\",\"name\":\"同意书.pdf\",\"kind\":\"consent\",\"sha256\":\"$hash\"}"
consent=$(got .id)
AS=clerk WHY='a file of another' want 422 POST "/api/v1/appropriations/$FREE/transfers" "{\"to\":\"$OLD\",\"amount\":\"1.00\",\"reason\":\"x\",\"decision\":\"y\",\"consent\":\"$consent\"}"
AS=clerk want 200 POST "/api/v1/appropriations/$OLD/transfers" "$(shift_it ",\"consent\":\"$consent\"")"
AS=approver want 200 POST "/api/v1/appropriations/$OLD/transfers/$(got .id)/approve"
is "$(at_app "$OLD" '.granted + " " + .available') $(at_app "$FREE" '.granted + " " + .available')" "1150.00 1150.00 150.00 150.00" "50.00 moved, and with it what was granted"
AS='' req GET "/api/v1/appropriations/$FREE/transfers"
is "$(got '[.items[] | [.kind, .amount, .state] | join(" ")] | join(", ")')" "transfer 50.00 proposed, transfer 50.00 approved" "everybody reads it on both sides"

# What was given to a fund without a field is for the fund's purpose: into another it goes with consent alone (慈善法 §56).
AS=operator want 201 POST /api/v1/offices/3/funds '{"code":"gifts2","name":{"zh":"助学基金","en":"Pupils"},"purpose":"助学","regimes":["charity"],"holder_kind":"foundation","holder":"示例基金会"}'
AS=operator want 201 POST "/api/v1/funds/$(got .id)/gifts" '{"donor":"书店","amount":"10.00","received":"2026-01-10","receipt":"G-0005"}'
pupils=$(got .appropriation)
elsewhere() { echo "{\"to\":\"$pupils\",\"amount\":\"10.00\",\"reason\":\"调整\",\"decision\":\"理事会〔2029〕4号\"${1:-}}"; }
AS=clerk want 200 POST "/api/v1/appropriations/$FREE/transfers" "$(elsewhere)"
AS=approver want 409 POST "/api/v1/appropriations/$FREE/transfers/$(got .id)/approve"
is "$(problem)" fund/consent "given to this fund, it does not go to another of the same holder unasked"
AS=clerk want 201 POST /api/v1/offices/3/attachments "{\"object_kind\":\"appropriation\",\"object\":\"$FREE\",\"name\":\"同意书.pdf\",\"kind\":\"consent\",\"sha256\":\"$hash\"}"
AS=clerk want 200 POST "/api/v1/appropriations/$FREE/transfers" "$(elsewhere ",\"consent\":\"$(got .id)\"")"
AS=approver want 200 POST "/api/v1/appropriations/$FREE/transfers/$(got .id)/approve"
is "$(at_app "$pupils" .granted)" 20.00 "with their consent it does"

# Where it may not go: to money another holds, to none, to a year that is over; lottery money keeps its mark.
of_finance=$(sql "SELECT id FROM linli.appropriation WHERE id = '$CLOSED'")
AS=clerk WHY='the office does not hold it' want 409 POST "/api/v1/appropriations/$FREE/transfers" "{\"to\":\"$of_finance\",\"amount\":\"1.00\",\"reason\":\"x\",\"decision\":\"y\"}"
is "$(problem) $(got .title)" "fund/holder 资金由他人持有，不得调剂" "and it says so"
AS=clerk WHY='no such' want 422 POST "/api/v1/appropriations/$FREE/transfers" '{"to":"00000003-0000-8000-8000-00000000000f","amount":"1.00","reason":"x","decision":"y"}'
is "$(got '.errors[0].pointer')" /to "it names the member"
AS=approver want 201 POST "/api/v1/funds/$F/appropriations" '{"year":2029,"budget_item":"lottery","name":"彩票","amount":"9.00","origin":"lottery"}'
lottery=$(got .id)
AS=approver want 201 POST "/api/v1/funds/$F/appropriations" '{"year":2029,"budget_item":"plain","name":"一般","amount":"9.00"}'
plain=$(got .id)
to() { echo "{\"to\":\"$1\",\"amount\":\"1.00\",\"reason\":\"x\",\"decision\":\"y\"}"; }
AS=clerk WHY='it would lose its mark' want 409 POST "/api/v1/appropriations/$lottery/transfers" "$(to "$plain")"
is "$(problem)" fund/purpose "lottery money stays lottery money"
AS=clerk want 200 POST "/api/v1/appropriations/$plain/transfers" "$(to "$lottery")"
x=$(got .id)
AS=approver want 200 POST "/api/v1/appropriations/$plain/transfers/$x/refuse" '{"reason":"暂缓"}'
is "$(got .state) $(at_app "$plain" .available)" "refused 9.00" "an approver may refuse it: nothing moves"
AS=approver2 want 409 POST "/api/v1/appropriations/$plain/transfers/$x/approve"
AS=approver want 404 POST "/api/v1/appropriations/$plain/transfers/$G/refuse" '{"reason":"x"}'
AS=clerk want 200 POST "/api/v1/appropriations/$plain/transfers" "$(to "$CLOSED")"
late=$(got .id)
sql "UPDATE linli.appropriation SET last_request = '2029-09-30' WHERE id = '$CLOSED'"
AS=approver WHY='since it was asked for the year has ended' want 409 POST "/api/v1/appropriations/$plain/transfers/$late/approve"
is "$(problem) $(got .article)" "fund/closed 预算法 §42" "looked at again when it is approved"
like "$(got .detail)" '*2029-09-30*' "and says since when"
AS=clerk want 409 POST "/api/v1/appropriations/$plain/transfers" "$(to "$CLOSED")"
sql "UPDATE linli.appropriation SET last_request = '2029-12-20' WHERE id = '$CLOSED'"

# ---- a match and an own share hold the tranche; then the thread of each gift ----
APP=$OLD
contract_of 1000.00
promise() { AS=clerk IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/promises" "{\"kind\":\"$2\",\"by\":\"$3\",$4}"; }
promise 422 own_share 甲社 '"share":"40%","amount":"1.00"'
promise 422 match 甲公司 '"gives":1'
is "$(problem) $(got '.errors[0].pointer')" "body/invalid /share" "a ratio has two sides"
promise 200 own_share 甲社 '"share":"40%"'
# Boundary 38.
is "$(got .amount)" 666.67 "40% of the whole beside 1,000.00: 666.67, rounded up"
own=$(got .id)
promise 200 match 甲公司 '"gives":1,"per":2'
is "$(got .amount)" 500.00 "one for two"
match=$(got .id)
promise 200 match 配捐池 '"amount":"123.45"'
pool=$(got .id)
# One that was mistyped would hold the money for ever: a second person takes it back.
promise 200 own_share 甲社 '"amount":"666670.00"'
wrong=$(got .id)
AS=clerk req GET "/api/v1/tranches/${PARTS[0]}/holds"
is "$(got '[.items[] | select(.code == "promise")] | length')" 4 "it holds the first tranche"
take() { AS=$1 IFM='*' want "$2" POST "/api/v1/contracts/$CONTRACT/promises/$wrong/withdraw" '{"reason":"金额录入有误"}'; }
take clerk 403
take aa 403
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[clerk]}', 3, 'office_approver', '2026-01-01')"
take clerk 409
is "$(problem)" approval/same-person "not by who recorded it"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[clerk]}' AND role = 'office_approver'"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises/$wrong/evidence" '{"amount":"1.00","what":"银行回单"}'
waiting=$(got '.evidence[-1].id')
take approver 409
is "$(problem)" state/refused "not while what was shown for it waits: nobody could decide that any more"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises/$wrong/evidence/$waiting/refuse" '{"reason":"承诺金额有误"}'
take approver 200
is "$(got '[.amount, .note, .withdrawn != null] | map(tostring) | join(" ")')" "666670.00 金额录入有误 true" "it stays on record, with the reason"
take approver 409
AS=aa IFM='*' WHY='nothing is shown for it any more' want 409 POST "/api/v1/contracts/$CONTRACT/promises/$wrong/evidence" '{"amount":"1.00","what":"x"}'
AS=clerk req GET "/api/v1/tranches/${PARTS[0]}/holds"
is "$(got '[.items[] | select(.code == "promise")] | length')" 3 "and holds nothing"
show() { AS=$1 IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises/$2/evidence" "{\"amount\":\"$3\",\"what\":\"银行回单\"}"; EVIDENCE=$(got '.evidence[-1].id'); }
accept() { AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises/$1/evidence/$EVIDENCE/accept"; }
release() { AS=clerk IFM='*' want "$1" POST "/api/v1/tranches/${PARTS[0]}/release"; }
release 409
is "$(problem) $(got '[.why[] | .code] | join(" ")')" "payment/held promise promise promise" "three promises hold the first tranche"
like "$BODY" '*甲社承诺的自筹应到位 333.34 元，已确认 0.00 元*' "and each says what is missing"
AS=bb IFM='*' want 403 POST "/api/v1/contracts/$CONTRACT/promises/$own/evidence" '{"amount":"1.00","what":"x"}'
AS=aa IFM='*' want 404 POST "/api/v1/contracts/$CONTRACT/promises/$CONTRACT/evidence" '{"amount":"1.00","what":"x"}'
show clerk "$match" 250.00
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises/$match/evidence/$EVIDENCE/refuse" '{"reason":"回单不清"}'
is "$(got '[.confirmed, .evidence[-1].state] | join(" ")')" "0.00 refused" "evidence that is refused confirms nothing"
AS=approver IFM='*' want 409 POST "/api/v1/contracts/$CONTRACT/promises/$match/evidence/$EVIDENCE/accept"
AS=approver IFM='*' want 404 POST "/api/v1/contracts/$CONTRACT/promises/$match/evidence/$match/accept"
show clerk "$match" 250.00; accept "$match"
show clerk "$pool" 61.73; accept "$pool"
show aa "$own" 333.33; accept "$own"
release 409
is "$(got '[.why[] | .zh] | join(" ")')" "甲社承诺的自筹应到位 333.34 元，已确认 333.33 元" "a fen short"
show approver "$own" 0.01
sql "INSERT INTO linli.membership (id, person_id, office_id, role, valid_from) VALUES (gen_random_uuid(), '${PERSON[aa]}', 3, 'office_approver', '2026-01-01')"
AS=aa IFM='*' WHY='of its own share' want 409 POST "/api/v1/contracts/$CONTRACT/promises/$own/evidence/$EVIDENCE/accept"
is "$(problem)" conflict/interest "whoever brings it does not confirm it"
sql "DELETE FROM linli.membership WHERE person_id = '${PERSON[aa]}' AND office_id = 3"
AS=approver IFM='*' WHY='who entered it' want 409 POST "/api/v1/contracts/$CONTRACT/promises/$own/evidence/$EVIDENCE/accept"
AS=approver2 IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/promises/$own/evidence/$EVIDENCE/accept"
is "$(got .confirmed)" 333.34 "what is confirmed"
ein() { echo "{\"kind\":\"einvoice\",\"number\":\"$1\",\"seller\":\"甲社\",\"seller_uscc\":\"$(sql "SELECT uscc FROM linli.organisation WHERE id = '${ORG[aa]}'")\",\"amount\":\"$2\",\"issued\":\"2029-10-01\"}"; }
AS=aa IFM='*' want 201 POST "/api/v1/tranches/${PARTS[0]}/vouchers" "$(ein 24317000000012345678 500.00)"
paid "${PARTS[0]}"
AS='' req GET "/api/v1/gifts/$g1/payments"
is "$(got '[.items[] | .papers[] | [.kind, .number, .seller, .amount] | join(" ")] | join(", ")')" "einvoice 24317000000012345678 甲社 500.00" "down to the voucher"
is "$(got '[.items[] | [.payee, .tranche, .amount, .of] | join(" ")] | join(", ")')" "甲社 first 300.00 500.00" "the first gift went into the first payment, all of it"
AS='' req GET "/api/v1/gifts/$g2/payments"
is "$(got '[.items[] | [.payee, .tranche, .amount, .of] | join(" ")] | join(", ")')" "甲社 first 200.00 500.00" "the second made up the rest"
AS=root IFM='*' want 200 POST "/api/v1/organisations/${ORG[aa]}/rename" '{"name":"甲社服务中心","reason":"核准变更登记"}'
AS='' req GET "/api/v1/gifts/$g2/payments"
is "$(got '[.items[] | .payee] | join(" ")')" 甲社 "whom it was paid to is who was paid, whatever that is called since"
AS='' req GET "/api/v1/funds/$G/expenses"
is "$(got '[.items[] | .payee] | unique | join(" ")')" 甲社 "so says the list of expenses"
AS=aa req GET "/api/v1/contracts/$CONTRACT/promises"
is "$(got '[.items[] | select(.withdrawn == null) | .confirmed] | join(" ")')" "333.34 250.00 61.73" "the contractor reads them"
is "$(got '[.items[] | select(.withdrawn) | .amount + " " + .confirmed] | join(",")')" "666670.00 0.00" "and the one that was taken back"
# No budget, no purchase: a year that is over pays for nothing new.
APP=$CLOSED
clock_to 2029-12-21T00:00:00Z
entry_of sub_threshold public_bidding 100.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS=approver IFM=$TAG WHY='the year is over' want 409 POST "/api/v1/tenders/$TENDER/publish" '{"deadline":"2030-02-10T02:00:00Z","confirm_unverified":true}'
is "$(problem)" fund/closed "and that is the reason"

# ---- what a contract bound in a year that has ended, and may not be carried over again, is budgeted again: its fourth calendar year ----
clock_to 2030-02-20T00:00:00Z
TENDER=$SERVICE
delivered "${LAST[0]}" 300.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${LAST[0]}/release"
AS=clerk IFM='*' want 409 POST "/api/v1/tranches/${LAST[0]}/payments" '{}'
like "$BODY" '*2029-12-20*须先办理结转或重新安排*' "what is accepted waits for money"
AS=approver want 201 POST "/api/v1/funds/$F/appropriations" '{"year":2030,"budget_item":"again","name":"上年结转重新安排","amount":"499.99"}'
next=$(got .id)
AS=approver want 201 POST "/api/v1/funds/$F/appropriations" '{"year":2031,"budget_item":"again","name":"下年","amount":"500.00"}'
future=$(got .id)
again() { echo "{\"kind\":\"again\",\"reason\":\"三年期合同末期款\",\"decision\":\"财预〔2030〕2号\"$1}"; }
of_long=",\"contract\":\"$LONG\""
mis_again() { AS=clerk want 422 POST "$(move)" "$(again "$1")"; is "$(got '.errors[0].pointer')" "$2" "it names $2"; }
mis_again "$of_long" /to
mis_again ",\"to\":\"$next\"" /contract
mis_again ",\"to\":\"$next\"$of_long,\"amount\":\"1.00\"" /amount
mis_again ",\"to\":\"$future\"$of_long" /to
mis_again ",\"to\":\"$next\",\"contract\":\"$CONTRACT\"" /contract
is "$(got .detail)" 该指标已不承担其款项 "it bears nothing of that"
mis_again ",\"to\":\"$next\",\"contract\":\"$APP\"" /contract
is "$(got .detail)" 本单位没有该合同或项目 "and there is no such contract"
sql "UPDATE linli.appropriation SET last_request = '2030-12-20' WHERE id = '$CLOSED'"
AS=clerk WHY='its last day has not passed' want 409 POST "$(move)" "$(again ",\"to\":\"$next\"$of_long")"
like "$(problem) $(got .detail)" 'state/refused *截止日未过*' "it pays itself"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${LAST[0]}/payments" '{}'
PAYMENT=$(got .id)
sql "UPDATE linli.appropriation SET last_request = '2029-12-20' WHERE id = '$CLOSED'"
AS=clerk WHY='a payment of it is ordered' want 409 POST "$(move)" "$(again ",\"to\":\"$next\"$of_long")"
like "$(problem) $(got .detail)" 'state/refused *付款单尚未审批*' "which is decided first"
AS=approver IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/refuse" '{"reason":"改由上年结转重新安排支付"}'
AS=clerk WHY='a transfer has no contract' want 422 POST "$(move)" "{\"to\":\"$next\"$of_long,\"amount\":\"1.00\",\"reason\":\"x\",\"decision\":\"y\"}"
AS=clerk WHY='another holder' want 409 POST "$(move)" "$(again ",\"to\":\"$pupils\"$of_long")"
AS=clerk WHY='money of another mark' want 409 POST "$(move)" "$(again ",\"to\":\"$lottery\"$of_long")"
is "$(problem)" fund/purpose "and that is the reason"
is "$(ahead)" "0.00 500.00 500.00" "what is still bound has to be budgeted again"
AS=clerk want 200 POST "$(move)" "$(again ",\"to\":\"$next\"$of_long")"
x=$(got .id)
is "$(got '[.kind, .amount, .contract] | join(" ")')" "again 500.00 $LONG" "all it bears of the contract"
AS=approver want 409 POST "$(move)/$x/approve"
is "$(problem)" fund/insufficient "it is bound from what is there"
AS=clerk want 200 POST "/api/v1/appropriations/$plain/transfers" "{\"to\":\"$next\",\"amount\":\"0.01\",\"reason\":\"x\",\"decision\":\"y\"}"
AS=approver want 200 POST "/api/v1/appropriations/$plain/transfers/$(got .id)/approve"
AS=approver want 200 POST "$(move)" "$(again ",\"to\":\"$next\"$of_long")"
AS=approver WHY='who asked' want 409 POST "$(move)/$(got .id)/approve"
is "$(problem)" approval/same-person "two people"
AS=approver want 200 POST "$(move)/$x/approve"
is "$(at_app "$CLOSED" '[.available, .committed, .payable, .paid, .lapsed] | join(" ")')" "0.00 0.00 0.00 500.00 2500.00" "it lapsed in its year"
is "$(at_app "$next" '[.available, .committed, .payable, .paid] | join(" ")')" "0.00 200.00 300.00 0.00" "and is bound in the new one"
is "$(ahead)" "" "nothing is left to look ahead to"
AS='' req GET "/api/v1/tenders/$SERVICE/sources"
is "$(got '[.items[] | [.year, .committed, .payable, .paid] | join(" ")] | join(", ")')" "2027 0.00 0.00 500.00, 2030 200.00 300.00 0.00" "everybody sees who pays now"
# A batch takes it as the later year's, since that pays it.
in_batch() { # status fund more
    AS=clerk want "$1" POST "/api/v1/funds/$2/batches" "{\"purpose\":\"末期款\",\"indicator\":\"财预〔2030〕2号\",\"functional_class\":\"2080299\",\"economic_department\":\"30227\",\"economic_government\":\"50205\",\"payment_kind\":\"直接支付\",\"method\":\"转账\",\"procurement\":false${3:-}}"
}
alone() { AS=approver IFM='*' want 200 POST "/api/v1/batches/$(got .id)/refuse" '{"reason":"单独支付"}'; }
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${LAST[0]}/payments" '{}'
PAYMENT=$(got .id)
in_batch 409 "$F" ",\"appropriation\":\"$CLOSED\""
is "$(problem)" batch/empty "the year that has ended pays none of it"
in_batch 201 "$F" ",\"appropriation\":\"$next\""
is "$(got '[.payments, .total] | join(" ")')" "1 300.00" "the later one does"
alone
AS=approver IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/settle" "{\"bank_ref\":\"BANK-$PAYMENT\"}"
delivered "${LAST[1]}" 700.00
paid "${LAST[1]}"
AS=clerk req GET "/api/v1/contracts/$LONG"
is "$(got .state)" closed "the last part is paid in the fourth calendar year"
is "$(at_app "$next" '[.available, .committed, .payable, .paid] | join(" ")')" "0.00 0.00 0.00 500.00" "by the new year's money"

# ---- published in November, awarded in January: what is only reserved when its year ends is budgeted again too, before a contract binds it ----
clock_to 2030-11-20T00:00:00Z
AS=approver want 201 POST "/api/v1/funds/$F/appropriations" '{"year":2030,"budget_item":"late","name":"年末项目","amount":"300.00"}'
APP=$(got .id)
AS=approver want 200 POST "/api/v1/appropriations/$APP/last-day" '{"last_request":"2030-12-20"}'
winner_of 200.00
is "$(ahead)" "0.00 200.00 300.00" "what is reserved has to be budgeted again, and lapses with what is free"
of_tender=",\"tender\":\"$TENDER\""
AS=approver want 201 POST /api/v1/offices/3/funds '{"code":"next_year","name":{"zh":"次年专项","en":"next year"},"purpose":"服务","regimes":["sub_threshold"]}'
F2=$(got .id)
AS=approver want 201 POST "/api/v1/funds/$F2/appropriations" '{"year":2031,"budget_item":"again","name":"次年","amount":"199.99"}'
other=$(got .id)
mis_again ",\"to\":\"$other\"$of_tender$of_long" /tender
mis_again ",\"to\":\"$other\",\"tender\":\"$SERVICE\"" /tender
mis_again ",\"to\":\"$other\",\"tender\":\"$APP\"" /tender
AS=clerk WHY='a transfer has no tender' want 422 POST "$(move)" "{\"to\":\"$other\"$of_tender,\"amount\":\"1.00\",\"reason\":\"x\",\"decision\":\"y\"}"
is "$(got '.errors[0].pointer')" /tender "it names the member"
AS=clerk want 200 POST "$(move)" "$(again ",\"to\":\"$other\"$of_tender")"
x=$(got .id)
is "$(got '[.kind, .amount, .contract, .tender] | map(. // "-") | join(" ")')" "again 200.00 - $TENDER" "all that is reserved for it"
AS=approver want 409 POST "$(move)/$x/approve"
is "$(problem)" fund/insufficient "from what is there"
sql "UPDATE linli.transfer SET amount_fen = 19999 WHERE id = '$x'"
AS=approver want 409 POST "$(move)/$x/approve"
is "$(problem)" state/refused "it bears another sum than was asked for"
sql "UPDATE linli.transfer SET amount_fen = 20000 WHERE id = '$x'"
AS=approver want 200 POST "/api/v1/appropriations/$other/supplement" '{"amount":"0.01","reason":"财预〔2031〕1号"}'
AS=approver want 200 POST "$(move)/$x/approve"
is "$(at_app "$APP" '[.available, .reserved, .lapsed] | join(" ")') $(at_app "$other" '[.available, .reserved] | join(" ")')" "100.00 0.00 200.00 0.00 200.00" "it lapsed in its year and is reserved in the next"
is "$(ahead)" "0.00 0.00 100.00" "only what was free lapses now"
AS='' req GET "/api/v1/tenders/$TENDER/sources"
is "$(got '[.items[] | [.year, .amount, .reserved] | join(" ")] | join(", ")')" "2030 200.00 0.00, 2031 200.00 200.00" "everybody sees who pays now"
AS=clerk want 201 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2031-02-01","ends":"2032-01-31","terms":"条款"}'
CONTRACT=$(got .id)
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
parts
is "$(at_app "$other" '[.available, .reserved, .committed] | join(" ")')" "0.00 0.00 200.00" "the contract binds the new year's money"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/release"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
PAYMENT=$(got .id)
in_batch 409 "$F"
is "$(problem)" batch/empty "the fund it was published on pays nothing of it"
in_batch 201 "$F2"
is "$(got '[.payments, .total] | join(" ")')" "1 100.00" "its batch is the other's"
alone
AS=approver IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/settle" "{\"bank_ref\":\"BANK-$PAYMENT\"}"
is "$(at_app "$other" '[.committed, .paid] | join(" ")')" "100.00 100.00" "and pays"
verified "$SERVICE" "$TENDER"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
