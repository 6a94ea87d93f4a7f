-- What came back is taken off the tranches that were paid, the last first; none is paid again for that.
WITH paid AS (
    SELECT r.id, r.paid_fen - r.recovered_fen AS room,
           sum(r.paid_fen - r.recovered_fen) OVER (ORDER BY r.no DESC) - (r.paid_fen - r.recovered_fen) AS taken
    FROM linli.tranche r WHERE r.office_id = $1::integer AND r.contract_id = $2::uuid AND r.paid_fen > r.recovered_fen)
UPDATE linli.tranche t SET recovered_fen = t.recovered_fen + least(p.room, $3::bigint - p.taken), version = t.version + 1
FROM paid p WHERE t.office_id = $1::integer AND t.id = p.id AND p.taken < $3::bigint
