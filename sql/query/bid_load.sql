SELECT b.tender_id, b.lot_no, b.organisation_id, b.person_id, b.state, b.withdrawn, b.replaced_by, b.key,
       (SELECT y.entered_by FROM linli.behalf y WHERE y.office_id = b.office_id AND y.made = b.id) AS typed_by
FROM linli.bid b WHERE b.office_id = $1::integer AND b.id = $2::uuid
