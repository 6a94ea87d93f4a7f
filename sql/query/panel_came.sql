-- What who comes or stays away is answered: how far the panel is, and no name.
SELECT l.id AS lot, l.phase, count(m.id) FILTER (WHERE m.state IN ('assigned', 'present')) AS seats, count(m.id) FILTER (WHERE m.state = 'present') AS came,
       count(m.id) FILTER (WHERE m.state = 'present' AND m.declared IS NOT NULL) AS declared, l.version AS _version
FROM linli.lot l LEFT JOIN linli.panel_member m ON m.office_id = l.office_id AND m.lot_id = l.id
WHERE l.office_id = $1::integer AND l.id = $2::uuid
GROUP BY l.office_id, l.id
