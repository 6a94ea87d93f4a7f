#!/bin/bash
# The files a bid names: kept until the opening however long that takes, then attachments of the bid, read by the office, the
# panel and the bidder.  And the papers an organisation keeps once, to name them in its bids.
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
: >"$T/nothing.pdf"
upload aa "$T/nothing.pdf" >/dev/null
is "$(jq -r '[.status, (.type | sub(".*/problems/"; "")), .title] | @csv' "$T/body")" '422,"blob/empty","文件是空的（0 字节）"' "a file with nothing in it is called that"

# ---- what nobody could read at the opening is refused while there is time
printf 'SBX1\0 cut short\377\376' >"$T/short.sbx"
for one in plan.pdf short.sbx; do
    sum=$(upload aa "$T/$one")
    AS=aa want 422 POST "/api/v1/tenders/$TENDER/bids" "{\"organisation\":\"${ORG[aa]}\",\"lot\":1,\"sha256\":\"$sum\",\"bytes\":$(stat -c %s "$T/$one")}"
    is "$(problem)" bid/unreadable "neither a sealed bid nor a bid file: $one"
done
is "$(sql 'SELECT count(*) FROM linli.bid')" 0 "and takes no bid's place"

# ---- papers kept once
papers=/api/v1/organisations/${ORG[aa]}/certificates
clock_to "$(date -u -d '+1 day' +%FT04:00:00Z)" # noon, far from the next day
day() { date -u -d "$(AS='' req GET /api/v1/clock; got .now) + 8 hours $1" +%F; }
paper() { # FILE MEMBERS: as JSON
    printf '%%PDF-1.4 %s' "$1" >"$T/$1.pdf"
    echo "{\"kind\":\"registration\",\"sha256\":\"$(upload aa "$T/$1.pdf")\",$2}"
}
registration=$(paper registration "\"name\":\"登记证书\",\"number\":\"5201\",\"issuer\":\"市民政局\",\"valid_until\":\"$(day '+ 59 days')\"")
AS=aa want 201 POST "$papers" "$registration"
is "$(got '[.kind, .name, .number, .file, .type, .retired] | @json')" '["registration","登记证书","5201","登记证书.pdf","application/pdf",null]' "a paper is kept, with its file"
kept=$(got .id)
AS=aa want 409 POST "$papers" "$registration"
is "$(problem) $(got '.errors[0].pointer')" 'value/taken /name' "one of a name"
AS=bb WHY="another's organisation" want 403 POST "$papers" "$registration"
AS=bb WHY="another's file" want 404 POST "/api/v1/organisations/${ORG[bb]}/certificates" "$registration"
AS=clerk want 403 POST "$papers" "$registration"
AS=clerk want 403 GET "$papers"
AS=bb want 200 GET "$papers"
is "$(got '.items | length')" 0 "nobody else reads which papers it keeps"
AS=bb want 404 GET "/api/v1/certificates/$kept/file"
AS=clerk want 404 GET "/api/v1/certificates/$kept/file"
AS='' want 401 GET "/api/v1/certificates/$kept/file"
AS=aa want 200 GET "/api/v1/certificates/$kept/file"
ok "nor their files, which it reads itself" cmp "$T/body" "$T/registration.pdf"
for of in audit:+60 insurance:-1 grade:+0; do
    AS=aa req POST "$papers" "$(paper "${of%:*}" "\"name\":\"${of%:*}\",\"valid_until\":\"$(day "${of#*:} days")\"")"
done
AS=aa req POST "$papers" "$(paper tax '"name":"tax"')"
AS=aa req POST "$papers/$(got .id)/retire" '{"reason":"不再使用"}'
AS=aa req POST "$papers" "$(paper permit '"name":"permit"')"
AS=aa req GET "$papers"
is "$(got '[.items[] | .name + " " + .state] | join(", ")')" 'insurance expired, grade expiring, 登记证书 expiring, audit valid, permit valid, tax retired' \
    "what runs out soonest first; the last day is one on which it holds; what does not run out, and what was retired, last"
AS=aa want 404 POST "$papers/$(got '.items[5].id')/retire" '{"reason":"twice"}'
sql "INSERT INTO linli.certificate (id, organisation_id, kind, name, sha256, added, added_by)
     SELECT gen_random_uuid(), organisation_id, 'other', 'n' || i, sha256, added, added_by FROM linli.certificate, generate_series(1, 95) i WHERE id = '$kept'"
AS=aa WHY='the hundred and first' want 409 POST "$papers" "$(paper more '"name":"more"')"
is "$(problem)" attachment/limit "there is an end to them"
sql "DELETE FROM linli.certificate WHERE kind = 'other'"

printf '{"linli":"bid/1","organisation":"%s","lot":1,"fields":{"price":"100000.00"},"files":[{"name":"方案.pdf","sha256":"%s","bytes":%d},{"name":"登记证书.pdf","kind":"certificate","sha256":"%s","bytes":%d}]}' \
    "${ORG[aa]}" "$plan" "$(stat -c %s "$T/plan.pdf")" "$(sha256sum <"$T/registration.pdf" | cut -c1-64)" "$(stat -c %s "$T/registration.pdf")" >"$T/bid.json"
bid=$(upload aa "$T/bid.json")
AS=aa want 201 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":1,\"organisation\":\"${ORG[aa]}\",\"sha256\":\"$bid\",\"bytes\":$(stat -c %s "$T/bid.json")}"
id=$(got .id)

# Renewed after the bid: nobody's upload is on record any more, and the bid stays what it was.
AS=aa want 201 POST "$papers" "$(paper renewed "\"name\":\"登记证书\",\"valid_until\":\"$(day '+ 900 days')\",\"replaces\":\"$kept\"")"
is "$(got .replaces)" "$kept" "a paper is renewed"
AS=aa WHY='once' want 404 POST "$papers" "$(paper again "\"name\":\"again\",\"replaces\":\"$kept\"")"
is "$(got '.errors[0].pointer')" /replaces "it was replaced already"
AS=aa req GET "$papers"
is "$(got '[.items[] | select(.name == "登记证书") | .state] | join(" ")')" 'valid retired' "the old one stays in the list"
sql "DELETE FROM linli.upload WHERE sha256 = (SELECT sha256 FROM linli.certificate WHERE id = '$kept')"

# Two days pass; housekeeping is done a minute after a server starts.
printf '{"linli":"bid/1","organisation":"%s","lot":1,"fields":{"price":"1.00"}}' "${ORG[bb]}" >"$T/late.json"
late=$(upload bb "$T/late.json")
sql "UPDATE linli.upload SET at = at - interval '2 days'"
AS=bb WHY='a file of the day before yesterday' want 404 POST "/api/v1/tenders/$TENDER/bids" "{\"lot\":1,\"organisation\":\"${ORG[bb]}\",\"sha256\":\"$late\",\"bytes\":$(stat -c %s "$T/late.json")}"
is "$(problem)" blob/absent "is gone, or as good as gone"
stop_server
start_server
there() { sql "SELECT count(*) FROM linli.blob WHERE sha256 = '\\x$1'"; }
for _ in $(seq 90); do [ "$(there "$idle")" = 1 ] || break; sleep 1; done
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
is "$(got '[.items[] | [.name, .kind, .public]] | sort | @json')" '[["方案.pdf","bid_file",false],["登记证书.pdf","certificate",false]]' "its files are attachments of it"
file=$(got '.items[] | select(.name == "登记证书.pdf").id')
AS=clerk want 200 GET "/api/v1/attachments/$file/file"
ok "the paper as it was when it went into the bid" cmp "$T/body" "$T/registration.pdf"
AS=clerk req GET "/api/v1/offices/3/files?object=$id"
file=$(got '.items[] | select(.name == "方案.pdf").id')
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
