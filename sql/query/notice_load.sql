-- A notice, what overtook it, and the lot whose result it tells.
SELECT n.id, n.kind, n.title, n.body, n.body ->> 'lot' AS lot_id,
       (SELECT r.id FROM linli.notice r WHERE r.office_id = n.office_id AND r.replaces = n.id) AS replaced_by
FROM linli.notice n WHERE n.office_id = $1::integer AND n.id = $2::uuid
