SELECT l.tender_id FROM linli.lot l WHERE l.office_id = $1::integer AND l.id = $2::uuid
