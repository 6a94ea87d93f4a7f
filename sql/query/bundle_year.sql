-- The tenders of an office published in a year of its calendar whose result is told.
SELECT t.id FROM linli.tender t JOIN linli.log_salt s ON s.tender_id = t.id
WHERE t.office_id = $1::integer AND t.state IN ('announced', 'contracted', 'delivering', 'closed', 'void', 'cancelled')
  AND extract(year FROM t.published AT TIME ZONE 'Asia/Shanghai') = $2::integer
ORDER BY t.published, t.id
