#!/bin/bash
# Conditional requests, HEAD, OPTIONS, what may be kept and by whom, and that no other origin is let in.
. "$(dirname "$0")/lib.sh"
start_server
people
ask() { : >"$T/b"; curl -s -D "$T/h" -o "$T/b" "$@"; tr -d '\r' <"$T/h" >"$T/headers"; }
code() { sed -n '1s/^[^ ]* \([0-9]*\).*/\1/p' "$T/headers"; }
field() { sed -n "s/^$1: //Ip" "$T/headers"; }
known() { ask -H "Authorization: Bearer ${TOKEN[$1]}" "${@:2}"; }

# ---- lists ----
ask "$B/api/v1/offices"
tag=$(field ETag)
like "$tag" 'W/"????????????????"' "a list has a weak ETag"
is "$(field Cache-Control)" no-cache "a public answer may be kept, and is asked for again"
ask -H "If-None-Match: $tag" "$B/api/v1/offices"
is "$(code) $(wc -c <"$T/b")" "304 0" "unchanged, it is not sent again"
is "$(field ETag)" "$tag" "304 says its ETag"
is "$(field Content-Type)" "" "and no type"
ask -H 'If-None-Match: W/"0000000000000000"' "$B/api/v1/offices"
is "$(code)" 200 "another tag gets the list"
ask -H "If-None-Match: \"x\", $tag" "$B/api/v1/offices"
is "$(code)" 304 "one of several tags"
office 新社区 community 3 >/dev/null
ask -H "If-None-Match: $tag" "$B/api/v1/offices"
is "$(code)" 200 "a new office makes it another list"
ask "$B/api/v1/offices?limit=2"
first=$(field ETag)
like "$(field Link)" '*rel="next"*' "a page tells the next"
ask -H "If-None-Match: $first" "$(field Link | sed -n "s|^<\(.*\)>.*|$B\1|p")"
is "$(code)" 200 "the next page is another thing"
ask -H 'If-None-Match: W/"0000000000000000"' "$B/api/v1/offices/4711"
is "$(code) $(field Cache-Control)" "404 no-store" "a problem is not kept"

# ---- who asks ----
known clerk "$B/api/v1/me"
is "$(code) $(field Cache-Control)" "200 no-store" "what is one's own is not kept"
known clerk "$B/api/v1/offices/3/needs"
is "$(code) $(field Cache-Control)" "200 no-store" "nor what needs a role"
tag=$(field ETag)
known clerk -H "If-None-Match: $tag" "$B/api/v1/offices/3/needs"
is "$(code)" 304 "but it can be polled"
for path in $(curl -s "$B/api/v1/openapi.json" | jq -r '.paths | to_entries[] | select(.value.get and (.key | test("{") | not)) | .key' | grep '^/api/v1/' | grep -v -e clock -e openapi); do
    known clerk "$B$path"
    [ "$(code)" = 200 ] || continue
    kept=$(field Cache-Control)
    vary=$(field Vary)
    # What the workers answer depends on who asks, and says so.
    [ "$kept" = no-store ] || [ -z "$vary" ] || fail "$path is kept though a clerk asked"
done
pass "what a known person is answered by the workers is never kept"

# ---- HEAD, OPTIONS, other origins ----
ask "$B/api/v1/offices"
bytes=$(wc -c <"$T/b") tag=$(field ETag)
ask -I "$B/api/v1/offices"
is "$(code) $(field Content-Length) $(field ETag)" "200 $bytes $tag" "HEAD answers as GET does"
is "$(printf 'HEAD /api/v1/offices HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n' | timeout 5 bash -c "exec 3<>/dev/tcp/127.0.0.1/$PORT; cat >&3; cat <&3" | tr -d '\r' | sed '1,/^$/d' | wc -c)" 0 "without a body"
ask -X OPTIONS "$B/api/v1/offices"
is "$(code) $(field Allow)" "204 OPTIONS, GET, HEAD" "OPTIONS tells what there is"
ask -X OPTIONS "$B/api/v1/offices/3/needs"
is "$(field Allow)" "OPTIONS, GET, HEAD, POST" "and more where there is more"
ask -X OPTIONS "$B/api/v1/nothing"
is "$(code)" 404 "nothing, where there is nothing"
ask -X OPTIONS -H 'Origin: https://evil.example' -H 'Access-Control-Request-Method: POST' "$B/api/v1/sessions"
is "$(grep -ci '^access-control' "$T/headers")" 0 "a preflight from elsewhere is allowed nothing"
ask -H 'Origin: https://evil.example' "$B/api/v1/offices"
is "$(grep -ci '^access-control' "$T/headers")" 0 "nor is a question"
ask -H 'Accept-Encoding: gzip, br' "$B/api/v1/offices"
is "$(field Content-Encoding)" "" "compressing is left to the proxy"
for path in /healthz /readyz /metrics /api/v1/clock; do
    ask "$B$path"
    is "$(field Cache-Control) $(field X-Content-Type-Options)" "no-store nosniff" "$path is not kept"
done

# ---- what looks through much makes nobody wait ----
sql "BEGIN; LOCK TABLE linli.list; SELECT pg_sleep(3); COMMIT" >/dev/null &
lock=$!
until [ "$(sql "SELECT count(*) FROM pg_locks WHERE relation = 'linli.list'::regclass AND mode = 'AccessExclusiveLock' AND granted")" = 1 ]; do sleep 0.05; done
wide=()
for n in 1 2 3 4 5 6 7 8; do curl -s -o /dev/null -w '%{http_code}\n' "$B/api/v1/spending" >"$T/wide.$n" & wide+=($!); done
until [ "$(sql "SELECT count(*) FROM pg_locks WHERE relation = 'linli.list'::regclass AND NOT granted")" -ge 1 ]; do sleep 0.05; done
ask "$B/api/v1/offices/3"
is "$(code) $(kill -0 "$lock" 2>/dev/null && echo held)" "200 held" "a short question is answered while a year's spending waits"
wait "$lock" "${wide[@]}"
ask "$B/api/v1/openapi.json"
tag=$(field ETag)
ask -H "If-None-Match: $tag" "$B/api/v1/openapi.json"
is "$(code) $(wc -c <"$T/b")" "304 0" "the description of a build is sent once"
# Bundles, which anybody may ask for, hold half of the workers at most.
sql "BEGIN; LOCK TABLE linli.tender; SELECT pg_sleep(1.5); COMMIT" >/dev/null &
lock=$!
until [ "$(sql "SELECT count(*) FROM pg_locks WHERE relation = 'linli.tender'::regclass AND mode = 'AccessExclusiveLock' AND granted")" = 1 ]; do sleep 0.05; done
packing=()
for n in 1 2 3 4 5 6 7 8 9 10 11 12; do
    curl -s -o /dev/null -w '%{http_code}\n' "$B/api/v1/tenders/00000003-0000-8000-8000-000000000001/bundles/public" >"$T/pack.$n" & packing+=($!)
done
until [ "$(cat "$T"/pack.* | grep -c 503)" -ge 8 ] || ! kill -0 "$lock" 2>/dev/null; do sleep 0.05; done
known clerk "$B/api/v1/me"
is "$(code) $(kill -0 "$lock" 2>/dev/null && echo held)" "200 held" "a worker is free for others"
wait "$lock" "${packing[@]}"
is "$(cat "$T"/pack.* | sort | uniq -c | tr -s ' ' | paste -sd' ')" " 4 404  8 503" "four are worked on, the others come again"
is "$(cat "$T"/wide.* | sort | uniq -c | tr -s ' ')" " 8 200" "and that is answered in its time"
finish
