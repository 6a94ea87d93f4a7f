#!/bin/bash
# The sample configurations of config/proxy in front of the server, as they stand but for ports, names and keys: requests,
# uploads, what must not come through, and a deadline that is still right.
. "$(dirname "$0")/lib.sh"
if ! command -v nginx >/dev/null || ! command -v haproxy >/dev/null; then
    echo '1..0 # SKIP nginx or haproxy is not installed'
    exit 0
fi
start_server
people
org=$(organisation 甲社)
member ma "$org"
deadline=$(date -u -d '+30 days' +%Y-%m-%dT%H:%M:%SZ) tender=00000003-0000-8000-8000-000000000001
sql "INSERT INTO linli.tender (office_id, id, title, summary, category, regime, mechanism, scheme, options, scheme_options, budget_fen,
       state, sealing, published, deadline, created, created_by, plan)
     VALUES (3, '$tender', '助餐', '需求', 'services', 'sub_threshold', 'public_bidding', 'comprehensive_score', '{}', '{}', 50000000,
       'bidding', 'sealed_to_opening', now(), '$deadline', now(), '${PERSON[clerk]}',
       '{\"phases\":[{\"code\":\"bidding\",\"may\":{\"organisation\":[\"submit\"]}}]}');
     INSERT INTO linli.lot (office_id, id, tender_id, no, title, budget_fen, phase, phase_kind, state)
     VALUES (3, '00000003-0000-8000-8000-000000000002', '$tender', 1, '包1', 50000000, 'bidding', 'tendering', 'bidding')"
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=linli.example -keyout "$T/key" -out "$T/cert" 2>/dev/null
cat "$T/cert" "$T/key" >"$T/pem"
TLS=$(free_port) PLAIN=$(free_port) PAGES=$(free_port)
proxy='' direct=$B uploads=$UP
end_proxy() { [ -z "$proxy" ] || { kill -TERM "$proxy" 2>/dev/null; wait "$proxy" 2>/dev/null; }; proxy=''; }
trap 'end_proxy; cleanup' EXIT

adapted() {
    sed -E -e "s/127\.0\.0\.1:8080/127.0.0.1:$PORT/g" -e "s/127\.0\.0\.1:8081/127.0.0.1:$UPLOAD_PORT/g" \
        -e "s/127\.0\.0\.1:8082/127.0.0.1:$PAGES/g" \
        -e "s|listen 443 |listen 127.0.0.1:$TLS |; s|listen 80;|listen 127.0.0.1:$PLAIN;|; /listen \[::\]/d" \
        -e "s|bind :443 |bind 127.0.0.1:$TLS |; s|bind :80\$|bind 127.0.0.1:$PLAIN|; s|/etc/haproxy/linli.example.pem|$T/pem|" \
        -e "s|/var/log/nginx/|$T/|; s|log /dev/log local0|log stdout format raw local0|" -e "s/maxconn 20000/maxconn 200/" -e "s|/etc/ssl/linli.example.pem|$T/cert|; s|/etc/ssl/private/linli.example.key|$T/key|" "$here/config/proxy/$1"
}
start_nginx() {
    { printf 'daemon off; pid %s/nginx.pid; error_log %s/nginx.log;\nevents { }\nhttp { access_log off; client_body_temp_path %s/b; proxy_temp_path %s/p; fastcgi_temp_path %s/f; uwsgi_temp_path %s/u; scgi_temp_path %s/s;\n' \
        "$T" "$T" "$T" "$T" "$T" "$T" "$T"; adapted nginx.conf; echo '}'; } >"$T/nginx.conf"
    ok "nginx accepts its configuration" nginx -t -q -c "$T/nginx.conf"
    nginx -c "$T/nginx.conf" >"$T/nginx.out" 2>&1 &
    proxy=$!
}
start_haproxy() {
    adapted haproxy.cfg >"$T/haproxy.cfg"
    ok "HAProxy accepts its configuration" haproxy -c -q -f "$T/haproxy.cfg"
    haproxy -db -f "$T/haproxy.cfg" >"$T/haproxy.out" 2>"$T/haproxy.err" &
    proxy=$!
}
# Everything asks through the proxy: curl as lib.sh calls it, with this machine as the name of the site.
curl() { command curl --cacert "$T/cert" --resolve "linli.example:$TLS:127.0.0.1" "$@"; }
raw() { # bytes: status of the first answer
    printf '%b' "$1" | timeout 8 openssl s_client -quiet -connect "127.0.0.1:$TLS" -servername linli.example 2>/dev/null | head -n 1 | cut -d' ' -f2
}
body_of() { # text: uploads it through the proxy
    local hash
    hash=$(printf '%s' "$1" | sha256sum | cut -d' ' -f1)
    AS=ma TYPE=application/octet-stream want 201 PUT "/api/v1/blobs/$hash" "$1"
    TEXT="{\"lot\":1,\"organisation\":\"$org\",\"sha256\":\"$hash\",\"bytes\":${#1}}"
}
through() { # name
    B=https://linli.example:$TLS
    ok "$1 is there" ready 10
    AS='' want 200 GET /api/v1/offices/3
    like "$(header Strict-Transport-Security)" 'max-age=*' "with HSTS"
    is "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$PLAIN/api/v1/clock")" 308 "plain HTTP is sent to TLS"
    for page in / /zh/ /robots.txt /sitemap.xml /.well-known/security.txt; do # nothing listens there: 502 or 503
        like "$(curl -s -o /dev/null -w '%{http_code}' "$B$page")" '50[23]' "$page is the portal's"
    done
    AS=clerk want 200 GET /api/v1/me
    body_of "file through $1"
    AS=ma want 201 POST "/api/v1/tenders/$tender/bids" "$TEXT"
    is "$(raw 'GET /healthz HTTP/1.1\r\nHost: linli.example\r\nConnection: close\r\n\r\n')" 200 "a raw request"
    for bad in 'GET /healthz HTTP/1.1\r\nHost: linli.example\r\nHost: y\r\n\r\n' \
        'POST /api/v1/sessions HTTP/1.1\r\nHost: linli.example\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcde' \
        'G<ET /healthz HTTP/1.1\r\nHost: linli.example\r\n\r\n'; do
        is "$(raw "$bad")" 400 "$1 or the server refuses $(printf '%q' "$bad" | cut -c1-90)"
    done
    for ((i = 0; i < 50; i++)); do grep -q /offices/3 "$2" && break; sleep 0.1; done
    ok "$1 logs what is asked for" grep -q 'GET /api/v1/offices/3 200' "$2"
    is "$(grep -cE '/blobs|/bids' "$2")" 0 "and nothing of files and bids, from which one could count or name bidders"
    is "$(cat "$2" "$T/linli_error.log" 2>/dev/null | grep -c '127\.0\.0\.1')" 0 "nor whose request it was"
}
late() { # name: arrival counts where the server has the last byte
    advance 29d
    AS='' req GET /api/v1/clock
    body_of "in time through $1"
    AS=ma want 201 POST "/api/v1/tenders/$tender/bids" "$TEXT"
    advance 2d
    AS=ma want 409 POST "/api/v1/tenders/$tender/bids" "$TEXT"
    is "$(problem)" bid/after-deadline "late is late"
}
# Who has no account is limited by the proxy alone.
flood() { # name
    local all
    all=$(seq -f "$B/healthz?%.0f" 400)
    # shellcheck disable=SC2086
    ok "$1 limits how much one address asks" grep -qx 429 <(curl -s -Z --parallel-max 20 -o /dev/null -w '%{http_code}\n' $all)
}
start_nginx
through nginx "$T/linli.log"
is "$(raw 'GET /healthz HTTP/1.1\r\nHost: linli.example\r\nX-A: a\0000b\r\n\r\n')" 400 "nginx stops a NUL in a header, which the server's library would cut"
flood nginx
end_proxy
TLS=$(free_port) PLAIN=$(free_port)
start_haproxy
through HAProxy "$T/haproxy.out"
late HAProxy
flood HAProxy
end_proxy
B=$direct UP=$uploads
stop_server
finish
