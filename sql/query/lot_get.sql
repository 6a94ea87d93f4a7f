-- A lot of a published tender.
SELECT l.id, l.tender_id AS tender, l.no, l.title, l.budget_fen, l.ceiling_fen, l.phase, l.phase_kind, l.round, l.phase_since, l.phase_due,
       l.provisional, l.state, l.waiting, l.reason, l.ways, l.way, l.follows, l.draw_commitment, l.version AS _version
FROM linli.lot l WHERE l.office_id = $1::integer AND l.id = $2::uuid AND l.state <> 'draft' AND l.phase IS NOT NULL
