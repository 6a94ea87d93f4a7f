-- Signed contracts of an office, public (政府采购法实施条例 §50).
SELECT c.id, c.number, c.tender_id AS tender, linli.named_then(g.id, c.signed) AS contractor, c.amount_fen, c.starts, c.ends, c.signed, c.state, c.year_no,
       c.signed AS _c0, c.id AS _c1
FROM linli.contract c JOIN linli.organisation g ON g.id = c.organisation_id
WHERE c.office_id = $1::integer AND c.signed IS NOT NULL
  AND ($2::timestamptz IS NULL OR (c.signed, c.id) < ($2::timestamptz, $3::uuid))
  AND ($5::uuid IS NULL OR c.tender_id = $5::uuid)
ORDER BY c.signed DESC, c.id DESC
LIMIT $4::integer
