-- A year that was found wanting when all of it was settled is the last: gives a row the one time this is written down.
INSERT INTO linli.renewal (office_id, contract_id, decision, reason, decided)
SELECT c.office_id, c.id, 'failed', CASE c.state WHEN 'stopped' THEN '合同提前终止，不再续签' ELSE '年度考核不合格，不再续签' END, $3::timestamptz
FROM linli.contract c JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
WHERE c.office_id = $1::integer AND c.id = $2::uuid AND c.signed IS NOT NULL AND c.year_no < t.years
  AND linli.year_found(c.office_id, c.id, $3::timestamptz) = 'failed'
ON CONFLICT DO NOTHING
RETURNING contract_id
