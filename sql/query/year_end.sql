-- What becomes of the money whose last day is within three months, or has passed: what a contract bound is carried over as long as
-- it may be; what is only reserved, or was carried too often, has to be budgeted again; what is free, or was carried too often, lapses.
SELECT p.id AS appropriation, f.name AS fund, p.name, p.year, p.budget_item, p.origin, p.last_request, p.carried, p.carry_years,
       CASE WHEN p.carried < p.carry_years THEN s.bound ELSE 0 END::bigint AS carry_over_fen,
       (s.reserved + CASE WHEN p.carried < p.carry_years THEN 0 ELSE s.bound END)::bigint AS again_fen,
       (s.available + s.reserved + CASE WHEN p.carried < p.carry_years THEN 0 ELSE s.bound END)::bigint AS lapse_fen
FROM linli.appropriation p
JOIN linli.fund f ON f.office_id = p.office_id AND f.id = p.fund_id
JOIN LATERAL (
    SELECT coalesce(sum(a.credits - a.debits) FILTER (WHERE a.bucket = 'available'), 0) AS available,
           coalesce(sum(a.credits - a.debits) FILTER (WHERE a.bucket = 'reserved'), 0) AS reserved,
           coalesce(sum(a.credits - a.debits) FILTER (WHERE a.bucket IN ('committed', 'payable', 'in_transit')), 0) AS bound
    FROM linli.account a WHERE a.office_id = p.office_id AND a.appropriation_id = p.id) s ON true
WHERE p.office_id = $1::integer AND p.office_id = ANY ($2::integer[])
  AND p.last_request <= (($3::timestamptz AT TIME ZONE 'Asia/Shanghai')::date + interval '3 months') AND s.available + s.reserved + s.bound > 0
ORDER BY p.last_request, p.id LIMIT 1001
