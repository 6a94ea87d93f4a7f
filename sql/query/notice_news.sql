-- What was published at any office, newest first, of the 20,000 from the cursor on, or of one office's; $4: only those whose title holds it.
-- Where those are no full page, a last row (_end) says where the looking ended.
WITH c AS NOT MATERIALIZED (
    SELECT CASE WHEN $1::timestamptz IS NULL THEN 'infinity' ELSE $1::timestamptz END AS at,
           CASE WHEN $2::uuid IS NULL THEN 'ffffffff-ffff-ffff-ffff-ffffffffffff' ELSE $2::uuid END AS id
), hits AS MATERIALIZED (
    SELECT n.id, n.office_id AS office, o.name AS office_name, n.tender_id AS tender, n.list_id AS list, n.kind, n.title, n.published,
           n.period_ends, t.regime, t.mechanism, n.published AS _c0, n.id AS _c1
    FROM c
    CROSS JOIN LATERAL (
        (SELECT x.id, x.office_id, x.tender_id, x.list_id, x.kind, x.title, x.published, x.period_ends FROM linli.notice x
         WHERE $6::integer IS NULL AND (x.published, x.id) < (c.at, c.id)
         ORDER BY x.published DESC, x.id DESC LIMIT 20000)
        UNION ALL
        (SELECT x.id, x.office_id, x.tender_id, x.list_id, x.kind, x.title, x.published, x.period_ends FROM linli.notice x
         WHERE x.office_id = $6::integer AND (x.published, x.id) < (c.at, c.id)
         ORDER BY x.published DESC, x.id DESC LIMIT 20000)) n
    JOIN linli.office o ON o.office_id = n.office_id
    LEFT JOIN linli.tender t ON t.office_id = n.office_id AND t.id = n.tender_id
    WHERE ($4::text IS NULL OR strpos(lower(n.title), lower($4::text)) > 0) AND ($5::text IS NULL OR n.kind = $5::text)
    ORDER BY n.published DESC, n.id DESC
    LIMIT $3::integer
)
SELECT h.*, NULL::boolean AS _end FROM hits h
UNION ALL
(SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, e.published, e.id, true FROM c CROSS JOIN LATERAL (
    (SELECT x.published, x.id, row_number() OVER (ORDER BY x.published DESC, x.id DESC) AS place FROM linli.notice x
     WHERE (SELECT count(*) FROM hits) < $3::integer AND $6::integer IS NULL AND (x.published, x.id) < (c.at, c.id)
     ORDER BY x.published DESC, x.id DESC LIMIT 20000)
    UNION ALL
    (SELECT x.published, x.id, row_number() OVER (ORDER BY x.published DESC, x.id DESC) AS place FROM linli.notice x
     WHERE (SELECT count(*) FROM hits) < $3::integer AND x.office_id = $6::integer AND (x.published, x.id) < (c.at, c.id)
     ORDER BY x.published DESC, x.id DESC LIMIT 20000)) e
 WHERE e.place = 20000)
ORDER BY _c0 DESC, _c1 DESC, _end NULLS FIRST
