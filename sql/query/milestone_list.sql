-- What has happened to a published tender, for everybody; nothing of it tells of a bid before the opening.
SELECT m.kind, m.role, l.no AS lot, m.phase, m.at FROM linli.milestone m
LEFT JOIN linli.lot l ON l.office_id = m.office_id AND l.id = m.lot_id
WHERE m.office_id = $1::integer AND m.tender_id = $2::uuid
ORDER BY m.at, m.kind, l.no
