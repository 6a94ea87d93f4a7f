# Sourced by run: what the log and receipts cost a bid. A second server on the same database, with a signer of its own, is
# measured in turn with the one that has neither: the ratio is of rates, and of all CPU a bid.
# shellcheck shell=bash disable=SC2154,SC2016
w4_stop() {
    local pid
    for pid in ${w4_server:-} ${w4_signer:-}; do
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
    w4_server='' w4_signer=''
}
w4_start() {
    local folder=$work/trust
    mkdir -p "$folder/out"
    "$binary" keygen log "$folder/log.key" --name log.example/linli --plain >"$folder/log.pub"
    "$binary" keygen receipts "$folder/receipts.key" --name log.example/linli/receipts --plain >"$folder/receipts.pub"
    "$binary" signer --key "$folder/log.key" --receipts "$folder/receipts.key" --state "$folder/state" --new --socket "$folder/sock" >"$folder/signer.log" 2>&1 &
    w4_signer=$!
    while [ ! -S "$folder/sock" ]; do sleep 0.1; done
    w4_port=$((port + 1))
    "$binary" serve --set "database.url=$LINLI_DATABASE_URL" --set "server.listen=127.0.0.1:$w4_port" --set "server.uploads=" \
        --set "plugins.state=$work/plugins4" --set "blobs.folder=$work/blobs" --set limits.requests_per_minute=10000000 --set log.level=warn \
        --set "trust.log_key=$(cat "$folder/log.pub")" --set "trust.signer=$folder/sock" --set "trust.folder=$folder/out" \
        --set "trust.receipts_key=$(cat "$folder/receipts.pub")" >"$work/server4.log" 2>&1 &
    w4_server=$!
    for _ in $(seq 100); do
        curl -sf "http://127.0.0.1:$w4_port/readyz" >/dev/null && return
        sleep 0.1
    done
    cat "$work/server4.log" >&2
    exit 70
}
# Rate, p50, p99, CPU of server, of PostgreSQL, bad, CPU of all but the signer; then that of the signer.
w4_run() { # port pid clients
    local port=$1 server=$2 signer
    signer=$(cpu_us "$w4_signer")
    run_wrk w3 "$3" >"$work/w4.out"
    awk -v cpu=$(($(cpu_us "$w4_signer") - signer)) '/^BENCH/ { print cpu / $2 }' "$work/out" | paste -d' ' "$work/w4.out" -
}
w4_table() { # what the tenders are
    local round c
    for round in $(seq "$rounds"); do
        for c in ${clients//,/ }; do
            echo "round $round of $rounds: $1 bids with $c clients, without and with log and receipts"
            w4_run "$port" "$server" "$c" >>"$work/plain.$1.$c"
            w4_run "$w4_port" "$w4_server" "$c" >>"$work/trust.$1.$c"
        done
    done
    printf '%-7s %7s %9s %9s %6s %7s  %s\n' bids clients plain/s logged/s ratio by_cpu 'us a bid, server + PostgreSQL: plain; server + PostgreSQL + signer: logged; p99 ms'
    for c in ${clients//,/ }; do
        paste -d' ' "$work/plain.$1.$c" "$work/trust.$1.$c" >"$work/both"
        of() { awk "{ print $1 }" "$work/both" | median; }
        printf '%-7s %7d %9d %9d %6.2f %7.2f  %.0f + %.0f; %.0f + %.0f + %.0f; %.1f, %.1f; bad %d\n' "$1" "$c" "$(of '$1')" "$(of '$9')" "$(of '$9 / $1')" \
            "$(of '($4 + $5) / ($12 + $13 + $16)')" "$(of '$4')" "$(of '$5')" "$(of '$12')" "$(of '$13')" "$(of '$16')" "$(of '$3 / 1000')" \
            "$(of '$11 / 1000')" "$(awk '{ s += $6 + $14 } END { print s }' "$work/both")"
    done
}
w4_compare() {
    w4_start
    w4_run "$port" "$server" 8 >/dev/null
    w4_run "$w4_port" "$w4_server" 8 >/dev/null
    w4_table sealed # in the log from their opening on
    super -c "UPDATE linli.tender SET sealing = 'open_bids'" -c "VACUUM ANALYZE linli.tender" -c CHECKPOINT
    w4_table open # in the log at once
    echo "entries in the log: $(sed -n 2p "$work/trust/out/checkpoint") of $(super -c 'SELECT count(*) FROM linli.event_queue WHERE NOT sealed')"
    cmake --build "$tree/build/release" --target trust_parts >/dev/null && "$tree/build/release/tests/trust_parts"
    w4_stop
}
