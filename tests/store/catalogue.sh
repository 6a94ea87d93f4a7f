#!/bin/bash
# catalogue.sh: what the schema promises (catalogue.sql), as TAP.
cd "$(dirname "$0")/../.." || exit 2
# shellcheck disable=SC2016
out=$(tests/with-pg sh -c 'psql -X "$LINLI_TEST_SUPER_URL" -f tests/store/catalogue.sql 2>&1') || { echo "$out"; exit 1; }
printf '%s\n' "$out"
! printf '%s\n' "$out" | grep -q '^not ok'
