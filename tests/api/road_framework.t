#!/bin/bash
# 框架协议: five suppliers respond, one in five is eliminated, four sign. Under their agreements: two call-offs in turn, where a
# declined turn is a turn; in a second framework second bidding, where no quote may exceed the agreed price; in an open one,
# which suppliers join at any time and leave, those served choose. Each call-off is signed, delivered and paid by itself.
# Then two responses of which one is void, which ends it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/road_lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
for x in aa:甲社 bb:乙社 cc:丙社 gg:丁社 ee:戊社; do bidder "${x%%:*}" "${x#*:}"; done
fund_of statutory 2000000.00
WHOLE='"tranches":[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]'
later() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) +$1 days" +%FT02:00:00Z; }
day() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) +8 hours +$1" +%F; }
agreement() { # login award [until]: signed by both; leaves CONTRACT
    as clerk POST "/api/v1/awards/$2/contract" "{\"starts\":\"$(day '0 days')\",\"ends\":\"$(day "${3:-1 year}")\",\"terms\":\"框架协议\"}"
    CONTRACT=$(got .id)
    is "$(got .amount)" 0.00 "an agreement binds no money"
    as approver POST "/api/v1/contracts/$CONTRACT/sign"
    as "$1" POST "/api/v1/contracts/$CONTRACT/sign"
}
award_of() { # login: id of its award
    AS=clerk req GET "/api/v1/lots/$LOT/awards"
    got ".items[]|select(.bid==\"${BID[$1]}\").id"
}
announced() { as clerk POST "/api/v1/lots/$LOT/decide"; as approver POST "/api/v1/lots/$LOT/confirm"; as clerk POST "/api/v1/lots/$LOT/announce"; }
framework_of() { # options beside the tranches, logins: the road of a closed framework to agreements in force; LOT, UNDER
    local login price=100 options=$1; shift
    entry_of statutory framework 1500000.00
    AS=clerk want 201 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"上门助老\",\"scheme\":\"lowest_price\",\"options\":{\"admission\":\"closed\",\"term\":\"24m\",$options,$WHOLE},\"ceiling\":\"150.00\"}"
    TENDER=$(got .id) LOT=$(got '.lots[0].id') TAG=$(etag) UNDER=$LOT
    publish "$(later 25)"
    BID=()
    for login in "$@"; do bid_for "$login" "$price.00"; price=$((price + 10)); done
    open_bids "$@"
    panel_sits evaluator1 evaluator2 evaluator3 evaluator4 evaluator5
    is "$(phase)" scoring "on to the review"
    report_signed
    announced
}
call_of() { # title budget options: a call-off under UNDER, drafted by the clerk; TENDER LOT TAG
    as clerk POST "/api/v1/lots/$UNDER/calls" "{\"title\":\"$1\",\"summary\":\"按协议提供服务\",\"budget\":\"$2\",\"options\":$3,\"appropriation\":\"$APP\"${4:-}}"
    TENDER=$(got .id) LOT=$(got '.lots[0].id') TAG=$(etag)
}
carried() { # the bids of a call-off, by login
    local login
    AS=clerk req GET "/api/v1/tenders/$TENDER/opening"
    BID=()
    for login in aa bb cc gg ee; do
        BID[$login]=$(sql "SELECT id FROM linli.bid WHERE tender_id = '$TENDER' AND organisation_id = '${ORG[$login]}'")
        [ -n "${BID[$login]}" ] || unset "BID[$login]"
    done
}

# ---- closed, then in turn ----
entry_of statutory framework 1500000.00
AS=clerk want 422 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"x\",\"scheme\":\"lowest_price\",\"options\":{\"admission\":\"closed\",\"second\":\"rotation\",\"term\":\"25m\",$WHOLE}}"
is "$(got '.errors[0].pointer')" /options/term "two years at the most"
framework_of '"second":"rotation"' aa bb cc gg ee
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '[.items[]|.amount]|join(" ")')" "100.00 110.00 120.00 130.00" "five respond, one is eliminated"
balance "nothing is reserved for agreements" 2000000.00 0.00 0.00 0.00
past 5d
is "$(lot_now)" "contracting announced" "the agreements are to be signed"
AS=clerk WHY='none is signed yet' want 409 POST "/api/v1/lots/$UNDER/calls" "{\"title\":\"x\",\"summary\":\"x\",\"budget\":\"1.00\",\"options\":{\"quantity\":1},\"appropriation\":\"$APP\"}"
is "$(problem)" call/agreement "and that is the reason"
AS=clerk want 409 POST "/api/v1/awards/$(award_of aa)/contract" "{\"starts\":\"$(day '0 days')\",\"ends\":\"$(day '2 years')\",\"terms\":\"x\"}"
is "$(got .article)" "财政部令第110号 §15" "nor is an agreement longer"
for x in aa bb cc gg; do agreement $x "$(award_of $x)"; done
is "$(lot_now)" "in_force delivering" "all four stand"
AS='' req GET "/api/v1/offices/3/contracts?tender=$TENDER"
is "$(got '.items|length')" 4 "published"
FIRST=$UNDER FIRST_TENDER=$TENDER
AS=clerk want 422 POST "/api/v1/lots/$UNDER/calls" "{\"title\":\"x\",\"summary\":\"x\",\"budget\":\"1500000.01\",\"options\":{\"quantity\":1},\"appropriation\":\"$APP\"}"
is "$(got '.errors[0].pointer')" /budget "no more than the agreements leave"
AS=clerk want 422 POST "/api/v1/lots/$UNDER/calls" "{\"title\":\"x\",\"summary\":\"x\",\"budget\":\"1.00\",\"options\":{\"quantity\":1,\"second\":\"direct\"},\"appropriation\":\"$APP\"}"
is "$(got '.errors[0].pointer')" /options/second "what the agreements fix is fixed"
AS=clerk want 422 POST "/api/v1/lots/$UNDER/calls" "{\"title\":\"x\",\"summary\":\"x\",\"budget\":\"1.00\",\"options\":{},\"appropriation\":\"$APP\"}"
is "$(got '.errors[0].pointer')" /options/quantity "a call-off says how much"
sql "UPDATE linli.tender SET contact_person = '陈经办', contact_phone = '021-55500111' WHERE id = '$FIRST_TENDER'"
call_of 第一次派单 60000.00 '{"quantity":500}'
is "$(got '[.contact_person, .contact_phone] | join(" ")')" "陈经办 021-55500111" "who answers about the agreements answers about it"
is "$(got '.under + " " + .mechanism + " " + .state')" "$UNDER framework draft" "a draft under the agreements"
AS=clerk want 403 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 3)\"}"
publish "$(later 3)"
is "$(got '.lots[0].phase')" deciding "in turn: nothing to hand in"
balance "reserved" 1940000.00 60000.00 0.00 0.00
carried
is "${#BID[@]}" 4 "those with an agreement, and nobody else"
AS=ee want 409 POST "/api/v1/tenders/$TENDER/proposals" '{"title":"x","body":"x","place":"x","cost":"1.00","organisation":true}'
decided aa 50000.00
past 5d
fulfilled aa
balance "paid" 1950000.00 0.00 0.00 50000.00
call_of 第二次派单 60000.00 '{"quantity":400}'
publish "$(later 3)"
carried
decided bb 44000.00
past 5d
as bb POST "/api/v1/awards/$AWARD/refuse" '{"reason":"人手不足"}'
decided cc 48000.00
fulfilled cc
call_of 第三次派单 60000.00 '{"quantity":100}'
publish "$(later 3)"
carried
decided gg 13000.00
past 5d
fulfilled gg
call_of 第四次派单 60000.00 '{"quantity":100}'
publish "$(later 3)"
carried
decided aa 10000.00
past 5d
fulfilled aa
AS='' req GET "/api/v1/lots/$FIRST/calls"
is "$(got '[.items[]|.contracts[]|.name+" "+.amount]|join(",")')" "甲社 50000.00,丙社 48000.00,丁社 13000.00,甲社 10000.00" "one turn each, a declined one too"
balance "four call-offs" 1879000.00 0.00 0.00 121000.00

# ---- cleared out, with notice ----
AS='' req GET "/api/v1/offices/3/contracts?tender=$FIRST_TENDER"
LEAVES=$(got '.items[]|select(.contractor=="乙社").id')
AS=aa IFM='*' want 403 POST "/api/v1/contracts/$LEAVES/terminate" '{"reason":"x"}'
as clerk POST "/api/v1/contracts/$LEAVES/terminate" '{"reason":"无正当理由拒不接受合同授予，清退"}'
CHANGE=$(got .id)
AS=clerk IFM='*' want 403 POST "/api/v1/contracts/$LEAVES/changes/$CHANGE/approve"
as approver POST "/api/v1/contracts/$LEAVES/changes/$CHANGE/approve"
AS='' req GET "/api/v1/tenders/$FIRST_TENDER/notices"
like "$(got '[.items[]|select(.kind=="contract_change")|.body|tostring]|join(" ")')" '*清退*' "and it is published"
call_of 第五次派单 60000.00 '{"quantity":100}'
publish "$(later 3)"
carried
is "${BID[bb]:-none}" none "who was cleared out is called no more"
as approver POST "/api/v1/tenders/$TENDER/cancel" '{"ground":"task_gone","reason":"需求取消"}'
balance "free again" 1879000.00 0.00 0.00 121000.00
is "$(lot_now)" "deciding cancelled" "a call-off can be cancelled"

# ---- second bidding ----
framework_of '"second":"bidding","answer_window":"2d"' aa bb cc gg ee
past 5d
for x in aa bb cc gg; do agreement $x "$(award_of $x)"; done
call_of 二次竞价派单 60000.00 '{"quantity":500}'
AS=approver IFM=$TAG want 409 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 1)\",\"confirm_unverified\":true}"
is "$(problem)" rule/refused "two days to quote"
publish "$(later 14)"
is "$(lot_now)" "quoting opened" "quotes are asked for"
carried
AS=gg want 200 POST "/api/v1/bids/${BID[gg]}/requote" '{"fields":{"price":"131.00"}}'
AS=cc want 200 POST "/api/v1/bids/${BID[cc]}/requote" '{"fields":{"price":"90.00"}}'
AS=bb want 200 POST "/api/v1/bids/${BID[bb]}/requote" '{"fields":{"price":"95.00"}}'
AS=clerk want 200 GET "/api/v1/bids/${BID[cc]}"
is "$(got '.price + " " + (.quotes|tostring)')" "120.00 null" "sealed until the deadline"
past 15d
is "$(phase)" deciding "the quotes are in"
as clerk POST "/api/v1/lots/$LOT/decide"
is "$(got '[.awards[]|.amount]|join(" ")')" 45000.00 "the lowest: 500 at 90.00; the dearer than agreed and the silent are out"
decided cc 45000.00
past 5d
fulfilled cc
balance "paid" 1834000.00 0.00 0.00 166000.00

# ---- open: joining, leaving, and a choice by those served ----
entry_of statutory framework 1200000.00
AS=clerk want 201 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"助餐\",\"scheme\":\"lowest_price\",\"options\":{\"admission\":\"open\",\"second\":\"direct\",\"chooser\":\"users\",\"standard_price\":\"15.00\",\"term\":\"12m\",$WHOLE}}"
TENDER=$(got .id) LOT=$(got '.lots[0].id') TAG=$(etag) UNDER=$LOT
AS=approver IFM=$TAG want 409 POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 400)\",\"confirm_unverified\":true}"
publish "$(later 300)"
BID=()
join() { AS=$1 want 201 POST "/api/v1/tenders/$TENDER/proposals" "{\"title\":\"申请加入\",\"body\":\"接受协议条件\",\"place\":\"本街道\",\"cost\":\"$2\",\"organisation\":true}"; BID[$1]=$(got .id); }
join aa 15.00
join ee 14.00
all_pass clerk qualified good_credit accepts_terms
announced
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '[.items[]|.amount + " " + .bid]|join(" ")')" "15.00 ${BID[aa]}" "who accepts the standard price joins"
agreement aa "$(award_of aa)" '6 months'
advance 20d
BID=()
join bb 15.00
all_pass clerk qualified good_credit accepts_terms
advance 12d
announced
AS=clerk req GET "/api/v1/lots/$LOT/awards"
like "$(got '.items[]|select(.bid=="'"${BID[bb]}"'").why|tostring')" '*110号 §39*' "decided after seven working days: the record says so"
agreement bb "$(award_of bb)" '6 months'
BID=()
join cc 15.00
all_pass clerk qualified good_credit accepts_terms
announced
agreement cc "$(award_of cc)" '6 months'
as cc POST "/api/v1/contracts/$CONTRACT/terminate" '{"reason":"申请退出"}'
as approver POST "/api/v1/contracts/$CONTRACT/changes/$(got .id)/approve"
is "$(lot_now)" "joining contracted" "the call stays open"
AS=clerk want 201 POST /api/v1/offices/3/rolls '{"name":"服务对象"}'
ROLL=$(got .id)
AS=clerk want 200 POST "/api/v1/rolls/$ROLL/entries" '{"entries":[{"number":"1","area":"一"},{"number":"2","area":"一"},{"number":"3","area":"二"}]}'
call_of 助餐派单 3000.00 '{"quantity":100}' ",\"roll\":\"$ROLL\""
publish "$(later 14)"
is "$(lot_now)" "choosing checked" "those served choose"
carried
is "${#BID[@]}" 2 "the one that left is not there"
paper_ballots "{\"ballots\":[{\"number\":\"1\",\"choices\":[{\"bid\":\"${BID[aa]}\"}]},{\"number\":\"2\",\"choices\":[{\"bid\":\"${BID[bb]}\"}]},{\"number\":\"3\",\"choices\":[{\"bid\":\"${BID[bb]}\"}]}]}"
past 15d
is "$(phase)" deciding "the choices are in"
decided bb 1500.00
is "$(lot_now)" "contracting announced" "chosen directly: no notice to wait for"
fulfilled bb
balance "paid" 1832500.00 0.00 0.00 167500.00
LOT=$UNDER
past 300d
is "$(lot_now)" "closed closed" "the term is over"
AS='' req GET "/api/v1/lots/$UNDER"
AS='' req GET "/api/v1/tenders/$(got .tender)/notices"
is "$(got '.items[]|select(.kind=="call_summary")|[.body.calls[]|.contractor+" "+.amount]|join(",")')" "乙社 1500.00" "and what was called off is published"
AS=clerk want 409 POST "/api/v1/lots/$UNDER/calls" "{\"title\":\"x\",\"summary\":\"x\",\"budget\":\"1.00\",\"options\":{\"quantity\":1},\"appropriation\":\"$APP\"}"

# ---- two respond, one in substance: it ends ----
entry_of statutory framework 1200000.00
AS=clerk want 201 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"x\",\"scheme\":\"lowest_price\",\"options\":{\"admission\":\"closed\",\"second\":\"direct\",\"term\":\"12m\",$WHOLE}}"
TENDER=$(got .id) LOT=$(got '.lots[0].id') TAG=$(etag)
publish "$(later 25)"
BID=()
bid_for aa 100.00
bid_for bb 110.00
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
as clerk POST "/api/v1/tenders/$TENDER/open"
checks=
for rule in qualified good_credit; do for login in aa bb; do
    checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"$rule\",\"passed\":$([ $login = aa ] && echo true || echo false),\"reason\":\"见记录\"}"
done; done
as clerk POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"
as clerk POST "/api/v1/lots/$LOT/advance"
is "$(lot_now)" "void void" "one in substance is too few"
AS='' req GET "/api/v1/lots/$LOT"
like "$(got '.reason|tostring')" '*财政部令第110号*' "and says by which rule"
is "$(linli audit >/dev/null 2>&1; echo $?)" 0 "the books hold"
verified
stop_server
finish
