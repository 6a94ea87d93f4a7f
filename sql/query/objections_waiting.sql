-- Objections of a tender that wait for an answer and are not late, but for complaints, whose days are the authority's.
SELECT o.id, o.channel, o.filed, o.due FROM linli.objection o
WHERE o.office_id = $1::integer AND o.tender_id = $2::uuid AND o.state = 'open' AND o.overdue IS NULL AND o.channel <> 'complaint'
ORDER BY o.filed, o.id
