#!/bin/bash
# What is due and cannot be done at once holds up nobody but its own tender, and is told; what takes too long is a failure like any other.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server --set database.lock_ms=300 --set database.statement_ms=2000
people
fund_of sub_threshold 300000.00
entry_of sub_threshold public_bidding 100000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(date -u -d '+60 days' +%FT02:00:00Z)"
due=00000003-0000-8000-8000-0000000000d1
need='{"kind":"need","source":"department","title":"助餐","body":"助餐","field":"elderly","beneficiaries":"老人","place":"本街道"}'
hold() { # seconds: somebody is at the tender for so long
    sql "BEGIN; SELECT 1 FROM linli.tender WHERE id = '$TENDER' FOR UPDATE; SELECT pg_sleep($1); COMMIT" >/dev/null &
    until [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")" = 1 ]; do sleep 0.05; done
}
make_due() { sql "INSERT INTO linli.due (office_id, id, at, act, subject, tender_id) VALUES (3, '$due', now() - interval '1 minute', 'tender_recount', '$TENDER', '$TENDER')"; }
within() { local i seconds=$1; shift; for ((i = 0; i < seconds * 10; i++)); do "$@" && return; sleep 0.1; done; return 1; }
told() { grep -q "\"due.$1\".*tender_recount of $TENDER" "$T/log"; }

hold 5
make_due
ok "what is due waits for who is at its tender, which is told" within 4 told busy
AS=clerk WHY='other things of the office go on' want 201 POST /api/v1/offices/3/needs "$need"
AS=approver IFM='*' WHY='the tender waits' want 503 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"取消"}'
is "$(sql "SELECT tries FROM linli.due WHERE id = '$due'")" 0 "waiting is no failure"
wait $!
sql "UPDATE linli.due SET done = NULL WHERE id = '$due'" >/dev/null
sql "BEGIN; SELECT 1 FROM linli.due WHERE id = '$due' FOR UPDATE; SELECT pg_sleep(4); COMMIT" >/dev/null &
until [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'")" = 1 ]; do sleep 0.05; done
AS=clerk WHY='who is at the deadline itself holds up no more' want 201 POST /api/v1/offices/3/needs "$need"
wait $!
done_now() { [ "$(sql "SELECT done IS NOT NULL FROM linli.due WHERE id = '$due'")" = t ]; }
ok "then it is done" within 10 done_now
stop_server

sql "DELETE FROM linli.due WHERE id = '$due'"
PORT='' UPLOAD_PORT=''
start_server --set database.lock_ms=5000 --set database.statement_ms=500
hold 4
make_due
ok "what takes too long is a failure, and told" within 4 told failed
ok "counted on its row" test "$(sql "SELECT tries FROM linli.due WHERE id = '$due'")" -ge 1
like "$(curl -s "$B/metrics" | grep '^linli_due_failed')" 'linli_due_failed *' "and in the metrics"
wait $!
ok "it is tried again, and done" within 15 done_now
stop_server
finish
