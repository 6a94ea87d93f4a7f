#!/bin/bash
# The files a bid names: kept until the opening however long that takes, then attachments of the bid, read by the office, the
# panel and the bidder.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
bidder aa 甲社
bidder bb 乙社
bidder cc 丙社
fund_of sub_threshold 120000.00
entry_of sub_threshold public_bidding 120000.00
SCHEME='{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" "$SCHEME"
deadline=$(date -u -d '+40 days' +%FT02:00:00Z)
publish "$deadline"

upload() { # login file
    local sum
    sum=$(sha256sum <"$2" | cut -c1-64)
    curl -s -o "$T/body" -T "$2" -H "Authorization: Bearer ${TOKEN[$1]}" "$UP/api/v1/blobs/$sum" >/dev/null
    echo "$sum"
}
printf '%%PDF-1.4 the plan of the service' >"$T/plan.pdf"
printf '%%PDF-1.4 nobody needs this' >"$T/idle.pdf"
plan=$(upload aa "$T/plan.pdf")
idle=$(upload bb "$T/idle.pdf")
printf '{"linli":"bid/1","organisation":"%s","lot":1,"fields":{"price":"100000.00"},"files":[{"name":"方案.pdf","sha256":"%s","bytes":%d}]}' \
    "${ORG[aa]}" "$plan" "$(stat -c %s "$T/plan.pdf")" >"$T/bid.json"
bid=$(upload aa "$T/bid.json")
AS=aa want 201 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":1,\"organisation\":\"${ORG[aa]}\",\"sha256\":\"$bid\",\"bytes\":$(stat -c %s "$T/bid.json")}"
id=$(got .id)

# Two days pass; housekeeping is done when a server starts.
printf '{"linli":"bid/1","organisation":"%s","lot":1,"fields":{"price":"1.00"}}' "${ORG[bb]}" >"$T/late.json"
late=$(upload bb "$T/late.json")
sql "UPDATE linli.upload SET at = at - interval '2 days'"
AS=bb WHY='a file of the day before yesterday' want 404 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":1,\"organisation\":\"${ORG[bb]}\",\"sha256\":\"$late\",\"bytes\":$(stat -c %s "$T/late.json")}"
is "$(problem)" blob/absent "is gone, or as good as gone"
stop_server
start_server
sleep 1
there() { sql "SELECT count(*) FROM linli.blob WHERE sha256 = '\\x$1'"; }
is "$(there "$idle") $(there "$late")" '0 0' "what nobody used is gone"
is "$(there "$bid") $(there "$plan")" '1 1' "a sealed bid and the files it may name are kept"
ok "and on the disk" test -f "$T/blobs/${plan:0:2}/$plan"

bid_for bb 110000.00
bid_for cc 115000.00
clock_to "$deadline"
advance 1h
AS=clerk req GET "/api/v1/tenders/$TENDER/draft"
AS=clerk IFM=$(etag) req POST "/api/v1/tenders/$TENDER/open"
is "$(sql "SELECT state FROM linli.bid WHERE id = '$id'")" open "the bid is whole at the opening"
AS=clerk req GET "/api/v1/offices/3/files?object=$id"
is "$(got '[.items[0].name, .items[0].kind, .items[0].public] | @json')" '["方案.pdf","bid_file",false]' "its files are attachments of it"
file=$(got '.items[0].id')
AS=clerk want 200 GET "/api/v1/attachments/$file/file"
ok "byte by byte" cmp "$T/body" "$T/plan.pdf"
AS=aa want 200 GET "/api/v1/attachments/$file/file"
AS=bb want 404 GET "/api/v1/attachments/$file/file"
AS=evaluator1 WHY='no panel of its own' want 404 GET "/api/v1/attachments/$file/file"
AS='' want 404 GET "/api/v1/attachments/$file/file"
AS=aa WHY='nothing is added afterwards' want 403 POST /api/v1/offices/3/attachments "{\"object_kind\":\"bid\",\"object\":\"$id\",\"name\":\"x\",\"kind\":\"x\",\"sha256\":\"$plan\"}"
sql "UPDATE linli.upload SET at = at - interval '2 days'"
is "$(sql "SELECT used FROM linli.blob WHERE sha256 = '\\x$plan'")" t "and kept for ever"
finish
