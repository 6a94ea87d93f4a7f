#!/bin/bash
# Uploads: digest, types, resuming, quota, rights; attachments: public, internal, redacted; downloads.
. "$(dirname "$0")/lib.sh"
start_server --set limits.upload_bytes=2000000
people
org=$(organisation 甲社)
member wang "$org"
put() { # file [header]: PUT it, with STATUS, BODY
    local h
    h=$(sha256sum "$1" | cut -d' ' -f1)
    STATUS=$(curl -s -o "$T/body" -D "$T/headers" -w '%{http_code}' --max-time 30 -T "$1" ${AS:+-H "Authorization: Bearer ${TOKEN[$AS]}"} \
        -H "${2:-X-None: 1}" "$UP/api/v1/blobs/${3:-$h}")
    BODY=$(cat "$T/body") HEADERS=$(tr -d '\r' <"$T/headers")
}
printf '%%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%%%EOF\n' >"$T/a.pdf"
head -c 900000 /dev/urandom >"$T/big"
mkdir -p "$T/ofd/Doc_0" && echo '<ofd/>' >"$T/ofd/OFD.xml" && (cd "$T/ofd" && python3 -m zipfile -c ../a.ofd OFD.xml Doc_0)

AS='' put "$T/a.pdf"; is "$STATUS" 401 "nobody uploads without an account"
AS=clerk put "$T/a.pdf"; is "$STATUS $(got .type)" "201 application/pdf" "a pdf is a pdf"
pdf=$(got .sha256)
AS=clerk put "$T/a.ofd"; is "$STATUS $(got .type)" "201 application/ofd" "an ofd is an ofd"
ofd=$(got .sha256)
AS=clerk put "$T/big" 'X-None: 1' "$pdf"; is "$STATUS $(problem)" "422 blob/mismatch" "content of another hash is refused"
AS=clerk put "$T/a.pdf" 'X-None: 1' "nothex"; is "$STATUS" 404 "a hash is 64 digits"
head -c 2100000 /dev/zero >"$T/huge"
AS=clerk put "$T/huge"; is "$STATUS $(problem)" "413 body/too-large" "too large is refused before it is sent"
BASE=$UP AS=clerk want 405 GET "/api/v1/blobs/$pdf"
is "$(header Allow)" "HEAD, PUT" "and says what there is"
exec 3<>"/dev/tcp/127.0.0.1/$UPLOAD_PORT"
printf 'HEAD /api/v1/blobs/%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello' "$pdf" "${TOKEN[clerk]}" >&3
like "$(timeout 5 head -n 1 <&3)" 'HTTP/1.1 400*' "HEAD takes no body"
exec 3>&-
BASE=$UP AS='' want 404 GET /

# Resuming.
big=$(sha256sum "$T/big" | cut -d' ' -f1)
head -c 400000 "$T/big" >"$T/part1"; tail -c +400001 "$T/big" >"$T/part2"
AS=clerk put "$T/part1" 'Content-Range: bytes 0-399999/900000' "$big"; is "$STATUS" 202 "a part is taken"
AS=clerk; head=$(curl -s -I -H "Authorization: Bearer ${TOKEN[clerk]}" "$UP/api/v1/blobs/$big" | tr -d '\r')
HEADERS=$head; is "$(header Upload-Offset) $(header Upload-Complete)" "400000 ?0" "HEAD tells where to go on"
AS=wang; HEADERS=$(curl -s -I -H "Authorization: Bearer ${TOKEN[wang]}" "$UP/api/v1/blobs/$big" | tr -d '\r')
is "$(header Upload-Offset)" 0 "others see nothing of it"
AS=clerk put "$T/part2" 'Content-Range: bytes 300000-799999/900000' "$big"; is "$STATUS $(problem)" "409 upload/offset" "it goes on where it stopped, nowhere else"
AS=clerk put "$T/part2" 'Content-Range: bytes 400000-899999/900000' "$big"; is "$STATUS" 201 "and is whole"
AS=clerk HEADERS=$(curl -s -I -H "Authorization: Bearer ${TOKEN[clerk]}" "$UP/api/v1/blobs/$big" | tr -d '\r')
is "$(header Upload-Complete)" '?1' "which HEAD tells"
is "$(sha256sum <"$T/blobs/${big:0:2}/$big" | cut -d' ' -f1)" "$big" "it lies under its name"
AS=clerk put "$T/part2" 'Content-Range: bytes 0-2/x' "$big"; is "$STATUS" 400 "a broken range is refused"
# A connection cut in the middle leaves what came.
head -c 1500000 /dev/urandom >"$T/cut"; cut=$(sha256sum "$T/cut" | cut -d' ' -f1)
curl -s -o /dev/null --limit-rate 1M --max-time 0.5 -T "$T/cut" -H "Authorization: Bearer ${TOKEN[clerk]}" "$UP/api/v1/blobs/$cut"
HEADERS=$(curl -s -I -H "Authorization: Bearer ${TOKEN[clerk]}" "$UP/api/v1/blobs/$cut" | tr -d '\r')
offset=$(header Upload-Offset)
ok "a cut upload leaves a part" [ "$offset" -gt 0 -a "$offset" -lt 1500000 ]
tail -c +$((offset + 1)) "$T/cut" >"$T/rest"
AS=clerk put "$T/rest" "Content-Range: bytes $offset-1499999/1500000" "$cut"; is "$STATUS" 201 "from which it is finished"
# What is begun and not ended counts as well, with all that it is to be.
printf x >"$T/one"
for ((i = 0; i < 32; i++)); do AS=evaluator1 put "$T/one" 'Content-Range: bytes 0-0/1500000' "$(printf '%064x' $i)"; [ "$STATUS" = 202 ] || break; done
is "$i $STATUS $(problem)" "6 409 upload/quota" "what is promised is taken from the quota at once"
for ((i = 0; i < 32; i++)); do AS=wang put "$T/part1" 'Content-Range: bytes 0-399999/400001' "$(printf '%064x' $i)"; [ "$STATUS" = 202 ] || break; done
is "$i $STATUS $(problem)" "24 409 upload/quota" "files that are never whole are limited by their bytes"
for ((i = 0; i < 40; i++)); do AS=approver put "$T/one" 'Content-Range: bytes 0-0/2' "$(printf '%064x' $i)"; [ "$STATUS" = 202 ] || break; done
is "$i $STATUS $(problem)" "32 409 upload/quota" "and by their number"
AS=approver put "$T/one" 'Content-Range: bytes 1-1/2' "$(printf '%064x' 0)"; is "$STATUS $(problem)" "422 blob/mismatch" "one of them goes on all the same"
for i in 1 2 3 4 5; do head -c 1900000 /dev/urandom >"$T/q"; AS=resident put "$T/q"; done
head -c 1900000 /dev/urandom >"$T/q"; AS=resident put "$T/q"; is "$STATUS $(problem)" "409 upload/quota" "what nobody uses is limited"

# Attachments.
AS=clerk want 201 POST /api/v1/offices/3/funds '{"code":"care","name":{"zh":"养老","en":"care"},"purpose":"养老服务","regimes":["grants"]}'
fund=$(got .id)
att() { echo "{\"object_kind\":\"fund\",\"object\":\"$fund\",\"name\":\"$1\",\"kind\":\"notice\",\"sha256\":\"$2\"${3:-}}"; }
AS=resident want 403 POST /api/v1/offices/3/attachments "$(att x.pdf "$pdf")"
AS=wang want 403 POST /api/v1/offices/3/attachments "$(att x.pdf "$pdf")"
AS=clerk want 415 POST /api/v1/offices/3/attachments "$(att x.bin "$big")"
AS=clerk want 404 POST /api/v1/offices/3/attachments "$(att x.pdf "$(printf y | sha256sum | cut -d' ' -f1)")"
AS=clerk want 201 POST /api/v1/offices/3/attachments "$(att '通知 原件.pdf' "$pdf")"
original=$(got .id)
AS=clerk want 201 POST /api/v1/offices/3/attachments "$(att '通知 公开.ofd' "$ofd" ",\"public\":true,\"redacted_of\":\"$original\"")"
public=$(got .id)
AS='' want 200 GET "/api/v1/offices/3/attachments?object=$fund"
is "$(got '.items | length')" 1 "the public sees the redacted copy"
is "$(got '.items[0].redacted_of')" "$original" "beside the original's id"
AS=auditor want 200 GET "/api/v1/offices/3/files?object=$fund"
is "$(got '.items | length')" 2 "those who watch see both"
AS='' want 404 GET "/api/v1/attachments/$original/file"
AS=auditor want 200 GET "/api/v1/attachments/$original/file"
is "$(sha256sum <"$T/body" | cut -d' ' -f1)" "$pdf" "byte for byte"
AS='' want 200 GET "/api/v1/attachments/$public/file"
like "$(header Content-Disposition)" "attachment; filename*=UTF-8''%E9%80%9A*" "with its name"
tag=$(etag)
AS='' H="If-None-Match: $tag" want 304 GET "/api/v1/attachments/$public/file"
# A disk that is full is waited for, and the log tells nobody who uploads what.
mkdir -p "$T/tiny"
if mount -t tmpfs -o size=1m linli-test "$T/tiny" 2>/dev/null; then
    stop_server
    cp "$T/blobs/.linli" "$T/tiny"
    : >"$T/log"
    start_server --set limits.upload_bytes=2000000 --set "blobs.folder=$T/tiny"
    head -c 1500000 /dev/urandom >"$T/wide"
    AS=clerk put "$T/wide"
    is "$STATUS $(problem)" "503 upload/room" "a full disk is no fault of the request"
    like "$(header Retry-After)" '[1-9]*' "which may be sent again"
    is "$(grep -c '"what":"upload.room"' "$T/log") $(grep -c "${PERSON[clerk]}" "$T/log")" "1 0" "the log says that it is full, and not who uploads"
    head -c 1000 /dev/urandom >"$T/narrow"
    AS=clerk put "$T/narrow"
    is "$STATUS" 201 "what has room is taken"
    stop_server
    umount "$T/tiny"
else
    skip "a full disk" "no file system can be mounted here"
fi
finish
