-- Two offices; at office 1 a fund of one year (…a1), a tender (…e1) with a contract of 60,000 fen (…c1).
-- Run as the administrator of the cluster, past row-level security.
\set QUIET on
SET search_path = linli;
INSERT INTO office (office_id, parent_id, path, kind, code, name, name_en, created, version)
VALUES (1, NULL, '{1}', 'street', '310105011', '甲街道', 'Street A', '2026-01-01Z', 1),
       (2, NULL, '{2}', 'street', '310105012', '乙街道', 'Street B', '2026-01-01Z', 1);
INSERT INTO person (id, name, login, created)
SELECT format('00000000-0000-8000-8000-0000000000%s', n)::uuid, 'p' || n, 'p' || n, '2026-01-01Z' FROM unnest(ARRAY['f1', 'f2', 'f3']) n;
INSERT INTO organisation (id, name, kind, created) VALUES ('00000000-0000-8000-8000-0000000000d1', '组织', 'registered', '2026-01-01Z');
INSERT INTO fund SELECT o, format('0000000%s-0000-8000-8000-0000000000f0', o)::uuid, 'f', '资金', 'fund', '用途', '{sub_threshold}', '2026-01-01Z'
FROM generate_series(1, 2) o;
INSERT INTO appropriation (office_id, id, fund_id, year, budget_item, name, created)
SELECT o, format('0000000%s-0000-8000-8000-0000000000a%s', o, n)::uuid, format('0000000%s-0000-8000-8000-0000000000f0', o)::uuid,
       2025 + n, 'item', '指标' || n, '2026-01-01Z' FROM generate_series(1, 2) o, generate_series(1, 5) n;
-- Tenders e1..e4 of appropriation a1; e5 is paid from a2, e6 is of a regime the fund is not for, nobody pays for e7, a3 to a5 together for e8 and e9.
INSERT INTO tender (office_id, id, title, summary, category, regime, mechanism, scheme, options, scheme_options, budget_fen,
                    state, created, created_by)
SELECT 1, format('00000001-0000-8000-8000-0000000000e%s', n)::uuid, 't', 's', 'services', CASE n WHEN 6 THEN 'statutory' ELSE 'sub_threshold' END,
       'm', 's', '{}', '{}', 100000,
       'announced', '2026-01-01Z', '00000000-0000-8000-8000-0000000000f1' FROM generate_series(1, 9) n;
INSERT INTO source (office_id, owner_id, no, appropriation_id)
SELECT 1, id, 1, format('00000001-0000-8000-8000-0000000000a%s', CASE WHEN id::text LIKE '%5' THEN 2 ELSE 1 END)::uuid FROM tender WHERE right(id::text, 1) < '7';
INSERT INTO source (office_id, owner_id, no, appropriation_id, amount_fen)
SELECT 1, t.id, n, format('00000001-0000-8000-8000-0000000000a%s', n + 2)::uuid, CASE n WHEN 3 THEN 33334 ELSE 33333 END
FROM tender t, generate_series(1, 3) n WHERE right(t.id::text, 1) > '7';
INSERT INTO lot (office_id, id, tender_id, no, title, budget_fen, state)
SELECT 1, replace(id::text, '-0000000000e', '-0000000001e')::uuid, id, 1, 'l', 100000, 'announced' FROM tender;
INSERT INTO bid (office_id, id, tender_id, lot_no, organisation_id, person_id, sha256, bytes, received, state, price_fen)
SELECT 1, replace(id::text, '-0000000000e', '-0000000000b')::uuid, id, 1, '00000000-0000-8000-8000-0000000000d1',
       '00000000-0000-8000-8000-0000000000f1', sha256(id::text::bytea), 1, '2026-01-01Z', 'open', 60000 FROM tender;
INSERT INTO award (office_id, id, tender_id, lot_id, bid_id, standing, place, amount_fen, why, decision_id, state, decided, decided_by)
SELECT 1, replace(id::text, '-0000000000e', '-0000000002e')::uuid, id, replace(id::text, '-0000000000e', '-0000000001e')::uuid,
       replace(id::text, '-0000000000e', '-0000000000b')::uuid, 'winner', 1, 60000, '[]', id, 'contracted', '2026-01-01Z', '00000000-0000-8000-8000-0000000000f1' FROM tender;
INSERT INTO contract (office_id, id, tender_id, award_id, number, organisation_id, amount_fen, starts, ends, terms, signed, state, drawn_up, drawn_up_by)
SELECT 1, replace(id::text, '-0000000000e', '-0000000000c')::uuid, id, replace(id::text, '-0000000000e', '-0000000002e')::uuid,
       right(id::text, 1), '00000000-0000-8000-8000-0000000000d1', 60000, '2026-01-01', '2026-12-31', '-', '2026-01-01Z', 'signed', '2026-01-01Z', '00000000-0000-8000-8000-0000000000f1' FROM tender;
