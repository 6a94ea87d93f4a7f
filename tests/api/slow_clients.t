#!/bin/bash
# Who is slow but does go on is served to the end: a large answer over a thin line, a head that comes after a long silence.
. "$(dirname "$0")/lib.sh"
start_server --set limits.upload_bytes=104857600
people
# A client that takes 1.2 MB a second needs some 50 seconds, more than the 30 in which one that takes nothing is cut.
{ printf '%%PDF-1.4\n'; head -c 60000000 /dev/urandom; } >"$T/large"
large=$(sha256sum "$T/large" | cut -d' ' -f1)
curl -s -o /dev/null -T "$T/large" -H "Authorization: Bearer ${TOKEN[clerk]}" "$UP/api/v1/blobs/$large"
AS=clerk want 201 POST /api/v1/offices/3/funds '{"code":"care","name":{"zh":"养老","en":"care"},"purpose":"养老服务","regimes":["grants"]}'
AS=clerk want 201 POST /api/v1/offices/3/attachments "{\"object_kind\":\"fund\",\"object\":\"$(got .id)\",\"name\":\"x.pdf\",\"kind\":\"notice\",\"sha256\":\"$large\"}"
file=$(got .id)
curl -s --limit-rate 1200k --max-time 120 -o "$T/back" -w '%{http_code}' -H "Authorization: Bearer ${TOKEN[clerk]}" "$B/api/v1/attachments/$file/file" >"$T/code" &
download=$!
# Of one that takes nothing the connection ends.
python3 - "$PORT" "/api/v1/attachments/$file/file" "${TOKEN[clerk]}" >"$T/still" <<'PY' &
import socket, sys, time
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
s.connect(('127.0.0.1', int(sys.argv[1])))
s.sendall(f'GET {sys.argv[2]} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {sys.argv[3]}\r\n\r\n'.encode())
time.sleep(45)
got = 0
try:
    while more := s.recv(1 << 20):
        got += len(more)
except ConnectionResetError:
    pass
print('cut' if got < 60000000 else 'whole')
PY
still=$!
# A head in two parts, after a silence that is longer than a head may take.
exec 3<>"/dev/tcp/127.0.0.1/$PORT"
printf 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' >&3
IFS= read -r -t 5 first <&3
sleep 12
printf 'GET /readyz HTTP/1.1\r\n' >&3
sleep 1.2
printf 'Host: x\r\nConnection: close\r\n\r\n' >&3
second=$(timeout 5 cat <&3 | grep -c 'HTTP/1.1 200')
exec 3>&-
like "$first" 'HTTP/1.1 200*' "a connection is kept"
is "$second" 1 "after twelve silent seconds a head may come in two parts"
# A head that never ends is cut.
exec 3<>"/dev/tcp/127.0.0.1/$PORT"
printf 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n' >&3
IFS= read -r -t 5 first <&3
sleep 0.2
printf 'GET /readyz HTTP/1.1\r\n' >&3
began=$SECONDS
timeout 40 cat <&3 >/dev/null
exec 3>&-
ok "a head that does not end is cut in time ($((SECONDS - began)) s)" test $((SECONDS - began)) -lt 20
wait "$download"
is "$(cat "$T/code") $(sha256sum <"$T/back" | cut -d' ' -f1)" "200 $large" "a slow download comes whole"
wait "$still"
is "$(cat "$T/still")" cut "one that is not taken is cut"
stop_server
finish
