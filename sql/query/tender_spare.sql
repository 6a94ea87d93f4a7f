-- What is reserved for a tender and no lot can need any more.  A lot needs its budget less what of it is signed, until it
-- has failed, or all its winners have signed and it takes no more; lots that share a pool need together what is left of that at the most.
WITH need AS (
    SELECT sum(l.budget_fen - s.signed_fen) FILTER (WHERE l.state NOT IN ('contracted', 'delivering', 'closed', 'void', 'cancelled')
               OR (l.state = 'contracted' AND l.phase_kind = 'contracting')) AS open_fen,
           sum(s.signed_fen) AS signed_fen
    FROM linli.lot l
    JOIN LATERAL (
        SELECT coalesce(sum(w.amount_fen), 0) AS signed_fen
        FROM linli.award w JOIN linli.contract c ON c.office_id = w.office_id AND c.award_id = w.id
        WHERE w.office_id = l.office_id AND w.lot_id = l.id AND c.signed IS NOT NULL AND c.year_no = 1 AND w.state <> 'withdrawn') s ON true
    WHERE l.office_id = $1::integer AND l.tender_id = $2::uuid)
SELECT greatest(coalesce((SELECT sum(a.credits - a.debits) FROM linli.account a WHERE a.office_id = t.office_id
           AND a.bucket = 'reserved' AND a.subject = t.id), 0)
       - least(coalesce(n.open_fen, 0), t.budget_fen - coalesce(n.signed_fen, 0)), 0)::bigint AS spare_fen
FROM linli.tender t, need n
WHERE t.office_id = $1::integer AND t.id = $2::uuid
