#!/bin/bash
# Every day a person must keep is a task somebody owns; what is late is seen by the auditor.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社; do bidder "${x%%:*}" "${x#*:}"; done
task() { # login task: about and day of its tasks
    AS=$1 req GET "/api/v1/offices/3/tasks${3:-}"
    got "[.items[] | select(.task == \"$2\") | .about + \" \" + (.due // \"\" | .[:10])] | join(\",\")"
}
local_day() { AS='' req GET /api/v1/clock; got '.local[:10]'; }

# ---- the list of the year: whose turn it is, and the way back to it ----
of_list() { # login [query]: what waits about the list
    AS=$1 req GET "/api/v1/offices/3/tasks${2:-}"
    got "[.items[] | select(.subject == \"$list\") | .act + \" \" + .path + \" \" + .about] | join(\",\")"
}
AS=clerk want 201 POST /api/v1/offices/3/lists '{"year":2040,"title":"二〇四〇年清单"}'
list=$(got .id)
is "$(of_list clerk)" "entry_create /lists/$list 二〇四〇年清单" "an empty list waits for its entries"
AS=clerk want 201 POST "/api/v1/lists/$list/entries" '{"name":"助老服务","department":"民政","field":"养老","beneficiaries":"老人","place":"本街道","budget":"1000.00","budget_item":"2080299","catalogue_code":"A0101","regime":"sub_threshold","method":"public_bidding","planned_month":12,"term_months":12,"officer":"伊"}'
is "$(of_list approver)" "list_approve /lists/$list 二〇四〇年清单" "one with entries for whoever approves it"
is "$(of_list clerk) $(of_list clerk '?whose=others')" " list_approve /lists/$list 二〇四〇年清单" "where who drew it up finds it again"
AS=approver IFM='*' want 200 POST "/api/v1/lists/$list/approve"
is "$(of_list clerk)" "list_publish /lists/$list 二〇四〇年清单" "an approved one to be published"
AS=clerk IFM='*' want 200 POST "/api/v1/lists/$list/publish"
is "$(of_list clerk)$(of_list approver)" "" "and then nothing waits"

# ---- a question: three working days ----
fund_of sub_threshold 4000.00
entry_of sub_threshold public_bidding 1000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
asked=$(local_day)
AS=aa want 200 POST "/api/v1/tenders/$TENDER/questions" '{"body":"服务对象有多少人？"}'
is "$(task clerk question)" " $(working_day "$asked" 3)" "the office answers within three working days"
is "$(task auditor question '?overdue=true')" "" "and is not late"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "question") | .act, .path, .source] | join(" ")')" " /tenders/$TENDER/questions/open 限额以下采购内部控制制度（建议值）" "with the article, and where it is done"
AS=approver req GET '/api/v1/offices/3/tasks?whose=others'
is "$(got '[.items[] | select(.task == "question") | .roles | index("office_clerk")] | length')" 1 "others at the office see that it waits for the clerk"
AS=clerk req GET '/api/v1/offices/3/tasks?whose=others'
is "$(got '[.items[] | select(.task == "question")] | length')" 0 "whose own it is, it does not wait for another"
AS=aa req GET '/api/v1/offices/3/tasks?whose=others'
is "$(got '.items | length')" 0 "nobody outside learns what waits inside"
advance 15d
is "$(task auditor question '?overdue=true')" " $(working_day "$asked" 3)" "now it is"
AS=clerk req GET "/api/v1/tenders/$TENDER/questions/open"
AS=clerk want 200 POST "/api/v1/tenders/$TENDER/questions/$(got '.items[0].id')/answer" '{"body":"约 300 人"}'
is "$(task auditor question)" "" "answered"

# ---- from the evaluation to the contract ----
BID=()
for x in aa bb; do bid_for "$x" 900.00; done
open_bids aa bb
panel_sits evaluator1 evaluator2 evaluator3
marks_of aa:90 bb:80
is "$(task approver window)" "" "nothing has begun"
report_signed
evaluated=$(local_day)
is "$(task approver window)" "decide_window $(working_day "$evaluated" 5)" "the winner is fixed within five working days"
AS=clerk lot decide
AS=approver lot confirm
is "$(task clerk window)" "announce_window $(working_day "$(local_day)" 2)" "told within two"
AS=evaluator1 req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "window")] | length')" 0 "not by the panel"
AS=approver req GET /api/v1/offices/3/tasks
is "$(got '[.items[] | select(.task == "phase") | .act, .path] | join(" ")')" "lot_announce /lots/$LOT" "the phase leads to the act that is next"
AS=clerk lot announce
like "$(task clerk window)" 'sign_window *' "and signed within the time for it"
notice_over
AS=clerk req GET "/api/v1/lots/$LOT/awards"
AWARD=$(got '.items[] | select(.standing == "winner") | .id')
draft_of "$AWARD"
advance 60d
like "$(task auditor window '?overdue=true')" 'sign_window *' "the auditor sees that it is late"
until=$(sql "SELECT answers_until FROM linli.tender WHERE id = '$TENDER'")
sql "UPDATE linli.tender SET answers_until = '2100-01-01Z' WHERE id = '$TENDER'"
AS=approver IFM='*' WHY='bidders may still object to the opening' want 409 POST "/api/v1/contracts/$CONTRACT/sign"
like "$(got .detail)" '*对开标记录提出异议*' "and nothing binds before"
sql "UPDATE linli.tender SET answers_until = '$until' WHERE id = '$TENDER'"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
AS=aa IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/sign"
is "$(task auditor window)" "" "signed after all"

# ---- a payment: ordered by one, approved by another, entered once the bank has paid ----
of_payment() { AS=$1 req GET /api/v1/offices/3/tasks; got "[.items[] | select(.subject == \"$payment\") | .act] | join(\",\")"; }
parts
AS=clerk IFM='*' want 200 POST "/api/v1/tranches/${PARTS[0]}/release"
AS=clerk IFM='*' want 201 POST "/api/v1/tranches/${PARTS[0]}/payments" '{}'
payment=$(got .id)
is "$(of_payment clerk) $(of_payment approver)" " payment_approve" "an order waits for its approver"
sql "UPDATE linli.payment SET state = 'approved', checker = '${PERSON[approver]}', approved = ordered WHERE id = '$payment'"
is "$(of_payment approver)" "" "a first of two approvers has done what is theirs"
person second office_approver 3
is "$(of_payment second)" "payment_approve" "and it waits for another"
sql "UPDATE linli.payment SET state = 'ordered', checker = NULL, approved = NULL WHERE id = '$payment'"
AS=approver IFM='*' want 200 POST "/api/v1/payments/$payment/approve"
is "$(of_payment clerk) $(of_payment approver)" "payment_settle " "what was sent waits for what the bank says"
AS=clerk IFM='*' want 200 POST "/api/v1/payments/$payment/settle" '{"bank_ref":"LS-1"}'
is "$(of_payment clerk)" "" "until it is entered"

# ---- contract changes and money asked back ----
AS=clerk IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/suspend" '{"reason":"人员变动"}'
is "$(task approver contract_change)" "suspend " "a change waits for its second person"
AS=approver IFM='*' want 200 POST "/api/v1/contracts/$CONTRACT/changes/$(AS=clerk req GET "/api/v1/contracts/$CONTRACT/changes"; got '.items[0].id')/approve"
is "$(task approver contract_change)" "" "and no longer"
stop_server
is "$SERVER_CODE" 0 "the server stops in order"
finish
