-- Stories for tests/soak/money.c: each a tender with one bidder, an award for two years that a second person confirmed and a contract
-- nobody has signed yet, paid by one of 25 appropriations whose last day has passed, every third by two; and one of the next year.  :stories says how many.
SET search_path = linli;
INSERT INTO office (office_id, parent_id, path, kind, code, name, name_en, created, version)
VALUES (1, NULL, '{1}', 'street', '310105011', '甲街道', 'Street A', '2026-01-01Z', 1);
INSERT INTO person (id, name, login, created)
SELECT format('00000000-0000-8000-8000-0000000000%s', n)::uuid, 'p' || n, 'p' || n, '2026-01-01Z' FROM unnest(ARRAY['f1', 'f2', 'f3']) n;
INSERT INTO organisation (id, name, kind, created) VALUES ('00000000-0000-8000-8000-0000000000d1', '组织', 'registered', '2026-01-01Z');
INSERT INTO fund (office_id, id, code, name, name_en, purpose, regimes, created)
VALUES (1, '00000001-0000-8000-8000-0000000000f0', 'f', '资金', 'fund', '用途', '{sub_threshold}', '2026-01-01Z');
INSERT INTO appropriation (office_id, id, fund_id, year, budget_item, name, created, last_request)
SELECT 1, format('00000001-00a0-8000-8000-%s', lpad(to_hex(n), 12, '0'))::uuid, '00000001-0000-8000-8000-0000000000f0', 2026 + n / 26, 'item ' || n, '指标' || n,
       '2026-01-01Z', CASE WHEN n < 26 THEN date '2025-12-31' END
FROM generate_series(1, 26) n;
CREATE TEMP TABLE story AS SELECT n, lpad(to_hex(n), 12, '0') AS tail FROM generate_series(1, :stories) n;
INSERT INTO tender (office_id, id, title, summary, category, regime, mechanism, scheme, options, scheme_options, budget_fen, state, years, created, created_by)
SELECT 1, format('00000001-00e0-8000-8000-%s', tail)::uuid, 't', 's', 'services', 'sub_threshold', 'm', 's', '{}', '{}', 50000, 'announced', 2, '2026-01-01Z',
       '00000000-0000-8000-8000-0000000000f1' FROM story;
INSERT INTO source (office_id, owner_id, no, appropriation_id)
SELECT 1, format('00000001-00e0-8000-8000-%s', tail)::uuid, 1, format('00000001-00a0-8000-8000-%s', lpad(to_hex(n % 25 + 1), 12, '0'))::uuid FROM story
UNION ALL
SELECT 1, format('00000001-00e0-8000-8000-%s', tail)::uuid, 2, format('00000001-00a0-8000-8000-%s', lpad(to_hex((n + 7) % 25 + 1), 12, '0'))::uuid
FROM story WHERE n % 3 = 0;
INSERT INTO lot (office_id, id, tender_id, no, title, budget_fen, state)
SELECT 1, format('00000001-001e-8000-8000-%s', tail)::uuid, format('00000001-00e0-8000-8000-%s', tail)::uuid, 1, 'l', 50000, 'announced' FROM story;
INSERT INTO bid (office_id, id, tender_id, lot_no, organisation_id, person_id, sha256, bytes, received, state, price_fen)
SELECT 1, format('00000001-00b0-8000-8000-%s', tail)::uuid, format('00000001-00e0-8000-8000-%s', tail)::uuid, 1, '00000000-0000-8000-8000-0000000000d1',
       '00000000-0000-8000-8000-0000000000f3', sha256(tail::bytea), 1, '2026-01-01Z', 'open', 40000 FROM story;
INSERT INTO award (office_id, id, tender_id, lot_id, bid_id, standing, place, amount_fen, why, decision_id, state, decided, decided_by, confirmed_by)
SELECT 1, format('00000001-00a1-8000-8000-%s', tail)::uuid, format('00000001-00e0-8000-8000-%s', tail)::uuid, format('00000001-001e-8000-8000-%s', tail)::uuid,
       format('00000001-00b0-8000-8000-%s', tail)::uuid, 'winner', 1, 40000, '[]', format('00000001-00e0-8000-8000-%s', tail)::uuid, 'announced', '2026-01-01Z',
       '00000000-0000-8000-8000-0000000000f1', '00000000-0000-8000-8000-0000000000f2' FROM story;
INSERT INTO contract (office_id, id, tender_id, award_id, number, organisation_id, amount_fen, starts, ends, terms, state, drawn_up, drawn_up_by)
SELECT 1, format('00000001-00c0-8000-8000-%s', tail)::uuid, format('00000001-00e0-8000-8000-%s', tail)::uuid, format('00000001-00a1-8000-8000-%s', tail)::uuid,
       'HT-' || n, '00000000-0000-8000-8000-0000000000d1', 40000, '2026-01-01', '2026-06-30', '-', 'draft', '2026-01-01Z',
       '00000000-0000-8000-8000-0000000000f1' FROM story;
ANALYZE;
