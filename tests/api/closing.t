#!/bin/bash
# A deadline is closed exactly: what came in before it is in, however slow the database and however still the server; a
# server that is gone is waited for until its lease ends; two servers on one database.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
mkdir "$T/keys"
cd "$T/keys" || exit 2
signs_receipts
start_server --set limits.bids_waiting=2
people
bidder aa 甲社
bidder bb 乙社
bidder cc 丙社
DRAFT='{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'

# next_tender DAYS: a call open for bids, its deadline in so many days from now; leaves TENDER, LOT, DEADLINE.
next_tender() {
    fund_of sub_threshold 300000.00
    entry_of sub_threshold public_bidding 100000.00
    tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$DRAFT"
    DEADLINE=$(date -u -d "+$1 days" +%FT02:00:00Z)
    publish "$DEADLINE"
}
# before SECONDS: moves legal time to so long before the deadline.
before() { clock_to "$(date -u -d "$DEADLINE - $1 seconds" +%FT%TZ)"; }
legal() { curl -s "$B/api/v1/clock" | jq -r .now; }
passed() { local now; now=$(legal); [[ ${now%Z} > ${DEADLINE%Z} ]]; }
until_passed() { for _ in $(seq 100); do passed && return; sleep 0.1; done; return 1; }
# closed_within SECONDS
closed_within() {
    local i
    for ((i = 0; i < $1 * 5; i++)); do [ "$(phase)" != bidding ] && return; sleep 0.2; done
    return 1
}
body_of() { # login price: uploads the file, leaves the body of the bid in TEXT
    local text hash
    text="{\"linli\":\"bid/1\",\"organisation\":\"${ORG[$1]}\",\"lot\":1,\"fields\":{\"price\":\"$2\"}}"
    hash=$(brought "$1" "$text")
    TEXT="{\"lot\":1,\"organisation\":\"${ORG[$1]}\",\"sha256\":\"$hash\",\"bytes\":$(printf '%s' "$text" | wc -c)}"
}
send() { # descriptor login text
    printf 'POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
        "/api/v1/tenders/$TENDER/bids" "${TOKEN[$2]}" "$(key)" "${#3}" "$3" >&"$1"
}
answer() { # descriptor: first line
    local line=''
    read -r -t 40 -u "$1" line
    tr -d '\r' <<<"$line"
}

# ---- one account does not fill the queue ----
next_tender 20
body_of aa 90000.00
psql -X -q "$LINLI_TEST_SUPER_URL" -c 'BEGIN; LOCK TABLE linli.bid IN SHARE MODE; SELECT pg_sleep(4); COMMIT' >/dev/null &
slow=$!
until [ "$(sql "SELECT count(*) FROM pg_locks WHERE relation = 'linli.bid'::regclass AND mode = 'ShareLock' AND granted")" = 1 ]; do sleep 0.05; done
sent=()
for i in $(seq 20); do
    curl -s -D "$T/crowd$i" -o "$T/answer$i" --max-time 40 -H "Authorization: Bearer ${TOKEN[aa]}" -H "Idempotency-Key: $(key)" -H 'Content-Type: application/json' \
        -d "$TEXT" "$B/api/v1/tenders/$TENDER/bids" &
    sent+=($!)
done
wait "${sent[@]}" "$slow"
codes=$(head -qn 1 "$T"/crowd* | cut -d' ' -f2 | sort | uniq -c | awk '{ printf "%s ", $2 }')
is "$codes" "201 429 " "beyond two that wait, an account's bids are refused at once, and the others are taken in"
is "$(jq -r .type "$T"/answer* | grep -c '/rate/exceeded$') $(grep -li '^retry-after: 1' "$T"/crowd* | wc -l)" "$(grep -l ' 429 ' "$T"/crowd* | wc -l) $(grep -l ' 429 ' "$T"/crowd* | wc -l)" "by a problem that says when to come again"
ok "two waited while one was written" [ "$(grep -l ' 201 ' "$T"/crowd* | wc -l)" -ge 3 ]
is "$(sql "SELECT count(*) FROM linli.bid WHERE tender_id = '$TENDER'")" "$(grep -l ' 201 ' "$T"/crowd* | wc -l)" "and each that was answered is there"

# ---- a slow database ----
next_tender 40
body_of aa 90000.00
before 2
psql -X -q "$LINLI_TEST_SUPER_URL" -c 'BEGIN; LOCK TABLE linli.bid IN SHARE MODE; SELECT pg_sleep(8); COMMIT' >/dev/null &
slow=$!
sleep 0.5
exec 6<>"/dev/tcp/127.0.0.1/$PORT"
send 6 aa "$TEXT"
ok "the deadline passes" until_passed
sleep 2.5
is "$(phase)" bidding "the closing waits for a bid that came in time"
is "$(sql "SELECT count(*) FROM linli.bid WHERE tender_id = '$TENDER'")" 0 "which is not written yet"
like "$(answer 6)" 'HTTP/1.1 201*' "the bid is taken long after the deadline"
wait "$slow"
ok "then it is closed" closed_within 10
is "$(sql "SELECT count(*) FROM linli.bid WHERE tender_id = '$TENDER' AND received < '$DEADLINE'")" 1 "with the bid, which came in time"
exec 6<&-
body_of bb 91000.00
AS=bb want 409 POST "/api/v1/tenders/$TENDER/bids" "$TEXT"
is "$(problem)" bid/after-deadline "the next is late"
is "$(sql "SELECT count(*) || ' ' || min(payload::json ->> 'bids') || ' ' || bool_and(at >= '$DEADLINE') FROM linli.event_queue WHERE tender_id = '$TENDER' AND act = 'bids_closed'")" \
    "1 1 true" "what came in is closed with a list in the log, though nobody is named who opens"
AS=clerk req GET "/api/v1/tenders/$TENDER/closing"
is "$STATUS $(got '.items | length')" "200 0" "which tells nobody of the office how many there are before they are opened"
like "$(sql "SELECT payload FROM linli.event_queue WHERE tender_id = '$TENDER' AND act = 'lot_phase'")" \
    "*\"done\":\"*\"due\":\"$DEADLINE\"*" "the record has the deadline, and when it was acted on"

# ---- a server that stands still, its bytes unread ----
one=$SERVER_PID first=$PORT first_uploads=$UPLOAD_PORT
PORT='' UPLOAD_PORT=''
mkdir "$T/two"
T_ONE=$T T=$T/two
ln -s "$T_ONE/blobs" "$T/blobs"
start_server --set "trust.signer=$PWD/log.sock" --set "trust.receipts_key=$(cat receipts.pub)"
two=$SERVER_PID second=$PORT
T=$T_ONE SERVER_PID=$one PORT=$first UPLOAD_PORT=$first_uploads B=http://127.0.0.1:$first
trap 'kill -CONT "$two" 2>/dev/null; kill -TERM "$two" 2>/dev/null; kill "${SIGNER[@]}" 2>/dev/null; cleanup' EXIT
for _ in $(seq 50); do
    [ "$(sql 'SELECT count(*) FROM linli.node')" = 2 ] && break
    sleep 0.1
done
is "$(sql 'SELECT count(*) FROM linli.node')" 2 "two servers on one database"
next_tender 80
body_of bb 91000.00
early=$TEXT
body_of aa 90000.00
before 2
exec 6<>"/dev/tcp/127.0.0.1/$second" 7<>"/dev/tcp/127.0.0.1/$second"
send 7 aa "${TEXT%?}" # its last byte comes too late
sleep 0.5
kill -STOP "$two"
send 6 bb "$early"
ok "the deadline passes" until_passed
sleep 0.5
printf '%s' "${TEXT: -1}" >&7
sleep 1
is "$(phase)" bidding "the first server waits for the second, which stands still"
kill -CONT "$two"
like "$(answer 6)" 'HTTP/1.1 201*' "what lay there unread before the deadline is in"
like "$(answer 7)" 'HTTP/1.1 4*' "what ended after it is not"
ok "then it is closed" closed_within 10
is "$(sql "SELECT string_agg(organisation_id::text, ' ') FROM linli.bid WHERE tender_id = '$TENDER' AND received < '$DEADLINE'")" "${ORG[bb]}" "with one bid"
exec 6<&- 7<&-

# ---- a server that does not come back in time ----
next_tender 120
before 2
body_of cc 92000.00
exec 6<>"/dev/tcp/127.0.0.1/$second"
kill -STOP "$two"
send 6 cc "$TEXT"
stood=$SECONDS
ok "the deadline passes" until_passed
ok "its lease ends, and the closing goes on" closed_within 25
took=$((SECONDS - stood))
ok "after the lease of ten seconds, not before ($took s)" test "$took" -ge 9
kill -CONT "$two"
like "$(answer 6)" 'HTTP/1.1 409*' "what it still had comes too late"
told=$(timeout 3 cat <&6)
like "$told" '*按时到达*' "and is told that it was in time, and why it is not in"
signed='*"receipt":"linli/fault/v1\\n*\\nreason bid/after-deadline\\n*'
# A machine so busy that the signer was not heard within its second gives none, and says so.
[[ $told == *'"receipt":null'* ]] && grep -q signer/away "$T/two/log" && signed='*"receipt":null*'
like "$told" "$signed" "which is signed, as a fault that is not the bidder's"
exec 6<&-
is "$(sql 'SELECT count(*) FROM linli.node')" 2 "it is back"
kill -TERM "$two"
wait "$two"
is "$? $(sql 'SELECT count(*) FROM linli.node')" "0 1" "a server that stops gives its lease back"

# ---- acts count as done when they came ----
next_tender 160
body_of aa 90000.00
AS=aa want 201 POST "/api/v1/tenders/$TENDER/bids" "$TEXT"
bid=$(got .id)
before 1
psql -X -q "$LINLI_TEST_SUPER_URL" -c "BEGIN; SELECT 1 FROM linli.bid WHERE id = '$bid' FOR UPDATE; SELECT pg_sleep(1.7); COMMIT" >/dev/null &
sleep 0.2
AS=aa want 200 POST "/api/v1/bids/$bid/withdraw"
ok "an act that waited over the deadline" passed
is "$(sql "SELECT withdrawn < '$DEADLINE' FROM linli.bid WHERE id = '$bid'")" t "is dated when it came"
wait $!
ok "then it is closed" closed_within 10

# ---- the drain ----
stop_server
sql "DELETE FROM linli.setting"
PORT='' UPLOAD_PORT=''
PRODUCTION=1 start_server --set server.drain_ms=2500
sql "UPDATE linli.due SET done = now() WHERE done IS NULL;
     INSERT INTO linli.due (office_id, id, at, act, subject) VALUES (3, '00000003-0000-8000-8000-0000000000d1', now(), 'lot_phase', gen_random_uuid())"
sleep 1.2
is "$(sql 'SELECT tries FROM linli.due WHERE done IS NULL')" 0 "nothing is acted on before the drain is over"
tried() { for _ in $(seq 40); do [ "$(sql 'SELECT tries FROM linli.due WHERE done IS NULL')" -gt 0 ] && return; sleep 0.2; done; return 1; }
ok "and soon after it" tried

# ---- what only a sandbox has, the pages of a real one have not ----
. "$here/tests/web/lib.sh"
printf 'clerk\tlinli-portal-1\t街道经办\tThe clerk\n' >"$T/people"
PORTAL_OPTIONS=(--people "$T/people")
start_portal
page /zh/login
like "$CODE $TEXT" '200 *登录*' "the pages of a real one"
ok "no log-in by one click, and no clock" none '街道经办|沙盒|name="advance"'
AS='' req GET /api/v1/clock
is "$(got .sandbox)" false "its clock is the real one"
post /zh/sandbox advance=7d next=/
is "$CODE" 404 "nobody moves it"
stop_portal
stop_server
finish
