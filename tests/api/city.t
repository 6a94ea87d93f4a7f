#!/bin/bash
# The demonstration city in small: a few tenders of every mechanism, made through the API by tests/demo/city, which nothing
# may refuse, from 160 days ago until today.  CITY_TENDERS makes a larger one.
. "$(dirname "$0")/lib.sh"
sql "INSERT INTO linli.setting (name, value) VALUES ('clock_offset_us', '-13824000000000')"
start_server
export LINLI_URL=$B LINLI_UPLOADS_URL=$UP LINLI_BIN=$LINLI
TODAY=$(date -u +%FT%TZ)
ok "the people of the city" bash "$here/tests/demo/load" --people
"$here/tests/demo/city" --tenders "${CITY_TENDERS:-16}" --streets 1 --organisations 6 --experts 5 --projects 6 --ballots 12 --until "$TODAY" >"$T/city" 2>"$T/why"
is "$?" 0 "the city is made, and nothing of it was refused"
sed 's/^/# /' "$T/city"
head -c 4000 "$T/why" | sed 's/^/# /'
ok "an open call at its end" bash "$here/tests/demo/load" --call
AS='' req GET /api/v1/clock
like "$(got .now)" "$(date -u +%F)T*" "the city ends today"
is "$(sql "SELECT count(DISTINCT mechanism) FROM linli.tender")" 11 "tenders of every mechanism"
ok "linli audit finds nothing" linli audit
stop_server
finish
