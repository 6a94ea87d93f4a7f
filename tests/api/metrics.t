#!/bin/bash
# /metrics: what an operator needs, in Prometheus' text format, and nothing that tells of a sealed bid.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server
people
bidder aa 甲社
bidder bb 乙社
page() { curl -s "$B/metrics"; }
value() { page | awk -v name="$1" 'index($0, name " ") == 1 { print $NF; found = 1 } END { if (!found) print "none" }'; }
requests() { value "linli_http_requests_total{method=\"$1\",route=\"$2\",status=\"$3\"}"; }

# ---- the format, as the exposition format asks it ----
cat >"$T/format.py" <<'PY'
import re, sys
kinds, helps, seen, buckets = {}, set(), set(), {}
sample = re.compile(r'^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{([a-z_]+="[^"\\\n]*")(,[a-z_]+="[^"\\\n]*")*\})? (\+Inf|-?[0-9]+(\.[0-9]+)?)$')
def wrong(why, line): print(why + ': ' + line); sys.exit(1)
for line in sys.stdin.read().splitlines():
    if line.startswith('# HELP '): helps.add(line.split(' ')[2]); continue
    if line.startswith('# TYPE '):
        _, _, name, kind = line.split(' ')
        if name in kinds: wrong('a second TYPE', line)
        kinds[name] = kind; continue
    m = sample.match(line)
    if not m: wrong('no sample', line)
    name, key = m.group(1), line.rsplit(' ', 1)[0]
    if key in seen: wrong('twice', line)
    seen.add(key)
    base = re.sub('_(bucket|sum|count)$', '', name) if kinds.get(re.sub('_(bucket|sum|count)$', '', name)) == 'histogram' else name
    if base not in kinds or base not in helps: wrong('no TYPE or HELP before', line)
    if kinds[base] == 'counter' and not name.endswith('_total'): wrong('a counter ends in _total', line)
    if kinds[base] == 'gauge' and name.endswith('_total'): wrong('a gauge does not', line)
    if kinds[base] == 'histogram':
        series = base + re.sub(r',?le="[^"]*"', '', m.group(2))
        buckets.setdefault(series, []).append((name, float(m.group(5))))
for series, rows in buckets.items():
    counts = [v for n, v in rows if n.endswith('_bucket')]
    if counts != sorted(counts) or len(counts) != 13: wrong('buckets', series)
    if counts[-1] != [v for n, v in rows if n.endswith('_count')][0]: wrong('the last bucket is not the count', series)
print(len(seen), 'samples,', len(kinds), 'metrics')
PY
AS=clerk want 200 GET /api/v1/offices/3
say "$(page | python3 "$T/format.py")"
ok "the page is well formed" bash -c "curl -s '$B/metrics' | python3 '$T/format.py'"
if command -v promtool >/dev/null; then ok "promtool finds nothing" bash -c "curl -s '$B/metrics' | promtool check metrics"; else skip "promtool finds nothing" "promtool is not installed"; fi
like "$(curl -s -i "$B/metrics" | tr -d '\r' | grep -i '^content-type')" '*text/plain; version=0.0.4*' "its type"

is "$(page | sed -n 's/^# TYPE \([a-z_]*\) .*/\1/p' | while read -r name; do grep -q "\`${name}[\`{]" "$here/docs/operate.md" || echo "$name"; done)" "" "docs/operate.md lists each"

# ---- requests by route and class ----
before=$(requests GET '/api/v1/offices/{office}' 2xx)
for i in 1 2 3; do AS='' want 200 GET /api/v1/offices/3; done
AS='' want 404 GET /api/v1/offices/4711
is "$(($(requests GET '/api/v1/offices/{office}' 2xx) - before))" 3 "three answers of one route"
is "$(requests GET '/api/v1/offices/{office}' 4xx)" 1 "and one problem"
is "$(value 'linli_http_request_duration_seconds_count{method="GET",route="/api/v1/offices/{office}"}')" $((before + 4)) "each was timed"
AS=clerk want 403 POST /api/v1/people '{"login":"xx","name":"某"}'
is "$(requests POST /api/v1/people 4xx)" 1 "acts are counted as well"
took=$(value 'linli_http_request_duration_seconds_sum{method="POST",route="/api/v1/people"}')
ok "an act takes time ($took s)" awk "BEGIN { exit !($took > 0.0001 && $took < 60) }"
refused=$(value linli_refused_total)
AS='' want 404 GET /api/v1/nothing
is "$(($(value linli_refused_total) - refused))" 1 "what finds no route is counted apart"

# ---- the house ----
is "$(value linli_lanes)" "$(value linli_lanes_up)" "every lane is open"
ok "workers and their connections are told" [ "$(value linli_workers)" -ge 1 ] && [ "$(value linli_database_connections)" -ge 1 ]
is "$(value linli_workers_waiting) $(value linli_database_waiting)" "0 0" "nobody waits"
like "$(page | grep '^linli_build_info')" 'linli_build_info{version="[0-9]*",compiler="?*"} 1' "what was built"
pid=$SERVER_PID
ok "open files as the kernel counts them" [ "$(($(find "/proc/$pid/fd" -type l | wc -l) - $(value process_open_fds)))" -le 2 ]
rss=$(($(awk '/^VmRSS/ { print $2 }' "/proc/$pid/status") * 1024))
ok "memory as the kernel counts it" awk "BEGIN { r = $(value process_resident_memory_bytes) / $rss; exit !(r > 0.8 && r < 1.25) }"
cpu=$(value process_cpu_seconds_total)
ok "processor time ($cpu s)" awk "BEGIN { exit !($cpu > 0) }"

# ---- what is due ----
late() { for _ in $(seq 150); do [ "$(value linli_due_failed)" = "$1" ] && break; sleep 0.2; done; value linli_due_failed; }
is "$(value linli_due_failed)" 0 "nothing failed"
sql "INSERT INTO linli.due (office_id, id, at, act, subject, failed, tries) VALUES (3, '00000003-0000-8000-8000-00000000dead', now() - interval '1 hour',
    'lot_phase', '00000003-0000-8000-8000-00000000dead', 'test', 5)"
is "$(late 1)" 1 "a deadline that failed is told"
is "$(value linli_due_waiting)" 1 "with what waits"
ok "and since when" [ "$(value linli_due_late_seconds)" -ge 3600 ]
ok "and when it was looked up" [ $(($(date +%s) - $(value linli_sampled_timestamp_seconds))) -le 60 ]
sql "DELETE FROM linli.due WHERE failed = 'test'"
is "$(late 0)" 0 "until it is done"

# ---- 0 and 50 sealed bids look alike ----
fund_of statutory 600000.00
entry_of statutory public_bidding 600000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" \
    '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"
# Whoever administers the machine sees how busy it is; nothing else may move.
seen() { page | grep -v -e '^#' -e '^process_' -e '^linli_sampled_timestamp_seconds'; }
at_rest() { # the server's own turns have the connection now and then: a page without one of them
    for _ in $(seq 100); do
        seen >"$1"
        grep -q '^linli_database_connections_busy 0$' "$1" && return
        sleep 0.1
    done
}
at_rest "$T/none"
taken=0
for i in $(seq 25); do
    for who in aa bb; do
        bid_for "$who" "$((300000 + i)).00"
        [ "$STATUS" = 201 ] && taken=$((taken + 1))
    done
done
AS=aa want 200 GET /api/v1/me/bids
AS=aa want 200 GET "/api/v1/bids/${BID[aa]}"
at_rest "$T/many"
is "$taken" 50 "fifty bids were taken"
is "$(diff "$T/none" "$T/many")" "" "no metric differs between none and fifty"
finish
