#!/bin/bash
# doctor.sh: linli doctor finds what is wrong, one thing at a time.  TAP.
set -u
cd "$(dirname "$0")/../.." || exit 2
[ -n "${WITH_PG_DIR:-}" ] || exec tests/with-pg "$0"
linli=${LINLI:-$PWD/bin/linli}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export LINLI_BLOBS_FOLDER=$work/blobs LINLI_PLUGINS_STATE=$work/plugins
mkdir "$work/blobs" "$work/plugins"
number=0 failed=0
says() { # name pattern [variable=value...]
    local name=$1 pattern=$2; shift 2
    number=$((number + 1))
    env "$@" "$linli" doctor >"$work/out" 2>"$work/err"
    if grep -qE "$pattern" "$work/out"; then echo "ok $number - $name"; else failed=1; echo "not ok $number - $name"; sed 's/^/# /' "$work/out" "$work/err"; fi
}
says 'a test cluster is not durable' '^FAIL  durable'
says 'and that is all that is wrong' '^1 failed, [01] warnings$' LINLI_SERVER_PUBLIC_URL=https://linli.example
# From here on one plug-in is enough: each is questioned anew by each run.
mkdir "$work/few"
cp "$(dirname "$linli")"/plugins/single_source.so "$work/few"
export LINLI_PLUGINS_FOLDERS=$work/few
says 'nobody answers' '^FAIL  database .*No such file' LINLI_DATABASE_URL='postgresql:///linli?host=/nowhere'
says 'no such database' '^FAIL  database .*"nothing" does not exist' LINLI_DATABASE_URL="postgresql:///nothing?host=$WITH_PG_DIR&user=linli"
says 'a login that is too mighty' '^warn  role .*linli_owner' LINLI_DATABASE_URL="$LINLI_TEST_SUPER_URL"
says 'a missing folder' '^FAIL  files .*/nowhere is not there' LINLI_BLOBS_FOLDER=/nowhere
mkdir "$work/rules" && echo '{' >"$work/rules/x.json"
says 'cookies without TLS' '^warn  address .*without TLS'
says 'rules that cannot be read' '^FAIL  rules ' LINLI_DATA_RULES="$work/rules"
says 'no plug-ins' '^FAIL  plug-ins .*none in' LINLI_PLUGINS_FOLDERS="$work/blobs"
says 'too many connections' '^warn  connections' LINLI_DATABASE_CONNECTIONS=400
psql -X -q "$LINLI_TEST_SUPER_URL" -c "REVOKE linli_intake FROM linli"
says 'a role is missing' '^FAIL  role .*permission denied to set role "linli_intake"|^FAIL  role .*linli_intake'
psql -X -q "$LINLI_TEST_SUPER_URL" -c "GRANT linli_intake TO linli"
says 'the scripts are those of the program' '^ok    schema'
change() { psql -X -q "$LINLI_TEST_SUPER_URL" -c "UPDATE sqitch.changes SET script_hash = $1 WHERE change = '040_tender'"; }
hash=$(psql -X -q -A -t "$LINLI_TEST_SUPER_URL" -c "SELECT script_hash FROM sqitch.changes WHERE change = '040_tender'")
change "'0000000000000000000000000000000000000000'"
says 'an earlier tree of this version deployed it' '^FAIL  schema .*other scripts .*\(040_tender\)'
refuses() { # name command...: with 78 or 69, naming the script
    local name=$1; shift
    number=$((number + 1))
    if "$@" >"$work/out" 2>&1 || ! grep -q 'other scripts.*040_tender' "$work/out"; then
        failed=1; echo "not ok $number - $name"; sed 's/^/# /' "$work/out"
    else echo "ok $number - $name"; fi
}
refuses 'which no server serves' timeout 20 "$linli" serve --sandbox --set server.listen=127.0.0.1:1 --set server.uploads=
refuses 'nor is it migrated' "$linli" migrate
change "'$hash'"
psql -X -q "$LINLI_TEST_SUPER_URL" -c "DELETE FROM sqitch.changes WHERE committed_at = (SELECT max(committed_at) FROM sqitch.changes)" 2>/dev/null ||
    psql -X -q "$LINLI_TEST_SUPER_URL" -c "GRANT linli_intake TO linli" -c "DELETE FROM sqitch.dependencies" -c "DELETE FROM sqitch.tags" -c "DELETE FROM sqitch.changes WHERE committed_at = (SELECT max(committed_at) FROM sqitch.changes)"
says 'the schema is an older one' '^FAIL  schema .*this linli needs'
number=$((number + 1))
if LINLI_SERVER_WORKERS=x "$linli" doctor >"$work/out" 2>&1; [ $? = 78 ]; then echo "ok $number - a bad configuration"; else failed=1; echo "not ok $number - a bad configuration"; fi
echo "1..$number"
exit $failed
