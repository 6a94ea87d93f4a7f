SELECT w.bid_id, t.code, t.state, t.amount_fen, t.released_fen, t.paid_fen, t.recovered_fen, t.accepted_fen, t.due_on
FROM linli.award w
JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
JOIN linli.tranche t ON t.office_id = c.office_id AND t.contract_id = c.id
WHERE w.office_id = $1::integer AND w.lot_id = $2::uuid
ORDER BY w.bid_id, t.code COLLATE "C"
