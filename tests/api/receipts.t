#!/bin/bash
# Receipts: every bid that is taken in gets one at once, every one that is refused a refusal; one signature a batch; none of them
# tells of anybody else; a bidder proves with it that its bid was dropped.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
. "$(dirname "$0")/trust_lib.sh"
mkdir "$T/l"
cd "$T/l" || exit 2
signs_receipts
LOGGED=(--set "trust.log_key=$(cat log.pub)" --set "trust.signer=$PWD/log.sock" --set "trust.folder=$PWD/out" --set trust.log_ms=50
    --set "trust.receipts_key=$(cat receipts.pub)")
start_server "${LOGGED[@]}"
people
person approver2 office_approver 3
for x in aa:甲社 bb:乙社 cc:丙社; do bidder "${x%%:*}" "${x#*:}"; done
checked() { # file: what linli verify says of it alone
    linli verify --receipt "$1" --receipts-key "$(cat receipts.pub)" >checks 2>&1
}
# A bid of a bidder, as bid_for makes it; its receipt goes to a file.
bid_with() { # login price file
    bid_for "$1" "$2"
    jq -j '.receipt // empty' <<<"$BODY" >"$3"
}

fund_of sub_threshold 2000.00
entry_of sub_threshold public_bidding 1000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"

# ---- taken in ----
bid_with aa 900.00 first
first_id=$(got .id) first_received=$(got .received)
is "$STATUS $(head -n 1 first)" "201 linli/receipt/v1" "a bid that is taken in has a receipt in its answer"
is "$(sed -n 's/^bid //p' first) $(sed -n 's/^tender //p' first)" "$first_id $TENDER" "of that bid"
is "$(date -u -d "$(sed -n 's/^received //p' first)" +%s%6N)" "$(date -u -d "$first_received" +%s%6N)" "that came at that moment"
checked first
is "$? $(cat checks)" "0 PASS V22r 回执签名 signature of the receipt" "signed by the key of receipts"
sed 's/^sealed-bytes ./&0/' first >changed
checked changed
is "$?" 1 "a changed one is not"
sed 's/^— log.example/— log.exemple/' first >changed
checked changed
is "$?" 4 "nor is one that another signed"
bid_with bb 950.00 second
is "$(grep -c . first) $(grep -c . second)" "25 25" "every receipt is as long as any other: nobody counts bids by them"
is "$(sed -n 's/^log-index //p; s/^merge-by //p' first | paste -sd' ')" "pending opening" "it promises the log from the opening on, whenever that is"
bid_with bb 940.00 third
is "$(sed -n 's/^version //p' first second third | paste -sd' ') $(got .version)" "1 1 2 2" "another of the same bidder says which one it is"

# ---- its bidder takes another copy at any time, nobody else
AS=aa req GET "/api/v1/bids/$first_id/receipt"
cp "$T/body" again
checked again
is "$STATUS $? $(diff <(sed '/^$/,$d' first) <(sed '/^$/,$d' again) && echo same)" "200 0 same" "a receipt is given once more, and says the same"
AS=bb want 404 GET "/api/v1/bids/$first_id/receipt"
AS=clerk want 403 GET "/api/v1/bids/$first_id/receipt"

# ---- asked again with the same key, it is given once more ----
body() { jq -c . "$T/sent"; }
KEY=0123456789abcdef-cc bid_with cc 970.00 third
body=$(body)
AS=cc
kill -9 "${SIGNER[log]}"; wait "${SIGNER[log]}" 2>/dev/null
KEY=0123456789abcdef-cc req POST "/api/v1/tenders/$TENDER/bids" "$body"
is "$STATUS $(got .receipt)" "201 null" "without the signer a bid is taken in as before, and its receipt is to come"
signs_again log --receipts receipts.key
sleep 1.1
KEY=0123456789abcdef-cc req POST "/api/v1/tenders/$TENDER/bids" "$body"
jq -j .receipt <<<"$BODY" >again
checked again
is "$? $(diff <(sed '/^$/,$d' third) <(sed '/^$/,$d' again) && echo same)" "0 same" "it is the same receipt, signed anew"

# ---- refused ----
KEY='' req POST "/api/v1/tenders/$TENDER/bids" "{\"organisation\":\"${ORG[cc]}\",\"sha256\":\"$(printf '%064d' 7)\",\"bytes\":12}"
jq -j .receipt <<<"$BODY" >refused
checked refused
is "$STATUS $? $(head -n 1 refused)" "404 0 linli/refusal/v1" "a bid without its file is refused, and that is signed as well"
is "$(sed -n 's/^reason //p' refused) $(grep -cE 'log-index|merge-by' refused)" "blob/absent 0" "with the reason, and no promise of an entry"
AS='' req POST "/api/v1/tenders/$TENDER/bids" "$body"
is "$STATUS $(got 'has("receipt")')" "401 false" "who says nobody they are gets none"
open_bids aa bb cc
bb_bid=$(sql "SELECT id FROM linli.bid WHERE organisation_id = '${ORG[bb]}' AND key IS NOT NULL")
AS=bb want 200 POST "/api/v1/bids/$bb_bid/opening" '{"agrees":false,"reason":"唱标有误"}'
AS=cc
KEY='' req POST "/api/v1/tenders/$TENDER/bids" "$body"
jq -j .receipt <<<"$BODY" >late
checked late
is "$(problem) $? $(head -n 1 late) $(sed -n 's/^reason //p' late)" "bid/after-deadline 0 linli/refusal/v1 bid/after-deadline" "a late bid gets its refusal, with the time it came"
is "$(sed -n 's/^received //p' late | cut -c1-10)" "$(AS='' req GET /api/v1/clock; got .now | cut -c1-10)" "which is that of today"

# ---- the log says the same, once it was opened; and where it does not, the receipt proves it ----
panel_sits evaluator1 evaluator2 evaluator3
marks_of aa:95 bb:80 cc:70
report_signed
AS=clerk req GET "/api/v1/lots/$LOT"
AS=clerk IFM=$(etag) req POST "/api/v1/lots/$LOT/decide"
like "$STATUS $(problem) $(got .detail)" "409 state/refused 有 1 份对开标记录的异议尚未答复" "nothing is decided before an objection to the opening is answered"
AS=clerk want 200 POST "/api/v1/bids/$bb_bid/opening/reply" '{"reply":"记录无误"}'
objects() { # login: in time, whatever was decided
    local bid
    bid=$(sql "SELECT id FROM linli.bid WHERE organisation_id = '${ORG[$1]}' AND key IS NOT NULL")
    AS=$1 want 200 POST "/api/v1/bids/$bid/opening" '{"agrees":false,"reason":"金额有误"}'
    AS=$2 IFM=$(AS='' lot_etag) WHY='an objection waits' want 409 POST "/api/v1/lots/$LOT/$3"
    like "$(got .detail)" '有 1 份对开标记录的异议尚未答复' "which came after the decision"
    AS=clerk want 200 POST "/api/v1/bids/$bid/opening/reply" '{"reply":"记录无误"}'
}
AS=clerk lot decide
objects cc approver confirm
AS=approver lot confirm
objects aa clerk announce
AS=clerk lot announce
# Told in the log: everything, which takes as long as the thread looks at everything again.
for ((i = 0; i < 200; i++)); do [ "$(sed -n 2p out/checkpoint)" = "$(sql 'SELECT count(*) FROM linli.event_queue')" ] && break; sleep 0.05; done
ok "everything that happened is in the log" [ "$i" -lt 200 ]
export LINLI_BLOBS_FOLDER=$T/blobs
linli log bundle --into bundle --tender "$TENDER"
bundled() { # receipt bundle: of both verifiers
    linli verify --log out --log-key "$(cat log.pub)" --bundle "$2" --receipt "$1" --receipts-key "$(cat receipts.pub)" >checks 2>&1
    local code=$? second
    python3 "$here/tests/trust/verify.py" log --log out --log-key "$(cat log.pub)" --bundle "$2" --receipt "$1" >second 2>&1
    second=$?
    [ "$second" = "$code" ] && [ "$(grep -c '^PASS V22$' second) $(grep -c '^FAIL V22:' second) $(grep -c '^SKIP V22:' second)" = "$(told_of)" ] || echo apart
    echo "$code $(told_of)"
}
told_of() { echo "$(grep -c '^PASS V22 ' checks) $(grep -c '^FAIL V22 ' checks) $(grep -c '^SKIP V22 ' checks)"; }
is "$(bundled first bundle)" "0 1 0 0" "the log tells of the bid of the receipt"
is "$(bundled late bundle)" "0 0 0 1" "and of a refusal nothing"
cp -r bundle dropped
sed -i "/$first_id/d" dropped/events
is "$(bundled first dropped)" "1 0 1 0" "a bid that was dropped: the receipt proves it"
is "$(grep -c '^WHO  V22' checks)" 1 "and whose key it is that answers"
linli log bundle --into public --tender "$TENDER" --level public
is "$(bundled first public)" "2 0 0 1" "the public's bundle shows no bid: it proves nothing of this one"
mkdir -p year/tenders
cp -r bundle "year/tenders/$TENDER"
printf 'linli/bundle/v1\noffice 3\nyear 2026\nlevel supervisor\ntender %s\n' "$TENDER" >year/office
is "$(bundled first year)" "0 1 0 0" "of a year the tender's own bundle is asked"

# ---- a tender that ends before its opening: its bids are in the log as well, and whoever kept a receipt sees it ----
entry_of sub_threshold public_bidding 800.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" '{"price_weight":"15%","decimals":3,"criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
AS='' req GET /api/v1/clock
publish "$(date -u -d "$(got .now) + 40 days" +%FT02:00:00Z)"
bid_with aa 700.00 ended
is "$(bundled ended bundle)" "2 0 0 1" "the bundle of another tender proves nothing of a receipt"
AS=approver IFM='*' want 200 POST "/api/v1/tenders/$TENDER/cancel" '{"reason":"街道职能调整，项目取消"}'
for ((i = 0; i < 200; i++)); do [ "$(sed -n 2p out/checkpoint)" = "$(sql 'SELECT count(*) FROM linli.event_queue')" ] && break; sleep 0.05; done
ok "the bids of a tender that was never opened are in the log" [ "$i" -lt 200 ]
linli log bundle --into over --tender "$TENDER"
is "$(bundled ended over)" "2 0 0 1" "the supervisor is not told who handed them in"
linli log bundle --into own --tender "$TENDER" --level party --organisation "${ORG[aa]}"
is "$(bundled ended own)" "0 1 0 0" "in its bidder's own bundle the receipt finds its bid"
finish
