#!/bin/bash
# When it does not go well: objections that are overdue, founded, and what follows from them; a winner that will not sign; what
# failed is tendered anew, along the way a second person chose, by the same method or another.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社 cc:丙社 dd:丁社; do bidder "${x%%:*}" "${x#*:}"; done
BIDDERS=(aa bb cc)
stands() { AS='' req GET "/api/v1/appropriations/$APP"; is "$(got '[.available, .reserved, .committed] | join(" ")')" "${*:2}" "$1"; }
object() { # login finding..: files against the winner
    AS=$1 want 201 POST "/api/v1/lots/$LOT/objections" "{\"kind\":\"result\",\"bid\":\"${BID[aa]}\",\"body\":\"甲社业绩不实\"}"
    OBJECTION=$(got .id)
}
answer() { AS=clerk IFM='*' want "$1" POST "/api/v1/objections/$OBJECTION/answer" "{\"finding\":\"$2\",\"answer\":\"经核实${2}\"${3:-}}"; }

# ---- overdue, then founded: the next candidate ----
IN_NOTICE=1 winner_of 1000.00 2500.00
WHY='below the threshold also who did not bid, as the plan says' object dd
AS='dd' req GET "/api/v1/objections/$OBJECTION"
is "$(got .overdue)" null "there is time to answer"
AS=auditor req GET "/api/v1/offices/3/objections?overdue=true"
is "$(got '.items | length')" 0 "nothing is overdue"
AS='dd' req GET "/api/v1/objections/$OBJECTION"
clock_to "$(got .due)"
advance 1m
is "$(phase)" contracting "the notice is over"
AS=clerk IFM='*' WHY='it holds the contract' want 409 POST "/api/v1/awards/$AWARD/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"条款"}'
AS=auditor req GET "/api/v1/offices/3/objections?overdue=true"
is "$(got '[.items[] | .id + " " + .state] | join(",")')" "$OBJECTION open" "the passed day is seen by the auditor"
AS='dd' want 403 GET "/api/v1/offices/3/objections"
answer 422 founded ',"effect":"取消中标资格"'
is "$(got '.errors[0].pointer')" /consequence "what follows has to be said"
WHY='it may change the result' answer 422 founded ',"effect":"x","consequence":"none"'
WHY='bids are in' answer 422 founded ',"effect":"x","consequence":"correct"'
WHY='nothing follows from what is unfounded' answer 422 unfounded ',"consequence":"next"'
answer 200 founded ',"effect":"取消中标资格，由下一候选人递补","consequence":"next"'
is "$(got '[.state, .consequence, .late] | @json')" '["founded","next",true]' "late, founded, the next candidate"
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '.items[] | select(.bid == "'"${BID[aa]}"'") | .state')" withdrawn "the award has fallen"
AS=clerk lot decide
is "$(got '[.awards[] | [.organisation, .standing]] | @json')" '[["乙社","winner"],["丙社","reserve"]]' "the second moves up"
AS=approver lot confirm
AS=clerk lot announce
AS=clerk req GET "/api/v1/lots/$LOT/awards"
draft_of "$(got '.items[] | select(.standing == "winner" and .state == "announced") | .id')"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=bb IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
stands "signed with the second" 1500.00 0.00 1000.00

# ---- founded: all over again ----
IN_NOTICE=1 winner_of 1000.00
stands "reserved" 500.00 1000.00 1000.00
object bb
answer 200 founded ',"effect":"评审程序违法，重新开展","consequence":"again"'
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.state + " " + (.ways | map(.code) | join(","))')" "void retender" "the lot has ended, and may be tendered again"
stands "its money is free at once" 1500.00 0.00 1000.00
old=$TENDER old_lot=$LOT
AS=clerk IFM='*' want 409 POST "/api/v1/tenders/$old/switch" '{"way":"retender","ground":"重新开展"}'
is "$(problem)" tender/switch "not before a second person chose the way"
AS=approver IFM='*' WHY='not one of the ways' want 422 POST "/api/v1/lots/$LOT/approve" '{"way":"other_method","reason":"x"}'
AS=approver IFM='*' want 200 POST "/api/v1/lots/$LOT/approve" '{"way":"retender","reason":"同意重新开展"}'
AS=approver IFM='*' want 403 POST "/api/v1/tenders/$old/switch" '{"way":"retender","ground":"重新开展"}'
AS=clerk IFM='*' WHY='that way was not chosen' want 409 POST "/api/v1/tenders/$old/switch" '{"way":"other_method","mechanism":"consultation","ground":"x"}'
AS=clerk IFM='*' WHY='the way leads to the same method' want 422 POST "/api/v1/tenders/$old/switch" '{"way":"retender","mechanism":"consultation","ground":"x"}'
sql "UPDATE linli.tender SET contact_person = '陈经办', contact_phone = '021-55500111' WHERE id = '$old'"
AS=clerk IFM='*' want 201 POST "/api/v1/tenders/$old/switch" '{"way":"retender","ground":"质疑成立，重新开展采购活动"}'
is "$(sql "SELECT contact_person || contact_phone FROM linli.tender WHERE follows = '$old'")" '陈经办021-55500111' "who answers about it stays the same"
TENDER=$(got .id) TAG=$(etag)
is "$(got '[.follows, .mechanism, .budget, .state] | join(" ")')" "$old public_bidding 1000.00 draft" "a draft that points at the old one"
is "$(got '.options.tranches | length')" 3 "with its options"
AS=clerk IFM='*' want 409 POST "/api/v1/tenders/$old/switch" '{"way":"retender","ground":"再"}'
is "$(problem)" tender/switch "once"
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
AS='' req GET "/api/v1/tenders/$old"
is "$(got '.followed_by | join(",")')" "$TENDER" "the old one points at it"
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .follows)" "$old" "and back"
AS='' req GET "/api/v1/tenders/$TENDER/lots"
AS='' req GET "/api/v1/lots/$(got '.items[0].id')"
is "$(got .follows)" "$old_lot" "lot by lot"
stands "reserved anew" 500.00 1000.00 1000.00
AS=approver IFM='*' want 200 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"预算调整"}'
AS=clerk IFM='*' WHY='the one that took it up was cancelled' want 201 POST "/api/v1/tenders/$old/switch" '{"way":"retender","ground":"再次"}'

# ---- the winner will not sign: all over again, although there is a next ----
winner_of 1000.00
AS=approver IFM='*' WHY='there is a winner' want 409 POST "/api/v1/lots/$LOT/restart" '{"reason":"x"}'
AS=aa IFM='*' want 200 POST "/api/v1/awards/$AWARD/refuse" '{"reason":"人员不足"}'
AS=clerk IFM='*' want 403 POST "/api/v1/lots/$LOT/restart" '{"reason":"x"}'
AS=approver IFM='*' want 200 POST "/api/v1/lots/$LOT/restart" '{"reason":"其余报价偏高"}'
is "$(got .state)" void "ended"
stands "and its money is free" 1500.00 0.00 1000.00

# ---- too few bidders: another method, of those the failed decision names ----
fund_of statutory 5000.00
entry_of statutory public_bidding 5000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS,\"below\":\"fail\"}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS='' req GET /api/v1/clock
deadline=$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)
publish "$deadline"
BID=()
bid_for aa 4000.00
bid_for bb 4100.00
clock_to "$deadline"
advance 1h
AS='' req GET "/api/v1/lots/$LOT"
is "$(got '.state + " " + (.ways | map(.code) | join(","))')" "void retender,other_method,negotiation" "two: the lawful ways"
old=$TENDER
AS=approver IFM='*' want 200 POST "/api/v1/lots/$LOT/approve" '{"way":"other_method","reason":"采购文件无不合理条款，已报财政部门"}'
other() { AS=clerk IFM='*' want "$1" POST "/api/v1/tenders/$old/switch" "{\"way\":\"other_method\",\"ground\":\"两次不足三家\"${2:-}}"; }
WHY='which?' other 422
WHY='the one that failed' other 422 ',"mechanism":"public_bidding"'
WHY='none such' other 422 ',"mechanism":"nothing"'
WHY='not for this regime' other 422 ',"mechanism":"community_fund"'
other 201 ',"mechanism":"consultation"'
is "$(got '[.mechanism, .follows, .budget] | join(" ")')" "consultation $old 5000.00" "drawn up by the other method"
is "$(got '.options.tranches | length')" 3 "with the options that fit"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
