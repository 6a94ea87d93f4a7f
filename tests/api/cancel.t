#!/bin/bash
# A tender that is published and cancelled: before its deadline, after it, after its result; on a ground the law names where it names
# them; with its notice and its money back; never past a signed contract.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person evaluator4 evaluator 3
person evaluator5 evaluator 3
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
stands() { AS='' req GET "/api/v1/appropriations/$APP"; is "$(got '[.available, .reserved, .committed] | join(" ")')" "${*:2}" "$1"; }
cancel() { AS=${WHO:-approver} IFM='*' want "$1" POST "/api/v1/tenders/$TENDER/cancel" "{\"reason\":\"街道职能调整，项目取消\"${2:+,\"ground\":\"$2\"}}"; }
told() { AS='' req GET "/api/v1/tenders/$TENDER/notices"; got '[.items[] | select(.kind == "termination") | .body | [.ground, .reason, .after_deadline] | map(tostring) | join(" ")] | join(";")'; }

# ---- before the deadline, by the law ----
fund_of statutory 5000.00
entry_of statutory public_bidding 5000.00
tender_of lowest_price "{\"tranches\":$TWO_PARTS}" '{}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
bid_for aa 4000.00
stands "reserved" 0.00 5000.00 0.00
WHO=clerk cancel 403 task_gone
WHY='on what ground?' cancel 422
is "$(got '.errors[0].pointer + " " + .article')" "/ground 政府采购法 §36；财政部令第87号 §29" "the law names the grounds"
WHY='not one of them' cancel 422 other
cancel 200 task_gone
is "$(got .state)" cancelled "cancelled"
is "$(told)" "task_gone 街道职能调整，项目取消 false" "told with its ground, before the deadline"
stands "the money is free" 5000.00 0.00 0.00
AS='' req GET "/api/v1/entries/$ENTRY"
is "$(got .state)" planned "the line of the list may be tendered again"
AS=clerk req GET "/api/v1/bids/${BID[aa]}"
is "$STATUS" 404 "what was handed in stays sealed for ever"
AS=aa want 200 GET "/api/v1/bids/${BID[aa]}"
sealed=$TENDER sealed_sha=$(sql "SELECT encode(sha256, 'hex') FROM linli.bid WHERE id = '${BID[aa]}'")
AS=clerk IFM='*' want 409 POST "/api/v1/tenders/$TENDER/open"
AS=bb want 409 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":1,\"organisation\":\"${ORG[bb]}\",\"sha256\":\"$(brought bb x)\",\"bytes\":1}"
cancel 409 task_gone

# ---- after the deadline ----
BID=()
winner_of 1000.00 2500.00 2>/dev/null
stands "reserved" 1500.00 1000.00 0.00
draft_of "$AWARD"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
cancel 200
is "$(told)" "other 街道职能调整，项目取消 true" "below the threshold any reason that is told, after the deadline"
stands "the money is free" 2500.00 0.00 0.00
AS=clerk req GET "/api/v1/lots/$LOT/awards"
is "$(got '[.items[].state] | unique | join(" ")')" withdrawn "its awards have fallen"
AS=clerk req GET "/api/v1/contracts/$CONTRACT"
is "$(got .state)" stopped "and the draft of its contract"
AS=aa IFM='*' want 409 POST "/api/v1/contracts/$CONTRACT/sign"
AS='' req GET "/api/v1/tenders/$TENDER/notices"
is "$(got '[.items[] | select(.kind == "result")] | length')" 1 "the result can still be read"

# ---- a contract is signed ----
contract_of 1000.00
cancel 409
stands "it is bound" 1500.00 0.00 1000.00
ok "linli audit finds nothing" linli audit
verified
is "$(sha256sum "$T/blobs"/*/* | grep -c "$sealed_sha") $(find "$T/verified/$sealed/bids" -type f 2>/dev/null | wc -l)" "1 0" "a bid that was never opened is in no supervisor's bundle"
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
