SELECT d.answer FROM linli.decision d
WHERE d.office_id = $1::integer AND d.tender_id = $2::uuid AND d.lot_id = $3::uuid AND d.question = 'evaluate'
ORDER BY d.at DESC, d.id DESC
LIMIT 1
