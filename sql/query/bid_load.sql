SELECT b.tender_id, b.lot_no, b.organisation_id, b.person_id, b.state, b.withdrawn, b.replaced_by, b.key
FROM linli.bid b WHERE b.office_id = $1::integer AND b.id = $2::uuid
