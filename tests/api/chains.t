#!/bin/bash
# A chain stands before any act the table names: lists, methods, awards, notices, contract changes, write-offs. One road for all of them.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person chief office_approver 3
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
AS=security req POST /api/v1/offices/3/posts '{"name":{"zh":"主要领导","en":"head"},"role":"office_approver"}'
top=$(got .id)
AS=security req POST "/api/v1/offices/3/posts/$top/holders" "{\"person\":\"${PERSON[chief]}\",\"place\":\"A\"}"
chained() { # act: from now on the head's word stands before it
    AS=security want 201 POST /api/v1/offices/3/chains "{\"act\":\"$1\",\"steps\":[{\"post\":\"$top\"}]}"
}
chains_end() {
    local c
    AS=security req GET /api/v1/offices/3/chains
    for c in $(got '.items[].id'); do AS=security req POST "/api/v1/offices/3/chains/$c/end"; done
}
through() { # act subject who method path [body]: refused, asked for, approved, done
    AS=$3 IFM='*' want 409 "$4" "$5" "${@:6}"
    is "$(problem)" approval/missing "$1 waits for its chain"
    AS=clerk want 201 POST /api/v1/offices/3/approvals "{\"act\":\"$1\",\"subject\":\"$2\"}"
    AS=chief IFM='*' want 200 POST "/api/v1/approvals/$(got .id)/say" '{"outcome":"approved"}'
    AS=$3 IFM='*' req "$4" "$5" "${@:6}"
    like "$STATUS" '20[01]' "$1 goes through: $BODY"
}
AS=security want 422 POST /api/v1/offices/3/chains "{\"act\":\"bid_withdraw\",\"steps\":[{\"post\":\"$top\"}]}"

# ---- lists ----
AS=clerk want 201 POST /api/v1/offices/3/lists '{"year":2029,"title":"清单"}'
list=$(got .id)
AS=clerk want 201 POST "/api/v1/lists/$list/entries" '{"name":"助老服务","department":"民政","field":"养老","beneficiaries":"老人","place":"本街道","budget":"1000.00","budget_item":"2080299","catalogue_code":"A0101","regime":"sub_threshold","method":"public_bidding","planned_month":12,"term_months":12,"officer":"伊"}'
AS=approver IFM='*' want 200 POST "/api/v1/lists/$list/approve"
chained list_publish
chained list_adjust
through list_publish "$list" clerk POST "/api/v1/lists/$list/publish"
through list_adjust "$list" approver POST "/api/v1/lists/$list/adjust" '{"reason":"合并","add":[{"name":"助残服务","department":"残联","field":"助残","beneficiaries":"残疾人","place":"本街道","budget":"1000.00","budget_item":"2080299","catalogue_code":"A0101","regime":"sub_threshold","method":"public_bidding","planned_month":12,"term_months":12,"officer":"伊"}]}'
chains_end

# ---- methods, awards, notices ----
IN_NOTICE=1 winner_of 1000.00 5000.00
chained tender_extend
chained lot_review_approve
chained notice_correct
AS=clerk IFM='*' want 201 POST "/api/v1/lots/$LOT/reviews" '{"ground":"sum_wrong","reason":"复核"}'
review=$(got .id)
AS='' req GET "/api/v1/tenders/$TENDER/notices"
notice=$(got '[.items[] | select(.kind == "result")][-1].id')
through notice_correct "$notice" approver POST "/api/v1/notices/$notice/correct" '{"text":"x","reason":"y"}'
through lot_review_approve "$LOT" approver POST "/api/v1/lots/$LOT/reviews/$review/approve"
report_signed
AS=clerk lot decide
AS=approver lot confirm
AS=clerk lot announce
notice_over
chained contract_draft
AS=clerk req GET "/api/v1/lots/$LOT/awards"
AWARD=$(got '.items[] | select(.standing == "winner" and .state == "announced") | .id')
through contract_draft "$AWARD" clerk POST "/api/v1/awards/$AWARD/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"条款"}'
chains_end

# ---- contract changes, write-offs ----
contract_of 1000.00
chained contract_change_approve
chained recovery_approve
chained recovery_write_off
delivered "${PARTS[1]}" 300.00
paid "${PARTS[1]}"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/suspend" '{"reason":"人员变动"}'
change=$(got .id)
through contract_change_approve "$CONTRACT" approver POST "/api/v1/contracts/$CONTRACT/changes/$change/approve"
AS='' req GET /api/v1/clock
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"100.00\",\"due\":\"$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)\",\"reason\":\"多付\"}"
recovery=$(got .id)
through recovery_approve "$recovery" approver POST "/api/v1/recoveries/$recovery/approve" '{}'
through recovery_write_off "$recovery" approver POST "/api/v1/recoveries/$recovery/write-off" '{"reason":"无可供执行财产"}'
AS=auditor req GET "/api/v1/offices/3/approvals?state=approved"
is "$(got '[.items[].act] | sort | join(" ")')" "contract_change_approve contract_draft list_adjust list_publish lot_review_approve notice_correct recovery_approve recovery_write_off" \
    "who said so stays on record"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
