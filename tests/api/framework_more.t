#!/bin/bash
# 框架协议的后半程: an open agreement is left and joined again, but not by whom the office struck off; the office chooses directly on a
# ground it states and publishes; of closed agreements too few are left, and a supplementary call adds to them, on the same terms and
# no longer than they run.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/road_lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
for x in aa:甲社 bb:乙社 cc:丙社 gg:丁社 ee:戊社 ff:己社; do bidder "${x%%:*}" "${x#*:}"; done
fund_of statutory 2000000.00
WHOLE='"tranches":[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]'
later() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) +$1 days" +%FT02:00:00Z; }
day() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) +8 hours +$1" +%F; }
agreement() { # login award ends: signed by both; leaves CONTRACT
    as clerk POST "/api/v1/awards/$2/contract" "{\"starts\":\"$(day '0 days')\",\"ends\":\"$3\",\"terms\":\"框架协议\"}"
    CONTRACT=$(got .id)
    as approver POST "/api/v1/contracts/$CONTRACT/sign"
    as "$1" POST "/api/v1/contracts/$CONTRACT/sign"
}
award_of() { # login: id of its award
    AS=clerk req GET "/api/v1/lots/$LOT/awards"
    got ".items[]|select(.bid==\"${BID[$1]}\").id"
}
announced() { as clerk POST "/api/v1/lots/$LOT/decide"; as approver POST "/api/v1/lots/$LOT/confirm"; as clerk POST "/api/v1/lots/$LOT/announce"; }
ends_of() { # login: the contract of UNDER it is in is ended, asked for by $2
    AS='' req GET "/api/v1/offices/3/contracts?tender=$3"
    local contract
    contract=$(got "[.items[]|select(.contractor==\"$1\" and .state==\"signed\")][0].id")
    as "$2" POST "/api/v1/contracts/$contract/terminate" '{"reason":"见记录"}'
    as approver POST "/api/v1/contracts/$contract/changes/$(got .id)/approve"
}
call_of() { # title options: a call-off under UNDER, published; TENDER LOT TAG
    as clerk POST "/api/v1/lots/$UNDER/calls" "{\"title\":\"$1\",\"summary\":\"按协议提供服务\",\"budget\":\"60000.00\",\"options\":$2,\"appropriation\":\"$APP\"}"
    TENDER=$(got .id) LOT=$(got '.lots[0].id') TAG=$(etag)
    publish "$(later 3)"
    BID=()
    local login
    for login in aa bb cc gg ee ff; do
        BID[$login]=$(sql "SELECT id FROM linli.bid WHERE tender_id = '$TENDER' AND organisation_id = '${ORG[$login]}'")
        [ -n "${BID[$login]}" ] || unset "BID[$login]"
    done
}

# ---- open: left, and joined again; struck off, and not ----
entry_of statutory framework 1200000.00
AS=clerk want 201 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"助餐\",\"scheme\":\"lowest_price\",\"options\":{\"admission\":\"open\",\"second\":\"direct\",\"standard_price\":\"15.00\",\"term\":\"12m\",$WHOLE}}"
TENDER=$(got .id) LOT=$(got '.lots[0].id') TAG=$(etag) UNDER=$LOT OPEN=$TENDER
publish "$(later 300)"
BID=()
APPLY='{"title":"申请加入","body":"接受协议条件","place":"本街道","cost":"15.00","organisation":true}'
join() { AS=$1 want 201 POST "/api/v1/tenders/$OPEN/proposals" "$APPLY"; BID[$1]=$(got .id); }
joined() { # login: applies, is looked at and signs
    BID=()
    join "$1"
    all_pass clerk qualified good_credit accepts_terms
    announced
    agreement "$1" "$(award_of "$1")" "$(day '6 months')"
}
joined aa
joined bb
joined cc
AS=cc want 409 POST "/api/v1/tenders/$OPEN/proposals" "$APPLY"
is "$(problem)" bid/duplicate "who is in does not apply again"
ends_of 丙社 cc "$OPEN"
ends_of 乙社 clerk "$OPEN"
AS=bb want 409 POST "/api/v1/tenders/$OPEN/proposals" "$APPLY"
is "$(problem) $(got .article)" "bid/not-entitled 财政部令第110号 §16" "with whom the office ended it, never again"
LEFT=${BID[cc]}
joined cc
is "$([ "${BID[cc]}" != "$LEFT" ] && echo anew)" anew "who left may come again: another application"
AS='' req GET "/api/v1/offices/3/contracts?tender=$OPEN"
is "$(got '[.items[]|.contractor + " " + .state]|sort|join(",")')" "丙社 signed,丙社 stopped,乙社 stopped,甲社 signed" "and another agreement, beside the one that ended"
is "$(lot_now)" "joining contracted" "the call stays open"

# ---- direct choice, on a stated ground ----
call_of 助餐派单 '{"quantity":100}'
is "${#BID[@]} ${BID[bb]:-none}" "2 none" "those whose agreements stand"
AS=clerk IFM='*' want 422 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[{\"bid\":\"${BID[cc]}\",\"rule\":\"chosen\",\"passed\":true}]}"
is "$(got '.errors[0].pointer')" /checks/0/reason "a choice has its ground"
as clerk POST "/api/v1/lots/$LOT/checks" "{\"checks\":[{\"bid\":\"${BID[cc]}\",\"rule\":\"chosen\",\"passed\":true,\"reason\":\"离服务对象最近，用户评价最好\"},{\"bid\":\"${BID[aa]}\",\"rule\":\"chosen\",\"passed\":false,\"reason\":\"距离较远\"}]}"
as clerk POST "/api/v1/lots/$LOT/advance"
decided cc 1500.00
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '.items[]|select(.kind=="result")|.body.awards[]|.name + " " + .ground')" "丙社 离服务对象最近，用户评价最好" "published with the call-off"
fulfilled cc
LOT=$UNDER
AS=clerk want 422 POST "/api/v1/lots/$UNDER/supplements" '{}'
is "$(got '.errors[0] | .pointer + " " + .code')" "/options/supplement supplement_open" "an open agreement needs no supplementary call"

# ---- closed: six respond, four sign, one is struck off and one leaves: fewer than 70 % ----
framework() {
    entry_of statutory framework 1500000.00
    AS=clerk want 201 POST /api/v1/offices/3/tenders "{\"entry\":\"$ENTRY\",\"summary\":\"上门助老\",\"scheme\":\"lowest_price\",\"options\":{\"admission\":\"closed\",\"term\":\"24m\",\"second\":\"rotation\",$WHOLE},\"ceiling\":\"150.00\"}"
    TENDER=$(got .id) LOT=$(got '.lots[0].id') TAG=$(etag) UNDER=$LOT CLOSED=$TENDER
}
VOID=
responses() { # login...: they bid (those of VOID in vain), the lot is decided and announced
    local price=100 login
    publish "$(later 25)"
    BID=()
    for login in "$@"; do bid_for "$login" "$price.00"; price=$((price + 10)); done
    for login in $VOID; do unset "BID[$login]"; done
    open_bids "${!BID[@]}"
    panel_sits evaluator1 evaluator2 evaluator3 evaluator4 evaluator5
    report_signed
    announced
    past 5d
}
framework
responses aa bb cc gg ee
END=$(day '1 year')
for x in aa bb cc gg; do agreement $x "$(award_of $x)" "$END"; done
is "$(lot_now)" "in_force delivering" "four agreements stand"
AS=clerk want 422 POST "/api/v1/lots/$UNDER/supplements" '{}'
like "$BODY" '*110号 §19*' "nobody left: none is needed"
ends_of 乙社 clerk "$CLOSED"
AS=clerk want 422 POST "/api/v1/lots/$UNDER/supplements" '{}'
like "$BODY" '*enough_left*' "three of four are more than 70 %"
ends_of 丙社 cc "$CLOSED"
AS=aa want 403 POST "/api/v1/lots/$UNDER/supplements" '{}'
as clerk POST "/api/v1/lots/$UNDER/supplements" '{}'
TENDER=$(got .id) LOT=$(got '.lots[0].id') TAG=$(etag) MORE=$TENDER MORE_LOT=$LOT
is "$(got '[.supplements, .state, .title] | join(" ")')" "$UNDER draft $(sql "SELECT title FROM linli.tender WHERE id = '$CLOSED'")（补充征集）" "a draft that adds to the agreements"
is "$(got '.options.supplement | [.admitted, .left, .until] | join(" ")')" "4 2 $END" "two of four are left: from the books, typed by nobody"
is "$(got '.options | [.term, .second] | join(" ")')" "24m rotation" "all else as in the first call"
AS=clerk want 409 POST "/api/v1/lots/$UNDER/supplements" '{}'
is "$(problem)" state/refused "one at a time"
AS=clerk IFM='*' want 422 PATCH "/api/v1/tenders/$MORE" '{"ceiling":"160.00"}'
is "$(got '.errors[0].pointer')" /ceiling "nor can it be changed"
VOID='bb aa'
responses ee ff bb aa cc
AS='' want 200 GET "/api/v1/tenders/$MORE"
is "$(got .supplements)" "$UNDER" "everybody reads what it adds to"
is "$(sql "SELECT string_agg(void_reason, ',' ORDER BY void_reason) FROM linli.bid WHERE tender_id = '$MORE' AND state = 'void'")" \
    "已是该框架协议的入围供应商,已被取消入围资格或者解除框架协议，不得参加补充征集（财政部令第110号 §16）" "who is in, or was struck off, adds nothing"
is "$(lot_now)" "contracting announced" "of three that respond in substance one is eliminated"
AS=clerk IFM='*' want 409 POST "/api/v1/awards/$(award_of ee)/contract" "{\"starts\":\"$(day '0 days')\",\"ends\":\"$(date -u -d "$END +1 day" +%F)\",\"terms\":\"框架协议\"}"
is "$(got .article)" "财政部令第110号 §19" "a day longer than the first agreements is too long"
for x in ee ff; do agreement $x "$(award_of $x)" "$END"; done
is "$(lot_now)" "in_force delivering" "they stand beside the first"
AS='' req GET "/api/v1/lots/$LOT"
is "$(got .phase_due)" "$(date -u -d "$END +1 day -8 hours" +%FT%H:%M:%SZ)" "and end with them: the day after, at midnight"
AS=clerk want 409 POST "/api/v1/lots/$LOT/calls" "{\"title\":\"x\",\"summary\":\"x\",\"budget\":\"1.00\",\"options\":{\"quantity\":1},\"appropriation\":\"$APP\"}"
is "$(problem)" call/agreement "called off under the first lot only"
turn() { # login amount: the next call-off goes to it
    call_of 派单 '{"quantity":100}'
    is "${#BID[@]}" 4 "two of the first, two that were added"
    decided "$1" "$2"
    past 5d
    fulfilled "$1"
}
turn aa 10000.00
turn gg 13000.00
turn ee 10000.00
turn ff 11000.00
turn aa 10000.00
LOT=$MORE_LOT
clock_to "$(date -u -d "$END +1 day -8 hours" +%FT%H:%M:%SZ)"
past 1h
is "$(lot_now)" "closed closed" "the last day has passed"
is "$(sql "SELECT count(*) FROM linli.contract c JOIN linli.tender t ON t.id = c.tender_id WHERE t.id = '$MORE' AND c.state = 'closed'")" 2 "their agreements are closed"
AS=clerk want 409 POST "/api/v1/lots/$UNDER/supplements" '{}'
is "$(problem)" call/agreement "nothing is left to add to"
is "$(linli audit >/dev/null 2>&1; echo $?)" 0 "the books hold"
stop_server
verified
finish
