SELECT o.id, o.lot_id, o.bid_id, o.organisation_id, o.person_id, o.state, o.due, o.kind, o.relevant
FROM linli.objection o WHERE o.office_id = $1::integer AND o.id = $2::uuid
