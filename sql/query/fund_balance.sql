-- Where the money of a fund stood at the end of a day, from the ledger's lines alone; left out: as it stands.
SELECT f.id AS fund, $3::date AS "on",
       coalesce(sum(g.fen) FILTER (WHERE g.bucket = 'authority'), 0)::bigint * -1 AS received_fen,
       coalesce(sum(g.fen) FILTER (WHERE g.bucket = 'available'), 0)::bigint AS available_fen,
       coalesce(sum(g.fen) FILTER (WHERE g.bucket = 'reserved'), 0)::bigint AS reserved_fen,
       coalesce(sum(g.fen) FILTER (WHERE g.bucket = 'committed'), 0)::bigint AS committed_fen,
       coalesce(sum(g.fen) FILTER (WHERE g.bucket IN ('payable', 'in_transit')), 0)::bigint AS payable_fen,
       coalesce(sum(g.fen) FILTER (WHERE g.bucket = 'paid'), 0)::bigint AS paid_fen,
       coalesce(sum(g.back), 0)::bigint AS returned_fen,
       coalesce(sum(g.fen) FILTER (WHERE g.bucket = 'lapsed'), 0)::bigint AS lapsed_fen
FROM linli.fund f
LEFT JOIN LATERAL (
    SELECT g.bucket, CASE g.side WHEN 'C' THEN g.amount_fen ELSE -g.amount_fen END AS fen,
           CASE WHEN g.bucket = 'returned' AND j.kind = 'recover' THEN g.amount_fen
                WHEN g.bucket = 'returned' AND j.kind = 'reverse' AND g.side = 'D' THEN -g.amount_fen END AS back
    FROM linli.appropriation p
    JOIN linli.posting g ON g.office_id = p.office_id AND g.appropriation_id = p.id
    JOIN linli.journal j ON j.office_id = g.office_id AND j.id = g.journal_id
    WHERE p.office_id = f.office_id AND p.fund_id = f.id
      AND ($3::date IS NULL OR j.at < ($3::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')) g ON true
WHERE f.office_id = $1::integer AND f.id = $2::uuid
GROUP BY f.office_id, f.id
