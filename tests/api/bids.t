#!/bin/bash
# Bid intake: who may, until when, once; receipts; secrecy of what is sealed.
. "$(dirname "$0")/lib.sh"
start_server
people
org=$(organisation 甲社)
org2=$(organisation 乙社)
member ma "$org"
member mb "$org2"
tender=00000003-0000-8000-8000-000000000001
lot=00000003-0000-8000-8000-000000000002
deadline=$(date -u -d '+30 days' +%FT%H:%M:00Z)
sql "INSERT INTO linli.tender (office_id, id, title, summary, category, regime, mechanism, scheme, options, scheme_options, budget_fen,
       state, sealing, published, deadline, created, created_by, plan)
     VALUES (3, '$tender', '养老服务', '', 'services', 'statutory', 'public_bidding', 'comprehensive_score', '{}', '{}', 50000000,
       'bidding', 'sealed_to_opening', now(), '$deadline', now(), '${PERSON[clerk]}',
       '{\"phases\":[{\"code\":\"bidding\",\"may\":{\"organisation\":[\"submit\"]}}]}');
     INSERT INTO linli.lot (office_id, id, tender_id, no, title, budget_fen, phase, phase_kind, state)
     VALUES (3, '$lot', '$tender', 1, '包1', 50000000, 'bidding', 'tendering', 'bidding')"
h1=$(brought ma one) h2=$(brought ma second) h3=$(brought mb third)
body() { echo "{\"lot\":1,\"organisation\":\"$1\",\"sha256\":\"$2\",\"bytes\":$3}"; }
P=/api/v1/tenders/$tender/bids

AS='' want 401 POST "$P" "$(body "$org" "$h1" 3)"
AS=ma KEY=none want 400 POST "$P" "$(body "$org" "$h1" 3)"
is "$(problem)" idempotency/missing "a bid needs a key"
AS=ma KEY=short want 400 POST "$P" "$(body "$org" "$h1" 3)"
AS=clerk want 403 POST "$P" "$(body "$org" "$h1" 3)"
AS=mb want 403 POST "$P" "$(body "$org" "$h1" 3)"
is "$(problem)" bid/not-yours "nobody bids for others"
AS=ma want 422 POST "$P" "$(body "$org" "${h1%?}g" 3)"
AS=ma want 404 POST "$P" "$(body "$org" "$(printf x | sha256sum | cut -d' ' -f1)" 3)"
is "$(problem)" blob/absent "the file comes first"
AS=ma want 422 POST "$P" "$(body "$org" "$h1" 4)"
is "$(problem)" blob/mismatch "its size is checked"
AS=ma want 404 POST "$P" "{\"lot\":2,\"organisation\":\"$org\",\"sha256\":\"$h1\",\"bytes\":3}"
AS=ma want 404 POST "/api/v1/tenders/00000003-0000-8000-8000-00000000000f/bids" "$(body "$org" "$h1" 3)"
AS=ma want 409 POST "$P" "{\"sha256\":\"$h1\",\"bytes\":3}"
is "$(problem)" bid/not-entitled "no proposals of residents here"
AS=ma want 422 POST "$P" "{\"lot\":1,\"organisation\":\"$org\",\"sha256\":\"$h1\",\"bytes\":3,\"price\":\"1.00\"}"
is "$(got '.errors[0].code')" unknown "an unknown member is refused"
AS=ma want 400 POST "$P" "{\"lot\":1,\"lot\":1,\"organisation\":\"$org\",\"sha256\":\"$h1\",\"bytes\":3}"
AS=ma want 413 POST "$P" "{\"lot\":1,$(printf '%5000s' '')\"sha256\":\"$h1\",\"bytes\":3}"
is "$(sql 'SELECT count(*) FROM linli.bid')" 0 "nothing of it was written"

before=$(AS='' req GET "/api/v1/tenders/$tender"; echo "$BODY $(etag)")
k=$(key)
AS=ma KEY=$k want 201 POST "$P" "$(body "$org" "$h1" 3)"
receipt=$BODY bid=$(got .id)
is "$(got .sha256)" "$h1" "the receipt names the file"
is "$(got .deadline)" "$deadline" "and the deadline"
like "$(header Location)" "/api/v1/bids/$bid" "Location tells where it is"
AS=ma KEY=$k want 201 POST "$P" "$(body "$org" "$h1" 3)"
is "$BODY" "$receipt" "the same request gets the same answer"
is "$(header Idempotent-Replayed)" true "and says so"
AS=ma KEY=$k want 422 POST "$P" "$(body "$org" "$h2" 6)"
is "$(problem)" idempotency/other-body "the key is for one body"
is "$(sql 'SELECT count(*) FROM linli.bid')" 1 "one bid"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE act = 'bid_submit' AND sealed")" 1 "one sealed event"

# Another's bid cannot be found by trying what may be in it: to who did not bring the file it is as absent as any, and who
# brings the same is answered as if it were the first.
guess=$(printf one | sha256sum | cut -d' ' -f1) miss=$(printf none | sha256sum | cut -d' ' -f1)
for bytes in 1 3; do
    AS=mb want 404 POST "$P" "$(body "$org2" "$guess" "$bytes")"
    said=$BODY
    AS=mb want 404 POST "$P" "$(body "$org2" "$miss" "$bytes")"
    is "$BODY" "$said" "a guess that is right answers as one that is wrong"
done
seen() { AS=mb BASE=$UP TYPE=application/octet-stream req PUT "/api/v1/blobs/$1" "$2"; echo "$STATUS ${BODY//$1/HASH}"; }
is "$(seen "$guess" one)" "$(seen "$(printf eno | sha256sum | cut -d' ' -f1)" eno)" "so does bringing it"
AS=mb want 201 POST "$P" "$(body "$org2" "$guess" 3)"
AS=ma want 201 POST "$P" "$(body "$org" "$h2" 6)"
is "$(sql "SELECT string_agg(state, ',' ORDER BY received) FROM linli.bid WHERE organisation_id = '$org'")" replaced,sealed "a new one replaces the old"
AS=mb want 201 POST "$P" "$(body "$org2" "$h3" 5)"
is "$(AS='' req GET "/api/v1/tenders/$tender"; echo "$BODY $(etag)")" "$before" "the public sees no difference"

# Many at once, from both loops, some of them the same bidder: every answer is right, one bid lives.
for i in $(seq 24); do
    brought "$([ $((i % 2)) = 1 ] && echo mb || echo ma)" "many $i" >"$T/h$i"
done
say "24 at once"
for i in $(seq 24); do
    t=mb o=$org2
    [ $((i % 2)) = 1 ] || t=ma o=$org
    curl -s --retry 8 -o "$T/r$i" -w '%{http_code}\n' -H "Authorization: Bearer ${TOKEN[$t]}" -H "Idempotency-Key: $(key)" \
        -H 'Content-Type: application/json' -d "$(body "$o" "$(cat "$T/h$i")" $((5 + ${#i})))" "$B$P" >"$T/s$i" &
    pids[i]=$!
done
wait "${pids[@]}"
is "$(cat "$T"/s[0-9]* | sort | uniq -c | tr -s ' ')" " 24 201" "all were taken"
is "$(sql "SELECT count(*) FROM linli.bid WHERE withdrawn IS NULL AND replaced_by IS NULL")" 2 "one of each lives"

# What arrived earlier and is written later replaces nothing: the order of arrival counts, and that of the log in a tie.
in_order() {
    sql "SELECT bool_and(replaced_by IS NOT DISTINCT FROM next AND (state = 'replaced') = (next IS NOT NULL)) FROM (
             SELECT b.state, b.replaced_by, lead(b.id) OVER (PARTITION BY b.organisation_id ORDER BY b.received, e.id) AS next
             FROM linli.bid b JOIN linli.event_queue e ON e.office_id = 3 AND e.subject = b.id AND e.act = 'bid_submit') x"
}
written() { # event at: a bid of ma, as the intake of another loop writes it
    sql "SELECT status FROM linli.bid_intake(ARRAY[gen_random_uuid()], ARRAY['$1'::uuid], ARRAY[repeat('ab', 32)], ARRAY['token'],
             ARRAY[encode(sha256('${TOKEN[ma]}'::bytea), 'hex')], ARRAY[''], ARRAY['$(key)'], ARRAY[repeat('00', 32)], ARRAY[3], ARRAY['$tender'::uuid],
             ARRAY[1], ARRAY['$org'::uuid], ARRAY['$h1'], ARRAY[3::bigint], ARRAY[$2], now(), (now() AT TIME ZONE 'Asia/Shanghai')::date, 20, 50)"
}
is "$(in_order)" t "each is replaced by the next that arrived"
last="(SELECT max(received) FROM linli.bid WHERE organisation_id = '$org')"
lives() { sql "SELECT id FROM linli.bid WHERE organisation_id = '$org' AND withdrawn IS NULL AND replaced_by IS NULL"; }
was=$(lives)
is "$(written 10000000-0000-4000-8000-000000000001 "$last - interval '1 microsecond'") $(in_order) $(lives)" " t $was" "one that came before the last is written as replaced"
is "$(written 00000000-0000-4000-8000-000000000002 "$last") $(in_order) $(lives)" " t $was" "so is one of the same microsecond that the log tells of before it"
is "$(written ffffffff-0000-4000-8000-000000000003 "$last") $(in_order) $([ "$(lives)" != "$was" ] && echo new)" " t new" "one that the log tells of after it replaces it"
sql "UPDATE linli.bid SET withdrawn = now(), state = 'withdrawn' WHERE id = '$(lives)'"
is "$(written 20000000-0000-4000-8000-000000000004 "$last - interval '2 microseconds'")$(lives)" "" "nor does a withdrawn one give way to what came before it"

# The closer holds the lock for a while: the bid waits and is taken; nobody else waits.
psql -X -q "$LINLI_TEST_SUPER_URL" -c "BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('$tender', 23)); SELECT pg_sleep(1); COMMIT" >/dev/null &
sleep 0.3
AS=ma want 201 POST "$P" "$(body "$org" "$h2" 6)"
wait $!

# One file from two bidders in one turn of a loop, since both wait for the same lock: neither learns of the other.
both=0
for i in 1 2 3 4; do
    same=$(brought ma "same $i")
    brought mb "same $i" >/dev/null
    psql -X -q "$LINLI_TEST_SUPER_URL" -c "BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('$tender', 23)); SELECT pg_sleep(0.5); COMMIT" >/dev/null &
    pids=($!)
    sleep 0.2
    for t in "ma $org" "mb $org2"; do
        curl -s -o /dev/null -w '%{http_code}\n' -H "Authorization: Bearer ${TOKEN[${t% *}]}" -H "Idempotency-Key: $(key)" \
            -H 'Content-Type: application/json' -d "$(body "${t#* }" "$same" 6)" "$B$P" >"$T/same-${t% *}" &
        pids+=($!)
    done
    wait "${pids[@]}"
    [ "$(sort "$T/same-ma" "$T/same-mb" | tr '\n' ' ')" = '201 201 ' ] && both=$((both + 1))
done
is "$both" 4 "of two identical files both are taken"

# The deadline is exact: what counts is the last byte.
send() { # descriptor key text: the head, and the body but for its last byte
    printf 'POST %s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
        "$P" "${TOKEN[ma]}" "$2" "${#3}" "${3%?}" >&"$1"
}
text=$(body "$org" "$h1" 3)
advance 29d
exec 6<>"/dev/tcp/127.0.0.1/$PORT" 7<>"/dev/tcp/127.0.0.1/$PORT"
send 6 "$(key)" "$text"
send 7 "$(key)" "$text"
printf '%s' "${text: -1}" >&6
read -r -t 10 -u 6 line
like "$line" 'HTTP/1.1 201*' "a bid whose last byte came in time is in"
advance 2d
printf '%s' "${text: -1}" >&7
read -r -t 10 -u 7 line
like "$line" 'HTTP/1.1 409*' "one that began in time and ended late is not"
exec 6<&- 7<&-
AS=ma want 409 POST "$P" "$(body "$org" "$h2" 6)"
is "$(problem)" bid/after-deadline "late is late"
like "$(got .detail)" "*${deadline}*" "the deadline is told"
AS=ma KEY=$k want 201 POST "$P" "$(body "$org" "$h1" 3)"
is "$BODY" "$receipt" "a receipt can be asked for again, late too"
stop_server
is "$SERVER_CODE" 0 "SIGTERM ends it well"
finish
