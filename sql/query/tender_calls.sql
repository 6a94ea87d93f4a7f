-- What is open for bids at any office, the first deadline first; $4: only those whose title holds it.  $5: legal time; what waits for its opening is open no more.
SELECT t.id, t.office_id AS office, o.name AS office_name, t.number, t.title, t.category, t.regime, t.mechanism, t.budget_fen, t.deadline, t.published,
       t.deadline AS _c0, t.id AS _c1
FROM linli.tender t JOIN linli.office o ON o.office_id = t.office_id
WHERE t.state = 'bidding' AND t.deadline > $5::timestamptz
  AND (t.deadline, t.id) > (CASE WHEN $1::timestamptz IS NULL THEN '-infinity' ELSE $1::timestamptz END, CASE WHEN $2::uuid IS NULL THEN '00000000-0000-0000-0000-000000000000' ELSE $2::uuid END)
  AND ($4::text IS NULL OR strpos(lower(t.title), lower($4::text)) > 0)
ORDER BY t.deadline, t.id
LIMIT $3::integer
