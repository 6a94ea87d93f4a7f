-- What contracts of a lot that ended before their time left undone: their sum less what they were settled at, or what was let out.
SELECT coalesce(sum(c.amount_fen - coalesce(x.amount_fen, (SELECT sum(r.released_fen) FROM linli.tranche r
           WHERE r.office_id = c.office_id AND r.contract_id = c.id), 0)), 0)::bigint AS rest_fen
FROM linli.award w
JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id AND c.state = 'stopped' AND c.signed IS NOT NULL
LEFT JOIN linli.contract_change x ON x.office_id = c.office_id AND x.contract_id = c.id AND x.kind = 'terminate' AND x.state = 'approved'
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid
