-- When something last happened to a lot, or to its tender.
SELECT max(m.at) AS at FROM linli.milestone m
WHERE m.office_id = $1::integer AND m.tender_id = $2::uuid AND (m.lot_id IS NULL OR m.lot_id = $3::uuid)
  AND m.kind = $4::text
