-- Every published tender of any office, newest first, of the 20,000 from the cursor on, or of one office's; $4: only those whose title,
-- number or summary holds it.
-- Where those are no full page, a last row (_end) says where the looking ended.
WITH c AS NOT MATERIALIZED (
    SELECT CASE WHEN $1::timestamptz IS NULL THEN 'infinity' ELSE $1::timestamptz END AS at,
           CASE WHEN $2::uuid IS NULL THEN 'ffffffff-ffff-ffff-ffff-ffffffffffff' ELSE $2::uuid END AS id
), hits AS MATERIALIZED (
    SELECT t.id, t.office_id AS office, o.name AS office_name, t.number, t.title, t.category, t.regime, t.mechanism, t.state, t.budget_fen,
           t.deadline, t.published, t.published AS _c0, t.id AS _c1
    FROM c
    CROSS JOIN LATERAL (
        (SELECT x.id, x.office_id, x.number, x.title, x.summary, x.category, x.regime, x.mechanism, x.state, x.budget_fen, x.deadline, x.published
         FROM linli.tender x
         WHERE $7::integer IS NULL AND x.published IS NOT NULL AND (x.published, x.id) < (c.at, c.id)
         ORDER BY x.published DESC, x.id DESC LIMIT 20000)
        UNION ALL
        (SELECT x.id, x.office_id, x.number, x.title, x.summary, x.category, x.regime, x.mechanism, x.state, x.budget_fen, x.deadline, x.published
         FROM linli.tender x
         WHERE x.office_id = $7::integer AND x.published IS NOT NULL AND (x.published, x.id) < (c.at, c.id)
         ORDER BY x.published DESC, x.id DESC LIMIT 20000)) t
    JOIN linli.office o ON o.office_id = t.office_id
    WHERE ($4::text IS NULL OR strpos(lower(t.title || ' ' || t.number || ' ' || t.summary), lower($4::text)) > 0)
      AND ($5::text IS NULL OR t.state = $5::text) AND ($6::text IS NULL OR t.mechanism = $6::text)
    ORDER BY t.published DESC, t.id DESC
    LIMIT $3::integer
)
SELECT h.*, NULL::boolean AS _end FROM hits h
UNION ALL
(SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, e.published, e.id, true FROM c CROSS JOIN LATERAL (
    (SELECT x.published, x.id, row_number() OVER (ORDER BY x.published DESC, x.id DESC) AS place FROM linli.tender x
     WHERE (SELECT count(*) FROM hits) < $3::integer AND $7::integer IS NULL AND x.published IS NOT NULL AND (x.published, x.id) < (c.at, c.id)
     ORDER BY x.published DESC, x.id DESC LIMIT 20000)
    UNION ALL
    (SELECT x.published, x.id, row_number() OVER (ORDER BY x.published DESC, x.id DESC) AS place FROM linli.tender x
     WHERE (SELECT count(*) FROM hits) < $3::integer AND x.office_id = $7::integer AND x.published IS NOT NULL AND (x.published, x.id) < (c.at, c.id)
     ORDER BY x.published DESC, x.id DESC LIMIT 20000)) e
 WHERE e.place = 20000)
ORDER BY _c0 DESC, _c1 DESC, _end NULLS FIRST
