-- What a gift paid for, to the vouchers: the gifts of one appropriation are spent in the order they were recorded, each payment takes
-- up what is left of the earliest.
WITH g AS (
    SELECT x.id, x.appropriation_id, sum(x.amount_fen) OVER w - x.amount_fen AS low, sum(x.amount_fen) OVER w AS high
    FROM linli.gift x
    WHERE x.office_id = $1::integer AND x.reversed IS NULL AND x.appropriation_id = (SELECT y.appropriation_id FROM linli.gift y WHERE y.office_id = $1::integer AND y.id = $2::uuid)
    WINDOW w AS (ORDER BY x.recorded, x.id)),
spent AS (
    SELECT p.source AS payment_id, max(p.contract_id::text)::uuid AS contract_id, min(p.at) FILTER (WHERE p.kind = 'settle') AS settled, sum(p.fen) AS fen
    FROM (SELECT j.source, j.kind, j.at, l.subject AS contract_id, CASE l.side WHEN 'C' THEN l.amount_fen ELSE -l.amount_fen END AS fen
          FROM linli.posting l JOIN linli.journal j ON j.office_id = l.office_id AND j.id = l.journal_id AND j.kind IN ('settle', 'bounce')
          WHERE l.office_id = $1::integer AND l.bucket = 'paid' AND l.appropriation_id = (SELECT max(g.appropriation_id::text)::uuid FROM g)) p
    GROUP BY p.source HAVING sum(p.fen) > 0),
line AS (SELECT s.*, sum(s.fen) OVER w - s.fen AS low, sum(s.fen) OVER w AS high FROM spent s WINDOW w AS (ORDER BY s.settled, s.payment_id))
SELECT s.payment_id AS payment, s.settled, coalesce(p.payee, o.name) AS payee, t.number, t.title AS project, c.number AS contract, r.code AS tranche, r.name AS purpose,
       (least(g.high, s.high) - greatest(g.low, s.low))::bigint AS amount_fen, s.fen::bigint AS of_fen,
       linli.vouchers_shown(r.office_id, r.id) AS papers,
       (SELECT jsonb_agg(jsonb_build_object('id', v.id, 'name', v.name, 'sha256', encode(v.sha256, 'hex')) ORDER BY v.added, v.id)
        FROM linli.attachment v WHERE v.office_id = $1::integer AND v.public AND (v.object_kind, v.object_id) = ('payment', s.payment_id)) AS vouchers
FROM g
JOIN line s ON s.low < g.high AND s.high > g.low
JOIN linli.payment p ON p.office_id = $1::integer AND p.id = s.payment_id
JOIN linli.tranche r ON r.office_id = p.office_id AND r.id = p.tranche_id
JOIN linli.contract c ON c.office_id = r.office_id AND c.id = r.contract_id
JOIN linli.tender t ON t.office_id = c.office_id AND t.id = c.tender_id
JOIN linli.organisation o ON o.id = c.organisation_id
WHERE g.id = $2::uuid
ORDER BY s.settled, s.payment_id LIMIT 1001
