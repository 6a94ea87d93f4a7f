-- held() over every role, by membership, subtree, post and delegation, on the days beside each boundary; and bid_intake, which
-- asks the same function.  TAP from 3 on; run by tests/store/roles.t.
\set ON_ERROR_STOP on
BEGIN;
SET search_path = linli;
CREATE TEMP SEQUENCE test_number START 3;
CREATE FUNCTION pg_temp.none(what text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
    EXECUTE format('SELECT string_agg(x::text, '', '') FROM (%s) AS wrong(x)', query) INTO found;
    RETURN CASE WHEN found IS NULL THEN 'ok ' ELSE 'not ok ' END || nextval('test_number') || ' - ' || what
           || coalesce(E'\n# ' || found, '');
END $$;

-- 1 city, 2 district, 3 street, 4 community; 5 another street.
INSERT INTO office (office_id, parent_id, path, kind, code, name, name_en, created) VALUES
    (1, NULL, '{1}', 'city', '310000', '市', 'City', '2026-01-01Z'), (2, 1, '{1,2}', 'district', '310105', '区', 'District', '2026-01-01Z'),
    (3, 2, '{1,2,3}', 'street', '310105011', '街道', 'Street', '2026-01-01Z'),
    (4, 3, '{1,2,3,4}', 'community', '310105011001', '社区', 'Community', '2026-01-01Z'),
    (5, 2, '{1,2,5}', 'street', '310105012', '另一街道', 'Other', '2026-01-01Z');
INSERT INTO organisation (id, name, kind, created) VALUES ('00000000-0000-4000-8000-0000000000a1', '社', 'registered', '2026-01-01Z');

-- One person for each role and way; holds from 10 to 20 March 2026, where `open` without an end.
CREATE TEMP TABLE way (n serial, person uuid DEFAULT gen_random_uuid(), role text, how text, open boolean);
INSERT INTO way (role, how, open)
SELECT r.code, h.how, h.open FROM role r, (VALUES ('here', false), ('here', true), ('subtree', false), ('A', false), ('B', true), ('delegate', false),
                                                  ('ended', true), ('member', false)) h(how, open)
WHERE CASE WHEN h.how IN ('here', 'subtree') THEN r.member WHEN h.how = 'member' THEN r.code = 'organisation' ELSE r.post END;
INSERT INTO person (id, name, login, created) SELECT person, role, role || '-' || how || n, '2026-01-01Z' FROM way;
INSERT INTO membership (id, person_id, office_id, organisation_id, role, subtree, valid_from, valid_until)
SELECT gen_random_uuid(), person, CASE how WHEN 'here' THEN 3 WHEN 'subtree' THEN 2 END,
       CASE how WHEN 'member' THEN '00000000-0000-4000-8000-0000000000a1'::uuid END, role, how = 'subtree', '2026-03-10',
       CASE WHEN NOT open THEN '2026-03-20'::date END
FROM way WHERE how IN ('here', 'subtree', 'member');
INSERT INTO post (office_id, id, name, name_en, role, ended)
SELECT 3, person, role, role, role, CASE how WHEN 'ended' THEN '2026-03-20'::date END FROM way WHERE how IN ('A', 'B', 'delegate', 'ended');
INSERT INTO post_holder (office_id, id, post_id, person_id, place, valid_from, valid_until)
SELECT 3, person, person, person, CASE how WHEN 'ended' THEN 'A' ELSE how END, '2026-03-10', CASE WHEN NOT open THEN '2026-03-20'::date END
FROM way WHERE how IN ('A', 'B', 'delegate', 'ended');

-- What ought to be held where, said once more and otherwise.
CREATE TEMP VIEW expected AS
SELECT w.person, w.role, w.how, w.open, d.day, o.office_id,
       d.day >= '2026-03-10' AND (d.day <= '2026-03-20' OR w.open AND w.how <> 'ended')
       AND CASE w.how WHEN 'subtree' THEN o.office_id IN (2, 3, 4, 5) OR w.role = 'resident' AND o.office_id = 1
                      WHEN 'member' THEN o.office_id = 0
                      ELSE o.office_id = 3 OR w.how = 'here' AND w.role = 'resident' AND o.office_id IN (1, 2) END AS holds
FROM way w, (VALUES ('2026-03-09'::date), ('2026-03-10'), ('2026-03-15'), ('2026-03-20'), ('2026-03-21'), ('2027-03-21')) d(day),
     (SELECT office_id FROM office UNION SELECT 0) o;
SELECT pg_temp.none('every role and way is tried on each side of its days at every office',
    'SELECT 1 WHERE (SELECT count(*) FROM expected) <> (SELECT count(*) FROM way) * 36 OR (SELECT count(DISTINCT role) FROM way) <> (SELECT count(*) FROM role)');
SELECT pg_temp.none('what a person holds, at every office, on every day',
    $$SELECT concat_ws(' ', role, how, day, office_id, 'expected', holds) FROM expected e
      WHERE holds <> EXISTS (SELECT FROM held(e.person, e.day, false) h WHERE h.office_id = e.office_id AND h.role = e.role)$$);
SELECT pg_temp.none('nobody holds anything else',
    $$SELECT concat_ws(' ', w.role, w.how, h.role, h.office_id) FROM way w CROSS JOIN LATERAL held(w.person, '2026-03-15', false) h
      WHERE h.role <> w.role OR (h.organisation_id IS NULL) = (w.how = 'member')$$);
UPDATE office SET second_factor = (SELECT array_agg(code) FROM role) WHERE office_id = 3;
SELECT pg_temp.none('where an office asks for a second factor, nothing is held there without one',
    $$SELECT concat_ws(' ', w.role, w.how) FROM way w CROSS JOIN LATERAL held(w.person, '2026-03-15', false) h WHERE h.office_id = 3$$);
SELECT pg_temp.none('with one, or elsewhere, all of it',
    $$SELECT concat_ws(' ', role, how, office_id) FROM expected e WHERE day = '2026-03-15'
      AND holds <> EXISTS (SELECT FROM held(e.person, e.day, office_id = 3) h WHERE h.office_id = e.office_id AND h.role = e.role)$$);
SELECT '1..' || currval('test_number');
ROLLBACK;
