-- The bench's town: 100 offices, :tenders tenders, :bids bids, made by generate_series.  Tender n belongs to office
-- 1 + n % 100 and has the id oooooooo-0000-8000-8000-nnnnnnnnnnnn, so that a load generator can name it.
\set ON_ERROR_STOP on
\set QUIET on
SET client_min_messages = warning;
SET search_path = linli;
BEGIN;
CREATE FUNCTION pg_temp.oid_of(office bigint, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
    SELECT (lpad(to_hex(office), 8, '0') || '-0000-8000-8000-' || lpad(n::text, 12, '0'))::uuid $$;
INSERT INTO setting VALUES ('mode', 'production');
INSERT INTO office (office_id, path, kind, code, name, name_en, created)
SELECT o, ARRAY[o], 'street', '3101' || lpad(o::text, 5, '0'), '第' || o || '街道', 'Street ' || o, '2026-01-01Z' FROM generate_series(1, 100) o;
-- 64 people of an organisation each, with a bearer token "bench-token-NN".
INSERT INTO person (id, name, login, created)
SELECT pg_temp.oid_of(0, n), '负载 ' || n, 'bench' || n, '2026-01-01Z' FROM generate_series(0, 1063) n;
INSERT INTO organisation (id, name, name_en, kind, created)
SELECT pg_temp.oid_of(0, n), '组织 ' || n, 'Organisation ' || n, 'registered', '2026-01-01Z' FROM generate_series(0, 1063) n;
INSERT INTO membership (id, person_id, organisation_id, role, valid_from)
SELECT gen_random_uuid(), id, id, 'organisation', '2026-01-01' FROM organisation;
INSERT INTO token (id, hash, person_id, name, created, expires)
SELECT gen_random_uuid(), sha256(('bench-token-' || lpad(n::text, 2, '0'))::bytea), pg_temp.oid_of(0, n), 'bench', '2026-01-01Z', '2099-01-01Z'
FROM generate_series(0, 63) n;
INSERT INTO tender (office_id, id, number, title, summary, category, regime, mechanism, mechanism_version, scheme, scheme_version, options,
                    scheme_options, budget_fen, ceiling_fen, state, sealing, published, deadline, created, created_by)
SELECT o, pg_temp.oid_of(o, n), '3101' || lpad(o::text, 5, '0') || '-2026-' || lpad(n::text, 6, '0'),
       '社区为老服务与居家照护项目 ' || n, '为辖区老年人提供助餐、助浴、健康监测与精神慰藉服务。', 'services', 'sub_threshold', 'public_bidding', '1.0.0',
       'comprehensive_score', '1.0.0', '{}', '{}', 10000000 + n * 100, 10000000 + n * 100, 'bidding', 'sealed_to_opening',
       '2026-01-01Z'::timestamptz + n * interval '1 second', '2098-01-01Z'::timestamptz + (hashint8(n) % 1000000) * interval '1 second',
       '2026-01-01Z', pg_temp.oid_of(0, 0)
FROM (SELECT n, 1 + n % 100 AS o FROM generate_series(0, :tenders - 1) n) x;
INSERT INTO lot (office_id, id, tender_id, no, title, budget_fen, ceiling_fen, phase, phase_kind, phase_since, phase_due, state)
SELECT office_id, id, id, 1, title, budget_fen, ceiling_fen, 'bidding', 'tendering', published, deadline, 'bidding' FROM tender;
INSERT INTO bid (office_id, id, tender_id, lot_no, organisation_id, person_id, sha256, bytes, received)
SELECT o, pg_temp.oid_of(o, n), pg_temp.oid_of(o, t), 1, pg_temp.oid_of(0, 64 + n / :tenders), pg_temp.oid_of(0, 64 + n / :tenders),
       decode(lpad(to_hex(n), 64, '0'), 'hex'), 65536, '2026-06-01Z'
FROM (SELECT n, n % :tenders AS t, 1 + (n % :tenders) % 100 AS o FROM generate_series(0::bigint, :bids - 1) n) x;
COMMIT;
VACUUM ANALYZE;
CHECKPOINT;
