#!/bin/bash
# What the tables of money refuse, whoever writes, and what the database works out; needs LINLI_TEST_SUPER_URL (tests/with-pg).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ -n "${LINLI_TEST_SUPER_URL:-}" ] || exec "$here/../with-pg" "$0" "$@"
psql -X -q -v ON_ERROR_STOP=1 -d "$LINLI_TEST_SUPER_URL" -f "$here/paying.sql" | grep -v '^$'
