#!/bin/bash
# queries.sh: every statement of sql/query keeps the rules of docs/architecture.md section 10 and runs
# as the role that will run it.  TAP.
# shellcheck disable=SC2028
set -u
cd "$(dirname "$0")/../.." || exit 2
[ -n "${WITH_PG_DIR:-}" ] || exec tests/with-pg "$0"
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT

tenants=$(psql -X -t -A "$LINLI_TEST_SUPER_URL" -c "SELECT replace(t::text, 'linli.', '') FROM linli.tenant_tables() t" | paste -sd'|')
across=$(sed 's/[[:space:]]*#.*//' sql/across | paste -sd' ')
public=$(cat api/*.def api/*/*.def 2>/dev/null | sed -n 's/^LOOP(\([a-z0-9_]*\),.*/\1/p' | paste -sd' ')
number=0 failed=0
result() { # name what
    number=$((number + 1))
    if [ -n "$2" ]; then failed=1; echo "not ok $number - $1: $2"; else echo "ok $number - $1"; fi
}

# Words that no statement may have.
volatile='\b(now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday|random|gen_random_uuid|set_config)[[:space:]]*\(|\bcurrent_(timestamp|date|time)\b|\blocaltime|\bOFFSET\b|\bMERGE\b|\bGROUPING SETS\b'
: >"$work/script"
for f in sql/query/*.sql; do
    name=$(basename "$f" .sql)
    text=$(sed 's/--.*//' "$f")
    wrong=
    bad=$(grep -oiE "$volatile" <<<"$text" | head -n 1)
    [ -z "$bad" ] || wrong="$bad"
    if [[ " $across " != *" $name "* ]] && grep -qP "\blinli\.($tenants)\b(?!\()" <<<"$text" &&
        ! grep -qE 'office_id = \$[0-9]|office_id = ANY|\(office_id\b' <<<"$text"; then
        wrong="$wrong names no office_id and is not in sql/across"
    fi
    grep -q ';' <<<"$text" && wrong="$wrong has a semicolon"
    result "$name keeps the rules" "$wrong"
    count=$(grep -oE '\$[0-9]+' <<<"$text" | tr -d '$' | sort -n | tail -n 1)
    nulls=$(for ((i = 0; i < ${count:-0}; i++)); do printf '%sNULL' "${nulls:+}$([ "$i" = 0 ] || echo ,)"; done)
    role=linli_act
    [[ " $public " == *" $name "* ]] && role=linli_read
    [[ $name == *_intake ]] && role=linli_intake
    {
        echo "SET ROLE $role;"
        echo "PREPARE q AS"
        printf '%s\n;\n' "$text"
        echo '\if :ERROR'
        echo "\\echo $name :LAST_ERROR_MESSAGE"
        echo '\else'
        echo "EXPLAIN EXECUTE q${nulls:+($nulls)};"
        echo '\if :ERROR'
        echo "\\echo $name :LAST_ERROR_MESSAGE"
        echo '\else'
        echo "\\echo $name"
        echo '\endif'
        echo 'DEALLOCATE q;'
        echo '\endif'
    } >>"$work/script"
done
psql -X -q -t -A "$LINLI_TEST_SUPER_URL" -c 'SET search_path = linli' -f "$work/script" 2>/dev/null | grep -E '^[a-z0-9_]+( |$)' >"$work/out"
while read -r name wrong; do
    [ -e "sql/query/$name.sql" ] && result "$name is prepared and allowed" "$wrong"
done <"$work/out"
for f in sql/query/*.sql; do
    grep -qE "^$(basename "$f" .sql)( |$)" "$work/out" || result "$(basename "$f" .sql) is prepared and allowed" "no answer"
done

# What the store reads as a whole number or an instant is of a type that cannot hold anything else.
for f in sql/query/*.sql; do
    printf '\\echo %s\n' "$(basename "$f" .sql)"
    sed 's/--.*//' "$f"
    echo '\gdesc'
done >"$work/types"
psql -X -q -t -A "$LINLI_TEST_SUPER_URL" -c 'SET search_path = linli' -f "$work/types" 2>&1 >"$work/columns" | head -n 3
result "every statement tells its columns" "$(grep -c '|' "$work/columns" | awk '$1 < 1000 { print $1 " of them" }')"
result "no column is numeric, a float or an instant without a zone" \
    "$(awk -F'|' 'NF == 1 { q = $1 } $2 ~ /^(numeric|real|double|timestamp without)/ { print q "." $1 }' "$work/columns" | paste -sd' ')"
echo "1..$number"
exit $failed
