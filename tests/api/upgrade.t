#!/bin/bash
# shellcheck disable=SC2002
# A rolling upgrade: the schema goes one minor version on while a server serves, and a second one is started beside it;
# a schema two minor versions on is refused.
. "$(dirname "$0")/lib.sh"
start_server
people

# traffic FILE ADDRESS: a question and an act, again and again; each status a line.
traffic() {
    while [ ! -e "$T/enough" ]; do
        curl -s -o /dev/null -w '%{http_code}\n' "$2/api/v1/offices/3" >>"$1"
        curl -s -o /dev/null -w '%{http_code}\n' -H "Authorization: Bearer ${TOKEN[resident]}" -H "Idempotency-Key: $(key)" \
            --json '{"kind":"need","source":"resident","title":"助餐","body":"助餐","field":"elderly","beneficiaries":"老人","place":"本街道"}' \
            "$2/api/v1/offices/3/needs" >>"$1"
    done
}
# later NAME VERSION SQL: one more change behind the plan, with its tag.
later() {
    printf '%s [%s] 2026-12-01T00:00:00Z test <test@linli.example> # later\n@v%s 2026-12-01T00:00:00Z test <test@linli.example> # later\n' \
        "$1" "$last" "$2" >>"$T/sql/sqitch.plan"
    printf 'BEGIN;\n%s\nCOMMIT;\n' "$3" >"$T/sql/deploy/$1.sql"
    printf 'SELECT 1;\n' >"$T/sql/verify/$1.sql"
    last=$1
    (cd "$T/sql" && PGHOST=$WITH_PG_DIR PGUSER=linli_admin PGDATABASE=linli PGOPTIONS='-c role=linli_owner' SQITCH_FULLNAME=test \
        SQITCH_EMAIL=test@linli.example TZ=UTC sqitch --quiet deploy db:pg:) >"$T/migrated" 2>&1
}

like "$(tail -n 1 "$here/sql/sqitch.plan")" "@v*" "the plan ends with the tag of its version"
cp -r "$here/sql" "$T/sql"
last=$(sed -n 's/^\([0-9][0-9a-z_]*\) .*/\1/p' "$T/sql/sqitch.plan" | tail -n 1)
version=$(sed -n 's/^@v\([0-9.]*\) .*/\1/p' "$T/sql/sqitch.plan" | tail -n 1)
major=${version%.*} minor=${version#*.}

old=$SERVER_PID
traffic "$T/old" "$B" &
one=$!
sleep 1
ok "the schema goes one minor version on while a server serves" later 990_later "$major.$((minor + 1))" \
    "ALTER TABLE linli.office ADD COLUMN later text; ALTER TABLE linli.need ADD COLUMN later integer NOT NULL DEFAULT 0;
     CREATE TABLE linli.later (office_id integer NOT NULL, id uuid NOT NULL, PRIMARY KEY (office_id, id)); SELECT linli.guard();"
sleep 1
PORT='' UPLOAD_PORT=''
start_server
ok "another server starts beside it" ready 5
like "$(LINLI_BLOBS_FOLDER=$T/blobs LINLI_PLUGINS_STATE=$T/state linli doctor)" "*warn*schema*$major.$((minor + 1))*$version*" "doctor sees that the upgrade is not at its end"
traffic "$T/new" "$B" &
two=$!
sleep 3
touch "$T/enough"
wait $one $two
is "$(cat "$T/old" | sort | uniq -c | awk '{ print $2 }' | paste -sd' ')" "200 201" "the old one answered all along"
is "$(cat "$T/new" | sort | uniq -c | awk '{ print $2 }' | paste -sd' ')" "200 201" "and so did the new one"
is "$(sql 'SELECT count(*) FROM linli.need')" "$(cat "$T/old" "$T/new" | grep -c 201)" "each act was done once"
new=$SERVER_PID
SERVER_PID=$old
stop_server
is "$SERVER_CODE" 0 "the old one stops"
AS=resident want 200 GET /api/v1/offices/3/needs

ok "one more minor version" later 991_later "$major.$((minor + 2))" "SELECT 1;"
"$LINLI" serve --sandbox --set "database.url=$LINLI_DATABASE_URL" --set "server.listen=127.0.0.1:$(free_port)" --set server.uploads= \
    --set "plugins.state=$T/state3" --set "blobs.folder=$T/blobs" >"$T/out3" 2>"$T/err3"
is $? 78 "is too far away to start"
like "$(cat "$T/err3")" "*has schema $major.$((minor + 2))*needs $version*" "and both are named"
AS=resident want 200 GET /api/v1/offices/3/needs
SERVER_PID=$new
stop_server
finish
