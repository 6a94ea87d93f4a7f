#!/bin/bash
# What was due and failed five times is a problem that somebody has: it shows, and may be tried again.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
D=/api/v1/offices/3/due id=00000003-0000-8000-8000-0000000000d1
sql "INSERT INTO linli.due (office_id, id, at, act, subject) VALUES (3, '$id', now() - interval '1 minute', 'lot_phase', '00000003-0000-8000-8000-0000000000aa')"
retrying() { for _ in $(seq 50); do [ "$(sql 'SELECT tries FROM linli.due')" -gt 0 ] && return; sleep 0.2; done; return 1; }
ok "it fails" retrying
AS=auditor want 200 GET "$D"
is "$(got '.items[0] | [.id, .act, .stuck, .owner] | @csv')" "\"$id\",\"lot_phase\",false," "and is tried again by itself"
AS=auditor want 200 GET "$D?stuck=true"
is "$(got '.items | length')" 0 "it is nobody's yet"
AS=root want 409 POST "$D/$id/retry"
stuck() { for _ in $(seq 150); do [ "$(sql 'SELECT tries FROM linli.due')" = 5 ] && return; sleep 0.2; done; return 1; }
began=$SECONDS
ok "after five failures" stuck
ok "which were not all at once ($((SECONDS - began)) s)" test $((SECONDS - began)) -ge 8
AS=auditor want 200 GET "$D?stuck=true"
is "$(got '.items[0] | [.stuck, .owner, .owner_name, .tries] | @csv')" "true,\"${PERSON[root]}\",\"root\",5" "it is the problem of the nearest administrator"
like "$(got '.items[0].failure')" '?*' "with the reason"
AS=clerk want 200 GET "$D?act=lot_phase"
AS=resident want 403 GET "$D"
AS='' want 401 GET "$D"
like "$(LINLI_BLOBS_FOLDER=$T/blobs LINLI_PLUGINS_STATE=$T/state linli doctor)" '*FAIL*deadlines*1 could not be acted on*' "doctor says so"
AS=clerk want 403 POST "$D/$id/retry"
AS=auditor want 403 POST "$D/$id/retry"
AS=root want 404 POST "$D/00000003-0000-8000-8000-0000000000d2/retry"
AS=root want 404 POST "$D/not-an-id/retry"
AS=root want 200 POST "$D/$id/retry"
is "$(got '[.stuck, .tries] | @csv')" "false,0" "an administrator has it tried again"
is "$(sql "SELECT subject FROM linli.event_queue WHERE act = 'due_retry'")" "$id" "which is recorded"
ok "it is tried" retrying

# The time to answer an objection is due like any other.
sql "UPDATE linli.due SET done = now()"
bidder aa 甲社
fund_of sub_threshold 300000.00
entry_of sub_threshold public_bidding 100000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(date -u -d '+60 days' +%FT02:00:00Z)"
object() { AS=aa want 201 POST "/api/v1/lots/$LOT/objections" "{\"kind\":\"documents\",\"body\":\"$1\"}"; }
object 采购需求指向特定组织
first=$(got .id) until=$(got .due)
is "$(got .overdue)" null "an objection is not overdue at once"
AS=clerk want 200 GET "$D?act=objection_due"
is "$(got '.items[0] | [.subject, .at] | @csv')" "\"$first\",\"$until\"" "but stands among what comes"
object 评审标准不明确
second=$(got .id)
AS=clerk IFM='*' want 200 POST "/api/v1/objections/$second/answer" '{"finding":"unfounded","answer":"标准明确"}'
# Another is at what the clock makes due: whoever moved the clock sees it done all the same.
sql "BEGIN; SELECT 1 FROM linli.due WHERE subject = '$first' FOR UPDATE; SELECT pg_sleep(2); COMMIT" >/dev/null &
held() { for _ in $(seq 50); do [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")" = 1 ] && return; sleep 0.1; done; return 1; }
ok "another works on it" held
clock_to "$until"
AS=clerk want 200 GET "/api/v1/offices/3/objections?overdue=true"
is "$(got '[.items[] | .id] | @csv')" "\"$first\"" "one that was not answered in time shows"
is "$(got '.items[0].overdue')" "$until" "since when"
AS=auditor want 200 GET "/api/v1/offices/3/objections?state=open"
AS=resident want 403 GET /api/v1/offices/3/objections
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE act = 'objection_due' AND subject = '$first'")" 1 "and is recorded once"
AS=clerk want 200 GET "$D?act=objection_due"
is "$(got '.items | length')" 0 "the answered one is not due"

# What is open for bids ends with its deadline, whoever has still to open them.
open_now() { AS='' req GET /api/v1/tenders; got '[.items[].id] | join(",")'; }
bidder bb 乙社
for login in aa bb; do bid_for "$login" 90000.00; done
is "$(open_now)" "$TENDER" "a call is open before its deadline"
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
is "$(open_now)" "" "and at its deadline no more"
AS='' req GET "/api/v1/tenders/$TENDER"
is "$(got .state)" bidding "though nobody has opened the bids"

# A command of the administrator's is no server: what is due waits for one, and the command does its own work.
fund_of statutory 600000.00
entry_of statutory public_bidding 600000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(date -u -d '+90 days' +%FT02:00:00Z)"
stop_server
sql "UPDATE linli.setting SET value = value + 400 * 86400000000 WHERE name = 'clock_offset_us'"
waiting=$(sql "SELECT count(*) FROM linli.due WHERE office_id = 3 AND done IS NULL AND at < now() + interval '400 days'")
ok "deadlines pass while no server runs ($waiting)" [ "$waiting" -gt 0 ]
like "$(linli user add neu --name 新 --role office_clerk --office 3)" '*"link":*' "somebody is added all the same"
is "$(sql "SELECT count(*) FROM linli.due WHERE office_id = 3 AND done IS NULL AND tries = 0 AND at < now() + interval '400 days'")" "$waiting" "and what is due waits for a server"
finish
