#!/bin/bash
# docs/boundaries.md: every boundary of the table is named by a test of its own.  Prints TAP.
set -u
cd "$(dirname "$0")/../.." || exit 2
count=0 failed=0
while IFS='|' read -r _ number what _; do
    number=${number// /}
    case $number in [0-9] | [0-9][0-9]) ;; *) continue ;; esac
    count=$((count + 1))
    if grep -rqiE --include='*.case' --include='*.c' --include='*.t' --include='*.sh' --include='*.sql' "\bboundary $number\b" \
        plugins tests --exclude=boundaries.t; then
        echo "ok $count - boundary $number has a test"
    else
        failed=1
        echo "not ok $count - boundary $number has no test:$what"
    fi
done <docs/boundaries.md
echo "1..$count"
[ "$count" -gt 0 ] && [ "$failed" = 0 ]
