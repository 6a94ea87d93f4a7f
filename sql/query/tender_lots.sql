SELECT l.id, l.no, l.title, l.phase, l.phase_kind, l.round, l.phase_since, l.phase_due, l.state, l.waiting, l.ways, l.way, l.way_by,
       l.version, l.budget_fen, l.ceiling_fen
FROM linli.lot l
WHERE l.office_id = $1::integer AND l.tender_id = $2::uuid
ORDER BY l.no
