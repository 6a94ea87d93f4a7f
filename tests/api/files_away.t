#!/bin/bash
# What this server cannot read at the opening is its own fault: no bid is void for it, and once the files are back all goes on.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/road_lib.sh"
start_server
people
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
fund_of sub_threshold 200000.00
WHOLE='[{"code":"whole","name":{"zh":"全款","en":"whole"},"share":"100%","due":"on_acceptance"}]'
later() { AS='' req GET /api/v1/clock; date -u -d "$(got .now) +$1 days" +%FT02:00:00Z; }
states() { sql "SELECT string_agg(DISTINCT state, ',') FROM linli.bid WHERE tender_id = '$TENDER'"; }
away() { mv "$T/blobs" "$T/elsewhere"; mkdir -p "$T/blobs/part"; }
back() { rm -rf "$T/blobs"; mv "$T/elsewhere" "$T/blobs"; }
failing() { local i; for ((i = 0; i < 100; i++)); do grep -q 'due.failed.*cannot be read' "$T/log" && return; sleep 0.1; done; return 1; }
opened() { local i; for ((i = 0; i < 200; i++)); do [ "$(states)" = open ] && return; sleep 0.1; done; return 1; }

# ---- opened by the clock, while the volume is not there ----
entry_of sub_threshold open_comparison 100000.00
tender_of lowest_price "{\"way\":\"call\",\"below\":\"ask\",\"tranches\":$WHOLE}" '{}'
publish "$(later 15)"
for login in aa bb cc; do bid_for "$login" 90000.00; done
away
advance 16d
ok "the deadline cannot be acted on, and the log says why" failing
is "$(states)" sealed "no bid is void for a folder that is away"
is "$(lot_now)" "collecting bidding" "and the tender has not failed"
back
ok "with the files back every bid is opened" opened
is "$(sql "SELECT count(*) FROM linli.bid WHERE void_reason IS NOT NULL")" 0 "none for a reason"

# ---- opened by an act, with one file that another server has ----
BID=()
entry_of sub_threshold public_bidding 90000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(later 40)"
for login in aa bb cc; do bid_for "$login" 80000.00; done
AS='' req GET "/api/v1/lots/$LOT"
clock_to "$(got .phase_due)"
advance 1h
one=$(sql "SELECT encode(sha256, 'hex') FROM linli.bid WHERE id = '${BID[bb]}'")
mv "$T/blobs/${one:0:2}/$one" "$T/one"
AS=clerk IFM='*' want 500 POST "/api/v1/tenders/$TENDER/open"
is "$(states)" sealed "one file that is not here leaves all bids closed"
printf x >>"$T/one.cut"
mv "$T/one.cut" "$T/blobs/${one:0:2}/$one"
AS=clerk IFM='*' want 500 POST "/api/v1/tenders/$TENDER/open"
mv "$T/one" "$T/blobs/${one:0:2}/$one"
AS=clerk IFM='*' want 200 POST "/api/v1/tenders/$TENDER/open"
is "$(states)" open "with it all are opened"
stop_server

# ---- and where it is away at the start nothing begins ----
refused() { # PATTERN: what serve says when it does not start
    timeout 60 "$LINLI" serve --sandbox --set "database.url=$LINLI_DATABASE_URL" --set "server.listen=127.0.0.1:$(free_port)" --set server.uploads= \
        --set "plugins.state=$T/state" --set "blobs.folder=$T/blobs" >"$T/out2" 2>"$T/err2"
    like "$? $(cat "$T/err2")" "$1" "$2"
}
examined() { LINLI_BLOBS_FOLDER=$T/blobs LINLI_PLUGINS_STATE=$T/state linli doctor; }
mark=$(cat "$T/blobs/.linli")
like "$mark" '????????-????-4???-????-????????????' "the folder says whose files it holds"
away
refused "78 *does not hold the files of this database*$mark*mounted*" "an empty folder in its place is refused"
like "$(examined)" '*FAIL*files*does not hold the files of this database*' "and doctor says why"
printf 00000000-0000-4000-8000-000000000000 >"$T/blobs/.linli"
refused "78 *does not hold the files of this database*" "and so is one of another database"
back
ok "doctor finds the right one right" bash -c "! grep -q 'does not hold'" < <(examined)
start_server
is "$(cat "$T/blobs/.linli")" "$mark" "with it the server starts, and the mark stays"
stop_server
finish
