SELECT o.id, o.tender_id AS tender, o.lot_id AS lot, o.bid_id AS bid, g.name AS organisation, o.channel, o.reviews, o.kind, o.phase, o.body, o.relevant,
       o.state, o.filed, o.due, o.overdue, o.answered, o.answered > o.due AS late, o.consequence, o.taken, o.lifting, o.note, o.answer, o.effect, o.version AS _version
FROM linli.objection o LEFT JOIN linli.organisation g ON g.id = o.organisation_id
WHERE o.office_id = $1::integer AND o.id = $2::uuid
