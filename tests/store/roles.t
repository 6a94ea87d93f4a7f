#!/bin/bash
# Roles: core/domain/roles.def and the table linli.role say the same; what a person holds is decided in one place, over every
# role, way of holding it, and day beside its boundaries.
here=$(cd "$(dirname "$0")/../.." && pwd)
[ -n "${LINLI_TEST_SUPER_URL:-}" ] || exec "$here/tests/with-pg" bash "$0" "$@"
sed -n 's/^ROLE_ROW([A-Z_]*, \([a-z_]*\), "[^"]*", "[^"]*", \([01]\), \([01]\), [01])$/\1 \2 \3/p' "$here/core/domain/roles.def" |
    awk '{print NR - 1, $0}' | grep -v -e '^0 public' -e ' clock ' >"/tmp/roles-$$"
psql -X -q -A -t -F ' ' "$LINLI_TEST_SUPER_URL" -c "SELECT bit, code, member::int, post::int FROM linli.role ORDER BY bit" >"/tmp/roles-$$.db"
if cmp -s "/tmp/roles-$$" "/tmp/roles-$$.db"; then echo "ok 1 - the table and the code know the same roles"; else
    echo "not ok 1 - the table and the code know the same roles"
    diff "/tmp/roles-$$" "/tmp/roles-$$.db" | sed 's/^/# /'
fi
# Beside the functions themselves: what ends or hands over a row, who may not be forgotten yet, what compares two of them, ties of the past, seats of a body, bank accounts, papers that run out.
elsewhere=$(grep -lE 'valid_(from|until) *(<|>|IS NULL)' "$here"/sql/query/*.sql "$here"/sql/deploy/[89]*.sql | xargs -n 1 basename |
    grep -vE '^(membership_end|account_now|account_decide|post_holder_end|duty_clash|handover_posts|organisation_end|organisation_member_end|820_erasure|panel_ties|bid_file_brought|certificate_list|body_.*).sql$' | tr '\n' ' ')
if [ -z "$elsewhere" ]; then echo "ok 2 - nothing else decides who holds a role on a day"; else
    echo "not ok 2 - nothing else decides who holds a role on a day: $elsewhere"
fi
rm -f "/tmp/roles-$$" "/tmp/roles-$$.db"
out=$(psql -X -q -A -t -f "$here/tests/store/roles.sql" "$LINLI_TEST_SUPER_URL" 2>&1) || { echo "$out"; exit 1; }
printf '%s\n' "$out"
! printf '%s\n' "$out" | grep -q '^not ok'
