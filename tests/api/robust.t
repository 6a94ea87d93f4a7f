#!/bin/bash
# shellcheck disable=SC2093,SC1083
# Slow and broken clients, a full stop, a database that goes away and comes back.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/../web/lib.sh"
start_server
start_portal
people
AS=''

# A head that never ends and a body that drips are cut; nobody else notices.
LOG=$T/log
slow() { # name seconds bytes [port]: sends the bytes, then one more each second; how long until it is cut
    local since=$SECONDS
    exec 4<>"/dev/tcp/127.0.0.1/${4:-$PORT}"
    printf '%b' "$3" >&4
    while [ $((SECONDS - since)) -lt $(($2 + 8)) ]; do
        printf 'x' >&4 2>/dev/null || break
        read -r -t 1 -u 4 _
        [ $? -gt 128 ] || break
    done
    exec 4<&-
    printf '%s %d\n' "$1" $((SECONDS - since)) >>"$T/slow"
}
trap '' PIPE
(slow head 10 'GET /api/v1/clock HTTP/1.1\r\nHost: x\r\nX-A: ') &
a=$!
(slow body 30 'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"login":"') &
b=$!
(slow kept 10 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /api/v1/clock HTTP/1.1\r\nHo') &
c=$!
(slow upload 10 'HEAD /api/v1/blobs/00 HTTP/1.1\r\nHost: x\r\nX-A: ' "${UP##*:}") &
d=$!
(slow page 10 'GET /zh/ HTTP/1.1\r\nHost: x\r\nX-A: ' "${PAGES##*:}") &
e=$!
(slow page_body 30 'POST /zh/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nlogin=' "${PAGES##*:}") &
f=$!
silent=()
for i in $(seq 200); do
    exec {fd}<>"/dev/tcp/127.0.0.1/$PORT"
    silent+=("$fd")
done
sleep 1
worst=0
for i in $(seq 100); do
    took=$(curl -s -o /dev/null -w '%{time_total}' "$B/api/v1/offices/3")
    ms=$(awk "BEGIN { print int($took * 1000) }")
    [ "$ms" -le "$worst" ] || worst=$ms
done
say "slowest of 100 questions beside 203 slow clients: $worst ms"
ok "others are answered at once" [ "$worst" -lt 500 ]
for fd in "${silent[@]}"; do exec {fd}<&-; done
wait $a $b $c $d $e $f
stop_portal
is "$PORTAL_CODE $(grep -c . "$T/slow")" "0 6" "each of them, and the portal stops in order"
while read -r name took; do
    case $name in body | page_body) most=34 ;; *) most=13 ;; esac
    ok "a slow $name is cut after $took s" [ "$took" -le "$most" ]
done <"$T/slow"
like "$(curl -s "$B/metrics" | grep '^linli_slow_clients_total')" 'linli_slow_clients_total [1-9]*' "and counted"

# Forty log-ins at once hold up nobody's acts.
for i in $(seq 40); do
    curl -s -o /dev/null -H 'Content-Type: application/json' -d "{\"login\":\"nobody$i\",\"password\":\"wrong\"}" "$B/api/v1/sessions" &
    logins[i]=$!
done
sleep 0.3
took=$(curl -s -o /dev/null -w '%{time_total}' -H "Authorization: Bearer ${TOKEN[clerk]}" "$B/api/v1/me")
ok "beside 40 log-ins an act takes ${took} s" awk "BEGIN { exit !($took < 3) }"
wait "${logins[@]}"

# A client that goes away while it waits.
for i in $(seq 20); do
    exec 4<>"/dev/tcp/127.0.0.1/$PORT"
    printf 'GET /api/v1/offices HTTP/1.1\r\nHost: x\r\n\r\n' >&4
    exec 4<&-
done
want 200 GET /api/v1/offices

# Hundreds wait for the database, more than stay with the HTTP daemon; every third goes away meanwhile.
sql "BEGIN; LOCK TABLE linli.office; SELECT pg_sleep(2); COMMIT" >/dev/null &
lock=$!
sleep 0.5
for i in $(seq 400); do
    exec {waits[i]}<>"/dev/tcp/127.0.0.1/$PORT"
    printf 'GET /api/v1/offices/3 HTTP/1.1\r\nHost: x\r\n\r\n' >&"${waits[i]}"
done
for i in $(seq 3 3 400); do exec {waits[i]}<&-; done
wait $lock
answered=0
for i in $(seq 400); do
    [ $((i % 3)) != 0 ] || continue
    read -r -t 10 -u "${waits[i]}" line
    [ "$line" != $'HTTP/1.1 200 OK\r' ] || answered=$((answered + 1))
    exec {waits[i]}<&-
done
is $answered 267 "all that stayed are answered"
want 200 GET /api/v1/offices/3

# The database goes away: 503 with Retry-After, at once; then it comes back by itself.
bin=$(pg_config --bindir)
as=(); [ "$(id -u)" != 0 ] || as=(setpriv --reuid=nobody --regid=nogroup --clear-groups env -C / HOME=/)
options=$(sed -n '2,$p' "$WITH_PG_DIR/data/postmaster.opts" 2>/dev/null)
options="-k $WITH_PG_DIR -c listen_addresses= -c fsync=off -c max_connections=100"
"${as[@]}" "$bin/pg_ctl" -D "$WITH_PG_DIR/data" -m immediate -w stop >/dev/null
want 503 GET /api/v1/offices/3
like "$(header Retry-After)" '[1-9]*' "Retry-After"
is "$(problem)" server/busy "and a reason"
AS=root want 503 POST /api/v1/people '{"login":"late","name":"迟到"}'
AS='' want 503 GET /readyz
want 200 GET /healthz
"${as[@]}" "$bin/pg_ctl" -D "$WITH_PG_DIR/data" -l "$WITH_PG_DIR/log" -w -o "$options" start >/dev/null
grep request.broken "$T/log" | head -5 | sed "s/^/# /"
ok "it comes back by itself" ready 30
want 200 GET /api/v1/offices/3
AS=root want 201 POST /api/v1/people '{"login":"late","name":"迟到"}'
is "$(sql "SELECT count(*) FROM linli.person WHERE login = 'late'")" 1 "nothing was half done"

# A connection cut under a server that does not know yet.
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'linli'" >/dev/null
sleep 1
AS=root want 201 POST /api/v1/people '{"login":"later","name":"更迟"}'
ready 10
AS='' want 200 GET /api/v1/offices/3

# SIGHUP looks at the plug-ins again; SIGTERM answers what is in flight.
kill -HUP "$SERVER_PID"
sleep 1
want 200 GET /healthz
exec 5<>"/dev/tcp/127.0.0.1/$PORT"
printf 'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 35\r\n\r\n{"login":"nobody","password":"wrong' >&5
sleep 0.3
kill -TERM "$SERVER_PID"
sleep 0.3
printf '"}' >&5
read -r -t 15 -u 5 line
exec 5<&-
like "$line" 'HTTP/1.1 4*' "a request in flight is answered"
ok "no new connection is taken" bash -c "! curl -s --max-time 2 '$B/healthz'"
wait "$SERVER_PID"
is $? 0 "the server ends well"
SERVER_PID=''

# A sandbox stays one.
PRODUCTION=1
"$LINLI" serve --set "database.url=$LINLI_DATABASE_URL" --set "server.listen=127.0.0.1:$PORT" --set "plugins.state=$T/state" \
    --set "blobs.folder=$T/blobs" >"$T/out" 2>"$T/err"
is $? 78 "a database that was a sandbox is not served for real"
like "$(cat "$T/err")" '*sandbox*production*' "and it says why"
# A schema it does not know.
sql "UPDATE sqitch.tags SET tag = '@v9.0'"
"$LINLI" serve --sandbox --set "database.url=$LINLI_DATABASE_URL" --set "server.listen=127.0.0.1:$PORT" --set "plugins.state=$T/state" \
    --set "blobs.folder=$T/blobs" >"$T/out" 2>"$T/err"
is $? 78 "an unknown schema is refused"
like "$(cat "$T/err")" '*schema 9.0*needs 1.0*' "naming both"
finish
