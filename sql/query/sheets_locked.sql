-- The marks of sheets, as they were locked.
SELECT s.bid_id AS bid, k.criterion, k.value FROM linli.sheet s JOIN linli.mark k ON k.office_id = s.office_id AND k.sheet_id = s.id
WHERE s.office_id = $1::integer AND s.id = ANY ($2::uuid[]) ORDER BY s.bid_id, k.criterion
