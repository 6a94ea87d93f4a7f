#!/bin/bash
# Whoever stands around a question to a plug-in waits for it: the server that drains, the portal, the proxies and systemd
# outlast twice limits.ask_ms and five seconds (docs/operate.md).  Prints TAP.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
LINLI=${LINLI:-$here/bin/linli}
tests=0 failures=0

outlasts() { # SECONDS OTHER NAME
    tests=$((tests + 1))
    if [ "${1:-0}" -gt "$2" ]; then
        echo "ok $tests - $3"
    else
        failures=$((failures + 1))
        printf 'not ok %d - %s\n#   %s s\n#   and not more than %s\n' "$tests" "$3" "${1:-no}" "$2"
    fi
}
of() { # FILE PATTERN: the number in the first line of it
    sed -nE "s/.*$2.*/\1/p" "$here/$1" | head -n 1
}

ask_ms=$("$LINLI" serve --config /dev/null --print-config | sed -n 's/^ask_ms = //p')
child=$(((ask_ms + 999) / 1000 * 2 + 5))
outlasts "$child" 25 'a count that its own limit of work ends has the time for it'
drain=$(of config/systemd/linli.service 'within ([0-9]+) seconds')
act=$(($(of web/ask.c 'ACT_MS = ([0-9]+)') / 1000))
outlasts "$drain" "$child" 'the server that ends waits for what is asked'
outlasts "$(of config/systemd/linli.service 'TimeoutStopSec=([0-9]+)')" "$drain" 'systemd waits for the server'
outlasts "$act" "$child" 'the portal waits for the answer to an act'
for seconds in $(sed -nE 's/^ *proxy_read_timeout ([0-9]+)s;.*/\1/p' "$here/config/proxy/nginx.conf"); do
    outlasts "$seconds" "$act" 'nginx waits as long as the portal does'
done
outlasts "$(of config/proxy/haproxy.cfg 'timeout server ([0-9]+)s')" "$act" 'HAProxy waits for both'

echo "1..$tests"
[ "$failures" = 0 ]
