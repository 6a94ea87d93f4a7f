#!/bin/bash
# The table of problem types in docs/api.md is the one of core/base/problems.def.  problems.t --write writes it anew.
set -u
cd "$(dirname "$0")/../.." || exit 2
begin='<!-- problems: written by tests/docs/problems.t --write -->' end='<!-- end of problems -->'

table() {
    local code status type zh en
    declare -A of=([method/absent]=405 [idempotency/missing]=400)
    declare -A status=()
    while read -r code number; do status[$code]=$number; done < <(grep -oE '\{E_[A-Z_]+, [0-9]+\}' api/problem.c | tr -d '{},')
    printf '| type | status | 标题 | title |\n|---|---|---|---|\n'
    while IFS=$'\t' read -r type code zh en; do
        # shellcheck disable=SC2016
        printf '| `%s` | %s | %s | %s |\n' "$type" "${of[$type]:-${status[$code]}}" "$zh" "$en"
    done < <(sed -nE 's/^PROBLEM\("([^"]*)", (E_[A-Z_]+), "([^"]*)", "([^"]*)"\)$/\1\t\2\t\3\t\4/p' core/base/problems.def | LC_ALL=C sort)
}

shown() { awk -v begin="$begin" -v end="$end" '$0 == end {on = 0} on; $0 == begin {on = 1}' docs/api.md; }

if [ "${1:-}" = --write ]; then
    page=$(TABLE=$(table) awk -v begin="$begin" -v end="$end" \
        '$0 == begin {print; print ENVIRON["TABLE"]; skip = 1} $0 == end {skip = 0} !skip' docs/api.md) && printf '%s\n' "$page" >docs/api.md
fi
rows=$(table | tail -n +3 | wc -l)
if [ "$rows" = "$(grep -c '^PROBLEM(' core/base/problems.def)" ]; then echo "ok 1 - every row of problems.def is read"; else echo "not ok 1 - every row of problems.def is read"; fi
if difference=$(diff <(shown) <(table)); then
    echo "ok 2 - docs/api.md lists the problem types there are"
else
    echo "not ok 2 - docs/api.md lists the problem types there are: tests/docs/problems.t --write"
    printf '%s\n' "$difference" | sed 's/^/#   /'
fi
echo 1..2
[ "$rows" = "$(grep -c '^PROBLEM(' core/base/problems.def)" ] && [ -z "$difference" ]
