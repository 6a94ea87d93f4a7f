SELECT o.bid_id, o.organisation_id, o.phase, o.filed, o.due, o.answered, o.kind, o.state, o.relevant
FROM linli.objection o
WHERE o.office_id = $1::integer AND o.tender_id = $2::uuid AND (o.lot_id IS NULL OR o.lot_id = $3::uuid)
  AND (o.channel <> 'report' OR o.relevant)    -- one that changes nothing is told nobody
ORDER BY o.id
