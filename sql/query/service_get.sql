-- The same for who may read there.
SELECT s.id, s.object_kind, s.object_id AS object, s.tender_id AS tender, s.way, g.name AS organisation, s.recipient, s.place, s.reference, s.sent, s.served, s.until,
       s.note, s.entered, e.name AS entered_by, s.version AS _version
FROM linli.service s LEFT JOIN linli.organisation g ON g.id = s.organisation_id JOIN linli.person e ON e.id = s.entered_by
WHERE s.office_id = $1::integer AND s.id = $2::uuid AND s.office_id = ANY ($3::integer[])
