#!/bin/bash
# kill -9 in the middle of bids and acts: what was acknowledged is there, what was not can be asked again and is done
# once.
. "$(dirname "$0")/lib.sh"
start_server
people
tender=00000003-0000-8000-8000-000000000001
sql "INSERT INTO linli.tender (office_id, id, title, summary, category, regime, mechanism, scheme, options, scheme_options, budget_fen,
       state, sealing, published, deadline, created, created_by, plan)
     VALUES (3, '$tender', '养老服务', '', 'services', 'statutory', 'public_bidding', 'comprehensive_score', '{}', '{}', 50000000,
       'bidding', 'sealed_to_opening', now(), now() + interval '30 days', now(), '${PERSON[clerk]}', '{\"phases\":[]}')"
for n in $(seq 20); do
    sql "INSERT INTO linli.lot (office_id, id, tender_id, no, title, budget_fen, phase, phase_kind, state)
         VALUES (3, gen_random_uuid(), '$tender', $n, '包', 100, 'bidding', 'tendering', 'bidding')"
done
for n in $(seq 10); do
    org[n]=$(organisation "社$n")
    member "m$n" "${org[n]}"
done
sql "INSERT INTO linli.blob (sha256, bytes, type) SELECT sha256(('file ' || i)::bytea), 10, 'text/plain' FROM generate_series(1, 200) i"
for n in $(seq 10); do
    sql "INSERT INTO linli.upload (sha256, person_id, at) SELECT sha256(('file ' || i)::bytea), '${PERSON[m$n]}', now()
         FROM generate_series(($n - 1) * 20 + 1, $n * 20) i"
done
for n in $(seq 10); do
    for lot in $(seq 20); do
        i=$(((n - 1) * 20 + lot))
        echo "${TOKEN[m$n]} bid-key-number-$i {\\\"lot\\\":$lot,\\\"organisation\\\":\\\"${org[n]}\\\",\\\"sha256\\\":\\\"$(printf 'file %d' "$i" | sha256sum | cut -d' ' -f1)\\\",\\\"bytes\\\":10} $i"
    done
done >"$T/bids"
for i in $(seq 40); do echo "${TOKEN[root]} act-key-number-$i {\\\"login\\\":\\\"crash$i\\\",\\\"name\\\":\\\"某\\\"} a$i"; done >"$T/acts"
hand() { # file path: answers in T/got-<n>
    # shellcheck disable=SC2016
    xargs -P 16 -L 1 bash -c 'curl -s -o "$0/got-$5" -w "$5 %{http_code}\n" --max-time 20 -H "Authorization: Bearer $2" -H "Idempotency-Key: $3" -H "Content-Type: application/json" -d "$4" "$1"' "$T" "$B$2" <"$1"
}
: >"$T/first"
(hand "$T/bids" "/api/v1/tenders/$tender/bids" >"$T/first"; true) &
bids=$!
(hand "$T/acts" /api/v1/people >"$T/first-acts"; true) &
acts=$!
for i in $(seq 100); do
    [ "$(grep -c ' 201$' "$T/first")" -ge 40 ] && break
    sleep 0.02
done
kill -9 "$SERVER_PID"
wait $bids $acts
wait "$SERVER_PID" 2>/dev/null
SERVER_PID=''
taken=$(grep -c ' 201$' "$T/first") some=$(grep -c ' 201$' "$T/first-acts")
say "$taken of 200 bids and $some of 40 acts were answered before the end"
ok "it was in the middle" [ "$taken" -lt 200 ]
grep ' 201$' "$T/first" | while read -r n _; do jq -r .id "$T/got-$n"; done | sort >"$T/acknowledged"
sql 'SELECT id FROM linli.bid' | sort >"$T/there"
is "$(comm -23 "$T/acknowledged" "$T/there")" "" "every bid that was acknowledged is there"

start_server
mkdir -p "$T/before" && cp "$T"/got-* "$T/before/" 2>/dev/null
hand "$T/bids" "/api/v1/tenders/$tender/bids" >"$T/second"
hand "$T/acts" /api/v1/people >"$T/second-acts"
is "$(grep -c ' 201$' "$T/second") $(grep -c ' 201$' "$T/second-acts")" "200 40" "asked again, all is done"
is "$(sql 'SELECT count(*), count(DISTINCT (organisation_id, lot_no)) FROM linli.bid')" "200|200" "once"
is "$(sql "SELECT count(*) FROM linli.event_queue WHERE act = 'bid_submit'") $(sql "SELECT count(*) FROM linli.person WHERE login LIKE 'crash%'") $(sql "SELECT count(*) FROM linli.event_queue WHERE act = 'person_create' AND subject IN (SELECT id FROM linli.person WHERE login LIKE 'crash%')")" "200 40 40" "with one event each"
differ=$(grep ' 201$' "$T/first" | while read -r n _; do cmp -s "$T/before/got-$n" "$T/got-$n" || echo "$n"; done)
is "$differ" "" "and what was answered before is answered the same"
finish
