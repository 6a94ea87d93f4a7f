#!/bin/bash
# Requests from the OpenAPI document: wrong ones change nothing and are told why, none breaks.  SEED and ROUNDS may be given.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/award_lib.sh"
start_server --set limits.requests_per_minute=1000000
people
bidder member 甲社
fund_of statutory 600000.00
entry_of statutory public_bidding 600000.00
tender_of comprehensive_score "{\"tranches\":$TWO_PARTS}" \
    '{"price_weight":"15%","criteria":[{"code":"technical","name":{"zh":"技术","en":"technical"},"weight":"85%"}]}'
publish "$(date -u -d '+40 days' +%FT02:00:00Z)"

for login in "${!TOKEN[@]}"; do printf '%s\t%s\n' "$login" "${TOKEN[$login]}"; done | jq -Rn '[inputs / "\t" | {(.[0]): .[1]}] | add' >"$T/tokens.json"
# What there is, by the name a path gives it.
of() { sql "SELECT coalesce(json_agg(id), '[]') FROM (SELECT id FROM linli.$1 LIMIT 5) x"; }
jq -n --argjson tender "$(of tender)" --argjson lot "$(of lot)" --argjson list "$(of list)" --argjson entry "$(of list_entry)" \
    --argjson fund "$(of fund)" --argjson appropriation "$(of appropriation)" --argjson organisation "$(of organisation)" \
    --argjson person "$(of person)" '{office: [3], $tender, $lot, $list, $entry, $fund, $appropriation, $organisation, $person}
        | .any = ([.[] | .[]] | map(tostring) | map(select(length > 9)))' >"$T/ids.json"
# One line a table: how many rows, and a digest of them all.
cat >"$T/digest" <<'SH'
tables=$(psql -X -q -A -t "$LINLI_TEST_SUPER_URL" -c "SELECT string_agg(format('SELECT %L, count(*), md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '''')) FROM linli.%I t', relname, relname), ' UNION ALL ' ORDER BY relname) FROM pg_class WHERE relnamespace = 'linli'::regnamespace AND relkind = 'r' AND relname <> 'node'") # which says every second that a server lives
psql -X -q -A -t "$LINLI_TEST_SUPER_URL" -c "$tables ORDER BY 1"
SH
python3 "$here/tests/api/fuzz.py" "$B" "$T/tokens.json" "$T/ids.json" "bash $T/digest" "${SEED:-20261121}" "${ROUNDS:-2}" >"$T/fuzz"
while IFS= read -r line; do
    case $line in
    'ok '*) pass "${line#* - }" ;;
    'not ok '*) fail "${line#* - }" ;;
    '#'*) printf '%s\n' "$line" ;;
    esac
done <"$T/fuzz"
ok "it came to its end" grep -q '^1\.\.' "$T/fuzz"
ok "the server is the same one" kill -0 "$SERVER_PID"
is "$(grep -c '"level":"error"' "$T/log")" 0 "nothing was logged as broken"
finish
