#!/bin/bash
# The stampede at a deadline (tests/api/stampede.py): every decision right, the closing lists exact; with the server killed two
# seconds before the deadline, and with the clock moved.  TENDERS, ORGANISATIONS, SECONDS_LONG and KINDS ("plain killed moved") say how much;
# `./dev soak deadline` takes 500 tenders, 40 bidders and a minute, and holds answers to 2 s at the 99th hundredth.
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$here/tests/api/award_lib.sh"
. "$here/tests/api/trust_lib.sh"
mkdir "$T/l"
cd "$T/l" || exit 2
linli keygen opener k0.key --name office --plain >k0.pub
linli keygen receipts receipts.key --name log.example/linli/receipts --plain >receipts.pub
signs log log --receipts receipts.key --opener k0.key --sandbox
ulimit -n 16384 2>/dev/null || true
LOGGED=(--set "trust.log_key=$(cat log.pub)" --set "trust.signer=$PWD/log.sock" --set "trust.folder=$PWD/out" --set trust.log_ms=200
    --set "trust.receipts_key=$(cat receipts.pub)" --set limits.requests_per_minute=1000000)
start_server "${LOGGED[@]}"
people
tenders=${TENDERS:-5} bidders=${ORGANISATIONS:-20} seconds=${SECONDS_LONG:-2} kinds=${KINDS:-killed moved}
for ((i = 0; i < bidders; i++)); do bidder "b$i" "社$i"; done
fund_of sub_threshold 90000000.00
entries=()
all_tenders=$((tenders * $(wc -w <<<"$kinds")))
AS=clerk req POST /api/v1/offices/3/lists '{"year":2030,"title":"清单"}'
list=$(got .id)
for ((i = 0; i < all_tenders; i++)); do
    AS=clerk req POST "/api/v1/lists/$list/entries" "{\"name\":\"助老服务$i\",\"department\":\"民政\",\"field\":\"养老\",\"beneficiaries\":\"老人\",\"place\":\"本街道\",\"budget\":\"1000.00\",\"budget_item\":\"2080299\",\"catalogue_code\":\"A0101\",\"regime\":\"sub_threshold\",\"method\":\"public_bidding\",\"planned_month\":12,\"term_months\":12,\"officer\":\"伊\"}"
    entries+=("$(got .id)")
done
AS=approver req GET "/api/v1/lists/$list/draft"
AS=approver IFM=$(etag) req POST "/api/v1/lists/$list/approve"
AS=clerk IFM=$(etag) req POST "/api/v1/lists/$list/publish"
day=40 next=0 seed=1

legal_now() { AS='' req GET /api/v1/clock; date -u -d "$(got .now)" +%s%6N; }
for ((i = 0; i < bidders; i++)); do printf '{"organisation":"%s","token":"%s"}\n' "${ORG[b$i]}" "${TOKEN[b$i]}"; done | jq -sc . >bidders.json
# Publishes the tenders of a round, all with one deadline: ids.
round_publish() { # deadline
    local i
    ids=()
    for ((i = 0; i < tenders; i++)); do
        AS=clerk req POST /api/v1/offices/3/tenders "{\"entry\":\"${entries[next]}\",\"summary\":\"需求\",\"scheme\":\"comprehensive_score\",\"options\":{\"tranches\":$TWO_PARTS},\"scheme_options\":{\"price_weight\":\"15%\",\"decimals\":3,\"criteria\":[{\"code\":\"technical\",\"name\":{\"zh\":\"技术\",\"en\":\"technical\"},\"weight\":\"85%\"}]},\"appropriation\":\"$APP\"}"
        next=$((next + 1))
        TENDER=$(got .id) TAG=$(etag)
        AS=approver IFM=$TAG req POST "/api/v1/tenders/$TENDER/publish" "{\"deadline\":\"$1\",\"confirm_unverified\":true}"
        [ "$STATUS" = 200 ] && ids+=("$TENDER")
    done
}
# A file of 4,096 bytes for each bid, as if its bidder had uploaded it.
round_files() { # count
    {
        echo 'BEGIN; CREATE TEMP TABLE b (n bigint, person uuid);'
        for ((i = 0; i < bidders; i++)); do echo "INSERT INTO b VALUES ($i, '${PERSON[b$i]}');"; done
        echo "INSERT INTO linli.blob (sha256, bytes, type) SELECT decode(lpad(to_hex(n), 64, '0'), 'hex'), 4096, 'application/json' FROM generate_series(0, $1 - 1) n ON CONFLICT DO NOTHING;
              INSERT INTO linli.upload (sha256, person_id, at) SELECT decode(lpad(to_hex(x), 64, '0'), 'hex'), b.person, now() FROM generate_series(0, $1 - 1) x JOIN b ON b.n = x % $bidders ON CONFLICT DO NOTHING;
              COMMIT;"
    } | psql -X -q "$LINLI_TEST_SUPER_URL" >/dev/null
}
round() { # kind
    local deadline legal count=$((tenders * bidders)) lead=$((seconds + 3)) helper='' move=0
    legal=$(legal_now)
    deadline=$(date -u -d "@$((legal / 1000000 + day * 86400))" +%FT%H:%M:00Z)
    round_publish "$deadline"
    is "${#ids[@]}" "$tenders" "$tenders tenders have one deadline ($1)"
    round_files "$count"
    clock_to "$(date -u -d "$deadline - $lead seconds" +%FT%H:%M:%SZ)"
    [ "$1" != moved ] || move=2
    jq -nc --slurpfile b bidders.json --argjson m "$move" --arg t "${ids[*]}" --arg c "${TOKEN[clerk]}" --argjson port "$PORT" --argjson due "$(date -u -d "$deadline" +%s%6N)" \
        --argjson seconds "$seconds" --argjson bids "$count" --argjson seed "$seed" \
        '{host:"127.0.0.1",port:$port,tenders:($t|split(" ")),bidders:$b[0],deadline_us:$due,seconds:$seconds,bids:$bids,clerk:$c,move_s:$m,seed:$seed}' >plan.json
    rm -f ready
    python3 "$here/tests/api/stampede.py" plan.json >figures 2>faults &
    helper=$!
    if [ "$1" = killed ]; then
        for ((i = 0; i < 300; i++)); do [ -e ready ] && break; sleep 0.1; done # it has read the clock, which a dead server does not tell
        legal=$(legal_now)
        sleep "$(awk -v d="$(date -u -d "$deadline" +%s%6N)" -v n="$legal" 'BEGIN { s = (d - n) / 1e6 - 2; print (s > 0 ? s : 0) }')"
        kill -9 "$SERVER_PID"; wait "$SERVER_PID" 2>/dev/null
        start_server "${LOGGED[@]}"
    fi
    wait "$helper"
    say "$1: $(cat figures)"
    sed "s|^|# |" faults
    is "$(jq -r '.wrong' figures)" 0 "every decision is right ($1)"
    is "$(jq -r '.bids - .taken - .late' figures)" 0 "every bid was decided ($1)"
    ok "some were late ($1)" [ "$(jq -r .late figures)" -gt 0 ]
    is "$(jq -r '.closing_wrong' figures)" 0 "the closing list of each tender is what was answered ($1)"
    [ -z "${P99_MS:-}" ] || [ "$1" = killed ] || ok "answers came within $P99_MS ms at the 99th hundredth ($1)" awk -v p="$(jq -r .p99_ms figures)" -v m="$P99_MS" 'BEGIN { exit p < m ? 0 : 1 }'
    seed=$((seed + 1))
}
for kind in $kinds; do round "$kind"; done
finish
