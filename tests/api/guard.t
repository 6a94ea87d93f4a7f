#!/bin/bash
# What libmicrohttpd would let through: two readers could take it differently, so it is refused.
. "$(dirname "$0")/lib.sh"
start_server
people

# raw BYTES: sends them as they are, gives the status of the first answer ("" where there was none).
trap '' PIPE
raw() {
    exec 3<>"/dev/tcp/127.0.0.1/$PORT"
    printf "%b" "$1" >&3 2>/dev/null
    IFS= read -r -t 5 -u 3 line || line=''
    TYPED=$(timeout 2 head -c 2000 <&3 | tr -d '\r\0' | sed -n 's/^Content-Type: //ip')
    exec 3<&-
    line=${line#HTTP/1.1 }
    RAW=${line%% *}
}
refused() { raw "$2"; is "$RAW" "${3-400}" "$1"; }
get='GET /api/v1/clock HTTP/1.1\r\nHost: x\r\n'
t=/api/v1/tenders/00000001-0000-8000-8000-000000000000

raw "$get\r\n"; is "$RAW" 200 "a plain request is answered"
refused "%00 in the path" "GET $t%00.json HTTP/1.1\r\nHost: x\r\n\r\n"
refused "%00 in the query" "GET /api/v1/offices/1/tenders?state=a%00b HTTP/1.1\r\nHost: x\r\n\r\n"
refused "no Host" "GET /api/v1/clock HTTP/1.1\r\n\r\n"
is "$TYPED" application/problem+json "and told as a problem"
refused "two Hosts" "${get}Host: y\r\n\r\n"
is "$TYPED" application/problem+json "what the library could read is refused as a problem"
refused "Content-Length and Transfer-Encoding" "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
refused "a folded Transfer-Encoding" "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"
refused "Transfer-Encoding with a space after its name" "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 4\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n"
refused "two Content-Lengths" "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde"
refused "Content-Length -1" "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n"
refused "Content-Length +5" "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nabcde"
refused "Transfer-Encoding xchunked" "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n"
refused "space before the colon" "GET /api/v1/clock HTTP/1.1\r\nHost : x\r\n\r\n"
refused "a folded header, as RFC 9112 5.2 lets a server do" "${get}X-A: one\r\n two\r\n\r\n"
refused "a request line that ends with a bare LF" "GET /api/v1/clock HTTP/1.1\nHost: x\r\n\r\n"
refused "a header that does" "GET /api/v1/clock HTTP/1.1\r\nX-A: y\nHost: x\r\n\r\n"
refused "a header that ends with a bare CR" "GET /api/v1/clock HTTP/1.1\r\nX-A: y\rHost: x\r\n\r\n"
refused "the last header with a bare LF" "GET /api/v1/clock HTTP/1.1\r\nHost: x\n\r\n"
refused "the empty line with a bare LF" "GET /api/v1/clock HTTP/1.1\r\nHost: x\r\n\n"
refused "nothing but bare LFs" "GET /api/v1/clock HTTP/1.1\nHost: x\n\n"
refused "an empty value before a bare LF" "GET /api/v1/clock HTTP/1.1\r\nX-A:\nHost: x\r\n\r\n"
raw "${get}X-A:\r\nX-B: a \r\n\r\n"; is "$RAW" 200 "an empty value and one with a space behind it are headers"
raw "POST /api/v1/clock HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n\0\0\0\0"; is "$RAW" 415 "a body of NULs is no head"
refused "a header that begins with a space" "GET /api/v1/clock HTTP/1.1\r\n Host: x\r\n\r\n"
refused "a header without a colon" "${get}nothing\r\n\r\n"
refused "a request line of one word ends the connection" "GET\r\nHost: x\r\n\r\n" ""
refused "a chunk without a size" "POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
refused "method G<ET" "G<ET /api/v1/clock HTTP/1.1\r\nHost: x\r\n\r\n"
refused "absolute URI" "GET http://evil/api/v1/clock HTTP/1.1\r\nHost: x\r\n\r\n"
refused "HTTP/1.2" "GET /api/v1/clock HTTP/1.2\r\nHost: x\r\n\r\n"
refused "HTTP/1.0" "GET /api/v1/clock HTTP/1.0\r\nHost: x\r\n\r\n"
refused "two Authorizations" "${get}Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n"
refused "a header that is not UTF-8" "${get}X-A: \\xff\r\n\r\n"
refused "dots lead nowhere" "GET /a/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n" 404
# No address has a letter that must be escaped; to a proxy's rule /%6detrics is not /metrics.
refused "an escaped letter in the path" "GET /%6detrics HTTP/1.1\r\nHost: x\r\n\r\n"
refused "an escaped slash" "GET /api/v1/offices%2f1 HTTP/1.1\r\nHost: x\r\n\r\n"
raw "GET /api/v1/offices/1/tenders?state=%62idding HTTP/1.1\r\nHost: x\r\n\r\n"; is "$RAW" 200 "but in the query"
refused "an unknown method" "BREW /api/v1/clock HTTP/1.1\r\nHost: x\r\n\r\n" 405
long=$(printf '%070000d' 0)
refused "64 KB of URI" "GET /$long HTTP/1.1\r\nHost: x\r\n\r\n" 414
refused "64 KB of header" "${get}X-A: $long\r\n\r\n" 431
many=$(for i in $(seq 1000); do printf 'X-%d: y\\r\\n' "$i"; done)
refused "1,000 headers" "$get$many\r\n" 431
some=$(for i in $(seq 80); do printf 'X-%d: y\\r\\n' "$i"; done)
refused "80 headers" "$get$some\r\n"
ok "the server lives" curl -sf "$B/healthz"

# Pipelined requests are answered in order; a refused one ends the connection.
exec 3<>"/dev/tcp/127.0.0.1/$PORT"
for i in $(seq 20); do printf 'GET /api/v1/offices?limit=%d HTTP/1.1\r\nHost: x\r\n\r\n' "$i" >&3; done
printf 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' >&3
is "$(timeout 10 cat <&3 | tr -d '\r' | grep -o 'HTTP/1.1 200' | grep -c .)" 21 "21 pipelined requests get 21 answers"
exec 3<&-

# Bodies.
AS=clerk want 400 POST /api/v1/tokens
AS=clerk TYPE=text/plain want 415 POST /api/v1/tokens '{"name":"x"}'
AS=clerk TYPE='application/jsonp' want 415 POST /api/v1/tokens '{"name":"x"}'
AS=clerk TYPE='application/json; charset=utf-8' WHY='read, and no token makes a token' want 403 POST /api/v1/tokens '{"name":"x"}'
for bad in '' '{' '[]' '"x"' 'null' '{"name":"x"' '{"name":"x"}}' "{'name':'x'}" '{"name":"x","name":"y"}' '{"name":1e3}' '{"days":1.5,"name":"x"}' \
    "$(printf '{"name":"\xff"}')" '{"name":"\u0000"}' '{"name":"\ud800"}' "$(printf '[%.0s' {1..3000})" 'NaN' '{"name":"x",}'; do
    AS=clerk req POST /api/v1/tokens "$bad"
    ok "refused: $(printf '%.30s' "$bad" | tr -cd '[:print:]')" [ "$STATUS" = 400 -o "$STATUS" = 422 -o "$STATUS" = 415 ]
    like "$(header Content-Type)" application/problem+json "as a problem"
done
AS=clerk want 422 POST /api/v1/tokens '{"name":"x","nme":"y"}'
is "$(got '.errors[0] | .pointer + " " + .code')" "/nme unknown" "an unknown member is named"
AS=clerk want 422 POST /api/v1/tokens '{"name":7}'
is "$(got '.errors[0] | .pointer + " " + .code')" "/name type" "so is one of a wrong type"
AS=clerk want 422 POST /api/v1/tokens '{}'
is "$(got '.errors[0] | .pointer + " " + .code')" "/name required" "and one that is missing"
AS=clerk want 422 POST /api/v1/tokens "{\"name\":\"$(printf '%0100d' 0)\"}"
is "$(got '.errors[0] | .pointer + " " + .code')" "/name length" "or too long"
AS=clerk want 422 POST /api/v1/tokens '{"name":"x","days":99999999999999999999}'
is "$(got '.errors[0] | .pointer + " " + .code')" "/days range" "a number beyond 64 bits is JSON, and out of range"
AS=clerk want 422 POST /api/v1/tokens '{"days":1,"name":"a\u0000b"}'
is "$(got '.errors[0] | .pointer + " " + .code')" "/name range" "and so is a NUL in a text"
AS=evaluator1 want 422 PUT "/api/v1/lots/00000003-0000-8000-8000-00000000000f/marks" '{"sheets":[{"bid":"x"},{"marks":[{},{"value":-99999999999999999999}]}]}'
is "$(got '.errors[0].pointer')" "/sheets/1/marks/1/value" "wherever it stands"
AS=clerk want 400 POST /api/v1/tokens '{"name":"x'
is "$(problem)" body/malformed "what is no JSON is not"
AS=clerk want 413 POST /api/v1/tokens "{\"name\":\"$(printf '%01100000d' 0)\"}"
is "$(problem)" body/too-large "a megabyte is the most"
head -c 1200000 /dev/zero | tr '\0' ' ' >"$T/chunks"
status=$(curl -s -o "$T/body" -w '%{http_code}' -H 'Transfer-Encoding: chunked' -H 'Content-Type: application/json' \
    -H "Authorization: Bearer ${TOKEN[clerk]}" --data-binary @"$T/chunks" "$B/api/v1/tokens")
is "$status" 413 "in chunks, too"
AS=clerk want 400 GET /api/v1/me '{}'

# Problems speak the asker's language, and name what is meant.
AS='' H='Accept-Language: en-GB, zh;q=0.5' want 404 GET /nowhere
is "$(got .title)" "There is no such address" "English"
for wanted in 'zh; q=0.1, en; q=0.9=en' 'en;q=0=zh' 'en ;q=0.8, zh;q=0.9=zh' 'en-US,en;q=0.9,zh-CN;q=0.8=en'; do
    AS='' H="Accept-Language: ${wanted%=*}" req GET /nowhere
    like "$(header Content-Language)" "${wanted##*=}*" "Accept-Language: ${wanted%=*} is answered in ${wanted##*=}"
done
AS='' H='Accept-Language: fr' want 404 GET /nowhere
is "$(got .title)" "没有这个地址" "else Chinese"
AS='' want 405 DELETE /api/v1/clock
is "$(header Allow)" "OPTIONS, GET, HEAD, POST" "Allow tells what there is"
status=$(curl -s -o /dev/null -w '%{http_code}' -X OPTIONS "$B/api/v1/clock"); is "$status" 204 "OPTIONS"
status=$(curl -s -I -o "$T/body" -w '%{http_code}' "$B/api/v1/clock"); is "$status" 200 "HEAD"
AS='' want 404 GET /api/v1/clock/
AS='' want 404 GET /api/v1/offices/0
AS='' want 404 GET /api/v1/offices/99999999999
AS='' want 404 GET /api/v1/offices/4000000000
AS='' want 404 GET /api/v1/tenders/not-a-uuid
AS='' want 404 GET /api/v1/tenders/00000001-0000-4000-8000-000000000000
H='Authorization: Basic eDp5' want 401 GET /api/v1/me
H='Authorization: Bearer nonsense' want 401 GET /api/v1/me

# Pages.
for i in $(seq 25); do office "社区$i" community 3 >/dev/null; done
AS='' want 200 GET '/api/v1/offices?parent=3&limit=10'
is "$(got '.items | length')" 10 "a page of ten"
all=$(got '.items[].office_id') next=$(got .next) pages=1
like "$(header Link)" "</api/v1/offices?parent=3&limit=10&cursor=$next>; rel=\"next\"" "Link tells the next"
while [ "$next" != null ]; do
    AS='' req GET "/api/v1/offices?parent=3&limit=10&cursor=$next"
    all="$all $(got '.items[].office_id')" next=$(got .next) pages=$((pages + 1))
done
is "$pages $(tr ' ' '\n' <<<"$all" | sort -u | grep -c .)" "3 25" "three pages, each office once"
AS='' want 400 GET '/api/v1/offices?cursor=xyz'
AS='' want 400 GET "/api/v1/offices?cursor=$(printf 'infinity' | basenc --base64url | tr -d =)"
AS='' want 400 GET "/api/v1/offices?cursor=$(printf '1;drop' | basenc --base64url | tr -d =)"
AS='' want 422 GET '/api/v1/offices?limit=101'
AS='' want 422 GET '/api/v1/offices?limit=0'
AS='' want 422 GET '/api/v1/offices?parent=x'
is "$(got .detail)" "查询参数 parent 的格式不正确或重复" "the parameter is named"
AS='' want 422 GET '/api/v1/offices?parent=1&parent=2'
for query in 'limit=1&limit=2' 'limit=1&cursor=MQ&cursor=Mg'; do
    AS='' want 422 GET "/api/v1/offices?$query"
    is "$(got '.errors[0].code')" duplicate "what is asked twice is not the last of the two"
done
AS='' H='Accept-Language: en' want 422 GET '/api/v1/offices?nix=1'
is "$(got .detail)" "there is no query parameter nix here" "in English, too"
AS='' want 422 GET '/api/v1/offices?kind=village'
is "$(got '.errors[0] | "\(.pointer) \(.code) \(.detail)"')" "/kind enum city|district|street|community" "a word that the column never holds is refused, and the words are told"
AS='' want 200 GET '/api/v1/offices?kind=street'
AS='' want 422 GET '/api/v1/offices/3/tenders?state=draft'
AS='' want 422 GET '/api/v1/offices/3/tenders?state='
AS='' want 422 GET '/api/v1/offices/3/tenders?state=void|cancelled'
for far in 0d 4001d -1d 999999999d 1y '1 d' ''; do
    AS='' want 422 POST /api/v1/clock "{\"advance\":\"$far\"}"
    is "$(got '.errors[0].pointer')" /advance "advance by \"$far\": the member is named"
done
for to in 0001-01-01T00:00:00Z 10000-01-01T00:00:00Z 9999-12-31T23:59:59Z soon; do
    AS='' req POST /api/v1/clock "{\"to\":\"$to\"}"
    like "$STATUS $(got .type)" '4?? *' "the clock to $to"
done
H="Authorization: Basic eDp5" want 401 GET /api/v1/me
is "$(got .detail)" "Authorization 不是本系统的令牌" "a detail speaks Chinese unless English is asked for"
AS=clerk H='Accept-Language: en' want 403 POST /api/v1/offices/3/due/00000003-0000-8000-8000-00000000000f/retry
ok "and has no word of the inside" [ "$(got .detail | grep -c _)" = 0 ]
AS=clerk TYPE=application/octet-stream req PUT "/api/v1/blobs/$(printf '%064d' 0)" x
like "$STATUS $(got .detail)" "404 *$UPLOAD_PORT" "who sends a file to the wrong port is told the right one"

# If-Match.
AS=clerk want 201 POST /api/v1/offices/3/needs '{"kind":"need","source":"department","title":"助餐","body":"助餐","field":"elderly","beneficiaries":"老人","place":"本街道"}'
need=$(got .id)
for bad in 1 '"1' 'W/1' '"1", "2"' "'1'"; do
    AS=clerk IFM=$bad want 400 PATCH "/api/v1/needs/$need" '{"title":"x"}'
    is "$(problem)" etag/malformed "If-Match $bad is malformed, not stale"
done
AS=clerk IFM='"99"' want 412 PATCH "/api/v1/needs/$need" '{"title":"x"}'
AS=clerk IFM='W/"1"' want 412 PATCH "/api/v1/needs/$need" '{"title":"x"}'
AS=clerk IFM='"1"' want 200 PATCH "/api/v1/needs/$need" '{"title":"x"}'

# The clock of the sandbox.
k=$(key)
AS='' KEY=$k want 200 POST /api/v1/clock '{"advance":"2h"}'
moved=$BODY
AS='' KEY=$k want 200 POST /api/v1/clock '{"advance":"2h"}'
is "$BODY $(header Idempotent-Replayed)" "$moved true" "the same request moves the clock once"
AS='' req GET /api/v1/clock
ok "by what it said" [ "$(got .now | cut -c1-13)" = "$(jq -r .now <<<"$moved" | cut -c1-13)" ]
AS='' KEY=$k want 422 POST /api/v1/clock '{"advance":"3h"}'
AS='' KEY=short want 400 POST /api/v1/clock '{"advance":"3h"}'

# What was seen already.
AS='' want 200 GET /api/v1/offices/3
tag=$(etag)
AS='' H="If-None-Match: $tag" want 304 GET /api/v1/offices/3
is "$BODY" "" "nothing is sent again"
AS='' H='If-None-Match: "99"' want 200 GET /api/v1/offices/3

# The same request twice.
k=$(key)
AS=root KEY=$k want 201 POST /api/v1/people '{"login":"once","name":"一次"}'
first=$BODY
AS=root KEY=$k want 201 POST /api/v1/people '{"login":"once","name":"一次"}'
is "$BODY" "$first" "gets the same answer"
AS=root KEY=$k want 422 POST /api/v1/people '{"login":"twice","name":"两次"}'
is "$(problem)" idempotency/other-body "with another body it is refused"
AS=root KEY=none want 400 POST /api/v1/people '{"login":"twice","name":"两次"}'
AS=root KEY='"quoted-key-0123456789"' want 201 POST /api/v1/people '{"login":"twice","name":"两次"}'
# An account that asks too often waits; others do not.
stop_server
PORT='' UPLOAD_PORT=''
start_server --set limits.requests_per_minute=60
seq 300 | xargs -P 8 -I{} curl -s -o /dev/null -H "Authorization: Bearer ${TOKEN[clerk]}" "$B/api/v1/me" # faster than one a second
AS=clerk want 429 GET /api/v1/me
is "$(problem) $(header Retry-After)" "rate/exceeded 1" "it is told when to come again"
AS=approver want 200 GET /api/v1/me
sleep 2
AS=clerk want 200 GET /api/v1/me
# Loops share the port among themselves, servers do not.
wrong=$("$LINLI" serve --sandbox --set "database.url=$LINLI_DATABASE_URL" --set 'server.listen=[::1]:8080' --set "server.uploads=" \
    --set "plugins.state=$T/state2" --set "blobs.folder=$T/blobs" 2>&1)
like "$? ${wrong##*$'\n'}" '[1-9]* *no IPv4 address*' "an address of another kind is refused by name"
"$LINLI" serve --sandbox --set "database.url=$LINLI_DATABASE_URL" --set "server.listen=127.0.0.1:$PORT" --set "server.uploads=" \
    --set "plugins.state=$T/state2" --set "blobs.folder=$T/blobs" >"$T/out2" 2>"$T/err2"
like "$? $(tail -1 "$T/err2")" "[1-9]* *could not listen on 127.0.0.1:$PORT*" "a second server on the same port is refused"
finish
