#!/bin/bash
# A chain stands before every act the table names: lists, methods, awards, notices, contracts and their changes, payments, write-offs,
# reversals. One road for all of them, and each of them goes it here.
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
through() { # act subject who method path [body]: refused, asked for, approved, done; MEANWHILE: what somebody does before it is done
    AS=$3 IFM='*' want 409 "$4" "$5" "${@:6}"
    is "$(problem)" approval/missing "$1 waits for its chain"
    AS=clerk want 201 POST /api/v1/offices/3/approvals "{\"act\":\"$1\",\"subject\":\"$2\"}"
    AS=chief IFM='*' want 200 POST "/api/v1/approvals/$(got .id)/say" '{"outcome":"approved"}'
    ${MEANWHILE:-:}
    AS=$3 IFM='*' req "$4" "$5" "${@:6}"
    like "$STATUS" '20[01]' "$1 goes through: $BODY"
}
AS=security want 422 POST /api/v1/offices/3/chains "{\"act\":\"bid_withdraw\",\"steps\":[{\"post\":\"$top\"}]}"
later() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) + $1 days" +%FT02:00:00Z; }

# ---- lists ----
ENTRY_BODY='{"name":"助老服务","department":"民政","field":"养老","beneficiaries":"老人","place":"本街道","budget":"1000.00","budget_item":"2080299","catalogue_code":"A0101","regime":"sub_threshold","method":"public_bidding","planned_month":12,"term_months":12,"officer":"伊"}'
AS=clerk want 201 POST /api/v1/offices/3/lists '{"year":2029,"title":"清单"}'
list=$(got .id)
AS=clerk want 201 POST "/api/v1/lists/$list/entries" "$ENTRY_BODY"
first=$(got .id)
for act in list_approve list_publish list_adjust list_close; do chained $act; done
through list_approve "$list" approver POST "/api/v1/lists/$list/approve"
through list_publish "$list" clerk POST "/api/v1/lists/$list/publish"
through list_adjust "$list" approver POST "/api/v1/lists/$list/adjust" "{\"reason\":\"合并\",\"add\":[${ENTRY_BODY/助老/助残}]}"
AS='' req GET "/api/v1/lists/$list/entries"
through list_close "$list" approver POST "/api/v1/lists/$list/close" "{\"outcomes\":$(got '[.items[] | {entry: .id, outcome: "未实施"}] | tostring')}"
chains_end

# ---- methods and calls ----
fund_of sub_threshold 9000.00
entry_of sub_threshold public_bidding 1000.00
SCHEME='{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$SCHEME"
for act in tender_publish tender_amend tender_extend lot_approve tender_switch tender_cancel; do chained $act; done
through tender_publish "$TENDER" approver POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 40)\",\"confirm_unverified\":true}"
through tender_amend "$TENDER" clerk POST "/api/v1/tenders/$TENDER/amend" '{"body":"服务点地址更正"}'
through tender_extend "$TENDER" clerk POST "/api/v1/tenders/$TENDER/extend" "{\"body\":\"应投标人请求\",\"deadline\":\"$(later 60)\"}"
clock_to "$(later 61)"
AS='' req GET "/api/v1/lots/$LOT"
is "$(got .state)" void "nobody bid"
through lot_approve "$LOT" approver POST "/api/v1/lots/$LOT/approve" '{"way":"retender","reason":"同意"}'
through tender_switch "$TENDER" clerk POST "/api/v1/tenders/$TENDER/switch" '{"way":"retender","ground":"无人投标"}'
TENDER=$(got .id)
through tender_publish "$TENDER" approver POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$(later 40)\",\"confirm_unverified\":true}"
through tender_cancel "$TENDER" approver POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"预算调整"}'
chains_end

# ---- awards, objections, notices ----
IN_NOTICE=1 winner_of 1000.00
for act in lot_confirm lot_announce lot_review_approve notice_correct award_annul objection_answer; do chained $act; done
reported() { AS=resident want 201 POST "/api/v1/lots/$LOT/irregularities" '{"kind":"result","body":"评审前私下接触"}'; }
decided_again() {
    AS=clerk lot decide
    MEANWHILE=reported through lot_confirm "$LOT" approver POST "/api/v1/lots/$LOT/confirm"
    through lot_announce "$LOT" clerk POST "/api/v1/lots/$LOT/announce"
}
winner() { AS=clerk req GET "/api/v1/lots/$LOT/awards"; AWARD=$(got '.items[] | select(.standing == "winner" and .state == "announced") | .id'); }
AS=clerk IFM='*' want 201 POST "/api/v1/lots/$LOT/reviews" '{"ground":"sum_wrong","reason":"复核"}'
review=$(got .id)
AS='' req GET "/api/v1/tenders/$TENDER/notices"
notice=$(got '[.items[] | select(.kind == "result")][-1].id')
through notice_correct "$notice" approver POST "/api/v1/notices/$notice/correct" '{"text":"x","reason":"y"}'
through lot_review_approve "$LOT" approver POST "/api/v1/lots/$LOT/reviews/$review/approve"
report_signed
decided_again
AS=bb want 201 POST "/api/v1/lots/$LOT/objections" "{\"kind\":\"result\",\"bid\":\"${BID[aa]}\",\"body\":\"业绩不实\"}"
objection=$(got .id)
through objection_answer "$objection" clerk POST "/api/v1/objections/$objection/answer" '{"finding":"unfounded","answer":"经核实不成立"}'
winner
through award_annul "$AWARD" approver POST "/api/v1/awards/$AWARD/annul" '{"ground":"disqualified","consequence":"next","reason":"虚假材料"}'
decided_again
notice_over
chains_end

# ---- a winner that the office turns out, and one that goes by itself ----
winner
chained award_refuse
chained lot_restart
through award_refuse "$AWARD" approver POST "/api/v1/awards/$AWARD/refuse" '{"reason":"取消资格"}'
winner_of 1000.00
AS=aa IFM='*' WHY='the chain is the office'"'"'s' want 200 POST "/api/v1/awards/$AWARD/refuse" '{"reason":"人员不足"}'
through lot_restart "$LOT" approver POST "/api/v1/lots/$LOT/restart" '{"reason":"其余报价偏高"}'
chains_end
winner_of 1000.00

# ---- contracts ----
chained contract_draft
chained contract_sign
through contract_draft "$AWARD" clerk POST "/api/v1/awards/$AWARD/contract" '{"starts":"2027-03-01","ends":"2028-02-29","terms":"条款"}'
CONTRACT=$(got .id)
through contract_sign "$CONTRACT" approver POST "/api/v1/contracts/$CONTRACT/sign"
AS=aa IFM='*' WHY='the other side signs for itself' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
chains_end
contract_of 1000.00
for act in contract_change_approve deduction_approve payment_approve recovery_approve recovery_write_off; do chained $act; done
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/suspend" '{"reason":"人员变动"}'
change=$(got .id)
through contract_change_approve "$CONTRACT" approver POST "/api/v1/contracts/$CONTRACT/changes/$change/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/resume" '{"reason":"恢复"}'
change=$(got .id)
through contract_change_approve "$CONTRACT" approver POST "/api/v1/contracts/$CONTRACT/changes/$change/approve"
AS=clerk IFM='*' req POST "/api/v1/contracts/$CONTRACT/deductions" '{"ground":"quality","amount":"10.00","reason":"抽查不合格"}'
through deduction_approve "$(got .id)" approver POST "/api/v1/contracts/$CONTRACT/deductions/$(got .id)/approve"
delivered "${PARTS[1]}" 300.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[1]}/release"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[1]}/payments" '{}'
PAYMENT=$(got .id)
through payment_approve "$PAYMENT" approver POST "/api/v1/payments/$PAYMENT/approve"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$PAYMENT/settle" "{\"bank_ref\":\"BANK-$PAYMENT\"}"
AS=clerk IFM='*' want 201 POST "/api/v1/contracts/$CONTRACT/recoveries" "{\"amount\":\"100.00\",\"due\":\"$(later 40)\",\"reason\":\"多付\"}"
recovery=$(got .id)
through recovery_approve "$recovery" approver POST "/api/v1/recoveries/$recovery/approve" '{}'
AS=clerk IFM='*' want 200 POST "/api/v1/recoveries/$recovery/receipts" '{"amount":"20.00","bank_ref":"CHAIN-R1"}'
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$recovery/receipts/$(got .id)/confirm"
through recovery_write_off "$recovery" approver POST "/api/v1/recoveries/$recovery/write-off" '{"reason":"无可供执行财产"}'
chains_end

# ---- a reversal, by what its journal moved: 20.00 ----
reversal_from() { AS=security want 201 POST /api/v1/offices/3/chains "{\"act\":\"reversal_approve\",\"least\":\"$1\",\"steps\":[{\"post\":\"$top\"}]}"; }
reversal_from 20.01
AS='' req GET "/api/v1/appropriations/$APP/postings?limit=100"
AS=clerk want 200 POST "/api/v1/appropriations/$APP/reversals" "{\"journal\":\"$(got '[.items[] | select(.kind == "recover").journal][0]')\",\"reason\":\"误登\"}"
reversal=$(got .id)
AS=clerk WHY='20.00 are less' want 409 POST /api/v1/offices/3/approvals "{\"act\":\"reversal_approve\",\"subject\":\"$reversal\"}"
is "$(problem)" approval/none "no chain stands before it"
chains_end
reversal_from 20.00
AS=clerk want 422 POST /api/v1/offices/3/approvals "{\"act\":\"reversal_approve\",\"subject\":\"$APP\"}"
through reversal_approve "$reversal" approver POST "/api/v1/appropriations/$APP/reversals/$reversal/approve"
AS=auditor req GET "/api/v1/offices/3/approvals?state=approved&limit=100"
is "$(got '.items[] | select(.act == "reversal_approve") | .amount')" 20.00 "asked for the sum of the journal"

chains_end

# ---- money that moves between appropriations, and payments that go out together ----
FROM=$APP
AS=approver want 201 POST "/api/v1/funds/$(AS='' req GET "/api/v1/appropriations/$APP"; got .fund)/appropriations" "{\"year\":$(year),\"budget_item\":\"chained\",\"name\":\"另一项\",\"amount\":\"10.00\"}"
AS=clerk want 200 POST "/api/v1/appropriations/$FROM/transfers" "{\"to\":\"$(got .id)\",\"amount\":\"3.00\",\"reason\":\"调剂\",\"decision\":\"会纪〔2026〕1号\"}"
transfer=$(got .id)
AS=security want 201 POST /api/v1/offices/3/chains "{\"act\":\"transfer_approve\",\"least\":\"3.00\",\"steps\":[{\"post\":\"$top\"}]}"
AS=approver want 200 GET "/api/v1/offices/3/tasks"
is "$(got '[.items[] | select(.task == "transfer_approve")] | length')" 1 "what a second person has to decide is a task"
through transfer_approve "$transfer" approver POST "/api/v1/appropriations/$FROM/transfers/$transfer/approve"
AS=approver want 200 GET "/api/v1/offices/3/tasks"
is "$(got '[.items[] | select(.task == "transfer_approve")] | length')" 0 "and none any more"
delivered "${PARTS[2]}" 200.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[2]}/release"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[2]}/payments" '{}'
AS='' req GET "/api/v1/appropriations/$FROM"
AS=clerk want 201 POST "/api/v1/funds/$(got .fund)/batches" '{"purpose":"尾款","indicator":"1","functional_class":"2080299","economic_department":"30227","economic_government":"50205","payment_kind":"直接支付","method":"转账","procurement":false}'
batch=$(got .id)
chained payment_approve
AS=approver IFM='*' WHY='a batch is no way round a chain' want 409 POST "/api/v1/batches/$batch/approve"
is "$(problem)" approval/missing "each payment waits for its own"
chained batch_approve
through batch_approve "$batch" approver POST "/api/v1/batches/$batch/approve"
chains_end

# ---- an advance nobody sent, of a contract that ended at nothing, is taken back ----
contract_of 1000.00
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/release"
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/terminate" '{"settled":"0.00","reason":"中途停止"}'
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$(got .id)/approve"
AS=clerk req GET "/api/v1/contracts/$CONTRACT/recoveries"
AS=approver IFM='*' want 200 POST "/api/v1/recoveries/$(got '.items[0].id')/refuse" '{"reason":"尚未付出"}'
chained withdrawal_approve
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/withdrawals" '{"reason":"合同终止，不再支付"}'
through withdrawal_approve "$(got .id)" approver POST "/api/v1/tranches/${PARTS[0]}/withdrawals/$(got .id)/approve"
AS=auditor req GET "/api/v1/offices/3/approvals?state=approved&limit=100"

# ---- every act that may have a chain has been through one ----
acts=$(sed -n '/^const struct chained chained_acts/,/^};/s/^    {"\([a-z_]*\)".*/\1/p' "$here/core/service/chain.c" | LC_ALL=C sort | paste -sd' ')
is "$(got '[.items[].act] | unique | join(" ")')" "$acts" "who said so stays on record, for each of them"
is "$(for act in $acts; do grep -q "\`$act\`" "$here/docs/guide.md" || echo "$act"; done)" "" "and the guide names them"
ok "linli audit finds nothing" linli audit
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
