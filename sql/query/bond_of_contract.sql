SELECT c.organisation_id, c.amount_fen FROM linli.contract c
WHERE c.office_id = $1::integer AND c.tender_id = $2::uuid AND c.id = $3::uuid AND c.state IN ('draft', 'signed')
