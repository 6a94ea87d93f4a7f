SELECT d.id, d.answer FROM linli.decision d
WHERE d.office_id = $1::integer AND d.lot_id = $2::uuid AND d.question = $3::text
ORDER BY d.at DESC, d.id DESC LIMIT 1
