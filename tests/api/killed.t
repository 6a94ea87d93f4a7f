#!/bin/bash
# kill -9 of server (and so of the sequencer, a thread of it), signer, witness, a backend and the postmaster in turn, while bids and
# acts come in: nothing that was answered is lost, every receipt is true, and the log extends what was signed before.  CYCLES says
# how often (20; `./dev soak crash` 200).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
mkdir "$T/l"
cd "$T/l" || exit 2
signs_receipts
signs w1 witness --log "$(cat log.pub)"
LOGGED=(--set "trust.log_key=$(cat log.pub)" --set "trust.signer=$PWD/log.sock" --set "trust.folder=$PWD/out" --set trust.log_ms=20
    --set "trust.witnesses=$PWD/w1.sock" --set "trust.receipts_key=$(cat receipts.pub)")
start_server "${LOGGED[@]}"
people
bidder aa 甲社
bidder bb 乙社
fund_of sub_threshold 2000.00
entry_of sub_threshold public_bidding 1000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"
backend() { sql "SELECT pid FROM pg_stat_activity WHERE usename <> current_user AND backend_type = 'client backend' ORDER BY random() LIMIT 1"; }
files=()
for ((i = 0; i < 200; i++)); do
    who=aa; [ $((i % 2)) = 0 ] || who=bb
    text="{\"linli\":\"bid/1\",\"organisation\":\"${ORG[$who]}\",\"lot\":1,\"fields\":{\"price\":\"$((500 + i)).00\"}}"
    printf '%s' "$text" >bid && hash=$(sha256sum bid | cut -d' ' -f1)
    mkdir -p "$T/blobs/${hash:0:2}" && cp bid "$T/blobs/${hash:0:2}/$hash"
    files+=("$who $hash $(stat -c %s bid)")
done
printf '%s\n' "${files[@]}" | while read -r who hash bytes; do
    echo "INSERT INTO linli.blob (sha256, bytes, type) VALUES ('\\x$hash', $bytes, 'application/json') ON CONFLICT DO NOTHING;
          INSERT INTO linli.upload (sha256, person_id, at) VALUES ('\\x$hash', '${PERSON[$who]}', now()) ON CONFLICT DO NOTHING;"
done >load.sql
psql -X -q "$LINLI_TEST_SUPER_URL" -f load.sql
# Bids one after the other, without a rest; what was answered 201 is written down.
sender() {
    local i=0 who hash bytes
    while [ ! -e stop ]; do
        read -r who hash bytes <<<"${files[i % 200]}"
        i=$((i + 1))
        curl -s --max-time 10 -H "Authorization: Bearer ${TOKEN[$who]}" -H "Idempotency-Key: killed-$i-0123456789" -H 'Content-Type: application/json' \
            -d "{\"organisation\":\"${ORG[$who]}\",\"sha256\":\"$hash\",\"bytes\":$bytes}" "$B/api/v1/tenders/$TENDER/bids" |
            jq -c 'select(.id)' >>answered 2>/dev/null
        sleep 0.02
    done
}
# Acts of a clerk, each under a key of its own; what was answered 201 is written down.
clerk_acts() {
    local i=0
    while [ ! -e stop ]; do
        i=$((i + 1))
        curl -s --max-time 10 -H "Authorization: Bearer ${TOKEN[clerk]}" -H "Idempotency-Key: act-$i-0123456789" -H 'Content-Type: application/json' \
            -d "{\"kind\":\"need\",\"source\":\"department\",\"title\":\"助餐 $i\",\"body\":\"助餐\",\"field\":\"elderly\",\"beneficiaries\":\"老人\",\"place\":\"本街道\"}" \
            "$B/api/v1/offices/3/needs" | jq -c 'select(.id) | select(.status | type != "number")' >>acted 2>/dev/null
        sleep 0.05
    done
}
postmaster_again() {
    local i user=()
    [ "$(id -u)" != 0 ] || user=(setpriv --reuid=nobody --regid=nogroup --clear-groups env -C / HOME=/)
    for ((i = 0; i < 100; i++)); do
        "${user[@]}" "$(pg_config --bindir)/pg_ctl" -D "$WITH_PG_DIR/data" -l "$WITH_PG_DIR/log" -w -t 60 start >"$T/pg" 2>&1 \
            -o "-k $WITH_PG_DIR -c listen_addresses= -c fsync=off -c full_page_writes=off -c max_connections=100 -c shared_buffers=64MB" && break
        sleep 0.2
    done
    head -n 1 "$WITH_PG_DIR/data/postmaster.pid" >"$WITH_PG_DIR/pid"
}
sender &
SENDER=$!
clerk_acts &
CLERK=$!
cycles=${CYCLES:-20}
for ((c = 0; c < cycles; c++)); do
    sleep "0.$((RANDOM % 5 + 1))"
    case $((c % 5)) in
    0) kill -9 "$SERVER_PID"; wait "$SERVER_PID" 2>/dev/null; start_server "${LOGGED[@]}" ;;
    1) kill -9 "${SIGNER[log]}"; wait "${SIGNER[log]}" 2>/dev/null; signs_again log --receipts receipts.key ;;
    2) pid=$(backend) && [ -n "$pid" ] && kill -9 "$pid" 2>/dev/null
       for ((i = 0; i < 200; i++)); do sql 'SELECT 1' >/dev/null 2>&1 && break; sleep 0.1; done ;;
    4) kill -9 "$(cat "$WITH_PG_DIR/pid")"; postmaster_again ;;
    3) kill -9 "${SIGNER[w1]}"; wait "${SIGNER[w1]}" 2>/dev/null; signs_again w1 --log "$(cat log.pub)" ;;
    esac
    cp out/checkpoint "seen-$c" 2>/dev/null
done
sleep 2
touch stop
wait "$SENDER" "$CLERK"
ready 60
say "$cycles kills, $(wc -l <answered) bids answered, $(jq -c 'select(.receipt)' answered | wc -l) with a receipt at once"
jq -r .id acted | sort -u >told
sql "SELECT id FROM linli.need ORDER BY 1" | sort >kept
is "$(comm -23 told kept | wc -l)" 0 "none of $(wc -l <told) acts that were answered is lost"
sql "SELECT subject FROM linli.event_queue WHERE act = 'need_create' ORDER BY 1" | sort >events
is "$(diff kept events | wc -l)" 0 "each has its event, and none but these"
jq -r .id answered | sort -u >told
sql "SELECT id FROM linli.bid WHERE tender_id = '$TENDER' ORDER BY 1" | sort >kept
is "$(comm -23 told kept | wc -l)" 0 "no bid that was answered is lost"
sql "SELECT subject FROM linli.event_queue WHERE act = 'bid_submit' ORDER BY 1" | sort >events
is "$(diff kept events | wc -l)" 0 "each has its event"
false=0
while read -r line; do
    jq -j .receipt <<<"$line" >receipt
    linli verify --receipt receipt --receipts-key "$(cat receipts.pub)" >/dev/null 2>&1 || false=$((false + 1))
done < <(jq -c 'select(.receipt)' answered | shuf -n 40)
is "$false" 0 "receipts are true"
for ((i = 0; i < 200; i++)); do [ "$(sed -n 2p out/checkpoint)" = "$(sql "SELECT count(*) FROM linli.event_queue WHERE NOT sealed")" ] && break; sleep 0.1; done
wrong=0
for seen in seen-*; do
    [ -s "$seen" ] || continue
    linli verify --log out --log-key "$(cat log.pub)" --witness "$(cat w1.pub)" --quorum 0 --since "$seen" >checks 2>&1 || { wrong=$((wrong + 1)); sed 's/^/# /' checks; }
done
is "$wrong" 0 "the log extends every checkpoint that was seen"
is "$(sed -n 2p out/checkpoint)" "$(sql "SELECT count(*) FROM linli.event_queue WHERE NOT sealed")" "and has all that happened"
finish
