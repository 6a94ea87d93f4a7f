#!/bin/bash
# A second machine that does not confirm, and a database that says nothing: whoever asks is answered in time, that it is not safe
# yet or not known, and the same key asked again later brings what was meant, once.
. "$(dirname "$0")/lib.sh"
start_server --set database.statement_ms=2000
people
NEED='{"kind":"need","source":"resident","title":"助餐","body":"助餐","field":"elderly","beneficiaries":"老人","place":"本街道"}'
needs() { sql "SELECT count(*) FROM linli.need"; }
setting() { psql -X -q "$LINLI_TEST_SUPER_URL" -c "$1" -c 'SELECT pg_reload_conf()' >/dev/null; }
waits() { for _ in $(seq 50); do [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")" -ge "$1" ] && return; sleep 0.1; done; return 1; }

printf 'nobody will name it\n' >"$T/idle"
idle=$(sha256sum "$T/idle" | cut -d' ' -f1)
is "$(curl -s -o /dev/null -w '%{http_code}' -X PUT -H "Authorization: Bearer ${TOKEN[resident]}" -H 'Content-Type: application/octet-stream' \
    --data-binary "@$T/idle" "$UP/api/v1/blobs/$idle")" 201 "a file is brought"
sql "DELETE FROM linli.upload WHERE sha256 = '\x$idle'"
setting "ALTER SYSTEM SET synchronous_standby_names = 'second'"
for _ in $(seq 50); do [ "$(sql 'SHOW synchronous_standby_names')" = second ] && break; sleep 0.1; done
began=$SECONDS key=$(key)
KEY=$key AS=resident want 503 POST /api/v1/offices/3/needs "$NEED"
ok "it waits for the second machine, and not for ever ($((SECONDS - began)) s)" [ $((SECONDS - began)) -ge 5 -a $((SECONDS - began)) -le 25 ]
like "$(got .detail)" '*second machine*' "and says that it is not safe there yet"
like "$(header Retry-After)" '?*' "and when to ask again"
AS='' want 200 GET /api/v1/offices/3
is "$(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND now() - query_start > interval '25 seconds'")" 0 "nobody is left waiting"
# Housekeeping begins a minute after the start.
for _ in $(seq 90); do [ -e "$T/blobs/${idle:0:2}/$idle" ] || break; sleep 1; done
is "$(sql "SELECT count(*) FROM linli.blob WHERE sha256 = '\x$idle'") $(test -e "$T/blobs/${idle:0:2}/$idle"; echo $?)" '0 1' "a file goes with its row, confirmed there or not"
setting 'ALTER SYSTEM RESET synchronous_standby_names'
KEY=$key AS=resident want 201 POST /api/v1/offices/3/needs "$NEED"
is "$(needs)" 1 "once it is there again the same key brings the one need"

# A database that stands still: its processes, the one that lets in among them, hold their connections and say nothing.
backends="$(cat "$WITH_PG_DIR/pid") $(sql "SELECT string_agg(pid::text, ' ') FROM pg_stat_activity WHERE usename = 'linli' AND backend_type = 'client backend'")"
# shellcheck disable=SC2086
freeze() { kill "-$1" $backends; }
freeze STOP
began=$SECONDS key=$(key)
KEY=$key AS=resident want 503 POST /api/v1/offices/3/needs "$NEED"
ok "silence is answered too ($((SECONDS - began)) s)" [ $((SECONDS - began)) -le 25 ]
freeze CONT
for _ in $(seq 50); do KEY=$key AS=resident req POST /api/v1/offices/3/needs "$NEED"; [ "$STATUS" = 503 ] || break; sleep 0.2; done
is "$STATUS" 201 "and once it speaks again the same key works"
is "$(needs)" 2 "once"
stop_server
finish
