-- The columns of a form in their order: the office's own, or those to begin with.
SELECT x.field, x.title
FROM (SELECT m.fields, m.titles FROM linli.column_map m WHERE m.form = $2::text AND (m.office_id = $1::integer OR m.office_id = 0)
      ORDER BY m.office_id DESC LIMIT 1) m
CROSS JOIN LATERAL unnest(m.fields, m.titles) WITH ORDINALITY AS x(field, title, no)
ORDER BY x.no
