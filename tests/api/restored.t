#!/bin/bash
# A database that was backed up, restored into an empty cluster with empty folders and served again answers every question of
# everybody as it did before.  (RESTORED is set in the second half, which runs beside the new cluster.)
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"

crawl() { python3 "$here/tests/api/crawl.py" "$B" "$1/tokens.json" "$1/ids.json"; }
if [ -n "${RESTORED:-}" ]; then
    export LINLI_BLOBS_FOLDER=$T/blobs LINLI_PLUGINS_STATE=$T/state
    "$LINLI" restore "$RESTORED/set" --bootstrap --url "postgresql:///linli?host=$WITH_PG_DIR&user=postgres" >"$RESTORED/restore" 2>&1 || { cat "$RESTORED/restore"; exit 1; }
    start_server --set limits.requests_per_minute=1000000
    crawl "$RESTORED" >"$RESTORED/after"
    exit
fi

start_server --set limits.requests_per_minute=1000000
people
bidder aa 甲社
bidder bb 乙社
contract_of 1000.00 2000.00
paid "${PARTS[0]}"
delivered "${PARTS[1]}" 800.00
AS=resident want 201 POST /api/v1/offices/3/needs '{"kind":"need","source":"resident","title":"助餐","body":"助餐","field":"elderly","beneficiaries":"老人","place":"本街道"}'

for login in root clerk approver evaluator1 resident auditor aa bb; do printf '%s\t%s\n' "$login" "${TOKEN[$login]}"; done | jq -Rn '[inputs / "\t" | {(.[0]): .[1]}] | add' >"$T/tokens.json"
# A name of a path is a table's; those that are not are said here.
sql "SELECT json_object_agg(relname, (xpath('/row/ids/text()', query_to_xml(format('SELECT coalesce(json_agg(id), ''[]'') AS ids
     FROM linli.%I', relname), false, true, '')))[1]::text::json) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE relnamespace = 'linli'::regnamespace AND relkind = 'r' AND attname = 'id' AND relname <> 'node'" >"$T/tables.json"
jq '. + {office: [1, 2, 3], entry: .list_entry, holder: .post_holder, due: .due, object: (.tender + .lot + .contract), change: .contract_change,
     decision: .approval, seat: .panel_member, edition: [1, 2], round: [1], no: [1], year: [2030, 2026], criterion: ["technical"],
     mechanism: ["public_bidding", "none_such"], scheme: ["comprehensive_score", "none_such"], kind: ["award"], level: ["public", "party", "supervisor"], index: [0, 1], format: ["csv", "none_such"], sha256: [("0" * 64)]}' \
    "$T/tables.json" >"$T/ids.json"
crawl "$T" >"$T/before"
is "$?" 0 "everybody asked everything that there is to ask"
say "$(wc -l <"$T/before") answers, $(awk '$3 == 200' "$T/before" | wc -l) of them 200"
ok "most questions found something" [ "$(awk '$3 == 200' "$T/before" | wc -l)" -gt 800 ]
is "$(grep -c ' 5[0-9][0-9] ' "$T/before")" 0 "and nothing broke"
crawl "$T" >"$T/again"
ok "asked twice, it answers the same" cmp "$T/before" "$T/again"
ok "linli audit finds nothing" linli audit
stop_server
export LINLI_BLOBS_FOLDER=$T/blobs LINLI_PLUGINS_STATE=$T/state
ok "a backup is made" "$LINLI" backup "$T/set" --url "$LINLI_DATABASE_ADMIN_URL"
env -u LINLI_DATABASE_URL -u LINLI_DATABASE_ADMIN_URL RESTORED="$T" WITH_PG_EMPTY=1 \
    "$here/tests/with-pg" bash "$0" >"$T/there" 2>&1
ok "it is restored into an empty cluster and served" test -s "$T/after"
[ -s "$T/after" ] || sed "s/^/# /" "$T/there"
ok "everybody gets every answer as before" cmp "$T/before" "$T/after"
diff "$T/before" "$T/after" 2>/dev/null | head -n 10 | sed 's/^/# /'
finish
