#!/bin/bash
# After an objection, and beside it: the review of its answer, reports by anybody, complaints before the authority.
# Days: the dated rules complaint_window (5 working days), complaint_decision (20; statutory 30), report_answer (15).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person approver2 office_approver 3
office 邻街道 street 2 >/dev/null
person stranger resident 4
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
BIDDERS=(aa bb cc)
local_day() { AS='' req GET /api/v1/clock; got '.local[:10]'; }
object() {
    AS=bb want 201 POST "/api/v1/lots/$LOT/objections" "{\"kind\":\"result\",\"bid\":\"${BID[aa]}\",\"body\":\"甲社业绩不实\"}"
    OBJECTION=$(got .id)
}
on() { AS=$1 IFM='*' want "$2" POST "/api/v1/objections/$3/$4" "$5"; }
UNFOUNDED='{"finding":"unfounded","answer":"经核实不成立"}'
NEXT='{"finding":"founded","answer":"成立","effect":"取消中标资格","consequence":"next"}'
AGAIN='{"finding":"founded","answer":"成立","effect":"重新开展","consequence":"again"}'
sign() { AS=approver IFM='*' want "$1" POST "/api/v1/contracts/$CONTRACT/sign"; }
task() { AS=$1 req GET /api/v1/offices/3/tasks; got "[.items[] | select(.task == \"objection\") | .about + \" \" + .due[:10]] | join(\",\")"; }

# ---- a review: once, in time, by another ----
IN_NOTICE=1 winner_of 1000.00 9000.00
object
notice_over
WHY='there is no answer yet' on bb 409 "$OBJECTION" review '{"body":"不服"}'
on approver 200 "$OBJECTION" answer "$UNFOUNDED"
draft_of "$AWARD"
WHY='it is not theirs' on cc 403 "$OBJECTION" review '{"body":"不服"}'
WHY='an empty one' on bb 422 "$OBJECTION" review '{}'
asked=$(local_day)
on bb 201 "$OBJECTION" review '{"body":"证明材料未核对"}'
REVIEW=$(got .id)
is "$(got '[.channel, .reviews, .state, .relevant, .kind] | @json')" "[\"review\",\"$OBJECTION\",\"open\",true,\"result\"]" "a review of it"
due=$(working_day "$asked" 20)
is "$(task approver)" "review $due" "decided by an approver within twenty working days"
is "$(task clerk)" "" "which is not the clerk's"
WHY='once' on bb 409 "$OBJECTION" review '{"body":"再次"}'
WHY='of a review there is none' on bb 409 "$REVIEW" review '{"body":"再次"}'
WHY='the review holds it' sign 409
is "$(problem)" objection/pending "as an objection does"
on clerk 403 "$REVIEW" answer "$UNFOUNDED"
WHY='who answered' on approver 409 "$REVIEW" answer "$UNFOUNDED"
is "$(problem)" approval/same-person "is not who reviews it"
WHY='it may change the result' on approver2 422 "$REVIEW" answer '{"finding":"founded","answer":"x","effect":"x","consequence":"none"}'
on approver2 200 "$REVIEW" answer "$NEXT"
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '.items[] | select(.bid == "'"${BID[aa]}"'") | .state')" withdrawn "founded after all: the award has fallen"
AS=bb req GET "/api/v1/objections/$OBJECTION"
is "$(got .state)" unfounded "what was answered first stays on record"

# ---- too late; withdrawn ----
IN_NOTICE=1 winner_of 1000.00
object
on approver 200 "$OBJECTION" answer "$UNFOUNDED"
last=$(working_day "$(local_day)" 5)
clock_to "${last}T15:59:00Z"
on bb 201 "$OBJECTION" review '{"body":"最后一日"}'
REVIEW=$(got .id)
AS=aa IFM='*' WHY='it is not theirs' want 403 POST "/api/v1/objections/$REVIEW/withdraw"
AS=bb IFM='*' want 200 POST "/api/v1/objections/$REVIEW/withdraw"
IN_NOTICE=1 winner_of 1000.00
object
on approver 200 "$OBJECTION" answer "$UNFOUNDED"
clock_to "$(working_day "$(local_day)" 5)T16:00:00Z"
WHY='the day after the last' on bb 409 "$OBJECTION" review '{"body":"迟了"}'
is "$(problem)" objection/late "the rule says until when"
notice_over
AS=clerk req GET "/api/v1/lots/$LOT/awards"
draft_of "$(got '.items[] | select(.standing == "winner" and .state == "announced") | .id')"

# ---- a report: anybody, and not told who ----
report() { AS=$1 want "$2" POST "/api/v1/lots/$LOT/irregularities" "{\"kind\":\"result\",\"bid\":\"${3:-${BID[aa]}}\",\"body\":\"评审前私下接触\"}"; }
report '' 401
WHY='no such bid' report stranger 422 "$LOT"
filed=$(local_day)
report stranger 201
REPORT=$(got .id)
is "$(got '[.channel, .organisation, .relevant, .state] | @json')" '["report",null,false,"open"]' "from another street, who never bid"
is "$(task clerk)" "report $(working_day "$filed" 15)" "answered within fifteen working days"
AS=stranger want 200 GET "/api/v1/objections/$REPORT"
for login in approver supervisor auditor; do
    AS=$login req GET "/api/v1/objections/$REPORT"
    is "$(got .reporter)" stranger "the $login knows who"
done
for login in clerk agent operator; do
    AS=$login req GET "/api/v1/objections/$REPORT"
    is "$(got '[.body, .reporter] | @json')" '["评审前私下接触",null]' "the $login reads what, and not who"
    AS=$login req GET '/api/v1/offices/3/objections?channel=report'
    is "$(got '[.items[].reporter] | @json')" '[null]' "nor in the list"
    AS=$login req GET "/api/v1/offices/3/events?object=$REPORT"
    ok "nor in the trail" test -z "$(grep -e "${PERSON[stranger]}" -e 私下接触 <<<"$BODY")"
done
EVIDENCE=$(brought stranger 聊天记录)
sql "UPDATE linli.blob SET type = 'application/pdf' WHERE sha256 = '\\x$EVIDENCE'" >/dev/null
AS=stranger want 201 POST /api/v1/offices/3/attachments "{\"object_kind\":\"objection\",\"object\":\"$REPORT\",\"name\":\"聊天记录.pdf\",\"kind\":\"evidence\",\"sha256\":\"$EVIDENCE\"}"
for login in clerk operator; do
    AS=$login want 200 GET "/api/v1/offices/3/files?object=$REPORT"
    is "$(got '[.items[] | [.name, .side, .added_by]] | @json')" '[["聊天记录.pdf",null,null]]' "nor does the $login read who attached what"
done
AS=auditor req GET "/api/v1/offices/3/files?object=$REPORT"
is "$(got '.items[0].added_by')" "${PERSON[stranger]}" "who is told of the reporter is"
for login in aa bb resident evaluator1; do AS=$login WHY=$login want 404 GET "/api/v1/objections/$REPORT"; done
AS='' WHY='nobody' want 401 GET "/api/v1/objections/$REPORT"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE payload LIKE '%私下接触%'")" 0 "what was reported is not in the log"
WHY='not before it was taken up' on clerk 409 "$REPORT" answer "$UNFOUNDED"
on aa 403 "$REPORT" take '{"relevant":false,"note":"x"}'
WHY='with a reason' on clerk 422 "$REPORT" take '{"relevant":true}'
on clerk 200 "$REPORT" take '{"relevant":true,"note":"线索具体，暂停签约"}'
WHY='it may change the result' sign 409
is "$(problem)" objection/pending "and holds the signing"
WHY='what ends a lot an approver decides' on clerk 403 "$REPORT" answer "$AGAIN"
on approver 200 "$REPORT" answer "$AGAIN"
AS='' req GET "/api/v1/lots/$LOT"
is "$(got .state)" void "founded: all over again"

# ---- a report nobody answers; one without weight holds nothing ----
winner_of 1000.00
draft_of "$AWARD"
report resident 201
REPORT=$(got .id)
on clerk 200 "$REPORT" take '{"relevant":false,"note":"与结果无关"}'
sign 200
AS=resident req GET "/api/v1/objections/$REPORT"
clock_to "$(got .due)"
advance 1m
AS=auditor req GET '/api/v1/offices/3/objections?overdue=true&channel=report'
is "$(got '[.items[].id] | join(",")')" "$REPORT" "the passed day is seen by the auditor"
WHY='it holds no result' on approver 422 "$REPORT" answer "$NEXT"
on clerk 200 "$REPORT" answer "$UNFOUNDED"
WHY='a report has no review' on resident 409 "$REPORT" review '{"body":"不服"}'

# ---- a complaint: the authority suspends, lets go on, decides ----
person evaluator4 evaluator 3
person evaluator5 evaluator 3
SITS=(evaluator1 evaluator2 evaluator3 evaluator4 evaluator5)
IN_NOTICE=1 REGIME=statutory winner_of 5000.00 6000.00
object
on clerk 200 "$OBJECTION" answer "$UNFOUNDED"
notice_over
draft_of "$AWARD"
WHY='the way on is the authority' on bb 409 "$OBJECTION" review '{"body":"不服"}'
received=$(local_day)
AS=clerk want 201 POST "/api/v1/lots/$LOT/complaints" "{\"received\":\"$received\",\"reference\":\"区财采〔2027〕3号\",\"about\":\"业绩不实\",\"kind\":\"result\",\"suspended\":true}"
AS=clerk req GET '/api/v1/offices/3/objections?channel=complaint'
COMPLAINT=$(got '.items[0].id')
is "$(got '.items[0] | [.state, .relevant, .reporter, .due[:10]] | @json')" "[\"open\",true,null,\"$(working_day "$received" 30)\"]" "recorded, with the day of the decision"
suspension() { AS=clerk req GET /api/v1/offices/3/tasks; got "[.items[] | select(.task == \"suspension\" and .subject == \"$COMPLAINT\") | [.act, .source, .due[:10] >= \"$(date -d "$received + 30 days" +%F)\"]] | @json"; }
is "$(suspension)" '[["objection_take","政府采购法 §57",true]]' "thirty days at most, and their end is somebody's task"
WHY='the authority suspends' sign 409
is "$(problem)" objection/pending "until it is written down as lifted"
AS=clerk IFM='*' want 409 POST "/api/v1/objections/$COMPLAINT/withdraw"
on clerk 200 "$COMPLAINT" take '{"relevant":false,"note":"区财采〔2027〕5号：恢复采购活动"}'
is "$(got '(.lifting | type) + " " + (.relevant | tostring)')" "string true" "one person writes it down: it holds still"
WHY='until a second has' sign 409
WHY='the same again' on clerk 409 "$COMPLAINT" take '{"relevant":false,"note":"区财采〔2027〕5号：恢复采购活动"}'
is "$(problem)" approval/same-person "another person"
on approver 200 "$COMPLAINT" take '{"relevant":false,"note":"区财采〔2027〕5号：恢复采购活动"}'
is "$(suspension)" '[]' "until it is lifted"
sign 200
on clerk 200 "$COMPLAINT" take '{"relevant":true,"note":"区财采〔2027〕6号：暂停"}'
AS=aa IFM='*' WHY='suspended again' want 409 POST "/api/v1/contracts/$CONTRACT/sign"
WHY='one person alone does not let it go on' on clerk 409 "$COMPLAINT" answer '{"finding":"unfounded","answer":"区财采〔2027〕9号：驳回投诉"}'
is "$(problem)" approval/missing "another has to have written it down"
on approver 200 "$COMPLAINT" take '{"relevant":false,"note":"区财采〔2027〕9号"}'
AS='' req GET /api/v1/offices/3/evaluators
is "$(got ".items[] | select(.tender == \"$TENDER\") | [.sat, .experts, .regime, (.members | map(keys | join(\"+\")) | unique | join(\",\"))] | join(\" \")")" "5 5 statutory kind+member" \
    "of a statutory panel no marks: a deviation would give single ones away"
told() { AS='' req GET "/api/v1/tenders/$TENDER/notices"; got '.items[] | select(.kind == "complaint_result") | (.title | split(" ") | last) + " " + ([.body | .about, .kind, .finding, .decision] | join(" "))'; }
is "$(told)" "" "nothing is told of a complaint before it is decided"
on clerk 200 "$COMPLAINT" answer '{"finding":"unfounded","answer":"区财采〔2027〕9号：驳回投诉"}'
is "$(told)" "投诉处理结果公告 区财采〔2027〕3号：业绩不实 result unfounded 区财采〔2027〕9号：驳回投诉" "what the authority decided is told to everybody"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '.items[] | select(.kind == "complaint_result") | .body | keys | join(" ")')" "about buyer decided decision finding kind lot_title method number project" "and not who complained"
AS=aa IFM='*' WHY='decided' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
# ---- after signing: what holds the money, and what lets it go ----
codes() { AS=auditor req GET "/api/v1/tranches/$1/holds"; got '[.items[].code] | join(" ")'; }
order() { AS=clerk IFM='*' want "$2" POST "/api/v1/tranches/$1/payments" '{}'; }
SITS=(evaluator1 evaluator2 evaluator3)
IN_NOTICE=1 winner_of 1000.00 1000.00
object
notice_over
on approver 200 "$OBJECTION" answer "$UNFOUNDED"
draft_of "$AWARD"
sign 200
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
parts
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/release"
on bb 201 "$OBJECTION" review '{"body":"证明材料未核对"}'
REVIEW=$(got .id)
order "${PARTS[0]}" 409
is "$(problem) $(codes "${PARTS[0]}")" "payment/held objection" "a review asked for after signing holds the money"
WHY='the contract has to be revoked or ended first' on approver2 409 "$REVIEW" answer "$AGAIN"
order "${PARTS[0]}" 409
is "$(codes "${PARTS[0]}")" objection "what is found for it holds it until then"
on approver2 200 "$REVIEW" answer "$UNFOUNDED"
is "$(codes "${PARTS[0]}")" "" "answered, it holds nothing"
pay_released "${PARTS[0]}"
delivered "${PARTS[1]}" 300.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/release"
AS='' req GET "/api/v1/tenders/$TENDER/plan"
paper=$(got '.plan.papers | map(select(.tranche)) | .[0].code')
AS=aa IFM='*' want 200 POST "/api/v1/tranches/${PARTS[2]}/deliveries" "{\"paper\":\"$paper\",\"body\":\"完成\"}"
AS=clerk req GET "/api/v1/tranches/${PARTS[2]}/deliveries"
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[2]}/accept" "{\"delivery\":\"$(got '.items[0].id')\",\"finding\":\"refused\",\"reason\":\"不合格\"}"
order "${PARTS[1]}" 409
is "$(problem) $(codes "${PARTS[1]}")" "payment/held evaluation" "found wanting, nothing of the contract is paid"
delivered "${PARTS[2]}" 200.00
is "$(codes "${PARTS[1]}")" "" "put right, it is"
pay_released "${PARTS[1]}"
AS='' req GET "/api/v1/tranches/${PARTS[1]}"
is "$(got .state)" paid "and the payment goes"

# ---- founded after signing: what was not begun is revoked, what was begun is ended and settled; then it is answered ----
signed_and_reviewed() { # sum [fund]: an award whose objection was answered, its contract, a review asked for
    IN_NOTICE=1 winner_of "$@"
    object
    notice_over
    on approver 200 "$OBJECTION" answer "$UNFOUNDED"
    draft_of "$AWARD"
    sign 200
    AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
    parts
}
changed() { # kind body: asked for by one, approved by another
    AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/$1" "$2"
    AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$(got .id)/approve"
}
signed_and_reviewed 1000.00 2000.00
on bb 201 "$OBJECTION" review '{"body":"证明材料未核对"}'
REVIEW=$(got .id)
WHY='signed' on approver2 409 "$REVIEW" answer "$AGAIN"
changed revoke '{"ground":"unlawful","consequence":"again","reason":"复核认定评审违法"}'
on approver2 200 "$REVIEW" answer "$AGAIN"
AS=bb req GET "/api/v1/objections/$REVIEW"
is "$(got '.state + " " + .consequence')" "founded again" "revoked, the review is answered as it was found"
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.state + " " + (.ways | map(.code) | join(","))')" "void retender" "and the purchase begins again"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got '[.available, .committed, .paid] | join(" ")')" "2000.00 0.00 0.00" "with all of its money"

signed_and_reviewed 1000.00
delivered "${PARTS[0]}" 300.00
paid "${PARTS[0]}"
on bb 201 "$OBJECTION" review '{"body":"证明材料未核对"}'
REVIEW=$(got .id)
WHY='begun' on approver2 409 "$REVIEW" answer "$AGAIN"
AS=clerk IFM='*' WHY='what is paid is not revoked' want 409 POST "/api/v1/contracts/$CONTRACT/revoke" '{"ground":"unlawful","consequence":"again","reason":"x"}'
like "$(got .detail)" "*已有款项核准或支付*" "it says what to do instead"
changed terminate '{"settled":"600.00","reason":"复核认定评审违法，按已完成部分结算"}'
AS='' req GET "/api/v1/contracts/$CONTRACT/tranches"
rest=$(got '.items[] | select(.code == "settlement") | .id')
order "$rest" 409
is "$(codes "$rest")" objection "nothing is settled before the review is answered"
on approver2 200 "$REVIEW" answer "$AGAIN"
is "$(codes "$rest")" "" "answered, the settlement is free"
pay_released "$rest"
AS='' req GET "/api/v1/appropriations/$APP"
is "$(got '[.available, .committed, .paid] | join(" ")')" "1400.00 0.00 600.00" "what was done is paid, the rest is free"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
verified
finish
