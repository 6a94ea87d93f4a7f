-- What is awarded of the lot and of the whole tender.
SELECT coalesce(sum(w.amount_fen) FILTER (WHERE w.lot_id = $3::uuid), 0)::bigint AS lot_fen, coalesce(sum(w.amount_fen), 0)::bigint AS tender_fen,
       coalesce(max(w.amount_fen), 0) AS most_fen
FROM linli.award w
WHERE w.office_id = $1::integer AND w.tender_id = $2::uuid AND w.standing = 'winner' AND w.state NOT IN ('withdrawn', 'refused')
