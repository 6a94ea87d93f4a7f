# Bids sealed to openers, for tests that source lib.sh, award_lib.sh and trust_lib.sh first.
#
#   serves_sealed               a server with a log and a signer that opens (K0), in the folder $T/l, which becomes the current one
#   upload LOGIN FILE           as people do; gives the digest
#   hand_in LOGIN FILE          uploaded and handed in for LOT_NO (1): BID[LOGIN]
#   openers_file                who opens the bids of TENDER, into openers; of two envelopes the price, into price-openers
#   k1_openers NAME [FILE]      two of three who open from UNTIL on, with keys NAME1.key .., signed by s1.key .. (made where they are missing), into
#                               FILE (openers)
#   set_openers SIGNERS [MINUTES]   the approver names those of openers; MINUTES: bidders keep a key (K2), and show it in so many after the deadline
#   k2_tender METHOD SCHEME OPTIONS SCHEME_OPTIONS   published with such openers: TENDER, UNTIL its deadline
#   containers LOGIN           an opener downloads what was closed, into got
#   promise_shares OPENER LOGIN, post_shares FILE LOGIN, opened_by_two   of what lies in got: the file sharesOPENER; the first two of three
#   registration LOGIN KEYFILE  what LOGIN's organisation registers that key with, as JSON
#   pass_deadline, open_when_logged     the clock; the act, asked until the closing is signed
#   when_logged METHOD PATH [BODY]      req, asked until the closing is signed
#   state_of LOGIN, reason_of LOGIN     of its bid
#   nowhere [CANARY]            where what must be nowhere is found: data folder, WAL, dump, blobs, logs, memory of server, signer, PostgreSQL
# shellcheck shell=bash disable=SC2154,SC2034
serves_sealed() {
    mkdir "$T/l"
    cd "$T/l" || exit 2
    linli keygen opener k0.key --name office --plain >k0.pub
    linli keygen receipts receipts.key --name log.example/linli/receipts --plain >receipts.pub
    signs log log --receipts receipts.key --opener k0.key --sandbox
    LOGGED=(--set "trust.log_key=$(cat log.pub)" --set "trust.signer=$PWD/log.sock" --set "trust.folder=$PWD/out" --set trust.log_ms=50
        --set "trust.receipts_key=$(cat receipts.pub)")
    start_server "${LOGGED[@]}"
}
upload() { # login file: as people do; gives the digest
    local digest
    digest=$(sha256sum "$2" | cut -d' ' -f1)
    curl -s -o "$T/body" -w '%{http_code}\n' -X PUT -H "Authorization: Bearer ${TOKEN[$1]}" -H 'Content-Type: application/octet-stream' \
        --data-binary "@$2" "$UP/api/v1/blobs/$digest" >put
    echo "$digest"
}
hand_in() { # login file
    local digest
    digest=$(upload "$1" "$2")
    AS=$1 req POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":${LOT_NO:-1},\"organisation\":\"${ORG[$1]}\",\"sha256\":\"$digest\",\"bytes\":$(stat -c %s "$2")}"
    BID[$1]=$(got .id)
}
registration() { # login key
    printf 'linli/bidder-key/v1\norganisation %s\n' "${ORG[$1]}" >to-register
    linli sign --key "$2.key" to-register >registered
    jq -nc --rawfile n registered --arg s "$(cat "$2.pub")" '{note:$n,signer:$s}'
}
openers_file() {
    AS='' req GET "/api/v1/tenders/$TENDER/openers"
    jq -j .note <<<"$BODY" >openers
    jq -j '.price_openers.note // empty' <<<"$BODY" >price-openers
}
pass_deadline() {
    AS='' req GET "/api/v1/lots/$LOT"
    clock_to "$(got .phase_due)"
    advance 1h
}
when_logged() {
    local i
    for ((i = 0; i < 100; i++)); do
        req "$@"
        [ "$STATUS" = 503 ] || break
        sleep 0.05
    done
}
# Asks until the closing is signed.
open_when_logged() {
    local i
    for ((i = 0; i < 100; i++)); do
        AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
        AS=clerk IFM=$(etag) req POST "/api/v1/tenders/$TENDER/open"
        [ "$STATUS" = 503 ] || break
        sleep 0.05
    done
}
state_of() { sql "SELECT state FROM linli.bid WHERE id = '${BID[$1]}'"; }
reason_of() { sql "SELECT void_reason FROM linli.bid WHERE id = '${BID[$1]}'"; }
until_of() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) + 40 days" +%FT02:00:00Z; }

k1_openers() { # name [file]
    local i
    for i in 1 2 3; do
        [ -s "$1$i.key" ] || linli keygen opener "$1$i.key" --name "开启人$i" --plain >"$1$i.pub"
        [ -s "s$i.key" ] || linli keygen witness "s$i.key" --name "opener$i.example" --plain >"s$i.pub"
    done
    linli openers --tender "$TENDER" --threshold 2 --not-before "$UNTIL" "$(cat "${1}1.pub")" "$(cat "${1}2.pub")" "$(cat "${1}3.pub")" >drafted
    mv drafted "${2:-openers}"
    for i in 1 2 3; do linli sign --key "s$i.key" "${2:-openers}" >signed && mv signed "${2:-openers}"; done
}
# What an opener's promise is posted as: signed with the key that signed the openers.
promise_body() { # opener promise-text [more members]
    printf '{"opener":%s,"promise":"%s","signature":"%s"%s}' "$1" "$(awk '$1 == "promise" {print $2}' "$2")" "$(linli sign --key "s$1.key" "$2" | tail -n 1)" "${3:-}"
}
set_openers() { # signers [minutes in which bidders show the keys they keep]
    AS=approver IFM=$TAG req POST "/api/v1/tenders/$TENDER/openers" \
        "$(jq -nc --rawfile n openers --arg s "$1" --argjson m "${2:-null}" '{note:$n,signers:$s} + if $m then {co_key_minutes:$m} else {} end')"
}
k2_tender() { # mechanism scheme mechanism-options scheme-options
    entry_of sub_threshold "$1" 800.00
    tender_of "$2" "$3" "$4"
    UNTIL=$(until_of)
    k1_openers o
    set_openers "$(cat s1.pub s2.pub s3.pub)" 30
    AS=approver req GET "/api/v1/tenders/$TENDER/draft"
    TAG=$(etag)
    publish "$UNTIL"
    openers_file
}
containers() { # login
    local digest
    rm -rf got && mkdir got
    AS=$1 req GET "/api/v1/tenders/$TENDER/closing"
    for digest in $(got '.items[].sha256'); do
        curl -s -H "Authorization: Bearer ${TOKEN[$1]}" -o "got/$digest" "$B/api/v1/tenders/$TENDER/containers/$digest"
    done
}
promise_shares() { # opener login: its share file, and its promise
    rm -f "shares$1" "shares$1.promise"
    linli share --sandbox --openers openers --key "o$1.key" -o "shares$1" ${MOVED:+--deadline="$MOVED"} got/* >promised
    AS=$2 when_logged POST "/api/v1/tenders/$TENDER/promises" "$(promise_body "$1" "shares$1.promise")"
}
post_shares() { # file login
    AS=$2 req POST "/api/v1/tenders/$TENDER/shares" "$(jq -nc --rawfile s "$1" '{shares:$s}')"
}
opened_by_two() {
    for i in 1 2; do promise_shares $i supervisor; done
    for i in 1 2; do post_shares "shares$i" supervisor; done
}
nowhere() { # gives how often, and where, the canary is found
    pg_dump -d "$LINLI_TEST_SUPER_URL" >dump.sql 2>/dev/null
    # shellcheck disable=SC2046
    python3 "$here/tests/api/canary.py" "${1:-$canary}" "$WITH_PG_DIR" dump.sql "$T/blobs" "$T/log" "$T/out" "$T/state" out log.state log.err "pid:$SERVER_PID" "pid:${SIGNER[log]}" \
        $(sed 's/[0-9][0-9]*/pid:&/g' "/proc/$(cat "$WITH_PG_DIR/pid")/task/$(cat "$WITH_PG_DIR/pid")/children") >canary.out
    awk '$1 > 0' canary.out
}
