#!/bin/bash
# words.sh: the words a query parameter may be (api/routes.def, name=a|b|c) are those its column holds.  TAP.
# shellcheck disable=SC2028
set -u
cd "$(dirname "$0")/../.." || exit 2
[ -n "${WITH_PG_DIR:-}" ] || exec tests/with-pg "$0"

# route parameter: the query that gives the words of its column
check() { # table column
    echo "SELECT string_agg(m[1], '|' ORDER BY m[1]) FROM pg_constraint c, regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g') m
          WHERE c.conrelid = 'linli.$1'::regclass AND c.contype = 'c' AND c.conkey = ARRAY[(SELECT attnum FROM pg_attribute
              WHERE attrelid = c.conrelid AND attname = '$2')]"
}
declare -A column=(
    [office_page.kind]="$(check office kind)"
    [membership_page.role]="SELECT string_agg(code, '|' ORDER BY code) FROM linli.role WHERE member"
    [registration_page.state]="$(check registration state)"
    [approval_page.state]="$(check approval state)"
    [need_page.state]="$(check need state)" [need_page.kind]="$(check need kind)"
    [project_page.state]="$(check project state)"
    [tender_page.state]="$(check tender state)" [tender_search.state]="$(check tender state)" [tender_drafts.state]="$(check tender state)"
    [batch_payments.state]="SELECT 'ordered|sent|settled|failed|returned'" # in a batch none is refused or only approved
    [behalf_page.state]="$(check behalf state)" [service_page.way]="$(check service way)"
    [batch_page.state]="$(check batch state)"
    [proposal_page.sort]="SELECT 'support'" # no column: the order asked for
    [task_list.whose]="SELECT 'others|mine'" # no column: which list is asked for
    [objection_page.state]="$(check objection state)" [objection_page.channel]="$(check objection channel)"
)
number=0 failed=0
while read -r op name words; do
    number=$((number + 1))
    [[ "$op.$name" != tender_page.state && "$op.$name" != tender_search.state ]] || words="$words|draft" # the public never sees one
    want=$(tr '|' '\n' <<<"$words" | sort | paste -sd'|')
    got=$(psql -X -t -A "$LINLI_TEST_SUPER_URL" -c "${column[$op.$name]:-SELECT 'no column is named for it here'}" | tr '|' '\n' | sort | paste -sd'|')
    if [ "$want" = "$got" ]; then
        echo "ok $number - $op: $name"
    else
        failed=1
        echo "not ok $number - $op: $name may be $want; the column: $got"
    fi
done < <(grep -E '^(LOOP|READ)\(' api/routes.def | while IFS= read -r row; do
    op=${row#*(} op=${op%%,*}
    grep -oE 'query\.[a-z_]+=[a-z_|]+' <<<"$row" | sed "s/^query\.\([a-z_]*\)=/$op \1 /"
done)
[ "$number" -ge "${#column[@]}" ] || { failed=1; echo "not ok - only $number of ${#column[@]} were found"; }
echo "1..$number"
exit $failed
