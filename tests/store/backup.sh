#!/bin/bash
# backup.sh: a backup restored into an empty cluster is the same database and the same files.  TAP.
set -u
cd "$(dirname "$0")/../.." || exit 2
[ -n "${WITH_PG_DIR:-}" ] || exec tests/with-pg "$0"
linli=${LINLI:-$PWD/bin/linli}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
number=0 failed=0
ok() { # name command...
    local name=$1; shift
    number=$((number + 1))
    if "$@" >"$work/out" 2>&1; then echo "ok $number - $name"; else failed=1; echo "not ok $number - $name"; sed 's/^/# /' "$work/out"; fi
}
refuses() { # name pattern command...
    local name=$1 pattern=$2; shift 2
    number=$((number + 1))
    if ! "$@" >"$work/out" 2>&1 && grep -q "$pattern" "$work/out"; then echo "ok $number - $name"; else failed=1; echo "not ok $number - $name"; sed 's/^/# /' "$work/out"; fi
}
export LINLI_BLOBS_FOLDER=$work/blobs LINLI_PLUGINS_STATE=$work/plugins
psql -X -q -v ON_ERROR_STOP=1 "$LINLI_TEST_SUPER_URL" -f tests/store/small.sql || exit 1
printf 'a paper' >"$work/paper"
sum=$(sha256sum "$work/paper" | cut -d' ' -f1)
mkdir -p "$work/blobs/${sum:0:2}" "$work/plugins"
cp "$work/paper" "$work/blobs/${sum:0:2}/$sum"
echo plug-in >"$work/plugins/lowest_price.so"
psql -X -q "$LINLI_TEST_SUPER_URL" -c "INSERT INTO linli.blob (sha256, bytes, type, used) VALUES (decode('$sum', 'hex'), 7, 'text/plain', true)"
# What is on its way while it is made.
mkdir "$work/blobs/part"
echo half >"$work/blobs/part/00000000-0000-4000-8000-000000000001-$sum"
echo half >"$work/blobs/${sum:0:2}/$sum.new"
contents() { pg_dump --schema=linli --schema=sqitch --no-comments "$1" | grep -vE '^(--|SET |SELECT pg_catalog|\\(un)?restrict )'; }

ok 'a backup is made' "$linli" backup "$work/set"
ok 'without what was on its way' sh -c "! grep -E 'half|part|new' '$work/set/SHA256SUMS' && [ \$(find '$work/set/blobs' -type f | wc -l) = 1 ]"
ok 'sha256sum finds it whole' sh -c "cd '$work/set' && sha256sum --quiet -c SHA256SUMS"
refuses 'a folder in use is not overwritten' 'not an empty folder' "$linli" backup "$work/set"
contents "$LINLI_TEST_SUPER_URL" >"$work/before"

psql -X -q "$LINLI_TEST_SUPER_URL" -c "INSERT INTO linli.blob (sha256, bytes, type, used) VALUES (decode(repeat('ab', 32), 'hex'), 7, 'text/plain', true)"
refuses 'a missing file is noticed' 'abababab.* is missing' "$linli" backup "$work/second"
refuses 'and what was not finished is not restored' 'no finished backup' "$linli" restore "$work/second"
psql -X -q "$LINLI_TEST_SUPER_URL" -c "DELETE FROM linli.blob WHERE sha256 = decode(repeat('ab', 32), 'hex')"
psql -X -q "$LINLI_TEST_SUPER_URL" -v ON_ERROR_STOP=1 -c "INSERT INTO linli.blob (sha256, bytes, type, used) VALUES (decode(repeat('cd', 32), 'hex'), 7, 'application/octet-stream', false);
    UPDATE linli.bid SET sha256 = decode(repeat('cd', 32), 'hex') WHERE id = (SELECT id FROM linli.bid ORDER BY id LIMIT 1)"
refuses 'and so is that of a bid, which nobody has opened yet' 'cdcdcdcd.* is missing' "$linli" backup "$work/fourth"
psql -X -q "$LINLI_TEST_SUPER_URL" -c "UPDATE linli.bid SET sha256 = decode('$sum', 'hex') WHERE sha256 = decode(repeat('cd', 32), 'hex'); DELETE FROM linli.blob WHERE sha256 = decode(repeat('cd', 32), 'hex')"
printf 'b' | dd of="$work/blobs/${sum:0:2}/$sum" conv=notrunc status=none
refuses 'a damaged file is noticed' 'is damaged' "$linli" backup "$work/third"
refuses 'a database in use is not overwritten' 'has a schema linli already' "$linli" restore "$work/set"

cp -r "$work/set" "$work/bad" && echo x >>"$work/bad/database.dump"
refuses 'a set that was changed is refused' 'is not what was saved' "$linli" restore "$work/bad"
cp -r "$work/set" "$work/more" && echo x >"$work/more/blobs/x"
refuses 'a set with a stranger is refused' 'does not belong' "$linli" restore "$work/more"
cp -r "$work/set" "$work/less" && rm "$work/less/plugins/lowest_price.so"
refuses 'a set with a gap is refused' 'cannot open' "$linli" restore "$work/less"

# Another machine: an empty cluster, empty folders.
cat >"$work/there" <<'THERE'
set -e
export LINLI_BLOBS_FOLDER=$work/new/blobs LINLI_PLUGINS_STATE=$work/new/plugins
url="postgresql:///linli?host=$WITH_PG_DIR&user=postgres"
"$linli" migrate --roles --url "$url"
[ "$(psql -X -q -A -t "$url" -c "SELECT count(*) FROM pg_namespace WHERE nspname IN ('linli', 'sqitch')")" = 0 ]
"$linli" restore "$work/set" --url "postgresql:///linli?host=$WITH_PG_DIR&user=linli_admin"
"$linli" migrate --url "postgresql:///linli?host=$WITH_PG_DIR&user=linli_admin" | grep -q 'is there already'
contents "$url" >"$work/after"
"$linli" backup "$work/again" --url "postgresql:///linli?host=$WITH_PG_DIR&user=linli_admin"
THERE
export work linli
export -f contents
ok 'it is restored into an empty cluster' env -u LINLI_DATABASE_URL -u LINLI_DATABASE_ADMIN_URL WITH_PG_EMPTY=1 tests/with-pg bash "$work/there"
ok 'the database is the same' diff "$work/before" "$work/after"
ok 'the attached file is the same' cmp "$work/paper" "$work/new/blobs/${sum:0:2}/$sum"
ok 'the plug-in copy is the same' cmp "$work/plugins/lowest_price.so" "$work/new/plugins/lowest_price.so"
ok 'and it can be backed up again' test -s "$work/again/SHA256SUMS"
echo "1..$number"
exit $failed
