#!/bin/bash
# The ledger's rules, one by one, and its races; needs LINLI_TEST_SUPER_URL (tests/with-pg).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
[ -n "${LINLI_TEST_SUPER_URL:-}" ] || exec "$here/../with-pg" "$0" "$@"
sql() { psql -X -q -v ON_ERROR_STOP=1 -d "$LINLI_TEST_SUPER_URL" "$@"; }
ask() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$LINLI_TEST_SUPER_URL" -c "$1"; }
same() {
    [ "$2" = "$3" ] || { echo "FAIL $1: wanted $2, got $3"; exit 1; }
    echo "ok  $1"
}

sql -f "$here/ledger_seed.sql"
sql -f "$here/ledger.sql" | grep -v '^$'

# ---- races: every client is connected before the first begins ----
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
race() { # clients script: exit 2 means that some were refused, which is the point
    pgbench -n -M simple -c "$1" -j 4 -t 1 -f "$2" "$LINLI_TEST_SUPER_URL" >"$work/out" 2>"$work/err" || [ $? = 2 ] ||
        { cat "$work/err"; exit 1; }
}
u() { printf '00000001-0000-8000-8000-%012d' "$1"; }

a2=00000001-0000-8000-8000-0000000000a2
sql <<SQL
SET ROLE linli_act; SET linli.offices = '{1}';
SELECT linli.post(1, '$(u 500)', 'appropriate', '$(u 500)', '$a2', NULL, '2026-01-01Z', 100000) \g /dev/null
RESET ROLE;
INSERT INTO linli.tender (office_id, id, title, summary, category, regime, mechanism, scheme, options, scheme_options, budget_fen, state, created, created_by)
SELECT 1, format('00000001-0000-8000-8000-%s', lpad((1000 + n)::text, 12, '0'))::uuid, 't', 's', 'services', 'sub_threshold', 'm', 's', '{}', '{}',
       30000, 'draft', '2026-01-01Z', '00000000-0000-8000-8000-0000000000f1' FROM generate_series(0, 63) n;
INSERT INTO linli.source (office_id, owner_id, no, appropriation_id) SELECT 1, id, 1, '$a2' FROM linli.tender WHERE id >= '$(u 1000)';
SQL
cat >"$work/reserve.sql" <<SQL
SET ROLE linli_act;
SET linli.offices = '{1}';
SELECT linli.post(1, format('00000001-0000-8000-8000-%s', lpad((2000 + :client_id)::text, 12, '0'))::uuid, 'reserve', t, t, NULL,
                  '2026-01-01Z', 30000)
  FROM format('00000001-0000-8000-8000-%s', lpad((1000 + :client_id)::text, 12, '0')) AS f(x), uuid(x) AS t;
SQL
race 32 "$work/reserve.sql"
same "32 reservations of 30,000 race for 100,000: three fit" 3 "$(ask "SELECT count(*) FROM linli.journal WHERE kind = 'reserve' AND id >= '$(u 2000)' AND id < '$(u 2064)'")"
same "10,000 are left" 10000 "$(ask "SELECT credits - debits FROM linli.account WHERE appropriation_id = '$a2' AND bucket = 'available'")"
same "29 were told why" 29 "$(grep -c 'fund/insufficient' "$work/err")"

# The same journal from 32 clients: one posts, the others are told it is there.
cat >"$work/replay.sql" <<SQL
SET ROLE linli_act;
SET linli.offices = '{1}';
SELECT linli.post(1, '$(u 501)', 'appropriate', '$(u 501)', '$a2', NULL, '2026-01-01Z', 5);
SQL
race 32 "$work/replay.sql"
same "one journal from 32 clients at once is posted once" 10005 "$(ask "SELECT credits - debits FROM linli.account WHERE appropriation_id = '$a2' AND bucket = 'available'")"
same "nobody was refused" 0 "$(grep -c ERROR "$work/err" || cat "$work/err")"

# 32 contracts of one tender race for what was reserved for it: 100,000 and nothing else.
sql <<SQL
INSERT INTO linli.appropriation (office_id, id, fund_id, year, budget_item, name, created)
VALUES (1, '$(u 9099)', '00000001-0000-8000-8000-0000000000f0', 2026, 'last fen', 'last fen', '2026-01-01Z');
INSERT INTO linli.tender (office_id, id, title, summary, category, regime, mechanism, scheme, options, scheme_options, budget_fen, state, created, created_by)
VALUES (1, '$(u 9100)', 't', 's', 'services', 'sub_threshold', 'm', 's', '{}', '{}', 100000, 'announced', '2026-01-01Z', '00000000-0000-8000-8000-0000000000f1');
INSERT INTO linli.source (office_id, owner_id, no, appropriation_id) VALUES (1, '$(u 9100)', 1, '$(u 9099)');
INSERT INTO linli.lot (office_id, id, tender_id, no, title, budget_fen, state) VALUES (1, '$(u 9101)', '$(u 9100)', 1, 'l', 100000, 'announced');
CREATE TEMP TABLE racer AS SELECT n, format('00000001-0000-8000-8000-%s', lpad((9200 + n)::text, 12, '0'))::uuid AS id FROM generate_series(0, 31) n;
INSERT INTO linli.bid (office_id, id, tender_id, lot_no, person_id, sha256, bytes, received, state, price_fen)
SELECT 1, id, '$(u 9100)', 1, '00000000-0000-8000-8000-0000000000f1', sha256(id::text::bytea), 1, '2026-01-01Z', 'withdrawn', 30000 FROM racer;
INSERT INTO linli.award (office_id, id, tender_id, lot_id, bid_id, standing, place, amount_fen, why, decision_id, state, decided, decided_by)
SELECT 1, id, '$(u 9100)', '$(u 9101)', id, 'winner', 1 + n, 30000, '[]', id, 'contracted', '2026-01-01Z', '00000000-0000-8000-8000-0000000000f1' FROM racer;
INSERT INTO linli.contract (office_id, id, tender_id, award_id, number, organisation_id, amount_fen, starts, ends, terms, state, drawn_up, drawn_up_by)
SELECT 1, id, '$(u 9100)', id, 'race ' || n, '00000000-0000-8000-8000-0000000000d1', 30000, '2026-01-01', '2026-12-31', '-', 'draft', '2026-01-01Z',
       '00000000-0000-8000-8000-0000000000f1' FROM racer;
SET ROLE linli_act; SET linli.offices = '{1}';
SELECT linli.post(1, '$(u 9098)', 'appropriate', '$(u 9098)', '$(u 9099)', NULL, '2026-01-01Z', 150000) \\g /dev/null
SELECT linli.post(1, '$(u 9097)', 'reserve', '$(u 9100)', '$(u 9100)', NULL, '2026-01-01Z', 100000) \\g /dev/null
SQL
cat >"$work/commit.sql" <<SQL
SET ROLE linli_act;
SET linli.offices = '{1}';
SELECT linli.post(1, format('00000001-0000-8000-8000-%s', lpad((9300 + :client_id)::text, 12, '0'))::uuid, 'commit', c, c, NULL, '2026-01-01Z', 30000)
  FROM format('00000001-0000-8000-8000-%s', lpad((9200 + :client_id)::text, 12, '0')) AS f(x), uuid(x) AS c;
SQL
race 32 "$work/commit.sql"
same "32 contracts of 30,000 race for 100,000 that are reserved: three are bound" "3 90000" \
    "$(ask "SELECT count(*) || ' ' || sum(credits - debits) FROM linli.account WHERE appropriation_id = '$(u 9099)' AND bucket = 'committed' AND credits > debits")"
same "10,000 stay reserved, what is free was not touched" "10000 50000" \
    "$(ask "SELECT string_agg((credits - debits)::text, ' ' ORDER BY bucket DESC) FROM linli.account WHERE appropriation_id = '$(u 9099)' AND bucket IN ('reserved', 'available')")"
same "29 were told why, none met another" "29 0" "$(grep -c 'fund/insufficient' "$work/err") $(grep -c deadlock "$work/err" || true)"

# 64 payments of one tranche.
sql <<SQL
SET ROLE linli_act; SET linli.offices = '{1}';
SELECT linli.tranche_add(1, '$(u 600)', '00000001-0000-8000-8000-0000000000c5', 1, 't', '期', 'part', 60000, 'signing', NULL, true) \g /dev/null
UPDATE linli.tranche SET state = 'released', released_fen = 60000 WHERE office_id = 1 AND id = '$(u 600)';
SQL
cat >"$work/pay.sql" <<SQL
SET ROLE linli_act;
SET linli.offices = '{1}';
INSERT INTO linli.payment (office_id, id, tranche_id, amount_fen, state, maker, ordered)
VALUES (1, format('00000001-0000-8000-8000-%s', lpad((3000 + :client_id)::text, 12, '0'))::uuid, '$(u 600)', 60000, 'ordered',
        '00000000-0000-8000-8000-0000000000f1', '2026-01-01Z');
SQL
race 64 "$work/pay.sql"
same "64 payments of one tranche at once: one" 1 "$(ask "SELECT count(*) FROM linli.payment WHERE tranche_id = '$(u 600)'")"

# 32 tranches race for the room of one contract of 60,000: six of 10,000 fit.
cat >"$work/tranche.sql" <<SQL
SET ROLE linli_act;
SET linli.offices = '{1}';
SELECT linli.tranche_add(1, format('00000001-0000-8000-8000-%s', lpad((4000 + :client_id)::text, 12, '0'))::uuid,
                         '00000001-0000-8000-8000-0000000000c6', 1 + :client_id, 't' || :client_id, '期', 'part', 10000, 'signing', NULL, true);
SQL
race 32 "$work/tranche.sql"
same "32 tranches of 10,000 race for a contract of 60,000: six fit" 6 "$(ask "SELECT count(*) FROM linli.tranche WHERE contract_id = '00000001-0000-8000-8000-0000000000c6'")"

# 32 contracts race for the last fen of three appropriations that pay together: what fits is bound, to the fen, in all three alike.
sql <<SQL
INSERT INTO linli.appropriation (office_id, id, fund_id, year, budget_item, name, created)
SELECT 1, format('00000001-0000-8000-8000-0000000001a%s', n)::uuid, '00000001-0000-8000-8000-0000000000f0', 2026, 'race ' || n, 'race ' || n, '2026-01-01Z' FROM generate_series(1, 3) n;
SET ROLE linli_act; SET linli.offices = '{1}';
SELECT linli.post(1, id, 'appropriate', id, id, NULL, '2026-01-01Z', 10000) FROM linli.appropriation WHERE budget_item LIKE 'race %' \\g /dev/null
RESET ROLE;
INSERT INTO linli.tender (office_id, id, title, summary, category, regime, mechanism, scheme, options, scheme_options, budget_fen, state, created, created_by)
SELECT 1, format('00000001-0000-8000-8000-%s', lpad((7000 + n)::text, 12, '0'))::uuid, 't', 's', 'services', 'sub_threshold', 'm', 's', '{}', '{}',
       3001, 'draft', '2026-01-01Z', '00000000-0000-8000-8000-0000000000f1' FROM generate_series(0, 31) n;
INSERT INTO linli.source (office_id, owner_id, no, appropriation_id, amount_fen)
SELECT 1, t.id, (n + right(t.id::text, 1)::integer) % 3 + 1, format('00000001-0000-8000-8000-0000000001a%s', n)::uuid, CASE n WHEN 1 THEN 1001 ELSE 1000 END
  FROM linli.tender t, generate_series(1, 3) n WHERE t.id >= '$(u 7000)' AND t.id < '$(u 7032)';
SQL
cat >"$work/three.sql" <<SQL
SET ROLE linli_act;
SET linli.offices = '{1}';
SELECT linli.post(1, format('00000001-0000-8000-8000-%s', lpad((8000 + :client_id)::text, 12, '0'))::uuid, 'reserve', t, t, NULL, '2026-01-01Z', 3001)
  FROM format('00000001-0000-8000-8000-%s', lpad((7000 + :client_id)::text, 12, '0')) AS f(x), uuid(x) AS t;
SQL
race 32 "$work/three.sql"
same "32 race for three that pay together 1,001 and 1,000 and 1,000: nine fit, since the first has 10,000" 9 "$(ask "SELECT count(*) FROM linli.journal WHERE id >= '$(u 8000)' AND id < '$(u 8032)'")"
same "to the fen" "991 1000 1000" "$(ask "SELECT string_agg((credits - debits)::text, ' ' ORDER BY appropriation_id) FROM linli.account JOIN linli.appropriation p ON p.id = appropriation_id WHERE budget_item LIKE 'race %' AND bucket = 'available'")"
same "23 were told why, none met another" "23 0" "$(grep -c 'fund/insufficient' "$work/err") $(grep -c deadlock "$work/err" || true)"

# Reserving and giving back at random on few accounts: no deadlock, nothing lost, nothing below zero.
cat >"$work/mixed.sql" <<SQL
\set n random(0, 2)
SET ROLE linli_act;
SET linli.offices = '{1}';
SELECT linli.post(1, gen_random_uuid(), 'release', t, t, NULL, '2026-01-01Z', 7)
  FROM (SELECT subject AS t FROM linli.account WHERE office_id = 1 AND appropriation_id = '$a2' AND bucket = 'reserved' ORDER BY subject OFFSET :n LIMIT 1) x;
SELECT linli.post(1, x, 'appropriate', x, '$a2', NULL, '2026-01-01Z', 3)
  FROM gen_random_uuid() AS x;
SQL
pgbench -n -M simple -c 16 -j 4 -t 20 -f "$work/mixed.sql" "$LINLI_TEST_SUPER_URL" >"$work/out" 2>"$work/err" || { cat "$work/err"; exit 1; }
same "320 mixed pairs by 16 clients, none refused" 0 "$(grep -c ERROR "$work/err" || true)"
same "conserved" 0 "$(ask "SELECT sum(credits - debits) FROM linli.account WHERE appropriation_id = '$a2'")"
same "available is what it must be" "$((10005 + 320 * 10))" "$(ask "SELECT credits - debits FROM linli.account WHERE appropriation_id = '$a2' AND bucket = 'available'")"

# What linli audit asks of the ledger alone is silent about all that was done here.
for promise in balanced overdraft conserved totals reversed sealed crossing amounts; do
    same "audit: $promise" '' "$(psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$LINLI_TEST_SUPER_URL" -f "$here/../../sql/query/audit_$promise.sql")"
done
