SELECT o.id, o.lot_id, o.bid_id, o.organisation_id, o.person_id, o.state, o.due, o.kind, o.relevant, o.channel, o.taken, o.lifting_by, o.answered,
       (SELECT y.entered_by FROM linli.behalf y WHERE y.office_id = o.office_id AND y.made = o.id) AS typed_by,
       (SELECT p.answered_by FROM linli.objection p WHERE p.office_id = o.office_id AND p.id = o.reviews) AS first_by,
       EXISTS (SELECT FROM linli.objection p WHERE p.office_id = o.office_id AND p.reviews = o.id) AS reviewed
FROM linli.objection o WHERE o.office_id = $1::integer AND o.id = $2::uuid
