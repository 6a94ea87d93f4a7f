#!/bin/bash
# One request says to anybody with a log-in what waits for it; and what is looked at is public with the tender.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
person district office_clerk 2 subtree
bidder aa 甲社
bidder bb 乙社
tasks() { AS=$1 req GET /api/v1/me/work; got '[.tasks[] | .task + (if .office then " " + (.office | tostring) else "" end)] | unique | join(", ")'; }
fund_of sub_threshold 90000.00
entry_of sub_threshold public_bidding 90000.00
AS='' WHY='nobody is there' want 401 GET /api/v1/me/work
is "$(tasks clerk)" "" "nothing yet for the clerk"
tender_of lowest_price "{\"tranches\":$TWO_PARTS}" '{}'
for who in clerk approver district; do is "$(tasks "$who")" "publish 3" "a draft waits to be published, for the $who"; done
AS=clerk req GET /api/v1/me/work
is "$(got '.tasks[0] | [.kind, .subject, .title, .overdue] | @json')" "[\"tender\",\"$TENDER\",\"助老服务\",false]" "by its id, which /drafts and /tenders/{id}/draft take"
drafts() { sql "INSERT INTO linli.tender SELECT (jsonb_populate_record(NULL::linli.tender, to_jsonb(t) || jsonb_build_object(
    'id', '00000003-0000-7000-8000-' || lpad(i::text, 12, '0')))).* FROM linli.tender t, generate_series($1, $2) i WHERE t.id = '$TENDER'"; }
drafts 1 499
AS=clerk req GET /api/v1/me/work
is "$(got '[(.tasks | length), .cut] | @json')" '[500,[]]' "five hundred tasks of an office are all of them"
drafts 500 500
AS=clerk req GET /api/v1/me/work
is "$(got '[(.tasks | length), .cut, (.tasks[0] | has("place"))] | @json')" '[500,["tasks"],false]' "of more the first five hundred are told, and that there are more"
sql "DELETE FROM linli.tender WHERE id::text LIKE '00000003-0000-7000-8000-%'"
AS=clerk req GET /api/v1/offices/3/tasks
is "$(got '.items | map(.task) | @json')" '["publish"]' "so it is among the tasks of the office"
for who in resident evaluator1 root security; do is "$(tasks "$who")" "" "not for $who"; done
is "$(tasks auditor)" "" "who watches reads what waits for others at the office"
AS=clerk WHY='no criteria before publication' want 404 GET "/api/v1/lots/$LOT/criteria"
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
for who in '' aa evaluator1 clerk; do
    AS=$who WHY="published, to ${who:-anybody}" want 200 GET "/api/v1/lots/$LOT/criteria"
done
is "$(got '[.scheme, (.criteria.items | map(.by) | unique | join(" "))] | @json')" '["lowest_price","rule"]' "the price is looked at by a rule"
is "$(tasks clerk)" "" "nothing is left of the draft"

# Nothing to mark: no task says so, and the chair sums up when all have declared.
BID=()
bid_for aa 80000.00
bid_for bb 85000.00
is "$(tasks aa)" "" "a bid is no task"
AS=aa req GET /api/v1/me/work
is "$(got '[(.bids | length), (.contracts | length), .cut] | @json')" '[1,0,[]]' "but there, and all of it"
copies() { sql "INSERT INTO linli.bid (office_id, id, tender_id, lot_no, organisation_id, person_id, sha256, bytes, received, state)
    SELECT b.office_id, ('00000003-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, b.tender_id, b.lot_no + i, b.organisation_id, b.person_id, b.sha256, b.bytes, b.received, b.state
    FROM linli.bid b, generate_series($1, $2) i WHERE b.id = '${BID[aa]}'"; }
copies 1 499
AS=aa req GET /api/v1/me/work
is "$(got '[(.bids | length), .cut] | @json')" '[500,[]]' "five hundred are all of them"
copies 500 500
AS=aa req GET /api/v1/me/work
is "$(got '[(.bids | length), .cut] | @json')" '[500,["bids"]]' "of one more it is said"
sql "DELETE FROM linli.bid WHERE id::text LIKE '00000003-0000-7000-8000-%'"
open_bids aa bb
checks=
for i in 1 2 3; do checks="$checks,$(seat "evaluator$i" expert "$([ "$i" = 1 ] && echo true || echo false)")"; done
AS=clerk IFM=$(AS='' lot_etag) want 200 PUT "/api/v1/lots/$LOT/panel" "{\"members\":[${checks#,}]}"
AS=clerk lot advance
is "$(tasks evaluator1)" "sign_in 3" "the panel is asked to sign in"
for i in 1 2 3; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/panel/enter"; done
is "$(tasks evaluator2)" "declare 3" "then to declare"
for i in 1 2; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'; done
checks=
for login in aa bb; do checks="$checks,{\"bid\":\"${BID[$login]}\",\"rule\":\"responsive\",\"passed\":true}"; done
AS=evaluator3 want 200 POST "/api/v1/lots/$LOT/panel/declare" '{"conflict":false}'
for i in 1 2 3; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/checks" "{\"checks\":[${checks#,}]}"; done
AS=evaluator1 lot advance
is "$(phase)" scoring "compared"
is "$(tasks evaluator2)" "" "there is nothing to mark, and no task says so"
AS=evaluator1 IFM='*' WHY='no sheet to wait for' want 200 POST "/api/v1/lots/$LOT/evaluate"
is "$(got .question)" preview "the chair sees what comes of it"
report_by() { AS=evaluator1 want 200 PUT "/api/v1/lots/$LOT/report" '{"summary":"评审报告"}'; }
report_by
for i in 1 2 3; do AS=evaluator$i want 200 POST "/api/v1/lots/$LOT/report/sign" '{}'; done
is "$(phase)" deciding "and it goes on"
finish
